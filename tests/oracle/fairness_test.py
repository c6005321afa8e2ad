"""Fairness reports against fairlearn and AIF360, on tables made afresh from a seed and on bundled data sets.

usage: fairness_test.py PROGRAM [SEED]

Compared to 1e-12: the figures of every group with MetricFrame.by_group, every disparity with fairlearn's functions (between
groups and to the overall figure, worst case and mean, weights, one to three sensitive columns, control columns) and with
MetricFrame's difference, ratio, group_min and group_max, and the signed comparisons and entropies with AIF360. What we call
undefined is compared by its `library` figure.
"""

import json
import logging
import math
import subprocess
import sys
import tempfile
from pathlib import Path

logging.disable(logging.WARNING)

import numpy as np
import pandas as pd
import fairlearn.metrics as fm
from aif360.datasets import BinaryLabelDataset
from aif360.metrics import BinaryLabelDatasetMetric, ClassificationMetric
from sklearn import metrics as skm
from sklearn.datasets import load_breast_cancer, load_wine
from sklearn.linear_model import LogisticRegression

TOLERANCE = 1e-12

GROUP_METRICS = {
    "selection_rate": fm.selection_rate,
    "true_positive_rate": fm.true_positive_rate,
    "false_negative_rate": fm.false_negative_rate,
    "false_positive_rate": fm.false_positive_rate,
    "true_negative_rate": fm.true_negative_rate,
    "accuracy_score": skm.accuracy_score,
    "zero_one_loss": skm.zero_one_loss,
    "balanced_accuracy_score": skm.balanced_accuracy_score,
    "precision_score": lambda *a, **k: skm.precision_score(*a, zero_division=0, **k),
    "recall_score": lambda *a, **k: skm.recall_score(*a, zero_division=0, **k),
    "f1_score": lambda *a, **k: skm.f1_score(*a, zero_division=0, **k),
}
TWO_SIDED = ["selection_rate", "true_positive_rate", "true_negative_rate", "false_positive_rate", "false_negative_rate",
             "accuracy_score", "zero_one_loss"]


class Checks:
    def __init__(self):
        self.count, self.wrong, self.largest = 0, [], {}

    def near(self, label, metric, ours, theirs):
        self.count += 1
        ours = {"Infinity": math.inf, "-Infinity": -math.inf}.get(ours, ours) if isinstance(ours, str) else ours
        missing = theirs is None or math.isnan(theirs)
        same = ours is None if missing else ours is not None and (
            ours == theirs or abs(ours - theirs) <= TOLERANCE * max(1, abs(theirs)))
        if not missing and ours is not None and math.isfinite(theirs):
            self.largest[metric] = max(self.largest.get(metric, 0), abs(ours - theirs))
        if not same:
            self.wrong.append(f"{label}: ours {ours}, theirs {theirs}")


def figure(holder, metric):
    """What the libraries would say: the value, or the figure beside an undefined one."""
    if metric in holder.get("undefined", {}):
        return holder["library"][metric]
    return holder[metric]


def value(disparity):
    return disparity["value"] if disparity["undefined"] is None else disparity["library"]


