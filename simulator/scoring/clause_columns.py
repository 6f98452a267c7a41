"""Which columns each clause of a set needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.errors import InputError
from simulator.rules.clauses import CoolingOff, DirectWorkerFloor, Eligibility, LeaderCap, Quota
from simulator.rules.conditions import iter_tests
from simulator.rules.points import Section, iter_parts
from simulator.rules.stages import Marking, SectorGate, TieBreak
from simulator.scoring.award_order import awards_in_order
from simulator.scoring.codes import make_finding
from simulator.scoring.columns import IDENTITY_COLUMNS, Column, Content
from simulator.scoring.criterion_columns import columns_of_criterion
from simulator.scoring.fact_columns import ROLES, award_column, columns_of_test, headcount_column
from simulator.scoring.part_columns import criterion_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.rules.clauses import Clause
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet


def iter_columns(criteria: CriteriaSet, year: int, award: str | None) -> Iterator[tuple[str, Column]]:
    """Go through what every clause asks for, each with the path of the clause.

    The decisions on an award that is itself scored may be left out of the file, where only those of this year are asked for.
    """
    awards = awards_in_order(criteria, award)
    for path, column in _iter_asked(criteria, year, awards):
        yield (
            path,
            column
            if column.award in awards or not column.may_be_left_out or column.is_of_unit
            else replace(column, may_be_left_out=column.content is Content.TEXT),
        )


def _iter_asked(criteria: CriteriaSet, year: int, awards: Sequence[str]) -> Iterator[tuple[str, Column]]:
    for clause_id, clause in criteria.procedure.items():
        path = f"procedure.{clause_id}"
        if isinstance(clause, SectorGate) and is_gate_of(clause, awards):
            yield path, Column("sector", Content.WORD, key="sector", words=(clause.sector,))
            yield from _of_condition(path, clause.requires, criteria, year)
        elif isinstance(clause, TieBreak):
            yield from _of_tie_break(path, clause, criteria, year)
    yield from _of_points(criteria, year)
    for class_id, a_class in criteria.classes.items():
        if a_class.requires is not None:
            yield from _of_condition(f"classes.{class_id}", a_class.requires, criteria, year)
    for veto_id, veto in criteria.vetoes.items():
        yield from _of_condition(f"vetoes.{veto_id}", veto.when, criteria, year)
    for name in awards:
        for clause_id, clause in criteria.awards[name].clauses.items():
            yield from _of_award_clause(name, f"{name}.{clause_id}", clause, criteria, year)


def is_gate_of(gate: SectorGate, awards: Sequence[str]) -> bool:
    """Tell whether a sector gate stands before one of these awards; a gate that names none stands before everything."""
    return not gate.awards or not set(gate.awards).isdisjoint(awards)


def _of_award_clause(award: str, path: str, clause: Clause, criteria: CriteriaSet, year: int) -> Iterator[tuple[str, Column]]:
    match clause:
        case Eligibility():
            yield from _of_condition(path, clause.requires, criteria, year)
        case TieBreak():
            yield from _of_tie_break(path, clause, criteria, year)
        case CoolingOff():
            yield path, award_column(award, criteria)
        case DirectWorkerFloor() | LeaderCap():
            yield path, Column("role", Content.WORD, key="role", words=ROLES)
        case Quota(share=float() | int()) if clause.of != "eligible":
            yield path, headcount_column(clause, criteria)
        case _:
            return


def _of_tie_break(path: str, clause: TieBreak, criteria: CriteriaSet, year: int) -> Iterator[tuple[str, Column]]:
    for step in clause.prefer:
        if step.who is not None:
            yield from _of_condition(path, step.who, criteria, year)


def _of_condition(path: str, condition: Condition, criteria: CriteriaSet, year: int) -> Iterator[tuple[str, Column]]:
    for _place, test in iter_tests(condition):
        for column in columns_of_test(test, criteria, year):
            yield path, replace(column, may_be_left_out=test.fact == "awarded-this-year")


def _of_points(criteria: CriteriaSet, year: int) -> Iterator[tuple[str, Column]]:
    asks_reasons = any(isinstance(clause, Marking) and clause.reason_when_changed for clause in criteria.procedure.values())
    names = criterion_columns(criteria.points)
    for path, part in iter_parts(criteria.points):
        if isinstance(part, Section):
            continue
        clause = f"points.{path}"
        conditions = [getattr(part, "when", None), *(level.when for level in getattr(part, "levels", {}).values())]
        for condition in conditions:
            if condition is not None:
                yield from _of_condition(clause, condition, criteria, year)
        for column in columns_of_criterion(part, names[path], asks_reasons=asks_reasons):
            yield clause, column


def refuse_clashes(criteria: CriteriaSet, columns: Iterable[Column]) -> None:
    """Refuse a criterion whose column would have the name of another one."""
    taken = {*IDENTITY_COLUMNS, *(column.id for column in columns if column.title is None)}
    clashes = [path for path, column in criterion_columns(criteria.points).items() if column in taken]
    if clashes:
        raise InputError([make_finding("SR404", *criteria.location(f"points.{path}"), found=path) for path in clashes])
