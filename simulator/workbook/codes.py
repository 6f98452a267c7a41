"""The register of what can be wrong with a table of nominees as a file: code, severity and plain English.

Sentences for readers are in ``presentation/messages``. ``WB50.`` and ``WB51.`` are about the whole file, the others about a column or a cell. No
finding repeats what could name a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import CodeEntry, CodeRegister, InputError, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Never

    from simulator.errors import Finding


_E, _W = Severity.ERROR, Severity.WARNING

CODES: Final[Mapping[str, CodeEntry]] = {
    # The file ------------------------------------------------------------------------------------------------------------
    "WB501": CodeEntry(_E, "the file cannot be opened: {reason}"),
    "WB502": CodeEntry(_E, "the file holds no table of cells"),
    "WB503": CodeEntry(_E, "an old .xls workbook; save it as Excel Workbook (.xlsx)"),
    "WB504": CodeEntry(_E, "a workbook with macros; save it as Excel Workbook (.xlsx), which has none"),
    "WB505": CodeEntry(_E, "an OpenDocument sheet (.ods); save it as Excel Workbook (.xlsx)"),
    "WB506": CodeEntry(_E, "the workbook is locked with a password; take the password off and save a copy"),
    "WB507": CodeEntry(_E, "neither an Excel workbook (.xlsx) nor a CSV table ({found})"),
    "WB508": CodeEntry(_E, "the workbook is damaged in {part}; open it in Excel and save it anew"),
    "WB509": CodeEntry(_E, "too large: {what}, at most {limit}"),
    "WB510": CodeEntry(_E, "the file is marked as a state secret ({cell}); it is not read"),
    "WB511": CodeEntry(_E, "text in an old font encoding (TCVN3 or VNI) at {cell}; convert the file to Unicode first"),
    "WB512": CodeEntry(_E, "the text is not UTF-8 (byte {byte}); save it as CSV UTF-8"),
    "WB513": CodeEntry(_E, "no row of headings was found; the table needs at least the columns {columns}"),
    "WB514": CodeEntry(_E, "the column {column} is missing; needed by {clauses}"),
    "WB515": CodeEntry(_E, "the column {column} stands twice: {cell} and {other}"),
    "WB516": CodeEntry(_E, "{cell}: {found} may be read in two ways; write {expected}"),
    "WB517": CodeEntry(_E, "{cell}: {column} needs {expected}, found {found}"),
    "WB518": CodeEntry(_E, "{cell}: {column} is empty"),
    "WB519": CodeEntry(_E, "{cell}: {column} is {found}, outside {low} to {high}"),
    "WB520": CodeEntry(_E, "{cell}: a formula whose result the file does not hold; paste the values"),
    "WB521": CodeEntry(_E, "{cell}: the cell shows the error {found}"),
    "WB522": CodeEntry(_E, "{cell}: this id already stands in {other}"),
    "WB523": CodeEntry(_E, "{cell}: no nominee has this id"),
    "WB524": CodeEntry(_E, "{cell}: the same fact was already given in {other}"),
    "WB525": CodeEntry(_E, "{more} further problems are not listed"),
    "WB526": CodeEntry(_W, "columns that are not used: {columns}"),
    "WB527": CodeEntry(_E, "the year being decided is not said; add a cell or a column, or give the option --year"),
    "WB528": CodeEntry(_E, "{cell}: the year being decided is {found} here and {expected} elsewhere"),
    "WB529": CodeEntry(_E, "{cell}: the head-count of this unit is {found} here and {expected} in {other}"),
    "WB530": CodeEntry(_E, "{cell}: a number of more than 15 digits cannot be kept exactly"),
    "WB531": CodeEntry(_E, "the workbook holds an XML declaration that is not allowed ({part})"),
    "WB532": CodeEntry(_E, "{cell}: a value under no heading"),
    "WB533": CodeEntry(_E, "{cell}: {found} lies after the day of decision ({expected})"),
    "WB534": CodeEntry(_E, "several sheets could hold the nominees; name the right one {expected}"),
    "WB535": CodeEntry(_E, "the key file of the pseudonyms cannot be used: {reason}"),
    "WB536": CodeEntry(_E, "there is no person who gives marks called {found}; there are: {known}"),
    "WB540": CodeEntry(_W, "rows that are no nominees and were left out: {rows}"),
    "WB541": CodeEntry(_W, "sheet {sheet}: hidden or filtered rows are read like all others: {rows}"),
    "WB542": CodeEntry(_E, "{cell} and {other}: {column} differ only in capitals, marks or spaces"),
    "WB543": CodeEntry(_W, "{cell} and {other}: {column} differ only in marks and are taken as two"),
    "WB544": CodeEntry(_W, "{cell}: no nominee belongs to this unit"),
    "WB545": CodeEntry(_E, "{cell}: {column} is {found}, more than {whole} ({most} in {other})"),
    "WB546": CodeEntry(_E, "{cell}: {column} is {found}, no multiple of {step}"),
    "WB547": CodeEntry(_W, "the set is in force from {start} to {end} only; the list is for {year}"),
    "WB548": CodeEntry(_W, "the set is in force from {start}; the list is for {year}"),
    "WB549": CodeEntry(_W, "the column of roles names posts; {posts} are assumed to be {role}; where that is otherwise, write the role itself"),
    "WB550": CodeEntry(_E, "{cell}: this stands beside the words for the year being decided and is no year; write it with four digits, such as 2025"),
}
MOST_FINDINGS: Final = 100

make_finding: Final = CodeRegister(CODES).make_finding


class Problems:
    """The findings about one file, collected so that all of them are told at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.n_errors = 0

    def report(self, code: str, line: int, /, **fields: str) -> None:
        """Note a finding; past the hundredth error they are only counted."""
        if CODES[code].severity is Severity.WARNING:
            self.findings.append(make_finding(code, self.file, line, **fields))
            return
        self.n_errors += 1
        if self.n_errors <= MOST_FINDINGS:
            self.findings.append(make_finding(code, self.file, line, **fields))

    def refuse(self, code: str, line: int, /, **fields: str) -> Never:
        """Note a finding and stop."""
        self.report(code, line, **fields)
        self.stop()

    def stop(self) -> Never:
        """Stop with everything found so far, and how much more there was."""
        more = self.n_errors - MOST_FINDINGS
        last = [make_finding("WB525", self.file, self.findings[-1].line, more=str(more))] if more > 0 else []
        raise InputError([*in_order(self.findings), *last])

    def stop_if_wrong(self) -> None:
        """Stop if there is an error among the findings."""
        if self.n_errors:
            self.stop()

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that do not stop the reading."""
        return tuple(finding for finding in in_order(self.findings) if finding.severity is Severity.WARNING)


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Put findings as their reader goes through the file: sheet by sheet as they were met, each from its first line on."""
    sheets = [finding.fields.get("cell", "").rpartition("!")[0] for finding in findings]
    order = {sheet: place for place, sheet in enumerate(dict.fromkeys(sheets))}
    pairs = sorted(zip(sheets, findings, strict=True), key=lambda pair: (order[pair[0]], pair[1].line))
    return [finding for _, finding in pairs]
