"""What each member got in each year: the rows of a history laid out as members × years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from simulator._types import BoolArray, IndexArray
    from simulator.history import History

_N_YEARS_KNOWN: Final = 8


class Careers:
    """Members × years of one history.

    Attributes
    ----------
    years
        (n_years,) the years, ascending; the columns of every table.
    member
        (n_rows,) number of the row's member, from 0; the rows of every table.
    year_index
        (n_rows,) position of the row's year.
    n_members
        How many members.
    """

    def __init__(self, history: History) -> None:
        """Take the numbers of the members and the years of a history."""
        self.years: IndexArray = history.years
        self.member: IndexArray = history.member_number
        self.year_index: IndexArray = history.year_index
        self.n_members = history.n_people
        self._rows_of_years = history.rows_of_years

    def flags(self, is_true: BoolArray) -> BoolArray:
        """Lay (n_rows,) flags out as (n_members, n_years); false where the member was not there."""
        table = np.zeros((self.n_members, len(self.years)), dtype=np.bool_)
        rows = np.flatnonzero(is_true)
        table[self.member.take(rows), self.year_index.take(rows)] = True
        return table

    def years_before(self, happened: BoolArray) -> IndexArray:
        """Tell in which of the eight calendar years before each row's something happened to the row's member.

        The list is gone through year by year with what is known of everybody so far, a byte for each member; no table of members and years is needed.

        Returns
        -------
            (n_rows,) uint8; bit 0 stands for the year before, bit 1 for the one before that. What was before the list is not known, and not marked.
        """
        found, known = np.empty(len(self.member), dtype=np.uint8), np.zeros(self.n_members, dtype=np.uint8)
        for rows, step in zip(self._rows_of_years, np.diff(self.years, append=self.years[-1:] + 1).tolist(), strict=True):
            member = self.member[rows]
            found[rows] = known.take(member)
            is_now = np.zeros(self.n_members, dtype=np.uint8)
            is_now[member.compress(happened[rows])] = 1
            known <<= np.uint8(min(step, _N_YEARS_KNOWN))
            known |= is_now << np.uint8(min(step - 1, _N_YEARS_KNOWN))
        return found

    def any_before(self, is_true: BoolArray, n_years: int) -> BoolArray:
        """Tell whether a flag held for the row's member in one of the ``n_years`` calendar years before the row's, as far as the list goes."""
        return any_of_last(self.years_before(is_true), n_years)


def any_of_last(years: IndexArray, n_years: int) -> BoolArray:
    """Tell whether one of the last ``n_years`` years is marked, at most eight: (n,) bool."""
    is_marked: BoolArray = (years & np.uint8(2**n_years - 1)) != 0
    return is_marked


def are_known(years: IndexArray, n_before: int) -> BoolArray:
    """(n_years,) whether the ``n_before`` years before each of some ascending years are all among them."""
    is_known: BoolArray = np.arange(len(years)) - np.searchsorted(years, years - n_before) == n_before
    return is_known


def years_since(years: IndexArray, window: int) -> IndexArray:
    """(n,) int8 0 if the last year is marked, 1 if the one before is, and so on; ``window`` if none of so many is."""
    since = np.full(len(years), window, dtype=np.int8)
    for n_years_ago in range(window, 0, -1):
        since[years & np.uint8(1 << (n_years_ago - 1)) != 0] = n_years_ago - 1
    return since
