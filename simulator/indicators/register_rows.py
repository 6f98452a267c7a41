"""The rows of a register, one member and year after the other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray


class PersonYears:
    """Rows in groups of one member and year, the groups in the order of year, unit and member.

    Attributes
    ----------
    order
        (n_rows,) rows, group after group; in a group in the order of the file.
    start
        (n_groups,) where each group begins in ``order``.
    first
        (n_groups,) the first row of each group.
    group
        (n_rows,) the group of each row.
    """

    def __init__(self, year: IndexArray, member: IndexArray, unit: IndexArray) -> None:
        """Group rows."""
        person_year = _key(year - year.min(initial=0), member)
        by_person = np.argsort(person_year, kind="stable")
        is_first = np.ones(len(year), dtype=np.bool_)
        is_first[1:] = np.diff(person_year[by_person]) != 0
        first = by_person[is_first]
        # A member who stands in two units in one year is a finding; until it is reported, the first unit is taken.
        place = np.lexsort((member[first], unit[first], year[first]))
        self.group: IndexArray = np.empty(len(year), dtype=np.int64)
        rank = np.empty_like(place)
        rank[place] = np.arange(len(place))
        self.group[by_person] = rank[np.cumsum(is_first) - 1]
        self.first: IndexArray = first[place]
        self.n_rows = len(year)

    @cached_property
    def order(self) -> IndexArray:
        """(n_rows,) rows, group after group."""
        return np.argsort(self.group, kind="stable")

    @cached_property
    def start(self) -> IndexArray:
        """(n_groups,) where each group begins in ``order``."""
        return np.searchsorted(self.group[self.order], np.arange(len(self.first)))

    @property
    def is_single(self) -> bool:
        """Whether nobody has more than one row a year."""
        return len(self.first) == self.n_rows

    def first_of_row(self) -> IndexArray:
        """(n_rows,) the first row of the same member and year."""
        return self.first[self.group]

    def any_of(self, flags: BoolArray) -> BoolArray:
        """(n_groups,) whether it is so in some row of the group."""
        if self.is_single:
            return flags[self.first]
        found: BoolArray = np.bincount(self.group[flags], minlength=len(self.first)) > 0
        return found

    def first_known(self, values: FloatArray) -> tuple[FloatArray, IndexArray]:
        """(n_groups,) the first value of each group that is known, else NaN, and the row it stands in."""
        if self.is_single:
            return values[self.first], self.first
        order = self.order
        position = np.where(np.isnan(values[order]), self.n_rows, np.arange(self.n_rows))
        earliest = np.minimum.reduceat(position, self.start) if self.n_rows else position
        row = order[np.minimum(earliest, self.n_rows - 1)]
        known = np.where(earliest < self.n_rows, values[row], np.nan)
        return known, row


def _key(year: IndexArray, member: IndexArray) -> IndexArray:
    return year * (int(member.max(initial=0)) + 1) + member
