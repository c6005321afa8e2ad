"""What make_demo.py logs with: the staged clock, the data sets, one run through MlflowClient, and pictures."""
import contextlib
import os
import random
import sys
import tempfile
import time
import warnings
from pathlib import Path

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", GIT_PYTHON_REFRESH="quiet",
                  MPLBACKEND="Agg", MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false", LOGNAME="a.moreau")
warnings.filterwarnings("ignore")

import matplotlib.pyplot as plt
import mlflow
import numpy as np
from mlflow.entities import DatasetInput, InputTag, Metric, Param
from mlflow.models import infer_signature
from sklearn import metrics, model_selection, preprocessing

START = 1_772_438_400  # Monday 2 March 2026, 08:00 UTC
COMMITS = ["8f14e45fceea167a5a36dedd4bea2543bd9e0e21", "c9f0f895fb98ab9159f51fd0297e236d06ba4c11",
           "45c48cce2e2d7fbdea1afc51c7c6ad26aa1cf3b7", "d3d9446802a44259755d38e6d163e820c40d5e89"]


class Clock:
    """The staged time: it stands still but for `advance` and `jump`."""

    def __init__(self):
        self.now = float(START)
        self.noise = random.Random(11)
        time.time = lambda: self.now

    def advance(self, seconds):
        self.now += seconds * self.noise.uniform(0.9, 1.25)

    def jump(self, day, hour, minute=0):
        self.now = START + day * 86400 + (hour - 8) * 3600 + minute * 60 + self.noise.uniform(0, 55)

    def millis(self):
        return int(self.now * 1000)


class Data:
    """One bundled data set, split into train and test, with its two MLflow dataset entities."""

    def __init__(self, name, loader, url, version="v1"):
        bunch = loader()
        x, self.y = np.asarray(bunch.data, dtype=float), bunch.target
        self.name, self.target_names = name, getattr(bunch, "target_names", None)
        self.columns = [str(c).replace(" ", "_") for c in getattr(bunch, "feature_names", range(x.shape[1]))]
        stratify = self.y if self.target_names is not None else None
        parts = model_selection.train_test_split(x, self.y, test_size=0.25, random_state=7, stratify=stratify)
        self.train_x, self.test_x, self.train_y, self.test_y = parts
        scaler = preprocessing.StandardScaler().fit(self.train_x)
        self.train_z, self.test_z = scaler.transform(self.train_x), scaler.transform(self.test_x)
        make = mlflow.data.from_numpy
        self.train_set = make(self.train_x, targets=self.train_y, source=url, name=f"{name}-train-{version}")
        self.test_set = make(self.test_x, targets=self.test_y, source=url, name=f"{name}-test-{version}")

    def inputs(self):
        return [DatasetInput(part._to_mlflow_entity(), tags=[InputTag("mlflow.data.context", context)])
                for part, context in ((self.train_set, "train"), (self.test_set, "eval"))]


class Run:
    """A run being logged through MlflowClient; histories are collected and sent in batches."""

    def __init__(self, demo, experiment, name, user, script, data=None, parent=None, tags=None, params=None,
                 commit=0, dirty=False, note=None):
        self.demo, self.client, self.clock, self.data, self.points = demo, demo.client, demo.clock, data, []
        every = {"mlflow.user": user, "mlflow.source.name": script, "mlflow.source.type": "LOCAL",
                 "mlflow.source.git.commit": COMMITS[commit], "mlflow.source.git.branch": "main"}
        if dirty:
            every["mlflow.source.git.dirty"] = "true"
        if parent:
            every["mlflow.parentRunId"] = parent.id
        if note:
            every["mlflow.note.content"] = note
        every.update(tags or {})
        self.user, self.script = user, script
        info = self.client.create_run(experiment, self.clock.millis(), every, name).info
        self.id, self.name = info.run_id, name
        if params:
            self.client.log_batch(self.id, params=[Param(k, str(v)) for k, v in params.items()])
        if data:
            self.client.log_inputs(self.id, data.inputs())

    def log(self, step, **values):
        """Metric keys are given with `__` for `/`, as train__loss."""
        for key, value in values.items():
            self.points.append(Metric(key.replace("__", "/"), float(value), self.clock.millis(), step))

    def flush(self):
        for start in range(0, len(self.points), 1000):
            self.client.log_batch(self.id, metrics=self.points[start:start + 1000])
        self.points = []

    @contextlib.contextmanager
    def path(self, name):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, Path(name).name)
            yield file
            parent = str(Path(name).parent)
            self.client.log_artifact(self.id, str(file), None if parent == "." else parent)

    def text(self, name, text):
        with self.path(name) as file:
            file.write_text(text, encoding="utf-8")

    def json(self, name, value):
        self.client.log_dict(self.id, value, name)

    def csv(self, name, frame):
        with self.path(name) as file:
            frame.to_csv(file, index=False, float_format="%.6g")

    def figure(self, name, figure):
        with self.path(name) as file:
            figure.savefig(file, dpi=72, metadata={"Software": None})
        plt.close(figure)

    def system(self, steps, seconds):
        """Processor time and memory of this very process, under the keys MLflow's own monitor uses."""
        for step in range(steps):
            begun, used = time.perf_counter(), time.process_time()
            np.linalg.svd(np.random.default_rng(step).normal(size=(60 + 9 * step, 60)))
            share = (time.process_time() - used) / max(time.perf_counter() - begun, 1e-9)
            resident = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
            when = self.clock.millis() - int((steps - step) * seconds / steps * 1000)
            self.points.append(Metric("system/cpu_utilization_percentage", 50 * min(share, 2), when, step))
            self.points.append(Metric("system/system_memory_usage_megabytes", resident, when, step))

    def model(self, model, name="model", **scores):
        """Logs the fitted model and its scores on the test set, to run and model; returns the model's id."""
        os.environ["LOGNAME"], sys.argv[0] = self.user, self.script
        self.flush()
        with mlflow.start_run(run_id=self.id):
            data = self.data
            info = mlflow.sklearn.log_model(
                model, name=name, serialization_format="cloudpickle", pip_requirements=["scikit-learn"],
                signature=infer_signature(data.train_x[:20], model.predict(data.train_x[:20])))
            for key, value in scores.items():
                mlflow.log_metric(key.replace("__", "/"), float(value), dataset=data.test_set,
                                  model_id=info.model_id)
        return info.model_id

    def end(self, status="FINISHED"):
        self.flush()
        self.client.set_terminated(self.id, status, self.clock.millis())
        return self


def loss_figure(title, curves):
    figure, axes = plt.subplots(figsize=(5, 3.2), layout="constrained")
    for label, values in curves.items():
        axes.plot(values, label=label, linewidth=1.2)
    axes.set(title=title, xlabel="epoch", ylabel="loss")
    axes.legend(frameon=False)
    return figure


def confusion_figure(truth, guess, labels):
    figure, axes = plt.subplots(figsize=(4.2, 3.8), layout="constrained")
    metrics.ConfusionMatrixDisplay.from_predictions(truth, guess, display_labels=labels, ax=axes,
                                                    colorbar=False, cmap="Blues")
    return figure


def markdown(table):
    lines = ["| " + " | ".join(table.columns) + " |", "|" + " --- |" * len(table.columns)]
    lines += ["| " + " | ".join(f"{v:.5g}" for v in row) + " |" for row in table.values]
    return "\n".join(lines) + "\n"
