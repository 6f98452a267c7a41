"""A CSV file as a sheet: which letters it is written in, what parts its cells, and its rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from simulator.workbook.markings import are_mostly_old
from simulator.workbook.sheets import LONGEST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Broken, Sheet

if TYPE_CHECKING:
    from simulator.workbook.codes import Problems
    from simulator.workbook.sheets import Value

LARGEST_FILE: Final = 64 * 2**20
_SEPARATORS: Final = "\t;,"
_LOOKED_AT: Final = 40
_DANGEROUS: Final = ("'=", "'+", "'-", "'@")


def read_csv(raw: bytes, problems: Problems) -> Sheet:
    """Read CSV in UTF-8 (or UTF-16 with a mark), with ``,`` ``;`` or tab between cells.

    A formula stands as one: nobody has worked it out. The apostrophe our own files put before ``=`` is taken off again.
    """
    text = _decode(raw, problems)
    first, _, rest = text.partition("\n")
    separator = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and separator in set(_SEPARATORS):
        return _read(rest, separator, problems, 1)
    return _read(text, _separator_of(text), problems, 0)


def _decode(raw: bytes, problems: Problems) -> str:
    if len(raw) > LARGEST_FILE:
        problems.refuse("WB509", 1, what="@file-bytes", limit=f"{LARGEST_FILE // 2**20} MB")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as problem:
            problems.refuse("WB512", 1, byte=str(problem.start))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        if are_mostly_old(raw[:20_000].decode("latin-1").splitlines()):
            problems.refuse("WB511", line, cell=str(line))
        problems.refuse("WB512", line, byte=str(problem.start))


def _separator_of(text: str) -> str:
    """Choose the mark that parts some row into most cells with letters: decimal commas part digits only."""
    head = text[:200_000]

    def n_words(separator: str) -> int:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        most = 0
        try:
            for _, row in zip(range(_LOOKED_AT), rows, strict=False):
                most = max(most, sum(any(letter.isalpha() for letter in cell) for cell in row))
        except csv.Error:
            pass  # the file is read again in earnest, and the error told there
        return most

    return max(_SEPARATORS, key=n_words)


def _read(text: str, separator: str, problems: Problems, n_before: int) -> Sheet:
    sheet = Sheet("")
    n_cells = 0
    line = 1 + n_before
    source = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in source:
            values = [_value(cell, line, problems) for cell in row]
            while values and values[-1] is None:
                values.pop()
            if values:
                n_cells += len(values)
                if len(values) > MOST_COLUMNS:
                    problems.refuse("WB509", line, what="@columns", limit=str(MOST_COLUMNS))
                if len(sheet.rows) >= MOST_ROWS:
                    problems.refuse("WB509", line, what="@rows", limit=str(MOST_ROWS))
                if n_cells > MOST_CELLS:
                    problems.refuse("WB509", line, what="@cells", limit=str(MOST_CELLS))
                sheet.lines.append(line)
                sheet.rows.append(values)
            line = source.line_num + 1 + n_before
    except csv.Error:
        problems.refuse("WB508", line, part=str(line))
    return sheet


def _value(cell: str, line: int, problems: Problems) -> Value:
    if not cell or cell.isspace():
        return None
    if len(cell) > LONGEST_TEXT:
        problems.refuse("WB509", line, what="@text-length", limit=str(LONGEST_TEXT))
    if cell.startswith("="):
        return Broken("")
    return cell[1:] if cell.startswith(_DANGEROUS) else cell
