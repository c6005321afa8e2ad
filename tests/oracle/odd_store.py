"""A store of odd contents, made by whatever client is imported: names and values that differ by case, accent or
line end alone, NaN, infinities, ties, renamed and nameless runs, deleted things. What a version refuses is
left out."""

START = 1_772_438_400_000  # 2 March 2026, 08:00 UTC, in ms
TEXTS = ("", " ", "adam", "ADAM", "Adam", "É", "é", "e", "E", "e\u0301", "ß", "ẞ", "ss", "SS", "İ", "i", "ı", "I",
         "K", "k", "\u212a", "Σ", "σ", "ς", "ſ", "s", "S", "straße", "STRASSE", "STRAẞE", "a%b", "a_b", "axb",
         "a\\b", "a.b", "A.B", "[ab]", "(x", "a\nb", "A\nB", "a\n", "\na", "a\r\nb", "a\rb", "x" * 300, "ǆ", "ǅ",
         "Ǆ", "µ", "μ", "Μ", "Ω", "\u2126", "ω", "ﬁ", "FI", "😀", "it's", 'say "hi"', "`tick`", "100%", "100",
         "a+b", "^a", "a$", " pad ", "null", "None", "NaN", "1", "01", "1.0", "1e1", "10", "9", "\t", "a\u2028b",
         "a\x85b", "a\x0bb", "ﬅ", "ﬆ", "ᾳ", "ᾼ", "ΐ", "ΐ", "Ꭰ", "ꭰ", "Ა", "ა", "А", "а", "ᲀ", "в", "ϐ", "β",
         "Θ", "θ", "ϑ", "ϴ", "Å", "å", "\u212b", "ŉ", "ʼn", "Dž", "READY", "train")
METRICS = (float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1e308, -1e308, 1.7976931348623157e308, 5e-324,
           -5e-324, 1.0, 0.1 + 0.2, 0.3, 1 / 3, 2.0**53, 2.0**53 + 2, -1.5, 1e-300, 100, 3.0000000000000004, 1.5,
           2.5)
KEYS = ("lr", "LR", "k with space", "k.dot", "k-dash", "k/slash", "größe", "GRÖßE", "1", "1a", "a_b", "order",
        "mlflow.x")
METRIC_KEYS = ("m", "M", "acc", "val/loss", "m x", "größe")
TIMES = (START, START, START + 1, START + 1000, START - 5, 0, 1, START + 10**9)
CONTEXTS = ("train", "Eval", "É", "é", "12", "a\nb")
DIGESTS = ("d1", "D2", "678", "é", "É")
EXPERIMENTS = ("É", "é", "ß", "it's", "a%b", "axb", "a\nb", "K", "\u212a", "plain", "PLAIN", "x" * 200, "12", "Ω",
               "[ab]", "a.b")
EXPERIMENT_TAGS = ("owner", "n o", "größe")
MODELS = ("plain", "PLAIN", "Größe", "GRÖßE", "é", "É", "a b", "a.b", "axb", "a_b", "K", "\u212a", "12", "it's",
          "a\nb")
SOURCES = ("file:///b/É", "file:///b/é", "file:///b/a_b", "file:///b/a.b", "file:///b/x")
LOGGED = ("ready", "READY", "Größe", "GRÖßE", "a b", "x-1", "é", "É", "12")
TYPES = (None, "", "sklearn", "É", "é")


def attempt(action, *arguments, **options):
    try:
        return action(*arguments, **options)
    except Exception:  # what a version refuses is not in its store
        return None


