#!/usr/bin/env python3
"""Makes the large stores of the benches, without MLflow: usage  make_stores.py FOLDER [NAME...]

Every SQLite store starts from schema.sql, the dump of an empty store of MLflow 3.18.0, and is filled by plain
SQL; the file store is written as MLflow 3.18.0 writes it. Ids and values are functions of the row's number: a
store is the same each time. A store that exists is kept. Names (all, unless some are named):

  runs10k     10,000 runs x (20 metrics + 20 params + 5 tags), one point for each metric in `metrics` as well
  runs100k    100,000 of the same; `metrics` stays empty, as the run list never reads it
  history1m   one run: `loss` with 1,000,000 points (spikes, NaNs, infinities) and nine metrics of 10,000
  wide        79 runs x 2,261 metrics
  wide300     300 of the same with 20 params, last values only
  columns12k  200 runs, 12,000 metric names: 20 that every run has, the others in two runs each
  manytags    one run with 12,345 tags
  plain1, plain79, plain200   as many runs with 20 metrics: what the three above are measured against
  files10k    mlruns/ with 10,000 runs of 60 files
"""
import multiprocessing
import os
import random
import sqlite3
import sys
import time
from pathlib import Path

START = 1_772_438_400_000
USERS = ["a.moreau", "j.lindqvist", "k.tanaka", "r.okafor", "s.haddad"]
METRICS = ["train/loss", "train/accuracy", "train/f1", "train/grad_norm", "train/lr", "val/loss",
           "val/accuracy",
           "val/f1", "val/auc", "val/recall", "test/loss", "test/accuracy", "test/f1", "test/auc",
           "test/recall",
           "system/cpu_utilization_percentage", "system/gpu_utilization_percentage",
           "system/memory_usage_megabytes", "epoch_seconds", "samples_per_second"]
PARAMS = {"model": ["resnet18", "resnet50", "vit-s", "mlp"], "optimizer": ["adam", "adamw", "sgd"],
          "lr": ["0.1", "0.01", "0.003", "0.001", "3e-4"], "batch_size": ["16", "32", "64", "128"],
          "epochs": ["10", "50", "100"], "seed": [str(n) for n in range(50)], "dropout": ["0.0", "0.1",
                                                                                          "0.5"],
          "weight_decay": ["0.0", "1e-4", "0.01"], "scheduler": ["cosine", "step", "none"],
          "warmup": ["0", "500"], "activation": ["relu", "gelu"], "layers": ["2", "4", "8"],
          "hidden": ["64", "256", "1024"], "augment": ["True", "False"], "fold": ["0", "1", "2", "3", "4"],
          "precision": ["fp32", "bf16"], "data": ["v1", "v2", "v3"], "loss": ["ce", "focal"],
          "clip": ["None", "1.0"], "host": ["gpu-01", "gpu-02", "gpu-03"]}
# A value in [0, 1) that depends on the run's number and the key's number only.
NOISE = "((r.n * 2654435761 + k.n * 40503 + r.n * k.n * 97) % 1000003) / 1000003.0"


def run_ids(count, seed):
    """Run ids as MLflow makes them: uuid4 with its constant version digit, as 32 hex digits."""
    source = random.Random(seed)
    for _ in range(count):
        bits = source.getrandbits(128) & ~(0xF << 76) | 4 << 76
        yield f"{bits & ~(3 << 62) | 2 << 62:032x}"


