"""Statistics against the libraries people trust, on data made afresh from a seed.

usage: statistics_test.py PROBE PROGRAM [SEED]    PROBE is the program built from tests/statistics/statistics_probe.cpp

Compared: summaries with pandas, and their deviation with Python's exact fractions, to 1e-12; Welch's and the paired
test with scipy.stats.ttest_ind and ttest_rel: statistic, degrees of freedom, p (to 1e-10) and interval; Wilcoxon's
signed-rank test with scipy.stats.wilcoxon, p to 1e-10; effect sizes with their formulas by NumPy and gammaln; pearsonr,
spearmanr, kendalltau (exact and asymptotic) and linregress, p to 1e-10; bins of histograms with
numpy.histogram_bin_edges and numpy.histogram, quantiles with numpy.quantile; what contours interpolate over with
scipy.interpolate.LinearNDInterpolator; `runs stats` on the demo store with pandas' groupby. Of the forest: out-of-bag R²
with RandomForestRegressor's of as many trees (within 0.04: the random streams differ), and the ranking of features by
permutation with that of sklearn.inspection.permutation_importance on rows held out.
"""

import csv
import io
import json
import math
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import special, stats
from scipy.interpolate import LinearNDInterpolator
from sklearn.datasets import make_friedman1
from sklearn.ensemble import RandomForestRegressor
from sklearn.inspection import permutation_importance

DEMO = Path(__file__).resolve().parents[2] / "resources/demo/mlflow.db"


