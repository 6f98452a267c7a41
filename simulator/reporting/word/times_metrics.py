"""How wide and how many lines a text is in Times New Roman, without the font: widths of columns and pages of a Word document are reckoned with it.

A letter with marks is as wide as the letter without. Liberation Serif has the same widths.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

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
_OTHERS: Final = {"đ": 500, "Đ": 722, "–": 500, "−": 564, "…": 1000, "“": 444, "”": 444, "\N{NO-BREAK SPACE}": 250}
_UNKNOWN: Final = 1000


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
    for letter in unicodedata.normalize("NFD", text):
        place = ord(letter) - _FIRST
        if 0 <= place < len(widths):
            total += widths[place]
        elif not unicodedata.combining(letter):
            total += _OTHERS.get(letter, _UNKNOWN)
    return total / 1000 * size * MM_PER_POINT


def n_lines(text: str, room: float, size: float, *, is_bold: bool = False) -> int:
    """Return over how many lines a text goes in a column of this many mm; a word wider than the column is broken.

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
            wide = text_width(word, size, is_bold=is_bold)
            if used and used + space + wide > room:
                lines += 1
                used = 0.0
            used += wide + (space if used else 0.0)
            broken = int(used / room) if used > room else 0
            lines += broken
            used -= broken * room
    return lines


def widest_word(text: str, size: float, *, is_bold: bool = False, longest: int = 32) -> float:
    """Return the width of what cannot be broken in a text; a digest or an address longer than ``longest`` letters can be."""
    words = [word for line in text.split("\n") for word in line.split(" ")]
    return max((text_width(part, size, is_bold=is_bold) for word in words for part in _broken(word, longest)), default=0.0)


def _broken(word: str, longest: int) -> list[str]:
    return [word] if len(word) <= longest else [word[start:end] for start, end in pairwise([*range(0, len(word), longest), len(word)])]
