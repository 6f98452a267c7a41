"""Tables as a report shows them: without what only a command needs, and no longer than a reader goes through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.reporting.document import TableBlock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.presentation.table_layout import Table
    from simulator.reporting.document import Block


def without_ids(table: Table) -> Table:
    """Leave out the ids below the names of rows: the annex of clauses lists those of clauses, and in a narrow column they make a row as high as a page allows."""
    return replace(table, groups=tuple(replace(group, rows=tuple(replace(row, small="") for row in group.rows)) for group in table.groups))


def first_rows(table: Table, n_rows: int, note: str) -> Table:
    """Keep the first rows of a table of one group; a note after the others says what is not shown."""
    (group,) = table.groups
    if len(group.rows) <= n_rows:
        return table
    return replace(table, groups=(replace(group, rows=group.rows[:n_rows]),), notes=(*table.notes, note))


def explained_once(blocks: Sequence[Block], short: Mapping[str, str], *, is_explained: bool) -> list[Block]:
    """Let a note that explains the same thing under table after table explain it under the first of them only.

    Parameters
    ----------
    blocks
        Of a section.
    short
        Note → what stands in its place once it was explained.
    is_explained
        Whether a section before explains it already.
    """
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, TableBlock) and short.keys() & set(block.table.notes):
            notes = tuple(short.get(note, note) for note in block.table.notes) if is_explained else block.table.notes
            result.append(replace(block, table=replace(block.table, notes=notes)))
            is_explained = True
        else:
            result.append(block)
    return result


def without_notes_of(first: Table, table: Table, note: str) -> Table:
    """Leave out the notes that stand below an earlier table already; a note after the others says so, where any was left out."""
    left = tuple(each for each in table.notes if each not in first.notes)
    return table if left == table.notes else replace(table, notes=(*left, note))
