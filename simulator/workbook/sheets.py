"""A sheet as it was read: rows of plain values, and how to name a cell."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TEXT: Final = 32_767
"""Characters of one cell: what Excel itself allows."""
MOST_CELLS: Final = 7_000_000
"""Of all sheets, the empty cells before the last of a row included."""
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 500
_LETTERS: Final = 26


class Percent(float):
    """A number shown in a percent format: 0.94 where the reader sees 94 %."""

    __slots__ = ()


class Broken(str):
    """A cell that shows an error (``#REF!``), or a formula without its result (empty)."""

    __slots__ = ()


class Unworked(Broken):
    """A cell of a CSV file that begins with ``=``: text where text is asked for, and a formula nobody has worked out where a number is."""

    __slots__ = ()


Value: TypeAlias = str | float | bool | datetime.date | None
"""What one cell holds; ``Percent`` and ``Broken`` included."""


class Range(NamedTuple):
    """Merged cells: first and last row (1 is the first), first and last column (0 is the first), ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass
class Sheet:
    """The cells of one sheet.

    Attributes
    ----------
    name
        Its name; empty for a CSV file.
    lines
        Row number of each row that holds something.
    rows
        Values of each row from the first column on; rows are as long as their last value.
    merged
        Ranges of merged cells.
    notes
        Texts of header and footer.
    is_hidden
        Whether Excel does not show it.
    """

    name: str
    lines: list[int] = field(default_factory=list)
    rows: list[list[Value]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_hidden: bool = False
    hidden: list[int] = field(default_factory=list)
    """Row number of each row that Excel hides, or filters out."""

    def cell(self, line: int, column: int) -> str:
        """Name a cell as its reader finds it: ``Danh sách!B7``, or ``B7`` in a CSV file."""
        place = f"{letters(column)}{line}"
        return f"{self.name}!{place}" if self.name else place


def letters(column: int) -> str:
    """Name a column by its letters: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def spans_of(lines: Sequence[int], most: int = 12) -> str:
    """Write row numbers shortly: ``4, 9–11``; of very many, the first."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    words = [str(first) if first == last else f"{first}–{last}" for first, last in spans[:most]]
    return ", ".join(words) + (" …" if len(spans) > most else "")


def place_of(reference: str) -> tuple[int, int]:
    """Read a reference such as ``B7`` as row (1 is the first) and column (0 is the first).

    Raises
    ------
    ValueError
        If it is not one.
    """
    column = 0
    for position, letter in enumerate(reference):
        if "A" <= letter <= "Z":
            column = column * _LETTERS + ord(letter) - ord("A") + 1
            continue
        digits = reference[position:]
        if not column or not digits.isascii() or not digits.isdigit() or len(digits) > 7 or digits[0] == "0":  # noqa: PLR2004  # 1,048,576 rows have 7
            break
        return int(digits), column - 1
    raise ValueError(reference[:20])
