"""Write large sheets row by row: headed, frozen, filtered, ready to print on A4 landscape, and free of formulas."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from simulator.workbook.row_heights import row_height, set_pages
from simulator.workbook.safe_text import looks_computed, sheet_text
from simulator.workbook.still_archive import lack_of_space_told, save_book

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from openpyxl import Workbook

FONT = "Times New Roman"
MOST_ROWS = 1_048_576
"""Rows a sheet can hold."""
_LINE = Side(style="thin", color="999999")


@dataclass(frozen=True)
class Heading:
    """One column of a sheet: what it is called, how wide it is in letters, whether its text wraps, and whether it is printed.

    Columns that are not printed stand after those that are.
    """

    title: str
    width: float = 12
    wraps: bool = False
    is_printed: bool = True


@dataclass(frozen=True)
class Rounded:
    """A number with the decimals it is shown with, whether its thousands are parted, and its unit; a percentage is kept as the share it is."""

    value: float
    places: int
    is_parted: bool = False
    unit: str = ""


class _Look(NamedTuple):
    """How cells of one kind look; a marked one holds text that must not become a formula."""

    bold: bool = False
    is_heading: bool = False
    wraps: bool = False
    lined: bool = False
    is_marked: bool = False
    number_format: str = ""

    def cell_of(self, sheet: Any) -> WriteOnlyCell:
        """Make a cell of this look."""
        cell = WriteOnlyCell(sheet)
        cell.font = Font(name=FONT, size=12, bold=self.bold)
        if self.is_heading or self.wraps:
            cell.alignment = Alignment(
                wrap_text=True, vertical="center" if self.is_heading else "top", horizontal="center" if self.is_heading else None
            )
        elif self.lined:
            cell.alignment = Alignment(vertical="top")
        if self.is_heading:
            cell.fill = PatternFill("solid", fgColor="E4E4E4")
        if self.is_heading or self.lined:
            cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
        if self.is_marked:
            cell.quotePrefix = True
        if self.number_format:
            cell.number_format = self.number_format
        return cell


@contextmanager
def saved_book(path: Path) -> Iterator[Workbook]:
    """Open a workbook to be written only, and save it; what was begun is closed where writing stops on the way."""
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "tieuchi"
    try:
        with lack_of_space_told(path):
            yield book
    except BaseException:
        for sheet in book.worksheets:
            if not sheet.closed:
                with suppress(Exception):  # what could not be written cannot be closed either
                    sheet.close()
        raise
    save_book(book, path)


class SheetWriter:
    """One sheet of a workbook that is being written, row after row, without keeping it in memory.

    Parameters
    ----------
    book
        A workbook opened to be written only.
    title
        Name of the sheet.
    headings
        Its columns.
    caption
        Lines above the headings.
    """

    def __init__(self, book: Workbook, title: str, headings: Sequence[Heading], caption: Sequence[str] = ()) -> None:
        self._sheet = book.create_sheet(title)
        self._headings = tuple(headings)
        self._wrapped = tuple(heading.width if heading.wraps else 0 for heading in headings)
        self._printed = [heading.width for heading in headings if heading.is_printed]
        self._first = len(caption) + 1
        self._n_written = self.n_rows = 0
        self._cells: dict[_Look, WriteOnlyCell] = {}
        self._set_up()
        for number, line in enumerate(caption):
            self._across(line, bold=number == 0)
        # Bold letters are wider.
        high = row_height((heading.title, heading.width * 0.85) for heading in headings)
        self._append((self._cell(heading.title, _Look(bold=True, is_heading=True)) for heading in headings), high)

    def write(self, values: Iterable[Any]) -> None:
        """Write one row of text, numbers (``Rounded`` where they are shown with so many decimals), or None for an empty cell."""
        row = list(values)
        high = row_height((value, width) for value, width in zip(row, self._wrapped, strict=True) if width and isinstance(value, str))
        self._append((self._filled(column, value) for column, value in enumerate(row)), high)
        self.n_rows += 1

    def say(self, lines: Iterable[str]) -> None:
        """Write lines of text under the rows."""
        for line in lines:
            self._across(line)

    def close(self) -> None:
        """Say over which rows the filters reach."""
        if self._headings and self.n_rows:
            self._sheet.auto_filter.ref = f"A{self._first}:{get_column_letter(len(self._headings))}{self._first + self.n_rows}"
        if len(self._printed) < len(self._headings):
            self._sheet.print_area = f"A1:{get_column_letter(len(self._printed))}{self._n_written}"

    def _append(self, cells: Generator[WriteOnlyCell, None, None], high: float) -> None:
        self._n_written += 1
        self._sheet.row_dimensions[self._n_written].height = high
        self._sheet.append(cells)
        del self._sheet.row_dimensions[self._n_written]  # written with the row; a large sheet keeps none of it

    def _across(self, line: str, *, bold: bool = False) -> None:
        """Write a line over all printed columns, wrapped, so that no page cuts it."""
        at = self._n_written + 1
        self._sheet.merged_cells.add(f"A{at}:{get_column_letter(max(1, len(self._printed)))}{at}")
        room = sum(self._printed) * (0.85 if bold else 1)
        self._append((self._cell(text, _Look(bold=bold, wraps=True)) for text in (line,)), row_height([(line, room)]))

    def _set_up(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes = f"A{self._first + 1}"
        sheet.print_title_rows = f"{self._first}:{self._first}"
        set_pages(sheet, self._printed)
        for column, heading in enumerate(self._headings, 1):
            sheet.column_dimensions[get_column_letter(column)].width = heading.width

    def _filled(self, column: int, value: Any) -> WriteOnlyCell:
        wraps = self._headings[column].wraps
        if not isinstance(value, Rounded):
            return self._cell(float(value) if isinstance(value, Fraction) else value, _Look(wraps=wraps, lined=True))
        whole = "#,##0" if value.is_parted else "0"
        shown = f"{whole}.{'0' * value.places}" if value.places else whole
        if value.unit:
            shown += value.unit if value.unit == "%" else '"' + value.unit.replace('"', "") + '"'
        return self._cell(value.value, _Look(wraps=wraps, lined=True, number_format=shown))

    def _cell(self, value: Any, look: _Look) -> WriteOnlyCell:
        """Fill the one cell of its look: a cell is written before the next is asked for, and its style takes far longer to make than its value."""
        is_text = isinstance(value, str)
        if is_text and looks_computed(value):
            look = look._replace(is_marked=True)
        cell = self._cells.get(look)
        if cell is None:
            cell = self._cells[look] = look.cell_of(self._sheet)
        cell.value = sheet_text(value) if is_text else value
        if is_text:
            cell.data_type = "s"
        return cell
