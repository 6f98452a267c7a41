"""Read an award register that an office keeps as a workbook, the same as one that is a CSV file.

A workbook becomes the rows of words that :mod:`simulator.indicators.register` checks, so that the same list gives the same findings and the same numbers in
either form. What a spreadsheet adds is settled here: which sheet holds the list and where its headings stand, numbers that are held as such, days, merged cells,
and rows that are no entries. Sheets, headings and cells are never quoted, as they may name somebody.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
import warnings
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from simulator.errors import InputError
from simulator.indicators import register
from simulator.indicators.register_file import Cells
from simulator.indicators.register_file import Sheet as RegisterSheet
from simulator.indicators.register_findings import FileFindings
from simulator.workbook.cell_values import MOST_DIGITS, is_empty
from simulator.workbook.cells import read_sheets
from simulator.workbook.codes import make_finding
from simulator.workbook.markings import are_mostly_old, count_old
from simulator.workbook.register_sheets import KEYS, choose_table
from simulator.workbook.register_wordings import WORDINGS, PostWordings
from simulator.workbook.sheet_writing import MOST_ROWS
from simulator.workbook.sheets import Broken, Percent, spans_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from simulator.errors import Finding
    from simulator.history import History
    from simulator.workbook.headings import Table
    from simulator.workbook.sheets import Range, Sheet, Value

_SheetsOf: TypeAlias = "Callable[[Path], list[Sheet]]"
_BOOK: Final = b"PK"
_WRITTEN_ONCE: Final = frozenset({"year", "unit_id", "member_id", "role", "is_leader", "post_rank", "successor_id", "from"})
"""What a list may write once in a cell merged over the rows it holds for."""
_LABELS: Final = ("unit_id", "member_id", "successor_id", "decision_no")
_TEXTS: Final = (*_LABELS, "award")
_OWN_CODES: Final = {"WB501": "RG401", "WB502": "RG403", "WB510": "RG418"}
_WORDS_OF_KINDS: Final = {"headcount": "@table-of-headcount", "succession": "@table-of-succession"}
"""What a finding calls a table beside the list."""
_TWO_WAYS: Final = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_NO_COLUMN: Final = "-"
"""Stands in the header for a place under which nothing is."""


def _warn(finding: Finding) -> None:
    """Give a finding as a warning of Python."""
    warnings.warn(finding.render(), stacklevel=3)


def read_register(
    path: Path | str,
    *,
    headcount: Path | str | None = None,
    award: str | None = None,
    succession: Path | str | None = None,
    on_warning: Callable[[Finding], None] = _warn,
    workspace: Path | None = None,
    is_complete: bool = False,
) -> History:
    """Read a register as a history.

    What goes with a list of winners may lie on other sheets of the same workbook, called as in ours: it is read as if that file had been given once more.

    Parameters
    ----------
    path
        A workbook (.xlsx, .xlsm), or CSV in UTF-8 with ``,`` ``;`` or tab between cells, headed by codes or in Vietnamese or English. Columns: ``year``, ``unit_id``, ``member_id``, ``role`` or
        ``is_leader``, ``award`` or ``is_awarded``; optional ``post_rank`` (1 the highest; empty the lowest), ``level`` (1 the lowest), ``merit``,
        ``achieved_on``, ``awarded_on``, ``track``, ``decision_no``; others are left aside with a warning. A common post in the place of a role is taken for a role,
        with a warning.
    headcount
        A file with ``year``, ``unit_id``, ``role`` or ``is_leader``, ``n_members``, when the register lists winners only. Where one of the two
        files tells only who leads, so does the history; merit, which is then known for winners only, is not used.
    award
        Focus award, its id or its title; by default ``is_awarded`` where it is given, else Chiến sĩ thi đua cơ sở, else the only award.
    succession
        A file with ``unit_id``, ``successor_id``, ``from`` (a year or a day): units that were merged, divided or renamed.
    on_warning
        Takes each finding that asks for a second look only.
    workspace
        Folder whose criteria give the titles of awards; by default the one found from the current folder. A list can be read without.
    is_complete
        Whether a list without head-count in which everybody has an award names all who were considered; otherwise it is taken to name the winners alone.

    Raises
    ------
    InputError
        With one finding for each cause, by line.
    """
    sheets_of: _SheetsOf = cache(_sheets_of)
    asked = {"headcount": headcount, "succession": succession}
    held = [kind for kind in _held_in(Path(path), sheets_of) if asked[kind] is None]
    taken = [kind for kind in held if kind != "headcount"]

    def read() -> tuple[History, list[Finding]]:
        found: list[Finding] = []
        wordings = PostWordings()
        files = asked | dict.fromkeys(taken, path)
        book = partial(read_book, given=[kind for kind, file in files.items() if file is not None], sheets_of=sheets_of)
        given: dict[str, Any] = {"award": award, "workspace": workspace, "is_complete": is_complete, "wordings": wordings, "read_book": book}
        try:
            history = register.read_register(path, headcount=files["headcount"], succession=files["succession"], on_warning=found.append, **given)
        except InputError as problem:
            raise InputError([*_say_taken(path, taken), *problem.findings]) from None
        return history, [*found, *_say_assumed(path, wordings)]

    history, found = read()
    if "headcount" in held and not history.knows_unawarded:
        taken.insert(0, "headcount")  # where the list names everybody, it tells more than their number
        history, found = read()
    for finding in (*_say_taken(path, taken), *found):
        on_warning(finding)
    return history


def _sheets_of(path: Path) -> list[Sheet]:
    return read_sheets(path, most_rows=MOST_ROWS, takes_macros=True)


def _held_in(path: Path, sheets_of: _SheetsOf) -> list[str]:
    """Tell what of what goes with a register lies in the same workbook; what is wrong with the workbook is told when its list is read."""
    try:
        with path.open("rb") as start:
            if start.read(len(_BOOK)) != _BOOK:
                return []
        shown = [sheet for sheet in sheets_of(path) if not sheet.is_hidden]
        return choose_table(shown, register.COLUMNS, FileFindings(path.as_posix(), np.empty(0, dtype=np.int64)))[1]
    except (InputError, OSError):
        return []


def _say_taken(path: Path | str, taken: Collection[str]) -> list[Finding]:
    """Say what was read besides the list."""
    told = FileFindings(Path(path).as_posix(), np.empty(0, dtype=np.int64))
    for kind in taken:
        told.report("RG454", 1, kind=_WORDS_OF_KINDS[kind])
    return told.findings


def _say_assumed(path: Path | str, wordings: PostWordings) -> list[Finding]:
    """Say which posts were taken for which role; they are words of ours, and name nobody."""
    file = Path(path).as_posix()
    assumed = ((role, ", ".join(f"“{post}”" for post in posts)) for role, posts in wordings.assumed.items() if posts)
    return [make_finding("WB549", file, 1, posts=posts, role=f"@{role}") for role, posts in assumed]


def read_book(path: Path, known: Collection[str], given: Collection[str] = (), sheets_of: _SheetsOf = _sheets_of) -> RegisterSheet:
    """Read the sheet of a workbook that holds such a table; or a text that is one, with rows above its headings.

    Parameters
    ----------
    path
        The workbook or text.
    known
        Columns that the table may have.
    given
        What goes with a register (``headcount``, ``succession``) and is read as well: where it lies in this workbook, that is no news.
    sheets_of
        Reads a workbook; one that remembers what it read spares whoever asks again.

    Raises
    ------
    InputError
        If the workbook cannot be read safely, is marked as a state secret, or does not tell which sheet is meant.
    """
    problems = FileFindings(path.as_posix(), np.empty(0, dtype=np.int64))
    try:
        sheets = sheets_of(path)
    except InputError as problem:
        for finding in problem.findings:
            if finding.code in _OWN_CODES:
                problems.refuse(_OWN_CODES[finding.code], finding.line, reason=finding.fields.get("reason", ""))
        raise
    table, others = choose_table([sheet for sheet in sheets if not sheet.is_hidden], known, problems)
    reader = _BookReader(table, known)
    for kind in others:
        if kind not in given:
            reader.remark("RG453", 1, kind=_WORDS_OF_KINDS[kind])
    return reader.read()


class _BookReader:
    """The table of one sheet while it becomes columns of words."""

    def __init__(self, table: Table, known: Collection[str]) -> None:
        places, doubled = WORDINGS.settle(table)
        self.table, self.sheet, self.known = replace(table, places=places, doubled=doubled), table.sheet, frozenset(known)
        self.key = next((name for name in KEYS if name in known and name in places), next(iter(places)))
        self._remarks: list[tuple[str, int, dict[str, str]]] = []

    def read(self) -> RegisterSheet:
        areas = [area for area in self.sheet.merged if area.last_row > area.first_row and area.first_row > self.sheet.lines[self.table.last]]
        places = {place: name for name, place in self.table.places.items()}
        self._spread([area for area in areas if places.get(area.first_column) in _WRITTEN_ONCE])
        rows, left_out = self._entries()
        if left_out:
            self.remark("RG442", left_out[0], lines=spans_of(left_out))
        held = frozenset(self.sheet.lines)
        hidden = [line for line in self.sheet.hidden if line in held]
        if hidden:
            self.remark("RG441", hidden[0], lines=spans_of(hidden))
        header = self._header(rows)
        columns = {}
        for place, name in enumerate(header):
            if name != _NO_COLUMN:
                values = [values[place] if place < len(values) else None for values in map(self.sheet.rows.__getitem__, rows)]
                columns[name] = self._cells(name, values, rows)
        self._tell_merged([area for area in areas if places.get(area.first_column) in self.known - _WRITTEN_ONCE], places, rows)
        line = np.array([self.sheet.lines[row] for row in rows], dtype=np.int64)
        return RegisterSheet(header, columns, line, (), self.sheet.lines[self.table.last], tuple(self._remarks))

    def remark(self, code: str, line: int, **fields: str) -> None:
        """Note something about the file besides."""
        self._remarks.append((code, line, fields))

    def _spread(self, areas: Sequence[Range]) -> None:
        """Repeat what is written once in a cell merged over several rows."""
        position_of = {line: position for position, line in enumerate(self.sheet.lines)} if areas else {}
        for area in areas:
            source = self.sheet.rows[position_of[area.first_row]] if area.first_row in position_of else []
            if area.first_column >= len(source):
                continue
            for line in range(area.first_row + 1, min(area.last_row, self.sheet.lines[-1]) + 1):
                if line in position_of:
                    row = self.sheet.rows[position_of[line]]
                    row.extend([None] * (area.first_column + 1 - len(row)))
                    row[area.first_column] = source[area.first_column]

    def _entries(self) -> tuple[list[int], list[int]]:
        """Give the positions of the rows that are entries, and the lines of those that are not: totals, headings of groups, notes and signatures.

        No entry has so little: one cell of those that are read, or no number and nobody it is about.
        """
        places, at_key = tuple(self.table.places.values()), self.table.places[self.key]
        entries, left_out = [], []
        for row in self.table.rows_below():
            values = self.sheet.rows[row]
            key = values[at_key] if at_key < len(values) else None
            filled = [values[place] for place in places if place < len(values) and not is_empty(values[place])]
            is_about_nobody = is_empty(key) and not any(map(_has_digits, filled))
            is_total = (not _has_digits(key) and self.table.is_total(row, self.key)) or (
                "year" in self.table.places and self.table.is_total(row, "year")
            )
            if len(filled) <= 1 or is_about_nobody or is_total:
                left_out.append(self.sheet.lines[row])
            else:
                entries.append(row)
        return entries, left_out

    def _header(self, rows: Sequence[int]) -> tuple[str, ...]:
        """Name the columns: as they are asked for, else by their heading in small letters; one without heading is empty if something stands in it."""
        table = self.table
        n_columns = max(max((len(self.sheet.rows[row]) for row in rows), default=0), max(table.headings) + 1)
        named = {place: name for name, place in table.places.items()} | {second: name for name, _, second in table.doubled}
        bare = [place for place in range(n_columns) if place not in table.headings or place in table.continued.values()]
        is_used = {place: any(place < len(self.sheet.rows[row]) and not is_empty(self.sheet.rows[row][place]) for row in rows) for place in bare}
        return tuple(
            named[place]
            if place in named
            else table.headings[place].strip().lower()
            if place not in is_used
            else ""
            if is_used[place]
            else _NO_COLUMN
            for place in range(n_columns)
        )

    def _cells(self, name: str, values: Sequence[Value], rows: Sequence[int]) -> Cells:
        """Turn the cells of a column into words, each different one once; note those that hold nothing that can be used."""
        numbers: dict[object, int] = {}
        code = np.array([numbers.setdefault(_told_apart(value), len(numbers)) for value in values], dtype=np.int64)
        different = list(dict(zip(code.tolist(), values, strict=True)).values())
        if name in self.known:
            self._tell_unusable(name, different, code, rows)
        texts = {_word(value) for value in different if isinstance(value, str)}
        words: dict[str, int] = {}
        exact: dict[str, float] = {}
        of_value = []
        for value in different:
            word = _word(value)
            if isinstance(value, float) and math.isfinite(value) and not value.is_integer():
                # A text that looks the same may be meant in another way.
                word += "0" if word in texts and _TWO_WAYS.fullmatch(word) else ""
                exact[word] = float(word)
            of_value.append(words.setdefault(word, len(words)))
        return Cells(tuple(words), np.array(of_value, dtype=np.int64)[code] if of_value else code, exact)

    def _tell_unusable(self, name: str, different: Sequence[Value], code: np.ndarray, rows: Sequence[int]) -> None:
        """Note formulas without a result, errors, numbers that lost digits, and old encodings: each once for the column."""

        def tell(finding: str, is_so: Callable[[Value], bool], **fields: str) -> None:
            of_value = np.array([is_so(value) for value in different], dtype=np.bool_)
            found = np.flatnonzero(of_value[code])
            if len(found):
                self.remark(finding, self.sheet.lines[rows[int(found[0])]], column=name, n=str(len(found)), **fields)

        tell("RG443", lambda value: isinstance(value, Broken) and not value)
        for error in dict.fromkeys(value for value in different if isinstance(value, Broken) and value):
            tell("RG444", lambda value, error=error: isinstance(value, Broken) and value == error, found=error)  # type: ignore[misc]
        if name in _LABELS:
            tell("RG446", lambda value: isinstance(value, float) and abs(value) >= 10**MOST_DIGITS)
        if name in _TEXTS and are_mostly_old(value for value in different if isinstance(value, str)):
            tell("RG447", lambda value: isinstance(value, str) and count_old(value) > 0)

    def _tell_merged(self, areas: Sequence[Range], places: dict[int, str], rows: Sequence[int]) -> None:
        """Note cells merged over several entries where each must say its own."""
        lines = {self.sheet.lines[row] for row in rows} if areas else set()
        merged: dict[str, list[int]] = {}
        for area in areas:
            if sum(line in lines for line in range(area.first_row, min(area.last_row, self.sheet.lines[-1]) + 1)) > 1:
                merged.setdefault(places[area.first_column], []).append(area.first_row)
        for name, first_lines in merged.items():
            self.remark("RG445", min(first_lines), column=name, n=str(len(first_lines)))


def _told_apart(value: Value) -> object:
    """Give what tells a cell from others: Python takes true, 1 and 100 % for the same."""
    return value if value is None or value.__class__ is str else (value.__class__, value)


def _has_digits(value: Value) -> bool:
    return isinstance(value, (float, datetime.date)) or (isinstance(value, str) and any(letter.isdigit() for letter in value))


def _word(value: Value) -> str:
    """Write a cell as a CSV file would: numbers with a decimal point, percentages as they are shown, days as year-month-day."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return f"{value * 100 if isinstance(value, Percent) else value:.{MOST_DIGITS}g}"
