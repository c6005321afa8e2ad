"""The same searches in the same store by the real client and by Sextant: filters and orderings made by chance
from what is in the store; the results must be equal, in their order.

usage: search_test.py PROBE ARCHIVE [COUNT [SEED]]
ARCHIVE is one of tests/fixtures/stores, of the client's own version.
"""

import json
import logging
import os
import subprocess
import sys
import tarfile
import tempfile
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")

import mlflow  # noqa: E402

import filters  # noqa: E402


def quoted(value):
    quote = "'" if "'" not in value else '"'
    return quote + value + quote


def key_text(key):
    return "`" + key + "`" if "`" not in key else '"' + key + '"'


class Maker(filters.Maker):
    """Filters whose keys and values are those of the store, or nearly."""

    def __init__(self, target, seed, keys, values):
        super().__init__(target, seed)
        self.keys, self.values = keys, values

    def rarely(self, share=0.03):
        return share > 0.03 and super().rarely(share)  # nothing torn here

    def clause(self):
        field, operators, sort = self.field()
        prefix, _, key = field.partition(".")
        kind = prefix.strip("`").rstrip("s").replace("parameter", "param")
        name = key or prefix
        if kind in ("metric", "param", "tag") and self.keys.get(kind):
            name = self.choice(self.keys[kind])
            field = prefix + "." + (name if name.isidentifier() and name.isascii() else key_text(name))
        values = self.values.get((kind, name)) or self.values.get(name) or ()
        if name == "model_type":  # an empty type and none are one to us
            values = [value for value in values if value]
        operator = self.choice(operators)
        if name == "model_type":
            operator = self.choice(("=", "LIKE", "IN"))
        if operator.upper().endswith("NULL"):
            return field + " " + operator
        return f"{field} {operator} {self.value(operator.upper(), sort, values)}"

    def value(self, operator, sort, values):
        texts = [
            value
            for value in values
            if isinstance(value, str)
            and len(value) < 80
            and not ("'" in value and '"' in value)
            and not value.endswith("\\")
            and not ("'" in value and self.target == "logged_models")
        ]  # double quotes mean something else there
        if operator.endswith("IN"):
            chosen = self.random.sample(texts, min(len(texts), 2)) or ["none"]
            return "(" + ", ".join(repr(value) for value in chosen) + ",)"
        if sort in ("number", "integer", "version"):
            numbers = [
                value
                for value in values
                if isinstance(value, (int, float)) and value == value and abs(value) < 1e300
            ]
            number = self.choice(numbers or [0, 1]) + self.choice((0, 0, 0, 1, -1))
            return (
                str(int(number))
                if sort != "number"
                else format(number, "f") if number < 1e-5 else repr(number).replace("e+", "e")
            )
        text = self.choice(texts or ["x"])
        if "LIKE" in operator:
            at = self.random.randrange(len(text) + 1)
            text = self.choice(
                (
                    "%" + text[at:],
                    text[:at] + "%",
                    "%" + text[at : at + 2] + "%",
                    text[:at] + "_" + text[at + 1 :],
                    text,
                )
            )
        if operator == "ILIKE":
            text = "".join(self.choice((c, c.upper(), c.lower())) if c.isascii() else c for c in text)
        if text.endswith("\\"):
            text += "%"
        return quoted(text) if not ("'" in text and '"' in text) else "'x'"

    def orderings(self):
        if self.random.random() < 0.5 or self.target == "logged_models":
            return []
        if self.target != "runs":
            name = self.choice(
                {
                    "experiments": ["name", "creation_time", "experiment_id", "last_update_time"],
                    "registered_models": ["name", "timestamp", "last_updated_timestamp"],
                    "model_versions": ["name", "version_number", "creation_timestamp"],
                }[self.target]
            )
            return [name + self.choice(("", " ASC", " DESC"))]
        kind = self.choice(("metric", "param", "tag", "attribute"))
        name = (
            kind + "s." + key_text(self.choice(self.keys[kind]))
            if kind != "attribute"
            else self.choice(
                ("start_time", "end_time", "status", "run_id", "run_name", "artifact_uri", "user_id")
            )
        )
        return [name + self.choice(("", " ASC", " DESC"))]


