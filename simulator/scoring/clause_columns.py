"""Which columns each clause of a set needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from simulator.scoring.fact_columns import ROLES, award_column, columns_of_test, facts_not_asked, headcount_column
from simulator.scoring.part_columns import criterion_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.rules.clauses import Clause
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet


def iter_columns(criteria: CriteriaSet, year: int, award: str | None) -> Iterator[tuple[str, Column]]:
    """Go through what every clause asks for, each with the path of the clause.

    The decisions on an award that is itself scored may be left out of the file, where only those of this year are asked for. Nobody is asked what only a
    collective, or only a person, can answer.
    """
    awards = awards_in_order(criteria, award)
    asking = _Asking(criteria, year, awards, facts_not_asked(criteria, awards))
    yield from asking.of_procedure()
    yield from asking.of_points()
    for class_id, a_class in criteria.classes.items():
        if a_class.requires is not None:
            yield from asking.of_condition(f"classes.{class_id}", a_class.requires)
    for veto_id, veto in criteria.vetoes.items():
        yield from asking.of_condition(f"vetoes.{veto_id}", veto.when)
    for name in awards:
        for clause_id, clause in criteria.awards[name].clauses.items():
            yield from asking.of_award_clause(name, f"{name}.{clause_id}", clause)


def clauses_by_cluster(criteria: CriteriaSet, award: str | None) -> tuple[str, ...]:
    """Name the clauses of the awards scored that count by clusters: quotas, floors and caps."""
    return tuple(
        f"{name}.{clause_id}"
        for name in awards_in_order(criteria, award)
        for clause_id, clause in criteria.awards[name].clauses.items()
        if isinstance(clause, Quota | DirectWorkerFloor | LeaderCap) and clause.pooling in {"kind", "cluster"}
    )


def clauses_by_unit(criteria: CriteriaSet, award: str | None) -> tuple[str, ...]:
    """Name the clauses of the awards scored that need the unit of each nominee: what is counted by units, and shares of a cluster, whose head-counts are its units'."""
    return tuple(
        f"{name}.{clause_id}"
        for name in awards_in_order(criteria, award)
        for clause_id, clause in criteria.awards[name].clauses.items()
        if isinstance(clause, Quota | DirectWorkerFloor | LeaderCap) and (clause.pooling == "unit" or _counts_units_of_cluster(clause))
    )


def _counts_units_of_cluster(clause: Quota | DirectWorkerFloor | LeaderCap) -> bool:
    return isinstance(clause, Quota) and clause.pooling in {"kind", "cluster"} and clause.share is not None and clause.of != "eligible"


def is_gate_of(gate: SectorGate, awards: Sequence[str]) -> bool:
    """Tell whether a sector gate stands before one of these awards; a gate that names none stands before everything."""
    return not gate.awards or not set(gate.awards).isdisjoint(awards)


def parts_equals(criteria: CriteriaSet, award: str | None) -> bool:
    """Tell whether equals are to be parted at all: by points there is an order, a quota has a last place, and an award may have a tie-break of its own.

    A set without points and without any quota has a tie-break of its procedure for nothing else than to put the eligible in order.
    """
    own = () if award is None else tuple(criteria.awards[award].clauses.values())
    if criteria.points or any(isinstance(clause, Quota | TieBreak) for clause in own):
        return True
    return not any(isinstance(clause, Quota) for entry in criteria.awards.values() for clause in entry.clauses.values())


@dataclass(frozen=True)
class _Asking:
    """What is asked of the nominees of some awards."""

    criteria: CriteriaSet
    year: int
    awards: tuple[str, ...]
    not_asked: frozenset[str]

    def of_procedure(self) -> Iterator[tuple[str, Column]]:
        parts = any(parts_equals(self.criteria, award) for award in (*self.awards, None))
        for clause_id, clause in self.criteria.procedure.items():
            path = f"procedure.{clause_id}"
            if isinstance(clause, SectorGate) and is_gate_of(clause, self.awards):
                yield path, Column("sector", Content.WORD, key="sector", words=(clause.sector,))
                yield from self.of_condition(path, clause.requires)
            elif isinstance(clause, TieBreak) and parts:
                yield from self._of_tie_break(path, clause)

    def of_award_clause(self, award: str, path: str, clause: Clause) -> Iterator[tuple[str, Column]]:
        match clause:
            case Eligibility():
                yield from self.of_condition(path, clause.requires)
            case TieBreak() if parts_equals(self.criteria, award):
                yield from self._of_tie_break(path, clause)
            case CoolingOff():
                yield path, award_column(award, self.criteria)
            case DirectWorkerFloor() | LeaderCap():
                yield path, Column("role", Content.WORD, key="role", words=ROLES)
            case Quota(share=float() | int()) if clause.of != "eligible":
                yield path, headcount_column(clause, self.criteria)
            case _:
                return

    def of_condition(self, path: str, condition: Condition) -> Iterator[tuple[str, Column]]:
        for _place, test in iter_tests(condition):
            if test.fact not in self.not_asked:
                is_decided_here = test.fact == "awarded-this-year" and test.award in self.awards
                for column in columns_of_test(test, self.criteria, self.year):
                    yield path, replace(column, may_be_left_out=is_decided_here)

    def of_points(self) -> Iterator[tuple[str, Column]]:
        asks_reasons = any(isinstance(clause, Marking) and clause.reason_when_changed for clause in self.criteria.procedure.values())
        names = criterion_columns(self.criteria.points)
        for path, part in iter_parts(self.criteria.points):
            if isinstance(part, Section):
                continue
            clause = f"points.{path}"
            for condition in (getattr(part, "when", None), *(level.when for level in getattr(part, "levels", {}).values())):
                if condition is not None:
                    yield from self.of_condition(clause, condition)
            for column in columns_of_criterion(part, names[path], asks_reasons=asks_reasons):
                yield clause, column

    def _of_tie_break(self, path: str, clause: TieBreak) -> Iterator[tuple[str, Column]]:
        for step in clause.prefer:
            if step.who is not None:
                yield from self.of_condition(path, step.who)


def refuse_clashes(criteria: CriteriaSet, columns: Iterable[Column]) -> None:
    """Refuse a criterion whose column would have the name of another one."""
    taken = {*IDENTITY_COLUMNS, *(column.id for column in columns if column.title is None)}
    clashes = [path for path, column in criterion_columns(criteria.points).items() if column in taken]
    if clashes:
        raise InputError([make_finding("SR404", *criteria.location(f"points.{path}"), found=path) for path in clashes])
