"""Room for the words of a figure: lines as long as their letters are wide, rows as high as their lines, panels shared out so that a page holds them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from simulator.presentation.style import HIGHEST, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

POINTS: Final = 72
"""In an inch."""
SIZE: Final = 8.5
"""Points: the usual size of words in a figure."""
NAMES: Final = 1.4
"""Inches: the column of names left of bars and lines."""
WIDE_NAMES: Final = 1.65
"""Inches: the same where names are long."""
_FEW_LINES, _MOST_LINES = 3, 4
_LEADING: Final = 1.28


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = SIZE, *, is_bold: bool = False) -> float:
    """Return the width of a line in inches."""
    font = FontProperties(family=["DejaVu Sans"], size=size, weight="bold" if is_bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / POINTS


def wrap(text: str, inches: float, size: float = SIZE, *, is_bold: bool = False, most_lines: int | None = None) -> str:
    """Break a text into lines that are no wider; a word that is wider alone is broken too, and what does not find room ends in an ellipsis.

    Parameters
    ----------
    text
        The text; a line break in it stays.
    inches
        Width of the lines.
    size
        Size of the letters in points.
    is_bold
        Whether they are bold.
    most_lines
        How many lines there is room for; any number by default.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _pieces(paragraph, inches, size, is_bold=is_bold):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, size, is_bold=is_bold) > inches:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    if most_lines is not None and len(lines) > most_lines:
        words = lines[most_lines - 1].split(" ")
        while words and width_of(" ".join([*words, "…"]), size, is_bold=is_bold) > inches:
            words.pop()
        lines = [*lines[: most_lines - 1], " ".join([*words, "…"])]
    return "\n".join(lines)


def _pieces(text: str, inches: float, size: float, *, is_bold: bool) -> Iterable[str]:
    for word in text.split(" "):
        rest = word
        while width_of(rest, size, is_bold=is_bold) > inches and len(rest) > 1:
            end = next((n for n in range(len(rest) - 1, 1, -1) if width_of(rest[:n], size, is_bold=is_bold) <= inches), 1)
            yield rest[:end]
            rest = rest[end:]
        yield rest


def name_lines(titles: Iterable[str], wide: float = WIDE_NAMES) -> list[str]:
    """Break names into lines of a narrow column, or of a wide one where one of them is long."""
    names = list(titles)
    lines = [wrap(name, NAMES) for name in names]
    if all(name.count("\n") < _FEW_LINES for name in lines):
        return lines
    return [wrap(name, wide, most_lines=_MOST_LINES) for name in names]


def height_of(n_lines: int, size: float = SIZE) -> float:
    """Return the height of so many lines in inches."""
    return n_lines * size * _LEADING / POINTS


def row_height(texts: Iterable[str], least: float, size: float = SIZE, *, apart: float = 0.09) -> float:
    """Return the height in inches of rows that are all as high as the one of most lines, and a little apart."""
    return max([least, *(height_of(1 + text.count("\n"), size) + apart for text in texts)])


def share_out(names: Sequence[str], in_row: int, row: float, head: float, highest: float = HIGHEST) -> list[list[str]]:
    """Share panels out over as few figures as a page's height allows, each with about as many rows of panels as the others.

    Parameters
    ----------
    names
        What has a panel.
    in_row
        Panels that stand side by side.
    row, head
        Height in inches of a row of panels, and of what stands above and below all of them.
    highest
        Height in inches of a figure.
    """
    n_rows = max(1, -(-len(names) // in_row))
    most = max(1, int((highest - head) / row))
    n_figures = max(1, -(-n_rows // most))
    of_each = -(-n_rows // n_figures) * in_row
    return [list(names[start : start + of_each]) for start in range(0, len(names), of_each)] or [[]]


def panel_width(in_row: int, names: float = WIDE_NAMES) -> float:
    """Return about how wide a panel with the words right of it is, in inches, beside a column of names."""
    return (WIDTH - names - 0.15) / in_row - 0.2