class OddStore:
    """One store being filled; `runs` and `experiments` are the ids of what is in it."""

    def __init__(self, client, dice):
        import mlflow.entities

        self.client, self.dice, self.entities = client, dice, mlflow.entities
        self.runs, self.experiments = [], ["0"]

    def chance(self, share):
        return self.dice.random() < share

    def text(self):
        return self.dice.choice(TEXTS)

    def build(self, runs=60):
        for name in EXPERIMENTS:
            made = attempt(self.client.create_experiment, name)
            if made:
                self.experiments.append(made)
                for _ in range(2):
                    attempt(self.client.set_experiment_tag, made, self.dice.choice(EXPERIMENT_TAGS), self.text())
        for _ in range(runs):
            self.make_run()
        if hasattr(self.client, "create_logged_model"):
            for _ in range(runs // 3):
                self.make_logged_model()
        self.make_registry()
        return self.runs

    def make_run(self):
        dice, client = self.dice, self.client
        options = {"start_time": dice.choice(TIMES), "tags": {}}
        if self.chance(0.5):
            options["tags"]["mlflow.user"] = self.text()
        if self.chance(0.7):
            options["tags"]["mlflow.runName"] = self.text()
        elif self.chance(0.5):
            options["run_name"] = self.text()
        experiment = dice.choice(self.experiments[:6])
        made = attempt(client.create_run, experiment, **options)
        if not made:
            options.pop("run_name", None)
            made = attempt(client.create_run, experiment, **options)
        if not made:
            return
        run = made.info.run_id
        self.runs.append(run)
        for key in ("opt", *dice.sample(KEYS, dice.randrange(5))):
            attempt(client.log_param, run, key, self.text())
        for key in ("env", *dice.sample(KEYS, dice.randrange(4))):
            attempt(client.set_tag, run, key, self.text())
        for key in dice.sample(METRIC_KEYS, dice.randrange(1, 5)):
            for _ in range(dice.choice((1, 1, 2, 3))):
                attempt(client.log_metric, run, key, dice.choice(METRICS), dice.choice((START, START, START + 5)),
                        dice.choice((0, 0, 1, -3)))
        if hasattr(self.entities, "DatasetInput") and self.chance(0.5):
            attempt(client.log_inputs, run, [self.dataset() for _ in range(dice.choice((1, 1, 2, 3)))])
        self.end(run)
        self.change(run)

    def dataset(self):
        entities, dice = self.entities, self.dice
        tags = [entities.InputTag("mlflow.data.context", dice.choice(CONTEXTS))] if self.chance(0.8) else []
        if self.chance(0.3):
            tags.append(entities.InputTag("note", dice.choice(TEXTS[1:])))
        name = dice.choice(TEXTS[1:])
        return entities.DatasetInput(entities.Dataset(name, dice.choice(DIGESTS), "local", "{}", "{}", "{}"), tags)

    def end(self, run):
        status = self.dice.choice(("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"))
        if status == "SCHEDULED":
            attempt(lambda: self.client.update_run(run, status=status))
        elif status != "RUNNING":
            ended = self.dice.choice((START + 5, START + 5, START + 10**6, 0))
            attempt(self.client.set_terminated, run, status, ended)

    def change(self, run):
        happening = self.dice.random()
        if happening < 0.1:
            attempt(self.client.set_tag, run, "mlflow.runName", self.text())
        elif happening < 0.15:
            attempt(self.client.delete_tag, run, "mlflow.runName")
        elif happening < 0.2:
            attempt(lambda: self.client.update_run(run, name=self.text()))
        elif happening < 0.25:
            attempt(self.client.set_tag, run, "mlflow.user", self.text())
        elif happening < 0.3:
            self.client.delete_run(run)

    def make_logged_model(self):
        dice, client = self.dice, self.client
        made = attempt(client.create_logged_model, dice.choice(self.experiments[:4]), name=dice.choice(LOGGED),
                       source_run_id=dice.choice([None, *self.runs[:8]]), model_type=dice.choice(TYPES),
                       tags={"env": self.text()} if self.chance(0.7) else {},
                       params={"depth": self.text()[:200]} if self.chance(0.7) else {})
        if not made:
            return
        if self.chance(0.7):
            attempt(client.finalize_logged_model, made.model_id, dice.choice(("READY", "FAILED")))
        for _ in range(dice.randrange(4)):
            attempt(client.log_metric, dice.choice(self.runs[:8]), dice.choice(("acc", "m", "val/f1")),
                    dice.choice(METRICS[1:]), START + dice.randrange(3), dice.randrange(3),
                    model_id=made.model_id)  # folders order NaN by accident here
        if self.chance(0.1):
            attempt(client.delete_logged_model, made.model_id)

    def make_registry(self):
        dice, client = self.dice, self.client
        for name in MODELS:
            tags = {"task": self.text(), "n o": self.text()} if self.chance(0.8) else {}
            attempt(client.create_registered_model, name, tags, self.text())
            for _ in range(dice.randrange(5)):
                attempt(client.create_model_version, name, dice.choice(SOURCES),
                        dice.choice([None, *self.runs[:5]]), {"task": self.text()} if self.chance(0.7) else {})
        for one in attempt(lambda: list(client.search_model_versions(""))) or []:
            happening = dice.random()
            if happening < 0.15:
                attempt(client.delete_model_version, one.name, one.version)
            elif happening < 0.4:
                attempt(client.transition_model_version_stage, one.name, one.version,
                        dice.choice(("Staging", "Production", "Archived")))
            elif happening < 0.6:
                attempt(lambda: client.set_registered_model_alias(
                    one.name, dice.choice(("champ", "Champ", "best-1")), one.version))
            elif happening < 0.7:
                attempt(client.update_model_version, one.name, one.version, self.text())
        attempt(client.delete_registered_model, "axb")
