"""Can the ladder be climbed? Awards that wait for each other, runs that a cooling-off forbids, counts nobody can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.rules.clauses import CoolingOff, Eligibility, HoldersOf, Quota
from simulator.rules.conditions import iter_tests, necessary_tests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject

_NEEDS_THE_AWARD = frozenset({"awarded-this-year", "award-run", "award-count"})
_PLACES = "quota"
"""What stands for the fact where it is the places that depend on another award: without its holders there are none."""


class _Step(NamedTuple):
    """One award that another asks for, whichever way its conditions are met."""

    award: str
    fact: str
    times: int
    within_years: int | None
    clause: str
    place: str


def check(subject: Subject) -> Iterator[Finding]:
    """Look for steps that cannot be taken."""
    steps = {award_id: list(_steps_to(subject, award_id)) for award_id in subject.criteria.awards}
    circles = _find_circles(steps)
    for circle in circles:
        place = next(step.place for step in steps[circle[0]] if step.award == circle[1])
        yield subject.find("RL308", place, circle=" → ".join(circle))
    circling = {award for circle in circles for award in circle}
    for award_id, needed in steps.items():
        for step in needed:
            yield from _out_of_reach(subject, step)
            yield from _forbidden(subject, step)
            is_told = step.fact == _PLACES and any(other.award == step.award and other is not step for other in needed)
            if step.award not in circling and not is_told:  # otherwise the circle, or the condition, is the cause, and has been reported
                yield from _not_lower(subject, award_id, step)


def _steps_to(subject: Subject, award_id: str) -> Iterator[_Step]:
    """Give what no nominee for an award can go around, and whose holders its places are a share of; only awards the set holds."""
    awards = subject.criteria.awards
    for clause_id, clause in awards[award_id].clauses.items():
        if isinstance(clause, Quota) and isinstance(clause.of, HoldersOf) and clause.of.holders_of in awards:
            path = f"{award_id}.{clause_id}"
            yield _Step(clause.of.holders_of, _PLACES, 1, None, path, f"{path}.of.holders_of")
        if not isinstance(clause, Eligibility):
            continue
        necessary = necessary_tests(clause.requires)
        for place, test in iter_tests(clause.requires):
            if test.award is not None and test.award in awards and test.fact in _NEEDS_THE_AWARD and test in necessary:
                times = test.at_least if isinstance(test.at_least, int) else 1
                path = f"{award_id}.{clause_id}"
                yield _Step(test.award, test.fact, times, test.within_years, path, f"{path}.{place}")


def _find_circles(steps: Mapping[str, list[_Step]]) -> list[list[str]]:
    """Find the circles of awards, each once, beginning at the award that stands first in the file."""
    circles: list[list[str]] = []
    for start in steps:
        circle = _circle_from(start, steps)
        if circle and all(start not in known for known in circles):
            circles.append(circle)
    return circles


def _circle_from(start: str, steps: Mapping[str, list[_Step]]) -> list[str]:
    """Find the shortest way from an award back to itself; empty when there is none."""
    trails = [[start]]
    seen: set[str] = set()
    while trails:
        trail = trails.pop(0)
        for step in steps[trail[-1]]:
            if step.award == start:
                return [*trail, start]
            if step.award not in seen:
                seen.add(step.award)
                trails.append([*trail, step.award])
    return []


def _out_of_reach(subject: Subject, step: _Step) -> Iterator[Finding]:
    if step.fact == "award-count" and step.within_years is not None and step.times > step.within_years:
        fields = {"award": step.award, "times": str(step.times), "years": str(step.within_years)}
        yield subject.find("RL310", step.place, clause=step.clause, **fields)


def _forbidden(subject: Subject, step: _Step) -> Iterator[Finding]:
    """Look for a run, or a count within a window, that the rest after each award leaves no time for."""
    if step.times <= 1 or step.fact not in {"award-run", "award-count"}:
        return
    for clause_id, clause in subject.criteria.awards[step.award].clauses.items():
        if not isinstance(clause, CoolingOff) or clause.years < 1:
            continue
        cooling = f"{step.award}.{clause_id}"
        place = _later(subject, step.place, f"{cooling}.years")
        if step.fact == "award-run":
            yield subject.find("RL309", place, clause=step.clause, award=step.award, cooling=cooling)
        elif (
            step.within_years is not None and step.times <= step.within_years and step.times > (most := _most_times(step.within_years, clause.years))
        ):
            fields = {"times": str(step.times), "years": str(step.within_years), "most": str(most)}
            yield subject.find("RL367", place, clause=step.clause, award=step.award, cooling=cooling, **fields)


def _most_times(within_years: int, years_of_rest: int) -> int:
    """Count how often an award can be had within so many years, with a rest after each."""
    return (within_years - 1) // (years_of_rest + 1) + 1


def _later(subject: Subject, first: str, second: str) -> str:
    """Give the one of two places that the later file of the stack wrote: what an overlay adds is what its reader can mend."""
    files = subject.criteria.files
    return second if files.index(subject.criteria.location(second)[0]) > files.index(subject.criteria.location(first)[0]) else first


def _not_lower(subject: Subject, award_id: str, step: _Step) -> Iterator[Finding]:
    awards = subject.criteria.awards
    if awards[step.award].level >= awards[award_id].level:
        yield subject.find("RL311", step.place, clause=step.clause, award=step.award)
