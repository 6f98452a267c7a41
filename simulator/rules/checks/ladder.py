"""Can the ladder be climbed? Awards that wait for each other, runs that a cooling-off forbids, counts nobody can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.clauses import CoolingOff, Eligibility
from simulator.rules.conditions import necessary_tests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.conditions import Test

_NEEDS_THE_AWARD = frozenset({"awarded-this-year", "award-run", "award-count"})


def check(subject: Subject) -> Iterator[Finding]:
    """Look for steps that cannot be taken."""
    needed = _needed_tests(subject)
    yield from _circles(subject, needed)
    for award_id, tests in needed.items():
        for test, path in tests:
            yield from _impossible(subject, path, test)
            yield from _not_lower(subject, award_id, path, test)


def _needed_tests(subject: Subject) -> dict[str, list[tuple[Test, str]]]:
    """Give, for each award, the tests no nominee can go around, each with the path of its clause; only those about awards the set holds."""
    awards = subject.criteria.awards
    return {
        award_id: [
            (test, f"{award_id}.{clause_id}")
            for clause_id, clause in award.clauses.items()
            if isinstance(clause, Eligibility)
            for test in sorted(necessary_tests(clause.requires), key=repr)
            if test.fact in _NEEDS_THE_AWARD and test.award in awards
        ]
        for award_id, award in awards.items()
    }


def _circles(subject: Subject, needed: Mapping[str, list[tuple[Test, str]]]) -> Iterator[Finding]:
    """Report each circle of awards once, at the first clause of it in the file."""
    reported: set[str] = set()
    for start in needed:
        circle = _circle_from(start, needed)
        if circle is None or reported.intersection(circle):
            continue
        reported.update(circle)
        path = next(path for test, path in needed[start] if test.award == circle[1])
        yield subject.find("RL308", f"{path}.requires", circle=" → ".join(circle))


def _circle_from(start: str, needed: Mapping[str, list[tuple[Test, str]]]) -> list[str] | None:
    """Find the shortest way from an award back to itself."""
    trails = [[start]]
    seen: set[str] = set()
    while trails:
        trail = trails.pop(0)
        for test, _path in needed[trail[-1]]:
            award = str(test.award)
            if award == start:
                return [*trail, start]
            if award not in seen:
                seen.add(award)
                trails.append([*trail, award])
    return None


def _impossible(subject: Subject, path: str, test: Test) -> Iterator[Finding]:
    times = test.at_least if isinstance(test.at_least, int) else 1
    if test.fact == "award-count" and test.within_years is not None and times > test.within_years:
        fields = {"award": str(test.award), "times": str(times), "years": str(test.within_years)}
        yield subject.find("RL310", f"{path}.requires", clause=path, **fields)
    if test.fact == "award-run" and times > 1:
        for clause_id, clause in subject.criteria.awards[str(test.award)].clauses.items():
            if isinstance(clause, CoolingOff) and clause.years >= 1:
                cooling = f"{test.award}.{clause_id}"
                yield subject.find("RL309", f"{path}.requires", clause=path, award=str(test.award), cooling=cooling)


def _not_lower(subject: Subject, award_id: str, path: str, test: Test) -> Iterator[Finding]:
    awards = subject.criteria.awards
    if test.award != award_id and awards[str(test.award)].level >= awards[award_id].level:
        yield subject.find("RL311", f"{path}.requires", clause=path, award=str(test.award))
