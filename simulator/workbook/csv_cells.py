"""A CSV file as a sheet: which letters it is written in, what parts its cells, and its rows."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from typing import TYPE_CHECKING, BinaryIO, Final

from simulator.workbook.markings import are_mostly_old, is_of_windows
from simulator.workbook.sheets import MOST_COLUMNS, Sheet, Unworked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Never, TextIO

    from simulator.workbook.limits import Limits
    from simulator.workbook.sheets import Value

LARGEST_FILE: Final = 64 * 2**20
_SEPARATORS: Final = "\t;,"
_LOOKED_AT: Final = 40
_HEAD: Final = 2**18
_LONGEST_LINE: Final = 2**22
_DANGEROUS: Final = ("'=", "'+", "'-", "'@")


def read_csv(source: BinaryIO, limits: Limits) -> Sheet:
    """Read CSV in UTF-8 (or UTF-16 with a mark), with ``,`` ``;`` or tab between cells, row by row.

    A cell that begins with ``=`` is marked, because nobody has worked it out. The apostrophe our own files put before ``=`` is taken off again.
    """
    start = source.read(_HEAD)
    source.seek(0)
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    head = start.decode(encoding, errors="ignore")
    first, _, _ = head.partition("\n")
    separator = first.strip().removeprefix("sep=")
    is_said = first.startswith("sep=") and separator in set(_SEPARATORS)
    text = io.TextIOWrapper(source, encoding, newline="")
    lines = _lines(text, limits)
    try:
        if is_said:
            next(lines)
        return _read(lines, separator if is_said else _separator_of(head), limits, int(is_said))
    except UnicodeError:
        text.detach()
        _refuse_letters(source, encoding, limits)
    finally:
        with contextlib.suppress(ValueError):
            text.detach()


def _lines(text: TextIO, limits: Limits) -> Iterator[str]:
    """Go through the lines, none longer than a row may be."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            limits.refuse("@text-length", _LONGEST_LINE)
        yield line


def _refuse_letters(source: BinaryIO, encoding: str, limits: Limits) -> Never:
    """Tell where the letters are not those of the encoding."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    n_before, line, byte = 0, 1, 0
    while True:
        piece = source.read(_HEAD)
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as problem:
            byte = n_before - waiting + problem.start
            line += piece[: max(problem.start - waiting, 0)].count(b"\n")
            break
        except UnicodeError:
            break
        if not piece:
            break
        n_before += len(piece)
        line += piece.count(b"\n")
    source.seek(0)
    start = source.read(20_000)
    if encoding != "utf-16" and not is_of_windows(start) and are_mostly_old(start.decode("latin-1").splitlines()):
        limits.problems.refuse("WB511", line, cell=str(line))
    limits.problems.refuse("WB512", line, byte=str(byte))


def _separator_of(head: str) -> str:
    """Choose the mark that parts some row into most cells with letters: decimal commas part digits only, and a comma in a sentence is followed by a space."""

    def n_words(separator: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        most = (0, 0)
        try:
            for _, row in zip(range(_LOOKED_AT), rows, strict=False):
                words = [cell for cell in row if any(letter.isalpha() for letter in cell)]
                most = max(most, (sum(not (cell[0].isspace() and cell.lstrip()[:1].islower()) for cell in words), len(words)))
        except csv.Error:
            pass  # the file is read again in earnest, and the error told there
        return most

    return max(_SEPARATORS, key=n_words)


def _read(lines: Iterator[str], separator: str, limits: Limits, n_before: int) -> Sheet:
    sheet = Sheet("")
    problems = limits.problems
    line = 1 + n_before
    source = csv.reader(lines, delimiter=separator)
    try:
        for row in source:
            values = [_value(cell, limits) for cell in row]
            while values and values[-1] is None:
                values.pop()
            if values:
                if len(values) > MOST_COLUMNS:
                    problems.refuse("WB509", line, what="@columns", limit=str(MOST_COLUMNS))
                if len(sheet.rows) >= limits.most_rows:
                    problems.refuse("WB509", line, what="@rows", limit=str(limits.most_rows))
                limits.row(len(values))
                sheet.lines.append(line)
                sheet.rows.append(values)
            line = source.line_num + 1 + n_before
    except csv.Error:
        problems.refuse("WB508", line, part=str(line))
    return sheet


def _value(cell: str, limits: Limits) -> Value:
    if not cell or cell.isspace():
        return None
    if cell.startswith("="):
        return Unworked(limits.text(cell))
    return limits.text(cell[1:] if cell.startswith(_DANGEROUS) else cell)
