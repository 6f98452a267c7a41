"""The names conditions and tie-breaks use: parts of the scoring table, its classes, and former sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.clause_conditions import iter_conditions
from simulator.rules.conditions import EVERY_CRITERION, TOTAL, ClassTest, PointsTest, iter_single_tests
from simulator.rules.diagnosis import close_to
from simulator.rules.points import iter_parts
from simulator.rules.stages import Stage, TieBreak, Transition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.clauses import Clause


def check(subject: Subject) -> Iterator[Finding]:
    """Look for parts, classes and sets that do not exist."""
    parts = (TOTAL, *(path for path, _part in iter_parts(subject.criteria.points)))
    for path, clause in subject.criteria.iter_clauses():
        for place, condition in iter_conditions(clause):
            for inner, test in iter_single_tests(condition, f"{path}.{place}"):
                if isinstance(test, PointsTest):
                    yield from _check_part(subject, path, f"{inner}.points", test.points, (*parts, EVERY_CRITERION))
                elif isinstance(test, ClassTest):
                    yield from _check_classes(subject, path, f"{inner}.class", test)
        if isinstance(clause, TieBreak):
            for index, preference in enumerate(clause.prefer):
                if preference.points is not None:
                    yield from _check_part(subject, path, f"{path}.prefer.{index}.points", preference.points, parts)
        if isinstance(clause, Transition) and subject.set_ids is not None and clause.of_set not in subject.set_ids:
            known = close_to(clause.of_set, tuple(sorted(subject.set_ids)))
            yield subject.find("RL351", f"{path}.of_set", clause=path, found=clause.of_set, known=known)
    yield from _same_order(subject)


def _check_part(subject: Subject, path: str, place: str, named: str, known: tuple[str, ...]) -> Iterator[Finding]:
    if not subject.criteria.points:
        yield subject.find("RL348", place, clause=path)
    elif named not in known:
        yield subject.find("RL349", place, clause=path, found=named, known=close_to(named, known))


def _check_classes(subject: Subject, path: str, place: str, test: ClassTest) -> Iterator[Finding]:
    known = tuple(subject.criteria.classes)
    if not known:
        yield subject.find("RL348", place, clause=path)
        return
    for index, named in enumerate(test.class_):
        if named not in known:
            yield subject.find("RL350", f"{place}.{index}", clause=path, found=named, known=close_to(named, known))


def _same_order(subject: Subject) -> Iterator[Finding]:
    """Two stages with one number, for an award both are meant for: nobody can tell which comes first."""
    stages = [(f"procedure.{clause_id}", clause) for clause_id, clause in subject.criteria.procedure.items() if isinstance(clause, Stage)]
    for index, (path, stage) in enumerate(stages):
        for first, earlier in stages[:index]:
            if earlier.order == stage.order and _share_an_award(earlier, stage):
                yield subject.find("RL352", f"{path}.order", clause=path, first=first, order=str(stage.order))
                break


def _share_an_award(first: Stage, second: Stage) -> bool:
    return not first.awards or not second.awards or bool(set(first.awards) & set(second.awards))


def awards_named(clause: Clause) -> Iterator[tuple[str, str]]:
    """Give each award that a stage, a gate or a transition is for, with its place in the clause."""
    for index, award in enumerate(getattr(clause, "awards", ())):
        yield award, f"awards.{index}"
    if isinstance(clause, Transition) and clause.counts_as is not None:
        yield clause.counts_as, "counts_as"
