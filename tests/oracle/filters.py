"""Filters and orderings made by chance, for the comparison with the real client. Most are right for their
target, some are nearly right, some are torn. The same seed gives the same list."""

import random

TARGETS = ("runs", "experiments", "registered_models", "model_versions", "logged_models")

NUMBER = ("=", "!=", ">", ">=", "<", "<=")
TEXT = ("=", "!=", "LIKE", "ILIKE", "like", "Ilike")
LIST = ("IN", "NOT IN", "in", "not in", "NOT  IN")
NULL = ("IS NULL", "IS NOT NULL", "is null", "is not null", "IS  NULL")
ODD = ("==", "<>", "=<", "NOT LIKE", "RLIKE", "BETWEEN", "~", "!", "IS NOT  NULL", "CONTAINS")

KEYS = (
    "x",
    "acc",
    "val_loss",
    "lr",
    "a.b",
    "mlflow.user",
    "`a b`",
    '"a b"',
    "'a b'",
    "`val/loss`",
    "`it's`",
    '`a"b`',
    '"a`b"',
    "größe",
    "_x",
    "1a",
    "order",
    "select",
    "like",
    "null",
    "a..b",
    "NULL",
    "`x`.y",
    "x.`a b`",
    "ω1",
    "end",
    "key",
    "value",
)
ODD_KEYS = (
    "val/loss",
    "a-b",
    "a b",
    "1",
    "12",
    "1e5",
    "in",
    "from",
    "CASE",
    "values",
    "using",
    "a$b",
    "a:b",
    "",
    "*",
    "`open",
)

# (spelling, operators, sort of value) of each target's attributes
ATTRIBUTES = {
    "runs": [
        ("run_id", TEXT + LIST, "text"),
        ("run_name", TEXT, "text"),
        ("`run name`", TEXT, "text"),
        ('"Run Name"', TEXT, "text"),
        ("user_id", TEXT, "text"),
        ("status", TEXT, "text"),
        ("artifact_uri", TEXT, "text"),
        ("start_time", NUMBER, "number"),
        ("end_time", NUMBER, "number"),
        ("created", NUMBER, "number"),
        ("Created", NUMBER, "number"),
    ],
    "experiments": [
        ("name", TEXT, "text"),
        ("experiment_id", ("=", "!=") + LIST, "id"),
        ("creation_time", NUMBER, "integer"),
        ("last_update_time", NUMBER, "integer"),
    ],
    "registered_models": [("name", TEXT + LIST, "text")],
    "model_versions": [
        ("name", TEXT + LIST, "text"),
        ("run_id", TEXT + LIST, "text"),
        ("source_path", TEXT, "text"),
        ("version_number", NUMBER, "version"),
    ],
    "logged_models": [
        ("name", TEXT + LIST, "text"),
        ("model_id", TEXT + LIST, "text"),
        ("model_type", TEXT + LIST, "text"),
        ("status", ("=", "!=") + LIST, "status"),
        ("source_run_id", TEXT + LIST, "text"),
        ("creation_timestamp", NUMBER, "number"),
        ("creation_time", NUMBER, "number"),
        ("last_updated_timestamp", NUMBER, "number"),
    ],
}
ODD_ATTRIBUTES = (
    "Status",
    "name",
    "foo",
    "stage",
    "version",
    "alias",
    "run",
    "experiment_id",
    "lifecycle_stage",
    "duration",
    "creation_timestamp",
    "last_updated_time",
    "`status`",
    '"name"',
    "description",
)

# (prefix, operators, sort of value) of what has keys of its own
KEYED = {
    "runs": [
        ("metrics", NUMBER, "number"),
        ("metric", NUMBER, "number"),
        ("params", TEXT + NULL, "text"),
        ("param", TEXT + NULL, "text"),
        ("parameter", TEXT, "text"),
        ("parameters", TEXT, "text"),
        ("tags", TEXT + NULL, "text"),
        ("tag", TEXT + NULL, "text"),
        ("`params`", TEXT, "text"),
    ],
    "experiments": [("tags", TEXT + NULL, "text"), ("tag", TEXT + NULL, "text")],
    "registered_models": [("tags", TEXT, "text"), ("tag", TEXT, "text")],
    "model_versions": [("tags", TEXT, "text"), ("tag", TEXT, "text")],
    "logged_models": [
        ("metrics", NUMBER, "number"),
        ("params", TEXT + LIST, "text"),
        ("tags", TEXT + LIST, "text"),
    ],
}
ATTRIBUTE_PREFIXES = {
    "runs": ("attribute.", "attributes.", "attr.", "run."),
    "experiments": ("attribute.", "attributes."),
    "registered_models": ("attribute.",),
    "model_versions": ("attribute.",),
    "logged_models": ("attributes.",),
}
ODD_PREFIXES = (
    "Metrics",
    "foo",
    "attr",
    "run",
    "aliases",
    "metric",
    "attributes",
    "attribute",
    '"metrics"',
    "param",
)