class Probe:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, what, **question):
        plain = {key: [one if math.isfinite(one) else str(one) for one in map(float, value)]
                 if key in ("x", "y") else value for key, value in question.items()}
        self.process.stdin.write(json.dumps({"do": what, **plain}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


class Checks:
    def __init__(self):
        self.count, self.wrong = 0, []

    def near(self, label, ours, theirs, relative, absolute=0.0):
        self.count += 1
        theirs = None if theirs is None or math.isnan(theirs) else float(theirs)
        same = ours is None if theirs is None else ours is not None and (
            abs(ours - theirs) <= max(relative * abs(theirs), absolute))
        if not same:
            self.wrong.append(f"{label}: ours {ours}, theirs {theirs}")

    def true(self, label, holds):
        self.count += 1
        if not holds:
            self.wrong.append(label)


def samples(random):
    """Samples of every shape that metrics have."""
    for size in [0, 1, 2, 3, 5, 10, 33, 34, 100, 2047, 2048, 5000]:
        normal = random.normal(size=size)
        yield f"normal {size}", normal
        yield f"offset {size}", 1e9 + normal
        yield f"huge {size}", 1e200 * normal
        yield f"tiny {size}", 1e-200 * normal
        yield f"skewed {size}", np.exp(10 * normal)
        yield f"ties {size}", np.floor(3 * normal)


def check_summaries(probe, checks, random):
    for label, values in samples(random):
        ours, series = probe("summary", x=values), pd.Series(values, dtype=float)
        reach = float(np.max(np.abs(values))) if len(values) else 0.0
        for name in ("mean", "median", "min", "max"):
            checks.near(f"{label} {name}", ours[name], getattr(series, name)(), 1e-12, 1e-12 * reach)
        if len(values) < 2:
            checks.true(f"{label} has no deviation", ours["std"] is None and ours["low"] is None)
            continue
        exact = statistics.stdev(map(float, values))
        checks.near(f"{label} exact std", ours["std"], exact, 1e-12)
        if not label.startswith("tiny"):  # pandas' squares underflow there; the exact one stands
            checks.near(f"{label} std", ours["std"], series.std(ddof=1), 1e-12, 1e-12 * reach)
        checks.near(f"{label} sem", ours["sem"], exact / math.sqrt(len(values)), 1e-12)
        if exact > 0:
            low, high = stats.t.interval(0.95, len(values) - 1, loc=series.mean(), scale=exact / math.sqrt(len(values)))
            checks.near(f"{label} low", ours["low"], low, 1e-12, 1e-12 * reach)
            checks.near(f"{label} high", ours["high"], high, 1e-12, 1e-12 * reach)
    mixed = [1.0, math.nan, 3.0, math.inf, 8.0, -math.inf]
    ours, clean = probe("summary", x=mixed), pd.Series([1.0, 3.0, 8.0])
    checks.near("mixed mean", ours["mean"], clean.mean(), 1e-12)
    checks.near("mixed std", ours["std"], clean.std(), 1e-12)
    checks.true("mixed counts", (ours["count"], ours["nan"], ours["infinite"]) == (3, 1, 2))


def correction(freedom):
    return math.exp(special.gammaln(freedom / 2) - special.gammaln((freedom - 1) / 2)) / math.sqrt(freedom / 2)


def check_tests(probe, checks, random):
    for n1, n2, shift, spread in [(2, 2, 1, 1), (3, 5, 0.5, 2), (5, 5, 0, 1), (10, 40, 3, 0.2), (100, 80, 0.1, 5),
                                  (1000, 1200, 0.3, 1), (4, 3, 50, 1), (30, 30, 1e6, 1e5)]:
        for scale in (1.0, 1e-8, 1e12):
            x = scale * random.normal(size=n1)
            y = scale * (shift + spread * random.normal(size=n2))
            label = f"welch {n1} {n2} {shift} {scale}"
            ours, theirs = probe("welch", x=x, y=y), stats.ttest_ind(x, y, equal_var=False)
            interval = theirs.confidence_interval(0.95)
            for name, value in [("statistic", theirs.statistic), ("df", theirs.df), ("low", interval.low),
                                ("high", interval.high)]:
                checks.near(f"{label} {name}", ours[name], value, 1e-10, 1e-10 * scale if name in ("low", "high") else 0)
            checks.near(f"{label} p", ours["p"], theirs.pvalue, 1e-8, 1e-10)
            freedom = n1 + n2 - 2
            pooled = math.sqrt(((n1 - 1) * np.var(x, ddof=1) + (n2 - 1) * np.var(y, ddof=1)) / freedom)
            cohen = (np.mean(x) - np.mean(y)) / pooled
            checks.near(f"{label} d", ours["effect"], cohen, 1e-10)
            checks.near(f"{label} g", ours["corrected"], cohen * correction(freedom), 1e-9)

            other = x + scale * (0.2 * shift + 0.3 * random.normal(size=n1))
            label = f"paired {n1} {shift} {scale}"
            ours, theirs = probe("paired", x=x, y=other), stats.ttest_rel(x, other)
            interval = theirs.confidence_interval(0.95)
            for name, value in [("statistic", theirs.statistic), ("df", theirs.df), ("low", interval.low),
                                ("high", interval.high)]:
                checks.near(f"{label} {name}", ours[name], value, 1e-8, 1e-10 * scale if name in ("low", "high") else 0)
            checks.near(f"{label} p", ours["p"], theirs.pvalue, 1e-8, 1e-10)
            differences = x - other
            checks.near(f"{label} d_z", ours["effect"], np.mean(differences) / np.std(differences, ddof=1), 1e-8)


def check_signed_ranks(probe, checks, random):
    """Without ties, with ties, with pairs that are equal, at each size where SciPy changes its way."""
    for size in [1, 2, 5, 6, 12, 13, 14, 25, 26, 49, 50, 51, 400]:
        for label, step in [("plain", 0), ("ties", 0.25), ("many ties", 1)]:
            for shift in (0, 0.4, 3):
                x, y = random.normal(size=size), random.normal(size=size) + shift
                if step:
                    x, y = np.round(x / step) * step, np.round(y / step) * step
                ours = probe("signed rank", x=x, y=y)
                label = f"wilcoxon {size} {label} {shift}"
                if not np.any(x != y):
                    checks.true(f"{label} is undefined", ours["p"] is None and ours["undefined"] != "")
                    continue
                theirs = stats.wilcoxon(x, y)
                checks.near(f"{label} statistic", ours["statistic"], theirs.statistic, 1e-12)
                checks.near(f"{label} p", ours["p"], theirs.pvalue, 1e-10, 1e-14)
                checks.near(f"{label} difference", ours["difference"], np.median(x - y), 1e-12, 1e-15)
                differences = (x - y)[x != y]
                ranks = stats.rankdata(np.abs(differences))
                checks.near(f"{label} r", ours["effect"], np.sum(np.sign(differences) * ranks) / np.sum(ranks), 1e-10, 1e-14)


def check_histograms(probe, checks, random):
    for label, values in samples(random):
        if len(values) == 0 or np.ptp(values) == 0:
            continue
        ours = probe("histogram", x=values)
        spread = np.subtract(*np.percentile(values, [75, 25]))
        rule = "fd" if spread > 0 else "sturges"
        checks.true(f"histogram {label}: rule {ours['rule']}", ours["rule"] == rule)
        wanted = math.ceil(np.ptp(values) / (2 * spread / np.cbrt(len(values)))) if spread > 0 else 0
        if wanted > 900:  # ours draws no more
            checks.true(f"histogram {label}: {len(ours['counts'])} bins", len(ours["counts"]) == min(wanted, 1000))
            continue
        edges = np.histogram_bin_edges(values, bins=rule)
        checks.true(f"histogram {label}: {len(ours['edges'])} edges, NumPy {len(edges)}", len(ours["edges"]) == len(edges))
        if len(ours["edges"]) != len(edges):
            continue
        for at, edge in enumerate(edges):
            checks.near(f"histogram {label} edge {at}", ours["edges"][at], edge, 1e-12, 1e-12 * np.max(np.abs(values)))
        # Each by its own edges: values that lie on one may fall on either side of its last bit.
        counts = np.histogram(values, bins=np.asarray(ours["edges"]))[0]
        checks.true(f"histogram {label}: counts", counts.tolist() == ours["counts"])
    for probability in np.linspace(0, 1, 41):
        values = random.normal(size=int(random.integers(1, 60)))
        checks.near(f"quantile {probability}", probe("quantile", x=values, y=[probability])["value"],
                    np.quantile(values, probability), 1e-12, 1e-14)


def interpolated(points, values, triangles, places):
    """Linear over the triangle that a place lies in; NaN outside all of them."""
    result = np.full(len(places), np.nan)
    for corners in triangles:
        a, b, c = points[corners]
        shares = np.linalg.solve(np.column_stack([b - a, c - a]), (places - a).T).T
        inside = (shares >= -1e-9).all(axis=1) & (shares.sum(axis=1) <= 1 + 1e-9)
        weights = np.column_stack([1 - shares.sum(axis=1), shares])
        result[inside] = (weights @ values[corners])[inside]
    return result


def check_contours(probe, checks, random):
    for size in (3, 4, 10, 60, 300):
        for scale in (1.0, 1e-6, 1e9):
            points = random.uniform(size=(size, 2))
            values = np.sin(3 * points[:, 0]) + points[:, 1]
            label = f"contour {size} {scale}"
            triangles = np.asarray(probe("triangles", x=scale * points[:, 0], y=points[:, 1])["triangles"])
            places = random.uniform(size=(500, 2))
            # Both look for triangles where each axis has the same length.
            known = LinearNDInterpolator(points * [scale, 1], values, rescale=True)(places * [scale, 1])
            ours = interpolated(points, values, triangles, places)
            checks.true(f"{label}: the same hull", (np.isnan(ours) == np.isnan(known)).mean() > 0.995)
            both = ~np.isnan(ours) & ~np.isnan(known)
            checks.near(f"{label}: values", float(np.abs(ours - known)[both].max(initial=0)), 0.0, 0, 1e-9)


def check_correlations(probe, checks, random):
    for size in [2, 3, 4, 5, 12, 33, 34, 60, 500]:
        for ties in (0, 3, 50):
            for slope in (0.0, 0.5, -3.0):
                x = random.normal(size=size)
                y = slope * x + random.normal(size=size)
                if ties:
                    x, y = np.round(x * ties) / ties, np.round(y * ties) / ties
                label = f"{size} {ties} {slope}"
                for name, theirs in (("pearson", stats.pearsonr), ("spearman", stats.spearmanr),
                                     ("kendall", stats.kendalltau)):
                    if len(set(x)) < 2 or len(set(y)) < 2:
                        checks.true(f"{name} {label} of a constant", bool(probe(name, x=x, y=y)["undefined"]))
                        continue
                    ours, known = probe(name, x=x, y=y), theirs(x, y)
                    checks.near(f"{name} {label}", ours["coefficient"], known.statistic, 1e-12, 1e-12)
                    straight = name == "pearson" and 1 - abs(known.statistic) < 1e-12  # p hangs on its last bit
                    if (size > 2 or name == "kendall") and not straight:  # of two pairs SciPy's p is 1 or undefined
                        checks.near(f"{name} {label} p", ours["p"], known.pvalue, 1e-8, 1e-10)
                if size > 2 and len(set(x)) > 1 and len(set(y)) > 1:
                    ours, known = probe("trend", x=x, y=y), stats.linregress(x, y)
                    for name, value in [("slope", known.slope), ("intercept", known.intercept), ("r2", known.rvalue**2),
                                        ("slope_error", known.stderr), ("intercept_error", known.intercept_stderr)]:
                        checks.near(f"trend {label} {name}", ours[name], value, 1e-9, 1e-10)
                    checks.near(f"trend {label} p", ours["p"], known.pvalue, 1e-8, 1e-10)


def problems(random):
    """Names, inputs, targets, and the features that matter in the order they do."""
    x, y = make_friedman1(n_samples=700, n_features=10, noise=0.5, random_state=int(random.integers(1 << 30)))
    yield "friedman", x, y, 5
    # A sweep: few values of each param, most of them without influence.
    levels = np.stack([random.choice(values, 600) for values in
                       ([1e-4, 1e-3, 1e-2, 1e-1], [16, 32, 64], [0, 0.1, 0.5], [1, 2, 3, 4, 5], [0, 1], [2, 4, 8])], axis=1)
    target = 4 * np.log10(levels[:, 0]) ** 2 / 16 + levels[:, 2] * 3 + 0.01 * levels[:, 1] + 0.1 * random.normal(size=600)
    yield "sweep", levels, target, 3


def check_forest(probe, checks, random):
    for label, x, y, matter in problems(random):
        train = len(y) * 2 // 3
        ours = probe("forest", features=x[:train].T.tolist(), y=y[:train])
        known = RandomForestRegressor(200, oob_score=True, random_state=0).fit(x[:train], y[:train])
        checks.near(f"forest {label} R²", ours["r2"], known.oob_score_, 0, 0.04)
        theirs = permutation_importance(known, x[train:], y[train:], n_repeats=10, random_state=0).importances_mean
        ranks = [list(np.argsort(-np.asarray(one))) for one in (ours["importance"], theirs)]
        checks.true(f"forest {label}: ours puts {ranks[0]} first, theirs {ranks[1]}",
                    set(ranks[0][:matter]) == set(ranks[1][:matter]))
        agreement = stats.spearmanr(np.asarray(ours["importance"])[ranks[1][:matter]], theirs[ranks[1][:matter]]).statistic
        checks.true(f"forest {label}: the ranking of what matters agrees by {agreement}", agreement >= 0.7)
        share = np.asarray(ours["importance"]) / sum(ours["importance"]) - theirs / theirs.sum()
        checks.true(f"forest {label}: shares differ by {np.abs(share).max():.3f}", np.abs(share).max() < 0.06)


def check_groups(program, checks):
    with sqlite3.connect(f"file:{DEMO}?mode=ro", uri=True) as store:
        runs = pd.read_sql("SELECT run_uuid FROM runs WHERE lifecycle_stage = 'active'", store)
        loss = pd.read_sql("SELECT run_uuid, value AS loss FROM latest_metrics WHERE key = 'val/loss' AND NOT is_nan", store)
        rate = pd.read_sql("SELECT run_uuid, value AS rate FROM params WHERE key = 'learning_rate_init'", store)
    table = runs.merge(loss, how="left").merge(rate, how="left")
    table["rate"] = pd.to_numeric(table["rate"])
    known = table.groupby("rate", dropna=False)["loss"].agg(["count", "mean", "std", "sem", "min", "max", "median"])
    with tempfile.TemporaryDirectory() as home:
        out = subprocess.run([program, "runs", "stats", "--store", str(DEMO), "--metric", "val/loss", "--group-by",
                              "params.learning_rate_init", "--format", "csv"], capture_output=True, text=True, check=True,
                             env={**os.environ, "HOME": home, "XDG_CACHE_HOME": home, "QT_QPA_PLATFORM": "offscreen"}).stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    checks.true(f"{len(rows)} groups against {len(known)}", len(rows) == len(known))
    for row, (rate, figures) in zip(rows, known.iterrows()):
        ours = row["params.learning_rate_init"]
        checks.near("group", float(ours) if ours else None, rate, 0)
        for name, theirs in [("n", "count"), ("mean", "mean"), ("std", "std"), ("stderr", "sem"), ("min", "min"),
                             ("max", "max"), ("median", "median")]:
            checks.near(f"group {rate} {name}", float(row[name]) if row[name] else None, figures[theirs], 1e-12)


def main():
    random = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    probe, checks = Probe(sys.argv[1]), Checks()
    check_summaries(probe, checks, random)
    check_tests(probe, checks, random)
    check_signed_ranks(probe, checks, random)
    check_histograms(probe, checks, random)
    check_contours(probe, checks, random)
    check_correlations(probe, checks, random)
    check_forest(probe, checks, random)
    check_groups(sys.argv[2], checks)
    for line in checks.wrong[:40]:
        print(line)
    print(f"{checks.count} figures compared, {len(checks.wrong)} differ")
    return 1 if checks.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
