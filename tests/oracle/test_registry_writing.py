"""Writing the registry: the same act by Sextant and by the real client, on twin stores, leaves the same rows
and files, and the same times are new."""
import re
import shutil

import pytest
from conftest import ARCHIVES, client_of, unpacked
from test_writing import rows, told

TIMES = {"creation_time", "last_updated_time", "last_update_time"}
META_TIME = re.compile(rb"^((?:creation|last_updated)_timestamp: )(\d+)$", re.M)
NOTE = "# Title\n\n- *ünïcode*: `code`\n"


def row_state(file, known):
    """Rows as (column: value) with the times that were not there before as "new"."""
    import sqlite3

    base = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    found, times = {}, set()
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = [column[1] for column in base.execute(f"PRAGMA table_info('{table}')")]
        lines = []
        for row in base.execute(f'SELECT * FROM "{table}"'):
            named = dict(zip(columns, row))
            for column in TIMES & named.keys():
                times.add(named[column])
                named[column] = named[column] if known is None or named[column] in known else "new"
            lines.append(repr(named))
        found[table] = sorted(lines)
    base.close()
    return found, times


def file_state(folder, known):
    found, times = {}, set()

    def said(match):
        times.add(match[2])
        return match[1] + (match[2] if known is None or match[2] in known else b"new")

    for path in sorted(folder.rglob("*")):
        text = path.read_bytes() if path.is_file() else b"a folder"
        found[str(path.relative_to(folder))] = META_TIME.sub(said, text) if path.name == "meta.yaml" else text
    return found, times


class Twins:
    """Two copies of one store: the left one for Sextant, the right one for the real client."""

    def __init__(self, kind, folder, sextant):
        self.kind, self.sextant, self.folders = kind, sextant, {}
        first = folder / "first"
        first.mkdir()
        client = client_of(kind, first)[1]
        self.fill(client)
        for side in ("left", "right"):
            self.folders[side] = folder / side
            shutil.copytree(first, self.folders[side])
        name = "mlflow.db" if kind == "sqlite" else "mlruns"
        self.left = str(self.folders["left"] / name)
        self.client = client_of(kind, self.folders["right"])[1]

    def fill(self, client):
        experiment = client.create_experiment("twins")
        self.run = client.create_run(experiment, run_name="one").info.run_id
        client.create_registered_model("churn", tags={"team": "risk"}, description="Who leaves")
        for _ in range(3):
            client.create_model_version("churn", "/data/churn/model", self.run, tags={"kept": "yes"})
        client.create_registered_model("bare")
        client.create_registered_model("prompt")
        client.set_registered_model_tag("prompt", "mlflow.prompt.is_prompt", "true")

    def state(self, side, known=None):
        folder = self.folders[side]
        return row_state(folder / "mlflow.db", known) if self.kind == "sqlite" else file_state(
            folder / "mlruns", known)

    def act(self, command, act):
        """Sextant's outcome, what the client refused, and what the twins differ in."""
        known = self.state("right")[1]
        outcome = self.sextant.run("models", *command, "--store", self.left)
        refusal = None
        try:
            act(self.client, self)
        except Exception as error:  # what the client refuses Sextant must refuse
            refusal = error
        left, right = self.state("left", known)[0], self.state("right", known)[0]
        return outcome, refusal, [f"{name}: {told(left.get(name), right.get(name))}"
                                  for name in sorted({**left, **right}) if left.get(name) != right.get(name)]

    def level(self):
        shutil.rmtree(self.folders["left"])
        shutil.copytree(self.folders["right"], self.folders["left"])


@pytest.fixture(scope="module", params=["sqlite", "files"])
def twins(request, tmp_path_factory, sextant):
    return Twins(request.param, tmp_path_factory.mktemp("twins"), sextant)


def alias(name, version, label):
    return lambda c, t: c.set_registered_model_alias(name, label, str(version))


def stage(name, version, label, archive=False):
    return lambda c, t: c.transition_model_version_stage(name, str(version), label, archive)


