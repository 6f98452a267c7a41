"""Which rows of a table are nominees: not the total under them, nor the place for signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.workbook.cell_values import clean, is_empty

if TYPE_CHECKING:
    from simulator.workbook.codes import Problems
    from simulator.workbook.headings import Table
    from simulator.workbook.table_cells import TableCells

_WHO: Final = ("id", "name", "unit", "cluster")
_WHERE: Final = ("unit", "cluster")


def nominee_rows(table: Table, problems: Problems) -> list[int]:
    """Give the positions of the rows of nominees.

    A row without id is left out if it is a total, stands under one, or holds nothing in the columns the set asks for (a heading of a group, a place for
    signatures). Any other row without id is a finding.
    """
    rows: list[int] = []
    facts = [column for column in table.places if column not in _WHO]
    is_past_total = False
    for row in table.rows_below():
        if not is_empty(table.value(row, "id")) and not table.is_total(row):
            rows.append(row)
            is_past_total = False
        elif table.is_total(row):
            is_past_total = True
        elif not is_past_total and any(not is_empty(table.value(row, column)) for column in facts):
            problems.report("WB518", table.sheet.lines[row], cell=table.cell(row, "id"), column=table.heading("id"))
    return rows


def spread_merged_units(table: Table) -> None:
    """Repeat a unit or cluster that is written once in a cell merged over the rows of its people."""
    places = {table.places[column] for column in _WHERE if column in table.places}
    position_of = {line: position for position, line in enumerate(table.sheet.lines)} if table.sheet.merged else {}
    for area in table.sheet.merged:
        if area.first_column not in places or area.first_column != area.last_column or area.first_row not in position_of:
            continue
        if position_of[area.first_row] <= table.last:
            continue
        source = table.sheet.rows[position_of[area.first_row]]
        if area.first_column >= len(source):
            continue
        for line in range(area.first_row + 1, min(area.last_row, table.sheet.lines[-1]) + 1):
            if line in position_of:
                row = table.sheet.rows[position_of[line]]
                row.extend([None] * (area.first_column + 1 - len(row)))
                row[area.first_column] = source[area.first_column]


def join_names(cells: TableCells) -> list[str]:
    """Give the names; one whose heading spans two columns (family name, given name) is put together."""
    names = cells.texts("name")
    last = cells.table.continued.get("name")
    if last is None:
        return names
    first = cells.table.places["name"]
    rows = (cells.table.sheet.rows[row] for row in cells.rows)
    return [clean(" ".join(str(value) for value in row[first : last + 1] if isinstance(value, str))) for row in rows]
