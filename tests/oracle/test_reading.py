"""Everything that reads, on stores of every version: entries, values and order are the real client's."""
import hashlib
import math

import pytest
from compare import differences, order, unordered
from conftest import digests

SHOWN = 25  # problems listed before the rest is counted


def check(problems):
    rest = f"\n… and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
    assert not problems, f"{len(problems)} differences\n" + "\n".join(problems[:SHOWN]) + rest


def by_id(entries, key):
    return {entry[key]: entry for entry in entries}


@pytest.mark.parametrize("view", ["active", "deleted", "all"])
def test_experiments(sextant, store, view):
    expected = store.answers["experiments"][view]
    found = sextant.run("experiments", "list", "--store", store.uri, "--view", view).json()
    if store.answers["mlflow"].startswith("1."):  # its order was by the last change, not yet by creation
        expected, found = unordered(expected, "experiment_id"), unordered(found, "experiment_id")
    problems = order([one["experiment_id"] for one in expected], [one["experiment_id"] for one in found],
                     view)
    check(problems or differences(expected, found, "experiments"))


@pytest.mark.parametrize("view", ["active", "deleted", "all"])
def test_runs(sextant, store, view):
    expected = store.answers["run_order"][view]
    found = sextant.run("runs", "list", "--store", store.uri, "--view", view, *store.every).json()
    problems = order(expected, [one["run_id"] for one in found], view)
    known = by_id(found, "run_id")
    for run_id in expected:
        if run_id in known:
            wanted, given = dict(store.answers["runs"][run_id]), dict(known[run_id])
            for one in (wanted, given):
                one["datasets"] = unordered(one.get("datasets") or [], "name", "digest")
            problems += differences(wanted, given, wanted["tags"].get("case", run_id))
    check(problems)


def test_one_run_is_shown_whole(sextant, store):
    runs = list(store.answers["runs"].values())
    shown = sextant.each([["runs", "show", run["run_id"], "--store", store.uri] for run in runs])
    problems = []
    for run, outcome in zip(runs, shown):
        wanted, given = {**run, "datasets": []}, outcome.json()
        given = given[0] if isinstance(given, list) else given
        if isinstance(given.get("metrics"), list):  # with first, least and greatest beside the last
            wanted.pop("metrics")
        problems += differences(wanted, {**given, "datasets": []}, run["tags"].get("case", run["run_id"]))
    check(problems)


def value_of(text):
    number = float(text)
    if math.isnan(number):
        return "NaN"
    return number if math.isfinite(number) else "Infinity" if number > 0 else "-Infinity"


def test_histories(sextant, store):
    asked = [(run_id, keys) for run_id, keys in store.answers["histories"].items() if keys]
    outcomes = sextant.each([["runs", "history", run_id, *keys, "--store", store.uri] for run_id,
                             keys in asked], "csv")
    problems = []
    for (run_id, keys), outcome in zip(asked, outcomes):
        found = {key: [] for key in keys}
        for row in outcome.rows():
            found[row["metric"]].append([int(row["timestamp"]), int(row["step"]), value_of(row["value"])])
        case = store.answers["runs"][run_id]["tags"].get("case", run_id)
        for key, points in keys.items():
            problems += differences(points, found[key], f"{case} {key}")
    check(problems)


def test_logged_models(sextant, store):
    expected = store.answers["logged_models"]
    found = sextant.run("logged-models", "list", "--store", store.uri, *store.every).json()
    known, problems = by_id(found, "model_id"), []
    problems += order(sorted(one["model_id"] for one in expected), sorted(known), "models")
    for wanted in expected:
        given = dict(known.get(wanted["model_id"], {}))
        wanted = {**wanted, "metrics": unordered(wanted["metrics"], "key", "step", "timestamp",
                                                 "dataset_name")}
        given["metrics"] = unordered(given.get("metrics") or [], "key", "step", "timestamp", "dataset_name")
        problems += differences(wanted, given, wanted["name"])
    check(problems)


def test_registered_models(sextant, store):
    expected = store.answers["registered_models"]
    found = sextant.run("models", "list", "--store", store.uri).json()
    for one in found:
        one["aliases"] = {alias: str(version) for alias, version in one["aliases"].items()}
    problems = order([one["name"] for one in expected], [one["name"] for one in found], "models")
    check(problems or differences(expected, found, "models"))


