"""The cells of a register: read as text, turned into numbers with a finding for every one that is doubtful."""

from __future__ import annotations

import calendar
import csv
import datetime
import math
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.errors import Finding, InputError, Severity, reason_of
from simulator.indicators.register_file import Cells, Sheet, read_sheet
from simulator.secrecy import is_secret, is_secret_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Never, Self

    from simulator._types import BoolArray, FloatArray, IndexArray

CODES: Final[Mapping[str, str]] = {
    "RG401": "the file cannot be opened: {reason}",
    "RG402": "the text is not UTF-8 (byte {byte}); save it as CSV UTF-8",
    "RG403": "the file holds no rows",
    "RG404": "there is no column {column}; the file has {found}",
    "RG405": "{column} is {found}; expected {expected}",
    "RG406": "the number {found} in {column} may be read in two ways; write it with a decimal comma or without grouping",
    "RG407": "the same row stands in line {first_line} already",
    "RG408": "the member of this row stands in another unit or post in line {first_line}, in the same year",
    "RG409": "the register has no award {found}; it has {known}",
    "RG410": "several awards are listed; choose one of {known}",
    "RG411": "more winners are listed than the head-count has members",
    "RG413": "the column {column} stands twice",
    "RG414": "the file is not a table of cells: {reason}",
    "RG416": "this is not a CSV file; in Excel, choose Save As, CSV UTF-8",
    "RG417": "a register with merit cannot be used with a head-count",
    "RG418": "the file is marked as a state secret; it is not read",
    "RG419": "the {column} of this row differs from that in line {first_line}",
    "RG420": "the award of this row is dated before what was achieved",
    "RG421": "no unit of this file stands in the register",
    "RG422": "winners are listed in {n} years, units and roles that the head-count lacks",
    "RG423": "{column} has a decimal point in line {point_line}, and a decimal comma or grouping points in line {comma_line}; write it one way",
    "RG412": "this row has {found} cells, the header has {expected}",
}
_SIGNATURES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: .xlsx and .ods, .xls."""
_ENCODING_MARK: Final = "\ufeff"
_MOST_FINDINGS: Final = 50
_GROUPED: Final = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,15}(?:[.,]0+)?", re.ASCII)
_NO_LETTERS: Final = re.compile(r"[-+−–0-9 .,:;/%()]*", re.ASCII)
_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*", re.ASCII)
_OF_PEOPLE: Final = frozenset({"member_id", "unit_id"})
_BETWEEN_CELLS: Final = re.compile(r"[,;\t\r\n]")
_YEAR: Final = re.compile(r"[1-9]\d{3}", re.ASCII)
_ISO_DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_OFFICE_DAY: Final = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)
_DECIMAL: Final = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)


class RegisterReader:
    """A table of text cells, and the findings about it so far."""

    def __init__(self, file: str, columns: Mapping[str, Cells], line: IndexArray | None = None) -> None:
        """Hold columns; :meth:`of_file` reads them."""
        self.file = file
        self.cells = columns
        self.n_rows = len(next(iter(columns.values())).code) if columns else 0
        self.findings: list[Finding] = []
        self._line = np.arange(2, self.n_rows + 2) if line is None else line
        self._labels: dict[str, dict[str, int]] = {}

    @classmethod
    def of_file(cls, path: Path | str) -> Self:
        """Read a CSV file: UTF-8 with or without a mark, cells apart by ``,`` ``;`` or tab.

        Raises
        ------
        InputError
            If it cannot be read as such a file.
        """
        path = Path(path)
        reader = cls(path.as_posix(), {})
        try:
            if path.exists() and not path.is_file():
                reader.refuse("RG401", 1, reason="@not-a-file")
            raw = path.read_bytes()
        except OSError as problem:
            reader.refuse("RG401", 1, reason=reason_of(problem))
        if raw.startswith(_SIGNATURES):
            reader.refuse("RG416", 1)
        try:
            text = unicodedata.normalize("NFC", raw.decode("utf-8").removeprefix(_ENCODING_MARK))
        except UnicodeDecodeError as problem:
            reader.refuse("RG402", raw[: problem.start].count(b"\n") + 1, byte=str(problem.start))
        if is_secret_name(path.stem):
            reader.refuse("RG418", 1)
        sheet = reader._read(text)
        return cls(reader.file, sheet.columns, sheet.line)

    def _read(self, text: str) -> Sheet:
        """Read the header and the rows; rows of another width are findings."""
        header_line, _, _ = text.partition("\n")
        try:
            sheet = read_sheet(text, max(",;\t", key=header_line.count))
        except csv.Error as problem:
            # A stamp is looked for first, whatever else is wrong with the file.
            self.refuse("RG418" if holds_stamp(text) else "RG414", 1, reason=str(problem))
        if holds_stamp(text) if sheet.wrong_widths else sheet.holds_stamp():
            self.refuse("RG418", 1)
        for line, n_cells in sheet.wrong_widths[:_MOST_FINDINGS]:
            self.report("RG412", line, found=str(n_cells), expected=str(len(sheet.header)))
        for column in {name for name in sheet.header if sheet.header.count(name) > 1}:
            self.report("RG413", 1, column=listed_ids([column]))
        self.raise_problems()
        if not len(sheet.line):
            self.refuse("RG403", 1)
        return sheet

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.cells)

    def report(self, code: str, line: int, **fields: str) -> None:
        """Note a finding; values of cells that could name a person are never given."""
        english = CODES[code].format(**fields)
        self.findings.append(Finding(code, Severity.ERROR, self.file, line, fields, english, is_unreadable=True))

    def refuse(self, code: str, line: int, **fields: str) -> Never:
        """Note a finding and stop."""
        self.report(code, line, **fields)
        raise InputError(self.findings)

    def raise_problems(self) -> None:
        """Stop if anything was found, with the first fifty findings in the order of lines."""
        if self.findings:
            raise InputError(sorted(self.findings, key=lambda finding: finding.line)[:_MOST_FINDINGS])

    def require(self, *names: str | tuple[str, ...]) -> None:
        """Stop unless every column is there; of several names one is enough."""
        for name in names:
            choices = (name,) if isinstance(name, str) else name
            if not set(choices) & set(self.columns):
                self.report("RG404", 1, column=" / ".join(choices), found=listed_ids(self.columns))
        self.raise_problems()

    def words(self, column: str) -> Cells:
        """Give a column as text."""
        return self.cells[column]

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
        unique = self.cells[column].words
        with_comma = [word for word in unique if "," in word and _DECIMAL.fullmatch(word)]
        with_point = [word for word in unique if "." in word and _DECIMAL.fullmatch(word)]
        # A point beside a comma, or two points, part thousands beyond doubt; then a point before three digits does so in the whole column.
        parts_thousands = [word for word in unique if _GROUPED.fullmatch(word) and not _DECIMAL.fullmatch(word)]
        decimal_points = [word for word in with_point if not (parts_thousands and _GROUPED.fullmatch(word))]
        other_signs = [*with_comma, *parts_thousands]
        if decimal_points and other_signs:
            comma_line, point_line = self._first_line_of(column, other_signs), self._first_line_of(column, decimal_points)
            self.report("RG423", max(comma_line, point_line), column=column, comma_line=str(comma_line), point_line=str(point_line))
        elif decimal_points and all(map(_GROUPED.fullmatch, decimal_points)):
            self.report("RG406", self._first_line_of(column, decimal_points), column=column, found=decimal_points[0])

        def ungroup(word: str) -> str:
            return word.replace(".", "") if parts_thousands and _GROUPED.fullmatch(word) else word

        def is_number(word: str) -> bool:
            return word == "" or bool(_DECIMAL.fullmatch(ungroup(word)))

        def convert(word: str) -> float:
            return float(ungroup(word).replace(",", ".")) if word else np.nan

        return self._parse(column, is_number, convert, "@number")

    def flags(self, column: str) -> BoolArray:
        """Read 0 and 1."""
        return self.choices(column, {"0": 0, "1": 1}).astype(np.bool_)

    def choices(self, column: str, numbers: Mapping[str, int], *, empty: int | None = None) -> IndexArray:
        """Read one of several words as its number."""
        allowed = dict(numbers) if empty is None else {**numbers, "": empty}
        chosen = self._parse(column, lambda word: word.lower() in allowed, lambda word: allowed[word.lower()], ", ".join(numbers))
        return np.nan_to_num(chosen).astype(np.int64)

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

    def _report_where(self, is_wrong: BoolArray, column: str, expected: str) -> None:
        for position in np.flatnonzero(is_wrong)[:_MOST_FINDINGS]:
            word = self.cells[column].words[self.cells[column].code[position]]
            # A cell may hold anything, the name of a member too: letters are not repeated in a message.
            found = word[:40] if column not in _OF_PEOPLE and _NO_LETTERS.fullmatch(word) else "…"
            self.report("RG405", self.line_of(int(position)), column=column, found=found if word else "@empty", expected=expected)

    def _first_line_of(self, column: str, words: Iterable[str]) -> int:
        return min(self.line_of(int(np.argmax(self.cells[column].is_word(word)))) for word in words)

    def line_of(self, position: int) -> int:
        """Tell the line of a row in the file."""
        return int(self._line[position])


def holds_stamp(text: str) -> bool:
    """Tell whether some cell of a CSV text is a secrecy stamp."""
    return any(is_secret(cell.strip().strip('"')) for cell in dict.fromkeys(_BETWEEN_CELLS.split(text)))


def listed_ids(words: Iterable[str]) -> str:
    """List what a message may repeat of headings and awards: ids as we write them; anything else could name somebody."""
    listed = dict.fromkeys(word if _ID.fullmatch(word) else "…" for word in words)
    return ", ".join(listed) or "-"


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
