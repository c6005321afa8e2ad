"""The stores that are compared: the archives of tests/fixtures, and two the newest client made just now."""
import hashlib
import json
import os
import sys
import tarfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures"
sys.path.insert(0, str(FIXTURES))
sys.dont_write_bytecode = True

import scenario  # noqa: E402
from sextant import Sextant  # noqa: E402

scenario.environment()
STORES = Path(os.environ.get("SEXTANT_STORES") or FIXTURES / "stores")  # or any that make_store.py made
ARCHIVES = sorted(path.name.removesuffix(".tar.gz") for path in STORES.glob("*.tar.gz"))


class Store:
    """A store on this disk, what the real client says of it, and the state of its files at the beginning."""

    def __init__(self, name, folder, answers):
        self.name, self.folder, self.answers = name, folder, answers
        self.kind = answers["kind"]
        self.uri = str(folder / ("mlflow.db" if self.kind == "sqlite" else "mlruns"))
        self.before = digests(folder)
        self.every = [f"--experiment={one['experiment_id']}" for one in answers["experiments"]["all"]]


def digests(folder):
    """Name -> (SHA-256, time of change) of every file, and the names of the folders."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        found[name] = (hashlib.sha256(path.read_bytes()).hexdigest(),
                       path.stat().st_mtime_ns) if path.is_file() else None
    return found


def client_of(kind, folder):
    """The newest client on a store in `folder`; its relative paths start there."""
    import mlflow
    import mlflow.artifacts

    os.chdir(folder)
    uri = f"sqlite:///{folder}/mlflow.db" if kind == "sqlite" else f"file://{folder}/mlruns"
    mlflow.set_tracking_uri(uri)
    return mlflow, mlflow.MlflowClient(uri)


def made_now(kind, folder):
    from answers import Asker

    mlflow, client = client_of(kind, folder)
    scenario.Scenario(client, str(folder)).build()
    found = Asker(client, mlflow, kind).everything()
    return Store(f"now-{kind}", folder, {"kind": kind, "mlflow": mlflow.__version__, **found})


def unpacked(name, folder):
    with tarfile.open(STORES / f"{name}.tar.gz") as archive:
        archive.extractall(folder)
    answers = json.loads((folder / name / "answers.json").read_text(encoding="utf-8"))
    (folder / name / "answers.json").unlink()
    return Store(name, folder / name, answers)


@pytest.fixture(scope="session")
def sextant(tmp_path_factory):
    binary = os.environ.get("SEXTANT_BIN") or str(HERE.parents[1] / "build/release/sextant")
    if not os.access(binary, os.X_OK):
        pytest.exit(f"No program at {binary}: build it, or name it by SEXTANT_BIN", returncode=2)
    return Sextant(binary, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session", params=["now-sqlite", "now-files", *ARCHIVES])
def store(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("store with space")
    if request.param.startswith("now-"):
        return made_now(request.param.removeprefix("now-"), folder)
    return unpacked(request.param, folder)