def test_model_versions(sextant, store):
    def name(one):
        return f"{one['name']}/{one['version']}"

    expected = store.answers["model_versions"]
    found = sextant.run("models", "versions", "--store", store.uri).json()
    problems = order([name(one) for one in expected], [name(one) for one in found], "versions")
    known = {name(one): one for one in found}
    for one in expected:
        given = dict(known.get(name(one), {}))
        given["version"] = str(given.get("version"))
        given["aliases"] = sorted(given.get("aliases") or [])
        problems += differences({**one, "aliases": sorted(one["aliases"])}, given, name(one))
    check(problems)


def test_artifacts(sextant, store, tmp_path):
    problems = []
    for run_id, expected in store.answers["artifacts"].items():
        found = sextant.run("artifacts", "list", run_id, "--recursive", "--store", store.uri).json()
        problems += order([one["path"] for one in expected], [one["path"] for one in found], run_id)
        sizes = {one["path"]: (one["is_dir"], None if one["is_dir"] else one["file_size"]) for one in found}
        problems += [f"{one['path']}: {sizes.get(one['path'])}" for one in expected
                     if sizes.get(one["path"]) != (one["is_dir"], one["file_size"])]
        digest = store.answers["sha256"][run_id]
        outcomes = sextant.each([["artifacts", "show", run_id, path, "--store",
                                  store.uri] for path in digest])
        problems += [f"{path}: other bytes" for path, outcome in zip(digest, outcomes)
                     if hashlib.sha256(outcome.output).hexdigest() != digest[path]]
        folder = tmp_path / run_id
        sextant.run("artifacts", "download", run_id, folder, "--store", store.uri)
        problems += [f"{path}: not downloaded as it is" for path in digest
                     if not (folder / path).is_file()
                     or hashlib.sha256((folder / path).read_bytes()).hexdigest() != digest[path]]
    check(problems)


COMMANDS = {"runs": ("runs", "list"), "experiments": ("experiments", "list"), "logged_models": ("logged-models", "list"),
            "registered_models": ("models", "list"), "model_versions": ("models", "versions")}
NAMES = {"runs": lambda row: row["run_id"], "experiments": lambda row: row["experiment_id"],
         "logged_models": lambda row: row["model_id"],
         "registered_models": lambda row: row["name"],
         "model_versions": lambda row: f"{row['name']}/{row['version']}"}


def command(store, what, question):
    arguments = [*COMMANDS[what], "--store", store.uri]
    arguments += [f"--filter={question['filter']}"] if question["filter"] else []
    arguments += [f"--order-by={key}" for key in question["order_by"]]
    arguments += ["--columns", "run_id"] if what == "runs" else []
    arguments += ["--view", question["view"]] if what in ("runs", "experiments") else []
    return arguments + (store.every if what in ("runs", "logged_models") else [])


def verdict(what, question, outcome):
    """What is wrong with this answer, or nothing."""
    place = f"{question['filter']!r} {question['order_by'] or ''}"
    if outcome.crashed:
        return [f"{place}: ended with {outcome.code}: {outcome.errors[:200]}"]
    differs = question.get("sextant_differs", "")
    if differs:
        expected = 2 if differs.startswith("and:") else 0 if differs.startswith("null test:") else None
        return [f"{place}: exit {outcome.code} ({differs})"] if expected not in (None, outcome.code) else []
    if "answer" in question:
        if outcome.code != 0:
            return [f"{place}: refused: {outcome.errors[:200].strip()}"]
        found = [NAMES[what](row) for row in outcome.rows()]
        wanted = question["answer"]
        return order(sorted(wanted), sorted(found), place) if what == "logged_models" else order(wanted,
                                                                                                 found, place)
    if not question["error_code"].isupper() or question["error_code"] == "FEATURE_DISABLED":
        return []  # the client itself broke down, or its file stores had no registry: any answer is as good
    return [] if outcome.refused else [f"{place}: accepted; the client: {question['message'][:160]}"]


@pytest.mark.parametrize("what", list(COMMANDS))
def test_filters_and_orderings(sextant, store, what):
    questions = store.answers["queries"].get(what, [])
    outcomes = sextant.each([command(store, what, question) for question in questions], form="csv")
    check([problem for question, outcome in zip(questions, outcomes) for problem in verdict(what, question,
                                                                                            outcome)])


def test_reading_changed_nothing(store):
    assert digests(store.folder) == store.before
