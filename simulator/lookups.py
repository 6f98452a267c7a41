"""Long columns, some rows at a time.

Memory that the system has to give first costs more than what is done with it, and a column of positions in eight bytes is such memory. So what is looked up, marked or
worked out for every row of a history is done for a stretch of rows that stays in the processor's nearest memory, and only the result is a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator._types import BoolArray, IndexArray

ROWS_TOGETHER: Final = 2**14


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
