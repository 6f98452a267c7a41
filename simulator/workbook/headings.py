"""Find the headings of a table, wherever they stand and however they are written, and the rows that belong to it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from simulator.workbook.cell_values import clean, fold, is_empty, without_marks
from simulator.workbook.sheets import Broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from simulator.workbook.sheets import Sheet, Value

YEAR_KEY: Final = "year"
"""Stands for the column of the year being decided, which no criteria set asks for."""
ROW_NUMBER_KEY: Final = "row_number"
"""Stands for a column that only counts the rows: it tells who is who where no other column does, and nothing otherwise."""
_LOOKED_AT: Final = 40
_DEEPEST: Final = 3
_LONGEST: Final = 400
"""Letters of a heading that are compared; the rest of a longer text would only cost time."""
_ID_IN_BRACKETS: Final = re.compile(r"\[([^\[\]]+)\]")
_LAST_PARENTHESIS: Final = re.compile(r"\s*\([^()]*\)$")
_NUMBERING: Final = re.compile(r"^(?:\(?\d{1,2}\)|\d{1,2}\.|[ivx]{1,4}\.)\s+")
_COLUMN_NUMBER: Final = re.compile(r"\(?(?:\d{1,3}|[a-zđ])\)?|\d{1,3}\s*=\s*[\d+\-*/:x() ]+")
_TOTALS: Final = re.compile(
    r"(?:(?:tổng(?:\s+(?:cộng|số))?|cộng)(?:\s+(?:theo|toàn|cả|từng|khối|cụm|nhóm|phòng|ban|trang|mục|phần|danh sách|số|mang sang|chuyển sang)\b[^:=]{0,60})?"
    r"|(?:grand\s+|sub-?\s?)?total|sum)"
    r"(?:\s*[:=\-–(].{0,60}|\s+(?:số\s+)?(?:[\d.,]+|người|cá nhân|tập thể|đơn vị|hộ|people|nominees)\b.{0,60})?"
)
"""*Tổng*, *cộng*, *total*: alone, with what is added up, or before a count; *Tổng cục Thuế*, *Cộng đồng* and *Total Gaz* are names."""
_LEAST_NUMBERED: Final = 2
_WHO_OR_WHAT: Final = ("id", "name", "member_id", "unit", "unit_id", "year")
"""Columns that tell what a row is about, in nominees, in their other sheets and in registers; never empty in a row of the list."""


@dataclass(frozen=True)
class Table:
    """Where the columns of a table stand.

    Attributes
    ----------
    sheet
        The sheet.
    first, last
        Positions (in ``sheet.rows``) of the first and last row of headings.
    places
        Id of each column → where it stands, 0 is A.
    headings
        Where each heading stands → what it says, known or not.
    doubled
        Ids that stand twice, with both places.
    """

    sheet: Sheet
    first: int
    last: int
    places: Mapping[str, int]
    headings: Mapping[int, str]
    doubled: tuple[tuple[str, int, int], ...] = ()
    continued: Mapping[str, int] = field(default_factory=dict)
    """Ids whose merged heading spans further columns, with the last of them: a name in two cells."""

    def value(self, row: int, column: str) -> Value:
        """Give the cell of a row (its position) in a column."""
        values = self.sheet.rows[row]
        place = self.places[column]
        return values[place] if place < len(values) else None

    def cell(self, row: int, column: str) -> str:
        """Name the cell of a row in a column."""
        return self.sheet.cell(self.sheet.lines[row], self.places[column])

    def heading(self, column: str) -> str:
        """Give the heading as the file writes it, shortened."""
        return self.headings[self.places[column]][:80]

    def rows_below(self) -> Iterator[int]:
        """Go through the rows under the headings; rows that only number the columns are left out."""
        start = self.last + 1
        if start < len(self.sheet.rows) and self._only_numbers_columns(start):
            start += 1
        for position in range(start, len(self.sheet.rows)):
            if not all(is_empty(value) for value in self.sheet.rows[position]):
                yield position

    def _only_numbers_columns(self, row: int) -> bool:
        """Tell whether a row holds only (1), (2), (3) … under the headings, as printed forms have: in parentheses, or where a name should stand."""
        texts = [
            f"{value:.15g}" if isinstance(value, float) else fold(str(value)[:_LONGEST]) for value in self.sheet.rows[row] if not is_empty(value)
        ]
        if len(texts) < _LEAST_NUMBERED or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
            return False
        if all(text.startswith("(") for text in texts):
            return True
        numbers = [int(digits) for text in texts if (digits := text.strip("()")).isdigit()]
        letters = "".join(text for text in texts if text.isalpha())
        is_counted = (
            len(numbers) >= _LEAST_NUMBERED
            and "abcdefgh".startswith(letters)
            and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
            and numbers[0] <= _LEAST_NUMBERED
        )
        return is_counted and "name" in self.places and not is_empty(self.value(row, "name"))

    def is_total(self, row: int, key: str = "id") -> bool:
        """Tell whether a row adds up those above: it says *Tổng*, *Cộng* where its first text or who it is should stand.

        A row with an id (or another ``key``) of its own is never a total, whatever its name.
        """
        values = self.sheet.rows[row]
        held = self.value(row, key) if key in self.places else None
        if not is_empty(held):
            return isinstance(held, str) and says_total(held) and not self._has_name(row)
        first = next((value for value in values if isinstance(value, str) and not is_empty(value)), None)
        texts = [first, *(self.value(row, column) for column in ("name", "unit", "cluster") if column in self.places)]
        return any(isinstance(text, str) and says_total(text) for text in texts)

    def _has_name(self, row: int) -> bool:
        """Tell whether a name stands beside the id, and no count."""
        name = self.value(row, "name") if "name" in self.places else None
        return isinstance(name, str) and not is_empty(name) and not clean(name[:_LONGEST])[:1].isdigit()


def says_total(text: str) -> bool:
    """Tell whether a text says that what stands beside it adds up."""
    return bool(_TOTALS.fullmatch(fold(text[:_LONGEST])))


def name_index(names: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Tell the column of each folded heading; one that two columns share is none's, so that it is asked for by id."""
    owners: dict[str, set[str]] = {}
    for column, headings in names:
        for heading in headings:
            owners.setdefault(heading, set()).add(column)
    index = {heading: next(iter(columns)) for heading, columns in owners.items() if len(columns) == 1}
    bare = Counter(without_marks(heading) for heading in index)
    return {without_marks(heading): column for heading, column in index.items() if bare[without_marks(heading)] == 1} | index


