"""What of a criteria set the model can play: what it would read and then leave without effect is refused, because silence would look like "no effect"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import TieuchiError
from simulator.rules.clauses import CoolingOff, DirectWorkerFloor, Eligibility, LeaderCap, Quota, ScoreThreshold
from simulator.rules.conditions import iter_single_tests
from simulator.rules.facts import Test
from simulator.rules.stages import SectorGate, TieBreak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.rules.clauses import Clause, Pooling
    from simulator.rules.conditions import Condition, SingleTest
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

_OF_BOTH: Final = frozenset(
    {"rating", "rating-run", "rating-count", "awarded-this-year", "award-run", "award-count", "years-since-award", "sector"},
)
PLAYED_FACTS: Final[Mapping[str, frozenset[str]]] = {
    "individual": _OF_BOTH | {"unused-initiatives", "disciplined-this-year", "service-months", "leave-days", "role", "is-direct-worker"},
    "collective": _OF_BOTH | {"members-awarded", "members-rated", "members-disciplined", "leads-cluster", "years-established"},
}
"""Facts that simulated members, and simulated collectives, have. Every initiative is taken to reach as far as a clause asks (``scope``)."""

PLAYED_KINDS: Final[Mapping[str, frozenset[str]]] = {"individual": frozenset({"merit", "ad-hoc"}), "collective": frozenset({"merit"})}
"""Kinds of award that are played. Thematic awards and awards for long service are not, so nothing in them is refused."""

_WORD_FOR: Final[Mapping[str, str]] = {"individual": "members", "collective": "collectives"}
_WIDTH: Final[Mapping[Pooling, int]] = {"unit": 0, "cluster": 1, "kind": 2, "all": 3}


class RegimeError(TieuchiError):
    """A criteria set that the model cannot play."""


def is_played(award: Award) -> bool:
    """Whether the model gives this award to anybody."""
    return award.kind in PLAYED_KINDS[award.target]


def never_binds(clause: DirectWorkerFloor | LeaderCap) -> bool:
    """Whether a floor or a cap leaves everything as it is."""
    return clause.share == (0 if isinstance(clause, DirectWorkerFloor) else 1)


def refuse_unplayable(criteria: CriteriaSet) -> None:
    """Refuse a set whose points or vetoes, or whose awards, ask for what the model has not.

    Raises
    ------
    RegimeError
        With every clause that cannot be played, by its path.
    """
    reasons = [f"{path}: {reason}" for path, reason in iter_unplayable(criteria)]
    if reasons:
        raise RegimeError("; ".join(reasons) + ".")


def iter_unplayable(criteria: CriteriaSet) -> Iterator[tuple[str, str]]:
    """Go through what the model refuses of a set: the path of a section, an award or a clause, and why."""
    yield from ((section, f"a set with {section} is scored on a list; the model does not play it") for section in _sections_of_a_table(criteria))
    for award_id, award in criteria.awards.items():
        if is_played(award):
            yield from ((f"{award_id}.{clause_id}", reason) for clause_id, reason in _unplayable_clauses(award))
            yield from ((award_id, reason) for reason in _reasons_against_limits(award))
    yield from _unplayable_gates(criteria)


def _sections_of_a_table(criteria: CriteriaSet) -> Iterator[str]:
    yield from (section for section in ("points", "classes", "vetoes") if getattr(criteria, section))


def _unplayable_clauses(award: Award) -> Iterator[tuple[str, str]]:
    for clause_id, clause in award.clauses.items():
        yield from ((clause_id, reason) for reason in _reasons_against(clause, award))


def _reasons_against(clause: Clause, award: Award) -> Iterator[str]:
    match clause:
        case Eligibility():
            yield from _reasons_against_condition(clause.requires, award.target)
        case DirectWorkerFloor() | LeaderCap() if award.target == "collective" and not never_binds(clause):
            yield "collectives hold no posts, so they have no floor for direct workers and no cap for leaders"
        case Quota(pooling="unit") if award.target == "collective":
            yield "a collective has no places of its own: its quota is counted over a cluster, a kind or all"
        case TieBreak():
            yield "the model draws between equals and knows no tie-break"
        case _:
            return


def _unplayable_gates(criteria: CriteriaSet) -> Iterator[tuple[str, str]]:
    """Find gates that ask what those they stand before have not."""
    for path, gate in criteria.iter_clauses():
        if isinstance(gate, SectorGate):
            gated = [award for award_id, award in criteria.awards.items() if is_played(award) and (not gate.awards or award_id in gate.awards)]
            for target in dict.fromkeys(award.target for award in gated):
                yield from ((path, reason) for reason in _reasons_against_condition(gate.requires, target))


def _reasons_against_condition(condition: Condition, target: str) -> Iterator[str]:
    yield from dict.fromkeys(reason for _, test in iter_single_tests(condition) for reason in _reasons_against_test(test, target))


def _reasons_against_test(test: SingleTest, target: str) -> Iterator[str]:
    if not isinstance(test, Test):
        yield "the model gives no points and no classes"
    elif test.fact not in PLAYED_FACTS[target]:
        yield f"simulated {_WORD_FOR[target]} have no '{test.fact}'"
    elif test.fact == "unused-initiatives" and test.within_years is not None:
        yield "the model does not know how old an initiative is (within_years)"


def _reasons_against_limits(award: Award) -> Iterator[str]:
    """Tell which clauses of an award would be read and then left without effect beside its others."""
    clauses = list(award.clauses.values())
    quota = next((clause for clause in clauses if isinstance(clause, Quota)), None)
    binding = [clause for clause in clauses if isinstance(clause, DirectWorkerFloor | LeaderCap) and not never_binds(clause)]
    counted = {clause.counts_as_direct for clause in binding if isinstance(clause, DirectWorkerFloor)}
    poolings = {clause.pooling for clause in binding}
    if award.kind == "ad-hoc" and (binding or any(isinstance(clause, Quota | CoolingOff | ScoreThreshold) for clause in clauses)):
        yield "an ad hoc award has no quota, floor, cap, cooling-off or threshold in this version"
    elif binding and quota is None:
        yield "a floor for direct workers or a cap for leaders needs a quota, of which it is a share"
    elif len(counted) > 1:
        yield "several floors must count the same posts as direct workers"
    elif len(poolings) > 1:
        yield "floors and caps of one award must be counted over the same pool"
    elif quota is not None and _WIDTH[quota.pooling] > min((_WIDTH[pooling] for pooling in poolings), default=3):
        yield f"floors and caps cannot be counted over less than the quota, which is counted over '{quota.pooling}'"
