"""Long columns, some rows at a time.

Memory that the system has to give first costs more than what is done with it, and a column of positions in eight bytes is such memory. So what is looked up, marked or
worked out for every row of a history is done for a stretch of rows that stays in the processor's nearest memory, and only the result is a column.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator._types import BoolArray, IndexArray

ROWS_TOGETHER: Final = 2**14
_SPARSEST_LABELS: Final = 16  # labels with gaps up to this are looked up in a table of all labels there could be


def stretches(n_rows: int) -> Iterator[slice]:
    """Cut rows into stretches that fit the processor's nearest memory."""
    for first in range(0, n_rows, ROWS_TOGETHER):
        yield slice(first, first + ROWS_TOGETHER)


def look_up(table: np.ndarray, number: IndexArray) -> np.ndarray:
    """Give each of (n,) numbers what a table holds under it; no column of positions in eight bytes is made of numbers in fewer."""
    found = np.empty(len(number), dtype=table.dtype)
    for rows in stretches(len(number)):
        table.take(number[rows], out=found[rows], mode="clip")  # no number lies outside; other modes would copy
    return found


def mark(number: IndexArray, n_numbers: int) -> BoolArray:
    """Tell which numbers from 0 are met among (n,) of them: (n_numbers,) bool."""
    is_met = np.zeros(n_numbers, dtype=np.bool_)
    for rows in stretches(len(number)):
        is_met[number[rows]] = True
    return is_met


def codes(labels: IndexArray, dtype: type[np.integer[Any]] = np.int64) -> IndexArray:
    """Give labels numbers from 0 without gaps, of the kind asked for; labels that are such numbers already are taken as they are."""
    if not len(labels):
        return labels
    first, last = int(labels.min()), int(labels.max())
    if last - first >= _SPARSEST_LABELS * len(labels):
        return np.unique(labels, return_inverse=True)[1].reshape(-1)
    # Labels that lie close together are looked up in a table of all labels there could be, which is faster than sorting them.
    place = labels - first if first else labels
    is_used = mark(place, last - first + 1)
    if first == 0 and is_used.all():
        return labels
    number: IndexArray = np.cumsum(is_used, dtype=dtype)
    number -= 1
    return look_up(number, place)


def fixed(column: np.ndarray) -> np.ndarray:
    """Make a column that is kept unchangeable, and give it."""
    column.flags.writeable = False
    return column


@dataclass(frozen=True, slots=True)
class ColumnInParts:
    """A column of parts of one length, of which only what is asked for is made, each time anew: for what costs less to make than to keep.

    Attributes
    ----------
    n_parts, n_each
        How many parts there are, and how many rows each has.
    of_part
        Gives some rows of a part: of the number of the part, and the rows in it.
    """

    n_parts: int
    n_each: int
    of_part: Callable[[int, slice | IndexArray], np.ndarray]

    def __len__(self) -> int:
        """Count the rows."""
        return self.n_parts * self.n_each

    def __getitem__(self, rows: slice | IndexArray) -> np.ndarray:
        """Make some rows: a stretch, or (n,) positions."""
        if isinstance(rows, slice):
            first, end, _ = rows.indices(len(self))
            parts = range(first // max(self.n_each, 1), -(-end // max(self.n_each, 1)))
            made = [self.of_part(part, slice(max(first - part * self.n_each, 0), min(end - part * self.n_each, self.n_each))) for part in parts]
            return made[0] if len(made) == 1 else np.concatenate([self.of_part(0, slice(0)), *made])
        return self.take(rows)

    def take(self, rows: IndexArray) -> np.ndarray:
        """Make the rows at (n,) positions."""
        rows = np.asarray(rows)
        if np.any(rows[1:] < rows[:-1]):
            return np.asarray(self)[rows]
        ends = np.searchsorted(rows, np.arange(self.n_parts + 1) * self.n_each).tolist()
        of_parts = [self.of_part(part, rows[first:end] - part * self.n_each) for part, (first, end) in enumerate(pairwise(ends)) if end > first]
        return np.concatenate([self.of_part(0, slice(0)), *of_parts])

    def __reduce__(self) -> tuple[Callable[..., np.ndarray], tuple[np.ndarray]]:
        """Go to another process, or into a file, as the whole column: what makes it stays where it is."""
        return np.asarray, (self[:],)

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        """Make the whole column."""
        del copy
        return self[:].astype(dtype, copy=False) if dtype is not None else self[:]
