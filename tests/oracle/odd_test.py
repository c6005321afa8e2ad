"""Stores of odd contents and questions made by chance: Sextant answers as the client of that store does.

usage: odd_test.py PROBE [COUNT [SEED]]     PROBE is the program built from tests/query/filter_probe.cpp
       odd_test.py --make KIND FOLDER COUNT SEED      makes a store in FOLDER, with the client's answers

Asked are stores that the newest client makes now, and those of tests/fixtures/odd, which older ones made:
each archive holds FOLDER as --make left it.
"""
import json
import logging
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures"
VIEWS = {"active": 1, "deleted": 2, "all": 3}
# Where we take more than the newest client does, and where that client breaks down.
MORE = ("creation_timestamp", "timestamp", "not supported between instances", "Expected a quoted string value for")


def pages(search, *arguments, **options):
    page = search(*arguments, **options)
    found = list(page)
    while getattr(page, "token", None):
        page = search(*arguments, page_token=page.token, **options)
        found += list(page)
    return found


class Asker:
    def __init__(self, client):
        self.client = client
        self.every = [str(one.experiment_id) for one in pages(client.search_experiments, view_type=3)]

    def answer(self, question):
        client, text, orderings = self.client, question["filter"], question["orderings"]
        order = {"order_by": orderings} if orderings else {}
        view = VIEWS[question["view"]]
        if question["target"] == "runs":
            return [run.info.run_id for run in pages(client.search_runs, self.every, text, view, 1000, **order)]
        if question["target"] == "experiments":
            found = pages(client.search_experiments, view_type=view, filter_string=text, **order)
            return [str(one.experiment_id) for one in found]
        if question["target"] == "registered_models":
            return [one.name for one in pages(client.search_registered_models, text, **order)]
        if question["target"] == "model_versions":
            found = pages(client.search_model_versions, text, **order)
            return [f"{one.name}/{one.version}" for one in found]
        keys = [{"field_name": key.removesuffix(" DESC"), "ascending": not key.endswith(" DESC")}
                for key in orderings]
        return [one.model_id for one in pages(client.search_logged_models, self.every, text, order_by=keys or None)]


def make(kind, folder, count, seed):
    """In a process of its own: one client, one store."""
    sys.path.insert(0, str(FIXTURES))
    import scenario

    scenario.environment()
    os.makedirs(folder)
    os.chdir(folder)
    import mlflow
    from mlflow.tracking import MlflowClient

    from odd_questions import TARGETS, questions
    from odd_store import OddStore

    uri = f"sqlite:///{folder}/mlflow.db" if kind == "sqlite" else f"file://{folder}/mlruns"
    mlflow.set_tracking_uri(uri)
    client = MlflowClient(uri)
    runs = OddStore(client, random.Random(seed)).build()
    asker, missing = Asker(client), hasattr(client, "search_logged_models")
    with open("answers.jsonl", "w", encoding="utf-8") as out:
        for target in TARGETS if missing else TARGETS[:-1]:
            for question in questions(target, count, seed, runs):
                try:
                    question["answer"] = asker.answer(question)
                except Exception as error:  # whatever it raises is the answer
                    question["refusal"] = f"{type(error).__name__}: {getattr(error, 'message', error)}"[:300]
                out.write(json.dumps(question) + "\n")


def verdict(question, ours, newest):
    """What is wrong, or nothing."""
    if "refusal" in question:
        accepted = ours["ok"] and ours.get("portable", True) and newest
        known = any(reason in question["refusal"] for reason in MORE)
        return "the client says " + question["refusal"] if accepted and not known else ""
    if not ours["ok"]:
        return "refused: " + ours["message"]
    found, expected = ours["found"], question["answer"]
    if found == expected:
        return ""
    missing, extra = [one for one in expected if one not in found], [one for one in found if one not in expected]
    return f"missing {missing[:3]}, too much {extra[:3]}" if missing or extra else "the order differs"


def check(probe, folder, newest):
    lines = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    database = folder / "mlflow.db"
    answers = subprocess.run([probe, str(database if database.exists() else folder / "mlruns")],
                             input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    wrong = []
    for question, line in zip(questions, answers.stdout.splitlines(), strict=True):
        reason = verdict(question, json.loads(line), newest)
        if reason:
            wrong.append(f"{question['target']} {question['filter']!r} {question['orderings']} "
                         f"{question['view']}: {reason}")
    print(f"{folder.name}: {len(questions)} questions, {len(wrong)} answered otherwise")
    print("\n".join(wrong[:20]))
    return len(wrong)


def main():
    if sys.argv[1] == "--make":
        return make(sys.argv[2], os.path.abspath(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    probe, count, seed = os.path.abspath(sys.argv[1]), *(sys.argv[2:] + ["40", "1"])[:2]
    shared = "/dev/shm" if os.path.isdir("/dev/shm") else None  # databases are written in many small steps
    wrong = 0
    with tempfile.TemporaryDirectory(dir=shared) as place:
        for kind in ("sqlite", "files"):
            folder = Path(place, f"now-{kind}")
            subprocess.run([sys.executable, "-W", "ignore", __file__, "--make", kind, folder, count, seed],
                           check=True)
            wrong += check(probe, folder, True)
        for archive in sorted((FIXTURES / "odd").glob("*.tar.gz")):
            with tarfile.open(archive) as tar:
                tar.extractall(place)  # our own archive
            wrong += check(probe, Path(place, archive.name.removesuffix(".tar.gz")), False)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
