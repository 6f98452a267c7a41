"""Add the rows of a history up under labels: all together, unit by unit, or year by year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.lookups import ROWS_TOGETHER, stretches

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator._types import BoolArray, FloatArray, IndexArray

_FAR_APART: Final = 2**15
"""Numbers of a stretch that lie closer together are counted in a table that fits the processor's nearest memory."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """Labels under which rows are added up.

    Attributes
    ----------
    label
        (n_rows,) group of each row.
    n_groups
        How many groups.
    is_by_replication
        Whether a group is a whole replication: its rows lie side by side, and are added up as those of a history by itself are, to the last bit.
    """

    label: IndexArray
    n_groups: int
    is_by_replication: bool = False

    def of(self, rows: slice | IndexArray) -> Grouping:
        """Group some of the rows, which are in order."""
        return Grouping(self.label[rows], self.n_groups, self.is_by_replication)

    def of_first_row(self, number: IndexArray, n_numbers: int) -> IndexArray:
        """(n_numbers,) the group of the row in which each number from 0 to ``n_numbers`` is first met, of (n_rows,) numbers; the first group where it is not."""
        if self.n_groups == 1:
            return np.zeros(n_numbers, dtype=np.int64)
        first = np.zeros(n_numbers, dtype=np.int64)
        first[number[::-1]] = self.label[::-1]  # what is written last stays
        return first

    def add_up(self, values: FloatArray | BoolArray | None = None, *, cell: IndexArray | None = None, n_cells: int = 1) -> FloatArray:
        """Sum values (or count rows, or those that are marked) in each group and cell: (n_groups, n_cells) float64."""
        if values is not None and values.dtype == np.bool_:
            return self._count(np.asarray(values, dtype=np.bool_), cell, n_cells)
        if (self.n_groups == 1 or self.is_by_replication) and cell is None and n_cells == 1:
            sums = [end - start if values is None else values[start:end].sum() for start, end in pairwise(self._ends)]
            return np.array(sums, dtype=np.float64)[:, None]
        if cell is None or self.n_groups == 1:
            return add_up_by(self.label if cell is None else cell, self.n_groups * n_cells, values).reshape(self.n_groups, n_cells)
        total = np.zeros(self.n_groups * n_cells)
        for rows in stretches(len(cell)):
            place = np.multiply(self.label[rows], n_cells, dtype=np.int64)
            place += cell[rows]
            np.add.at(total, place, 1.0 if values is None else values[rows])
        return total.reshape(self.n_groups, n_cells)

    def add_up_each(self, work_out: Callable[[slice], FloatArray]) -> FloatArray:
        """Sum values that are worked out some rows at a time, so that no column of them is made: (n_groups, 1), as :meth:`add_up` gives of the whole column, to the last bit.

        Parameters
        ----------
        work_out
            Gives the float64 values of a stretch of rows.
        """
        if self.n_groups == 1 or self.is_by_replication:
            return np.array([_sum_of(start, end, work_out) for start, end in pairwise(self._ends)])[:, None]
        total = np.zeros(self.n_groups)
        for rows in stretches(len(self.label)):
            np.add.at(total, self.label[rows].astype(np.int64, copy=False), work_out(rows))
        return total[:, None]

    @property
    def _ends(self) -> list[int]:
        """Where the rows of groups that lie side by side begin, and where the last ones end."""
        return [0, len(self.label)] if self.n_groups == 1 else np.searchsorted(self.label, np.arange(self.n_groups + 1)).tolist()

    def _count(self, is_counted: BoolArray, cell: IndexArray | None, n_cells: int) -> FloatArray:
        """Count the marked rows, which costs less than adding up ones and noughts."""
        if (self.n_groups == 1 or self.is_by_replication) and cell is None and n_cells == 1:
            return np.array([np.count_nonzero(is_counted[start:end]) for start, end in pairwise(self._ends)], dtype=np.float64)[:, None]
        counted_cell = None if cell is None else cell.compress(is_counted)
        if self.n_groups == 1 and counted_cell is not None:
            return count_numbers(counted_cell, n_cells)[None, :].astype(np.float64)
        return Grouping(self.label.compress(is_counted), self.n_groups).add_up(cell=counted_cell, n_cells=n_cells)


def all_or_none(is_so: BoolArray) -> bool:
    """Say whether something is so everywhere, or nowhere."""
    return bool(is_so.all() or not is_so.any())


def add_up_by(number: IndexArray, n_numbers: int, values: FloatArray | BoolArray | None = None, *, at: IndexArray | None = None) -> FloatArray:
    """Add up the values of (n,) rows (or count them) number by number, in the order of the rows as ``numpy.bincount`` does, but without a copy of the numbers in eight bytes.

    Parameters
    ----------
    number
        (n,) from 0.
    n_numbers
        How many numbers there are.
    values
        (n,) what is added up; ones by default.
    at
        (n,) where each row's value stands among ``values``; by default each row has one of its own.

    Returns
    -------
        (n_numbers,) float64.
    """
    if values is None:
        return count_numbers(number, n_numbers).astype(np.float64)
    total = np.zeros(n_numbers)
    for rows in stretches(len(number)):
        part = values[rows] if at is None else values.take(at[rows])
        np.add.at(total, number[rows].astype(np.int64, copy=False), part)
    return total


def count_numbers(number: IndexArray, n_numbers: int) -> IndexArray:
    """Count how often each number from 0 is met among (n,) of them: (n_numbers,) int64, as ``numpy.bincount`` does, but some at a time."""
    counts = np.zeros(n_numbers, dtype=np.int64)
    for rows in stretches(len(number)):
        part = number[rows]
        first, last = int(part.min()), int(part.max())
        if last - first < _FAR_APART:
            of_part = np.bincount(part - part.dtype.type(first))
            counts[first : first + len(of_part)] += of_part
        else:
            np.add.at(counts, part, 1)
    return counts


def _sum_of(first: int, end: int, work_out: Callable[[slice], FloatArray]) -> float:
    """Sum a stretch of rows as numpy sums a column that stands side by side: by halves of multiples of eight, to the last bit."""
    if end - first <= ROWS_TOGETHER:
        return float(work_out(slice(first, end)).sum())
    middle = first + (end - first) // 16 * 8
    return _sum_of(first, middle, work_out) + _sum_of(middle, end, work_out)
