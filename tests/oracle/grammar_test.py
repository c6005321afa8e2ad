"""The filter language against the real client: what it accepts, refuses, and takes each text to mean.

usage: grammar_test.py PROBE [COUNT [SEED]]      PROBE is the program built from tests/query/filter_probe.cpp
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

from mlflow.entities import ViewType  # noqa: E402
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as RegistryStore  # noqa: E402
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore as TrackingStore  # noqa: E402
from mlflow.utils import search_utils  # noqa: E402
from mlflow.utils.search_logged_model_utils import parse_filter_string  # noqa: E402

import filters  # noqa: E402

PARSERS = {
    "runs": search_utils.SearchUtils,
    "experiments": search_utils.SearchExperimentsUtils,
    "registered_models": search_utils.SearchModelUtils,
    "model_versions": search_utils.SearchModelVersionUtils,
}
ALIASES = {
    "created": "start_time",
    "Created": "start_time",
    "run name": "run_name",
    "Run name": "run_name",
    "Run Name": "run_name",
    "creation_timestamp_ms": "creation_timestamp",
    "last_updated_timestamp_ms": "last_updated_timestamp",
}
KINDS = {"attributes": "attribute", "metrics": "metric", "params": "parameter", "tags": "tag"}
TIMES = {
    "start_time",
    "end_time",
    "creation_time",
    "last_update_time",
    "creation_timestamp",
    "last_updated_timestamp",
    "version_number",
}

# What we refuse on purpose although the client takes it: a missing or superfluous AND, lists in lists,
# joined neighbouring strings, numbers in spellings that only logged models take, comparisons with nothing.
STRICTER = (
    "AND or OR is missing",
    "A condition is missing",
    "A comma is missing",
    "is not well-formed in a list",
    "the value needs quotes",
    "plain numbers",
    "This list is empty",
    "An operator is missing after",
    "A value is missing",
    "compared with NULL",
)
# Texts that the client takes for another meaning than people do; we say that the filter is ours alone.
OWN_MEANING = ("quotes", "infinity")


class Client:
    """The real client: its parsers, and its stores since they refuse more than the parsers do."""

    def __init__(self, folder):
        uri = f"sqlite:///{folder}/mlflow.db"
        self.tracking = TrackingStore(uri, folder)
        self.registry = RegistryStore(uri)

    def clauses(self, target, text):
        if target == "logged_models":
            self.tracking.search_logged_models(["0"], text)
            return [
                (KINDS[c.entity.type.value], c.entity.key, c.op, c.value) for c in parse_filter_string(text)
            ]
        parsed = PARSERS[target].parse_search_filter(text)
        if target == "runs":
            self.tracking.search_runs(["0"], text, ViewType.ALL, 10)
        elif target == "experiments":
            self.tracking.search_experiments(filter_string=text)
        elif target == "registered_models":
            self.registry.search_registered_models(text)
        else:
            self.registry.search_model_versions(text)
        return [(c["type"], c["key"], c["comparator"], c["value"]) for c in parsed]

    def order(self, target, text):
        if target == "runs":
            self.tracking.search_runs(["0"], "", ViewType.ALL, 10, order_by=[text])
        elif target == "experiments":
            self.tracking.search_experiments(order_by=[text])
        elif target == "registered_models":
            self.registry.search_registered_models(order_by=[text])
        else:
            self.registry.search_model_versions(order_by=[text])


def normal(clause):
    kind, key, operator, value = clause
    operator = operator.upper()
    if kind == "attribute":
        key = ALIASES.get(key, key)
    if isinstance(value, (tuple, list)):
        value = list(value)
        if len(value) == 1:
            value, operator = value[0], {"IN": "=", "NOT IN": "!="}.get(operator, operator)
    elif value is not None and (kind == "metric" or (kind == "attribute" and key in TIMES)):
        value = float(value)
    return [kind, key, operator, value]


def ask(probe, questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    answers = subprocess.run([probe], input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in answers.splitlines()]


def judge(client, target, text, ours):
    """What kind of agreement there is, and what is wrong with it."""
    try:
        theirs = client.clauses(target, text)
    except Exception as error:  # whatever the client says no with
        if ours["ok"] and ours["portable"]:
            return (
                "wrong",
                f"taken for portable, but the client says {type(error).__name__}: {str(error)[:120]}",
            )
        return ("both refuse", "") if not ours["ok"] else ("ours alone", "")
    if not ours["ok"]:
        known = any(reason in ours["message"] for reason in STRICTER)
        return ("stricter", "") if known else ("wrong", "refused: " + ours["message"])
    if not ours["portable"]:
        return (
            ("own meaning", "")
            if ours["reason"] in OWN_MEANING
            else ("wrong", "taken for ours alone: " + ours["reason"])
        )
    expected = [normal(clause) for clause in theirs]
    actual = [normal(clause) for clause in ours["clauses"] or []]
    return ("same", "") if expected == actual else ("wrong", f"client {expected}, we {actual}")


def judge_order(client, target, text, ours):
    try:
        client.order(target, text)
    except Exception:
        extra = target == "runs" and any(
            name in text for name in ("duration", "experiment_id", "lifecycle_stage")
        )
        extra = extra or (target == "registered_models" and "creation_timestamp" in text)  # as folders do
        extra = extra or (
            "`" in text and '"' in text
        )  # the client takes such keys in filters, but fails on them here
        return (
            ("both refuse", "") if not ours["ok"] else ("ours alone", "") if extra else ("wrong", "accepted")
        )
    if not ours["ok"] and "*" in text:
        return "stricter", ""
    return ("same", "") if ours["ok"] else ("wrong", "refused: " + ours["message"])


def main():
    probe, count, seed = sys.argv[1], int((sys.argv + [0, 400])[2] or 200), (sys.argv + [0, 0, 1])[3] or 1
    tally, wrong = {}, []
    with tempfile.TemporaryDirectory() as folder:
        client = Client(folder)
        for target in filters.TARGETS:
            texts = filters.filters(target, count, seed)
            orders = filters.order_bys(target, count // 4, seed) if target != "logged_models" else []
            questions = [{"target": target, "filter": text} for text in texts] + [
                {"target": target, "order_by": text} for text in orders
            ]
            answers = ask(probe, questions)
            for question, ours in zip(questions, answers):
                text = question.get("filter", question.get("order_by"))
                kind, reason = (judge if "filter" in question else judge_order)(client, target, text, ours)
                tally[kind] = tally.get(kind, 0) + 1
                if kind == "wrong":
                    wrong.append(f"{target} {text!r}: {reason}")
    print(", ".join(f"{kind} {number}" for kind, number in sorted(tally.items())))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
