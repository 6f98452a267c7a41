"""Random scoring tables of every kind with nominees who often stand exactly on an edge; ``random.Random`` is much faster here than drawing each number."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from simulator.scoring.roster import Achievement
from tests.scoring.point_tables import deduction, level, part
from tests.scoring.rosters import make_roster

FACTS = ("is-woman", "leads-cluster", "case-pending")
GIVERS = ("self", "cluster", "standing-body")
# With three decimals these fill int64 to its last places.
HUGE = ("9223372036854775", "-9223372036854775", "123456789012.5")


def luck_of(seed):
    """Give the luck of one test."""
    return random.Random(seed)  # noqa: S311 - nothing secret is drawn here


def number(luck, low, high, places=None):
    places = luck.choice([0, 0, 1, 2]) if places is None else places
    whole = luck.randint(low * 10**places, high * 10**places)
    return float(Decimal(whole).scaleb(-places)) if places else whole


class RandomTable:
    """One table as data, its nominees as slow rows, and the same nominees as a roster."""

    def __init__(self, luck, n_rows=6, *, is_tame=False):
        self.luck, self.n_rows, self.is_tame = luck, n_rows, is_tame
        self.edges = {}
        self.points = self.parts(depth=2)
        self.paths = list(self.all_paths(self.points))
        self.data = {"points": self.points}
        if luck.random() < 0.7:
            self.data["scale"] = {"total": number(luck, 1, 150)}
            if luck.random() < 0.5:
                self.data["scale"]["bonus"] = number(luck, 0, 20)
            if luck.random() < 0.3:
                self.data["scale"]["lowest"] = number(luck, -20, 20)
        if luck.random() < 0.8:
            names = ["gold", "silver", "bronze"][: luck.randint(1, 3)]
            cuts = sorted((number(luck, 0, 60) for _ in names), reverse=True)
            self.data["classes"] = {name: self.class_(cut) for name, cut in zip(names, cuts, strict=True)} | (
                {"rest": {}} if luck.random() < 0.5 else {}
            )
        if luck.random() < 0.6:
            self.data["vetoes"] = {
                f"veto{index}": {"when": self.condition(has_class=True), "effect": luck.choice(["not-considered", "down-one-class"])}
                for index in range(luck.randint(1, 2))
            }
        self.columns, self.marks = {}, set()
        self.collect(self.points, "")
        self.facts = {fact: [luck.random() < 0.5 for _ in range(n_rows)] for fact in FACTS}
        self.groups = [luck.choice("ABA") for _ in range(n_rows)]
        if n_rows > 1 and luck.random() < 0.3:
            self.copy_rows()

    def copy_rows(self):
        for values in [*self.columns.values(), *self.facts.values()]:
            values[1] = values[0]

    def class_(self, cut):
        bound = {self.luck.choice(["at_least", "at_least", "above"]): cut}
        return bound | ({"requires": self.condition()} if self.luck.random() < 0.5 else {})

    def condition(self, depth=2, *, has_class=False):
        luck = self.luck
        shape = luck.choice(["points", "points", "points", "fact", *(["class"] if has_class and "classes" in self.data else []), "all", "any", "not"])
        if depth and shape in {"all", "any"}:
            return {shape: [self.condition(depth - 1, has_class=has_class) for _ in range(2)]}
        if depth and shape == "not":
            return {"not": self.condition(depth - 1, has_class=has_class)}
        if shape == "class":
            return {"class": [luck.choice(list(self.data["classes"]))]}
        if shape == "fact":
            return {"fact": luck.choice(FACTS)}
        key = luck.choice(["at_least", "below"]) + luck.choice(["", "_share", "_share_of_mean"])
        value = luck.choice([0, 0.5, 0.85, 1, 1, 1.1]) if "share" in key else number(luck, 0, 30)
        return {"points": luck.choice([*self.paths, "total", "total", "every-criterion"]), key: value}

    def all_paths(self, parts, under=""):
        for name, inner in parts.items():
            yield under + name
            yield from self.all_paths(inner.get("parts", {}), f"{under}{name}.")

    def parts(self, depth):
        luck, made = self.luck, {}
        for name in luck.sample("abcd", luck.randint(1, 3)):
            kind = luck.choice(["criterion", "criterion", "section", "bonus", "penalty"]) if depth else "criterion"
            made[name] = self.criterion() if kind == "criterion" else part(kind, number(luck, 0, 30), parts=self.parts(depth - 1))
        return made

    def criterion(self):
        luck = self.luck
        most = number(luck, 0, 20)
        kind = luck.choice(["proportional", "proportional", "steps", "threshold", "count", "deduct", "event", "highest", "achievements", "mark"])
        made = part(kind, most, **getattr(self, f"some_{kind}")(most))
        if luck.random() < 0.3:
            made["round_to"] = luck.choice([0.01, 0.25, 0.5, 1, 0.3])
        return made

    def some_proportional(self, _most):
        luck, made = self.luck, {}
        if luck.random() < 0.7:
            made["target"] = luck.choice(["own", "own", 7, 12.5, 30, 100, 1100, 0.3, 98765432109])
        if luck.random() < 0.5:
            made["loses"] = {"points": luck.choice([0.1, 1, 0.3, 2]), "per_percent": luck.choice([1, 0.7, 5, 3])}
            made["loses"] |= luck.choice([{}, {"counted": "pro-rata"}, {"counted": "whole-steps"}, {"counted": "started-steps"}])
        if luck.random() < 0.3:
            made["nothing_below"] = luck.choice([50, 33.3, 80])
        return made

    def some_steps(self, most):
        bands = []
        for _ in range(self.luck.randint(1, 4)):
            low = {self.luck.choice(["at_least", "above"]): number(self.luck, 0, 100)} if self.luck.random() < 0.8 else {}
            high = {self.luck.choice(["at_most", "below"]): number(self.luck, 0, 100)} if self.luck.random() < 0.5 else {}
            bands.append(low | high | {"points": number(self.luck, -5, 25)})
        return {"bands": bands}

    def some_threshold(self, _most):
        bound = number(self.luck, 0, 100)
        return self.luck.choice([{}, {"at_least": bound}, {"at_most": bound}, {"when": {"fact": self.luck.choice(FACTS)}}])

    def some_count(self, _most):
        return {"each": number(self.luck, -3, 5)}

    def some_deduct(self, _most):
        return {"events": {name: deduction(number(self.luck, 1, 5), self.luck.choice([None, 1, 3])) for name in self.luck.sample("xyz", 2)}}

    def some_event(self, _most):
        return {"each": number(self.luck, -5, 5)} | self.luck.choice([{}, {"at_most_times": 2}])

    def some_highest(self, _most):
        return {"levels": self.levels()}

    def some_achievements(self, _most):
        return {"levels": self.levels()}

    def levels(self):
        luck = self.luck
        return {name: level(number(luck, -2, 12), {"fact": luck.choice(FACTS)} if luck.random() < 0.3 else None) for name in luck.sample("pqr", 2)}

    def some_mark(self, _most):
        return {"by": self.luck.sample(GIVERS, self.luck.randint(1, 3)), "counts": self.luck.choice(["last", "mean", "median"])}

    def collect(self, parts, under):
        """Fill the columns every criterion needs."""
        names = [path for path in self.paths if "parts" not in self.part_at(path)]
        for name, inner in parts.items():
            path = f"{under}{name}"
            if "parts" in inner:
                self.collect(inner["parts"], f"{path}.")
                continue
            column = name if sum(other.split(".")[-1] == name for other in names) == 1 else path
            self.fill(inner, column)

    def part_at(self, path):
        here = {"parts": self.points}
        for step in path.split("."):
            here = here["parts"][step]
        return here

    def fill(self, inner, column):  # noqa: C901, PLR0912 - one branch for each kind
        kind = inner["kind"]
        if kind == "deduct":
            for event in inner["events"]:
                self.columns[f"{column}.{event}"] = self.counts()
        elif kind in {"event", "count"}:
            self.columns[column] = self.counts()
        elif kind == "highest":
            for name, one in inner["levels"].items():
                if "when" not in one:
                    self.columns[f"{column}.{name}"] = [self.luck.random() < 0.5 for _ in range(self.n_rows)]
        elif kind == "achievements":
            named = [name for name, one in inner["levels"].items() if "when" not in one]
            self.columns[column] = [
                [(self.luck.choice("uvw"), self.luck.choice(named)) for _ in range(self.luck.randint(0, 3)) if named] for _ in range(self.n_rows)
            ]
        elif kind == "mark":
            givers = inner["by"]
            for giver in givers:
                name = column if len(givers) == 1 else f"{column}@{giver}"
                self.columns[name] = self.values(float(inner["points"]), [])
                self.marks.add(name)
        elif kind == "threshold" and not {"at_least", "at_most"} & set(inner):
            if "when" not in inner:
                self.columns[column] = [self.luck.random() < 0.5 for _ in range(self.n_rows)]
        elif kind == "proportional" and inner.get("target") == "own":
            self.columns[f"{column}:target"] = [
                self.luck.choice(["3", "7", "12.5", "100", "9", "1000000007", "0", "-4", "9223372036854775"]) for _ in range(self.n_rows)
            ]
            self.columns[column] = [self.near(target) for target in self.columns[f"{column}:target"]]
        else:
            target = inner.get("target", 100)
            edges = [band[side] for band in inner.get("bands", []) for side in band if side != "points"]
            self.columns[column] = self.values(float(target), [*edges, inner.get("at_least"), inner.get("at_most"), target])

    def near(self, target):
        share = self.luck.choice([0, 0.3, 0.5, 0.9, 1, 1.2, -0.5])
        return str(self.luck.choice([int(float(target) * share), target, self.luck.randint(0, 12), *(() if self.is_tame else HUGE)]))

    def counts(self):
        return [str(self.luck.choice([0, 0, 1, 2, 3, 7, 10**17])) for _ in range(self.n_rows)]

    def values(self, top, edges):
        edges = [edge for edge in edges if edge is not None]
        values = [
            self.luck.choice([*edges, number(self.luck, -1, max(1, int(top * 1.2))), number(self.luck, 0, max(1, int(top)), 3)])
            for _ in range(self.n_rows)
        ]
        if not self.is_tame and self.luck.random() < 0.1:
            values[0] = self.luck.choice(HUGE)
        return list(map(str, values))

    def rows(self):
        """Give the nominees to the slow reader."""
        rows = []
        for index in range(self.n_rows):
            row = {"facts": {fact: values[index] for fact, values in self.facts.items()}}
            for column, values in self.columns.items():
                row[column] = Fraction(values[index]) if isinstance(values[index], str) else values[index]
            rows.append(row)
        return rows

    def roster(self):
        """Give the nominees as a roster."""
        numbers = {column: values for column, values in self.columns.items() if isinstance(values[0], str)}
        answers = {column: values for column, values in self.columns.items() if isinstance(values[0], bool)}
        named = {column: values for column, values in self.columns.items() if isinstance(values[0], list)}
        return make_roster(
            self.n_rows,
            numbers=numbers,
            answers=answers | self.facts,
            clusters=self.groups,
            achievements=[[Achievement(column, *pair) for column, values in named.items() for pair in values[index]] for index in range(self.n_rows)],
        )
