"""Writing: the same act by Sextant and by the real client, on twin stores, leaves the same rows and files."""
import re
import shutil
import sqlite3

import pytest
from conftest import ARCHIVES, client_of, unpacked

NOTE = "# Title\n\n- *ünïcode* `code`\n"
LONG = "z" * 5000


def rows(file):
    """Every row of every table; of the one time that an act takes from the clock only whether it is there."""
    base = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    found = {}
    tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        columns = [column[1] for column in base.execute(f"PRAGMA table_info('{table}')")]
        shown = [f'"{column}"' + " IS NOT NULL" * (column == "deleted_time") for column in columns]
        found[table] = sorted(map(repr, base.execute(f"SELECT {', '.join(shown)} FROM \"{table}\"")))
    found["schema"] = [row[0] for row in base.execute("SELECT sql FROM sqlite_master ORDER BY name, sql")]
    base.close()
    return found


def files(folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        text = path.read_bytes() if path.is_file() else b"a folder"
        found[str(path.relative_to(folder))] = re.sub(rb"deleted_time: \d+", b"deleted_time: TIME", text)
    return found


class Twins:
    """Two copies of one store: the left one for Sextant, the right one for the real client."""

    def __init__(self, kind, folder, sextant):
        self.kind, self.sextant, self.folders = kind, sextant, {}
        first = folder / "first"
        first.mkdir()
        mlflow, client = client_of(kind, first)
        self.runs = self.fill(client)
        for side in ("left", "right"):
            self.folders[side] = folder / side
            shutil.copytree(first, self.folders[side])
        name = "mlflow.db" if kind == "sqlite" else "mlruns"
        self.left = str(self.folders["left"] / name)
        self.client = client_of(kind, self.folders["right"])[1]

    @staticmethod
    def fill(client):
        experiment = client.create_experiment("twins", tags={"owner": "A"})
        runs = []
        for number in range(4):
            tags = {"team": "vision", "mlflow.user": "a.moreau", "kept": "yes", "a/b c": "nested"}
            run = client.create_run(experiment, 1_772_438_400_000 + number, tags, f"run {number}").info.run_id
            client.log_metric(run, "acc", 0.5 + number)
            client.log_param(run, "lr", "0.1")
            client.set_terminated(run, "FINISHED", 1_772_438_500_000)
            runs.append(run)
        client.delete_run(runs[3])
        return runs

    def state(self, side):
        folder = self.folders[side]
        return rows(folder / "mlflow.db") if self.kind == "sqlite" else files(folder / "mlruns")


    def differences(self):
        """What the twins differ in; they are made equal again, so that the next act starts from one state."""
        left, right = self.state("left"), self.state("right")
        found = [f"{name}: {told(left.get(name), right.get(name))}" for name in sorted({**left, **right})
                 if left.get(name) != right.get(name)]
        if found:
            shutil.rmtree(self.folders["left"])
            shutil.copytree(self.folders["right"], self.folders["left"])
        return found


def told(left, right):
    if isinstance(left, list) and isinstance(right, list):
        left, right = [row for row in left if row not in right], [row for row in right if row not in left]
    return f"{str(left)[:300]} instead of {str(right)[:300]}"


@pytest.fixture(scope="module", params=["sqlite", "files"])
def twins(request, tmp_path_factory, sextant):
    return Twins(request.param, tmp_path_factory.mktemp("twins"), sextant)


# name, the command, the same through the client; R, S: two active runs, D: a deleted one, N: none.
ACTS = [
    ("tag", ["tag", "R", "stage", "search"], lambda c, r: c.set_tag(r["R"], "stage", "search")),
    ("tag again", ["tag", "R", "team", "o'clock ü\nnew"], lambda c, r: c.set_tag(r["R"], "team",
                                                                                 "o'clock ü\nnew")),
    ("tag the same", ["tag", "R", "kept", "yes"], lambda c, r: c.set_tag(r["R"], "kept", "yes")),
    ("tag with nothing", ["tag", "R", "empty", ""], lambda c, r: c.set_tag(r["R"], "empty", "")),
    ("tag of a long key", ["tag", "R", "a/b.c d-e_f", "1"], lambda c, r: c.set_tag(r["R"], "a/b.c d-e_f",
                                                                                   "1")),
    ("tag with a long value", ["tag", "R", "long", LONG], lambda c, r: c.set_tag(r["R"], "long", LONG)),
    ("note", ["tag", "R", "mlflow.note.content", NOTE], lambda c, r: c.set_tag(r["R"],
                                                                               "mlflow.note.content", NOTE)),
    ("name by tag", ["tag", "S", "mlflow.runName", "by tag"],
     lambda c, r: c.set_tag(r["S"], "mlflow.runName", "by tag")),
    ("rename", ["rename", "R", "Neuer Name 😀"], lambda c, r: c.update_run(r["R"], name="Neuer Name 😀")),
    ("rename to quotes", ["rename", "R", "it's \"x\": #1"], lambda c, r: c.update_run(r["R"],
                                                                                      name="it's \"x\": #1")),
    ("rename to a very long name", ["rename", "R", "n" * 8001], lambda c, r: c.update_run(r["R"], name="n" * 8001)),
    ("rename to a number", ["rename", "R", "1e3"], lambda c, r: c.update_run(r["R"], name="1e3")),
    ("untag", ["untag", "R", "team"], lambda c, r: c.delete_tag(r["R"], "team")),
    ("untag below a folder", ["untag", "R", "a/b c"], lambda c, r: c.delete_tag(r["R"], "a/b c")),
    ("untag what is not there", ["untag", "R", "team"], lambda c, r: c.delete_tag(r["R"], "team")),
    ("tag a deleted run", ["tag", "D", "x", "y"], lambda c, r: c.set_tag(r["D"], "x", "y")),
    ("untag a deleted run", ["untag", "D", "team"], lambda c, r: c.delete_tag(r["D"], "team")),
    ("rename a deleted run", ["rename", "D", "late"], lambda c, r: c.update_run(r["D"], name="late")),
    ("tag nobody", ["tag", "N", "x", "y"], lambda c, r: c.set_tag(r["N"], "x", "y")),
    ("tag with a bad key", ["tag", "R", "../x", "y"], lambda c, r: c.set_tag(r["R"], "../x", "y")),
    ("tag with another bad key", ["tag", "R", "a$b", "y"], lambda c, r: c.set_tag(r["R"], "a$b", "y")),
    ("tag with a key of 251 letters", ["tag", "R", "k" * 251, "y"], lambda c, r: c.set_tag(r["R"], "k" * 251, "y")),
    ("restore", ["restore", "D"], lambda c, r: c.restore_run(r["D"])),
    ("delete", ["delete", "S"], lambda c, r: c.delete_run(r["S"])),
    ("restore again", ["restore", "S"], lambda c, r: c.restore_run(r["S"])),
    ("delete nobody", ["delete", "N"], lambda c, r: c.delete_run(r["N"])),
]


@pytest.mark.parametrize("name, command, act", ACTS, ids=[act[0] for act in ACTS])
def test_the_same_act_leaves_the_same_store(twins, name, command, act):
    known = {"R": twins.runs[0], "S": twins.runs[1], "D": twins.runs[3], "N": "0" * 32}
    arguments = [known.get(word, word) for word in command]
    outcome = twins.sextant.run("runs", *arguments, "--store", twins.left)
    refusal = None
    try:
        act(twins.client, known)
    except Exception as error:  # what the client refuses Sextant must refuse
        refusal = error
    differences = twins.differences()
    assert outcome.refused if refusal else outcome.code == 0, f"{outcome.errors} The client: {refusal}"
    assert differences == []


def test_the_client_reads_back_the_same(twins):
    mlflow, left = client_of(twins.kind, twins.folders["left"])
    for run in twins.runs:
        assert left.get_run(run).to_dictionary() == twins.client.get_run(run).to_dictionary()


@pytest.mark.parametrize("name", [name for name in ARCHIVES if name.endswith("-sqlite")])
def test_older_databases_are_written_without_a_change_of_schema(sextant, name, tmp_path):
    store = unpacked(name, tmp_path)
    run = store.answers["run_order"]["active"][0]
    before = rows(store.uri)
    for command in (["tag", run, "new", "value"], ["rename", run, "renamed"], ["delete", run], ["restore",
                                                                                                run]):
        outcome = sextant.run("runs", *command, "--store", store.uri)
        assert outcome.code == 0, outcome.errors
    after = rows(store.uri)
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"tags", "runs"}
    assert repr(("new", "value", run)) in after["tags"] or repr((run, "new", "value")) in after["tags"]