# name, the command, the same through the client; RUN is a run.
ACTS = [
    ("create", ["create", "fraud", "--description", "Card fraud", "--tag", "a/b c=ü", "--tag", "x="],
     lambda c, t: c.create_registered_model("fraud", {"a/b c": "ü", "x": ""}, "Card fraud")),
    ("create with nothing", ["create", "größe 1"], lambda c, t: c.create_registered_model("größe 1")),
    ("create again", ["create", "fraud"], lambda c, t: c.create_registered_model("fraud")),
    ("create beside a prompt", ["create", "prompt"], lambda c, t: c.create_registered_model("prompt")),
    ("create a prompt", ["create", "y", "--tag", "mlflow.prompt.is_prompt=true"],
     lambda c, t: c.create_registered_model("y", {"mlflow.prompt.is_prompt": "true"})),
    ("create with a slash", ["create", "a/b"], lambda c, t: c.create_registered_model("a/b")),
    ("create with blanks", ["create", "  "], lambda c, t: c.create_registered_model("  ")),
    ("create with a bad tag", ["create", "y", "--tag", "a$b=1"],
     lambda c, t: c.create_registered_model("y", {"a$b": "1"})),
    ("register", ["register", "fraud", "--source", "/data/fraud", "--tag", "k=v", "--description", NOTE, "--link",
                  "http://other/#/run"],
     lambda c, t: c.create_model_version("fraud", "/data/fraud", None, {"k": "v"}, "http://other/#/run", NOTE)),
    ("register with a run", ["register", "fraud", "--source", "s3://b/it's: #1", "--run", "RUN"],
     lambda c, t: c.create_model_version("fraud", "s3://b/it's: #1", t.run)),
    ("register from a version", ["register", "bare", "--source", "models:/churn/2"],
     lambda c, t: c.create_model_version("bare", "models:/churn/2")),
    ("register from none", ["register", "bare", "--source", "models:/churn/9"],
     lambda c, t: c.create_model_version("bare", "models:/churn/9")),
    ("register from an alias", ["register", "bare", "--source", "models:/churn@none"],
     lambda c, t: c.create_model_version("bare", "models:/churn@none")),
    ("alias", ["alias", "churn", "1", "champion"], alias("churn", 1, "champion")),
    ("alias of another case", ["alias", "churn", "1", "Champion"], alias("churn", 1, "Champion")),
    ("alias moved", ["alias", "churn", "2", "champion"], alias("churn", 2, "champion")),
    ("alias again", ["alias", "churn", "2", "champion"], alias("churn", 2, "champion")),
    ("alias that looks like a number", ["alias", "churn", "2", "10"], alias("churn", 2, "10")),
    ("alias that looks like no text", ["alias", "churn", "2", "null"], alias("churn", 2, "null")),
    ("alias beyond ASCII", ["alias", "churn", "3", "größe_β-1"], alias("churn", 3, "größe_β-1")),
    ("alias of 128 letters", ["alias", "churn", "3", "a" * 128], alias("churn", 3, "a" * 128)),
    ("alias of 255 letters", ["alias", "churn", "3", "a" * 255], alias("churn", 3, "a" * 255)),
    ("alias of 256 letters", ["alias", "churn", "3", "a" * 256], alias("churn", 3, "a" * 256)),
    ("alias latest", ["alias", "churn", "3", "Latest"], alias("churn", 3, "Latest")),
    ("alias v1", ["alias", "churn", "3", "V1"], alias("churn", 3, "V1")),
    ("alias with a blank", ["alias", "churn", "3", "a b"], alias("churn", 3, "a b")),
    ("alias of no version", ["alias", "churn", "9", "champion"], alias("churn", 9, "champion")),
    ("alias of no model", ["alias", "nobody", "1", "champion"], alias("nobody", 1, "champion")),
    ("unalias", ["unalias", "churn", "Champion"], lambda c, t: c.delete_registered_model_alias("churn", "Champion")),
    ("stage", ["stage", "churn", "1", "production"], stage("churn", 1, "production")),
    ("stage beside it", ["stage", "churn", "2", "Production"], stage("churn", 2, "Production")),
    ("stage alone", ["stage", "churn", "3", "PRODUCTION", "--archive-existing"], stage("churn", 3, "PRODUCTION", True)),
    ("stage where it is", ["stage", "churn", "3", "Production", "--archive-existing"],
     stage("churn", 3, "Production", True)),
    ("stage by alias", ["stage", "churn", "@champion", "Staging", "--archive-existing"],
     stage("churn", 2, "Staging", True)),
    ("stage none", ["stage", "churn", "1", "none"], stage("churn", 1, "none")),
    ("stage archived for all", ["stage", "churn", "1", "Archived", "--archive-existing"],
     stage("churn", 1, "Archived", True)),
    ("stage unknown", ["stage", "churn", "1", "Champion"], stage("churn", 1, "Champion")),
    ("stage internal", ["stage", "churn", "1", "Deleted_Internal"], stage("churn", 1, "Deleted_Internal")),
    ("stage of no version", ["stage", "churn", "9", "Staging"], stage("churn", 9, "Staging")),
    ("tag a model", ["tag", "churn", "team=fraud"], lambda c, t: c.set_registered_model_tag("churn", "team", "fraud")),
    ("tag a model anew", ["tag", "churn", "a/b c", "o'clock ü\nnew"],
     lambda c, t: c.set_registered_model_tag("churn", "a/b c", "o'clock ü\nnew")),
    ("tag a model with much", ["tag", "churn", "long", "z" * 99_000],
     lambda c, t: c.set_registered_model_tag("churn", "long", "z" * 99_000)),
    ("tag a model with too much", ["tag", "churn", "long", "z" * 100_001],
     lambda c, t: c.set_registered_model_tag("churn", "long", "z" * 100_001)),
    ("tag a version", ["tag", "churn", "--on", "2", "checked=yes"],
     lambda c, t: c.set_model_version_tag("churn", "2", "checked", "yes")),
    ("tag a version with a bad key", ["tag", "churn", "--on", "2", "../x=yes"],
     lambda c, t: c.set_model_version_tag("churn", "2", "../x", "yes")),
    ("tag no version", ["tag", "churn", "--on", "9", "checked=yes"],
     lambda c, t: c.set_model_version_tag("churn", "9", "checked", "yes")),
    ("untag a version", ["untag", "churn", "--on", "2", "kept"],
     lambda c, t: c.delete_model_version_tag("churn", "2", "kept")),
    ("untag a model", ["untag", "churn", "a/b c"], lambda c, t: c.delete_registered_model_tag("churn", "a/b c")),
    ("describe a model", ["describe", "churn", NOTE], lambda c, t: c.update_registered_model("churn", NOTE)),
    ("describe a model with nothing", ["describe", "churn", ""], lambda c, t: c.update_registered_model("churn", "")),
    ("describe a version", ["describe", "churn", "yes: 'it' is #1", "--on", "2"],
     lambda c, t: c.update_model_version("churn", "2", "yes: 'it' is #1")),
    ("describe at length", ["describe", "churn", "word " * 60 + "end", "--on", "3"],
     lambda c, t: c.update_model_version("churn", "3", "word " * 60 + "end")),
    ("copy", ["copy", "churn", "2", "bare"], lambda c, t: c.copy_model_version("models:/churn/2", "bare")),
    ("copy to a new model", ["copy", "churn", "@champion", "churn-prod"],
     lambda c, t: c.copy_model_version("models:/churn@champion", "churn-prod")),
    ("copy a copy", ["copy", "churn-prod", "1", "churn"],
     lambda c, t: c.copy_model_version("models:/churn-prod/1", "churn")),
    ("copy none", ["copy", "churn", "9", "bare"], lambda c, t: c.copy_model_version("models:/churn/9", "bare")),
    ("copy onto a prompt", ["copy", "churn", "2", "prompt"],
     lambda c, t: c.copy_model_version("models:/churn/2", "prompt")),
    ("delete", ["delete-version", "churn", "2"], lambda c, t: c.delete_model_version("churn", "2")),
    ("delete again", ["delete-version", "churn", "2"], lambda c, t: c.delete_model_version("churn", "2")),
    ("alias of a deleted version", ["alias", "churn", "2", "champion"], alias("churn", 2, "champion")),
    ("tag a deleted version", ["tag", "churn", "--on", "2", "a=b"],
     lambda c, t: c.set_model_version_tag("churn", "2", "a", "b")),
    ("copy a deleted version", ["copy", "churn", "2", "bare"],
     lambda c, t: c.copy_model_version("models:/churn/2", "bare")),
    ("delete the newest", ["delete-version", "churn", "4"], lambda c, t: c.delete_model_version("churn", "4")),
    ("register after it", ["register", "churn", "--source", "/data/churn/5"],
     lambda c, t: c.create_model_version("churn", "/data/churn/5")),
]
# The client lets a model that is a prompt be copied to; Sextant leaves prompts alone.
STRICTER = {"copy onto a prompt"}


