"""The register of what can be wrong with a criteria set that was edited as a workbook: code and plain English; sentences are in ``presentation``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import CodeEntry, CodeRegister, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH: Final[Mapping[str, str]] = {
    "WB551": "the sheet {sheet} is missing; export the set again and copy your changes over",
    "WB552": "{sheet}: the column {column} is missing; put its heading back as it was exported",
    "WB553": "{cell}: a number is needed, found {found}",
    "WB554": "{cell}: {found} is text, not a number; enter it again as a number",
    "WB555": "{cell}: a whole number is needed, found {found}",
    "WB556": "{cell}: {found} cannot stand here; choose one of {allowed}",
    "WB557": "{cell}: {expected} is needed, found {found}",
    "WB558": "{cell}: a clause of the kind {kind} has no value called {field}",
    "WB559": "{cell}: this value already stands in {other}",
    "WB560": "{cell}: the reason for changing {clause} is missing, in Vietnamese or in English",
    "WB561": "{cell}: {clause} has no row that says its kind",
    "WB562": "{cell}: {found} is not the path of a clause",
    "WB563": "the workbook was made from {found}, not from {expected}",
    "WB564": "the set {expected} has changed since the workbook was made; export it again and copy your changes over",
    "WB565": "{cell}: {problem}",
    "WB567": "{cell}: the cell shows an error, or a formula without its result; enter the value",
    "WB568": "{cell}: the section {clause} holds parts and cannot become a criterion; take it away and give the criterion another id",
    "WB569": "{cell}: only {word} takes a clause away, found {found}; write this word or clear the cell",
    "WB570": "{cell}: {found} is shown as a percent where a number is needed; format the cell as Number and enter it again",
    "WB571": "{cell}: {found} has more digits than can be counted exactly",
}
_WARNINGS: Final[Mapping[str, str]] = {
    "WB572": "the sheet {sheet} is not part of a criteria set and was not read",
    "WB573": "{cell}: this column or row has no heading known here and was not read",
    "WB574": "{cell}: what stands here is that of the base and was not read; name the draft in the rows of the draft",
    "WB575": "{cell}: the head of the draft was changed and no clause, so there is nothing to write",
}

CODES: Final = {code: CodeEntry(Severity.ERROR, english) for code, english in _ENGLISH.items()} | {
    code: CodeEntry(Severity.WARNING, english) for code, english in _WARNINGS.items()
}
make_finding: Final = CodeRegister(CODES).make_finding
