"""What a table lost its nominees, straight as plain data: read column by column for a whole list, not clause by clause for each nominee."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from simulator.scoring.columns import Content
from simulator.scoring.observing import is_unmarked, observe
from simulator.scoring.plain import as_number, as_plain, source_as_json
from simulator.scoring.point_columns import NANO, is_at_least
from simulator.scoring.questions import questions_of
from simulator.scoring.reasons import kind_of, see

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator._types import BoolArray
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column
    from simulator.scoring.point_columns import Amounts, PointColumn
    from simulator.scoring.point_table import TablePoints
    from simulator.scoring.questions import Question
    from simulator.scoring.roster import Roster

    Cells: TypeAlias = list[Any]

_SIMPLE: Final = frozenset({Content.NUMBER, Content.PERCENT, Content.COUNT, Content.YES_NO})
_UNKNOWN: Final = object()


@dataclass(frozen=True)
class PlainTable:
    """The clauses of a table as plain data, with what was read of a column kept for the next nominee.

    Attributes
    ----------
    criteria, roster, table
        What was scored, and the points of every part.
    """

    criteria: CriteriaSet
    roster: Roster
    table: TablePoints
    _cells: dict[str, Cells] = field(default_factory=dict, repr=False)
    _points: dict[str, Cells] = field(default_factory=dict, repr=False)
    _is_simple: dict[str, bool] = field(default_factory=dict, repr=False)
    _parts: list[tuple[Question, list[bool], dict[str, Any]]] = field(default_factory=list, repr=False)

    def lost_parts(self, position: int) -> Iterator[dict[str, Any]]:
        """Go through the criteria and sections in which one nominee lost points."""
        if not self._parts:
            self._parts.extend(
                (asked, self._who_loses(asked).tolist(), _frame(asked)) for asked in questions_of(self.criteria, self.roster.year).parts
            )
        for asked, is_lost, frame in self._parts:
            if is_lost[position]:
                reason = frame.copy()
                reason["observed"] = self.see(asked, position)
                reason["points"] = self.points_of(asked.part_path, position)
                yield reason

    def see(self, asked: Question, position: int) -> dict[str, Any]:
        """Say what the list holds of everything a clause looks at, as plain data."""
        if asked.path not in self._is_simple:
            self._is_simple[asked.path] = not asked.means and all(column.content in _SIMPLE for _fact, column in asked.columns)
        if not self._is_simple[asked.path]:
            return {key: as_plain(value) for key, value in see(asked, self.roster, self.table, None, position).items()}
        observed = {}
        for _fact, column in asked.columns:
            if not is_unmarked(column, self.roster, position):
                observed[column.id] = self._cells_of(column)[position]
        for name in asked.points:
            for path in self.table.points.paths_of(name):
                observed[f"points.{path}"] = self.points_of(path, position)
        if asked.looks_at_class:
            observed["class"] = self.table.class_of(position)
        return observed

    def points_of(self, path: str, position: int) -> int | float:
        """Give the points of one part as a number."""
        if path not in self._points:
            self._points[path] = _numbers(self.table.points.columns[path], self.table.points.per_point)
        cells = self._points[path]
        if cells[position] is _UNKNOWN:
            cells[position] = as_number(self.table.exact_points(position, path))
        number: int | float = cells[position]
        return number

    def _who_loses(self, asked: Question) -> BoolArray:
        points, path = self.table.points, asked.part_path

        def reaches(bound: Fraction, *, is_strict: bool = False) -> BoolArray:
            rows = points.columns[path]
            return is_at_least(rows, bound, points.per_point, lambda near: points.exact_rows(path, near), is_strict=is_strict)

        if asked.takes_off:
            return reaches(Fraction(0), is_strict=True) | ~reaches(Fraction(0))
        return ~reaches(Fraction(0) if asked.is_extra else asked.most)

    def _cells_of(self, column: Column) -> Cells:
        if column.id not in self._cells:
            self._cells[column.id] = self._read(column)
        return self._cells[column.id]

    def _read(self, column: Column) -> Cells:
        values = self.roster.answers.get(column.id) if column.content is Content.YES_NO else self.roster.numbers.get(column.id)
        if values is None:
            return [None] * self.roster.n_nominees
        _distinct, first, which = np.unique(values, return_index=True, return_inverse=True)
        told = [as_plain(observe(column, self.roster, position)) for position in first.tolist()]
        return [told[index] for index in which.tolist()]


def _frame(asked: Question) -> dict[str, Any]:
    """Give what is the same for everybody who loses points in a part, in the order of a reason."""
    return {
        "clause": asked.path,
        "kind": kind_of(asked),
        "met": False,
        "observed": None,
        "required": as_plain(asked.required),
        "points": None,
        "most": as_number(asked.most),
        "source": source_as_json(asked.clause.source),
        "parts": [],
    }


def _numbers(column: PointColumn, per_point: int) -> Cells:
    """Give points as numbers of nine places; unknown where the amount cannot tell them."""
    step = per_point // NANO
    low, high = _rounded(column.amounts - column.slack, step), _rounded(column.amounts + column.slack, step)
    # A number that may be whole is written otherwise when it is: only the exact points tell.
    is_known = column.exactness & (column.amounts % step == 0)
    is_known |= (low == high) & (low % NANO != 0)
    nanos = np.where(is_known, _rounded(column.amounts, step), 0)
    distinct, which = np.unique(nanos, return_inverse=True)
    told = [as_number(Fraction(nano, NANO)) for nano in distinct.tolist()]
    return [told[index] if known else _UNKNOWN for index, known in zip(which.tolist(), is_known.tolist(), strict=True)]


def _rounded(amounts: Amounts, step: int) -> Amounts:
    """Give billionths of a point, rounded half away from zero."""
    rounded: Amounts = np.sign(amounts) * ((np.abs(amounts) + step // 2) // step if step % 2 == 0 else (2 * np.abs(amounts) + step) // (2 * step))
    return rounded
