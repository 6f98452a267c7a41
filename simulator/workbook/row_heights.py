"""How high a row must be for its wrapped text, and how wide columns may be to print at a size that can be read.

A program that opens a workbook does not always set the height of its rows anew, and never on paper; so it is estimated from the text and the width of its
column in letters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from simulator.presentation.table_layout import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

A4 = 9
LEAST_SCALE = 80
"""Percent of full size below which a print cannot be read well."""
LINE = 16.0
"""Height of a line of 12 points."""
LETTERS = 1.1
"""Letters of Times New Roman of 12 points in a unit of width, which is a digit of the standard font."""
HIGHEST = 409.0
"""Points a row of a sheet can be high."""
ROOM = 170.0
"""Letters in a row of A4 landscape between narrow margins, at four fifths of full size."""
NARROW_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}
"""Margins in inches with which ``ROOM`` was reckoned."""


@lru_cache(maxsize=100_000)
def n_lines(text: str, width: float) -> int:
    """Estimate over how many lines a text is wrapped in a column.

    Examples
    --------
    >>> n_lines("ngắn", 20), n_lines("một hai ba bốn", 8), n_lines("a" + chr(10) + "b", 8)
    (1, 2, 2)
    """
    room = max(1.0, width * LETTERS - 1)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0
        for word in paragraph.split(" "):
            length = display_width(word)
            if used and used + 1 + length > room:
                lines += 1
                used = 0
            used += length + (1 if used else 0)
            while used > room:  # a word wider than the column is cut
                lines += 1
                used -= int(room)
    return lines


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Give the height of a row from each wrapped text and the width of its column.

    Examples
    --------
    >>> row_height([("Tổ 1", 20), ("một hai ba bốn", 8)])
    32.0
    """
    return min(HIGHEST, LINE * max((n_lines(text, width) for text, width in cells), default=1))


def set_pages(sheet: Any, widths: Sequence[float], n_repeated: int = 1) -> None:
    """Print on A4 across as wide as the paper; what would be too small to read goes over several pages, with the first columns on each.

    Parameters
    ----------
    sheet
        The sheet.
    widths
        Widths of the columns that are printed.
    n_repeated
        Columns that say of what or whom a row is.
    """
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.oddFooter.center.text = "&P/&N"
    for side, inches in NARROW_MARGINS.items():
        setattr(sheet.page_margins, side, inches)
    if sum(widths) <= ROOM * 1.05:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    else:
        sheet.page_setup.scale, sheet.page_setup.pageOrder = LEAST_SCALE, "overThenDown"
        sheet.print_title_cols = f"A:{get_column_letter(n_repeated)}"


def fitted_widths(needed: Sequence[float], room: float = ROOM, narrowest: float = 8) -> list[float]:
    """Take from the widest columns until all of them fit the page, as long as that can be read.

    Examples
    --------
    >>> fitted_widths([5, 60, 40], room=85)
    [5.0, 40.0, 40.0]
    """
    widths = [float(width) for width in needed]
    while sum(widths) > room and max(widths) > narrowest:
        widest = widths.index(max(widths))
        widths[widest] = max(narrowest, widths[widest] - 1)
    return widths
