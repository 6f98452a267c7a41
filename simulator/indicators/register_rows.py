"""The rows of a register, one member and year after the other: what contradicts itself, and what becomes of several rows of one person-year."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.indicators.register_cells import RegisterReader

_MOST_FINDINGS: Final = 50


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

    def report_contradictions(self, reader: RegisterReader, *, same: Mapping[str, FloatArray], posts: tuple[IndexArray, ...]) -> None:
        """Report members in two units or posts in one year, and values that differ where they must be the same."""
        if self.is_single:
            return
        first = self.first_of_row()
        differs = np.zeros(self.n_rows, dtype=np.bool_)
        for column in posts:
            differs |= column != column[first]
        for row in np.flatnonzero(differs)[:_MOST_FINDINGS]:
            reader.report("RG408", reader.line_of(row), first_line=str(reader.line_of(first[row])))
        for name, values in same.items():
            known, where = self.first_known(values)
            for row in np.flatnonzero(~np.isnan(values) & (values != known[self.group]))[:_MOST_FINDINGS]:
                reader.report("RG419", reader.line_of(row), column=name, first_line=str(reader.line_of(where[self.group[row]])))

    def report_repeats(self, reader: RegisterReader, *, is_none: BoolArray | None, parts: tuple[IndexArray, ...]) -> None:
        """Report rows that stand twice: equal in all the parts given; and "no award" beside an award."""
        if self.is_single:
            return
        order = np.lexsort((np.arange(self.n_rows), *parts, self.group))
        is_same = np.ones(self.n_rows, dtype=np.bool_)
        is_same[0] = False
        for column in (self.group, *parts):
            is_same[1:] &= column[order][1:] == column[order][:-1]
        is_repeat = np.zeros(self.n_rows, dtype=np.bool_)
        is_repeat[order] = is_same
        first = self.first_of_row()
        if is_none is not None:
            is_repeat |= self.any_of(is_none)[self.group] & (first != np.arange(self.n_rows))
        for row in np.flatnonzero(is_repeat)[:_MOST_FINDINGS]:
            reader.report("RG407", reader.line_of(row), first_line=str(reader.line_of(first[row])))


def _key(year: IndexArray, member: IndexArray) -> IndexArray:
    return year * (int(member.max(initial=0)) + 1) + member
