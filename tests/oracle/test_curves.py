"""Curves of charts against pandas and SciPy: bands of groups, metrics over metrics, expressions, smoothing."""
import math
import os
import random

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import client_of
from sextant import Sextant

BANDS = ["std", "stderr", "ci", "minmax"]


@pytest.fixture(scope="module")
def curves(tmp_path_factory):
    """A store of seven runs in two groups: uneven steps, repeated steps, NaN and infinities; its points as a frame."""
    folder = tmp_path_factory.mktemp("curves")
    _, client = client_of("sqlite", folder)
    from mlflow.entities import Metric, Param

    experiment = client.create_experiment("curves", artifact_location=f"{folder}/artifacts")
    luck, points = random.Random(7), []
    for index, stride in enumerate([1, 1, 1, 3, 7, 2, 5]):
        run = client.create_run(experiment, run_name=f"run-{index}").info.run_id
        group = "even" if index < 3 else "uneven"
        client.log_batch(run, params=[Param("group", group)])
        rows = []
        for step in range(index % 2, 90, stride):
            loss = 3 * math.exp(-step / 30) + luck.gauss(0, 0.1)
            if step % 31 == 30:
                loss = math.nan
            elif step % 43 == 42:
                loss = math.inf
            rows.append(Metric("loss", loss, 1000 + step, step))
            if step % 10 == 0:  # logged twice: the later one counts
                rows.append(Metric("loss", loss + 1, 1500 + step, step))
            if step % 2 == 0:
                rows.append(Metric("epoch", step / 20, 1000 + step, step))
        client.log_batch(run, metrics=rows)
        points += [(f"run-{index}", group, one.key, one.step, one.timestamp, one.value) for one in rows]
    frame = pd.DataFrame(points, columns=["run", "group", "metric", "step", "time", "value"])
    return Sextant(os.environ["SEXTANT_BIN"], folder), f"{folder}/mlflow.db", frame


def exported(curves, *arguments):
    sextant, uri, _ = curves
    outcome = sextant.run("charts", "export", "--store", uri, *arguments, form="csv")
    rows = outcome.rows()
    return pd.DataFrame([{key: value if key in ("name", "run_id") else float(value or "nan")
                          for key, value in row.items()} for row in rows])


def last_of_step(frame, metric):
    part = frame[frame.metric == metric].sort_values(["run", "step", "time"], kind="stable")
    return part.groupby(["run", "step"], as_index=False).last()


def members(frame, group):
    """Steps down, runs across: own values, else straight lines between finite neighbours of the run."""
    wide = last_of_step(frame[frame.group == group], "loss").pivot(index="step", columns="run", values="value")
    grid = {}
    for run in wide:
        own = frame[(frame.run == run) & (frame.metric == "loss")].step.unique()
        values = wide[run].where(np.isfinite(wide[run]))
        filled = values.interpolate("index", limit_area="inside")
        bad = sorted(step for step in own if not np.isfinite(wide[run][step]))
        own = sorted(own)
        for step in bad:  # beside a value that is not finite there is no line
            at = own.index(step)
            low, high = own[max(at - 1, 0)], own[min(at + 1, len(own) - 1)]
            filled[(filled.index > low) & (filled.index < high)] = np.nan
        grid[run] = filled
    return pd.DataFrame(grid)


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("group", ["even", "uneven"])
def test_bands(curves, band, group):
    found = exported(curves, "--metric", "loss", "--group-by", "params.group", "--band", band)
    found = found[found.name.str.contains(f"={group},|^{group},")].set_index("step")
    wide = members(curves[2], group)
    assert list(found.index) == list(wide.index)
    count, mean = wide.count(axis=1), wide.mean(axis=1)
    np.testing.assert_array_equal(found.n, count)
    np.testing.assert_allclose(found.value, mean, rtol=1e-12, equal_nan=True)
    if band == "minmax":
        low, high = wide.min(axis=1), wide.max(axis=1)
    else:
        half = wide.std(axis=1) if band == "std" else wide.sem(axis=1)
        if band == "ci":
            half = half * stats.t.ppf(0.975, count - 1)
        low, high = mean - half, mean + half
    np.testing.assert_allclose(found.low, low, rtol=1e-10, equal_nan=True)
    np.testing.assert_allclose(found.high, high, rtol=1e-10, equal_nan=True)


def test_another_metric_as_x(curves):
    found = exported(curves, "--metric", "loss", "--x", "epoch", "--runs", "run-0")
    frame = curves[2][curves[2].run == "run-0"]
    joined = last_of_step(frame, "loss").merge(last_of_step(frame, "epoch"), on="step").sort_values("value_y")
    np.testing.assert_array_equal(found.x, joined.value_y)
    np.testing.assert_array_equal(found.value, joined.value_x)


def test_expression(curves):
    found = exported(curves, "--metric", "log(loss) / (epoch + 1) - min(loss, 1)", "--runs", "run-3")
    frame = curves[2][curves[2].run == "run-3"]
    joined = last_of_step(frame, "loss").merge(last_of_step(frame, "epoch"), on="step")
    with np.errstate(all="ignore"):
        wanted = np.log(joined.value_x) / (joined.value_y + 1) - np.minimum(joined.value_x, 1)
    np.testing.assert_array_equal(found.step, joined.step)
    np.testing.assert_allclose(found.value, wanted, rtol=1e-12, equal_nan=True)


def test_smoothed_before_the_mean(curves):
    plain = exported(curves, "--metric", "epoch", "--runs", "run-0", "--smoothing", "mean:3")
    wanted = plain.value.rolling(3, center=True, min_periods=1).mean()
    np.testing.assert_allclose(plain.smoothed, wanted, rtol=1e-12)
