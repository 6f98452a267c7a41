"""The numbers of a report as a workbook: a sheet for each table, those behind the figures among them, and a first sheet that lists them.

A cell that is a number in the language of the report is a number in the sheet, shown with as many decimals; all else is text, and never a formula.
"""

from __future__ import annotations

import re
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
    from simulator.presentation.table_layout import Table
    from simulator.reporting.outline import Outline

_SIGN: Final = rf"(?P<sign>[+\-{MINUS}]?)"
_NUMBER: Final = {
    "vi": re.compile(rf"{_SIGN}(?P<whole>\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,(?P<places>\d+))?", re.ASCII),
    "en": re.compile(rf"{_SIGN}(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.(?P<places>\d+))?", re.ASCII),
}
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
    tables = [(translate("report.table-name", lang, n=str(number)), caption, table) for number, (caption, table) in enumerate(outline.tables(), 1)]
    with saved_book(path) as book:
        headings = [Heading(translate(f"numbers-book.{name}", lang), width, wraps=True) for name, width in (("sheet", 14), ("table", 90))]
        about = [translate("numbers-book.about", lang), f"{translate('report.stamp', lang)}. {translate('report.not-a-prediction', lang)}"]
        listed = SheetWriter(book, translate("report.contents", lang), headings, [outline.title, *about])
        for name, caption, table in tables:
            listed.write([name, _told(caption, table)])
        listed.close()
        for name, caption, table in tables:
            _write_table(SheetWriter(book, name, _headings(table), [_told(caption, table)]), table)


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
