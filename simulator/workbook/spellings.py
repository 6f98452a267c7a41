"""Units and clusters written in two ways: told by cell, never merged, because only the office knows whether they are one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from simulator.workbook.cell_values import fold, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.workbook.table_cells import TableCells

_SPACE_BESIDE_A_LETTER: Final = re.compile(r"(?<!\d) | (?!\d)")


def check_spellings(cells: TableCells, column: str, texts: Iterable[str], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Tell texts of a column that differ only in capitals, marks or spaces from one above, or from a known one.

    Parameters
    ----------
    cells
        The table.
    column
        Its column of units or clusters.
    texts
        (n,) what its rows say.
    known
        Texts that stand elsewhere, with the first cell of each.

    Returns
    -------
    Each text with its first cell.
    """
    places = {loose(text): (text, cell) for text, cell in reversed(list((known or {}).items()))}
    first: dict[str, str] = {}
    for row, text in zip(cells.rows, texts, strict=True):
        if not text or text in first:
            continue
        first[text] = cells.table.cell(row, column)
        other, cell = places.setdefault(loose(text), (text, first[text]))
        if other != text and text not in (known or {}):
            cells.report("WB542" if are_surely_one(text, other) else "WB543", row, column, other=cell)
    return first


def loose(text: str) -> str:
    """Give a text without capitals, marks, and spaces other than those between numbers."""
    return _SPACE_BESIDE_A_LETTER.sub("", without_marks(fold(text)))


def are_surely_one(text: str, other: str) -> bool:
    """Tell whether two texts that are loosely alike can hardly be two names: the same but for capitals and spaces, typed without marks, or *hoà* and *hòa*.

    *Xã Hòa Bình* and *Xã Hóa Bình* may well be two places.
    """
    one, two = (_SPACE_BESIDE_A_LETTER.sub("", fold(each)) for each in (text, other))
    is_bare = any(without_marks(each) == each for each in (one, two))
    return is_bare or sorted(unicodedata.normalize("NFD", one)) == sorted(unicodedata.normalize("NFD", two))
