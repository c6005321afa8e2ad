"""One story on both kinds of stores: the real client trains two models; a promotion is asked for, a gate fails,
the fix, an approval by a second key, the change, the way back, tampering, and the verdict that catches it. At
each moment the real client sees the stage, the alias and the tags that Sextant left."""
import json
import os

import pytest
from conftest import client_of
from sextant import Sextant

MODEL = "screening"
PASSPHRASE = "four words are better"
RULES = {"schema": "sextant.rules/1",
         "targets": {"stage:Production": {"approvals": 1, "gates": ["better"]}, "*": {"approvals": 1}}}
GATE = {"schema": "sextant.gate/1", "name": "better", "clauses": [
    {"id": "auc", "op": "champion_metric", "metric": "test_auc", "at_least": 0.01, "without_champion": "pass"},
    {"id": "data-reviewed", "op": "tag", "tag": "data.reviewed", "of": "version", "equals": "yes"}]}


def train(mlflow, strength):
    """A logistic regression on the Wisconsin data, logged and registered as anybody does it."""
    from sklearn.datasets import load_breast_cancer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    data, target = load_breast_cancer(return_X_y=True)
    columns = slice(0, 1) if strength == "weak" else slice(0, None)
    x, x_test, y, y_test = train_test_split(data[:, columns], target, random_state=0)
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y)
    with mlflow.start_run(run_name=strength):
        mlflow.log_param("columns", x.shape[1])
        mlflow.log_metric("test_auc", roc_auc_score(y_test, model.predict_proba(x_test)[:, 1]))
        mlflow.sklearn.log_model(model, name="model", input_example=x[:2], registered_model_name=MODEL,
                                 serialization_format="cloudpickle")


class Story:
    def __init__(self, kind, folder, binary):
        self.folder = folder
        self.mlflow, self.client = client_of(kind, folder)
        self.mlflow.set_experiment("screening")
        self.store = str(folder / ("mlflow.db" if kind == "sqlite" else "mlruns"))
        self.program = Sextant(binary, folder / "home")
        self.program.environment.update(SEXTANT_KEYS=str(folder / "home/keys"), SEXTANT_PASSPHRASE=PASSPHRASE,
                                        XDG_STATE_HOME=str(folder / "home/state"))
        for name, role in (("dan", "admin"), ("ann", "requester"), ("bob", "approver")):
            self.does("keys", "create", name, "--role", role)
            self.does("keys", "trust", name)

    def run(self, *words):
        return self.program.run(*words)

    def does(self, *words):
        outcome = self.run(*words)
        assert outcome.code == 0, f"{words}: {outcome.code} {outcome.errors}"
        return outcome

    def promotions(self, verb, *words, code=0):
        outcome = self.run("promotions", verb, *words, "--store", self.store)
        assert outcome.code == code, f"{verb} {words}: {outcome.code} {outcome.errors}"
        return json.loads(outcome.output) if outcome.output else outcome.errors

    def verify(self):
        outcome = self.run("audit", "verify", MODEL, "--store", self.store)
        document = json.loads(outcome.output)
        assert outcome.code == (0 if document["verdict"] == "verified" else 1)
        wrong = [item["message"] for item in document["items"] if item["standing"] != "passed"]
        return document["verdict"], " | ".join(wrong)

    def stages(self):
        """As the real client reads them."""
        found = self.client.search_model_versions(f"name = '{MODEL}'")
        return {int(version.version): version.current_stage for version in found}

    def champion(self):
        return str(self.client.get_registered_model(MODEL).aliases.get("champion"))

    def entry_tag(self, version):
        return self.client.get_model_version(MODEL, str(version)).tags.get("sextant.governance.entry")

    def log_folder(self):
        experiment = self.client.get_experiment_by_name("sextant-governance")
        run = self.client.search_runs([experiment.experiment_id])[0]
        assert run.data.tags["sextant.governance.model"] == MODEL
        path = run.info.artifact_uri.removeprefix("file://")
        return self.folder / path / "log" if not os.path.isabs(path) else type(self.folder)(path) / "log"

    def promoted(self, version, *target):
        asked = self.promotions("request", MODEL, version, *target, "--reason", "the first", "--key", "ann")
        if target[0] == "--to":
            self.promotions("check", asked["id"], "--key", "ann")
        self.promotions("approve", asked["id"], "--reason", "looked at it", "--key", "bob")
        return self.promotions("apply", asked["id"], "--key", "bob")