class Contents:
    """What is in the store, by the real client."""

    def __init__(self, client):
        self.client = client
        self.ids = [
            one.experiment_id for one in client.search_experiments(view_type=mlflow.entities.ViewType.ALL)
        ]
        self.keys, self.values = {}, {}
        for run in client.search_runs(self.ids, max_results=50000):
            for kind, found in (
                ("metric", run.data.metrics),
                ("param", run.data.params),
                ("tag", run.data.tags),
            ):
                for key, value in found.items():
                    self.add(kind, key, value)
            for name in ("run_id", "run_name", "status", "user_id", "artifact_uri", "start_time", "end_time"):
                self.values.setdefault(name, []).append(getattr(run.info, name))
            for used in run.inputs.dataset_inputs:
                self.values.setdefault("name", []).append(used.dataset.name)
                self.values.setdefault("digest", []).append(used.dataset.digest)
                self.values.setdefault("context", []).extend(tag.value for tag in used.tags)
        self.values["created"] = self.values["Created"] = self.values["start_time"]
        self.values["`run name`"] = self.values['"Run Name"'] = self.values["run_name"]

    def add(self, kind, key, value):
        if not ("`" in key and '"' in key):
            if key not in self.keys.setdefault(kind, []):
                self.keys[kind].append(key)
            self.values.setdefault((kind, key), []).append(value)

    def of(self, target):
        """Keys and values for the filters of a target."""
        keys, values = dict(self.keys), dict(self.values)
        records = {
            "experiments": self.client.search_experiments,
            "registered_models": self.client.search_registered_models,
            "model_versions": self.client.search_model_versions,
            "logged_models": lambda: self.client.search_logged_models(self.ids),
        }.get(target, list)()
        if target != "runs":
            keys, values = {}, {}
        for record in records:
            for kind, found in (("tag", record.tags), ("param", getattr(record, "params", None))):
                for key, value in (found or {}).items():
                    keys.setdefault(kind, []).append(key)
                    values.setdefault((kind, key), []).append(value)
            for metric in getattr(record, "metrics", None) or []:
                keys.setdefault("metric", []).append(metric.key)
                values.setdefault(("metric", metric.key), []).append(metric.value)
            for name in (
                "name",
                "experiment_id",
                "creation_time",
                "last_update_time",
                "run_id",
                "model_id",
                "model_type",
                "source_run_id",
                "creation_timestamp",
                "last_updated_timestamp",
            ):
                values.setdefault(name, []).append(getattr(record, name, None))
            values.setdefault("status", []).append("READY")
            values.setdefault("version_number", []).append(int(getattr(record, "version", 0)))
            values.setdefault("source_path", []).append(getattr(record, "source", None))
        return keys, values

    def search(self, target, text, orderings):
        client, order = self.client, {"order_by": orderings} if orderings else {}
        if target == "runs":
            return [run.info.run_id for run in client.search_runs(self.ids, text, max_results=50000, **order)]
        if target == "experiments":
            return [one.experiment_id for one in client.search_experiments(filter_string=text, **order)]
        if target == "registered_models":
            return [one.name for one in client.search_registered_models(text, **order)]
        if target == "model_versions":
            return [f"{one.name}/{one.version}" for one in client.search_model_versions(text, **order)]
        return [one.model_id for one in client.search_logged_models(self.ids, text)]


def main():
    probe, archive, count, seed = (
        os.path.abspath(sys.argv[1]),
        os.path.abspath(sys.argv[2]),
        int((sys.argv + [0, 0])[3] or 200),
        (sys.argv + [0, 0, 0])[4] or 1,
    )
    wrong, equal, refused = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder)  # our own archive
        root = os.path.join(folder, os.listdir(folder)[0])
        database = os.path.join(root, "mlflow.db")
        uri = (
            "sqlite:///" + database if os.path.exists(database) else "file://" + os.path.join(root, "mlruns")
        )
        os.chdir(root)  # the client leaves a database of its own where it is started
        mlflow.set_tracking_uri(uri)
        contents = Contents(mlflow.MlflowClient(uri))
        for target in filters.TARGETS:
            keys, values = contents.of(target)
            maker = Maker(target, seed, keys, values)
            questions = [
                {"target": target, "filter": maker.filter(), "orderings": maker.orderings()}
                for _ in range(count)
            ]
            lines = "".join(json.dumps(question) + "\n" for question in questions)
            answers = subprocess.run(
                [probe, uri], input=lines, capture_output=True, text=True, check=True
            ).stdout.splitlines()
            for question, line in zip(questions, answers):
                ours = json.loads(line)
                try:
                    theirs = contents.search(target, question["filter"], question["orderings"])
                except Exception as error:
                    refused += 1
                    if ours["ok"] and ours.get("portable"):
                        wrong.append(f"{question}: the client says {str(error)[:200]}")
                    continue
                if ours.get("found") == theirs:
                    equal += 1
                else:
                    wrong.append(
                        f"{question}: client {theirs}, we {ours.get('found', ours.get('message'))}"
                    )
    print(f"{equal} equal, {refused} refused by the client, {len(wrong)} different")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
