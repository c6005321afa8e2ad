"""While the real client trains, Sextant reads and writes the same run: nobody fails and nothing is lost."""
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import HERE, client_of

ROUNDS = 12


def begun(folder, training):
    """The id of the run, as soon as the training has one."""
    while not (folder / "run").exists():
        assert training.poll() is None, training.stderr.read()
        time.sleep(0.05)  # another process comes to it in its own time
    return (folder / "run").read_text()


@pytest.mark.parametrize("kind", ["sqlite", "files"])
def test_reading_and_writing_beside_a_training(kind, sextant, tmp_path):
    name = "mlflow.db" if kind == "sqlite" else "mlruns"
    store, client = str(tmp_path / name), client_of(kind, tmp_path)[1]
    uri = f"sqlite:///{store}" if kind == "sqlite" else f"file://{store}"
    client.search_experiments()  # makes the store
    program = [sys.executable, "-W", "ignore", str(HERE / "training.py"), uri, str(tmp_path)]
    training = subprocess.Popen(program, stderr=subprocess.PIPE, text=True)
    run = begun(tmp_path, training)
    seen = 0
    for number in range(ROUNDS):
        listed = sextant.run("runs", "list", "--store", store).json()
        assert [one["run_id"] for one in listed] == [run]
        outcome = sextant.run("runs", "history", run, "loss", "--store", store, form="csv")
        points = [(int(row["step"]), float(row["value"])) for row in outcome.rows()]
        assert points == [(step, 1 / (1 + step)) for step in range(len(points))], "every point, each once"
        assert len(points) >= seen, "what was there stays there"
        seen = len(points)
        for command in (["tag", run, f"note.{number}=read {seen} points", f"latest={number}"],
                        ["tag", run, "passing=by"], ["untag", run, "passing"]):
            written = sextant.run("runs", *command, "--store", store, form="table")
            assert written.code == 0, written.errors
    renamed = sextant.run("runs", "rename", run, "renamed while training", "--store", store, form="table")
    assert renamed.code == 0, renamed.errors
    (tmp_path / "enough").touch()
    assert training.wait(120) == 0, training.stderr.read()
    steps = int(Path(tmp_path, "logged").read_text())
    whole = client.get_run(run)
    logged = {"loss": lambda n: 1 / (1 + n), "acc": lambda n: n / 8, "rate": lambda n: 0.5 ** (n % 7)}
    for key, value in logged.items():
        history = sorted((point.step, point.value) for point in client.get_metric_history(run, key))
        assert history == [(step, value(step)) for step in range(steps)], key
    tags = whole.data.tags
    assert {key: tags.get(key) for key in ("team", "epoch", "latest")} == {
        "team": "vision", "epoch": str(steps - 1), "latest": str(ROUNDS - 1)}
    assert all(f"note.{number}" in tags for number in range(ROUNDS)) and "passing" not in tags
    assert whole.info.status == "FINISHED"
    if kind == "sqlite":  # a file store's client writes the whole meta.yaml again with the name it knew
        assert whole.info.run_name == "renamed while training"
    shown = sextant.run("runs", "show", run, "--store", store).json()
    assert shown["status"] == "FINISHED"