class Case:
    def __init__(self, program, checks, name, table, sensitive, control=(), weight=None, privileged=None):
        self.checks, self.name, self.table = checks, name, table
        self.sensitive, self.control, self.weight, self.privileged = list(sensitive), list(control), weight, privileged or {}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "data.csv"
            table.to_csv(path, index=False)
            command = [program, "reports", "fairness", "--data", path, "--label", "y", "--prediction", "p",
                       "--sensitive", ",".join(self.sensitive), "--format", "json"]
            for column in self.control:
                command += ["--control", column]
            if weight:
                command += ["--weight", weight]
            for column, one in self.privileged.items():
                command += ["--privileged", f"{column}={one}"]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                raise SystemExit(f"{name}: {done.stderr}")
            self.report = json.loads(done.stdout)

    def weights(self):
        return self.table[self.weight].to_numpy() if self.weight else None

    def disparity(self, metric, by, method, aggregate=None, control=None):
        for one in self.report["disparities"]:
            if (one["metric"], one["attributes"], one["method"], one["aggregate"], one.get("control")) == (
                    metric, by, method, aggregate, control):
                return one
        raise SystemExit(f"{self.name}: no {metric} by {by} {method} {aggregate} {control}")

    def compare(self):
        for by in [[one] for one in self.sensitive] + ([self.sensitive] if len(self.sensitive) > 1 else []):
            self.with_frame(by, self.table, None)
            self.with_functions(by)
            if self.control:
                for stratum, part in self.table.groupby(self.control):
                    names = dict(zip(self.control, map(str, stratum)))
                    self.with_frame(by, part, names)
        for column, one in self.privileged.items():
            self.with_aif360(column, one)

    def with_frame(self, by, table, control):
        weights = {"sample_weight": table[self.weight]} if self.weight else {}
        frame = fm.MetricFrame(metrics=GROUP_METRICS, y_true=table["y"], y_pred=table["p"], sensitive_features=table[by],
                               sample_params={name: weights for name in GROUP_METRICS})
        ours = {tuple(one["group"].values()): one for one in self.report["by_group"]
                if list(one["group"]) == by and one.get("control") == control}
        for key, row in frame.by_group.iterrows():
            group = ours[tuple(map(str, key if isinstance(key, tuple) else (key,)))]
            for metric in GROUP_METRICS:
                self.checks.near(f"{self.name} {by} {key} {metric} {control}", metric, figure(group, metric), row[metric])
        for method in ["between_groups", "to_overall"]:
            differences, ratios = frame.difference(method=method), frame.ratio(method=method)
            for metric in TWO_SIDED:
                for kind, theirs in [("difference", differences), ("ratio", ratios)]:
                    found = self.disparity(f"{metric}_{kind}", by, method, None, control)
                    self.checks.near(f"{self.name} {by} {metric}_{kind} {method} {control}", f"{metric}_{kind}",
                                     value(found), theirs[metric])
        least, most = frame.group_min(errors="coerce"), frame.group_max(errors="coerce")
        for metric in ["accuracy_score", "balanced_accuracy_score", "precision_score", "recall_score", "f1_score"]:
            self.checks.near(f"{self.name} {by} {metric} min", f"{metric}_group_min",
                             value(self.disparity(f"{metric}_group_min", by, "between_groups", None, control)), least[metric])
        self.checks.near(f"{self.name} {by} loss max", "zero_one_loss_group_max",
                         value(self.disparity("zero_one_loss_group_max", by, "between_groups", None, control)),
                         most["zero_one_loss"])

    def with_functions(self, by):
        arguments = dict(sensitive_features=self.table[by], sample_weight=self.weights())
        for method in ["between_groups", "to_overall"]:
            for metric in ["demographic_parity", "equal_opportunity"]:
                for kind in ["difference", "ratio"]:
                    theirs = getattr(fm, f"{metric}_{kind}")(self.table["y"], self.table["p"], method=method, **arguments)
                    found = self.disparity(f"{metric}_{kind}", by, method)
                    self.checks.near(f"{self.name} {by} {metric}_{kind} {method}", f"{metric}_{kind}", value(found), theirs)
            for kind in ["difference", "ratio"]:
                for aggregate in ["worst_case", "mean"]:
                    theirs = getattr(fm, f"equalized_odds_{kind}")(self.table["y"], self.table["p"], method=method,
                                                                   agg=aggregate, **arguments)
                    found = self.disparity(f"equalized_odds_{kind}", by, method, aggregate)
                    self.checks.near(f"{self.name} {by} equalized_odds_{kind} {method} {aggregate}", f"equalized_odds_{kind}",
                                     value(found), theirs)

    def with_aif360(self, column, one):
        frame = pd.DataFrame({"y": self.table["y"], "g": (self.table[column].astype(str) == one).astype(float)})
        if self.weight:
            frame["w"] = self.table[self.weight]
        kind = dict(label_names=["y"], protected_attribute_names=["g"],
                    instance_weights_name="w" if self.weight else None)
        truth = BinaryLabelDataset(df=frame, **kind)
        guess = BinaryLabelDataset(df=frame.assign(y=self.table["p"]), **kind)
        groups = dict(unprivileged_groups=[{"g": 0}], privileged_groups=[{"g": 1}])
        metric = ClassificationMetric(truth, guess, **groups)
        for name in ["statistical_parity_difference", "disparate_impact", "equal_opportunity_difference",
                     "average_odds_difference", "average_abs_odds_difference", "average_predictive_value_difference",
                     "true_positive_rate_difference", "false_positive_rate_difference", "false_negative_rate_difference",
                     "false_omission_rate_difference", "false_discovery_rate_difference", "error_rate_difference",
                     "false_positive_rate_ratio", "false_negative_rate_ratio", "false_omission_rate_ratio",
                     "false_discovery_rate_ratio", "error_rate_ratio"]:
            found = self.disparity(name, [column], "privileged")
            if found["undefined"] is None:
                self.checks.near(f"{self.name} {column} AIF360 {name}", name, found["value"], float(getattr(metric, name)()))
        individual = self.report["individual"]
        for name in ["generalized_entropy_index", "theil_index", "coefficient_of_variation"]:
            self.checks.near(f"{self.name} AIF360 {name}", name, individual[name], float(getattr(metric, name)()))
        labels = BinaryLabelDatasetMetric(truth, **groups)
        self.checks.near(f"{self.name} AIF360 mean_difference", "mean_difference",
                         self.disparity("mean_difference", [column], "privileged")["value"], float(labels.mean_difference()))
        if self.table[column].nunique() == 2:
            for name in ["between_group_generalized_entropy_index", "between_group_theil_index",
                         "between_group_coefficient_of_variation"]:
                self.checks.near(f"{self.name} AIF360 {name}", name,
                                 self.disparity(name, [column], "between_groups")["value"], float(getattr(metric, name)()))
            if truth.labels.min() != truth.labels.max():
                self.checks.near(f"{self.name} AIF360 edf", "smoothed_empirical_differential_fairness",
                                 self.disparity("smoothed_empirical_differential_fairness", [column], "between_groups")["value"],
                                 float(labels.smoothed_empirical_differential_fairness()))


