"""Random small worlds: a population, a playable criteria set and behaviour, all moved at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from simulator.history import Role
from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.shock import Shock
from simulator.population.generator import Population
from simulator.ranking import Groups
from tests.oracle.values import VALUES
from tests.rules.random_sets import as_set

if TYPE_CHECKING:
    from simulator.rules.criteria import CriteriaSet

WORDS = {"vi": "Thử", "en": "Trial"}
GROUND = {"title": WORDS, "assumption": WORDS}
FOCUS = "fighter"
LADDER = (("worker", 1, "unit"), ("fighter", 2, "unit"), ("province-fighter", 3, "province"), ("certificate", 3, "province"), ("order", 4, "state"))
COLLECTIVES = (("good-unit", 1, "unit"), ("flag", 2, "province"))
SECTORS = ("public", "enterprise")
SHARES = st.sampled_from([0.1, 0.15, 0.2, 0.25, 0.3, 0.333, 0.5, 0.7, 0.8, 1.0])
POOLINGS = st.sampled_from(["unit", "unit", "kind", "cluster", "all"])
WIDER = {"unit": ["unit", "kind", "cluster", "all"], "cluster": ["cluster"], "kind": ["kind"], "all": ["all"]}


@dataclass(frozen=True)
class Scenario:
    """All that decides a history."""

    rules: dict[str, Any]
    behaviour: dict[str, Any]
    kinds: tuple[dict[str, Any], ...]
    seed: int
    years: int
    first_year: int = 1
    next_rules: dict[str, Any] | None = None
    next_behaviour: dict[str, Any] | None = None
    focus: str = FOCUS
    shock: dict[str, Any] | None = None

    def criteria(self) -> CriteriaSet:
        return as_set(self.rules)

    def next_criteria(self) -> CriteriaSet | None:
        return None if self.next_rules is None else as_set(self.next_rules)

    def shock_felt(self) -> Shock | None:
        return None if self.shock is None else Shock(**self.shock)

    def numbers(self) -> Behaviour:
        return Behaviour(**self.behaviour)

    def next_numbers(self) -> Behaviour | None:
        return None if self.next_behaviour is None else Behaviour(**self.next_behaviour)

    def population(self) -> Population:
        sizes, kind, role, cluster = [], [], [], []
        for position, words in enumerate(self.kinds):
            first = cluster[-1] + 1 if cluster else 0
            for number, size in enumerate(words["sizes"]):
                sizes.append(size)
                kind.append(position)
                cluster.append(first + number // words["cluster"])
                role += roles(size, words["leaders"], words["direct"])
        return Population(
            groups=Groups.of_sizes(np.array(sizes)),
            kind=np.array(kind, dtype=np.int8),
            kinds=tuple(f"kind-{position}" for position in range(len(self.kinds))),
            role=np.array(role, dtype=np.int8),
            cluster=np.array(cluster),
            sectors=tuple(words["sector"] for words in self.kinds),
            age=np.array([3 * number % 7 + 1 for number in range(len(sizes))]),
        )


def roles(size: int, leaders: int, direct: float) -> list[int]:
    leaders = min(leaders, size)
    n_direct = round(direct * (size - leaders))
    high = [Role.HEAD, *[Role.DEPUTY] * leaders][:leaders]
    return [int(role) for role in [*high, *[Role.STAFF] * (size - leaders - n_direct), *[Role.DIRECT] * n_direct]]


def a_clause(kind: str, **words: Any) -> dict[str, Any]:
    return {"kind": kind, **GROUND, **words}


def a_set(awards: dict[str, Any], procedure: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "id": "trial",
        "title": WORDS,
        "status": "illustrative",
        "drafting_state": "drafting",
        "valid": {"from": date(2021, 1, 1)},
        "checked_on": date(2026, 11, 22),
        "procedure": procedure or {},
        "awards": awards,
    }


@st.composite
def conditions(draw: st.DrawFn, below: list[str], *, depth: int = 1) -> dict[str, Any]:
    """Draw a condition on a member, who may hold the awards below."""
    simple: list[st.SearchStrategy[dict[str, Any]]] = [
        st.builds(lambda rating: {"fact": "rating", "at_least": rating}, st.sampled_from(["completed", "completed-well", "excellent"])),
        st.builds(
            lambda rating, n: {"fact": "rating-run", "rating": rating, "at_least": n},
            st.sampled_from(["completed-well", "excellent"]),
            st.integers(1, 3),
        ),
        st.builds(
            lambda rating, n, more: {"fact": "rating-count", "rating": rating, "at_least": n, "within_years": n + more},
            st.sampled_from(["completed-well", "excellent"]),
            st.integers(1, 3),
            st.integers(0, 2),
        ),
        st.just({"not": {"fact": "disciplined-this-year"}}),
        st.builds(lambda n: {"fact": "service-months", "at_least": n}, st.sampled_from([1, 12, 24, 36, 80])),
        st.just({"not": {"fact": "role", "one_of": ["head"]}}),
        st.just({"fact": "sector", "one_of": ["public"]}),
        st.just({"fact": "is-direct-worker"}),
        st.builds(lambda consumed: {"fact": "unused-initiatives", "at_least": 1, "consumed": consumed}, st.booleans()),
    ]
    if below:
        simple += 3 * [history_tests(below)]
    if depth and draw(st.booleans()):
        parts = draw(st.lists(conditions(below, depth=0), min_size=2, max_size=3))
        return {draw(st.sampled_from(["all", "any", "any"])): parts}
    return draw(st.one_of(*simple))


def or_not(tests: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a test, or now and then that it must not hold."""
    return st.builds(lambda test, is_refused: {"not": test} if is_refused else test, tests, st.sampled_from([False, False, False, True]))


