"""Which awards of a set are scored, and in which order: lowest level first, with every award that a later one asks for in the same year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.errors import InputError
from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import iter_tests
from simulator.scoring.codes import make_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.rules.criteria import CriteriaSet

_LOOKS_AT_THIS_YEAR = frozenset({"awarded-this-year", "award-run", "award-count"})


def awards_in_order(criteria: CriteriaSet, award: str | None = None) -> tuple[str, ...]:
    """Give the awards that are scored, in order.

    One award is scored with all it rests on: those of which it asks whether they were won this year, or in a run or window that this year belongs to. So an
    award is judged the same whether it is asked for alone or with the whole set. Without ``award``, all awards of individuals are scored; those of
    collectives in a set that has no other, because one list holds either people or collectives.

    Raises
    ------
    InputError
        If the set has no such award, or awards ask for each other in a circle.
    """
    awards = criteria.awards
    if award is not None and award not in awards:
        file, line = criteria.header_location(len(criteria.headers) - 1, "id")
        raise InputError([make_finding("SR401", file, line, criteria=criteria.id, found=award, known=", ".join(awards))])
    targets = {entry.target for entry in awards.values()}
    target = "individual" if "individual" in targets else "collective"
    wanted = [award] if award is not None else [name for name, entry in awards.items() if entry.target == target]
    ordered: list[str] = []
    for name in sorted(wanted, key=lambda name: (awards[name].level, name)):
        _add(criteria, name, ordered, ())
    return tuple(ordered)


def _add(criteria: CriteriaSet, name: str, ordered: list[str], waiting: tuple[str, ...]) -> None:
    """Put an award behind all it rests on."""
    if name in waiting:
        file, line = criteria.location(name)
        raise InputError([make_finding("SR410", file, line, circle=" → ".join((*waiting[waiting.index(name) :], name)))])
    if name in ordered:
        return
    for earlier in asked_for(criteria, name):
        _add(criteria, earlier, ordered, (*waiting, name))
    ordered.append(name)


def asked_for(criteria: CriteriaSet, award: str) -> Iterator[str]:
    """Go through the awards of the set that an award asks for in the year decided."""
    seen = {award}
    for clause in criteria.awards[award].clauses.values():
        if isinstance(clause, Eligibility):
            for _place, test in iter_tests(clause.requires):
                if test.fact in _LOOKS_AT_THIS_YEAR and test.award is not None and test.award in criteria.awards and test.award not in seen:
                    seen.add(test.award)
                    yield test.award
