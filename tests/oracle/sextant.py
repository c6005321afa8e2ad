"""Runs the built program, several commands at a time, and reads what it prints."""
import csv
import io
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass
class Outcome:
    """What one command did. `crashed`: it ended by a signal, or with a code that is not in the contract."""

    arguments: list
    code: int
    output: bytes
    errors: str

    @property
    def crashed(self):
        return self.code not in (0, 1, 2)

    @property
    def refused(self):
        return self.code == 2 and self.errors.startswith("sextant: ")

    def json(self):
        assert self.code == 0, f"{' '.join(self.arguments)}: exit {self.code}: {self.errors}"
        return json.loads(self.output)

    def rows(self):
        assert self.code == 0, f"{' '.join(self.arguments)}: exit {self.code}: {self.errors}"
        return list(csv.DictReader(io.StringIO(self.output.decode("utf-8"), newline="")))


class Sextant:
    """The program at SEXTANT_BIN, with a cache folder and settings of its own."""

    def __init__(self, binary, home):
        self.binary = binary
        self.environment = {**os.environ, "XDG_CACHE_HOME": f"{home}/cache",
                            "XDG_CONFIG_HOME": f"{home}/config", "XDG_STATE_HOME": f"{home}/state",
                            "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}

    def run(self, *arguments, form="json"):
        arguments = [*map(str, arguments), "--format", form]
        done = subprocess.run([self.binary, *arguments], capture_output=True, env=self.environment,
                              timeout=120,
                              stdin=subprocess.DEVNULL)
        return Outcome(arguments, done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

    def each(self, commands, form="json"):
        """Many commands, as many at a time as there are cores; the outcomes in the order of the commands."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(lambda arguments: self.run(*arguments, form=form), commands))
