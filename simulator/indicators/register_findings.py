"""What is found in the files of a register: every cause once, by line, and never the name of anybody.

A cause is what one act of mending removes: a cell, a row that stands twice, or a whole column that is written otherwise than it should be. What follows
from a cell that cannot be read is no cause of its own, so checks between rows pass such cells over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.errors import Finding, InputError, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Never

    from simulator._types import IndexArray

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
    "RG412": "this row has {found} cells, the header has only {expected}",
    "RG413": "the column {column} stands twice",
    "RG414": "the file is not a table of cells: {reason}",
    "RG416": "this is neither an Excel workbook (.xlsx) nor a CSV file; in Excel, choose Save As, Excel Workbook or CSV UTF-8",
    "RG418": "the file is marked as a state secret; it is not read",
    "RG419": "the {column} of this row differs from that in line {first_line}",
    "RG420": "the award of this row is dated before what was achieved",
    "RG421": "no unit of this file stands in the register",
    "RG422": "winners are listed in {n} groups of year, unit and role that the head-count lacks: {groups}",
    "RG423": "{column} has a decimal point in line {point_line}, and a decimal comma or grouping points in line {comma_line}; write it one way",
    "RG424": "{n} of {n_rows} rows hold in {column} something else than {expected}; this line is the first, with {found}",
    "RG425": "{n} of {n_rows} rows have more or fewer cells than the header, which has {expected}; this line is the first, with {found}",
    "RG426": "{n} more findings are not listed",
    "RG427": "the first line has none of the columns of such a file: {expected}",
    "RG428": "columns that are not used: {columns}",
    "RG429": "columns that are not used: {columns}; perhaps a heading is mistyped: {guesses}",
    "RG430": "the column {column} is missing; perhaps {found} is it, mistyped",
    "RG431": "the unit in {column} of this row is not in the register",
    "RG432": "{n} of {n_rows} rows name a unit that is not in the register; this line is the first ({column})",
    "RG433": "{column} is {found} in {n} lines, of which this is the first; expected {expected}",
    "RG434": "the head-count adds up to {n} people over the years, more than {most}; this row has the largest number",
    "RG435": "the rows of {found} are long-service awards, which by law do not depend on the yearly round and are left out; there is {known}",
    "RG436": "{n} rows without an award stand beside another row of the same member and year, and add nothing; this line is the first",
    "RG437": "{n} rows name an award that is no known one (lines {lines}); it is not repeated, as it may be a name",
    "RG438": "this row has only {found} cells, the header has {expected}",
    "RG439": "no visible sheet has a row of headings with the columns of such a file: {expected}",
    "RG440": "{n} visible sheets have the column {column}; put everything into one sheet, or hide the others",
    "RG441": "hidden or filtered rows are read like all others: {lines}",
    "RG442": "rows that are no entries and were left out: {lines}",
    "RG443": "{column} holds in {n} rows a formula whose result the file does not hold; this row is the first",
    "RG444": "{column} shows in {n} rows the error {found}; this row is the first",
    "RG445": "{column} is merged over several rows in {n} places, of which this row is the first; write the value in each row",
    "RG446": "{column} holds in {n} rows a number of more than 15 digits, which a spreadsheet does not keep exactly; write it as text",
    "RG447": "{column} is written in an old font encoding (TCVN3 or VNI); convert the file to Unicode first",
    "RG448": "nobody without an award is listed in any year, so this is read as a list of winners, and what needs the others is not measured; "
    "add the head-count (--headcount), or say --complete if everybody considered was awarded",
    "RG449": "{n} rows from this line on name the award {found}, which is in no criteria; perhaps {guess} is meant",
    "RG450": "both award and is_awarded stand in the list; only is_awarded is read",
    "RG451": "both award and is_awarded stand in the list and say otherwise in {n} rows (lines {lines}); only is_awarded is read",
    "RG452": "the award asked for is passed over, because is_awarded tells who was awarded",
    "RG453": "another sheet holds {kind}, which is not read; give this file as that one as well",
    "RG454": "another sheet holds {kind}, which was read with the list",
    "RG455": "{n} words in {column} are written in several ways, as in line {first_line} and this one, which differ only in capitals or blanks; "
    "they are counted apart",
    "RG456": "{n} rows have a year such as {found}, while line {whole_line} has one of four digits; write every year with four digits",
    "RG457": "the years {first} to {last} are taken as counted from nought; calendar years have four digits",
    "RG458": "in {year} most people of {n} units that end stand in units that begin; if these only changed their names or were merged, give --succession",
}
WARNINGS: Final = frozenset(
    {"RG428", "RG429", "RG431", "RG432", "RG436", "RG437", "RG441", "RG442", *(f"RG{number}" for number in range(448, 456)), "RG457", "RG458"}
)
"""What asks for a second look only; the file is measured."""
MOST_FINDINGS: Final = 50
FEWEST_OF_ONE_CAUSE: Final = 6
"""The same fault in so many rows is one way of writing, not one slip after the other."""
_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*", re.ASCII)


class FileFindings:
    """What was found in one file so far."""

    def __init__(self, file: str, line: IndexArray) -> None:
        """Begin with nothing found; ``line`` is that of each row."""
        self.file = file
        self.findings: list[Finding] = []
        self._line = line
        self._n_left_out = 0

    def line_of(self, position: int) -> int:
        """Tell the line of a row in the file."""
        return int(self._line[position])

    def report(self, code: str, line: int, **fields: str) -> None:
        """Note a finding; values of cells that could name a person are never given."""
        severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
        english = CODES[code].format(**fields)
        self.findings.append(Finding(code, severity, self.file, line, fields, english, is_unreadable=severity is Severity.ERROR))

    @property
    def has_errors(self) -> bool:
        """Whether the file cannot be used."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def report_lines(self, code: str, told: Sequence[tuple[int, Mapping[str, str]]]) -> None:
        """Note the same finding for lines, each with its fields; beyond fifty they are counted only."""
        for line, fields in told[:MOST_FINDINGS]:
            self.report(code, line, **fields)
        self._n_left_out += len(told[MOST_FINDINGS:])

    def report_rows(self, code: str, rows: IndexArray, tell: Callable[[int], Mapping[str, str]] = lambda _: {}) -> None:
        """Note the same finding for rows, at the positions given; ``tell`` gives the fields of a row."""
        self.report_lines(code, [(self.line_of(row), tell(row)) for row in rows[:MOST_FINDINGS].tolist()])
        self._n_left_out += len(rows[MOST_FINDINGS:])

    def refuse(self, code: str, line: int, **fields: str) -> Never:
        """Note a finding and stop."""
        self.report(code, line, **fields)
        raise InputError(self.told())

    def told(self) -> list[Finding]:
        """Give the first fifty findings in the order of lines, and how many more there are."""
        findings = sorted(self.findings, key=lambda finding: finding.line)
        n_more = len(findings[MOST_FINDINGS:]) + self._n_left_out
        if not n_more:
            return findings
        fields = {"n": str(n_more)}
        line = findings[:MOST_FINDINGS][-1].line
        rest = Finding("RG426", Severity.ERROR, self.file, line, fields, CODES["RG426"].format(**fields), is_unreadable=True)
        return [*findings[:MOST_FINDINGS], rest]


def raise_errors(*files: FileFindings) -> None:
    """Stop if an error was found in some file, with the findings of all."""
    if any(file.has_errors for file in files):
        refuse_all(*files)


def refuse_all(*files: FileFindings) -> Never:
    """Stop, with the findings of all files."""
    raise InputError(finding for file in files for finding in file.told())


def listed_ids(words: Iterable[str]) -> str:
    """List what a message may repeat of headings and awards: ids as we write them; anything else could name somebody."""
    listed = dict.fromkeys(word if _ID.fullmatch(word) else "…" for word in words)
    return ", ".join(listed) or "-"
