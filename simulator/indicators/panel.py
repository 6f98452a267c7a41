"""Who stood in line with whom: the rows of a history, arranged for comparison inside each unit and year.

Definitions follow ``docs/indicators.md``. Inside one unit and year, with n candidates and k awards:

- *deserving* are the k best by merit among those the rules allowed (``D_eligible``), or in a panel of everybody among all of the unit
  (``D_all``); equals at the cut share the places;
- *waiting* is counted over the two years before: 0 won last year, 1 two years ago, 2 neither, so a newcomer has waited as long as anybody who won
  nothing lately (the model gives newcomers the shortest wait instead; counted so, turnover alone would move the turn-taking index);
- *turn* are the k longest waiting, *post* the k highest posts; equals at the cut share the remaining places;
- in a *crowded* unit-year more than half of all were awarded; there the question is who is left out by turn;
- the *margin* is the merit rank minus k, so a negative margin deserves an award.

Unit-years in which nobody or everybody was awarded compare nobody with anybody and are left out.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.careers import Careers, any_of_last, years_since
from simulator.indicators.grouping import Grouping, all_or_none, count_numbers
from simulator.lookups import codes, look_up, stretches
from simulator.ranking import Groups, rank_within_groups, to_score_grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator._types import BoolArray, FloatArray, GridArray, IndexArray, KeyArray
    from simulator.history import History

WINDOW_OF_WAITING: Final = 2
MARGIN_EDGES: Final = (2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 60)
SIZE_EDGES: Final = (6, 8, 11, 15, 21, 31, 41, 61, 81, 121)
_N_MARGIN_STEPS: Final = len(MARGIN_EDGES) + 1
_STEPS_OF_TWICE: Final = np.searchsorted(MARGIN_EDGES, np.arange(2 * MARGIN_EDGES[-1] + 1) / 2, side="right")
"""How many of the edges lie at or below half a number, up to the last edge."""
AT_THE_CUT: Final = 2 * _N_MARGIN_STEPS
N_MARGIN_BINS: Final = AT_THE_CUT + 1
_N_SIZE_BANDS: Final = len(SIZE_EDGES) + 1


class Panel:
    """The candidates of the judged unit-years, side by side.

    Attributes
    ----------
    rows
        (n,) positions in the history.
    """

    def __init__(self, history: History, *, n_memory_years: int = 0, is_of_everybody: bool = False, is_part: bool = False) -> None:
        """Arrange a history.

        Rows whose merit is missing are left out when merit is given for others. ``n_memory_years`` asks for so many years
        before the first one judged, besides those the history itself sets apart. ``is_of_everybody`` asks for everybody of the unit, whoever
        the rules allowed: what the difference shows is the cost of the rule, not of the practice (model.md 00.1). ``is_part`` says that other units of the same
        list follow: then all strata there could be are told apart, so that theirs can be added.
        """
        self.is_part = is_part
        self.history = history
        self.is_of_everybody = is_of_everybody
        self.n_years_before = max(history.n_history_years, n_memory_years)
        year_index = history.year_index
        is_candidate = year_index >= self.n_years_before
        if history.is_eligible is not None and not is_of_everybody:
            is_candidate &= history.is_eligible
        if history.merit is not None:
            is_candidate &= ~np.isnan(history.merit)
        self.n_replications = history.n_replications
        n_cells = len(history.years) * history.n_units
        rows = np.flatnonzero(is_candidate)
        cell = history.unit_year.take(rows)
        n_candidates = count_numbers(cell, n_cells)
        n_awards = count_numbers(cell.compress(history.is_awarded.take(rows)), n_cells)
        is_contested = (n_awards > 0) & (n_awards < n_candidates)
        is_kept = is_contested.take(cell)
        rows, cell = rows.compress(is_kept), cell.compress(is_kept)
        if np.any(cell[1:] < cell[:-1]):
            rows = rows.take(np.argsort(cell, kind="stable"))
        self.rows: IndexArray = rows
        self._groups = Groups.of_sizes(n_candidates[is_contested])
        # What is the same for a whole unit-year is worked out once for it, and spread over its candidates where it is asked for.
        self._n_awards_of_groups: IndexArray = n_awards[is_contested]
        self._is_contested: BoolArray = is_contested
        self._year_index: IndexArray = year_index
        self._unit_code: IndexArray = history.unit_number if history.cluster is None else codes(history.cluster)
        self.n_units = int(self._unit_code.max(initial=-1)) + 1
        self._groupings: dict[str, Grouping] = {}
        self._groupings_of_history: dict[str, Grouping] = {}

    @cached_property
    def n_listed(self) -> IndexArray:
        """(n_years * n_units,) members listed in each unit and year."""
        return count_numbers(self.history.unit_year, len(self.history.years) * self.history.n_units)

    @property
    def judged_years(self) -> IndexArray:
        """(n_years,) the years indicators of this panel speak about."""
        return self.history.years[self.n_years_before :]

    @property
    def n_rows(self) -> int:
        """Candidates in all judged unit-years."""
        return len(self.rows)

    @cached_property
    def is_contested_alike(self) -> bool:
        """Whether every replication has candidates, or none."""
        return all_or_none(self.grouping("all").add_up() > 0)

    @cached_property
    def is_awarded(self) -> BoolArray:
        """(n,) whether the candidate won."""
        return self.history.is_awarded[self.rows]

    @cached_property
    def is_leader(self) -> BoolArray:
        """(n,) whether the candidate leads."""
        return self.history.is_leader[self.rows]

    @cached_property
    def merit(self) -> FloatArray:
        """(n,) merit as the history gives it; families ask only when merit is known."""
        merit = self.history.merit
        assert merit is not None  # noqa: S101 - this tells mypy
        return merit[self.rows]

    @property
    def groups(self) -> Groups:
        """The unit-years the candidates stand in, side by side."""
        return self._groups

    @cached_property
    def n_candidates(self) -> IndexArray:
        """(n,) int32 candidates of the row's unit-year."""
        return self._groups.spread(self._groups.size.astype(np.int32))

    @cached_property
    def n_awards(self) -> IndexArray:
        """(n,) int32 awards of the row's unit-year."""
        return self._groups.spread(self._n_awards_of_groups.astype(np.int32))

    @cached_property
    def share_awarded(self) -> FloatArray:
        """(n,) p = k/n of the unit-year."""
        return self._groups.spread(self.share_awarded_of_groups)

    @property
    def share_awarded_of_groups(self) -> FloatArray:
        """(n_groups,) p = k/n of each unit-year."""
        share: FloatArray = self._n_awards_of_groups / self._groups.size
        return share

    @cached_property
    def is_crowded(self) -> BoolArray:
        """(n,) whether more than half of all who are listed in the unit-year were awarded, candidates or not.

        The quota decides, not how many were eligible: where few of a unit win, it is the winners of last year who stand out.
        """
        return self._groups.spread(2 * self._n_awards_of_groups > self.n_listed[self._is_contested])

    @cached_property
    def won_last_year(self) -> BoolArray:
        """(n,) whether the candidate won in the year before; of a missing year nobody knows."""
        won: BoolArray = self.waiting == 0
        return won

    @cached_property
    def waiting(self) -> IndexArray:
        """(n,) 0 won last year, 1 two years ago, 2 not in the last two years; a missing year breaks the wait."""
        return years_since(self.won_before.take(self.rows), WINDOW_OF_WAITING)

    @cached_property
    def won_before(self) -> IndexArray:
        """(n_rows of the history,) in which years before the row's the member won (:meth:`~simulator.indicators.careers.Careers.years_before`)."""
        return Careers(self.history).years_before(self.history.is_awarded)

    @cached_property
    def waiting_share(self) -> FloatArray:
        """(n,) R: rank share of the wait inside the unit-year, 1 waited longest; equals share the middle."""
        return self._rank_share(self.waiting)

    @cached_property
    def turn(self) -> FloatArray:
        """(n,) W: share of a place the candidate would have if places went by turn."""
        return self._of_standing(WINDOW_OF_WAITING - self.waiting, WINDOW_OF_WAITING + 1, self._share_of_table)

    @cached_property
    def served(self) -> IndexArray:
        """(n,) 0 left out last year, 1 two years ago, 2 not in the last two years: who was a candidate and got nothing was left out."""
        history = self.history
        is_left_out = ~history.is_awarded
        if history.is_eligible is not None and not self.is_of_everybody:
            is_left_out &= history.is_eligible
        return years_since(Careers(history).years_before(is_left_out).take(self.rows), WINDOW_OF_WAITING)

    @cached_property
    def served_share(self) -> FloatArray:
        """(n,) rank share of the time since being left out, 1 the longest; equals share the middle."""
        return self._rank_share(self.served)

    @cached_property
    def left_out_by_turn(self) -> FloatArray:
        """(n,) share of the n − k left out that the candidate would have if those were left out who were so longest ago."""
        n_left_out = (self._groups.size - self._n_awards_of_groups)[:, None]
        return self._of_standing(
            WINDOW_OF_WAITING - self.served, WINDOW_OF_WAITING + 1, lambda _, n_before, n_equal: _share_of(n_left_out, n_before, n_equal)
        )

    @cached_property
    def post(self) -> FloatArray:
        """(n,) share of a place the candidate would have if places went to the highest posts: by rank of post where known, else by role."""
        if self.history.post_rank is not None:
            return _share_of(self.n_awards, *self._standing_in_any_order(self.history.post_rank[self.rows]))
        role = self.history.role.take(self.rows)
        highest = int(role.max(initial=0))
        return self._of_standing(highest - role, highest + 1, self._share_of_table)

    @cached_property
    def merit_standing(self) -> tuple[IndexArray, IndexArray]:
        """(n,) candidates of the unit-year who are better by merit, and (n,) those who are equal, oneself included."""
        ranking = rank_within_groups(self._merit_grid, self._tie, self._groups)
        if self.history.tie is not None:
            in_order = np.arange(self.n_rows, dtype=np.int32)
            in_order -= self._groups.spread(self._groups.start.astype(np.int32))
            place = np.empty(self.n_rows, dtype=np.int32)
            place[ranking.member] = in_order
            return place, np.broadcast_to(np.int32(1), self.n_rows)
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
        n_better, n_equal = self.merit_standing
        if self.history.tie is not None:  # nobody is equal to anybody
            return (n_better < self.n_awards).astype(np.float64)
        return _share_of(self.n_awards, n_better, n_equal)

    @cached_property
    def share_of_tied_places(self) -> float:
        """Share of the places that equals at the cut share; 0 without places."""
        is_shared = (self.deserving > 0) & (self.deserving < 1)
        return float(self.deserving[is_shared].sum() / max(self.deserving.sum(), 1.0))

    @cached_property
    def margin_bin(self) -> IndexArray:
        """(n,) how far the candidate stands from the cut, in bins that never mix deserving and others."""
        n_better, n_equal = self.merit_standing
        margin_bin = np.empty(self.n_rows, dtype=np.int8)
        for rows in stretches(self.n_rows):
            twice_middle = 2 * (n_better[rows] - self.n_awards[rows]) + n_equal[rows] - 1  # the middle place of equals may lie between two places
            steps = _STEPS_OF_TWICE.take(np.abs(twice_middle + 1) + 1, mode="clip")  # as far inside the cut as outside it
            of_rows = np.where(twice_middle < 0, _N_MARGIN_STEPS - 1 - steps, _N_MARGIN_STEPS + steps)
            deserving = self.deserving[rows]
            margin_bin[rows] = np.where((deserving > 0) & (deserving < 1), AT_THE_CUT, of_rows)
        return margin_bin

    @cached_property
    def size_band(self) -> IndexArray:
        """(n,) band of the number of candidates."""
        return self._groups.spread(np.digitize(self._groups.size, SIZE_EDGES).astype(np.int8))

    @cached_property
    def stratum(self) -> IndexArray:
        """(n,) margin bin × size band, the pairs that occur numbered without gaps: a table of strata holds no empty columns, but for those that other parts may fill."""
        pair = np.multiply(self.margin_bin, _N_SIZE_BANDS, dtype=np.int16)
        pair += self.size_band
        return pair if self.is_part else codes(pair, np.int16)

    @cached_property
    def n_strata(self) -> int:
        """How many pairs of margin bin and size band occur, or could."""
        return N_MARGIN_BINS * _N_SIZE_BANDS if self.is_part else int(self.stratum.max(initial=-1)) + 1

    @cached_property
    def is_judged(self) -> BoolArray:
        """(n_rows of the history,) whether the row's year is judged."""
        is_judged: BoolArray = self._year_index >= self.n_years_before
        return is_judged

    @cached_property
    def judged(self) -> slice | IndexArray:
        """The rows of the history whose year is judged: a stretch where it is sorted by year, as a simulated one is, else their positions."""
        of_years = self.history.rows_of_years[self.n_years_before :]
        first, last = (of_years[0], of_years[-1]) if of_years else (None, None)
        if isinstance(first, slice) and isinstance(last, slice) and first.start < last.stop:
            return slice(first.start, last.stop)
        rows = np.flatnonzero(self.is_judged)
        is_stretch = len(rows) > 0 and rows[-1] - rows[0] == len(rows) - 1
        return slice(int(rows[0]), int(rows[-1]) + 1) if is_stretch else rows

    @cached_property
    def own_strata(self) -> BoolArray:
        """(n_replications, n_strata) which strata occur in each replication."""
        n_rows = self.grouping("all").add_up(cell=self.stratum, n_cells=self.n_strata)
        return n_rows > 0

    def grouping(self, by: str) -> Grouping:
        """Group the panel's rows: ``all`` of a replication together, by ``unit`` (with the units it came from, where that is known), or by judged ``year``."""
        if by not in self._groupings:
            self._groupings[by] = self._grouping(by, self.rows)
        return self._groupings[by]

    def grouping_of_history(self, by: str) -> Grouping:
        """Group all rows of the history alike; rows of history years carry the label of the first judged year."""
        if by not in self._groupings_of_history:
            self._groupings_of_history[by] = self._grouping(by, slice(None))
        return self._groupings_of_history[by]

    def _grouping(self, by: str, rows: IndexArray | slice) -> Grouping:
        if by == "unit":
            return Grouping(self._unit_code[rows], self.n_units)
        n_rows = len(self._year_index) if isinstance(rows, slice) else len(rows)
        replication = self.history.replication[rows] if self.n_replications > 1 else np.broadcast_to(np.int32(0), n_rows)
        if by == "year":
            judged, n_years = np.maximum(self._year_index[rows] - self.n_years_before, 0), max(len(self.judged_years), 1)
            label = judged if self.n_replications == 1 else judged + replication * np.int32(n_years)
            return Grouping(label, self.n_replications * n_years, is_by_replication=n_years == 1)
        return Grouping(replication, self.n_replications, is_by_replication=True)

    @cached_property
    def _tie(self) -> KeyArray:
        tie = self.history.tie
        return np.zeros(self.n_rows, dtype=np.uint64) if tie is None else tie.take(self.rows).astype(np.uint64, copy=False)

    @cached_property
    def _merit_grid(self) -> GridArray:
        if self.history.tie is not None:
            return to_score_grid(self.merit)
        return np.unique(self.merit, return_inverse=True)[1].reshape(-1).astype(np.int32)

    def _of_standing(self, order: IndexArray, n_values: int, work_out: Callable[[IndexArray, IndexArray, IndexArray], FloatArray]) -> FloatArray:
        """Look up what is worked out for each unit-year and small whole number (0 goes first) of all who may have it.

        Parameters
        ----------
        order
            (n,) the candidates' numbers.
        n_values
            How many numbers there are.
        work_out
            Gives (n_groups, n_values) values of (n_groups, 1) candidates, (n_groups, n_values) who go before, and who are equal; where nobody is, any number will do.
        """
        groups = self._groups
        cell = np.multiply(groups.of_member, np.int32(n_values))
        cell += order
        n_equal = count_numbers(cell, len(groups.size) * n_values).reshape(-1, n_values)
        n_before = np.cumsum(n_equal, axis=1) - n_equal
        return look_up(work_out(groups.size[:, None], n_before, n_equal).reshape(-1), cell)

    def _standing_in_any_order(self, order: IndexArray) -> tuple[IndexArray, IndexArray]:
        """Count the same for any whole numbers of at least 1; smaller ones say nothing and go last."""
        order = codes(np.where(order >= 1, order, np.iinfo(np.int64).max))
        key = np.multiply(self._groups.of_member, int(order.max(initial=0)) + 1, dtype=np.int64) + order
        value, run, length = np.unique(key, return_inverse=True, return_counts=True)
        first = np.cumsum(length) - length
        run = run.reshape(-1)
        return first[run] - self._groups.start[self._groups.of_member], length[run] if len(value) else run

    def _rank_share(self, wait: IndexArray) -> FloatArray:
        def share(n: IndexArray, n_longer: IndexArray, n_same: IndexArray) -> FloatArray:
            n_shorter = n - n_longer - n_same
            behind: FloatArray = (n_shorter + (n_same - 1) / 2) / np.maximum(n - 1, 1)
            return behind

        return self._of_standing(WINDOW_OF_WAITING - wait, WINDOW_OF_WAITING + 1, share)

    @cached_property
    def is_shut_out(self) -> BoolArray:
        """(n_rows of the history,) whether the rules shut out, in a judged year, somebody who won in the two years before."""
        if self.history.is_eligible is None or self.is_of_everybody:
            return np.zeros(len(self.history.year), dtype=np.bool_)
        return self.is_judged & ~self.history.is_eligible & any_of_last(self.won_before, WINDOW_OF_WAITING)

    def _share_of_table(self, _: IndexArray, n_before: IndexArray, n_equal: IndexArray) -> FloatArray:
        return _share_of(self._n_awards_of_groups[:, None], n_before, n_equal)


def _share_of(n_places: IndexArray, n_before: IndexArray, n_equal: IndexArray) -> FloatArray:
    """Share out the places that those who go before leave among equals."""
    return np.clip((n_places - n_before) / np.maximum(n_equal, 1), 0.0, 1.0)
