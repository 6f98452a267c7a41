"""The cells of a register: read as text, turned into numbers with a finding for every one that is doubtful."""

from __future__ import annotations

import calendar
import csv
import datetime
import difflib
import math
import operator
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.errors import reason_of
from simulator.indicators.register_file import Cells, Sheet, read_sheet
from simulator.indicators.register_findings import FEWEST_OF_ONE_CAUSE, FileFindings, listed_ids, raise_errors
from simulator.indicators.register_wordings import CODES_ONLY
from simulator.secrecy import is_secret, is_secret_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import Self

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.indicators.register_file import ReadBook
    from simulator.indicators.register_wordings import RegisterWordings

_BOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: .xlsx and .ods, .xls."""
_WIDE_TEXTS: Final = (b"\xff\xfe", b"\xfe\xff")
"""How the mark of UTF-16 is written, in which spreadsheets save what they call Unicode text."""
_SIGNATURES: Final = (*_BOOKS, b"%PDF-", b"{\\rtf")
"""How files begin that are no text; offices keep lists in all of them."""
_ENCODING_MARK: Final = "\ufeff"
_GROUPED: Final = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,15}(?:[.,]0+)?", re.ASCII)
_NO_LETTERS: Final = re.compile(r"[-+−–0-9 .,:;/%()]*", re.ASCII)
_LIKENESS: Final = 0.75
"""``uint_id`` is as near to ``unit_id`` as this, ``unit_name`` is not."""
_OF_PEOPLE: Final = frozenset({"member_id", "unit_id"})
_OF_CHOICES: Final = frozenset({"role", "is_leader", "track", "level"})
_BETWEEN_CELLS: Final = re.compile(r"[,;\t\r\n]")
_LAST_YEAR: Final = 9999
_YEAR: Final = re.compile(r"[1-9]\d{3}", re.ASCII)
_ISO_DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_OFFICE_DAY: Final = re.compile(r"(?P<day>\d{1,2})(?P<sign>[/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})", re.ASCII)
_DECIMAL: Final = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)


class RegisterReader(FileFindings):
    """A table of text cells, and the findings about it so far."""

    def __init__(self, file: str, columns: Mapping[str, Cells], line: IndexArray | None = None, wordings: RegisterWordings = CODES_ONLY) -> None:
        """Hold columns; :meth:`of_file` reads them."""
        self.cells, self._wordings = columns, wordings
        self.n_rows = len(next(iter(columns.values())).code) if columns else 0
        super().__init__(file, np.arange(2, self.n_rows + 2) if line is None else line)
        self._header: tuple[str, ...] = tuple(columns)
        self._header_line = 1
        self._known: Collection[str] = ()
        self._labels: dict[str, dict[str, int]] = {}
        self._unread: dict[str, BoolArray] = {}

    @classmethod
    def of_file(
        cls, path: Path | str, known: Collection[str] = (), read_book: ReadBook | None = None, wordings: RegisterWordings = CODES_ONLY
    ) -> Self:
        """Read a CSV file: UTF-8 with or without a mark, cells apart by ``,`` ``;`` or tab; or a workbook, where somebody reads it.

        Parameters
        ----------
        path
            The file.
        known
            Columns that such a file may have; one that has none of them is something else.
        read_book
            Reads workbooks, and tables of text in UTF-16 or with rows above the headings; what a file is is seen from its content, not its name.
        wordings
            How headings and words may be written besides their codes.

        Raises
        ------
        InputError
            If it cannot be read as such a file.
        """
        path = Path(path)
        reader = cls(path.as_posix(), {}, wordings=wordings)
        try:
            if path.exists() and not path.is_file():
                reader.refuse("RG401", 1, reason="@not-a-file")
            raw = path.read_bytes()
        except OSError as problem:
            reader.refuse("RG401", 1, reason=reason_of(problem))
        if read_book is not None and raw.startswith((*_BOOKS, *_WIDE_TEXTS)):
            del raw  # it is read anew, piece by piece
            return cls._of_sheet(reader, read_book(path, known), known)
        if raw.startswith(_SIGNATURES):
            reader.refuse("RG416", 1)
        try:
            text = unicodedata.normalize("NFC", raw.decode("utf-8").removeprefix(_ENCODING_MARK))
        except UnicodeDecodeError as problem:
            reader.refuse("RG402", raw[: problem.start].count(b"\n") + 1, byte=str(problem.start))
        if is_secret_name(path.stem):
            reader.refuse("RG418", 1)
        del raw
        sheet = reader._read(text, known)
        n_known = len({*known} & {*sheet.header})
        if known and text.strip() and not n_known and read_book is None:
            reader.refuse("RG427", 1, expected=", ".join(known))
        # A title, or a line such as “Năm xét; 2025”, may stand above the headings; a total or a signature, below.
        is_above = not n_known or (n_known == 1 and len(sheet.wrong_widths) > len(sheet.line))
        if known and text.strip() and read_book is not None and (is_above or sheet.adds_up(known, wordings.is_total)):
            sheet = read_book(path, known)
        return cls._of_sheet(reader, sheet, known)

    @classmethod
    def _of_sheet(cls, opened: Self, sheet: Sheet, known: Collection[str]) -> Self:
        """Take what was read, unless something is wrong with the table as a whole."""
        opened._check(sheet, known)
        reader = cls(opened.file, sheet.columns, sheet.line, opened._wordings)
        reader._header, reader._header_line, reader._known = sheet.header, sheet.header_line, known
        reader.findings = opened.findings
        return reader

    def _read(self, text: str, known: Collection[str]) -> Sheet:
        """Read the header and the rows of a text, each column called by its code where its heading is known."""
        try:
            sheet = read_sheet(text)
        except csv.Error as problem:
            # A stamp is looked for first, whatever else is wrong with the file.
            self.refuse("RG418" if holds_stamp(text) else "RG414", 1, reason=str(problem))
        if holds_stamp(text) if sheet.wrong_widths else sheet.holds_stamp():
            self.refuse("RG418", 1)
        header = self._wordings.columns(sheet.header, known)
        return replace(sheet, header=header, columns={name: sheet.columns[heading] for name, heading in zip(header, sheet.header, strict=True)})

    def _check(self, sheet: Sheet, known: Collection[str]) -> None:
        """Report rows of another width, columns that stand twice, and what whoever read the file found."""
        self._report_widths(sheet)
        for code, line, fields in sheet.remarks:
            self.report(code, line, **fields)
        for column in {name for name in sheet.header if sheet.header.count(name) > 1 and (name in known or not known)}:
            self.report("RG413", sheet.header_line, column=listed_ids([column]))
        raise_errors(self)
        if not len(sheet.line):
            self.refuse("RG403", sheet.header_line)

    def _report_widths(self, sheet: Sheet) -> None:
        """Report rows with more or fewer cells than the header; where most rows have, it is the header or the separator."""
        wrong, expected = sheet.wrong_widths, str(len(sheet.header))
        n_rows = len(sheet.line) + len(wrong)
        if _is_one_cause(len(wrong), n_rows):
            line, n_cells = wrong[0]
            self.report("RG425", line, n=str(len(wrong)), n_rows=str(n_rows), found=str(n_cells), expected=expected)
            return
        for code, is_so in (("RG412", operator.gt), ("RG438", operator.lt)):
            told = [(line, {"found": str(n_cells), "expected": expected}) for line, n_cells in wrong if is_so(n_cells, len(sheet.header))]
            self.report_lines(code, told)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.cells)

    def require(self, *names: str | tuple[str, ...]) -> None:
        """Report columns that are missing, of several names one being enough; and once, as a warning, those that nobody knows."""
        unknown = [name for name in self.columns if self._known and name not in self._known and self.cells[name].words != ("",)]
        for name in names:
            choices = (name,) if isinstance(name, str) else name
            if set(choices) & set(self.columns):
                continue
            nearest = [found for choice in choices for found in self._mistyped(choice, unknown)][:1]
            if nearest:
                heading, shown = nearest[0]
                unknown.remove(heading)
                self.report("RG430", self._header_line, column=" / ".join(choices), found=shown)
            else:
                found = [name if name in self._known else self._letters_of(name) for name in self.columns]
                self.report("RG404", self._header_line, column=" / ".join(choices), found=", ".join(found))
        lists_columns = any(finding.code == "RG404" for finding in self.findings)
        if unknown and not lists_columns:
            self._report_unknown(unknown)

    def _mistyped(self, column: str, unknown: Sequence[str]) -> list[tuple[str, str]]:
        """Give the unknown heading that is nearly the code or a heading of a column, and how it may be told: one that is near a heading only by its place."""
        of_code = difflib.get_close_matches(column, unknown, 1, _LIKENESS)
        if of_code:
            return [(of_code[0], of_code[0])]
        return [(heading, self._letters_of(heading)) for heading in self._wordings.nearest(column, unknown)[:1]]

    def _report_unknown(self, names: Sequence[str]) -> None:
        """Warn of columns that nobody knows; one that is nearly a known name may be that name, mistyped."""
        free = [name for name in self._known if name not in self.columns]
        nearest = {name: difflib.get_close_matches(name, free, 1, _LIKENESS) for name in names}
        # They are told by their place: a file without headings, or one with a column for each person, has people's names there.
        columns = ", ".join(self._letters_of(name) for name in names)
        guesses = ", ".join(f"{name} → {known[0]}" for name, known in nearest.items() if known)
        if guesses:
            self.report("RG429", self._header_line, columns=columns, guesses=guesses)
        else:
            self.report("RG428", self._header_line, columns=columns)

    def _letters_of(self, name: str) -> str:
        return ", ".join(_letters(place) for place, heading in enumerate(self._header) if heading == name)

    def words(self, column: str) -> Cells:
        """Give a column as text."""
        return self.cells[column]

    def put(self, column: str, cells: Cells) -> None:
        """Put other words in the place of a column, row for row."""
        self.cells = {**self.cells, column: cells}

    def labels(self, column: str, *, known: Mapping[str, int] | None = None) -> IndexArray:
        """Give the labels of a column numbers; an empty one is a finding."""
        cells = self.cells[column]
        self._report_where(cells.is_word(""), column, "@not-empty")
        numbers = dict(known or {})
        for word in cells.words:
            numbers.setdefault(word, len(numbers))
        self._labels[column] = numbers
        return cells.spread(np.array([numbers[word] for word in cells.words], dtype=np.int64))

    def labels_of(self, column: str) -> Mapping[str, int]:
        """Give the numbers that the labels of a column have received."""
        return self._labels[column]

    def whole_numbers(self, column: str) -> IndexArray:
        """Read whole numbers, not negative."""
        numbers = self._parse(column, lambda word: bool(_WHOLE.fullmatch(word)), _whole, "@whole")
        return np.nan_to_num(numbers).astype(np.int64)

    def years(self, column: str) -> IndexArray:
        """Read years, of the calendar or counted from nought."""
        numbers = self._parse(column, lambda word: bool(_WHOLE.fullmatch(word)) and _whole(word) <= _LAST_YEAR, _whole, "@year-number")
        return np.nan_to_num(numbers).astype(np.int64)

    def ranks(self, column: str) -> FloatArray:
        """Read whole numbers from 1; empty is NaN."""
        return self._parse(column, lambda word: word == "" or _is_rank(word), lambda word: _whole(word) if word else math.nan, "@rank")

    def years_or_days(self, column: str) -> FloatArray:
        """Read a year, or the year of a day."""

        def year(word: str) -> float:
            day = _day(word)
            return day.year if day else float(word)

        return self._parse(column, lambda word: bool(_YEAR.fullmatch(word)) or _day(word) is not None, year, "@year-or-day")

    def numbers(self, column: str) -> FloatArray:
        """Read decimal numbers with a comma or a point; empty is NaN. One sign holds for the whole column: what mixes them is a finding."""
        exact = self.cells[column].exact
        unique = [word for word in self.cells[column].words if word not in exact]
        with_comma = [word for word in unique if "," in word and _DECIMAL.fullmatch(word)]
        with_point = [word for word in unique if "." in word and _DECIMAL.fullmatch(word)]
        # A point beside a comma, or two points, part thousands beyond doubt; then a point before three digits does so in the whole column.
        parts_thousands = [word for word in unique if _GROUPED.fullmatch(word) and not _DECIMAL.fullmatch(word)]
        decimal_points = [word for word in with_point if not (parts_thousands and _GROUPED.fullmatch(word))]
        other_signs = [*with_comma, *parts_thousands]
        if decimal_points and other_signs:
            comma_line, point_line = self._first_line_of(column, other_signs), self._first_line_of(column, decimal_points)
            self.report("RG423", max(comma_line, point_line), column=column, comma_line=str(comma_line), point_line=str(point_line))
            self._unread[column] = np.ones(self.n_rows, dtype=np.bool_)
        elif decimal_points and all(map(_GROUPED.fullmatch, decimal_points)):
            self.report("RG406", self._first_line_of(column, decimal_points), column=column, found=decimal_points[0])
            self._unread[column] = np.ones(self.n_rows, dtype=np.bool_)

        def ungroup(word: str) -> str:
            return word.replace(".", "") if parts_thousands and _GROUPED.fullmatch(word) else word

        def is_number(word: str) -> bool:
            return word == "" or word in exact or bool(_DECIMAL.fullmatch(ungroup(word)))

        def convert(word: str) -> float:
            return exact[word] if word in exact else float(ungroup(word).replace(",", ".")) if word else np.nan

        numbers = self._parse(column, is_number, convert, "@number")
        return np.where(self.unread(column), np.nan, numbers)

    def flags(self, column: str) -> BoolArray:
        """Read 0 and 1, or what a spreadsheet makes of yes and no."""
        return self.choices(column, {"0": 0, "1": 1}, besides={"false": 0, "true": 1}).astype(np.bool_)

    def choices(self, column: str, numbers: Mapping[str, int], *, empty: int | None = None, besides: Mapping[str, int] | None = None) -> IndexArray:
        """Read one of several words as its number; words ``besides`` are understood, but not asked for."""
        allowed = {**numbers, **(besides or {})} if empty is None else {**numbers, "": empty}
        chosen = self._parse(
            column, lambda word: self.meant(column, word) in allowed, lambda word: allowed[self.meant(column, word)], ", ".join(numbers)
        )
        return np.nan_to_num(chosen).astype(np.int64)

    def meant(self, column: str, word: str) -> str:
        """Give the code of a word; any other word in small letters."""
        return self._wordings.code_of(column, word)

    def dates(self, column: str) -> FloatArray:
        """Read days as months since the year 0 began, parts of a month included; empty is NaN.

        A day is written year-month-day or, as offices do, day/month/year.
        """
        return self._parse(column, lambda word: word == "" or _day(word) is not None, _months, "@day-or-nothing")

    def _parse(self, column: str, is_valid: Callable[[str], bool], convert: Callable[[str], float], expected: str) -> FloatArray:
        """Turn the words of a column into numbers; a word that is none is a finding, and NaN."""
        cells = self.cells[column]
        valid = np.array([is_valid(word) for word in cells.words], dtype=np.bool_)
        self._report_where(~cells.spread(valid), column, expected)
        numbers = np.array([convert(word) if fits else np.nan for word, fits in zip(cells.words, valid, strict=True)], dtype=np.float64)
        return cells.spread(numbers)

    def unread(self, column: str) -> BoolArray:
        """(n_rows,) whether the cell of a column could not be read; what follows from it is no finding of its own."""
        return self._unread.get(column, np.zeros(self.n_rows, dtype=np.bool_))

    def _report_where(self, is_wrong: BoolArray, column: str, expected: str) -> None:
        """Report cells; a word that stands in many of them, or a column most of whose cells are wrong, is one finding."""
        self._unread[column] = self.unread(column) | is_wrong
        rows, code = np.flatnonzero(is_wrong), self.cells[column].code

        def tell(row: int) -> dict[str, str]:
            word = self.cells[column].words[code[row]]
            # A cell may hold anything, the name of a member too: letters are not repeated in a message, except words for posts and the like.
            may_be_told = _NO_LETTERS.fullmatch(word) or (column in _OF_CHOICES and not _is_written_as_names_are(word))
            found = word[:40] if column not in _OF_PEOPLE and may_be_told else "…"
            return {"column": column, "found": found if word else "@empty", "expected": expected}

        if _is_one_cause(len(rows), self.n_rows):
            self.report("RG424", self.line_of(int(rows[0])), **tell(int(rows[0])), n=str(len(rows)), n_rows=str(self.n_rows))
            return
        n_of_word = np.bincount(code[rows], minlength=len(self.cells[column].words))
        is_often = n_of_word[code[rows]] >= FEWEST_OF_ONE_CAUSE
        self.report_rows("RG405", rows[~is_often], tell)
        first_of_word = rows[is_often][np.sort(np.unique(code[rows[is_often]], return_index=True)[1])]
        self.report_rows("RG433", first_of_word, lambda row: {**tell(row), "n": str(n_of_word[code[row]])})

    def _first_line_of(self, column: str, words: Iterable[str]) -> int:
        return min(self.line_of(int(np.argmax(self.cells[column].is_word(word)))) for word in words)


def holds_stamp(text: str) -> bool:
    """Tell whether some cell of a CSV text is a secrecy stamp."""
    return any(is_secret(cell.strip().strip('"')) for cell in dict.fromkeys(_BETWEEN_CELLS.split(text)))


def _letters(position: int) -> str:
    """Name a column as spreadsheets do."""
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, len(ascii_uppercase))
        letters = ascii_uppercase[letter] + letters
    return letters


def _is_written_as_names_are(word: str) -> bool:
    """Tell whether a text is one capitalised word, or has a capital letter after its first word: a name, or a post with the name of its holder."""
    parts = word.split()
    return any(part[0].isupper() for part in parts[1:] or parts)


def _is_one_cause(n_wrong: int, n_rows: int) -> bool:
    return n_wrong >= FEWEST_OF_ONE_CAUSE and 2 * n_wrong > n_rows


def _whole(word: str) -> float:
    return float(re.split(r"[.,]", word)[0])


def _is_rank(word: str) -> bool:
    return bool(_WHOLE.fullmatch(word)) and _whole(word) >= 1


def _day(word: str) -> datetime.date | None:
    """Read a day; ``None`` if it is none."""
    match = _ISO_DAY.fullmatch(word) or _OFFICE_DAY.fullmatch(word)
    try:
        return datetime.date(*(int(match[part]) for part in ("year", "month", "day"))) if match else None
    except ValueError:
        return None


def _months(word: str) -> float:
    day = _day(word)
    if day is None:
        return math.nan
    return day.year * 12 + day.month - 1 + (day.day - 1) / calendar.monthrange(day.year, day.month)[1]
