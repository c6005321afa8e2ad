"""A training loop by the real client: logs to one run of a store until a file appears, then ends it.

usage: training.py URI FOLDER    writes FOLDER/run with the run's id first, FOLDER/logged with the number of
steps last; ends when FOLDER/enough is there. Any failure of the client is its exit code.
"""
import os
import sys
from pathlib import Path

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", MLFLOW_ALLOW_FILE_STORE="true")

import mlflow  # noqa: E402
from mlflow.entities import Metric  # noqa: E402

START = 1_772_438_400_000


def main():
    uri, folder = sys.argv[1], Path(sys.argv[2])
    client = mlflow.MlflowClient(uri)
    experiment = client.create_experiment("live")
    run = client.create_run(experiment, tags={"team": "vision"}, run_name="training").info.run_id
    (folder / "begun").write_text(run)
    (folder / "begun").rename(folder / "run")
    step = 0
    while step < 60 or not (folder / "enough").exists():
        values = {"loss": 1 / (1 + step), "acc": step / 8}
        points = [Metric(key, value, START + step, step) for key, value in values.items()]
        client.log_batch(run, metrics=points)
        client.log_metric(run, "rate", 0.5 ** (step % 7), START + step, step)
        client.set_tag(run, "epoch", str(step))
        step += 1
    client.set_terminated(run, "FINISHED")
    (folder / "logged").write_text(str(step))


if __name__ == "__main__":
    main()