def find_table(sheet: Sheet, index: Mapping[str, str], keys: frozenset[str]) -> Table | None:
    """Find the row or rows of headings that name most columns; None if none names one of ``keys``.

    A row below the headings is never taken for one of them because a cell of it happens to read like a heading (*no* is an answer, and short for *number*; *nữ*
    is one, too): what stands under the heading that tells who is who must be part of that heading.

    Parameters
    ----------
    sheet
        The sheet.
    index
        Folded heading → column, from :func:`name_index`.
    keys
        Columns of which one at least must be there.
    """
    best: Table | None = None
    grid = _Grid(sheet)
    known: dict[str, str | None] = {}
    for first in range(min(_LOOKED_AT, len(sheet.rows))):
        for depth in range(_DEEPEST):
            table = _table_at(sheet, grid, index, known, first, first + depth)
            if table is None or not keys & table.places.keys() or _holds_a_row_of_the_list(table, grid, index, known):
                continue
            if best is None or _merit(table) > _merit(best):
                best = table
    return best


def _merit(table: Table) -> tuple[int, int]:
    """Prefer the rows that name most columns, then the fewest rows."""
    return len(table.places.keys() - {YEAR_KEY, ROW_NUMBER_KEY}), table.first - table.last


def _holds_a_row_of_the_list(table: Table, grid: _Grid, index: Mapping[str, str], known: dict[str, str | None]) -> bool:
    """Tell whether something else than a heading stands among the headings of the column that tells what a row is about."""
    column = next((table.places[key] for key in _WHO_OR_WHAT if key in table.places), None)
    if column is None:
        return False
    parts = list(dict.fromkeys(text for position in range(table.first, table.last + 1) if (text := grid.text(position, column))))
    whole = (" ".join(parts), " - ".join(parts))
    is_heading = any(_match([text], [text], index, known) for text in whole) or all(_match([part], [part], index, known) for part in parts)
    return len(parts) > 1 and not is_heading


