"""Tell what a list without merit says of rotation: how often winners win again, and how evenly wins are spread.

``repeat_deficit``
    1 − observed / expected repeats in consecutive years. Expected are those of the same list with the years of each unit in
    random order, which keeps who won with whom: Σ_i x_i(x_i − 1)/T for the T years member i was listed and x_i wins. 0: repeats come
    as often as they would in any order; 1: never twice in a row. It cannot see turns shorter than their whole cycle, in which
    nobody wins twice at all. ``p_value`` stands beside it: how often an order by chance would give as few repeats (see
    :mod:`~simulator.indicators.permutation`).
``win_dispersion``
    Σ_i (x_i − m_i)² / Σ_i v_i, with x_i the wins of a member, m_i and v_i their mean and variance under a lottery of the same places among the
    same colleagues. 1: as spread as a lottery; below 1: more equal; T: the same people every year.

Units in which no judged year had both somebody awarded and somebody not are left out: where everybody wins every year, or nobody, no order of the years is told
from another, and their repeats would only dilute those of the others. Everybody of the unit counts, whether merit is known or not.

After model.md A.1 with correction 00.6. Neither needs merit, so neither tells turns from a lack of differences in merit.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.careers import Careers, any_of_last
from simulator.indicators.family import NOTHING_CONTESTED, TOO_FEW_YEARS, Family, ratio, split
from simulator.indicators.grouping import add_up_by, count_numbers
from simulator.indicators.permutation import chance_of_so_few, spread_of_repeats
from simulator.indicators.unnamed_bounds import MEMBERS_UNKNOWN, bound_repeat_deficit
from simulator.lookups import codes, look_up, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray

PLACES_CHANGE: Final = "caveat.places-change"
_FEWEST_YEARS = 3
_CHANGE_WORTH_A_WORD: Final = 0.05
"""From a twentieth of the repeats to be expected: units of ten that award one and two in turn differ by a tenth, and a lottery there seems to go by turns."""


class Repetition(Family):
    """``repeat_deficit`` and ``win_dispersion``."""

    names = ("repeat_deficit", "win_dispersion")

    def missing(self) -> str | None:
        """Need three years, places that somebody did not get, and everybody's name."""
        if len(self.panel.judged_years) < _FEWEST_YEARS:
            return TOO_FEW_YEARS
        if not self._is_counted.any():
            return NOTHING_CONTESTED
        return None if self.panel.history.knows_members else MEMBERS_UNKNOWN

    def bounds(self) -> Mapping[str, tuple[float, float | None]]:
        """Bound the deficit where only winners are named."""
        if self.missing() != MEMBERS_UNKNOWN:
            return {}
        found = bound_repeat_deficit(self.panel.history, self.panel.judged_years, self._is_counted)
        return {} if found is None else {"repeat_deficit": found}

    def components(self, by: str) -> FloatArray:
        """Sum repeats and spread over members, and count each member where the member was first seen."""
        return self._sums(by)

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        observed, expected, spread, of_lottery = (part[:, 0] for part in split(sums, 1, 1, 1, 1))
        return {"repeat_deficit": 1 - ratio(observed, expected), "win_dispersion": ratio(spread, of_lottery)}

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count the units in which repeats are to be expected, and those in which a lottery would spread wins."""
        _, expected, _, of_lottery = (part[:, 0] for part in split(by_unit, 1, 1, 1, 1))
        return {"repeat_deficit": expected > 0, "win_dispersion": of_lottery > 0}

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count awards of the judged years, in units that ever left somebody out."""
        del sums
        return dict.fromkeys(self.names, int((self.panel.history.is_awarded & self._is_counted).sum()))

    def cautions(self) -> Mapping[str, str]:
        """Say so where places that change from year to year make repeats fewer, or more, whoever gets them."""
        _, expected, *_ = self._sums("all")[0]
        given_places = self._expected_given_places()
        return {"repeat_deficit": PLACES_CHANGE} if abs(given_places - expected) >= _CHANGE_WORTH_A_WORD * expected > 0 else {}

    def beside(self) -> Mapping[str, Mapping[str, float]]:
        """Give the chance of so few repeats were the years of each unit in random order."""
        observed, expected = self._sums("all")[0, :2]
        return {"repeat_deficit": {"p_value": chance_of_so_few(float(observed), float(expected), self._variance_of_repeats())}}

    @cached_property
    def _is_counted(self) -> BoolArray:
        """(n_rows of the history,) whether the year is judged, and the unit had some awarded and some not in such a year."""
        unit, share, is_judged = self.panel.grouping_of_history("unit"), self._share_awarded, self.panel.is_judged
        is_contested = look_up((share > 0) & (share < 1), self.panel.history.unit_year)
        is_contested &= is_judged
        has_contest = mark(unit.label.compress(is_contested), unit.n_groups)
        return is_judged if has_contest.all() else is_judged & look_up(has_contest, unit.label)

    @property
    def _counted(self) -> slice | IndexArray:
        """The rows that count, as a stretch where they are all those judged: that costs less."""
        return self.panel.judged if self._is_everybody else np.flatnonzero(self._is_counted)

    @cached_property
    def _is_everybody(self) -> bool:
        """Whether all judged rows count."""
        return bool(np.count_nonzero(self._is_counted) == np.count_nonzero(self.panel.is_judged))

    def _sums(self, by: str) -> FloatArray:
        history, counted = self.panel.history, self._counted
        member, unit_year = history.member_number[counted], history.unit_year[counted]
        grouping, share = self.panel.grouping_of_history(by).of(counted), self._share_awarded
        group_of_member = grouping.of_first_row(member, history.n_people)

        def per_member(of_unit_years: FloatArray) -> FloatArray:
            return add_up_by(member, history.n_people, of_unit_years, at=unit_year)

        wins, n_years = add_up_by(member.compress(history.is_awarded[counted]), history.n_people), add_up_by(member, history.n_people)
        # A year missing, or spent elsewhere, leaves fewer years that follow one another, so fewer repeats to expect: pairs in sequence of all pairs.
        n_pairs = self._in_sequence(self._is_counted)
        columns = [
            self._n_repeats(),
            np.nan_to_num(n_pairs * ratio(wins * (wins - 1), n_years * (n_years - 1))),
            (wins - per_member(share)) ** 2,
            per_member(share * (1 - share)),
        ]
        return np.column_stack([add_up_by(group_of_member, grouping.n_groups, column) for column in columns])

    def _expected_given_places(self) -> float:
        """Add up the repeats to be expected where each unit has as many places in each year as it had: x(x − 1)·Σ p_t p_{t+1} / Σ_{s≠t} p_s p_t of each member.

        The order of the years matters then: where two places follow one and one follows two, fewer people win twice running than in an order by chance.
        """
        history, share = self.panel.history, self._share_awarded
        sequence, total, squares, wins, latest = (np.zeros(history.n_people) for _ in range(5))
        for rows, step in zip(history.rows_of_years, np.diff(history.years, prepend=history.years[:1] - 1).tolist(), strict=True):
            is_counted = self._is_counted[rows]
            member, p = history.member_number[rows].compress(is_counted), share.take(history.unit_year[rows].compress(is_counted))
            if step == 1:
                sequence[member] += latest[member] * p
            latest[:] = 0
            latest[member] = p
            total[member] += p
            squares[member] += p**2
            wins[member] += history.is_awarded[rows].compress(is_counted)
        return float((wins * (wins - 1) * ratio(sequence, total**2 - squares))[wins > 1].sum())

    def _variance_of_repeats(self) -> float:
        """Add up the variance of repeats over units, each with its years in random order."""
        history = self.panel.history
        counted = np.flatnonzero(self._is_counted)
        member, grouping = codes(history.member[counted]), self.panel.grouping_of_history("unit")
        n_members = int(member.max(initial=-1)) + 1
        unit_of_member = grouping.of(counted).of_first_row(member, n_members)
        years = self.panel.judged_years
        year_index = np.searchsorted(years, history.year[counted])
        won = _table(member, year_index, history.is_awarded[counted], (n_members, len(years)))
        is_listed = _table(grouping.label[counted], year_index, np.ones(len(counted), np.bool_), (grouping.n_groups, len(years)))
        return float(spread_of_repeats(won, unit_of_member, is_listed, years).sum())

    @cached_property
    def _share_awarded(self) -> FloatArray:
        """(n_years * n_units,) k/n of each unit and year, everybody of the unit counted."""
        history = self.panel.history
        k = np.bincount(history.unit_year.compress(history.is_awarded), minlength=len(self.panel.n_listed))
        share: FloatArray = k / np.maximum(self.panel.n_listed, 1)
        return share

    def _n_repeats(self) -> FloatArray:
        """(n_members,) how often the member won in two years that follow one another and count."""
        panel = self.panel
        has_won = panel.history.is_awarded & self._is_counted
        if not self._is_everybody:
            return self._in_sequence(has_won)
        # Who won before is known already, and of judged years all but the first follow one that is judged, or none that is on the list.
        has_won &= any_of_last(panel.won_before, 1)
        has_won &= panel.history.year_index > panel.n_years_before
        return count_numbers(panel.history.member_number.compress(has_won), panel.history.n_people).astype(np.float64)

    def _in_sequence(self, happened: BoolArray) -> FloatArray:
        """(n_members,) how often it happened to the member in two years that follow one another."""
        history = self.panel.history
        is_again = happened & any_of_last(Careers(history).years_before(happened), 1)
        return add_up_by(history.member_number.compress(is_again), history.n_people)


def _table(row: IndexArray, column: IndexArray, is_marked: BoolArray, shape: tuple[int, int]) -> BoolArray:
    """Mark the cells that are met at least once."""
    table = np.zeros(shape, dtype=np.bool_)
    table[row[is_marked], column[is_marked]] = True
    return table
