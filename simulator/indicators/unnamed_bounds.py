"""Bound what a list of winners says of people over the years, where nobody knows who else was there.

A head-count tells how many people a unit had, not which. So of a winner it is known that they were there in the years in which they won, and it is taken that a
stay is one unbroken time; how long before the first award and after the last one is not known. Seating winners in all years instead would make a
lottery among people who come and go look like something else. The bounds hold no sampling error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.careers import Careers, are_known

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.history import History

MEMBERS_UNKNOWN: Final = "caveat.members-unknown"


def bound_repeat_deficit(history: History, judged_years: IndexArray, is_counted: BoolArray) -> tuple[float, float] | None:
    """Give the lowest and highest ``repeat_deficit`` that the stays of winners may make; ``None`` where nobody won twice.

    Of the awards those in ``is_counted`` rows, (n_rows of the history,), count.

    With x wins and n years of a stay that hold c pairs of years in sequence, c x(x − 1) / n(n − 1) repeats are expected of a member. The wins and the repeats
    are known; the stay is any that holds the first award and the last.
    """
    careers = Careers(history)
    won = careers.flags(history.is_awarded & is_counted)[:, np.isin(careers.years, judged_years)]
    won = won[won.sum(axis=1) > 1]
    if not len(won):
        return None
    is_next = np.diff(judged_years) == 1
    observed = float((won[:, 1:] & won[:, :-1] & is_next).sum())
    wins = won.sum(axis=1)
    first, last = won.argmax(axis=1), won.shape[1] - 1 - won[:, ::-1].argmax(axis=1)
    expected = [float((wins * (wins - 1) * share[first, last]).sum()) for share in _shares_of_pairs(is_next)]
    if not all(expected):
        return None
    return 1 - observed / expected[0], 1 - observed / expected[1]


def bound_coverage(history: History, is_judged: BoolArray, n_before: int) -> tuple[float, float]:
    """Give the lowest and highest share of members of a year with an award in that year or the ``n_before`` years before.

    Lowest: of former winners nobody is there but who wins again. Highest: all former winners are still there, as far as there are seats.
    """
    careers = Careers(history)
    won = careers.flags(history.is_awarded)
    n_members = n_lowest = n_highest = 0
    for position in np.flatnonzero(are_known(careers.years, n_before)):
        n_here = int((is_judged & (careers.year_index == position)).sum())
        n_members += n_here
        if n_here:
            n_lowest += int(won[:, position].sum())
            n_highest += min(n_here, int(won[:, position - n_before : position + 1].any(axis=1).sum()))
    return n_lowest / n_members, n_highest / n_members


def _shares_of_pairs(is_next: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Give the least and the most c / n(n − 1) of all stays that hold the years from the first to the last: two (n_years, n_years) tables."""
    n_years = len(is_next) + 1
    begin, end = np.arange(n_years)[:, None], np.arange(n_years)
    n = end - begin + 1
    in_sequence = np.concatenate([[0], np.cumsum(is_next)])
    share = np.where(n > 1, (in_sequence[end] - in_sequence[begin]) / np.where(n > 1, n * (n - 1), 1), np.nan)
    least = np.fmin.accumulate(np.fmin.accumulate(share, axis=0)[:, ::-1], axis=1)[:, ::-1]
    most = np.fmax.accumulate(np.fmax.accumulate(share, axis=0)[:, ::-1], axis=1)[:, ::-1]
    return least, most