def history_tests(below: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    award = st.sampled_from(below)
    of_history = st.one_of(
        st.builds(lambda of: {"fact": "awarded-this-year", "award": of}, award),
        st.builds(lambda of, n: {"fact": "award-run", "award": of, "at_least": n}, award, st.integers(1, 3)),
        st.builds(
            lambda of, n, more: {"fact": "award-count", "award": of, "at_least": n, "within_years": n + more},
            award,
            st.integers(1, 3),
            st.sampled_from([0, 1, 2, 3, 26, 29, 30, 60]),
        ),
        st.builds(lambda of, n: {"fact": "years-since-award", "award": of, "at_least": n}, award, st.integers(1, 3)),
    )
    return or_not(of_history)


@st.composite
def quotas(draw: st.DrawFn, below: list[str], poolings: st.SearchStrategy[str] = POOLINGS) -> dict[str, Any]:
    pooling = draw(poolings)
    if draw(st.integers(0, 4)) == 0:
        return a_clause("quota", places=draw(st.integers(0, 4)), pooling=pooling)
    of: Any = draw(st.sampled_from(["staff", "staff", "eligible", *({"holders_of": award} for award in below[-1:])]))
    rounding = draw(st.sampled_from(["floor", "nearest", "ceiling", "systematic"]))
    return a_clause("quota", share=draw(SHARES), of=of, pooling=pooling, rounding=rounding)


@st.composite
def clauses(draw: st.DrawFn, below: list[str], *, needs_quota: bool) -> dict[str, Any]:
    """Draw the clauses of a merit award of members."""
    found: dict[str, Any] = {"money": a_clause("money", multiple=draw(st.sampled_from([0.3, 0.8, 1.0, 1.5, 3.0, 5.5])))}
    for number in range(draw(st.integers(0, 2))):
        found[f"condition-{number}"] = a_clause("eligibility", requires=draw(conditions(below)))
    if needs_quota or draw(st.integers(0, 3)):
        quota = found["places"] = draw(quotas(below))
        pooling = draw(st.sampled_from(WIDER[quota["pooling"]]))
        if draw(st.integers(0, 3)) == 0:
            counts = draw(st.sampled_from([["direct"], ["direct", "staff"]]))
            found["floor"] = a_clause("direct-worker-floor", share=draw(SHARES), counts_as_direct=counts, pooling=pooling)
        if draw(st.integers(0, 3)) == 0:
            found["cap"] = a_clause("leader-cap", share=draw(SHARES), pooling=pooling)
    if draw(st.integers(0, 3)) == 0:
        found["cooling-off"] = a_clause("cooling-off", years=draw(st.integers(1, 3)))
    if draw(st.integers(0, 4)) == 0:
        found["threshold"] = a_clause("score-threshold", at_least=draw(st.sampled_from([-1.0, -0.25, 0.0, 0.5])))
    if draw(st.integers(0, 4)) == 0:
        found["pay-step"] = a_clause("pay-step", share=draw(st.sampled_from([0.05, 0.1])), months=draw(st.sampled_from([6, 12])))
    return found


@st.composite
def collective_clauses(draw: st.DrawFn, members_win: list[str], below: list[str]) -> dict[str, Any]:
    """Draw the clauses of an award of collectives."""
    by_share = st.builds(lambda word, share: {word: share}, st.sampled_from(["at_least_share", "more_than_share"]), SHARES)
    tests: list[st.SearchStrategy[dict[str, Any]]] = [
        or_not(st.builds(lambda of, how: {"fact": "members-awarded", "award": of, **how}, st.sampled_from(members_win), by_share)),
        st.builds(lambda of, n: {"fact": "members-awarded", "award": of, "at_least": n}, st.sampled_from(members_win), st.integers(1, 3)),
        st.builds(lambda rating, how: {"fact": "members-rated", "rating": rating, **how}, st.sampled_from(["completed", "completed-well"]), by_share),
        st.just({"not": {"fact": "members-disciplined", "at_least": 1}}),
        st.just({"fact": "leads-cluster"}),
        st.builds(lambda n: {"fact": "years-established", "at_least": n}, st.integers(1, 8)),
        st.builds(lambda rating: {"fact": "rating", "at_least": rating}, st.sampled_from(["completed", "completed-well"])),
    ]
    if below:
        tests.append(history_tests(below))
    found = {f"condition-{number}": a_clause("eligibility", requires=draw(st.one_of(*tests))) for number in range(draw(st.integers(0, 2)))}
    found["money"] = a_clause("money", multiple=draw(st.sampled_from([0.8, 1.5, 4.0])))
    if draw(st.booleans()):
        found["places"] = draw(quotas(below, st.sampled_from(["cluster", "kind", "all"])))
    if draw(st.integers(0, 3)) == 0:
        found["cooling-off"] = a_clause("cooling-off", years=draw(st.integers(1, 2)))
    return found


@st.composite
def stages(draw: st.DrawFn, awards: list[str]) -> dict[str, Any]:
    """Draw a stage of the procedure."""
    words: dict[str, Any] = {"level": draw(st.sampled_from(["unit", "cluster", "province", "state"])), "order": draw(st.integers(1, 4))}
    if draw(st.booleans()):
        threshold, counts = draw(st.sampled_from([0.5, 0.667, 0.8, 0.9])), draw(st.sampled_from(["all-members", "present"]))
        words["vote"] = {"threshold": threshold, "counts": counts}
    if draw(st.booleans()):
        words["posting_days"] = draw(st.integers(0, 12))
    if draw(st.booleans()):
        words["consults"] = [WORDS] * draw(st.integers(1, 3))
    if draw(st.booleans()):
        words["delay_days"] = draw(st.integers(0, 60))
    if draw(st.integers(0, 2)) == 0:
        words["appraisers"] = draw(st.integers(1, 4))
    if draw(st.integers(0, 2)) == 0:
        words["audit_share"] = draw(st.sampled_from([0.0, 0.1, 0.5, 1.0]))
    if draw(st.integers(0, 2)) == 0:
        words["strictness"] = draw(st.sampled_from([0.3, 0.5, 0.7]))
    if words["level"] != "unit" and draw(st.integers(0, 2)) == 0:
        words["awards"] = draw(st.lists(st.sampled_from(awards), min_size=1, max_size=2, unique=True))
    return a_clause("stage", **words)


@st.composite
def procedures(draw: st.DrawFn, awards: list[str], *, has_ad_hoc: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        weights = draw(
            st.sampled_from([(5.0, 2.0, 2.0, 1.0), (2.0, 1.0, 6.0, 1.0), (1.0, 0.0, 0.0, 0.0), (0.4, 0.6, 0.0, 0.0), (1.0, 1.0, 1.0, 1.0)])
        )
        found["weights"] = a_clause("weights", **dict(zip(("results", "initiative", "scope", "conduct"), weights, strict=True)))
    if draw(st.integers(0, 2)) == 0:
        found["rating-cap"] = a_clause("rating-cap", rating="excellent", share=draw(st.sampled_from([0.1, 0.2, 0.5])), of="good")
    for number in range(draw(st.integers(0, 3))):
        found[f"stage-{number}"] = draw(stages(awards))
    levels = {clause["level"] for clause in found.values() if clause["kind"] == "stage"}
    for authority in ("unit", "province"):
        if authority not in levels and draw(st.integers(0, 2)) == 0:
            appraisers, share = draw(st.integers(1, 3)), draw(st.sampled_from([0.0, 0.2, 1.0]))
            found[f"appraisal-{authority}"] = a_clause("appraisal", authority=authority, appraisers=appraisers, audit_share=share)
    if has_ad_hoc:
        track = a_clause("ad-hoc-track", counts_for_ladder=draw(st.booleans()))
        if draw(st.booleans()):
            track["decided_within_days"] = draw(st.integers(1, 60))
        found["track"] = track
    if draw(st.integers(0, 3)) == 0:
        found["gate"] = a_clause("sector-gate", sector="enterprise", requires={"fact": "rating", "at_least": "completed-well"})
        if draw(st.booleans()):
            found["gate"]["awards"] = [draw(st.sampled_from(awards))]
    return found


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a criteria set the model can play."""
    chosen = [award for award in LADDER if award[0] == FOCUS or draw(st.booleans())]
    awards: dict[str, Any] = {}
    below: list[str] = []
    for award_id, level, authority in chosen:
        lower = [other for other in below if awards[other]["level"] < level]
        awards[award_id] = {"title": WORDS, "target": "individual", "kind": "merit", "level": level, "authority": authority}
        awards[award_id]["clauses"] = draw(clauses(lower, needs_quota=award_id == FOCUS))
        below.append(award_id)
    members_win, below = list(below), []
    has_ad_hoc = draw(st.integers(0, 2)) == 0
    if has_ad_hoc:
        head = {"title": WORDS, "target": "individual", "kind": "ad-hoc", "level": 1, "authority": "unit"}
        rated, unused = {"fact": "rating", "at_least": "completed-well"}, {"fact": "unused-initiatives", "at_least": 1, "consumed": True}
        asked = draw(st.sampled_from([None, rated, unused, {"not": {"fact": "disciplined-this-year"}}]))
        clauses_of = {"money": a_clause("money", multiple=0.5)} | ({"condition": a_clause("eligibility", requires=asked)} if asked else {})
        awards["sudden"] = {**head, "clauses": clauses_of}
    if draw(st.booleans()):
        for award_id, level, authority in COLLECTIVES:
            if draw(st.booleans()):
                head = {"title": WORDS, "target": "collective", "kind": "merit", "level": level, "authority": authority}
                awards[award_id] = {**head, "clauses": draw(collective_clauses(members_win, below))}
                below.append(award_id)
    yearly = [award for award in awards if award != "sudden"]
    return a_set(awards, draw(procedures(yearly, has_ad_hoc=has_ad_hoc)))


@st.composite
def behaviours(draw: st.DrawFn) -> dict[str, Any]:
    names = sorted(VALUES)
    how_many = draw(st.sampled_from([0, 4, 12, 30, len(names)]))
    moved = draw(st.permutations(names))[:how_many] if how_many < len(names) else names
    found: dict[str, Any] = {name: draw(st.sampled_from(VALUES[name])) for name in moved}
    if draw(st.integers(0, 2)) == 0:
        found["ladder_weight"] = draw(st.sampled_from([0.1, 0.2]))
    others = sum(found.get(f"{name}_weight", 0.0) for name in ("turn", "rank", "prestige", "lottery", "ladder"))
    if others > 1:
        found["turn_weight"] = 0.0
    found["structure"] = draw(st.sampled_from(STRUCTURES))
    found["learns"] = draw(st.booleans())
    return found


@st.composite
def kinds(draw: st.DrawFn, largest: int) -> dict[str, Any]:
    return {
        "sizes": draw(st.lists(st.integers(1, largest), min_size=1, max_size=4)),
        "leaders": draw(st.integers(1, 3)),
        "direct": draw(st.sampled_from([0.0, 0.5, 1.0])),
        "cluster": draw(st.integers(1, 3)),
        "sector": draw(st.sampled_from(SECTORS)),
    }


@st.composite
def later_rules(draw: st.DrawFn, former: dict[str, Any]) -> dict[str, Any]:
    """Draw a set that takes over, and what it makes of the titles of the former one."""
    found = draw(rules())
    found["id"] = "later"
    members = [award for award, words in former["awards"].items() if words["target"] == "individual"]
    known = [award for award, words in found["awards"].items() if words["target"] == "individual" and award != "sudden"]
    for number, award in enumerate(draw(st.lists(st.sampled_from(members), max_size=3, unique=True))):
        counts_as = draw(st.sampled_from([None, *known]))
        of_set = draw(st.sampled_from(["trial", "trial", "trial", "another"]))
        words = {"award": award, "of_set": of_set} | ({"counts_as": counts_as} if counts_as else {})
        found["procedure"][f"transition-{number}"] = a_clause("transition", **words)
    return found


def shocks(kinds_of_unit: int, years: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "years": st.frozensets(st.integers(1, years), min_size=1),
            "kinds": st.frozensets(st.sampled_from([f"kind-{position}" for position in range(kinds_of_unit)]), min_size=1),
            "roles": st.frozensets(st.sampled_from(list(Role)), min_size=1),
            "deeds": st.sampled_from([0.5, 1.0, 4.0]),
            "merit": st.sampled_from([-0.5, 0.0, 0.3]),
        }
    )


@st.composite
def scenarios(draw: st.DrawFn, *, largest: int = 30, most_years: int = 8) -> Scenario:
    """Draw a whole scenario: a warm-up or none, a new set that takes over in year 1 or none, a shock or none."""
    baseline = draw(rules())
    places = tuple(draw(st.lists(kinds(largest), min_size=1, max_size=3)))
    years = draw(st.integers(3, most_years))
    first_year = draw(st.sampled_from([1, 0, -1, -2]))
    takes_over = first_year < 1 and draw(st.booleans())
    collectives = [award for award, words in baseline["awards"].items() if words["target"] == "collective"]
    return Scenario(
        rules=baseline,
        behaviour=draw(behaviours()),
        kinds=places,
        seed=draw(st.integers(0, 2**63 - 1)),
        years=max(years, 2 - first_year),
        first_year=first_year,
        next_rules=draw(later_rules(baseline)) if takes_over else None,
        next_behaviour=draw(st.one_of(st.none(), behaviours())) if takes_over else None,
        focus=draw(st.sampled_from([FOCUS, FOCUS, *collectives])) if not takes_over else FOCUS,
        shock=draw(st.one_of(st.none(), st.none(), shocks(len(places), years))),
    )
