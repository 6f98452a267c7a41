"""How much one file may take in memory and time, charged as its pieces arrive: a small file must not become a large table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from simulator.secrecy import is_secret
from simulator.workbook.sheets import LONGEST_TEXT, MOST_CELLS, MOST_ROWS

if TYPE_CHECKING:
    from simulator.workbook.codes import Problems

MOST_BYTES: Final = 150_000_000
"""Of all values together as Python holds them; a value that stands often counts once as long as it is remembered."""
MOST_ELEMENTS: Final = 24_000_000
MOST_MERGED: Final = 2_000_000
"""Cells that merged ranges reach over, counted as often as they are gone through."""
DEEPEST: Final = 64
MOST_NAMES: Final = 5_000
"""Different names of elements and attributes."""
MOST_STYLES: Final = 70_000
_REMEMBERED: Final = 50_000
_BESIDES: Final = 16
_NUMBER: Final = 32
_ROW: Final = 120


class Limits:
    """What a file may still hold; every reader of the file charges the same one."""

    def __init__(self, problems: Problems, most_rows: int = MOST_ROWS) -> None:
        self.problems = problems
        self.most_rows = most_rows
        self.place = ""
        self.secrets: dict[str, str] = {}
        """Texts with a secrecy stamp → the part they stand in; empty for a cell."""
        self._bytes = MOST_BYTES
        self._cells = MOST_CELLS
        self._elements = MOST_ELEMENTS
        self._merged = MOST_MERGED
        self._texts: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Take a text, and give the one already held where it is the same."""
        known = self._texts.get(text)
        if known is not None:
            return known
        self.length(len(text))
        self._weigh(sys.getsizeof(text) + _BESIDES)
        if is_secret(text):
            self.secrets[text] = self.place
        if len(self._texts) >= _REMEMBERED:
            self._texts.clear()
        self._texts[text] = text
        return text

    def length(self, n_letters: int) -> None:
        """Refuse a text that is too long, while it still grows."""
        if n_letters > LONGEST_TEXT:
            self.refuse("@text-length", LONGEST_TEXT)

    def number(self) -> None:
        """Take a number that is not held yet."""
        self._weigh(_NUMBER)

    def row(self, n_cells: int) -> None:
        """Take a row, with the empty cells before its last one."""
        self._weigh(_ROW)
        self._cells -= n_cells
        if self._cells < 0:
            self.refuse("@cells", MOST_CELLS)

    def elements(self, n_more: int, depth: int, n_names: int) -> None:
        """Take elements of XML: how many more, how deep they lie, and how many names there are by now."""
        self._elements -= n_more
        if self._elements < 0 or depth > DEEPEST or n_names > MOST_NAMES:
            self.refuse("@elements", MOST_ELEMENTS)

    def merged(self, n_rows: int, n_columns: int) -> None:
        """Take a merged range: all its rows are gone through, and of those at the top all columns."""
        self._merged -= n_rows + min(n_rows, 4) * n_columns
        if self._merged < 0:
            self.refuse("@merged-cells", MOST_MERGED)

    def refuse(self, what: str, limit: int) -> None:
        """Stop: there is too much of this."""
        self.problems.refuse("WB509", 1, what=what, limit=str(limit))

    def _weigh(self, n_bytes: int) -> None:
        self._bytes -= n_bytes
        if self._bytes < 0:
            self.refuse("@values-bytes", MOST_BYTES)
