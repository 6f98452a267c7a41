"""Who stood in line with whom: the rows of a history, arranged for comparison inside each unit and year.

Definitions follow ``docs/indicators.md``. Inside one unit and year, with n candidates and k awards:

- *deserving* are the k best by merit among those the rules allowed (``D_eligible``); equals at the cut share the places;
- *waiting* is counted over the two years before: 0 won last year, 1 two years ago, 2 neither;
- *turn* are the k longest waiting, *post* the k highest posts; equals at the cut share the remaining places;
- the *margin* is the merit rank minus k, so a negative margin deserves an award.

Unit-years in which nobody or everybody was awarded compare nobody with anybody and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.ranking import Groups, rank_within_groups, to_score_grid

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, GridArray, IndexArray, KeyArray
    from simulator.history import History

WINDOW_OF_WAITING: Final = 2
MARGIN_EDGES: Final = (2, 3, 4, 7, 13, 25)
SIZE_EDGES: Final = (6, 11, 21, 41, 81)
_N_MARGIN_STEPS: Final = len(MARGIN_EDGES) + 1
AT_THE_CUT: Final = 2 * _N_MARGIN_STEPS
N_MARGIN_BINS: Final = AT_THE_CUT + 1
N_SIZE_BANDS: Final = len(SIZE_EDGES) + 1
_SPARSEST_LABELS: Final = 16  # labels of members with gaps up to this are looked up as they are


@dataclass(frozen=True, slots=True)
class Grouping:
    """Labels under which rows are added up.

    Attributes
    ----------
    label
        (n_rows,) group of each row.
    n_groups
        How many groups.
    """

    label: IndexArray
    n_groups: int

    def add_up(self, values: FloatArray | None = None, *, cell: IndexArray | None = None, n_cells: int = 1) -> FloatArray:
        """Sum values (or count rows) in each group and cell: (n_groups, n_cells) float64."""
        index = self.label if cell is None else self.label * n_cells + cell
        total = np.bincount(index, weights=values, minlength=self.n_groups * n_cells)
        return total.reshape(self.n_groups, n_cells).astype(np.float64)


class Panel:
    """The candidates of the judged unit-years, side by side.

    Attributes
    ----------
    rows
        (n,) positions in the history.
    n_candidates, n_awards
        (n,) of the row's unit-year.
    """

    def __init__(self, history: History, *, n_memory_years: int = 0) -> None:
        """Arrange a history.

        Rows whose merit is missing are left out when merit is given for others. ``n_memory_years`` asks for so many years
        before the first one judged, besides those the history itself sets apart.
        """
        self.history = history
        self.n_years_before = max(history.n_history_years, n_memory_years)
        years = history.years
        year_index = np.searchsorted(years, history.year)
        is_candidate = year_index >= self.n_years_before
        if history.is_eligible is not None:
            is_candidate &= history.is_eligible
        if history.merit is not None:
            is_candidate &= ~np.isnan(history.merit)
        unit_code = codes(history.unit)
        n_units = int(unit_code.max(initial=-1)) + 1
        cell = year_index.astype(np.int64) * n_units + unit_code
        n_cells = len(years) * n_units
        n_candidates = np.bincount(cell[is_candidate], minlength=n_cells)
        n_awards = np.bincount(cell[is_candidate & history.is_awarded], minlength=n_cells)
        is_contested = (n_awards > 0) & (n_awards < n_candidates)
        rows = np.flatnonzero(is_candidate & is_contested[cell])
        cell = cell[rows]
        if np.any(np.diff(cell) < 0):
            order = np.argsort(cell, kind="stable")
            rows, cell = rows[order], cell[order]
        self.rows: IndexArray = rows
        self.n_candidates: IndexArray = n_candidates[cell]
        self.n_awards: IndexArray = n_awards[cell]
        self._year_index: IndexArray = year_index
        self._unit_code: IndexArray = unit_code
        self.n_units = n_units
        self._groups = Groups.of_sizes(n_candidates[is_contested])

    @property
    def judged_years(self) -> IndexArray:
        """(n_years,) the years indicators of this panel speak about."""
        return self.history.years[self.n_years_before :]

    @property
    def n_rows(self) -> int:
        """Candidates in all judged unit-years."""
        return len(self.rows)

    @cached_property
    def is_awarded(self) -> BoolArray:
        """(n,) whether the candidate won."""
        return self.history.is_awarded[self.rows]

    @cached_property
    def is_leader(self) -> BoolArray:
        """(n,) whether the candidate leads."""
        return self.history.is_leader[self.rows]

    @cached_property
    def share_awarded(self) -> FloatArray:
        """(n,) p = k/n of the unit-year."""
        return self.n_awards / self.n_candidates

    @cached_property
    def waiting(self) -> IndexArray:
        """(n,) 0 won last year, 1 two years ago, 2 not in the last two years; a missing year breaks the wait."""
        history, years = self.history, self.history.years
        member = history.member
        if len(member) == 0 or member.min() < 0 or member.max() >= _SPARSEST_LABELS * len(member):
            member = codes(member)
        won = np.zeros((int(member.max(initial=-1)) + 1, len(years)), dtype=np.bool_)
        won[member[history.is_awarded], self._year_index[history.is_awarded]] = True
        member, year_index = member[self.rows], self._year_index[self.rows]
        waiting = np.full(self.n_rows, WINDOW_OF_WAITING, dtype=np.int64)
        for n_years_ago in range(WINDOW_OF_WAITING, 0, -1):
            then = np.searchsorted(years, years - n_years_ago)
            is_known = years[np.minimum(then, len(years) - 1)] == years - n_years_ago
            waiting[won[member, then[year_index]] & is_known[year_index]] = n_years_ago - 1
        return waiting

    @cached_property
    def waiting_share(self) -> FloatArray:
        """(n,) R: rank share of the wait inside the unit-year, 1 waited longest; equals share the middle."""
        n_longer, n_same = self._standing(WINDOW_OF_WAITING - self.waiting, WINDOW_OF_WAITING + 1)
        n_shorter = self.n_candidates - n_longer - n_same
        return (n_shorter + (n_same - 1) / 2) / np.maximum(self.n_candidates - 1, 1)

    @cached_property
    def turn(self) -> FloatArray:
        """(n,) W: share of a place the candidate would have if places went by turn."""
        return self._share_of_place(*self._standing(WINDOW_OF_WAITING - self.waiting, WINDOW_OF_WAITING + 1))

    @cached_property
    def post(self) -> FloatArray:
        """(n,) share of a place the candidate would have if places went to the highest posts."""
        role = self.history.role[self.rows].astype(np.int64)
        highest = int(role.max(initial=0))
        return self._share_of_place(*self._standing(highest - role, highest + 1))

    @cached_property
    def merit_standing(self) -> tuple[IndexArray, IndexArray]:
        """(n,) candidates of the unit-year who are better by merit, and (n,) those who are equal, oneself included."""
        ranking = rank_within_groups(self._merit_grid, self._tie, self._groups)
        if self.history.tie is not None:
            place = np.empty(self.n_rows, dtype=np.int64)
            place[ranking.member] = ranking.place
            return place, np.ones(self.n_rows, dtype=np.int64)
        grid = self._merit_grid[ranking.member]
        is_new = np.ones(self.n_rows, dtype=np.bool_)
        is_new[1:] = (np.diff(grid) != 0) | (np.diff(ranking.group) != 0)
        run = np.cumsum(is_new) - 1
        first, length = np.flatnonzero(is_new), np.bincount(run)
        n_better, n_equal = np.empty_like(run), np.empty_like(run)
        n_better[ranking.member] = ranking.place[first][run]
        n_equal[ranking.member] = length[run]
        return n_better, n_equal

    @cached_property
    def deserving(self) -> FloatArray:
        """(n,) D: 1 for the k best by merit, 0 for the others, a share for equals at the cut."""
        return self._share_of_place(*self.merit_standing)

    @cached_property
    def margin_bin(self) -> IndexArray:
        """(n,) how far the candidate stands from the cut, in bins that never mix deserving and others."""
        n_better, n_equal = self.merit_standing
        middle = n_better + (n_equal - 1) / 2 - self.n_awards
        steps = np.digitize(np.abs(middle + 0.5) + 0.5, MARGIN_EDGES)  # as far inside the cut as outside it
        margin_bin = np.where(middle < 0, _N_MARGIN_STEPS - 1 - steps, _N_MARGIN_STEPS + steps)
        is_at_the_cut = (self.deserving > 0) & (self.deserving < 1)
        return np.where(is_at_the_cut, AT_THE_CUT, margin_bin)

    @cached_property
    def size_band(self) -> IndexArray:
        """(n,) band of the number of candidates."""
        return np.digitize(self.n_candidates, SIZE_EDGES)

    @property
    def is_judged(self) -> BoolArray:
        """(n_rows of the history,) whether the row's year is judged."""
        return self._year_index >= self.n_years_before

    def grouping(self, by: str) -> Grouping:
        """Group the panel's rows: ``all`` together, by ``unit``, or by judged ``year``."""
        return self._grouping(by, self.rows)

    def grouping_of_history(self, by: str) -> Grouping:
        """Group all rows of the history alike; rows of history years carry the label of the first judged year."""
        return self._grouping(by, np.arange(len(self.history.year)))

    def _grouping(self, by: str, rows: IndexArray) -> Grouping:
        if by == "unit":
            return Grouping(self._unit_code[rows].astype(np.int64), self.n_units)
        if by == "year":
            judged = self._year_index[rows].astype(np.int64) - self.n_years_before
            return Grouping(np.maximum(judged, 0), max(len(self.judged_years), 1))
        return Grouping(np.zeros(len(rows), dtype=np.int64), 1)

    @cached_property
    def _tie(self) -> KeyArray:
        tie = self.history.tie
        return np.zeros(self.n_rows, dtype=np.uint64) if tie is None else tie[self.rows].astype(np.uint64)

    @cached_property
    def _merit_grid(self) -> GridArray:
        merit = self.history.merit
        assert merit is not None  # noqa: S101 - families ask only when merit is known; this tells mypy
        if self.history.tie is not None:
            return to_score_grid(merit[self.rows])
        return np.unique(merit[self.rows], return_inverse=True)[1].reshape(-1).astype(np.int32)

    def _standing(self, order: IndexArray, n_values: int) -> tuple[IndexArray, IndexArray]:
        """Count, for small whole numbers (0 goes first), who goes before each candidate and who is equal."""
        groups = self._groups
        cell = groups.of_member * n_values + order
        n_equal = np.bincount(cell, minlength=len(groups.size) * n_values).reshape(-1, n_values)
        n_before = np.cumsum(n_equal, axis=1) - n_equal
        return n_before.reshape(-1)[cell], n_equal.reshape(-1)[cell]

    def _share_of_place(self, n_before: IndexArray, n_equal: IndexArray) -> FloatArray:
        return np.clip((self.n_awards - n_before) / n_equal, 0.0, 1.0)


def codes(labels: IndexArray) -> IndexArray:
    """Give labels numbers from 0 without gaps; labels that are such numbers already are taken as they are."""
    if len(labels) and labels.min() == 0 and labels.max() < len(labels) and np.bincount(labels).all():
        return labels
    return np.unique(labels, return_inverse=True)[1].reshape(-1)
