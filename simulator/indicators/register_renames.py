"""Units that seem to go on under another name: one stops, and most of its people stand in one that was not there before.

Where nobody says so, waits and repeated awards are broken at that year, and one unit counts as two.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from simulator._types import IndexArray
    from simulator.indicators.register_findings import FileFindings

_FEWEST_PEOPLE: Final = 3
"""Of fewer who stand in both nothing is guessed: people move, and a head-count of two is soon one."""


def report_renames(findings: FileFindings, year: IndexArray, unit: IndexArray, member: IndexArray) -> None:
    """Warn of units that most likely were renamed or merged, once for the list.

    Parameters
    ----------
    findings
        Takes what is found.
    year, unit, member
        (n_rows,) of the list, units and members by their numbers.
    """
    n_units = int(unit.max(initial=-1)) + 1
    first, last = np.full(n_units, np.iinfo(np.int64).max), np.full(n_units, -1)
    np.minimum.at(first, unit, year)
    np.maximum.at(last, unit, year)
    years = np.unique(year)
    pairs = []
    for before, after in pairwise(years.tolist()):
        # Who stood in a unit in its last year, and where they stand in the year after.
        is_leaving, is_coming = (year == before) & (last[unit] == before), (year == after) & (first[unit] == after)
        if not (is_leaving.any() and is_coming.any()):
            continue
        old, at_old = np.unique(member[is_leaving], return_index=True)
        new, at_new = np.unique(member[is_coming], return_index=True)
        _, in_old, in_new = np.intersect1d(old, new, assume_unique=True, return_indices=True)
        of_old, of_new = unit[is_leaving][at_old][in_old], unit[is_coming][at_new][in_new]
        links, n_moved = np.unique(np.stack([of_old, of_new]), axis=1, return_counts=True)
        n_left = np.bincount(unit[is_leaving][at_old], minlength=n_units)[links[0]]
        pairs += [(int(to), after) for to in links[1][(n_moved >= _FEWEST_PEOPLE) & (2 * n_moved > n_left)]]
    if pairs:
        to, since = pairs[0]
        row = int(np.argmax((unit == to) & (year == since)))
        findings.report("RG458", findings.line_of(row), n=str(len(pairs)), year=str(since))
