"""A second scorer that shares no line with the first: one nominee, one clause, one order of equals at a time. Whole numbers and fractions only."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations, product

from simulator.rules.facts import RATINGS, SCOPES


class Nominee:
    """One nominee with what becomes of it during the run."""

    def __init__(self, roster, position):
        self.words = {column: str(words[position]) for column, words in roster.words.items()}
        self.answers = {column: bool(answers[position]) for column, answers in roster.answers.items()}
        self.numbers = {column: roster.number(column, position) for column in roster.numbers}
        self.given = {(event.award, event.year) for event in roster.awards[position]}
        self.won = {(event.award, event.year) for event in roster.awards[position]}
        self.initiatives = [one for one in roster.initiatives[position] if not one.is_used]
        self.unit, self.cluster, self.year = roster.units[position], roster.clusters[position], roster.year
        self.points = None


def slow_score(data, roster):
    """Score a roster by the plain data of a set; give a list of (eligible, considered, rank, points, places) for each award, each on its own chain."""
    return {name: slow_chain(name, data, roster) for name in data["awards"]}


def slow_chain(name, data, roster):
    """Decide one award after those it stands on, with nothing of any other award known."""
    people = [Nominee(roster, position) for position in range(roster.n_nominees)]
    for one in people:
        one.points = slow_points(data.get("points", {}), one)
    below = {name}
    while more := {other for other in data["awards"] if other not in below and any(stands_on(data["awards"][one], other) for one in below)}:
        below |= more
    for earlier in sorted(below - {name}, key=lambda other: data["awards"][other]["level"]):
        slow_award(earlier, data["awards"][earlier], data, people, roster)
    return slow_award(name, data["awards"][name], data, people, roster)


def stands_on(award, other):
    """Tell whether an award asks another to be won this year."""
    facts = ("awarded-this-year", "award-run")
    return any(f"'fact': '{fact}', 'award': '{other}'" in str(award["clauses"]) for fact in facts)


def slow_points(points, one):
    """Add up counts, each up to its most."""
    found = {name: min(Fraction(str(part["points"])), Fraction(str(part["each"])) * one.numbers[name]) for name, part in points.items()}
    return {**found, "total": sum(found.values(), Fraction(0))}


def holds(condition, one, *, bare=False):
    """Tell whether one nominee meets one condition; bare: as if it had no initiative."""
    if "all" in condition:
        return all(holds(part, one, bare=bare) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, one, bare=bare) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], one, bare=bare)
    if "points" in condition:
        return one.points[condition["points"]] >= Fraction(str(condition["at_least"]))
    fact = condition["fact"]
    answers = {
        "rating": lambda: one.words[f"rating:{one.year}"] in RATINGS[RATINGS.index(condition["at_least"]) :],
        "awarded-this-year": lambda: (condition["award"], one.year) in one.won,
        "award-run": lambda: all((condition["award"], one.year - ago) in one.won for ago in range(condition["at_least"])),
        "award-count": lambda: (
            sum((condition["award"], one.year - ago) in one.given for ago in range(condition["within_years"])) >= condition["at_least"]
        ),
        "is-woman": lambda: one.answers["is_woman"],
        "leave-days": lambda: one.numbers["leave_days"] < condition["below"],
        "unused-initiatives": lambda: not bare and len(fit(condition, one)) >= condition["at_least"],
    }
    return answers[fact]()


def fit(condition, one):
    """List the initiatives that can serve a condition, those to be used first in front."""
    lowest = SCOPES.index(condition.get("scope", SCOPES[0]))
    able = [initiative for initiative in one.initiatives if SCOPES.index(initiative.scope) >= lowest]
    return sorted(able, key=lambda initiative: (SCOPES.index(initiative.scope), -1 if initiative.year is None else initiative.year))


def use_up(condition, one, before):
    """Use what a condition rests on; ``before`` is the nominee as it stood before the award."""
    if "all" in condition:
        for part in condition["all"]:
            use_up(part, one, before)
    elif "any" in condition:
        if not holds(condition, before, bare=True):
            first = next((part for part in condition["any"] if holds(part, before)), None)
            if first is not None:
                use_up(first, one, before)
    elif condition.get("fact") == "unused-initiatives" and condition["consumed"]:
        for initiative in fit(condition, one)[: condition["at_least"]]:
            one.initiatives.remove(initiative)


def slow_award(name, award, data, people, roster):
    """Decide one award."""
    clauses = award["clauses"].values()
    conditions = [clause["requires"] for clause in clauses if clause["kind"] == "eligibility"]
    waits = [clause["years"] for clause in clauses if clause["kind"] == "cooling-off"]
    gates = [clause for clause in data.get("procedure", {}).values() if clause["kind"] == "sector-gate"]
    eligible = [
        all(holds(condition, one) for condition in conditions)
        and not any((name, one.year - ago) in one.won for years in waits for ago in range(1, years + 1))
        and all(one.words["sector"] != gate["sector"] or holds(gate["requires"], one) for gate in gates)
        and not any(holds(veto["when"], one) for veto in data.get("vetoes", {}).values())
        for one in people
    ]
    quota = next((clause for clause in clauses if clause["kind"] == "quota"), None)
    # Where nothing is short in the whole set, its tie-break is there to put the eligible in order; else it parts equals for a last place.
    nothing_is_short = not any(clause["kind"] == "quota" for each in data["awards"].values() for clause in each["clauses"].values())
    keys = [slow_key(one, data, parts=quota is not None or bool(data.get("points")) or nothing_is_short) for one in people]
    group = slow_groups(people, quota, roster)
    ranks = [
        1 + sum(eligible[j] and group[j] == group[i] and keys[j] > keys[i] for j in range(len(people))) if eligible[i] else 0
        for i in range(len(people))
    ]
    considered, places = ["yes" if may else "no" for may in eligible], [None] * len(people)
    if quota is not None:
        considered, places = slow_places(quota, clauses, people, eligible, keys, roster)
    for one, word in zip(people, considered, strict=True):
        if word == "yes":
            give(name, conditions, one, roster.year)
    return [
        (bool(may), word, rank, one.points["total"] if data.get("points") else None, n)
        for may, word, rank, one, n in zip(eligible, considered, ranks, people, places, strict=True)
    ]


def give(name, conditions, one, year):
    """Give one award: its initiatives are used, and the year is won."""
    before = Nominee.__new__(Nominee)
    before.__dict__ = {**one.__dict__, "won": set(one.won), "initiatives": list(one.initiatives)}
    if not all(holds(condition, before, bare=True) for condition in conditions):
        for condition in conditions:
            use_up(condition, one, before)
    one.won = one.won | {(name, year)}


def slow_key(one, data, *, parts):
    """Give what orders a nominee: points, then each step of the tie-breaks."""
    steps = [step for clause in data.get("procedure", {}).values() if clause["kind"] == "tie-break" for step in clause["prefer"]] if parts else []
    first = one.points["total"] if data.get("points") else 0
    return (first, *(one.points[step["points"]] if "points" in step else int(holds(step["who"], one)) for step in steps))


def slow_groups(people, quota, roster):
    """Say who is ranked with whom: those who share places, else the cluster, else the unit; where each is alone, as if nothing were said."""
    units = [one.unit for one in people]
    usual = [one.cluster for one in people] if any(roster.clusters) else units if len(set(units)) < len(people) else [""] * len(people)
    if quota is None:
        return usual
    shared = [{"unit": one.unit, "cluster": one.cluster, "kind": one.cluster, "all": ""}[quota["pooling"]] for one in people]
    return shared if len(set(shared)) < len(people) else usual


def slow_places(quota, clauses, people, eligible, keys, roster):
    """Fill the places of every pool, in every order of the equals."""
    pool_of = [{"unit": one.unit, "cluster": one.cluster, "kind": one.cluster, "all": ""}[quota["pooling"]] for one in people]
    considered, places = ["no"] * len(people), [None] * len(people)
    for pool in dict.fromkeys(pool_of):
        members = [i for i, name in enumerate(pool_of) if name == pool]
        n = n_places_of(quota, pool, members, people, eligible, roster)
        for i in members:
            places[i] = n
        among = [i for i in members if eligible[i]]
        if n is None:
            for i in among:
                considered[i] = "not counted"
            continue
        outcomes = [fill(order, n, clauses, people) for order in orders_of(keys, among)]
        for i in among:
            wins = [i in winners for winners in outcomes]
            considered[i] = "yes" if all(wins) else "council decides" if any(wins) else "no"
    return considered, places


def n_places_of(quota, pool, members, people, eligible, roster):
    """Count the places of one pool; None where a head-count is missing."""
    if "places" in quota:
        return quota["places"]
    if quota["of"] == "eligible":
        base = sum(eligible[i] for i in members)
    else:
        units = set(roster.headcounts) | {one.unit for one in people} if quota["pooling"] == "all" else {people[i].unit for i in members}
        counts = [roster.headcounts.get(unit, {}).get("staff") for unit in units]
        if None in counts:
            return None
        base = sum(counts)
    exact = Fraction(str(quota["share"])) * base
    return {"floor": math.floor(exact), "ceiling": math.ceil(exact), "nearest": math.floor(exact + Fraction(1, 2))}[quota["rounding"]]


def orders_of(keys, among):
    """Go through every order in which nobody stands behind a lower key."""
    ties = [[i for i in among if keys[i] == key] for key in sorted({keys[i] for i in among}, reverse=True)]
    for choice in product(*(list(permutations(tie)) for tie in ties)):
        yield [i for tie in choice for i in tie]


def fill(order, n, clauses, people):
    """Go down one order and take whom no limit keeps out."""
    most_leaders = min([math.floor(n * Fraction(str(clause["share"]))) for clause in clauses if clause["kind"] == "leader-cap"], default=n)
    kept_free = max([math.ceil(n * Fraction(str(clause["share"]))) for clause in clauses if clause["kind"] == "direct-worker-floor"], default=0)
    winners = []
    for i in order:
        roles = [people[j].words.get("role") for j in (*winners, i)]
        n_leaders = sum(role in {"deputy", "head"} for role in roles)
        n_others = sum(role not in {"direct", "staff"} for role in roles)
        if len(roles) <= n and n_leaders <= most_leaders and n_others <= n - kept_free:
            winners.append(i)
    return set(winners)