@pytest.mark.parametrize("kind", ["sqlite", "files"])
def test_the_story(kind, tmp_path, sextant):
    story = Story(kind, tmp_path, sextant.binary)
    train(story.mlflow, "weak")
    train(story.mlflow, "strong")
    (tmp_path / "rules.json").write_text(json.dumps(RULES))
    (tmp_path / "better.json").write_text(json.dumps(GATE))

    # An admin begins the log with its rules; the gate is bound by its digest.
    refused = story.run("promotions", "request", MODEL, 1, "--to", "Production", "--reason", "x", "--key", "ann",
                        "--store", story.store)
    assert refused.refused and "holds no log of the model" in refused.errors
    rules = story.promotions("rules", MODEL, tmp_path / "rules.json", "--gate", tmp_path / "better.json",
                             "--key", "dan", "--reason", "the rules of the team")
    assert len(rules["targets"]["stage:Production"]["gates"][0]["sha256"]) == 64
    story.client.set_model_version_tag(MODEL, "1", "data.reviewed", "yes")
    assert story.promoted(1, "--to", "Production")["state"] == "applied"
    assert story.stages() == {1: "Production", 2: "None"}
    assert story.verify() == ("verified", "")

    # The better model is asked for; a gate fails, and nothing can be applied.
    report = tmp_path / "notes.json"
    report.write_text('{"kind": "notes"}')
    asked = story.promotions("request", MODEL, 2, "--to", "Production", "--reason", "all columns", "--key", "ann",
                             "--evidence", report, "--expires", "14d")
    assert asked["changes"] == ["Production of screening moves from v1 to v2", "v1 becomes Archived"]
    checked = story.promotions("check", asked["id"], "--key", "ann", code=1)
    assert checked["gates"] == [{"name": "better", "required": True, "verdict": "failed", "entry": 6,
                                 "waived_until": None}]
    details = checked["history"][-1]["details"]
    assert details["passedTests"] == ["auc"] and details["failedTests"] == ["data-reviewed"]
    story.promotions("approve", asked["id"], "--reason", "looked at it", "--key", "bob")
    refused = story.run("promotions", "apply", asked["id"], "--key", "bob", "--store", story.store)
    assert refused.refused and "the gate 'better' failed" in refused.errors
    assert story.stages() == {1: "Production", 2: "None"}

    # The fix, the gate again, and the change. The requester may not approve.
    story.client.set_model_version_tag(MODEL, "2", "data.reviewed", "yes")
    story.promotions("check", asked["id"], "--key", "ann")
    refused = story.run("promotions", "approve", asked["id"], "--reason", "x", "--key", "ann", "--store",
                        story.store)
    assert refused.refused and "ann is no approver" in refused.errors
    assert story.stages() == {1: "Production", 2: "None"}
    applied = story.promotions("apply", asked["id"], "--key", "bob")
    assert applied["state"] == "applied"
    assert story.stages() == {1: "Archived", 2: "Production"}
    assert story.entry_tag(2).startswith(f"{applied['applied_by_entry']} ")
    assert story.verify() == ("verified", "")
    assert story.promoted(2, "--alias", "champion")["state"] == "applied"
    assert story.champion() == "2"

    # Back to the version before: a promotion of its own.
    back = story.promotions("rollback", MODEL, "--to", "Production", "--reason", "too slow", "--key", "ann")
    assert back["kind"] == "rollback" and back["changes"][0] == "Production of screening moves from v2 to v1"
    assert story.stages() == {1: "Archived", 2: "Production"}
    checked = story.promotions("check", back["id"], "--key", "ann", code=1)  # it is worse, and that is known
    assert "auc" in checked["history"][-1]["details"]["failedTests"]
    story.promotions("waive", back["id"], "--gate", "better", "--until", "2d", "--reason", "latency", "--key", "dan")
    story.promotions("approve", back["id"], "--reason", "agreed", "--key", "bob")
    story.promotions("apply", back["id"], "--key", "bob")
    assert story.stages() == {1: "Production", 2: "Archived"}
    verdict, said = story.verify()
    assert verdict == "verified with gaps" and "dan waived the gate 'better'" in said
    assert [one["kind"] for one in story.promotions("list", MODEL)] == ["rollback", "request", "request", "request"]

    # Somebody changes the registry behind the log's back; then the files; then the log.
    story.client.transition_model_version_stage(MODEL, "2", "Production", archive_existing_versions=True)
    verdict, said = story.verify()
    assert verdict == "not verified" and "'screening/2' is at stage:Production" in said
    story.client.transition_model_version_stage(MODEL, "1", "Production", archive_existing_versions=True)
    assert story.verify()[0] == "verified with gaps"
    log = story.log_folder()
    entry = sorted((log / "entries").iterdir())[6]
    content = entry.read_bytes()
    entry.write_bytes(content.replace(b'"sig":"', b'"sig":"A', 1))
    verdict, said = story.verify()
    assert verdict == "not verified" and "Entry 6" in said
    entry.write_bytes(content)
    assert story.verify()[0] == "verified with gaps"
    last = sorted((log / "entries").iterdir())[-1]
    last.unlink()
    verdict, said = story.verify()
    assert verdict == "not verified" and "The log was cut" in said
    refused = story.run("promotions", "request", MODEL, 2, "--alias", "next", "--reason", "x", "--key", "ann",
                        "--store", story.store)
    assert refused.refused and "does not verify" in refused.errors
