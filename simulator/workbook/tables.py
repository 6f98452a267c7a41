"""Write tables into workbooks: text that never becomes a formula, columns wide enough to read, header rows that every printed page repeats."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from simulator.presentation.table_layout import display_width
from simulator.workbook.row_heights import ROOM, fitted_widths, row_height, set_pages
from simulator.workbook.safe_text import looks_computed, sheet_text
from simulator.workbook.still_archive import save_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from simulator.presentation.table_layout import Table

FONT_NAME: Final = "Times New Roman"
FONT_SIZE: Final = 12
NARROWEST, WIDEST = 6, 60
_FLOOR, _FEW = 14, 8
"""Columns are not narrowed below this to fit a page: words would be cut."""
_HEADER_FILL: Final = PatternFill("solid", fgColor="FFE7E6E6")
_LINE: Final = Side(style="thin", color="FF7F7F7F")
_BORDER: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BOLD: Final = 0.85
"""Bold letters are wider: this much of a column holds as many."""
_LONGEST_SHEET_NAME: Final = 31
_AS_NEEDED: Final[Mapping[int, float]] = {}
_Look = tuple[bytes, bool, bool, str | None]
_LOOKS: Final[WeakKeyDictionary[Workbook, dict[_Look, Any]]] = WeakKeyDictionary()
"""What a cell of a workbook looked like and how it was to look → its style: to find a font or a border among those of the book takes most of writing it."""


def write_table(table: Table, path: Path) -> None:
    """Write one table as a workbook.

    Parameters
    ----------
    table
        The table; groups become rows of their own, notes stand below.
    path
        The file to write; it is replaced.
    """
    groups = [(group.title, [(row.header, *row.cells) for row in group.rows]) for group in table.groups]
    write_rows(path, sheet_name(table.caption or table.id), table.caption, table.columns, groups, table.notes)


def write_rows(
    path: Path,
    name: str,
    caption: str,
    columns: Sequence[str],
    groups: Iterable[tuple[str, Iterable[Sequence[Any]]]],
    notes: Iterable[str],
    *,
    widths: Mapping[int, float] = _AS_NEEDED,
) -> None:
    """Write rows of cells as a workbook of one sheet.

    Parameters
    ----------
    path
        The file to write; it is replaced.
    name
        Of the sheet.
    caption, columns
        What stands above the rows.
    groups
        Titles, and the rows below each; an empty title takes no row.
    notes
        What stands below.
    widths
        Number of a column, from 1, and its width where it is not to follow from what stands in it.
    """
    book = new_workbook()
    sheet = book.active
    sheet.title = name
    put(sheet.cell(1, 1), caption, is_bold=True, has_border=False)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    put_header(sheet, 3, columns)
    line = 4
    for title, rows in groups:
        if title:
            put(sheet.cell(line, 1), title, is_bold=True)
            sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(columns))
            line += 1
        for row in rows:
            for column, value in enumerate(row, 1):
                put(sheet.cell(line, column), value)
            line += 1
    fit_widths(sheet, first_row=3, given=widths)
    for note in notes:
        line += 1
        put(sheet.cell(line, 1), note, has_border=False)
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(columns))
    fit_heights(sheet)
    set_up_page(sheet, header_row=3)
    save_book(book, path)


def new_workbook() -> Any:
    """Begin a workbook that says nothing of who made it and when."""
    book = Workbook()
    book.properties.creator = ""
    return book


def sheet_name(text: str) -> str:
    """Make a name a sheet can have."""
    name = "".join(" " if letter in "[]:*?/\\'" else letter for letter in text)
    return " ".join(name.split())[:_LONGEST_SHEET_NAME].strip() or "1"


def put(cell: Any, value: Any, *, is_bold: bool = False, has_border: bool = True, number_format: str | None = None) -> None:
    """Write a value into a cell: text stays text whatever it begins with.

    Parameters
    ----------
    cell
        The cell.
    value
        Text, also with runs of its own look; a number, a date, or nothing.
    is_bold, has_border
        How it looks.
    number_format
        How a number is shown.
    """
    if isinstance(value, str):
        text = sheet_text(value)
        cell.value = text or None
        if text:
            cell.data_type = "s"
            cell.quotePrefix = looks_computed(text)
    else:
        cell.value = value
    looks = _LOOKS.setdefault(cell.parent.parent, {})
    look = (bytes(cell._style or b""), is_bold, has_border, number_format)  # noqa: SLF001  # openpyxl's own way to give a cell the style of another
    if look in looks:
        cell._style = copy(looks[look])  # noqa: SLF001  # as above
        return
    if number_format is not None:
        cell.number_format = number_format
    cell.font = Font(name=FONT_NAME, size=FONT_SIZE, bold=is_bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if has_border:
        cell.border = _BORDER
    looks[look] = copy(cell._style)  # noqa: SLF001  # as above


def put_header(sheet: Worksheet, line: int, columns: Sequence[str]) -> None:
    """Write a header row."""
    for column, text in enumerate(columns, 1):
        cell = sheet.cell(line, column)
        put(cell, text, is_bold=True)
        cell.fill = _HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")


def fit_widths(sheet: Worksheet, first_row: int = 1, given: Mapping[int, float] = _AS_NEEDED) -> None:
    """Give each column what its longest line needs, or what is given for its number, within what a page holds, or two where there are many columns."""
    needed = []
    merged = {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}
    for column in range(1, sheet.max_column + 1):
        cells = [cell for (cell,) in sheet.iter_rows(first_row, sheet.max_row, column, column) if cell.value is not None]
        texts = [str(cell.value) for cell in cells if (cell.row, column) not in merged]
        longest = max((display_width(part) for text in texts for part in text.split("\n")), default=0)
        needed.append(given.get(column, min(WIDEST, max(NARROWEST, longest + 2))))
    for column, width in enumerate(fitted_widths(needed, ROOM if len(needed) <= _FEW else 2 * ROOM, _FLOOR), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def fit_heights(sheet: Worksheet) -> None:
    """Make each row as high as its wrapped text needs; a merged cell has the room of all its columns."""
    widths = [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, sheet.max_column + 1)]
    merged = {(area.min_row, area.min_col): sum(widths[area.min_col - 1 : area.max_col]) for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        cells = [
            (str(cell.value), merged.get((cell.row, cell.column), widths[cell.column - 1]) * (_BOLD if cell.font.b else 1))
            for cell in row
            if isinstance(cell.value, str | CellRichText)
        ]
        if cells:
            sheet.row_dimensions[row[0].row].height = row_height(cells)


def set_up_page(sheet: Worksheet, header_row: int) -> None:
    """Print on A4 landscape with the header on each page; keep the header in sight on the screen."""
    sheet.freeze_panes = sheet.cell(header_row + 1, 1)
    sheet.print_title_rows = f"{header_row}:{header_row}"
    set_pages(sheet, [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, sheet.max_column + 1)])
