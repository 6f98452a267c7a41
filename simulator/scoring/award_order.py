"""Which awards of a set are scored, and on which others each stands in the same year: its chain, lowest level first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import iter_tests
from simulator.scoring.codes import make_finding
from simulator.scoring.kept import kept_with_its_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.criteria import CriteriaSet

OF_THIS_YEAR: Final = frozenset({"awarded-this-year", "award-run"})
"""Facts that nobody can have who does not win the award this year; a count within a window and a wait read decided awards only."""


@kept_with_its_set
def awards_in_order(criteria: CriteriaSet, award: str | None = None) -> tuple[str, ...]:
    """Give the awards that are scored, lowest level first, each after those it stands on.

    An award stands on those of which it asks whether they were won this year, or in a run up to this year. Without ``award``, all awards of individuals are
    scored; those of collectives in a set that has no other, because one list holds either people or collectives. Awards for a deed
    outside the yearly round (:func:`outside_the_round`) are scored when asked for by name.

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
    return tuple(name for wave in _waves(criteria, waiting) for name in sorted(wave))


@kept_with_its_set
def chain_of(criteria: CriteriaSet, award: str) -> tuple[tuple[str, ...], ...]:
    """Give the awards one award stands on in the same year, and at last itself: lowest level first, those of one step decided at once.

    It depends on no other award of the set, and on neither ids nor the order of the file: within one step, and where what they use up must be told one after
    the other, awards stand in the order of what they ask.
    """
    chain: list[str] = []
    _add(criteria, award, chain, ())
    return tuple(_waves(criteria, chain))


def _waves(criteria: CriteriaSet, names: list[str]) -> Iterator[tuple[str, ...]]:
    """Part awards into steps: of those that wait for no other, the ones of the lowest level."""
    waiting = sorted(names, key=lambda name: (criteria.awards[name].level, criteria.awards[name].model_dump_json(include={"clauses"}), name))
    while waiting:
        ready = [name for name in waiting if set(asked_for(criteria, name)).isdisjoint(waiting)]
        lowest = criteria.awards[ready[0]].level
        wave = tuple(name for name in ready if criteria.awards[name].level == lowest)
        waiting = [name for name in waiting if name not in wave]
        yield wave


def outside_the_round(criteria: CriteriaSet) -> tuple[str, ...]:
    """Name the awards given for one deed at any time of the year, for which nobody is put forward in the yearly round; none where a set has no other."""
    found = tuple(name for name, entry in criteria.awards.items() if entry.kind == "ad-hoc")
    return found if len(found) < len(criteria.awards) else ()


def of_collectives_beside(criteria: CriteriaSet) -> tuple[str, ...]:
    """Name the awards of collectives that a list of people leaves out: those of the yearly round in a set that has awards of people as well."""
    outside = outside_the_round(criteria)
    yearly = {name: entry.target for name, entry in criteria.awards.items() if name not in outside}
    return tuple(name for name, target in yearly.items() if target == "collective") if "individual" in yearly.values() else ()


def say_left_out(criteria: CriteriaSet, awards: tuple[str, ...], file: str) -> Iterator[Finding]:
    """Say which awards of a set are not among those scored together: those for a deed, and those of collectives where people are listed.

    Parameters
    ----------
    criteria
        The set.
    awards
        Those that are scored.
    file
        What the findings are about.
    """
    for code, found in (("SR415", outside_the_round(criteria)), ("SR417", of_collectives_beside(criteria))):
        left_out = [name for name in found if name not in awards]
        if left_out:
            yield make_finding(code, file, 1, awards=", ".join(left_out))


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


def asked_for(criteria: CriteriaSet, award: str) -> Iterator[str]:
    """Go through the other awards of the set that an award asks to be won this year: it must be scored with them."""
    seen = {award}
    for clause in criteria.awards[award].clauses.values():
        if isinstance(clause, Eligibility):
            for _place, test in iter_tests(clause.requires):
                if test.fact in OF_THIS_YEAR and test.award is not None and test.award in criteria.awards and test.award not in seen:
                    seen.add(test.award)
                    yield test.award
