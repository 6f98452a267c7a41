"""Part the growth of awards into volume and level: more awards, or dearer ones.

Award points per head are V_t = r_t · v̄_t, r_t the awards per head and v̄_t their mean worth (the statutory bonus). So, a year,

    ln(V_T/V_0)/T = ln(r_T/r_0)/T + ln(v̄_T/v̄_0)/T

exactly: ``award_volume_growth`` and ``award_level_growth``. After model.md A.3. Year 0 is that of ``excess_inflation``. Neither looks at merit, so
growth by itself is no inflation.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from simulator.indicators.family import NO_BASE_YEAR, TOO_FEW_YEARS, Family, has_the_rarer, split
from simulator.indicators.inflation import award_points, base_year, is_awarded_alike, log_ratio, rows_of_year

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray
    from simulator.indicators.family import Told
    from simulator.indicators.grouping import Grouping

NO_AWARD_VALUES = "caveat.no-award-values"
_N_COUNTS: Final = 3


class _Growth(Family):
    """Growth of something per award or per head, from year 0 to the last year."""

    names: ClassVar[tuple[str, ...]]

    def lacks(self) -> str | None:
        """Need a later year; that there are awards in the base year may be told by another part."""
        history = self.panel.history
        return TOO_FEW_YEARS if not len(self.panel.judged_years) or int(history.years[-1]) == base_year(history) else None

    def missing(self) -> str | None:
        """Need a base year with awards, and a later year."""
        if (lacks := self.lacks()) is not None:
            return lacks
        history = self.panel.history
        of_base = rows_of_year(history, base_year(history))
        return None if any(awarded[of_base].any() for awarded in history.awards.values()) else NO_BASE_YEAR

    def is_alike(self) -> bool:
        """Ask whether every replication has awards in year 0, or none."""
        return self.panel.n_replications == 1 or is_awarded_alike(self.panel.history, base_year(self.panel.history))

    def components(self, by: str) -> FloatArray:
        """Count members, awards and award points, of year 0 and of the last year."""
        history, group = self.panel.history, self.panel.grouping_of_history(by)
        return np.hstack([self._counts_of(base_year(history), group), self._counts_of(int(history.years[-1]), group)])

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count the units with awards in year 0, or in the last year where they are fewer."""
        before, later = split(by_unit, _N_COUNTS, _N_COUNTS)
        return {self.names[0]: has_the_rarer(before[:, 1:2], later[:, 1:2])}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Compare both years, a year."""
        history = self.panel.history
        return {self.names[0]: self._growth(*split(sums, _N_COUNTS, _N_COUNTS)) / (int(history.years[-1]) - base_year(history))}

    def sums_of_years(self) -> FloatArray:
        """Count members, awards and award points of each judged year, beside those of year 0."""
        everything = self.panel.grouping_of_history("all")
        base = self._counts_of(base_year(self.panel.history), everything)
        counts = np.stack([np.hstack([base, self._counts_of(int(year), everything)]) for year in self.panel.judged_years], axis=1)
        return counts.reshape(-1, 2 * _N_COUNTS)

    def course_of(self, told: Told) -> Mapping[str, FloatArray]:
        """Give the whole growth reached by each judged year."""
        assert told.of_years is not None  # noqa: S101 - whoever asks has wanted it; this tells mypy
        return {self.names[0]: self._growth(*split(told.of_years, _N_COUNTS, _N_COUNTS))}

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count awards of year 0 and of the last year, of all kinds."""
        return {self.names[0]: round(sums[1] + sums[_N_COUNTS + 1])}

    @abstractmethod
    def _growth(self, before: FloatArray, later: FloatArray) -> FloatArray:
        """Compare (n or 1, 3) counts of year 0 with (n, 3) counts of a later year: (n,) logarithm of the ratio."""

    def _counts_of(self, year: int, group: Grouping) -> FloatArray:
        history = self.panel.history
        rows = rows_of_year(history, year)
        part = group.of(rows)
        n_awards = sum((awarded[rows] for awarded in history.awards.values()), np.zeros(len(part.label)))
        return np.hstack([part.add_up(), part.add_up(n_awards), part.add_up(award_points(history)[rows])])


class AwardVolumeGrowth(_Growth):
    """Growth of awards per head."""

    names = ("award_volume_growth",)

    def _growth(self, before: FloatArray, later: FloatArray) -> FloatArray:
        return log_ratio(later[:, 1], before[:, 1]) - log_ratio(later[:, 0], before[:, 0])


class AwardLevelGrowth(_Growth):
    """Growth of the mean worth of an award."""

    names = ("award_level_growth",)

    def lacks(self) -> str | None:
        """Need the worth of each award, too, when there are several."""
        history = self.panel.history
        is_worth_known = len(history.awards) == 1 or set(history.awards) <= set(history.award_values)
        return super().lacks() if is_worth_known else NO_AWARD_VALUES

    def _growth(self, before: FloatArray, later: FloatArray) -> FloatArray:
        return log_ratio(later[:, 2], before[:, 2]) - log_ratio(later[:, 1], before[:, 1])
