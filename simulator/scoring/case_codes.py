"""The register of what can be wrong with a law case or with a question about one nominee: code, severity, and a plain English line.

The full sentences are in ``presentation/messages`` under ``finding.SR45…`` and ``finding.SR46…``. A case that does not hold is a finding about the
rules; everything else makes the case, or the question, unusable. No field ever holds a name of a real nominee.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import CodeEntry, CodeRegister, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_E = Severity.ERROR

CODES: Mapping[str, CodeEntry] = {
    "SR451": CodeEntry(_E, "the case does not hold: {what} of {person} is {got}, expected {expected}"),
    "SR452": CodeEntry(_E, "{criteria} does not look at {column}; it looks at {known}"),
    "SR453": CodeEntry(_E, "{person} lacks {column}, which {clauses} needs"),
    "SR454": CodeEntry(_E, "{column} must be {expected}, found {found}"),
    "SR456": CodeEntry(_E, "the case does not say which award it is about; {criteria} has {known}"),
    "SR457": CodeEntry(_E, "the case cannot be judged: {problem}"),
    "SR458": CodeEntry(_E, "{criteria} has no {what} {found}; it has {known}"),
    "SR461": CodeEntry(_E, "nobody in the list has that id, row number or name"),
    "SR462": CodeEntry(_E, "several nominees are called so, in rows {rows}; say the id or the row number"),
    "SR463": CodeEntry(_E, "{criteria} has several awards; choose one of {known}"),
}

make_finding: Final = CodeRegister(CODES, readable=("SR451",)).make_finding
