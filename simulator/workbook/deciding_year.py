"""The year being decided: given, or said by the file in a cell beside *Năm xét* or in a column of that name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.workbook.cell_values import Doubt, fold, is_empty, read_year, shown, shown_in_rules, without_marks
from simulator.workbook.headings import YEAR_KEY
from simulator.workbook.wordings import LANGUAGES, names_of_key

if TYPE_CHECKING:
    from simulator.rules.criteria import CriteriaSet
    from simulator.workbook.codes import Problems
    from simulator.workbook.sheets import Sheet, Value

_LOOKED_AT: Final = 40
_BELOW: Final = 6
_SAID_INSIDE: Final = re.compile(r"(.+?)\s*[:\-–]?\s*(\d{4})\.?")
_HAS_DIGITS: Final = re.compile(r"\d")


def find_year(sheets: list[Sheet], year: int | None, problems: Problems) -> int:
    """Find the year being decided; what the file says must agree with the year given.

    Raises
    ------
    InputError
        If nothing says the year, what stands beside the words cannot be read, or two cells say different years.
    """
    labels = year_labels()
    said: list[tuple[int, int, str]] = []
    for sheet in sheets:
        for position, row in enumerate(sheet.rows[:_LOOKED_AT]):
            for column, value in enumerate(row):
                found = _year_at(sheet, position, column, value, labels) if isinstance(value, str) else None
                line = sheet.lines[position]
                if isinstance(found, int):
                    said.append((found, line, sheet.cell(line, column)))
                elif found is not None:
                    problems.report("WB550", line, cell=sheet.cell(line, found.column))
    problems.stop_if_wrong()
    expected = year if year is not None else said[0][0] if said else None
    if expected is None:
        problems.refuse("WB527", 1)
    for found, line, cell in said:
        if found != expected:
            problems.report("WB528", line, cell=cell, found=str(found), expected=str(expected))
    problems.stop_if_wrong()
    return expected


def warn_if_not_in_force(criteria: CriteriaSet, year: int, problems: Problems) -> None:
    """Warn when the set is in force on no day of the year being decided."""
    start, end = criteria.valid_from, criteria.valid_until
    if start is None:  # a draft is in force in no year, and nobody takes it to be
        return
    if start.year <= year and (end is None or end.year >= year):
        return
    if end is None:
        problems.report("WB548", 1, start=f"{start:%d/%m/%Y}", year=str(year))
    else:
        problems.report("WB547", 1, start=f"{start:%d/%m/%Y}", end=f"{end:%d/%m/%Y}", year=str(year))


def year_labels() -> frozenset[str]:
    """Give every folded way to write *Năm xét*, with and without marks."""
    names = {name for _ in LANGUAGES for name in names_of_key(YEAR_KEY)}
    return frozenset(names | {without_marks(name) for name in names})


class _Unread(NamedTuple):
    """Where something stands beside *Năm xét* that may be meant for a year, and cannot be read as one."""

    column: int


def _year_at(sheet: Sheet, position: int, column: int, value: str, labels: frozenset[str]) -> int | _Unread | None:
    text = fold(value[:200]).rstrip(" :*")
    inside = _SAID_INSIDE.fullmatch(text)
    if inside and inside[1].rstrip(" :*-–") in labels:
        return int(inside[2])
    if text not in labels:
        return None
    row = sheet.rows[position]
    beside = next((place for place in range(column + 1, len(row)) if not is_empty(row[place])), None)
    below = (row[column] for row in sheet.rows[position + 1 : position + _BELOW] if column < len(row))
    for cell in (None if beside is None else row[beside], *below):
        year = _year(cell)
        if year is not None:
            return year
    # Words may be the heading of the next column; a date, or anything else with digits, is no heading.
    return _Unread(beside) if beside is not None and _HAS_DIGITS.search(shown_in_rules(row[beside])) else None


def _year(cell: Value) -> int | None:
    year = None if is_empty(cell) else read_year(cell)
    return None if isinstance(year, Doubt) else year


def check_year(value: Value, expected: int) -> Doubt | int:
    """Read a year of the column *Năm xét*, which is the same in every row."""
    year = read_year(value)
    return year if year == expected or isinstance(year, Doubt) else Doubt("WB517", f"{expected}") if shown(value) else year
