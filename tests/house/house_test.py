"""The rules of the house that a compiler does not see: layers, sizes, and what must not stand in the tree."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# In core a folder may include only the ones before it.
CORE_ORDER = ["base", "tracking", "statistics", "table", "query", "series", "store", "data", "report", "ledger", "registry", "lineage"]
# Pages of the window do not know each other.
PAGES = {"runs", "compare", "registry", "lineage", "reports", "audit"}
# What pages are made of: each knows only the ones before it, and no page.
UI_ORDER = ["theme", "widgets", "jobs", "shell", "charts"]

TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "app", "core", "ui", "resources", "tests", "installers"}

FORBIDDEN = {
    r"\bsetStyleSheet\b": "style comes from the tokens",
    r"\bprocessEvents\b": "no nested event loops",
    r"\bQEventLoop\b": "no nested event loops",
    r"(dialog|menu|box|Dialog|Menu|Box)(\.|->)exec\(": "no nested event loops",
    r"\b(SIGNAL|SLOT)\(": "connect by pointer",
    r"\bforeach\s*\(|\bQ_FOREACH\b": "range-for",
    r"\b(TODO|FIXME|XXX)\b": "finish it or leave it out",
}

MAX_SOURCE_LINES = 600
MAX_HEADER_LINES = 160


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".cpp", ".h"}:
                yield path


def includes(path):
    return re.findall(r'^\s*#\s*include\s*([<"][^>"]+)[>"]', path.read_text(), re.M)


def name(path):
    return str(path.relative_to(ROOT))


class House(unittest.TestCase):
    def test_top_level(self):
        entries = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {"build"}
        self.assertEqual(entries - TOP_LEVEL, set())

    def test_core_knows_no_qt(self):
        wrong = [name(path) for path in sources("core") for include in includes(path) if re.match(r"[<\"]Q[A-Za-z]", include)]
        self.assertEqual(wrong, [])

    def test_core_includes_point_one_way(self):
        wrong = []
        for path in sources("core"):
            folder = path.relative_to(ROOT).parts[1]
            for include in includes(path):
                parts = include[1:].split("/")
                if parts[0] in {"ui", "app"}:
                    wrong.append(f"{name(path)} includes {include[1:]}")
                elif parts[0] == "core" and CORE_ORDER.index(parts[1]) > CORE_ORDER.index(folder):
                    wrong.append(f"{name(path)} includes {include[1:]}")
        self.assertEqual(wrong, [])

    def test_ui_includes_point_one_way(self):
        wrong = []
        for path in sources("ui"):
            folder = path.relative_to(ROOT).parts[1]
            for include in includes(path):
                parts = include[1:].split("/")
                beside = parts[1] if parts[0] == "ui" and len(parts) > 2 else ""
                upward = (
                    parts[0] == "app"
                    or (beside in PAGES and beside != folder)
                    or (folder in UI_ORDER and beside and beside not in UI_ORDER[: UI_ORDER.index(folder) + 1])
                    or re.match(r"(sqlite3|git2|curl|arrow|yaml-cpp)", "/".join(parts))
                )
                if upward:
                    wrong.append(f"{name(path)} includes {include[1:]}")
        self.assertEqual(wrong, [])

    def test_what_must_not_stand_in_the_product(self):
        found = []
        for path in sources("core", "ui", "app"):
            text = path.read_text()
            for pattern, reason in FORBIDDEN.items():
                found += [f"{name(path)}: {match.group(0)} ({reason})" for match in re.finditer(pattern, text)]
        self.assertEqual(found, [])

    def test_files_are_short(self):
        long = []
        for path in sources("core", "ui", "app"):
            lines = path.read_text().count("\n")
            if lines > (MAX_HEADER_LINES if path.suffix == ".h" else MAX_SOURCE_LINES):
                long.append(f"{name(path)}: {lines} lines")
        self.assertEqual(long, [])

    def test_each_source_is_built(self):
        """A source that no CMakeLists.txt names is dead."""
        lists = "".join(path.read_text() for path in ROOT.rglob("CMakeLists.txt") if "build" not in path.parts)
        dead = [name(path) for path in sources("core", "ui", "app", "tests") if path.suffix == ".cpp" and path.name not in lists]
        self.assertEqual(dead, [])


if __name__ == "__main__":
    unittest.main()
