"""The cells of a register: read as text, turned into numbers with a finding for every one that is doubtful."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from simulator.errors import Finding, InputError, Severity, reason_of
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
    "RG415": "everybody listed is awarded; add the head-count if only winners are listed",
    "RG416": "this is not a CSV file; in Excel, choose Save As, CSV UTF-8",
    "RG417": "a register with merit cannot be used with a head-count",
    "RG418": "the file is marked as a state secret; it is not read",
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
_DECIMAL: Final = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)


class RegisterReader:
    """A table of text cells, and the findings about it so far."""

    def __init__(self, file: str, table: pd.DataFrame) -> None:
        """Hold a table; :meth:`of_file` reads one."""
        self.file = file
        self.table = table
        self.findings: list[Finding] = []
        self._labels: dict[str, dict[str, int]] = {}
        self._lines: list[int] = []

    @classmethod
    def of_file(cls, path: Path | str) -> Self:
        """Read a CSV file: UTF-8 with or without a mark, cells apart by ``,`` ``;`` or tab.

        Raises
        ------
        InputError
            If it cannot be read as such a file.
        """
        path = Path(path)
        reader = cls(path.as_posix(), pd.DataFrame())
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
        if is_secret_name(path.stem) or holds_stamp(text):
            reader.refuse("RG418", 1)
        header_line, _, _ = text.partition("\n")
        reader._read_rows(text, max(",;\t", key=header_line.count))
        if not len(reader.table):
            reader.refuse("RG403", 1)
        return reader

    def _read_rows(self, text: str, separator: str) -> None:
        """Read the header and the rows, with the line of each; rows of another width are findings."""
        rows: list[list[str]] = []
        lines: list[int] = []
        source = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            header = [name.strip().lower() for name in next(source, [])]
            for row in source:
                if not any(row):
                    continue
                if len(row) == len(header):
                    rows.append([cell.strip() for cell in row])
                    lines.append(source.line_num)
                else:
                    self.report("RG412", source.line_num, found=str(len(row)), expected=str(len(header)))
        except csv.Error as problem:
            self.refuse("RG414", source.line_num, reason=str(problem))
        for column in {name for name in header if header.count(name) > 1}:
            self.report("RG413", 1, column=listed_ids([column]))
        self.raise_problems()
        self.table = pd.DataFrame(rows, columns=header, dtype=str)
        self._lines = lines

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.table.columns)

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

    def words(self, column: str) -> np.ndarray:
        """Give a column as text."""
        words: np.ndarray = self.table[column].to_numpy(dtype=object)
        return words

    def labels(self, column: str, *, known: Mapping[str, int] | None = None) -> IndexArray:
        """Give the labels of a column numbers; an empty one is a finding."""
        words = self.table[column]
        self._report_where((words == "").to_numpy(), column, "@not-empty")
        numbers = dict(known or {})
        for word in words.unique():
            numbers.setdefault(word, len(numbers))
        self._labels[column] = numbers
        numbered: IndexArray = words.map(numbers).to_numpy(dtype=np.int64)
        return numbered

    def labels_of(self, column: str) -> Mapping[str, int]:
        """Give the numbers that the labels of a column have received."""
        return self._labels[column]

    def whole_numbers(self, column: str) -> IndexArray:
        """Read whole numbers, not negative."""
        numbers = self._parse(column, lambda word: bool(_WHOLE.fullmatch(word)), _whole, "@whole")
        return np.nan_to_num(numbers).astype(np.int64)

    def numbers(self, column: str) -> FloatArray:
        """Read decimal numbers with a comma or a point; empty is NaN; what may be read in two ways is a finding."""
        unique = self.table[column].unique()
        has_comma = any("," in word for word in unique)
        has_plain_point = any("." in word and not _GROUPED.fullmatch(word) for word in unique)
        if not has_plain_point:
            ambiguous = [word for word in unique if _GROUPED.fullmatch(word)]
            for word in [] if has_comma else ambiguous[:1]:
                self.report("RG406", self._line_of(column, word), column=column, found=word)
        is_grouped = has_comma and not has_plain_point

        def ungroup(word: str) -> str:
            return word.replace(".", "") if is_grouped and _GROUPED.fullmatch(word) else word

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
        words = self.table[column].str.lower()
        mapped = words.map(allowed)
        self._report_where(mapped.isna().to_numpy(), column, ", ".join(numbers))
        chosen: IndexArray = mapped.fillna(0).to_numpy(dtype=np.int64)
        return chosen

    def check_repeats(self, year: IndexArray, member: IndexArray, unit: IndexArray, role: IndexArray, award: np.ndarray | None) -> None:
        """Report rows that stand twice, and members in two units or posts in one year."""
        rows = pd.DataFrame({"year": year, "member": member})
        first = rows.groupby(["year", "member"]).cumcount().to_numpy() == 0
        first_row = rows[first].reset_index().set_index(["year", "member"])["index"]
        place = first_row.loc[list(zip(year[~first], member[~first], strict=True))].to_numpy() if (~first).any() else []
        for position, first_position in zip(np.flatnonzero(~first), place, strict=True):
            if unit[position] != unit[first_position] or role[position] != role[first_position]:
                self.report("RG408", self.line_of(int(position)), first_line=str(self.line_of(int(first_position))))
        keys = rows if award is None else rows.assign(award=award)
        is_repeat = keys.duplicated().to_numpy(copy=True)
        if award is not None:
            # A row that says "no award" contradicts a row with one.
            is_repeat |= ~first & (award == "")
        for position in np.flatnonzero(is_repeat)[:_MOST_FINDINGS]:
            same = np.flatnonzero((year == year[position]) & (member == member[position]))
            self.report("RG407", self.line_of(int(position)), first_line=str(self.line_of(int(same[0]))))

    def _parse(self, column: str, is_valid: Callable[[str], bool], convert: Callable[[str], float], expected: str) -> FloatArray:
        words = self.table[column]
        valid = {word: convert(word) for word in words.unique() if is_valid(word)}
        self._report_where(~words.isin(list(valid)).to_numpy(), column, expected)
        parsed: FloatArray = words.map(valid).to_numpy(dtype=np.float64)
        return parsed

    def _report_where(self, is_wrong: BoolArray, column: str, expected: str) -> None:
        for position in np.flatnonzero(is_wrong)[:_MOST_FINDINGS]:
            word = str(self.table[column].iloc[position])
            # A cell may hold anything, the name of a member too: letters are not repeated in a message.
            found = word[:40] if column not in _OF_PEOPLE and _NO_LETTERS.fullmatch(word) else "…"
            self.report("RG405", self.line_of(int(position)), column=column, found=found if word else "@empty", expected=expected)

    def _line_of(self, column: str, word: str) -> int:
        return self.line_of(int(np.flatnonzero((self.table[column] == word).to_numpy())[0]))

    def line_of(self, position: int) -> int:
        """Tell the line of a row in the file."""
        return self._lines[position] if self._lines else position + 2


def holds_stamp(text: str) -> bool:
    """Tell whether some cell of a CSV text is a secrecy stamp."""
    return any(is_secret(cell.strip().strip('"')) for cell in dict.fromkeys(_BETWEEN_CELLS.split(text)))


def listed_ids(words: Iterable[str]) -> str:
    """List what a message may repeat of headings and awards: ids as we write them; anything else could name somebody."""
    listed = dict.fromkeys(word if _ID.fullmatch(word) else "…" for word in words)
    return ", ".join(listed) or "-"


def _whole(word: str) -> float:
    return float(re.split(r"[.,]", word)[0])
