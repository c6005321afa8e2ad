#!/usr/bin/env python3
"""Makes the demo store: real scikit-learn trainings, logged by the real MLflow client.

Usage (with MLflow 3.18.0, scikit-learn and matplotlib installed):  python make_demo.py [FOLDER]

The store is written into a temporary folder and moved to FOLDER (default: the folder of this script) as
`mlflow.db` and `artifacts/`. Three things are staged, all else is what the client writes for real trainings:
  * the clock: `time.time` is replaced while logging, so that the runs spread over two weeks;
  * ids come from a seeded generator, so that the same script gives the same ids;
  * a last step (`portable`) rewrites the temporary folder's path to "." in the database and in the text
    artifacts: locations become `./artifacts/...`, relative to the folder of mlflow.db.
"""
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import uuid
from pathlib import Path

from demo_log import Clock, Data, Run, confusion_figure, loss_figure, markdown

import mlflow
import numpy as np
import pandas as pd
from sklearn import datasets, ensemble, linear_model, metrics, model_selection, naive_bayes, neighbors
from sklearn import neural_network, pipeline, preprocessing, svm, tree


class Demo:
    """The four experiments, the deleted scratch one, and the registry."""

    def __init__(self, folder):
        self.folder, self.clock = folder, Clock()
        mlflow.set_tracking_uri(f"sqlite:///{folder}/mlflow.db")
        self.client = mlflow.MlflowClient()
        self.digits = Data("digits", datasets.load_digits, "https://archive.ics.uci.edu/dataset/80")
        self.cancer = Data("breast-cancer", datasets.load_breast_cancer,
                           "https://archive.ics.uci.edu/dataset/17")
        self.wine = Data("wine", datasets.load_wine, "https://archive.ics.uci.edu/dataset/109", "v2")
        self.diabetes = Data("diabetes", datasets.load_diabetes, "data/diabetes.csv")
        self.iris = Data("iris", datasets.load_iris, "https://archive.ics.uci.edu/dataset/53")

    def experiment(self, name, note, **tags):
        folder = f"{self.folder}/artifacts/{name}"
        tags = {"mlflow.note.content": note, **tags}
        return self.client.create_experiment(name, artifact_location=folder, tags=tags)

    # -- handwritten digits: a sweep, seeds, long curves ---------------------------------------------------
    def train_mlp(self, run, hidden, rate, seed, epochs, stop_at=None, activation="relu"):
        """Trains with partial_fit, an epoch at a time; stop_at cuts the run as a kill would."""
        data = self.digits
        net = neural_network.MLPClassifier(hidden, learning_rate_init=rate, batch_size=64, random_state=seed,
                                           alpha=1e-4, activation=activation)
        curves = {"train/loss": [], "val/loss": []}
        for epoch in range(stop_at or epochs):
            net.partial_fit(data.train_z, data.train_y, classes=range(10))
            self.clock.advance(0.9 + 0.012 * sum(hidden))
            chances = net.predict_proba(data.test_z)
            loss = metrics.log_loss(data.test_y, chances, labels=range(10))
            accuracy = (chances.argmax(axis=1) == data.test_y).mean()
            run.log(epoch, train__loss=net.loss_, val__loss=loss, val__accuracy=accuracy)
            curves["train/loss"].append(net.loss_)
            curves["val/loss"].append(loss)
        return net, curves

    def finish_digits(self, run, net, curves=None, with_model=True):
        data = self.digits
        guess = net.predict(data.test_z)
        report = metrics.classification_report(data.test_y, guess, output_dict=True)
        scores = {"test__accuracy": report["accuracy"], "test__f1_macro": report["macro avg"]["f1-score"]}
        run.text("reports/classification_report.txt", metrics.classification_report(data.test_y, guess))
        if curves:
            run.figure("plots/loss.png", loss_figure(run.name, curves))
        if not with_model:
            run.log(0, **scores)
            return None
        run.figure("plots/confusion_matrix.png", confusion_figure(data.test_y, guess, range(10)))
        run.json("reports/per_class.json", {k: v for k, v in report.items() if k.isdigit()})
        return run.model(pipeline.make_pipeline(preprocessing.StandardScaler().fit(data.train_x), slim(net)),
                         **scores)

    def digits_sweep(self, experiment):
        self.clock.jump(0, 9, 12)
        note = ("### Sweep\nLearning rate against width, **60 epochs** each.\n\n"
                "- best so far: `0.003`, 64 units\n")
        base = {"optimizer": "adam", "batch_size": 64, "epochs": 60, "alpha": 1e-4}
        parent = Run(self, experiment, "sweep: learning rate x width", "a.moreau", "sweep_digits.py",
                     self.digits,
                     params={**base, "search": "grid", "candidates": 9}, note=note, tags={"stage": "search"})
        rows = []
        for hidden in (16, 64, 128):
            for rate in (0.0003, 0.003, 0.1):
                params = {**base, "hidden_layer_sizes": (hidden,), "learning_rate_init": rate, "seed": 0}
                run = Run(self, experiment, f"mlp-{hidden}-lr{rate}", "a.moreau", "sweep_digits.py",
                          self.digits,
                          parent, {"stage": "search", "architecture": "mlp"}, params)
                net, curves = self.train_mlp(run, (hidden,), rate, 0, 60)
                self.finish_digits(run, net, curves, with_model=False)
                rows.append([hidden, rate, curves["val/loss"][-1], net.score(self.digits.test_z,
                                                                             self.digits.test_y)])
                run.end()
                self.clock.advance(4)
        table = pd.DataFrame(rows, columns=["hidden", "learning_rate", "val_loss", "test_accuracy"])
        best = table.sort_values(["test_accuracy", "val_loss"], ascending=[False, True]).iloc[0]
        parent.log(0, best__test_accuracy=best.test_accuracy, best__val_loss=best.val_loss)
        parent.csv("sweep.csv", table)
        parent.json("best.json", {k: float(v) for k, v in best.items()})
        parent.text("summary.md", "# Sweep\n\n" + markdown(table))
        parent.end()

    def digits_seeds(self, experiment):
        models = []
        for seed in range(5):
            self.clock.jump(1, 10 + seed, 5)
            params = {"optimizer": "adam", "batch_size": 64, "epochs": 80, "alpha": 1e-4,
                      "hidden_layer_sizes": (64,), "learning_rate_init": 0.003, "seed": seed}
            run = Run(self, experiment, f"mlp-64-seed{seed}", "j.lindqvist", "train_digits.py", self.digits,
                      params=params, commit=1, tags={"stage": "baseline", "architecture": "mlp"})
            net, curves = self.train_mlp(run, (64,), 0.003, seed, 80)
            run.system(20, 120)
            models.append(self.finish_digits(run, net, curves, with_model=seed < 3))
            run.end()
        return [m for m in models if m]

    def digits_others(self, experiment):
        for day, schedule, eta in ((2, "constant", 0.01), (2, "invscaling", 0.5)):
            self.clock.jump(day, 14 if schedule == "constant" else 15)
            run = Run(self, experiment, f"sgd-{schedule}", "k.tanaka", "train_digits_sgd.py", self.digits,
                      commit=1,
                      params={"model": "SGDClassifier", "learning_rate": schedule, "eta0": eta,
                              "batch_size": 32,
                              "steps": 1500}, tags={"stage": "baseline", "architecture": "linear"})
            self.finish_digits(run, self.train_sgd(run, schedule, eta), with_model=False)
            run.end()
        self.clock.jump(3, 11)
        run = Run(self, experiment, "mlp-128-128-long", "k.tanaka", "train_digits.py", self.digits, commit=1,
                  dirty=True, params={"optimizer": "adam", "hidden_layer_sizes": (128, 128), "epochs": 200,
                                      "learning_rate_init": 0.001, "seed": 0, "activation": "tanh"},
                  note="Stopped by hand: it overfits after epoch 20, see `val/loss`.",
                  tags={"stage": "search"})
        self.train_mlp(run, (128, 128), 0.001, 0, 200, stop_at=47, activation="tanh")
        run.end("KILLED")

    def train_sgd(self, run, schedule, eta):
        data, order = self.digits, np.random.default_rng(5)
        model = linear_model.SGDClassifier(loss="log_loss", learning_rate=schedule, eta0=eta, random_state=0)
        for step in range(1500):
            batch = order.choice(len(data.train_y), 32, replace=False)
            model.partial_fit(data.train_z[batch], data.train_y[batch], classes=range(10))
            self.clock.advance(0.11)
            chances = model.predict_proba(data.train_z[batch])
            run.log(step, train__loss=metrics.log_loss(data.train_y[batch], chances, labels=range(10)))
            if step % 50 == 49:
                chances = model.predict_proba(data.test_z)
                run.log(step, val__loss=metrics.log_loss(data.test_y, chances, labels=range(10)),
                        val__accuracy=(chances.argmax(axis=1) == data.test_y).mean())
        return model

    # -- breast cancer: a screening model under governance -------------------------------------------------
    def cancer_runs(self, experiment):
        scale, keep = preprocessing.StandardScaler, {}
        candidates = [
            ("logistic-l2", pipeline.make_pipeline(scale(), linear_model.LogisticRegression(C=1.0))),
            ("logistic-l2-strong", pipeline.make_pipeline(scale(), linear_model.LogisticRegression(C=0.01))),
            ("random-forest-40", ensemble.RandomForestClassifier(40, max_depth=5, random_state=0)),
            ("svm-rbf", pipeline.make_pipeline(scale(), svm.SVC(C=2.0, probability=True, random_state=0))),
            ("gradient-boosting", ensemble.GradientBoostingClassifier(n_estimators=150, max_depth=2,
                                                                      random_state=0)),
            ("gradient-boosting-slow", ensemble.GradientBoostingClassifier(
                n_estimators=300, learning_rate=0.03, max_depth=2, subsample=0.7, random_state=0)),
            ("naive-bayes", naive_bayes.GaussianNB())]
        for index, (name, model) in enumerate(candidates):
            self.clock.jump(3 + index // 3, 9 + 2 * (index % 3), 20)
            last = model[-1] if hasattr(model, "steps") else model
            params = {k: v for k, v in last.get_params().items() if v is not None}
            run = Run(self, experiment, name, "j.lindqvist" if index % 2 else "a.moreau",
                      "train_screening.py",
                      self.cancer, params={"model": type(last).__name__, **params}, commit=2,
                      dirty=index == 3,
                      tags={"stage": "candidate", "team": "screening", "reviewed": str(index < 4).lower()})
            model.fit(self.cancer.train_x, self.cancer.train_y)
            self.clock.advance(25)
            keep[name] = self.finish_cancer(run, name, model)
            run.end()
        return keep

    def finish_cancer(self, run, name, model):
        data = self.cancer
        chance = model.predict_proba(data.test_x)[:, 1]
        guess = chance > 0.5
        scores = {"test__roc_auc": metrics.roc_auc_score(data.test_y, chance),
                  "test__recall_malignant": metrics.recall_score(data.test_y, guess, pos_label=0),
                  "test__precision": metrics.precision_score(data.test_y, guess, pos_label=0),
                  "test__brier": metrics.brier_score_loss(data.test_y, chance),
                  "test__accuracy": metrics.accuracy_score(data.test_y, guess)}
        if hasattr(model, "staged_predict_proba"):
            for step, chances in enumerate(model.staged_predict_proba(data.test_x)):
                if step % 2 == 0:
                    self.clock.advance(0.3)
                    run.log(step, train__loss=model.train_score_[step],
                            val__loss=metrics.log_loss(data.test_y, chances))
        run.text("reports/classification_report.txt", metrics.classification_report(data.test_y, guess))
        run.csv("predictions.csv", pd.DataFrame({"row": range(len(chance)), "label": data.test_y,
                                                 "score": chance}))
        if hasattr(model, "feature_importances_"):
            run.json("feature_importances.json", dict(zip(data.columns, map(float,
                                                                            model.feature_importances_))))
        if name not in ("logistic-l2", "random-forest-40", "gradient-boosting"):
            run.log(0, **scores)
            return None
        run.figure("plots/confusion_matrix.png", confusion_figure(data.test_y, guess,
                                                                  list(data.target_names)))
        return run.model(model, **scores)

    # -- diabetes: regression, one run that diverges for real ----------------------------------------------
    def diabetes_runs(self, experiment):
        keep, data = {}, self.diabetes
        candidates = [("ridge", linear_model.Ridge(alpha=0.5)), ("lasso", linear_model.Lasso(alpha=0.1)),
                      ("elastic-net", linear_model.ElasticNet(alpha=0.01, l1_ratio=0.3)),
                      ("knn-15", neighbors.KNeighborsRegressor(15)),
                      ("boosted-trees", ensemble.GradientBoostingRegressor(
                          n_estimators=120, max_depth=2, learning_rate=0.05, random_state=0))]
        for index, (name, model) in enumerate(candidates):
            self.clock.jump(6, 9 + index, 40)
            params = {k: v for k, v in model.get_params().items() if v is not None}
            run = Run(self, experiment, name, "k.tanaka", "train_progression.py", data, commit=2,
                      params={"model": type(model).__name__, **params}, tags={"stage": "baseline"})
            model.fit(data.train_x, data.train_y)
            self.clock.advance(6)
            guess = model.predict(data.test_x)
            scores = {"test__rmse": metrics.root_mean_squared_error(data.test_y, guess),
                      "test__mae": metrics.mean_absolute_error(data.test_y, guess),
                      "test__r2": metrics.r2_score(data.test_y, guess)}
            if name == "boosted-trees":
                for step, chances in enumerate(model.staged_predict(data.test_x)):
                    run.log(step, train__loss=model.train_score_[step],
                            val__loss=metrics.mean_squared_error(data.test_y, chances))
            if hasattr(model, "coef_"):
                run.csv("coefficients.csv", pd.DataFrame({"feature": data.columns, "value": model.coef_}))
            if name in ("ridge", "boosted-trees"):
                keep[name] = run.model(model, **scores)
            else:
                run.log(0, **scores)
            run.end()
        for index, rate in enumerate((0.02, 0.1, 0.9)):
            self.clock.jump(7, 10 + index)
            self.descend(experiment, rate)
        return keep

    def descend(self, experiment, rate):
        """Plain gradient descent on squared error; with rate 0.9 the loss really grows to inf, then NaN."""
        data, epochs = self.diabetes, 400
        diverged = "Learning rate far too large: `train/loss` leaves the floating-point range."
        note = diverged if rate > 0.5 else None
        run = Run(self, experiment, f"gradient-descent-lr{rate}", "k.tanaka", "train_descent.py", data,
                  commit=3,
                  dirty=True, note=note, params={"model": "linear", "learning_rate": rate, "epochs": epochs,
                                                 "momentum": 0.0, "clip_gradients": False})
        weights, x, y = np.zeros(data.train_z.shape[1] + 1), with_bias(data.train_z), data.train_y
        with np.errstate(all="ignore"):
            for epoch in range(epochs):
                error = x @ weights - y
                self.clock.advance(0.05)
                run.log(epoch, train__loss=(error @ error) / len(y))
                if epoch % 10 == 0:
                    run.log(epoch, train__gradient_norm=np.linalg.norm(x.T @ error) / len(y))
                weights -= rate * 2 / len(y) * (x.T @ error)
            rest = with_bias(data.test_z) @ weights - data.test_y
            run.log(0, test__rmse=np.sqrt((rest @ rest) / len(rest)))
        run.text("train.log", "\n".join(f"epoch {m.step:4d}  loss {m.value:.6g}"
                                        for m in run.points if m.key == "train/loss" and m.step % 20 == 0))
        run.end("FINISHED" if rate < 0.5 else "FAILED")

    # -- wine: quick comparison, one failure, one deleted run ----------------------------------------------
    def wine_runs(self, experiment):
        data = self.wine
        candidates = [("logistic", linear_model.LogisticRegression(max_iter=500)),
                      ("knn-3", neighbors.KNeighborsClassifier(3)), ("knn-11",
                                                                     neighbors.KNeighborsClassifier(11)),
                      ("tree-depth-3", tree.DecisionTreeClassifier(max_depth=3, random_state=0)),
                      ("forest-60", ensemble.RandomForestClassifier(60, random_state=0)),
                      ("svm-linear", svm.SVC(kernel="linear", C=0.5)), ("svm-rbf", svm.SVC(C=1.0)),
                      ("naive-bayes", naive_bayes.GaussianNB()),
                      ("boosted-stumps", ensemble.AdaBoostClassifier(n_estimators=30, random_state=0)),
                      ("nearest-centroid", neighbors.NearestCentroid()),
                      ("logistic-strong", linear_model.LogisticRegression(C=0.01, max_iter=500)),
                      ("knn-500", neighbors.KNeighborsClassifier(500))]
        for index, (name, model) in enumerate(candidates):
            self.clock.jump(8 + index // 6, 12 + index % 6, 4 * index)
            run = Run(self, experiment, name, ["a.moreau", "k.tanaka"][index % 2], "compare_wine.py", data,
                      commit=3,
                      params={"model": type(model).__name__, "scaled": True, "folds": 5,
                              **{k: v for k, v in model.get_params().items() if v is not None}})
            self.finish_wine(run, model)
        self.clock.jump(9, 18)
        run = Run(self, experiment, "forest-60 (wrong split)", "k.tanaka", "compare_wine.py", data, commit=3)
        run.log(0, test__accuracy=1.0)
        self.client.delete_run(run.end().id)

    def finish_wine(self, run, model):
        data = self.wine
        try:
            model.fit(data.train_z, data.train_y)
            self.clock.advance(3)
            guess = model.predict(data.test_z)
        except ValueError as error:
            run.text("error.txt", f"ValueError: {error}\n")
            self.client.set_tag(run.id, "failure", "ValueError")
            run.end("FAILED")
            return
        for fold, score in enumerate(model_selection.cross_val_score(model, data.train_z, data.train_y,
                                                                     cv=5)):
            self.clock.advance(1)
            run.log(fold, cv__accuracy=score)
        run.log(0, test__accuracy=metrics.accuracy_score(data.test_y, guess),
                test__f1_macro=metrics.f1_score(data.test_y, guess, average="macro"))
        run.text("reports/classification_report.txt", metrics.classification_report(data.test_y, guess))
        run.end()

    def iris_scratch(self):
        self.clock.jump(0, 8, 15)
        experiment = self.experiment("iris-scratch", "First steps, not needed any more.")
        for depth in (1, 3):
            run = Run(self, experiment, f"tree-{depth}", "a.moreau", "try_iris.py", self.iris,
                      params={"max_depth": depth})
            model = tree.DecisionTreeClassifier(max_depth=depth, random_state=0)
            model.fit(self.iris.train_x, self.iris.train_y)
            run.log(0, test__accuracy=model.score(self.iris.test_x, self.iris.test_y))
            self.clock.advance(2)
            run.end()
        self.client.delete_experiment(experiment)

    # -- registry -----------------------------------------------------------------------------------------
    def version(self, name, model_id, description, user, **tags):
        os.environ["LOGNAME"] = user
        model = self.client.get_logged_model(model_id)
        self.clock.advance(600)
        made = self.client.create_model_version(name, f"models:/{model_id}", model.source_run_id, tags=tags,
                                                description=description, model_id=model_id)
        return made.version

    def register(self, digits, cancer, diabetes):
        client, new = self.client, self.client.create_registered_model
        self.clock.jump(10, 9)
        name = "digits-recognizer"
        new(name, {"task": "classification", "owner": "a.moreau"},
            "Reads a digit from an 8 x 8 grey picture.")
        for seed, model in enumerate(digits):
            self.version(name, model, f"Two-layer network, seed {seed}.", "a.moreau", seed=str(seed))
        client.set_registered_model_alias(name, "champion", "2")
        client.set_registered_model_alias(name, "challenger", "3")
        self.clock.jump(10, 15)
        name = "breast-cancer-screening"
        new(name, {"task": "classification", "owner": "j.lindqvist", "risk": "high"},
            "Screening aid. **Recall on malignant cases** counts; see the gate in the team's handbook.")
        self.version(name, cancer["random-forest-40"], "First candidate.", "j.lindqvist", validation="passed")
        self.version(name, cancer["logistic-l2"], "Simpler and better calibrated.", "j.lindqvist",
                     validation="passed")
        self.version(name, cancer["gradient-boosting"], "Boosted trees, under review.", "a.moreau",
                     validation="pending")
        for version, stage in (("1", "Production"), ("1", "Archived"), ("2", "Production"), ("3", "Staging")):
            self.clock.advance(3600)
            client.transition_model_version_stage(name, version, stage)
        client.set_registered_model_alias(name, "champion", "2")
        client.set_registered_model_alias(name, "challenger", "3")
        self.clock.jump(11, 10)
        name = "diabetes-progression"
        new(name, {"task": "regression", "owner": "k.tanaka"}, "Disease progression one year after baseline.")
        self.version(name, diabetes["ridge"], "Linear baseline.", "k.tanaka")
        self.version(name, diabetes["boosted-trees"], "Registered by mistake.", "k.tanaka")
        self.version(name, diabetes["boosted-trees"], "Boosted trees.", "k.tanaka", validation="pending")
        client.delete_model_version(name, "2")
        client.set_registered_model_alias(name, "champion", "1")
        client.transition_model_version_stage(name, "1", "Staging")

    def make(self):
        self.iris_scratch()
        experiment = self.experiment("digits-recognition",
                                     "Handwritten digits: which small network is enough?\n\n"
                                     "The sweep fixes learning rate and width, the seeds show the spread.",
                                     team="vision", goal="test/accuracy >= 0.975")
        self.digits_sweep(experiment)
        digits = self.digits_seeds(experiment)
        self.digits_others(experiment)
        cancer = self.cancer_runs(self.experiment(
            "breast-cancer-screening", "Candidates for the **screening** model.", team="screening",
            risk="high"))
        diabetes = self.diabetes_runs(self.experiment("diabetes-progression", "Regression baselines.",
                                                      team="clinic"))
        self.wine_runs(self.experiment("wine-cultivars", "A quick comparison of classifiers on 178 wines."))
        self.register(digits, cancer, diabetes)


def slim(net):
    """Drops the optimizer's state, which prediction does not need."""
    for name in ("_optimizer", "_label_binarizer_state"):
        if hasattr(net, name):
            delattr(net, name)
    return net


def with_bias(x):
    return np.hstack([x, np.ones((len(x), 1))])


def portable(folder):
    """Rewrites the temporary folder's path to "." everywhere, compacts the file, and checks the outcome."""
    base = sqlite3.connect(f"{folder}/mlflow.db")
    tables = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        for column in [row[1] for row in base.execute(f"PRAGMA table_info('{table}')")]:
            base.execute(f'UPDATE "{table}" SET "{column}" = replace("{column}", ?, ?) '
                         f'WHERE typeof("{column}") = ? AND instr("{column}", ?)', (folder, ".", "text",
                                                                                    folder))
    base.execute("UPDATE experiments SET artifact_location = './artifacts/Default' WHERE experiment_id = 0")
    base.commit()
    base.execute("VACUUM")
    base.close()
    made = re.compile(r"utc_time_created: .*")
    for file in Path(folder, "artifacts").rglob("MLmodel"):
        text = file.read_text(encoding="utf-8").replace(folder, ".")
        file.write_text(made.sub("utc_time_created: '2026-03-12 09:00:00.000000'", text), encoding="utf-8")
    for file in Path(folder).rglob("*"):
        if file.is_file() and any(bad in file.read_bytes() for bad in (folder.encode(), b"/home/", b"/root")):
            raise SystemExit(f"{file} contains a path of this machine")


def main():
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent).resolve()
    random_ids = random.Random(20260302)
    uuid.uuid4 = lambda: uuid.UUID(int=random_ids.getrandbits(128), version=4)
    with tempfile.TemporaryDirectory(prefix="sextant-demo-") as folder:
        os.chdir(folder)
        Demo(folder).make()
        portable(folder)
        os.chdir(target)
        shutil.rmtree(target / "artifacts", ignore_errors=True)
        shutil.copytree(f"{folder}/artifacts", target / "artifacts")
        shutil.copyfile(f"{folder}/mlflow.db", target / "mlflow.db")


if __name__ == "__main__":
    main()
