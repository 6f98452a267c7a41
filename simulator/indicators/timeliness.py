"""Tell how soon achievements are answered (khen kịp thời).

``time_to_award_months``
    Mean months from an achievement to the award that answers it, over the achievements answered.
``recognised_within_12_months``
    F(12): share of all achievements that are answered within 12 months. One that is never answered counts as not answered: it is not censored.

After model.md A.6 with correction 00.19. A title for a year's work answers no single deed; only achievements with a date of their own are read. Answers
of the yearly round count beside those outside it: a deed answered by the round is late, not absent, and to leave it out would make an office
that answers few deeds, but those at once, look prompt.
Judged are achievements of the judged years but the last of the list, which counts as follow-up only. Those of the last year are left out of both
numbers, whether answered or not, for of them only the early answers can be seen; so are answers dated before their achievement. Exact, with
achievements spread evenly: answered at once, 0 months; one round at the end of the year with d months of deciding, 6 + d months and F(12) = 1 −
d/12; with a share x answered within d_s months outside the round, x·d_s + (1 − x)(6 + d) months.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.family import TOO_FEW_YEARS, Family, ratio, split
from simulator.indicators.grouping import Grouping, all_or_none

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.history import Achievements, History

NO_ACHIEVEMENTS = "caveat.no-achievement-dates"
ONLY_ANSWERED = "caveat.only-answered"
MONTHS_A_YEAR: Final = 12


class Timeliness(Family):
    """``time_to_award_months`` and ``recognised_within_12_months``."""

    names = ("time_to_award_months", "recognised_within_12_months")

    def missing(self) -> str | None:
        """Need achievements with their months, some of them a year old."""
        if self._achievements is None or not len(self._achievements.year):
            return NO_ACHIEVEMENTS
        return None if len(self._judged) else TOO_FEW_YEARS

    def is_alike(self) -> bool:
        """Ask whether every replication has achievements that are judged, or none."""
        return self.panel.n_replications == 1 or all_or_none(self._grouping("all").add_up() > 0)

    def caution(self) -> str | None:
        """Say so when a real list tells only of achievements that were answered."""
        is_real_list = self.panel.history.tie is None
        return ONLY_ANSWERED if is_real_list and not np.isnan(self._lag).any() else None

    def components(self, by: str) -> FloatArray:
        """Count achievements, those answered and those answered within 12 months, and sum the months to the answer."""
        group, is_answered = self._grouping(by), ~np.isnan(self._lag)
        return np.hstack(
            [
                group.add_up(),
                group.add_up(is_answered),
                group.add_up(is_answered & (self._lag <= MONTHS_A_YEAR)),
                group.add_up(np.nan_to_num(self._lag)),
            ]
        )

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count achievements that were answered for the months, all achievements for the share."""
        return {"time_to_award_months": round(sums[1]), "recognised_within_12_months": round(sums[0])}

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count units with an answer for the months, units with achievements for the share."""
        return {"time_to_award_months": by_unit[:, 1] > 0, "recognised_within_12_months": by_unit[:, 0] > 0}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        achievements, answered, in_time, months = (part[:, 0] for part in split(sums, 1, 1, 1, 1))
        return {"time_to_award_months": ratio(months, answered), "recognised_within_12_months": ratio(in_time, achievements)}

    @property
    def _achievements(self) -> Achievements | None:
        return self.panel.history.achievements

    @cached_property
    def _judged(self) -> IndexArray:
        """(n_judged,) positions of the achievements judged."""
        achievements, history = self._achievements, self.panel.history
        if achievements is None:
            return np.empty(0, dtype=np.int64)
        is_placed = np.isin(achievements.unit, history.unit) & np.isin(achievements.year, self.panel.judged_years)
        return np.flatnonzero(is_placed & is_followed(history, achievements, MONTHS_A_YEAR))

    @cached_property
    def _lag(self) -> FloatArray:
        """(n_judged,) months to the answer, NaN where there is none."""
        achievements = self._achievements
        return np.empty(0) if achievements is None else lags_of(achievements)[self._judged]

    def _grouping(self, by: str) -> Grouping:
        achievements = self._achievements
        if achievements is not None and by == "unit":
            units, first_row = np.unique(self.panel.history.unit, return_index=True)
            of_rows = self.panel.grouping_of_history(by)
            label = of_rows.label[first_row][np.searchsorted(units, achievements.unit[self._judged])]
            return Grouping(label, of_rows.n_groups)
        if achievements is not None and by == "year":
            years = self.panel.judged_years
            return Grouping(np.searchsorted(years, achievements.year[self._judged]), max(len(years), 1))
        n_replications = self.panel.n_replications
        if achievements is None:
            return Grouping(np.zeros(0, dtype=np.int64), n_replications, is_by_replication=True)
        replication = self.panel.history.units.replication_of(achievements.unit[self._judged])
        return Grouping(replication, n_replications, is_by_replication=True)


def cumulative_incidence(history: History, months: FloatArray) -> FloatArray:
    """Give the share of achievements answered within so many months, for a figure.

    Parameters
    ----------
    history
        With achievements.
    months
        (n_points,) months after the achievement.

    Returns
    -------
        (n_points,) F(months), over the achievements of those judged years that can all be followed for the longest of them; NaN where there are none.
    """
    achievements = history.achievements
    if achievements is None or not len(months):
        return np.full(len(months), np.nan)
    is_followed_long = is_followed(history, achievements, float(np.max(months)))
    lag = np.sort(lags_of(achievements)[is_followed_long & np.isin(achievements.year, history.judged_years)])
    n_within = np.searchsorted(lag, months, side="right")  # NaN, never answered, sorts last
    return ratio(n_within.astype(np.float64), np.full(len(months), float(len(lag))))


def is_followed(history: History, achievements: Achievements, months: float) -> BoolArray:
    """(n,) whether the list goes on for so many months after the year of the achievement, and its answer is not dated before it.

    Whole years only: the months of a year wait differently for its round.
    """
    end = MONTHS_A_YEAR * (int(history.years[-1]) + 1) if len(history.years) else -np.inf
    is_backwards = achievements.awarded_at < achievements.achieved_at
    is_long: BoolArray = MONTHS_A_YEAR * (achievements.year + 1) + months <= end
    return is_long & ~is_backwards


def lags_of(achievements: Achievements) -> FloatArray:
    """(n,) months from each achievement to its answer, NaN where there is none."""
    lag: FloatArray = achievements.awarded_at - achievements.achieved_at
    return lag