class _Grid:
    """The upper rows of a sheet, with every merged cell saying what its first cell says."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = [list(row) for row in sheet.rows[: _LOOKED_AT + _DEEPEST]]
        self.spans: dict[tuple[int, int], int] = {}
        self._texts: dict[tuple[int, int], str] = {}
        position_of = {line: position for position, line in enumerate(sheet.lines[: len(self.rows)])}
        for area in sheet.merged:
            source = position_of.get(area.first_row)
            if source is None or area.first_column >= len(sheet.rows[source]):
                continue
            value = sheet.rows[source][area.first_column]
            for line in range(area.first_row, min(area.last_row, area.first_row + _DEEPEST) + 1):
                if (position := position_of.get(line)) is not None:
                    self._fill(position, area.first_column, area.last_column, value)

    def _fill(self, position: int, first: int, last: int, value: Value) -> None:
        row = self.rows[position]
        row.extend([None] * (last + 1 - len(row)))
        for column in range(first, last + 1):
            row[column] = value
            self.spans[position, column] = first

    def text(self, position: int, column: int) -> str:
        place = position, column
        if place not in self._texts:
            self._texts[place] = self._read(position, column)
        return self._texts[place]

    def _read(self, position: int, column: int) -> str:
        row = self.rows[position]
        value = row[column] if column < len(row) else None
        if isinstance(value, float) and not isinstance(value, bool):
            return f"{value:.15g}"
        return clean(value[:_LONGEST]) if isinstance(value, str) and not isinstance(value, Broken) else ""


def _table_at(sheet: Sheet, grid: _Grid, index: Mapping[str, str], known: dict[str, str | None], first: int, last: int) -> Table | None:
    if last >= len(grid.rows):
        return None
    places: dict[str, int] = {}
    headings: dict[int, str] = {}
    doubled: list[tuple[str, int, int]] = []
    continued: dict[str, int] = {}
    for column, joined, own in _headed_columns(grid, first, last):
        headings[column] = " - ".join(own)
        found = _match(joined, own, index, known)
        if found is None:
            continue
        if found not in places:
            places[found] = column
        elif grid.spans.get((last, column)) == grid.spans.get((last, places[found]), -1):
            continued[found] = column
        else:
            doubled.append((found, places[found], column))
    if "id" not in places and ROW_NUMBER_KEY in places:
        places["id"] = places.pop(ROW_NUMBER_KEY)
    return Table(sheet, first, last, places, headings, tuple(doubled), continued) if places else None


def _headed_columns(grid: _Grid, first: int, last: int) -> Iterator[tuple[int, list[str], list[str]]]:
    """Go through the headings that stand in some rows: where, its parts with those it shares with others, its own parts."""
    carried = [""] * (last - first)
    for column in range(max(len(grid.rows[position]) for position in range(first, last + 1))):
        parts = [grid.text(position, column) for position in range(first, last + 1)]
        for depth, part in enumerate(parts[:-1]):
            # A heading over several columns that is not merged (CSV) stands in the first of them.
            carried[depth] = part or (carried[depth] if parts[-1] else "")
        own = list(dict.fromkeys(part for part in parts if part))
        if own:
            yield column, list(dict.fromkeys(part for part in [*carried, parts[-1]] if part)), own


def known_places(table: Table, names: frozenset[str]) -> frozenset[int]:
    """Tell under which headings of a table one of some folded names stands."""
    index = {name: name for name in names} | {without_marks(name): name for name in names}
    known: dict[str, str | None] = {}
    headed = _headed_columns(_Grid(table.sheet), table.first, table.last)
    return frozenset(column for column, joined, own in headed if _match(joined, own, index, known) is not None)


def _match(joined: list[str], own: list[str], index: Mapping[str, str], known: dict[str, str | None]) -> str | None:
    """Find the column of a heading of one or more parts: all of them together, the lowest beside what stands over it, else the lowest or highest alone.

    What was found for each text is noted in ``known``: the same cell is looked at again with every row above and below it.
    """
    texts = [" ".join(joined), " - ".join(joined)]
    if len(joined) > 1:
        # Who gives a mark often stands under the criterion: “Tiếp công dân” over “tự chấm” or “điểm tự chấm”.
        giver = re.sub(r"^điểm\s+", "", joined[-1], flags=re.IGNORECASE)
        texts += [f"{' '.join(joined[:-1])} ({giver})", f"{joined[-2]} ({giver})", f"{joined[-2]} {joined[-1]}"]
    for text in dict.fromkeys((*texts, " ".join(own), own[-1], own[0])):
        if text not in known:
            known[text] = next((index[form] for form in forms_of(text) if form in index), None)
        if known[text] is not None:
            return known[text]
    return None


def forms_of(text: str) -> Iterator[str]:
    """Go through the ways a heading may be meant: its id in brackets, as written, without a unit in parentheses, a star, a number or marks."""
    yield from (fold(found) for found in _ID_IN_BRACKETS.findall(text))
    whole = fold(text)
    yield whole
    bare = _NUMBERING.sub("", whole.rstrip(" *:.")).strip()
    yield bare
    short = _LAST_PARENTHESIS.sub("", bare)
    yield short
    yield without_marks(bare)
    yield without_marks(short)
