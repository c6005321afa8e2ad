"""Filters and orderings made by chance over what is in an OddStore; the same seed gives the same list."""
import random

from odd_store import (CONTEXTS, DIGESTS, EXPERIMENT_TAGS, EXPERIMENTS, KEYS, LOGGED, METRIC_KEYS, METRICS, MODELS,
                       SOURCES, START, TEXTS)

TARGETS = ("runs", "experiments", "registered_models", "model_versions", "logged_models")
ORDERS = {
    "experiments": ("name", "creation_time", "experiment_id", "last_update_time", "attribute.name", "tags.owner",
                    "lifecycle_stage"),
    "registered_models": ("name", "timestamp", "last_updated_timestamp", "tags.task"),
    "model_versions": ("name", "version_number", "creation_timestamp", "last_updated_timestamp", "run_id",
                       "source_path", "tags.task"),
    "logged_models": ("name", "model_id", "creation_timestamp", "creation_time", "last_updated_timestamp", "status",
                      "metrics.acc", "metrics.m", "params.depth", "attributes.name"),
    "runs": ("start_time", "end_time", "status", "run_id", "run_name", "artifact_uri", "user_id", "created",
             "Created", "`run name`", "dataset.name"),
}


class Maker:
    def __init__(self, target, seed, runs):
        self.target, self.runs = target, runs
        self.random = random.Random(f"{target} {seed}")

    def choice(self, options):
        return self.random.choice(list(options))

    def chance(self, share):
        return self.random.random() < share

    def key(self, names):
        name = self.choice(names)
        plain = name.replace("_", "a").isalnum() and not name[0].isdigit()
        form = self.random.random()
        if plain and form < 0.5:
            return name
        return f'"{name}"' if form > 0.8 else f"`{name}`"

    def quoted(self, text):
        if "'" in text and '"' in text:
            text = text.replace('"', "")
        double = self.chance(0.2) and '"' not in text and self.target != "logged_models"
        quote = '"' if "'" in text or double else "'"
        return quote + text + quote

    def pattern(self, text):
        at = self.random.randrange(len(text) + 1)
        end = self.random.randrange(at, len(text) + 1)
        text = self.choice((text, text, "%" + text[at:], text[:at] + "%", "%" + text[at:end] + "%",
                            text[:at] + "_" + text[at + 1:], text[:at] + "%" + text[end:], "%", "_", "%_%", "__", "",
                            text[:at] + "_%" + text[end:], "%" + text[at:end] + "_"))
        return self.choice((text.upper, text.lower, text.swapcase, text.title))() if self.chance(0.3) else text

    def cased(self, word):
        """Clients before 3.2 know words in capitals alone for experiments."""
        return word if self.target == "experiments" else self.choice((word, word, word, word.lower(), word.title()))

    def text_clause(self, field, texts, more=(), only=None):
        operator = self.choice(only or ("=", "!=", "LIKE", "ILIKE", "ILIKE", "LIKE", *more))
        if operator.startswith("IS"):
            return f"{field} {self.cased(operator)}"
        if operator.endswith("IN"):
            chosen = [self.choice(texts) for _ in range(self.choice((2, 2, 3)))]
            return f"{field} {self.cased(operator)} ({', '.join(repr(one) for one in chosen)})"
        text = self.choice(texts)
        if "LIKE" in operator:
            text = self.pattern(text)
        value = self.quoted(text + "%" if text.endswith("\\") else text)
        blank = self.choice((" ", " ", "  ", "\t", "\n") if operator[0].isalpha() else (" ", "", "  ", "\t"))
        return f"{field}{blank}{self.cased(operator)}{blank}{value}"

    def number_clause(self, field, numbers):
        value = self.choice(numbers)
        text = str(value)
        if isinstance(value, float):
            value = self.choice((0.0, 1.0, -1.5)) if value != value or abs(value) == float("inf") else value
            text = repr(value).replace("e+", "e")
            if self.chance(0.1):
                text = self.choice((text, "0", "-0", "1", "1.0", "00.5", "1E2", ".5", "5."))
        blank = self.choice((" ", "", "  "))
        return f"{field}{blank}{self.choice(('=', '!=', '<', '<=', '>', '>='))}{blank}{text}"

    def of_runs(self):
        kind, prefix = self.random.random(), self.choice(("attributes.", "attribute.", "attr.", "run."))
        nulls = ("IS NULL", "IS NOT NULL") if self.chance(0.3) else ()
        if kind < 0.2:
            keys = ("m", "unknown", *METRIC_KEYS)
            return self.number_clause(self.choice(("metrics.", "metric.")) + self.key(keys), METRICS)
        if kind < 0.4:
            prefix = self.choice(("params.", "param.", "parameter.", "parameters."))
            return self.text_clause(prefix + self.key(("opt",) * 8 + KEYS), TEXTS, nulls)
        if kind < 0.6:
            keys = ("env",) * 6 + KEYS + ("mlflow.runName", "mlflow.user")
            return self.text_clause(self.choice(("tags.", "tag.")) + self.key(keys), TEXTS, nulls)
        if kind < 0.7:
            field = self.choice(("name", "digest", "context"))
            texts = TEXTS if field == "name" else CONTEXTS + DIGESTS
            return self.text_clause(self.choice(("dataset.", "datasets.")) + field, texts, ("IN", "NOT IN"))
        if kind < 0.78:
            return self.number_clause(prefix + self.choice(("start_time", "end_time", "created", "Created")),
                                      (START, START + 1, START + 1000, START - 5, 0, 1, START + 10**9, START + 5, -1))
        if kind < 0.86:
            return self.text_clause(prefix + self.choice(("run_name", "run_name", "`run name`", '"Run Name"')), TEXTS)
        if kind < 0.9:
            return self.text_clause(prefix + "user_id", TEXTS + ("a.moreau",))
        if kind < 0.94:
            return self.text_clause(prefix + "status", ("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED",
                                                        "finished", "UNFINISHED"))
        if kind < 0.97:
            return self.text_clause(prefix + "artifact_uri", ("artifacts", "/artifacts", "mlruns", "ARTIFACTS"))
        return self.text_clause(prefix + "run_id", [*self.runs[:6], "nope", "NOPE", "12"], ("IN", "NOT IN"))

    def of_experiments(self):
        kind = self.random.random()
        if kind < 0.5:
            return self.text_clause(self.choice(("name", "attribute.name", "`name`")), EXPERIMENTS + ("Default",))
        if kind < 0.9:
            return self.text_clause("tags." + self.key(EXPERIMENT_TAGS + ("unknown",)), TEXTS)
        return self.number_clause(self.choice(("creation_time", "last_update_time")), (0, 1, 10**12, 10**13))

    def of_registered_models(self):
        if self.chance(0.5):
            return self.text_clause("name", MODELS)
        return self.text_clause(self.choice(("tags.", "tag.")) + self.key(("task", "n o", "unknown")), TEXTS)

    def of_model_versions(self):
        kind = self.random.random()
        if kind < 0.3:
            return self.text_clause("name", MODELS)
        if kind < 0.55:
            return self.text_clause(self.choice(("tags.", "tag.")) + self.key(("task", "unknown")), TEXTS)
        if kind < 0.75:
            return self.text_clause("source_path", SOURCES)
        if kind < 0.9:
            return self.text_clause("run_id", [*self.runs[:5], "nope", "", "REDACTED-RUN"], ("IN", "NOT IN"))
        return self.number_clause("version_number", (0, 1, 2, 3))

    def of_logged_models(self):
        kind, lists = self.random.random(), ("IN", "NOT IN")
        if kind < 0.25:
            return self.text_clause("name", LOGGED, lists)
        if kind < 0.4:
            return self.text_clause("model_type", ("", "sklearn", "É", "é"), lists)
        if kind < 0.5:
            return self.text_clause("status", ("READY", "FAILED", "PENDING"), only=("=", "!=", "IN", "NOT IN"))
        if kind < 0.6:
            return self.text_clause("source_run_id", [*self.runs[:8], "nope"], lists)
        if kind < 0.75:
            safe = [text for text in TEXTS if "'" not in text and '"' not in text]
            return self.text_clause(self.choice(("params.depth", "tags.env", "tags.`env`", "params.unknown")), safe)
        if kind < 0.9:
            return self.number_clause("metrics." + self.choice(("acc", "m", "`val/f1`", "unknown")), METRICS)
        return self.number_clause(self.choice(("creation_timestamp", "last_updated_timestamp")), (0, 10**12, 10**13))

    def filter(self):
        clause = getattr(self, "of_" + self.target)
        text = clause()
        for _ in range(self.choice((0, 0, 0, 0, 1, 1, 2))):
            text += self.choice((" AND ", " AND ", " and ", "\nAND\n", " And ", "  AND\t")) + clause()
        return text

    def ordering(self):
        name = self.choice(ORDERS[self.target])
        if self.target == "logged_models":
            return name + self.choice(("", " DESC"))
        if self.target == "runs" and self.chance(0.7):
            name = self.choice(("metrics." + self.key(METRIC_KEYS + ("unknown",)),
                                self.choice(("params.", "parameter.")) + self.key(("opt",) * 4 + KEYS),
                                self.choice(("tags.", "tag.")) + self.key(("env",) * 4 + KEYS)))
        return name + self.choice(("", "", " ASC", " DESC", " asc", " desc", "  DESC", " Desc", "\tASC"))

    def question(self):
        orderings = [] if self.chance(0.6) else [self.ordering() for _ in range(self.choice((1, 1, 2, 3)))]
        text = self.filter() if not orderings or self.chance(0.4) else ""
        views = ("active", "active", "all", "deleted") if self.target in ("runs", "experiments") else ("active",)
        return {"target": self.target, "filter": text, "orderings": orderings, "view": self.choice(views)}


def questions(target, count, seed, runs):
    maker = Maker(target, seed, runs)
    return [maker.question() for _ in range(count)]