def generated(random, rows):
    table = pd.DataFrame({
        "y": random.integers(0, 2, rows),
        "sex": random.choice(["F", "M"], rows, p=[0.3, 0.7]),
        "race": random.choice(list("abcd"), rows, p=[0.5, 0.3, 0.15, 0.05]),
        "age": random.integers(1, 4, rows),
        "site": random.choice(["x", "y"], rows),
        "w": random.choice([0.25, 1, 2, 3.5], rows),
    })
    flip = random.random(rows) < random.uniform(0.05, 0.5)
    table["p"] = np.where(flip, 1 - table["y"], table["y"])
    return table


def bundled(random):
    for name, data in [("breast cancer", load_breast_cancer()), ("wine", load_wine())]:
        truth = (data.target == 1).astype(int)
        half = random.permutation(len(truth))[: len(truth) // 2]
        model = LogisticRegression(max_iter=50).fit(data.data[half][:, :2], truth[half])
        yield name, pd.DataFrame({"y": truth, "p": model.predict(data.data[:, :2]),
                                  "size": np.where(data.data[:, 2] > np.median(data.data[:, 2]), "large", "small"),
                                  "third": pd.qcut(data.data[:, 3], 3, labels=["low", "middle", "high"])})


def degenerate():
    base = pd.DataFrame({"y": [1, 1, 0, 0, 1, 0], "p": [1, 0, 0, 1, 1, 0], "sex": list("FFFMMM")})
    yield "no positives in a group", base.assign(y=[1, 1, 0, 0, 0, 0])
    yield "no negatives in a group", base.assign(y=[1, 1, 0, 1, 1, 1])
    yield "nobody selected", base.assign(p=0)
    yield "everybody selected", base.assign(p=1)
    yield "one group", base.assign(sex="F")
    yield "one row a group", base.iloc[[0, 3]]


def main():
    program, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    random, checks = np.random.default_rng(seed), Checks()

    def compare(*arguments, **options):
        Case(program, checks, *arguments, **options).compare()

    for rows in [12, 60, 300, 5000]:
        for round in range(2):
            table = generated(random, rows)
            name = f"{rows} rows, {round}"
            compare(name, table, ["sex"], privileged={"sex": "M"})
            compare(name + " weighted", table, ["sex", "race"], weight="w", privileged={"sex": "M", "race": "a"})
            compare(name + " three", table, ["sex", "race", "age"])
            compare(name + " controlled", table, ["sex"], control=["site"])
    for name, table in bundled(random):
        compare(name, table, ["size", "third"], privileged={"size": "large"})
    for name, table in degenerate():
        compare(name, table, ["sex"])
    for wrong in checks.wrong[:40]:
        print(wrong)
    print(f"{checks.count} figures, {len(checks.wrong)} differ; largest difference "
          f"{max(checks.largest.values(), default=0):.2e}")
    return 1 if checks.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
