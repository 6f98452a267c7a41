"""The numbers of a report as a workbook: a sheet for each table, those behind the figures among them, and a first sheet that lists them.

A cell that is a number in the language of the report is a number in the sheet, shown with as many decimals and its unit. An interval beside it is two
more, and words beside it are text, in columns of their own; all else is text, and never a formula.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from simulator.presentation.i18n import translate
from simulator.presentation.table_layout import display_width
from simulator.reporting.forms.cell_parts import Parts, number_in, parts_of
from simulator.workbook.row_heights import fitted_widths
from simulator.workbook.sheet_writing import Heading, SheetWriter, saved_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from simulator.presentation.numbers import Lang
    from simulator.presentation.table_layout import Table
    from simulator.reporting.outline import Outline

_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
"""Letters that the name of a sheet may have."""
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
            parted = _taken_apart(table)
            _write_table(SheetWriter(book, name, _headings(parted), [_told(caption, table)]), parted)


def _sheet_name(number: int, title: str) -> str:
    """Return the number of a table and as many whole words of its title as the name of a sheet holds."""
    name = str(number)
    for word in _NOT_IN_A_NAME.sub(" ", title).split():
        if len(f"{name} {word}") > _LONGEST_NAME:
            break
        name = f"{name} {word}"
    return name.rstrip(" ,.;–-'")


def _taken_apart(table: Table) -> Table:
    """Return a table in which numbers, the bounds of their intervals and the words beside them have columns of their own."""
    rows = [row for group in table.groups for row in group.rows]
    columns = [_Column(title, [row.cells[at] for row in rows], table.lang) for at, title in enumerate(table.columns[1:])]
    cells = iter(zip(*(column.cells() for column in columns), strict=True)) if columns else iter([()] * len(rows))
    groups = tuple(replace(group, rows=tuple(replace(row, cells=tuple(chain(*next(cells)))) for row in group.rows)) for group in table.groups)
    return replace(table, columns=(table.columns[0], *(title for column in columns for title in column.titles())), groups=groups)


class _Column:
    """A column of a table, and those it becomes."""

    def __init__(self, title: str, cells: Sequence[str], lang: Lang) -> None:
        self._title, self._cells, self._lang = title, cells, lang
        self._parts = [parts_of(cell, lang) for cell in cells]
        n_told = sum(parts is not None or number_in(cell, lang) is not None for parts, cell in zip(self._parts, cells, strict=True))
        if 2 * n_told < sum(bool(cell.strip()) for cell in cells):  # text, in which a number may occur
            self._parts = [None] * len(cells)
        found = [parts for parts in self._parts if parts is not None]
        self._has_bounds, self._has_besides = any(parts.low for parts in found), any(parts.besides for parts in found)
        self._has_value = not found or any(parts.value if parts else cell for parts, cell in zip(self._parts, cells, strict=True))

    def titles(self) -> list[str]:
        names = [*(["low", "high"] if self._has_bounds else []), *(["besides"] if self._has_besides else [])]
        further = [translate(f"numbers-book.{name}", self._lang, column=self._title) for name in names]
        return [*([self._title] if self._has_value else []), *further]

    def cells(self) -> Iterator[list[str]]:
        for cell, found in zip(self._cells, self._parts, strict=True):
            parts = found or Parts(cell)
            bounds = [parts.low, parts.high] if self._has_bounds else []
            yield [*([parts.value] if self._has_value else []), *bounds, *([parts.besides] if self._has_besides else [])]


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
