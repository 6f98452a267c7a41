"""Which rows of a table are nominees: not the total under them, nor the place for signatures; no row is left out without a word."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final

from simulator.workbook.cell_values import clean, fold, is_empty
from simulator.workbook.headings import ROW_NUMBER_KEY, YEAR_KEY
from simulator.workbook.sheets import spans_of

if TYPE_CHECKING:
    from simulator.workbook.codes import Problems
    from simulator.workbook.headings import Table
    from simulator.workbook.table_cells import TableCells

_WHO: Final = ("id", "name", "unit", "cluster", ROW_NUMBER_KEY, YEAR_KEY)
_WHERE: Final = ("unit", "cluster")
_NUMBERED: Final = re.compile(r"(?:[ivxlc]{1,6}|[a-zđ])[.):/]?", re.ASCII)
_NUMBERED_GROUP: Final = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])\s*[.):/]\s*\S.*")
_SIGNED: Final = re.compile(
    r"\(?(?:ký\b|đã ký|người lập|người tổng hợp|lập biểu|lập bảng|thủ trưởng|giám đốc|phó giám đốc|hiệu trưởng|chủ tịch|phó chủ tịch|trưởng phòng"
    r"|chánh văn phòng|trưởng ban|cán bộ tổng hợp|t/m\b|tm\.|kt\.|tl\.|xác nhận|nơi nhận|ghi chú\s*:|signed|signature|prepared by|approved by"
    r"|.{0,40}\bngày\b.{1,12}\btháng\b.{1,12}\bnăm\b).*"
)
"""How the lines under a list begin: who signs it, and where and when."""


class RowKind(StrEnum):
    """What a row under the headings is."""

    NOMINEE = "nominee"
    WITHOUT_ID = "without-id"
    TOTAL = "total"
    GROUP_HEADING = "group-heading"
    AFTER_TABLE = "after-table"


def nominee_rows(table: Table, problems: Problems) -> list[int]:
    """Give the positions of the rows of nominees.

    A row without id is a finding unless it is a total, the heading of a group, or stands under the list among the signatures; those are told in one
    warning, so that a nominee among them can be found.
    """
    kinds = kinds_of_rows(table)
    left_out = []
    for row, kind in kinds.items():
        if kind is RowKind.WITHOUT_ID:
            problems.report("WB518", table.sheet.lines[row], cell=table.cell(row, "id"), column=table.heading("id"))
        elif kind is not RowKind.NOMINEE:
            left_out.append(table.sheet.lines[row])
    if left_out:
        problems.report("WB540", left_out[0], rows=spans_of(left_out))
    return [row for row, kind in kinds.items() if kind is RowKind.NOMINEE]


def kinds_of_rows(table: Table) -> dict[int, RowKind]:
    """Tell what each row under the headings is, by its position; blank rows are none."""
    below = list(table.rows_below())
    groups = {row for row in below if _is_group(table, row)}
    held = [row for row in below if not is_empty(table.value(row, "id")) and not table.is_total(row)]
    if not set(held) - groups:
        groups = set()  # ids that look like the numbers of groups are ids
    last = max((row for row in held if row not in groups), default=-1)
    kinds: dict[int, RowKind] = {}
    is_signed = False
    for row in below:
        is_signed |= row > last and _is_signature(table, row)
        if row in groups:
            kinds[row] = RowKind.GROUP_HEADING
        elif table.is_total(row):
            kinds[row] = RowKind.TOTAL
        elif not is_empty(table.value(row, "id")) and not (is_signed and _says_little(table, row)):
            kinds[row] = RowKind.NOMINEE
        else:
            kinds[row] = _without_id(table, row, is_past=row > last, is_signed=is_signed)
    return kinds


def _without_id(table: Table, row: int, *, is_past: bool, is_signed: bool) -> RowKind:
    """Tell a nominee who lacks an id, by values or by a name with a unit, from a heading and a signature."""
    if is_signed:
        return RowKind.WITHOUT_ID if _has_values(table, row) else RowKind.AFTER_TABLE
    n_who = sum(not is_empty(table.value(row, column)) for column in _WHO if column in table.places)
    if n_who > 1 or any(not is_empty(table.value(row, column)) for column in table.places if column not in _WHO):
        return RowKind.WITHOUT_ID
    return RowKind.AFTER_TABLE if is_past else RowKind.GROUP_HEADING


def _has_values(table: Table, row: int) -> bool:
    """Tell whether a row gives a number, or anything with a digit, for what the set asks."""
    values = (table.value(row, column) for column in table.places if column not in _WHO)
    return any(not is_empty(value) and (not isinstance(value, str) or any(letter.isdigit() for letter in value)) for value in values)


def _says_little(table: Table, row: int) -> bool:
    return sum(not is_empty(table.value(row, column)) for column in table.places) <= 1 or _is_signature(table, row)


def _is_signature(table: Table, row: int) -> bool:
    texts = [fold(value[:150]) for value in table.sheet.rows[row] if isinstance(value, str)]
    return not _has_values(table, row) and any(_SIGNED.fullmatch(text) for text in texts)


def _is_group(table: Table, row: int) -> bool:
    """Tell the heading of a group, *I. PHÒNG A* in one cell or two, from a nominee: nothing else stands in its row."""
    texts = list(islice((value for value in table.sheet.rows[row] if not is_empty(value)), 3))
    if not all(isinstance(text, str) for text in texts):
        return False
    words = [clean(str(text)[:80]) for text in texts]
    if len(words) == 1:
        return not is_empty(table.value(row, "id")) and bool(_NUMBERED_GROUP.fullmatch(words[0]))
    if len(words) != 2 or not _NUMBERED.fullmatch(words[0].lower()):  # noqa: PLR2004  # its number and its name
        return False
    return any(column in table.places and clean(str(table.value(row, column) or "")) == words[0] for column in ("id", ROW_NUMBER_KEY))


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
