"""What each member got in each year: the rows of a history laid out as members × years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

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
        """Take the numbers of the members and the years of a history."""
        self.years: IndexArray = history.years
        self.member: IndexArray = history.member_number
        self.year_index: IndexArray = history.year_index
        self.n_members = history.n_people

    def flags(self, is_true: BoolArray) -> BoolArray:
        """Lay (n_rows,) flags out as (n_members, n_years); false where the member was not there."""
        return self.by_year(is_true)[:-1].T

    def by_year(self, is_true: BoolArray) -> BoolArray:
        """Lay (n_rows,) flags out as (n_years + 1, n_members); false where the member was not there, and in the last row, which stands for unknown years."""
        table = np.zeros((len(self.years) + 1, self.n_members), dtype=np.bool_)
        rows = np.flatnonzero(is_true)
        table.reshape(-1)[self.year_index.take(rows) * self.n_members + self.member.take(rows)] = True
        return table

    def before(self, table: BoolArray, n_years_ago: int, rows: IndexArray | None = None) -> BoolArray:
        """Tell whether a flag held for the row's member in the calendar year so many years before the row's.

        Parameters
        ----------
        table
            What :meth:`by_year` gives.
        n_years_ago
            How many years; false where that year is not on the list.
        rows
            (n,) positions of the rows; all by default.
        """
        return self.look_up(table[self.position_before(n_years_ago)], rows)

    def position_before(self, n_years_ago: int) -> IndexArray:
        """(n_years,) position of the calendar year so many years before each year; that of the last row of a table where it is not on the list."""
        then = np.searchsorted(self.years, self.years - n_years_ago)
        is_known = self.years[np.minimum(then, len(self.years) - 1)] == self.years - n_years_ago
        return np.where(is_known, then, len(self.years))

    def look_up(self, table: np.ndarray, rows: IndexArray | None = None) -> np.ndarray:
        """Tell what a (n_years, n_members) table says of the year and member of some rows, or of all."""
        year_index, member = (self.year_index, self.member) if rows is None else (self.year_index.take(rows), self.member.take(rows))
        where = year_index * self.n_members
        where += member
        return table.reshape(-1).take(where)

    def any_before(self, is_true: BoolArray, n_years: int, rows: IndexArray | None = None) -> BoolArray:
        """Tell whether a flag held for the row's member in one of the ``n_years`` calendar years before the row's, as far as the list goes."""
        table = self.by_year(is_true)
        found = np.zeros((len(self.years), self.n_members), dtype=np.bool_)
        for n_years_ago in range(1, n_years + 1):  # the table has fewer cells than there would be look-ups
            found |= table[self.position_before(n_years_ago)]
        return self.look_up(found, rows)


def are_known(years: IndexArray, n_before: int) -> BoolArray:
    """(n_years,) whether the ``n_before`` years before each of some ascending years are all among them."""
    is_known: BoolArray = np.arange(len(years)) - np.searchsorted(years, years - n_before) == n_before
    return is_known
