"""A scoring table read slowly: plain data, one nominee after the other, fractions everywhere. Written from the words of the format alone."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from statistics import median

HUNDRED = Fraction(100)


@lru_cache(4096)
def f(number):
    return Fraction(str(number))


def slow_table(data, rows, groups):
    """Score nominees: for each a dict of the points by path, and ``total``; classes and vetoes come from :func:`slow_classes`."""
    names = leaves(data["points"])
    scale = data.get("scale") or {}
    scored = []
    for row in rows:
        found = {}
        base = Fraction(0)
        for name, part in data["points"].items():
            points = slow_part(part, name, row, found, names)
            base += {"bonus": 0, "penalty": -points}.get(part["kind"], points)
        bonus = bonuses(data["points"], "", None, found)
        if "bonus" in scale:
            bonus = min(bonus, f(scale["bonus"]))
        found["total"] = max(f(scale.get("lowest", 0)), base + bonus)
        scored.append(found)
    return scored


def leaves(parts, under=""):
    paths = []
    for name, part in parts.items():
        paths += leaves(part.get("parts", {}), f"{under}{name}.") if is_section(part) else [under + name]
    return paths


def is_section(part):
    return part["kind"] in {"section", "bonus", "penalty"}


def bonuses(parts, under, around, found):
    total = Fraction(0)
    for name, part in parts.items():
        if part["kind"] == "bonus" and around != "bonus":
            total += found[under + name]
        total += bonuses(part.get("parts", {}), f"{under}{name}.", part["kind"], found)
    return total


def slow_part(part, path, row, found, names):
    if is_section(part):
        total = Fraction(0)
        for name, inner in part["parts"].items():
            points = slow_part(inner, f"{path}.{name}", row, found, names)
            if inner["kind"] == "bonus" and part["kind"] != "bonus":
                continue
            total += -points if inner["kind"] == "penalty" and part["kind"] != "penalty" else points
        found[path] = max(Fraction(0), min(total, f(part["points"])))
    else:
        own = path.split(".")[-1]
        column = own if sum(name.split(".")[-1] == own for name in names) == 1 else path
        found[path] = slow_criterion(part, column, row)
    return found[path]


def slow_criterion(part, column, row):
    most = f(part["points"])
    points = min(most, max(-most, KINDS[part["kind"]](part, column, row, most)))
    if "round_to" in part:
        step = f(part["round_to"])
        down = floor(abs(points) / step) * step
        size = down + step if abs(points) - down >= step / 2 else down
        points = min(most, size) * (1 if points > 0 else -1)
    return points


def slow_proportional(part, column, row, most):
    seen = row[column]
    target = row[f"{column}:target"] if part.get("target") == "own" else f(part.get("target", 100))
    if seen >= target:
        return most
    if target <= 0:
        return Fraction(0)
    percent = HUNDRED * seen / target
    if "nothing_below" in part and percent < f(part["nothing_below"]):
        return Fraction(0)
    if "loses" not in part:
        return max(Fraction(0), most * percent / 100)
    loses = part["loses"]
    steps = (HUNDRED - percent) / f(loses["per_percent"])
    steps = {"pro-rata": steps, "whole-steps": floor(steps), "started-steps": ceil(steps)}[loses.get("counted", "pro-rata")]
    return max(Fraction(0), most - f(loses["points"]) * steps)


def slow_steps(part, column, row, most):
    for band in part["bands"]:
        checks = {"at_least": row[column].__ge__, "above": row[column].__gt__, "at_most": row[column].__le__, "below": row[column].__lt__}
        if all(check(f(band[side])) for side, check in checks.items() if side in band):
            return f(band["points"])
    return Fraction(0)


def slow_threshold(part, column, row, most):
    if "when" in part:
        holds = row["facts"][part["when"]["fact"]]
    elif "at_least" in part:
        holds = row[column] >= f(part["at_least"])
    elif "at_most" in part:
        holds = row[column] <= f(part["at_most"])
    else:
        holds = row[column]
    return most if holds else Fraction(0)


def slow_deduct(part, column, row, most):
    left = most
    for name, event in part["events"].items():
        times = row[f"{column}.{name}"]
        left -= f(event["minus"]) * min(times, event.get("at_most_times", times))
    return max(left, Fraction(0))


def slow_highest(part, column, row, most):
    reached = [
        f(level["points"])
        for name, level in part["levels"].items()
        if (row["facts"][level["when"]["fact"]] if "when" in level else row[f"{column}.{name}"])
    ]
    return max(reached) if reached else Fraction(0)


def slow_achievements(part, column, row, most):
    best = {}
    for name, level in row[column]:
        points = f(part["levels"][level]["points"])
        best[name] = max(best.get(name, points), points)
    held = [f(level["points"]) for level in part["levels"].values() if "when" in level and row["facts"][level["when"]["fact"]]]
    return sum(best.values(), Fraction(0)) + sum(held, Fraction(0))


def slow_mark(part, column, row, most):
    givers = part.get("by", ["standing-body"])
    marks = [row[column]] if len(givers) == 1 else [row[f"{column}@{giver}"] for giver in givers]
    how = part.get("counts", "last")
    counted = marks[-1] if how == "last" else sum(marks) / len(marks) if how == "mean" else median(marks)
    return max(Fraction(0), counted)


KINDS = {
    "proportional": slow_proportional,
    "steps": slow_steps,
    "threshold": slow_threshold,
    "count": lambda part, column, row, most: f(part["each"]) * row[column],
    "deduct": slow_deduct,
    "event": lambda part, column, row, most: f(part["each"]) * min(row[column], part.get("at_most_times", row[column])),
    "highest": slow_highest,
    "achievements": slow_achievements,
    "mark": slow_mark,
}


def slow_points_test(test, data, scored, groups, position):
    """Tell whether one nominee passes a test of points."""
    (key,) = [key for key in test if key != "points"]
    names = criteria_of(data["points"]) if test["points"] == "every-criterion" else [test["points"]]
    passed = []
    for name in names:
        own = scored[position][name]
        bound = f(test[key])
        if key.endswith("mean"):
            peers = [found[name] for found, group in zip(scored, groups, strict=True) if group == groups[position]]
            bound *= sum(peers) / len(peers)
        elif key.endswith("share"):
            scale = data.get("scale")
            tops = [f(part["points"]) for part in data["points"].values() if part["kind"] not in {"bonus", "penalty"}]
            bound *= f(dict(all_parts(data["points"]))[name]["points"]) if name != "total" else f(scale["total"]) if scale else sum(tops, Fraction(0))
        passed.append(own >= bound if key.startswith("at_least") else own < bound)
    return all(passed)


def all_parts(parts, under=""):
    for name, part in parts.items():
        yield under + name, part
        yield from all_parts(part.get("parts", {}), f"{under}{name}.")


def criteria_of(parts, under=""):
    paths = []
    for name, part in parts.items():
        if part["kind"] == "section":
            paths += criteria_of(part["parts"], f"{under}{name}.")
        elif part["kind"] not in {"bonus", "penalty"} and not (part["kind"] in {"event", "count"} and f(part["each"]) <= 0):
            paths.append(under + name)
    return paths


def slow_condition(condition, data, scored, groups, position, row, own_class):
    """Tell whether one nominee meets a condition."""

    def ask(part):
        return slow_condition(part, data, scored, groups, position, row, own_class)

    if "all" in condition:
        return all(map(ask, condition["all"]))
    if "any" in condition:
        return any(map(ask, condition["any"]))
    if "not" in condition:
        return not ask(condition["not"])
    if "points" in condition:
        return slow_points_test(condition, data, scored, groups, position)
    if "class" in condition:
        return own_class in condition["class"]
    return row["facts"][condition["fact"]]


def slow_classes(data, scored, rows, groups):
    """Give each nominee's class before and after vetoes, the vetoes met, and whether it is barred."""
    bounds = [
        (name, f(c.get("at_least", c.get("above", 0))), "above" in c, "at_least" in c or "above" in c) for name, c in data.get("classes", {}).items()
    ]
    order = [entry for entry in bounds if entry[3]]
    order = sorted(order, key=lambda entry: (-entry[1], not entry[2])) + [entry for entry in bounds if not entry[3]]
    results = []
    for position, row in enumerate(rows):
        own = None
        for name, bound, is_strict, is_bounded in order:
            total = scored[position]["total"]
            requires = data["classes"][name].get("requires")
            reached = not is_bounded or (total > bound if is_strict else total >= bound)
            if reached and (requires is None or slow_condition(requires, data, scored, groups, position, row, None)):
                own = name
                break
        met = {name: slow_condition(veto["when"], data, scored, groups, position, row, own) for name, veto in data.get("vetoes", {}).items()}
        after, names = own, [entry[0] for entry in order]
        barred = False
        for name, is_met in met.items():
            if is_met and data["vetoes"][name].get("effect", "not-considered") == "not-considered":
                barred = True
            elif is_met and after is not None:
                after = names[names.index(after) + 1] if names.index(after) + 1 < len(names) else None
        results.append((own, None if barred else after, met, barred))
    return results