VALUES = {
    "number": (
        "1",
        "-1",
        "0",
        "1.5",
        ".5",
        "5.",
        "-.25",
        "1e5",
        "1E-5",
        "-2.5e3",
        "00012",
        "1763500000000",
        "0.1",
    ),
    "integer": ("1", "0", "-5", "1763500000000", "007"),
    "version": ("1", "0", "'2'", '"3"', "10"),
    "text": (
        "'x'",
        '"x"',
        "''",
        '""',
        "'it''s'",
        "'it\\'s'",
        '"it\'s"',
        "'\"'",
        "'%a_'",
        "'a\nb'",
        "'ω Ω'",
        "'C:\\dir'",
        "'1'",
        "'adam'",
        "'FINISHED'",
    ),
    "id": ("'1'", '"2"', "'0'"),
    "status": ("'READY'", "'FAILED'", "'PENDING'"),
}
LISTS = {
    "text": (
        "('a')",
        "('a','b')",
        "( 'a' , \"b\" , )",
        "('it\\'s', 'x')",
        "('a\\nb')",
        "('\\x41', 'B')",
        "('A', '1')",
        '("it\'s",)',
        "('ω', 'a b')",
    ),
    "id": ("('1')", "('1', '2')", '("3",)'),
    "status": ("('READY')", "('READY', 'FAILED')"),
}
ODD_VALUES = (
    "1e+5",
    ".5e3",
    "1.e5",
    "+1",
    "1_000",
    "0x1",
    "nan",
    "inf",
    "NULL",
    "x",
    "`x`",
    "(1, 2)",
    "()",
    "('a' 'b')",
    "'open",
    "1.5.2",
    "params.x",
    "'x'y",
    "b'x'",
    "'a' 'b'",
    "1x",
    "- 5",
    "'1'",
    "1",
)
JOINS = (" AND ",) * 12 + (" and ", "\nAND\t", " And ")
ODD_JOINS = (" OR ", " AND NOT ", " ", ", ", "; ", " && ", " AND AND ", " AND (", ") AND ")


class Maker:
    def __init__(self, target, seed):
        self.target = target
        self.random = random.Random(f"{target} {seed}")

    def choice(self, options):
        return self.random.choice(options)

    def rarely(self, share=0.03):
        return self.random.random() < share

    def field(self):
        """A field with the operators and the sort of value that go with it."""
        if self.target == "runs" and self.rarely(0.1):
            return (
                self.choice(("dataset", "datasets")) + "." + self.choice(("name", "digest", "context")),
                TEXT[:4] + LIST,
                "text",
            )
        if self.random.random() < 0.5:
            name, operators, sort = self.choice(ATTRIBUTES[self.target])
            if self.rarely():
                name = self.choice(ODD_ATTRIBUTES)
            plain = self.target in ("registered_models", "model_versions") or name[0] not in '`"'
            return (
                (self.choice(ATTRIBUTE_PREFIXES[self.target]) if self.rarely(0.2) and plain else "") + name,
                operators,
                sort,
            )
        prefix, operators, sort = self.choice(KEYED[self.target])
        if self.rarely():
            prefix = self.choice(ODD_PREFIXES)
        return prefix + "." + self.choice(ODD_KEYS if self.rarely() else KEYS), operators, sort

    def clause(self):
        field, operators, sort = self.field()
        operator = self.choice(ODD if self.rarely() else operators)
        word = operator[0].isalpha()
        if operator.upper().endswith("NULL"):
            return field + " " + operator
        values = LISTS.get(sort, ("('a')",)) if operator.upper().endswith("IN") else VALUES[sort]
        value = self.choice(ODD_VALUES if self.rarely() else values)
        blank = " " if word or self.random.random() < 0.7 else self.choice(("", "  ", "\t"))
        return field + blank + operator + blank + value

    def filter(self):
        text = self.clause()
        for _ in range(self.choice((0, 0, 0, 1, 1, 2, 3))):
            text += self.choice(ODD_JOINS if self.rarely() else JOINS) + self.clause()
        if self.rarely():  # torn
            at = self.random.randrange(len(text))
            text = (
                text[:at] + text[at + 1 :]
                if self.rarely(0.5)
                else text[:at] + self.choice("'\"`() =<>.,;-#\\a1") + text[at:]
            )
        if self.rarely(0.01):
            text = self.choice(
                (text + " AND", "AND " + text, "(" + text + ")", "NOT " + text, " " + text + "\n")
            )
        return text

    def order_by(self):
        field, _, _ = self.field()
        if self.rarely(0.1):
            field = self.choice(
                ("timestamp", "last_updated_timestamp", "creation_timestamp", "version_number", "name")
            )
        direction = self.choice(("", "", " ASC", " DESC", " desc", "  asc"))
        if self.rarely():
            direction = self.choice((" DESCENDING", " ASC DESC", ", x", " NULLS LAST", " x"))
        return field + direction


def filters(target, count, seed=1):
    maker = Maker(target, seed)
    return [maker.filter() for _ in range(count)]


def order_bys(target, count, seed=1):
    maker = Maker(target, seed)
    return [maker.order_by() for _ in range(count)]
