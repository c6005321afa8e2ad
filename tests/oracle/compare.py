"""Compares what Sextant printed with what the real client answered; gives sentences, none when they agree."""

GREATEST = 1.7976931348623157e308
# Where "nothing" may be null, missing or an empty text: clients of several versions differ in it themselves.
OPTIONAL = {"run_name", "user_id", "description", "run_id", "source_run_id", "model_type", "current_stage",
            "context",
            "dataset_name", "dataset_digest", "source"}


def number(value):
    """SQL stores hold the greatest double for an infinity: so says the client; Sextant says infinity."""
    if isinstance(value, float) and abs(value) == GREATEST:
        return "Infinity" if value > 0 else "-Infinity"
    return value


def differences(expected, found, place=""):
    if isinstance(expected, dict):
        return dict_differences(expected, found, place)
    if isinstance(expected, list):
        return list_differences(expected, found, place)
    if number(expected) != number(found):
        return [f"{place}: {found!r:.200} instead of {expected!r:.200}"]
    return []


def dict_differences(expected, found, place):
    if not isinstance(found, dict):
        return [f"{place}: {found!r:.200} instead of an object"]
    problems = []
    for key, value in expected.items():
        other = found.get(key)
        if key in OPTIONAL and value in (None, "") and other in (None, ""):
            continue
        problems += differences(value, other, f"{place}.{key}")
    if place.rsplit(".", 1)[-1] in ("metrics", "params", "tags", "aliases"):
        problems += [f"{place}: has {key!r} as well" for key in found.keys() - expected.keys()]
    return problems


def list_differences(expected, found, place):
    if not isinstance(found, list) or len(found) != len(expected):
        size = len(found) if isinstance(found, list) else found
        return [f"{place}: {size!r:.200} entries instead of {len(expected)}"]
    return [problem for number, (one, other) in enumerate(zip(expected, found))
            for problem in differences(one, other, f"{place}[{number}]")]


def unordered(entries, *keys):
    return sorted(entries, key=lambda entry: tuple(str(entry.get(key)) for key in keys))


def order(expected, found, place):
    """Ids in order: what is missing, what is too much, or the first place where the order differs."""
    if expected == found:
        return []
    missing = [one for one in expected if one not in found]
    extra = [one for one in found if one not in expected]
    if missing or extra:
        counts = f"{len(found)} instead of {len(expected)}"
        return [f"{place}: {counts}, missing {missing[:3]}, too much {extra[:3]}"]
    first = next((n for n, (one, other) in enumerate(zip(expected, found)) if one != other), -1)
    return [f"{place}: same set, other order from place {first}: {found[first:first + 3]} "
            f"instead of {expected[first:first + 3]}"]
