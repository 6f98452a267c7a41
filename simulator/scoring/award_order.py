"""Which awards of a set are scored, and in which order: lowest level first, with every award that a later one asks for in the same year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import iter_tests
from simulator.scoring.codes import make_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.rules.criteria import CriteriaSet

_OF_THIS_YEAR: Final = frozenset({"awarded-this-year", "award-run"})
"""Facts that nobody can have who does not win the award this year."""
_UP_TO_THIS_YEAR: Final = frozenset({*_OF_THIS_YEAR, "award-count"})
"""Facts that winning the award this year can change."""


def awards_in_order(criteria: CriteriaSet, award: str | None = None) -> tuple[str, ...]:
    """Give the awards that are scored, in order.

    One award is scored with all it rests on: those of which it asks whether they were won this year, or in a run up to this year. A count within a window
    rests on the years the list tells, and on this year only where that award is scored anyway: a nominee put forward for one award does not ask for
    another beside it, which would use up initiatives. Without ``award``, all awards of individuals are scored; those of collectives in a set that has no
    other, because one list holds either people or collectives. Awards for a deed outside the yearly round (:func:`outside_the_round`) are scored when asked
    for by name.

    Raises
    ------
    InputError
        If the set has no such award, or awards ask for each other in a circle.
    """
    awards = criteria.awards
    if award is not None and award not in awards:
        file, line = criteria.header_location(len(criteria.headers) - 1, "id")
        raise InputError([make_finding("SR401", file, line, criteria=criteria.id, found=award, known=", ".join(awards))])
    outside = outside_the_round(criteria)
    targets = {entry.target for name, entry in awards.items() if name not in outside}
    target = "individual" if "individual" in targets else "collective"
    waiting: list[str] = []
    for name in [award] if award is not None else [name for name, entry in awards.items() if entry.target == target and name not in outside]:
        _add(criteria, name, waiting, ())
    waiting.sort(key=lambda name: (awards[name].level, name))
    ordered: list[str] = []
    while waiting:
        ready = [name for name in waiting if set(asked_for(criteria, name)).isdisjoint(waiting)]
        # Where windows look at each other in a circle, the lower level comes first.
        best = next((name for name in ready if set(asked_for(criteria, name, _UP_TO_THIS_YEAR)).isdisjoint(waiting)), ready[0])
        waiting.remove(best)
        ordered.append(best)
    return tuple(ordered)


def outside_the_round(criteria: CriteriaSet) -> tuple[str, ...]:
    """Name the awards given for one deed at any time of the year, for which nobody is put forward in the yearly round; none where a set has no other."""
    found = tuple(name for name, entry in criteria.awards.items() if entry.kind == "ad-hoc")
    return found if len(found) < len(criteria.awards) else ()


def _add(criteria: CriteriaSet, name: str, found: list[str], above: tuple[str, ...]) -> None:
    """Add an award and all it rests on."""
    if name in above:
        file, line = criteria.location(name)
        raise InputError([make_finding("SR410", file, line, circle=" → ".join((*above[above.index(name) :], name)))])
    if name in found:
        return
    for earlier in asked_for(criteria, name):
        _add(criteria, earlier, found, (*above, name))
    found.append(name)


def asked_for(criteria: CriteriaSet, award: str, facts: frozenset[str] = _OF_THIS_YEAR) -> Iterator[str]:
    """Go through the other awards of the set of which an award asks one of these facts; by default those it must be scored with."""
    seen = {award}
    for clause in criteria.awards[award].clauses.values():
        if isinstance(clause, Eligibility):
            for _place, test in iter_tests(clause.requires):
                if test.fact in facts and test.award is not None and test.award in criteria.awards and test.award not in seen:
                    seen.add(test.award)
                    yield test.award
