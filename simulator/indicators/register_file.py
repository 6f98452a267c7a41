"""A file as columns of codes: each different cell is kept once, and every row has its number.

A list of ten years has a million rows and few different cells, so that reading, checking and turning a cell into a number is done
once for each different cell, not for each row.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.secrecy import is_secret, may_hold_stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Self, TypeAlias

    from simulator._types import BoolArray, IndexArray

_N_ROWS_AT_ONCE: Final = 8_192
_FEWEST_PLAIN_ROWS: Final = 1_000
_YEAR: Final = "year"
_KEYS: Final = (_YEAR, "unit_id", "member_id", "successor_id")
"""Columns of which an entry has something in one at least."""
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_BETWEEN_CELLS: Final = re.compile(r"[,;\t\r\n]")
_SAYS_SEPARATOR: Final = re.compile(r'"?sep=([,;\t])"?[,;\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
"""Excel's own first line; saved again, it has the separators of the other columns behind it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One column.

    Attributes
    ----------
    words
        The different cells, in the order in which they first stand.
    code
        (n_rows,) position of each row's cell among them.
    exact
        Word → number, of the words that stand for a number which the file holds as one: however it is written, it can be read in one way only.
    """

    words: tuple[str, ...]
    code: IndexArray
    exact: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Sequence[str] | np.ndarray) -> Self:
        """Take the cells of every row; blanks around a cell do not count."""
        return cls.joined([cells])

    @classmethod
    def joined(cls, pieces: Iterable[Sequence[str] | np.ndarray]) -> Self:
        """Take the cells of every row, piece by piece."""
        words: dict[str, int] = {}
        codes = [_code_of(piece, words) for piece in pieces]
        return cls(tuple(words), np.concatenate([np.empty(0, dtype=np.int64), *codes]))

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Give every row the value of its word."""
        spread: np.ndarray = values[self.code]
        return spread

    def is_word(self, word: str) -> BoolArray:
        """(n_rows,) whether the cell is that word."""
        return self.code == self.words.index(word) if word in self.words else np.zeros(len(self.code), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read of a file.

    Attributes
    ----------
    header
        The headings, in small letters.
    columns
        Heading → cells.
    line
        (n_rows,) line of each row in the file.
    wrong_widths
        Line and number of cells of the rows that have more or fewer than the header; they are not among the columns.
    header_line
        Line of the headings.
    remarks
        What the reader of the file found besides: code, line and fields of each finding.
    """

    header: tuple[str, ...]
    columns: Mapping[str, Cells]
    line: IndexArray
    wrong_widths: tuple[tuple[int, int], ...]
    header_line: int = 1
    remarks: tuple[tuple[str, int, Mapping[str, str]], ...] = ()

    def holds_stamp(self) -> bool:
        """Tell whether some cell is a secrecy stamp, also one inside a cell that another separator would part."""
        words = (word for cells in self.columns.values() for word in cells.words if may_hold_stamp(word))
        return any(is_secret(piece) for word in (*self.header, *words) for piece in _pieces(word))

    def adds_up(self, known: Collection[str], is_total: Callable[[str], bool]) -> bool:
        """Tell whether some row is no entry: it adds up others, or holds neither a year nor anybody.

        Parameters
        ----------
        known
            Columns that such a file may have.
        is_total
            Whether a text says that what stands beside it adds up.
        """
        held = [name for name in dict.fromkeys((*self.header[:1], *_KEYS)) if name in self.columns and name in {*known, *self.header[:1]}]
        if any(is_total(word) for name in held for word in self.columns[name].words):
            return True
        keys = [self.columns[name] for name in held if name != _YEAR]
        if _YEAR not in held or not any(cells.is_word("").any() for cells in keys):
            return False
        year = self.columns[_YEAR]
        is_nothing = year.spread(np.array([not any(letter.isdigit() for letter in word) for word in year.words], dtype=np.bool_))
        return bool((is_nothing & np.all([cells.is_word("") for cells in keys], axis=0)).any())


if TYPE_CHECKING:
    ReadBook: TypeAlias = Callable[[Path, Collection[str]], Sheet]
    """Reads a workbook of spreadsheets, given the columns that may stand in it."""


def read_sheet(text: str) -> Sheet:
    """Read the header and the rows; rows without any cell are passed over.

    Parameters
    ----------
    text
        The file. Cells are parted by what a first line ``sep=;`` says, else by the sign of ``,`` ``;`` and tab that the header has most of.

    Raises
    ------
    csv.Error
        If the text is no table of cells.
    """
    said = _SAYS_SEPARATOR.match(text)
    if said is not None:
        sheet = _read_parted(text[said.end() :], said[1])
        return replace(sheet, line=sheet.line + 1, wrong_widths=tuple((line + 1, n_cells) for line, n_cells in sheet.wrong_widths))
    header, _, _ = text.partition("\n")
    return _read_parted(text, max(",;\t", key=header.count))


def _read_parted(text: str, separator: str) -> Sheet:
    source = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = tuple(name.strip().lower() for name in next(source, []))
    return _read_plain(text, separator, header) or _read_any(source, header)


def _read_plain(text: str, separator: str, header: tuple[str, ...]) -> Sheet | None:
    """Read a text whose lines are rows and whose rows are all complete; ``None`` if it is not so plain."""
    if '"' in text or "\0" in text or text.count("\r") != text.count("\r\n"):
        return None
    raw = text.encode()
    content = np.frombuffer(raw, dtype=np.uint8)
    ends = np.flatnonzero(content == ord("\n"))
    if not raw.endswith(b"\n"):
        ends = np.append(ends, len(raw))
    n_before = np.searchsorted(np.flatnonzero(content == ord(separator)), ends)
    lengths = np.diff(ends, prepend=-1) - 1
    n_parting = len(header) - 1
    # A line of separators alone is shorter than this, or has a blank too many, which the longer way sorts out.
    is_plain = np.all(np.diff(n_before, prepend=0) == n_parting) and lengths.min() > n_parting + 1 and lengths.max() < csv.field_size_limit()
    if len(ends) < _FEWEST_PLAIN_ROWS or not is_plain:
        return None
    import pandas as pd  # noqa: PLC0415  # slow to load; who only shows what a list held, as a report does, needs none

    table = pd.read_csv(
        io.BytesIO(raw),
        sep=separator,
        header=None,
        names=range(len(header)),
        skiprows=1,
        dtype=object,
        na_filter=False,
        quoting=csv.QUOTE_NONE,
        low_memory=False,
    )
    columns = {name: Cells.of(table[column].to_numpy(dtype=object)) for column, name in enumerate(header)}
    return Sheet(header, columns, np.arange(2, len(table) + 2), ())


def _read_any(source: Any, header: tuple[str, ...]) -> Sheet:
    """Read whatever else the ``csv`` module reads, rows of other widths apart."""
    words: list[dict[str, int]] = [{} for _ in header]
    codes: list[list[IndexArray]] = [[np.empty(0, dtype=np.int64)] for _ in header]
    lines: list[IndexArray] = [np.empty(0, dtype=np.int64)]
    wrong: list[tuple[int, int]] = []
    line = source.line_num
    # Small blocks: the text of a million rows is never held twice, and the rows are gone before Python looks for circles among them.
    while rows := list(islice(source, _N_ROWS_AT_ONCE)):
        line_of_row = _lines_of(rows, line, source.line_num)
        line = source.line_num
        if {*map(len, rows)} != {len(header)} or not all(map(any, rows)):
            filled = [(row, at) for row, at in zip(rows, line_of_row.tolist(), strict=True) if any(row)]
            wrong += [(at, len(row)) for row, at in filled if len(row) != len(header)]
            rows = [row for row, _ in filled if len(row) == len(header)]
            line_of_row = np.array([at for row, at in filled if len(row) == len(header)], dtype=np.int64)
        lines.append(line_of_row)
        for column, piece in enumerate(zip(*rows, strict=True)):
            codes[column].append(_code_of(piece, words[column]))
    columns = [Cells(tuple(known), np.concatenate(code)) for known, code in zip(words, codes, strict=True)]
    return Sheet(header, dict(zip(header, columns, strict=True)), np.concatenate(lines), tuple(wrong))


def _lines_of(rows: list[list[str]], before: int, last: int) -> IndexArray:
    """Tell in which line each row ends; a cell in quotes may hold line breaks."""
    if last - before == len(rows):
        return np.arange(before + 1, last + 1)
    breaks = [sum(len(_LINE_BREAK.findall(cell)) for cell in row) for row in rows]
    ends = before + np.cumsum(np.array(breaks, dtype=np.int64) + 1)
    return np.minimum(ends, last)  # a cell in quotes that nothing closes ends with the file


def _code_of(piece: Sequence[str] | np.ndarray, known: dict[str, int]) -> IndexArray:
    """Give the cells of a piece numbers; words that are new are added to those known."""
    import pandas as pd  # noqa: PLC0415  # as above

    code, words = pd.factorize(np.asarray(piece, dtype=object))
    numbers = np.array([known.setdefault(word.strip(), len(known)) for word in words], dtype=np.int64)
    numbered: IndexArray = numbers[code]
    return numbered


def _pieces(word: str) -> list[str]:
    return [piece.strip().strip('"') for piece in _BETWEEN_CELLS.split(word)]