@pytest.mark.parametrize("name, command, act", ACTS, ids=[act[0] for act in ACTS])
def test_the_same_act_leaves_the_same_store(twins, name, command, act):
    outcome, refusal, differences = twins.act([twins.run if word == "RUN" else word for word in command], act)
    twins.level()
    if name in STRICTER:
        assert outcome.refused
        return
    assert outcome.refused if refusal else outcome.code == 0, f"{outcome.errors} The client: {refusal}"
    assert differences == []


def view(client):
    """What the client says of a registry, without times."""
    found = {}
    for model in client.search_registered_models():
        latest = client.get_latest_versions(model.name)
        found[model.name] = (model.description, dict(model.tags), dict(model.aliases),
                             sorted((one.version, one.current_stage) for one in latest))
        for label in model.aliases:
            found[model.name, label] = client.get_model_version_by_alias(model.name, label).version
    for one in client.search_model_versions():
        full = client.get_model_version(one.name, one.version)
        found[one.name, int(one.version)] = (full.current_stage, full.source, full.run_id, full.run_link,
                                             full.status, full.description, dict(full.tags),
                                             sorted(full.aliases),
                                             client.get_model_version_download_uri(one.name, one.version))
    return found


@pytest.mark.parametrize("kind", ["sqlite", "files"])
def test_the_client_sees_the_same_after_all_acts(kind, tmp_path, sextant):
    pair = Twins(kind, tmp_path, sextant)
    for name, command, act in ACTS:
        if name in STRICTER:
            continue
        pair.act([pair.run if word == "RUN" else word for word in command], act)
    left = client_of(kind, pair.folders["left"])[1]
    assert view(left) == view(client_of(kind, pair.folders["right"])[1])


@pytest.mark.parametrize("name", [name for name in ARCHIVES if name.endswith("-sqlite")])
def test_older_databases_are_written_without_a_change_of_schema(sextant, name, tmp_path):
    store = unpacked(name, tmp_path)
    before = rows(store.uri)
    for command in (["create", "new"], ["register", "new", "--source", "/data/x", "--tag", "a=b"],
                    ["stage", "new", "1", "Staging"], ["tag", "new", "a=b"], ["describe", "new", "text"]):
        outcome = sextant.run("models", *command, "--store", store.uri)
        assert outcome.code == 0, outcome.errors
    aliased = sextant.run("models", "alias", "new", "1", "champion", "--store", store.uri)
    hasAliases = "registered_model_aliases" in before
    assert aliased.code == 0 if hasAliases else aliased.refused and "no aliases" in aliased.errors
    deleted = sextant.run("models", "delete-version", "new", "1", "--store", store.uri)
    assert deleted.code == 0, deleted.errors
    after = rows(store.uri)
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"registered_models", "registered_model_tags", "model_versions", "model_version_tags"}
