"""What of a criteria set the model can play: what it would read and then leave without effect is refused, because silence would look like "no effect"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import TieuchiError
from simulator.rules.clauses import DirectWorkerFloor, Eligibility, LeaderCap, Quota
from simulator.rules.conditions import iter_single_tests
from simulator.rules.facts import Test
from simulator.rules.stages import TieBreak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.rules.clauses import Clause
    from simulator.rules.conditions import SingleTest
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

PLAYED_FACTS: Final = frozenset(
    {
        "rating",
        "rating-run",
        "rating-count",
        "awarded-this-year",
        "award-run",
        "award-count",
        "years-since-award",
        "unused-initiatives",
        "disciplined-this-year",
        "service-months",
        "leave-days",
    }
)
"""Facts that simulated members have. Every initiative of theirs is taken to reach as far as a clause asks (``scope``)."""

PLAYED_KINDS: Final = frozenset({"merit", "ad-hoc"})


class RegimeError(TieuchiError):
    """A criteria set that the model cannot play."""


def refuse_unplayable(criteria: CriteriaSet) -> None:
    """Refuse a set whose points or vetoes, or whose awards for individuals, ask for what the model has not.

    Awards of collectives, thematic awards and awards for long service are not played at all, so nothing in them is refused.

    Raises
    ------
    RegimeError
        With every clause that cannot be played, by its path.
    """
    reasons = [f"{section}: a set with {section} is scored on a list; the model does not play it" for section in _sections_of_a_table(criteria)]
    for award_id, award in criteria.awards.items():
        reasons.extend(f"{award_id}.{clause_id}: {reason}" for clause_id, reason in _unplayable_clauses(award))
    if reasons:
        raise RegimeError("; ".join(reasons) + ".")


def _sections_of_a_table(criteria: CriteriaSet) -> Iterator[str]:
    yield from (section for section in ("points", "classes", "vetoes") if getattr(criteria, section))


def _unplayable_clauses(award: Award) -> Iterator[tuple[str, str]]:
    if award.target == "individual" and award.kind in PLAYED_KINDS:
        for clause_id, clause in award.clauses.items():
            yield from ((clause_id, reason) for reason in _reasons_against(clause))


def _reasons_against(clause: Clause) -> Iterator[str]:
    match clause:
        case Eligibility():
            yield from dict.fromkeys(reason for _, test in iter_single_tests(clause.requires) for reason in _reasons_against_test(test))
        case Quota(pooling="cluster") | DirectWorkerFloor(pooling="cluster") | LeaderCap(pooling="cluster"):
            yield "the model has no clusters to pool places over"
        case TieBreak():
            yield "the model draws between equals and knows no tie-break"
        case _:
            return


def _reasons_against_test(test: SingleTest) -> Iterator[str]:
    if not isinstance(test, Test):
        yield "the model gives no points and no classes"
    elif test.fact not in PLAYED_FACTS:
        yield f"simulated members have no '{test.fact}'"
    elif test.fact == "unused-initiatives" and test.within_years is not None:
        yield "the model does not know how old an initiative is (within_years)"
