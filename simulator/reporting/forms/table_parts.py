"""A table too wide for any page, as tables below one another: the first column stands in each, and the other columns are shared out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.table_layout import Table


def in_parts(table: Table, fits: Callable[[Table], bool]) -> list[Table]:
    """Return the table as few parts as fit, each with some of its columns; its notes stand under the last.

    Parameters
    ----------
    table
        The table.
    fits
        Whether a table holds its words on a page in type that can be read.
    """
    n_others = len(table.columns) - 1
    for n_parts in range(1, n_others + 1):
        edges = [1 + n_others * part // n_parts for part in range(n_parts + 1)]
        parts = [_with_columns(table, first, last) for first, last in pairwise(edges)]
        if n_parts == n_others or all(fits(part) for part in parts):
            return [*(replace(part, notes=()) for part in parts[:-1]), parts[-1]]
    return [table]


def _with_columns(table: Table, first: int, last: int) -> Table:
    groups = tuple(replace(group, rows=tuple(replace(row, cells=row.cells[first - 1 : last - 1]) for row in group.rows)) for group in table.groups)
    return replace(table, columns=(table.columns[0], *table.columns[first:last]), groups=groups)
