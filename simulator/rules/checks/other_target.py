"""The other kind of nominee: a person cannot be asked for its members, nor a collective for its leave; nor are the holders of one a measure for the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from simulator.rules.clause_conditions import iter_conditions
from simulator.rules.clauses import HoldersOf, Quota
from simulator.rules.conditions import iter_tests
from simulator.rules.facts import NOT_OF
from simulator.rules.stages import Scale, SectorGate, TieBreak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.criteria import CriteriaSet


def check(subject: Subject) -> Iterator[Finding]:
    """Look for clauses that ask what their nominees cannot have. Tie-breaks and gates may serve sets for both, and ask each what it can answer."""
    for path, clause in subject.criteria.iter_clauses():
        targets = _targets(subject.criteria, path)
        if isinstance(clause, Quota) and isinstance(clause.of, HoldersOf):
            award = subject.criteria.awards.get(clause.of.holders_of)
            if award is not None and award.target not in targets:
                yield subject.find("RL392", f"{path}.of.holders_of", clause=path, award=clause.of.holders_of)
        if isinstance(clause, TieBreak | SectorGate) or len(targets) != 1:
            continue
        (target,) = targets
        for place, condition in iter_conditions(clause):
            for inner, test in iter_tests(condition, place):
                if test.fact in NOT_OF[target]:
                    yield subject.find("RL390", f"{path}.{inner}", clause=path, fact=test.fact, target=target)


def _targets(criteria: CriteriaSet, path: str) -> set[Literal["individual", "collective"]]:
    """Tell whom a clause is about: the award's nominees; of what is shared, those of every award it is for, or of the table."""
    owner = path.partition(".")[0]
    if owner in criteria.awards:
        return {criteria.awards[owner].target}
    awards = {award.target for award in criteria.awards.values()}
    return awards or {step.target for step in criteria.procedure.values() if isinstance(step, Scale)}