class Store:
    """A new SQLite store with the temporary tables r (runs) and k (keys) that the fillers join."""

    def __init__(self, file, runs, experiments=1):
        self.base = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -2000000",
                       "temp_store = memory"):
            self.base.execute(f"PRAGMA {pragma}")
        self.base.execute("BEGIN")
        schema = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
        for statement in statements(schema):
            self.base.execute(statement)
        self.base.execute("CREATE TEMP TABLE r (n INTEGER PRIMARY KEY, id TEXT)")
        self.base.execute("CREATE TEMP TABLE k (n INTEGER PRIMARY KEY, key TEXT)")
        self.base.executemany("INSERT INTO r VALUES (?, ?)", enumerate(run_ids(runs, 7)))
        for number in range(1, experiments + 1):
            self.base.execute("INSERT INTO experiments VALUES (?, ?, ?, 'active', ?, ?, 'default')",
                              (number, f"experiment-{number}", f"./artifacts/{number}", START, START))
        self.fill_runs(experiments)

    def fill_runs(self, experiments):
        self.base.create_function("user", 1, lambda n: USERS[n * 7 % 5], deterministic=True)
        self.base.execute(f"""
            INSERT INTO runs SELECT id, 'run-' || n, 'UNKNOWN', '', '', user(n),
                CASE n % 20 WHEN 7 THEN 'FAILED' WHEN 13 THEN 'KILLED' ELSE 'FINISHED' END,
                {START} + n * 60000, {START} + n * 60000 + 45000 + n * 7919 % 600000, '', 'active',
                './artifacts/' || (1 + n % {experiments}) || '/' || id || '/artifacts',
                1 + n % {experiments}, NULL
            FROM r""")

    def keys(self, names):
        self.base.execute("DELETE FROM temp.k")
        self.base.executemany("INSERT INTO k VALUES (?, ?)", enumerate(names))

    def latest(self, names, where="1", history=True):
        """One value for each run and key, NaN in one of 997; run by run, as training writes them."""
        self.keys(names)
        chosen = "latest_metrics(key, value, timestamp, step, is_nan, run_uuid)"
        self.base.execute(f"""
            INSERT INTO {chosen} SELECT key, CASE WHEN nan THEN 0.0 ELSE noise * (1 + kn % 7) END,
                {START} + rn * 60000 + 40000, 99, nan, id
            FROM (SELECT r.n AS rn, k.n AS kn, key, id, {NOISE} AS noise, (r.n * 31 + k.n) % 997 = 5 AS nan
                  FROM r CROSS JOIN k WHERE {where})""")
        if history:
            self.base.execute("INSERT INTO metrics(key, value, timestamp, run_uuid, step, is_nan) "
                              "SELECT key, value, timestamp, run_uuid, step, is_nan FROM latest_metrics")

    def params(self):
        self.keys(PARAMS)
        values = list(PARAMS.values())
        self.base.create_function(
            "value", 2, lambda r, k: values[k][(r * 2654435761 >> 4) // (k + 1) % len(values[k])],
            deterministic=True)
        self.base.execute("INSERT INTO params(key, value, run_uuid) SELECT key, value(r.n, k.n), id "
                          "FROM r CROSS JOIN k")

    def tags(self):
        self.base.execute("""
            INSERT INTO tags(key, value, run_uuid)
            SELECT t.column1, CASE t.column1
                WHEN 'mlflow.runName' THEN 'run-' || n WHEN 'mlflow.user' THEN user(n)
                WHEN 'mlflow.source.name' THEN 'train.py' WHEN 'mlflow.source.type' THEN 'LOCAL'
                ELSE printf('%08x%08x%08x%08x%08x', n / 50, n / 50 * 77, n / 50 * 97, n / 50 * 31, 5) END, id
            FROM r CROSS JOIN (VALUES ('mlflow.runName'), ('mlflow.user'), ('mlflow.source.name'),
                                      ('mlflow.source.type'), ('mlflow.source.git.commit')) t""")

    def close(self):
        self.base.execute("COMMIT")
        self.base.close()


def statements(script):
    """Splits a dump into statements; a trigger's own semicolons do not end it."""
    part = ""
    for line in script.splitlines(keepends=True):
        if not part and line.startswith("--"):
            continue
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""


def runs(file, count, history):
    store = Store(file, count, experiments=5)
    store.latest(METRICS, history=history)
    store.params()
    store.tags()
    store.close()


def plain(file, count):
    store = Store(file, count)
    store.latest(METRICS)
    store.tags()
    store.close()


def wide(file):
    store = Store(file, 79)
    store.latest([f"layer{n // 40:02d}/unit{n % 40:02d}/activation" for n in range(2261)])
    store.tags()
    store.close()


def wide300(file):
    store = Store(file, 300)
    store.latest([f"layer{n // 40:02d}/unit{n % 40:02d}/activation" for n in range(2261)], history=False)
    store.params()
    store.tags()
    store.close()


def columns12k(file):
    store = Store(file, 200)
    names = METRICS + [f"probe/{n:05d}" for n in range(12_000 - len(METRICS))]
    store.latest(names, where="k.n < 20 OR r.n = k.n % 200 OR r.n = (k.n * 7 + 3) % 200")
    store.tags()
    store.close()


def manytags(file):
    store = Store(file, 1)
    store.latest(METRICS)
    store.tags()
    store.keys([f"note.{n:05d}" for n in range(12_340)])
    store.base.execute("INSERT INTO tags(key, value, run_uuid) "
                       "SELECT key, 'value ' || k.n, id FROM r CROSS JOIN k")
    store.close()


def history1m(file):
    """`loss` falls noisily; every 100,003rd point is a spike, every 99,991st NaN, two are infinite."""
    store = Store(file, 1)
    store.tags()
    store.keys([f"metric{n}" for n in range(1, 10)])
    insert = "INSERT INTO metrics(key, value, timestamp, run_uuid, step, is_nan) "
    store.base.execute(f"""
        WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < 999999)
        {insert} SELECT 'loss',
            CASE WHEN i % 99991 = 17 THEN 0.0 WHEN i = 333333 THEN 1.7976931348623157e308
                 WHEN i = 666666 THEN -1.7976931348623157e308 WHEN i % 100003 = 50000 THEN 9.5
                 ELSE 4.0 * 20000 / (20000 + i) + (i * 2654435761 % 1000003) / 4000012.0 END,
            {START} + i * 3, id, i, i % 99991 = 17 FROM s, r""")
    store.base.execute(f"""
        WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < 9999)
        {insert} SELECT key, 1.0 / (1 + k.n + i) + (i * 40503 % 997) / 9970.0, {START} + i * 300, id, i, 0
        FROM s, r, k""")
    store.base.execute("""
        INSERT INTO latest_metrics(key, value, timestamp, step, is_nan, run_uuid)
        SELECT key, value, timestamp, step, is_nan, run_uuid FROM metrics m
        WHERE step = CASE key WHEN 'loss' THEN 999999 ELSE 9999 END""")
    store.close()


def write(path, text):
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    os.write(file, text.encode())
    os.close(file)


def file_run(folder, root, experiment, run, number):
    """One run as MLflow 3.18.0 leaves it: meta.yaml, 24 metrics of 5 points, 25 params, 10 tags."""
    home = f"{folder}/{experiment}/{run}"
    for part in ("", "/metrics", "/params", "/tags", "/artifacts"):
        os.mkdir(home + part)
    start, user = START + number * 60_000, USERS[number * 7 % 5]
    write(f"{home}/meta.yaml", f"""artifact_uri: file://{root}/{experiment}/{run}/artifacts
end_time: {start + 45_000}
entry_point_name: ''
experiment_id: '{experiment}'
lifecycle_stage: active
run_id: {run}
run_name: run-{number}
source_name: ''
source_type: 4
source_version: ''
start_time: {start}
status: {4 if number % 20 == 7 else 3}
tags: []
user_id: {user}
""")
    for key in range(24):
        base = (number * 2654435761 + key * 40503) % 1000003 / 1000003
        write(f"{home}/metrics/metric_{key:02d}",
              "".join(f"{start + step * 1000} {base / (step + 1)!r} {step}\n" for step in range(5)))
    for key in range(25):
        write(f"{home}/params/param_{key:02d}", str((number >> key % 12) % 9))
    tags = {"mlflow.runName": f"run-{number}", "mlflow.user": user, "mlflow.source.name": "train.py",
            "mlflow.source.type": "LOCAL", **{f"tag_{n}": f"value {number % (n + 2)}" for n in range(6)}}
    for key, value in tags.items():
        write(f"{home}/tags/{key}", value)


def file_part(task):
    folder, root, experiment, ids = task
    for number, run in ids:
        file_run(folder, root, experiment, run, number)


def files10k(folder):
    """Written beside its place; the locations inside name the place it will be moved to."""
    root = Path(folder).parent / "files10k" / "mlruns"
    experiment = "346932765733523086"
    os.makedirs(f"{folder}/.trash")
    for number, name in (("0", "Default"), (experiment, "sweep")):
        os.makedirs(f"{folder}/{number}/tags" if number != "0" else f"{folder}/{number}")
        write(f"{folder}/{number}/meta.yaml", f"""artifact_location: file://{root}/{number}
creation_time: {START}
effective_trace_archival_retention: null
experiment_id: '{number}'
last_update_time: {START}
lifecycle_stage: active
name: {name}
trace_location: null
workspace: default
""")
    ids = list(enumerate(run_ids(10_000, 11)))
    with multiprocessing.Pool(2) as pool:
        pool.map(file_part, [(folder, root, experiment, ids[at:at + 500]) for at in range(0, len(ids), 500)])


STORES = {"runs10k": lambda file: runs(file, 10_000, True), "runs100k": lambda file: runs(file, 100_000,
                                                                                          False),
          "history1m": history1m, "wide": wide, "wide300": wide300, "columns12k": columns12k, "manytags": manytags,
          "plain1": lambda file: plain(file, 1), "plain79": lambda file: plain(file, 79),
          "plain200": lambda file: plain(file, 200), "files10k": files10k}


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-") or set(sys.argv[2:]) - set(STORES):
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or STORES:
        target = folder / ("files10k/mlruns" if name == "files10k" else f"{name}.db")
        if target.exists():
            continue
        begun, half = time.monotonic(), folder / f"{name}.unfinished.{os.getpid()}"
        STORES[name](half)
        target.parent.mkdir(exist_ok=True)
        half.rename(target)
        print(f"{name}: {time.monotonic() - begun:.1f} s", flush=True)


if __name__ == "__main__":
    main()
