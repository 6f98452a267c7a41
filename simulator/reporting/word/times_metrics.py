"""How wide and how many lines a text is in Times New Roman, without the font: widths of columns and pages of a Word document are reckoned with it.

A letter with marks is as wide as the letter without, but for the horn of ơ and ư. Liberation Serif has the same widths.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import Final

from simulator.reporting.forms.table_fitting import BREAK

MM_PER_POINT: Final = 25.4 / 72
LINE: Final = 1.15
"""Height of a line in letters of its size, at single spacing."""

_FIRST: Final = 32
_REGULAR: Final = (
    *(250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278),
    *(564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944),
    *(722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389),
    *(278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541),
)
_BOLD: Final = (
    *(250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333),
    *(570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000),
    *(722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389),
    *(333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520),
)
"""Widths of the letters from the space to the tilde, in thousandths of the size."""
_OTHERS: Final = {"đ": 500, "Đ": 722, "–": 500, "−": 564, "…": 1000, "“": 444, "”": 444, "\N{NO-BREAK SPACE}": 250, BREAK: 0}
_HORN: Final = "\N{COMBINING HORN}"
_HORNS: Final = {False: {"o": 29, "u": 42, "U": 54}, True: {"o": 54, "u": 44, "U": 74}}
"""What a horn adds to the letter it stands on, regular and bold: the one mark that makes a letter wider."""
_UNKNOWN: Final = 1000
_PLACES: Final = re.compile(rf"{BREAK}|(?<=\w[-–])(?=\w)")
"""Where a line may break inside a word: where it is marked, and after a hyphen or a dash, as every program has it."""
_TWIPS_A_POINT: Final = 20


@lru_cache(maxsize=200_000)
def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a text in one line, in mm.

    Examples
    --------
    >>> round(text_width("Hà Nội", 12), 1), round(text_width("Hà Nội", 12, is_bold=True), 1)
    (12.3, 12.8)
    """
    widths = _BOLD if is_bold else _REGULAR
    total = 0
    before = ""
    for letter in unicodedata.normalize("NFD", text):
        place = ord(letter) - _FIRST
        if 0 <= place < len(widths):
            total += widths[place]
            before = letter
        elif letter == _HORN:
            total += _HORNS[is_bold].get(before, 0)
        elif not unicodedata.combining(letter):
            total += _OTHERS.get(letter, _UNKNOWN)
    return total / 1000 * size * MM_PER_POINT


def ems(text: str, is_bold: bool) -> float:  # noqa: FBT001  # whoever fits a table asks so
    """Return the width of a text in one line, in letters of its size."""
    return text_width(text, 1.0, is_bold=is_bold) / MM_PER_POINT


def line_height(size: float) -> float:
    """Return the height of a line in points: whole twentieths, as programs for words reckon.

    Examples
    --------
    >>> line_height(13), line_height(11.5)
    (14.95, 13.25)
    """
    return math.ceil(round(size * LINE * _TWIPS_A_POINT, 6)) / _TWIPS_A_POINT


def n_lines(text: str, room: float, size: float, *, is_bold: bool = False) -> int:
    """Return over how many lines a text goes in a column of this many mm; a word breaks where it is marked, and anywhere if it is wider than the column.

    Examples
    --------
    >>> n_lines("Hà Nội", 20, 12), n_lines("Hà Nội", 8, 12), n_lines("a" + chr(10) + "b", 20, 12)
    (1, 2, 2)
    """
    space = text_width(" ", size, is_bold=is_bold)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            gap = space
            for piece in _PLACES.split(word):
                wide = text_width(piece, size, is_bold=is_bold)
                if used and used + gap + wide > room:
                    lines += 1
                    used = 0.0
                used += wide + (gap if used else 0.0)
                gap = 0.0
                broken = int(used / room) if used > room else 0
                lines += broken
                used -= broken * room
    return lines
