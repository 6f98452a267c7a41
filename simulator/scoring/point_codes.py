"""The register of what keeps a scoring table from being worked out: code and a plain English line; the sentences are in ``presentation/messages``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.errors import Finding, Severity
from simulator.rules.codes import CodeEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, CodeEntry] = {
    "SR471": CodeEntry(Severity.ERROR, "{criteria} gives more points than can be counted exactly; at most {most} in all"),
    "SR472": CodeEntry(Severity.ERROR, "{clause} asks for the points or the class it helps to decide"),
}


def make_finding(code: str, file: str, line: int, /, **fields: str) -> Finding:
    """Make a finding of this register.

    Parameters
    ----------
    code
        A code of this register.
    file, line
        The clause, or the table.
    fields
        What the sentence needs.
    """
    entry = CODES[code]
    return Finding(code, entry.severity, file, line, fields=fields, english=entry.english.format(**fields), is_unreadable=True)
