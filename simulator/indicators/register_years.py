"""Years that cannot be meant as they are written: calendar years shortened to two digits, or beside years that are whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from simulator._types import BoolArray, IndexArray
    from simulator.indicators.register_findings import FileFindings

_FIRST_OF_THE_CALENDAR: Final = 1000
_FEWEST_COUNTED: Final = 10
"""A list whose years are counted from nought begins in one of the first."""


def report_short_years(findings: FileFindings, year: IndexArray, is_unread: BoolArray) -> None:
    """Report years of four digits beside shorter ones, which would lie two thousand years apart; warn where all have two.

    Parameters
    ----------
    findings
        Takes what is found.
    year
        (n_rows,) the years.
    is_unread
        (n_rows,) whether the cell could not be read.
    """
    is_short = (year < _FIRST_OF_THE_CALENDAR) & ~is_unread
    is_whole = ~is_short & ~is_unread
    if not is_short.any():
        return
    short = findings.line_of(int(np.argmax(is_short)))
    first, last = (str(ends(year[is_short])) for ends in (np.min, np.max))
    if is_whole.any():
        whole = findings.line_of(int(np.argmax(is_whole)))
        findings.report("RG456", short, n=str(int(is_short.sum())), found=str(year[np.argmax(is_short)]), whole_line=str(whole))
    elif year[is_short].min() >= _FEWEST_COUNTED:
        findings.report("RG457", short, first=first, last=last)
