"""The look of a sheet to fill: title, headings with notes, drop-downs, limits on what can be typed, the notes on its columns, and how it prints."""

from __future__ import annotations

import csv
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from simulator.presentation.i18n import translate
from simulator.scoring.columns import Content
from simulator.workbook.row_heights import row_height, set_pages
from simulator.workbook.safe_text import csv_text, looks_computed, sheet_text
from simulator.workbook.tables import fit_heights
from simulator.workbook.template_columns import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from simulator.presentation.numbers import Lang
    from simulator.scoring.columns import Column

N_ROWS: Final = 2000
"""Rows below the headings that have drop-downs and limits."""
HEADING_ROW: Final = 4
_GUIDE_ROW: Final = 3
_INK, _PAPER, _NEEDED = "FF1F3A5F", "FFE8EEF5", "FFFCE4D6"
_LONGEST_PROMPT: Final = 255
_LONGEST_TITLE: Final = 32
_WIDE: Final = {
    "name": 28,
    "unit": 26,
    "cluster": 22,
    "id": 12,
    "note": 24,
    "award_name": 40,
    "achievement": 40,
    "criterion": 34,
    "award": 40,
    "role": 24,
    "unit_id": 16,
}
_MOST: Final = 1_000_000_000
_TITLE: Final = 115
"""Letters a title may be wide, so that it stands on the first printed page."""


class HeadedColumn(NamedTuple):
    """A column as it stands on a sheet: what it is, its heading, how to fill it, what one may choose from, and whether anything else is refused."""

    column: Column
    heading: str
    how: str
    choices: tuple[str, ...] = ()
    is_closed: bool = True


class Lists:
    """The hidden sheet that holds what drop-downs offer."""

    def __init__(self, book: Workbook, title: str) -> None:
        self._sheet = book.create_sheet(title)
        self._sheet.sheet_state = "hidden"
        self._ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, choices: tuple[str, ...]) -> str:
        """Give the range that holds these choices, writing it the first time."""
        if choices not in self._ranges:
            column = len(self._ranges) + 1
            for row, choice in enumerate(choices, 1):
                put(self._sheet.cell(row, column), choice)
            letter = get_column_letter(column)
            self._ranges[choices] = f"'{self._sheet.title}'!${letter}$1:${letter}${len(choices)}"
        return self._ranges[choices]


def put(cell: Cell, text: str | int) -> None:
    """Write text into a cell as text, never as a formula."""
    cell.value = sheet_text(text) if isinstance(text, str) else text
    if isinstance(text, str) and looks_computed(text):
        cell.data_type = "s"
        cell.quotePrefix = True


def write_sheet(sheet: Worksheet, title: str, note: str, columns: list[HeadedColumn], lists: Lists, wrong: str) -> None:
    """Write title, note and headings, and set what each column accepts."""
    widths = [_WIDE.get(headed.column.id, 14) for headed in columns]
    width = max(2, sum(so_far <= _TITLE for so_far in accumulate(widths)))
    for row, text in ((1, title), (2, note)):
        put(sheet.cell(row, 1), text)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    sheet["A1"].font = Font(bold=True, size=14, color=_INK)
    sheet["A1"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    line = Side(style="thin", color="FFB8C4D3")
    for place, headed in enumerate(columns, 1):
        cell = sheet.cell(HEADING_ROW, place)
        put(cell, headed.heading)
        cell.font = Font(bold=True, color=_INK)
        cell.fill = PatternFill("solid", fgColor=_NEEDED if headed.column.is_required else _PAPER)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell.comment = Comment(sheet_text(headed.how), "tieuchi", width=320, height=160)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDE.get(headed.column.id, 14)
        number_format = _number_format(headed.column)
        if number_format is not None:
            sheet.column_dimensions[letter].number_format = number_format
            for row in range(HEADING_ROW + 1, HEADING_ROW + 101):
                sheet.cell(row, place).number_format = number_format
        validation = _validation(headed, lists, wrong)
        if validation is not None:
            validation.add(f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + N_ROWS}")
            sheet.add_data_validation(validation)
    sheet.row_dimensions[HEADING_ROW].height = row_height((headed.heading, wide * 0.85) for headed, wide in zip(columns, widths, strict=True))
    room = sum(widths[:width])
    sheet.row_dimensions[1].height = 1.25 * row_height([(title, room * 0.7)])
    sheet.row_dimensions[2].height = row_height([(note, room)])
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, min(3, len(columns) + 1))
    set_print(sheet, HEADING_ROW)


