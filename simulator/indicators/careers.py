"""What each member got in each year: the rows of a history laid out as members × years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.panel import codes

if TYPE_CHECKING:
    from simulator._types import BoolArray, IndexArray
    from simulator.history import History


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
        """Give numbers to the members and the years of a history."""
        self.years: IndexArray = history.years
        self.member: IndexArray = codes(history.member)
        self.year_index: IndexArray = np.searchsorted(self.years, history.year)
        self.n_members = int(self.member.max(initial=-1)) + 1

    def flags(self, is_true: BoolArray) -> BoolArray:
        """Lay (n_rows,) flags out as (n_members, n_years); false where the member was not there."""
        table = np.zeros((self.n_members, len(self.years)), dtype=np.bool_)
        table[self.member[is_true], self.year_index[is_true]] = True
        return table

    def count_before(self, is_true: BoolArray, n_years: int) -> IndexArray:
        """Count (n_rows,) flags of the row's member in the ``n_years`` calendar years before the row's, as far as the list goes: (n_rows,) int16."""
        running = np.zeros((self.n_members, len(self.years) + 1), dtype=np.int16)
        np.cumsum(self.flags(is_true), axis=1, dtype=np.int16, out=running[:, 1:])
        first = np.searchsorted(self.years, self.years - n_years)
        return running[self.member, self.year_index] - running[self.member, first[self.year_index]]


def are_known(years: IndexArray, n_before: int) -> BoolArray:
    """(n_years,) whether the ``n_before`` years before each of some ascending years are all among them."""
    is_known: BoolArray = np.arange(len(years)) - np.searchsorted(years, years - n_before) == n_before
    return is_known
