"""The numbers of a report as a workbook: a sheet for each table, those behind the figures among them, and a first sheet that lists them.

A cell that is a number in the language of the report is a number in the sheet, shown with as many decimals, and an interval beside it is two more, in
columns of their own; all else is text, and never a formula.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import MINUS
from simulator.presentation.table_layout import display_width
from simulator.workbook.row_heights import fitted_widths
from simulator.workbook.sheet_writing import Heading, Rounded, SheetWriter, saved_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.presentation.numbers import Lang
    from simulator.presentation.table_layout import Row, Table
    from simulator.reporting.outline import Outline

_SIGN: Final = rf"(?P<sign>[+\-{MINUS}]?)"
_NUMBER: Final = {
    "vi": re.compile(rf"{_SIGN}(?P<whole>\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,(?P<places>\d+))?", re.ASCII),
    "en": re.compile(rf"{_SIGN}(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.(?P<places>\d+))?", re.ASCII),
}
_INTERVAL: Final = re.compile(r"(?P<value>[^\[\]]*?)\s*\[(?P<low>[^\[\];]+);\s*(?P<high>[^\[\];]+)\]", re.DOTALL)
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
"""Letters that the name of a sheet may have."""
_MOST_DIGITS: Final = 15
"""More digits than a sheet keeps are a name, such as a digest or a seed."""
_NARROWEST: Final = 9
_WIDEST: Final = 60


def write_numbers(outline: Outline, path: Path) -> None:
    """Write the tables of a report as a workbook.

    Parameters
    ----------
    outline
        The report, laid out.
    path
        The file to write; it is replaced.
    """
    lang = outline.lang
    tables = [(_sheet_name(number, table.caption), caption, table) for number, (caption, table) in enumerate(outline.tables(), 1)]
    with saved_book(path) as book:
        headings = [Heading(translate(f"numbers-book.{name}", lang), width, wraps=True) for name, width in (("sheet", 32), ("table", 90))]
        about = [translate("numbers-book.about", lang), f"{translate('report.stamp', lang)}. {translate('report.not-a-prediction', lang)}"]
        listed = SheetWriter(book, translate("report.contents", lang), headings, [outline.title, *about])
        for name, caption, table in tables:
            listed.write([name, _told(caption, table)])
        listed.close()
        for name, caption, table in tables:
            parted = _with_bounds(table)
            _write_table(SheetWriter(book, name, _headings(parted), [_told(caption, table)]), parted)


def number_in(text: str, lang: Lang) -> Rounded | None:
    """Return the number a text is, as this language writes numbers; nothing where it is more, or less, than a number.

    Examples
    --------
    >>> number_in("−1.234,50", "vi"), number_in("1,234.5", "en"), number_in("12%", "vi")
    (Rounded(value=-1234.5, places=2, is_parted=True), Rounded(value=1234.5, places=1, is_parted=True), None)
    """
    found = _NUMBER[lang].fullmatch(text.strip())
    if found is None:
        return None
    whole, places = re.sub(r"[.,]", "", found["whole"]), found["places"] or ""
    is_name = len(whole) > 1 and whole.startswith("0")
    if is_name or len(whole) + len(places) > _MOST_DIGITS:
        return None
    value = float(f"{whole}.{places or 0}")
    return Rounded(-value if found["sign"] in {"-", MINUS} and value else value, len(places), is_parted=whole != found["whole"])


def _sheet_name(number: int, title: str) -> str:
    """Return the number of a table and as many whole words of its title as the name of a sheet holds."""
    name = str(number)
    for word in _NOT_IN_A_NAME.sub(" ", title).split():
        if len(f"{name} {word}") > _LONGEST_NAME:
            break
        name = f"{name} {word}"
    return name.rstrip(" ,.;–-'")


def _with_bounds(table: Table) -> Table:
    """Return a table whose intervals have columns of their own for the lower and the upper bound."""
    n_columns = len(table.columns) - 1
    rows = [row for group in table.groups for row in group.rows]
    found = [[_interval(row.cells[at], table.lang) for row in rows] for at in range(n_columns)]
    has_bounds = [any(column) for column in found]
    has_values = [any((each["value"] if each else row.cells[at]) for each, row in zip(found[at], rows, strict=True)) for at in range(n_columns)]

    def cells_of(row: Row) -> Iterator[str]:
        for at, cell in enumerate(row.cells):
            told = _interval(cell, table.lang) if has_bounds[at] else None
            if not has_bounds[at] or has_values[at]:
                yield told["value"] if told else cell
            if has_bounds[at]:
                yield from (told["low"], told["high"]) if told else ("", "")

    columns = [table.columns[0]]
    for at, column in enumerate(table.columns[1:]):
        bounds = [translate(f"numbers-book.{bound}", table.lang, column=column) for bound in ("low", "high")] if has_bounds[at] else []
        columns += [*([column] if not bounds or has_values[at] else []), *bounds]
    groups = tuple(replace(group, rows=tuple(replace(row, cells=tuple(cells_of(row))) for row in group.rows)) for group in table.groups)
    return replace(table, columns=tuple(columns), groups=groups)


def _interval(cell: str, lang: Lang) -> dict[str, str] | None:
    """Return value and bounds of a cell that is a value, or nothing, and an interval of two numbers."""
    found = _INTERVAL.fullmatch(cell)
    if found is None or any(number_in(found[bound], lang) is None for bound in ("low", "high")):
        return None
    return found.groupdict()


def _told(caption: str, table: Table) -> str:
    return f"{caption} ({translate('table.simulated', table.lang)})" if table.is_simulated else caption


def _write_table(sheet: SheetWriter, table: Table) -> None:
    for row in _rows(table):
        sheet.write(row)
    sheet.say(table.notes)
    sheet.close()


def _is_grouped(table: Table) -> bool:
    return any(group.title for group in table.groups)


def _rows(table: Table) -> Iterator[list[Any]]:
    """Give the rows; what a group is called stands in each of its rows, so that they can be filtered and sorted."""
    for group in table.groups:
        for row in group.rows:
            header = f"{row.header}\n{row.small}" if row.small else row.header
            cells = [number_in(cell, table.lang) or cell for cell in row.cells]
            yield [*([group.title] if _is_grouped(table) else []), number_in(header, table.lang) or header, *cells]


def _headings(table: Table) -> list[Heading]:
    titles = [*([translate("numbers-book.group", table.lang)] if _is_grouped(table) else []), *table.columns]
    columns = list(zip(*([cell if isinstance(cell, str) else "" for cell in row] for row in _rows(table)), strict=True)) or [()] * len(titles)
    needed = [
        min(_WIDEST, max([_NARROWEST, display_width(title) * 0.6, *(display_width(line) for text in texts for line in text.split("\n"))]) + 2)
        for title, texts in zip(titles, columns, strict=True)
    ]
    return [Heading(title, width, wraps=True) for title, width in zip(titles, fitted_widths(needed), strict=True)]