def write_headings(path: Path, headings: Iterable[str], lang: Lang) -> None:
    """Write a sheet to fill that is text: its headings alone, parted as spreadsheets of the language part them."""
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target, delimiter=";" if lang == "vi" else ",").writerow([csv_text(heading) for heading in headings])


def write_guide(sheet: Worksheet, kinds: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], lang: Lang) -> None:
    """Write the notes on the columns of a workbook to fill.

    Parameters
    ----------
    sheet
        Where to write.
    kinds
        What the columns of the notes tell: ``template.guide.<kind>`` of the catalogue.
    rows
        The notes, a text for each kind.
    widths
        How wide the columns are.
    lang
        The language of the headings.
    """
    put(sheet.cell(1, 1), translate("template.guide.title", lang))
    for place, kind in enumerate(kinds, 1):
        put(sheet.cell(_GUIDE_ROW, place), translate(f"template.guide.{kind}", lang))
        sheet.cell(_GUIDE_ROW, place).font = Font(bold=True)
    for row, texts in enumerate(rows, _GUIDE_ROW + 1):
        for place, text in enumerate(texts, 1):
            put(sheet.cell(row, place), text)
            sheet.cell(row, place).alignment = Alignment(wrap_text=True, vertical="top")
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    fit_heights(sheet)
    sheet.freeze_panes = sheet.cell(_GUIDE_ROW + 1, 1)
    set_print(sheet, _GUIDE_ROW)


def set_print(sheet: Worksheet, heading_row: int) -> None:
    """Print on A4 across with the headings on every page, and who is meant where a page does not hold all columns."""
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    set_pages(sheet, [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, sheet.max_column + 1)], 2)


def _number_format(column: Column) -> str | None:
    if column.content is Content.DATE and column.id not in YEARS:
        return "dd/mm/yyyy"
    is_text = column.content in {Content.TEXT, Content.EVENTS, Content.ACHIEVEMENTS}
    return "@" if is_text else None


def _validation(headed: HeadedColumn, lists: Lists, wrong: str) -> DataValidation | None:
    column = headed.column
    if headed.choices:
        validation = DataValidation(type="list", formula1=lists.range_of(headed.choices), allow_blank=True)
    elif column.id in YEARS:
        validation = DataValidation(type="whole", operator="between", formula1="1945", formula2="2100", allow_blank=True)
    elif column.content is Content.DATE:
        validation = DataValidation(type="date", operator="between", formula1="DATE(1945,1,1)", formula2="DATE(2100,12,31)", allow_blank=True)
    elif column.content in {Content.COUNT, Content.NUMBER, Content.PERCENT}:
        low = f"{column.low:g}" if column.low is not None else "0" if column.content is Content.COUNT else f"-{_MOST}"
        high = f"{column.high:g}" if column.high is not None else str(_MOST)
        kind = "whole" if column.content is Content.COUNT else "decimal"
        validation = DataValidation(type=kind, operator="between", formula1=low, formula2=high, allow_blank=True)
    else:
        return None
    validation.showErrorMessage, validation.showInputMessage = headed.is_closed, True
    validation.error, validation.errorTitle = wrong, "tieuchi"
    validation.promptTitle = headed.heading[:_LONGEST_TITLE]
    validation.prompt = headed.how[:_LONGEST_PROMPT]
    return validation
