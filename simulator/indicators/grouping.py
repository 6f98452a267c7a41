"""Add the rows of a history up under labels: all together, unit by unit, or year by year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray


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
        index = self.label
        if cell is not None:
            index = cell if self.n_groups == 1 else np.multiply(index, n_cells, dtype=np.int64) + cell
        total = np.bincount(index, weights=values, minlength=self.n_groups * n_cells)
        return total.reshape(self.n_groups, n_cells).astype(np.float64, copy=False)

    @property
    def _ends(self) -> list[int]:
        """Where the rows of groups that lie side by side begin, and where the last ones end."""
        return [0, len(self.label)] if self.n_groups == 1 else np.searchsorted(self.label, np.arange(self.n_groups + 1)).tolist()

    def _count(self, is_counted: BoolArray, cell: IndexArray | None, n_cells: int) -> FloatArray:
        """Count the marked rows, which costs less than adding up ones and noughts."""
        if (self.n_groups == 1 or self.is_by_replication) and cell is None and n_cells == 1:
            return np.array([np.count_nonzero(is_counted[start:end]) for start, end in pairwise(self._ends)], dtype=np.float64)[:, None]
        return Grouping(self.label.compress(is_counted), self.n_groups).add_up(
            cell=None if cell is None else cell.compress(is_counted), n_cells=n_cells
        )


def all_or_none(is_so: BoolArray) -> bool:
    """Say whether something is so everywhere, or nowhere."""
    return bool(is_so.all() or not is_so.any())
