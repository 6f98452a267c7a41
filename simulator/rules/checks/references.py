"""The references: whether clauses name awards that exist, and whether each award says what it must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.checks.naming import awards_named
from simulator.rules.clause_conditions import iter_conditions
from simulator.rules.clauses import Appraisal, CoolingOff, Eligibility, HoldersOf, Money, PayStep, Quota, RatingCap, Weights
from simulator.rules.conditions import iter_tests
from simulator.rules.stages import AdHocTrack, Marking, Scale, TieBreak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.clauses import Clause

_ONLY_ONE = (Quota, Money, CoolingOff, Weights, PayStep, TieBreak, Scale, Marking, AdHocTrack)
"""Kinds of which two in one place would leave open which of them holds."""


def check(subject: Subject) -> Iterator[Finding]:
    """Look for references to awards and clauses the set does not hold, awards without conditions, and kinds given twice."""
    criteria = subject.criteria
    paths = frozenset(path for path, _clause in criteria.iter_clauses())
    if not criteria.awards and not criteria.points:
        yield subject.find_in_header("RL322", 0)
    for path, clause in criteria.iter_clauses():
        for named, place in _awards_named(path, clause):
            if named not in criteria.awards:
                yield subject.find("RL306", place, clause=path, award=named)
        for position, restated in enumerate(clause.restates):
            if restated not in paths - {path}:
                yield subject.find("RL391", f"{path}.restates.{position}", clause=path, found=restated)
    for award_id, award in criteria.awards.items():
        if not any(isinstance(clause, Eligibility) for clause in award.clauses.values()):
            yield subject.find("RL324", award_id, award=award_id)
        yield from _repeated(subject, award_id, award.clauses)
    yield from _repeated(subject, "procedure", criteria.procedure)


def _awards_named(path: str, clause: Clause) -> Iterator[tuple[str, str]]:
    """Give each award a clause names, with the place."""
    for place, condition in iter_conditions(clause):
        for inner, test in iter_tests(condition, place):
            if test.award is not None:
                yield test.award, f"{path}.{inner}.award"
    for award, place in awards_named(clause):
        yield award, f"{path}.{place}"
    if isinstance(clause, Quota) and isinstance(clause.of, HoldersOf):
        yield clause.of.holders_of, f"{path}.of.holders_of"


def _what_it_settles(clause: Clause) -> tuple[str, str] | None:
    """Name the question only one clause may answer; None for kinds of which several may stand side by side."""
    if isinstance(clause, Appraisal):
        return clause.kind, clause.authority
    if isinstance(clause, RatingCap):
        return clause.kind, clause.rating
    return (clause.kind, "") if isinstance(clause, _ONLY_ONE) else None


def _repeated(subject: Subject, place: str, clauses: Mapping[str, Clause]) -> Iterator[Finding]:
    first_of: dict[tuple[str, str], str] = {}
    for clause_id, clause in clauses.items():
        key = _what_it_settles(clause)
        if key is None:
            continue
        first = first_of.setdefault(key, clause_id)
        if first != clause_id:
            yield subject.find("RL320", f"{place}.{clause_id}", first=f"{place}.{first}", second=f"{place}.{clause_id}", kind=clause.kind)
