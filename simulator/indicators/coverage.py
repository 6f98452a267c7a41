"""Tell how widely awards are spread over the years (tràn lan as a level).

``five_year_coverage``
    Of the members of a year, the share who got the focus award in that year or one of the four before, wherever they then worked. Perfect and
    lasting merit p; a lottery 1 − (1 − p)⁵; strict turns min(1, 5p).

After model.md A.3 with correction 00.10. Only years with all five years on the list are judged. A newcomer counts with the years the list knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.careers import any_of_last, are_known
from simulator.indicators.family import TOO_FEW_YEARS, Family, ratio, split
from simulator.indicators.unnamed_bounds import MEMBERS_UNKNOWN, bound_coverage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray

YEARS_BEFORE: Final = 4
"""Years looked at besides the year itself."""


class FiveYearCoverage(Family):
    """The share of members awarded at least once in five years."""

    names = ("five_year_coverage",)

    def missing(self) -> str | None:
        """Need five years that follow one another, the last of them judged, and everybody's name."""
        is_known = are_known(self.panel.history.years, YEARS_BEFORE)
        if not is_known[self.panel.n_years_before :].any():
            return TOO_FEW_YEARS
        return None if self.panel.history.knows_members else MEMBERS_UNKNOWN

    def bounds(self) -> Mapping[str, tuple[float, float | None]]:
        """Bound the share where only winners are named."""
        if self.missing() != MEMBERS_UNKNOWN:
            return {}
        return {"five_year_coverage": bound_coverage(self.panel.history, self.panel.is_judged, YEARS_BEFORE)}

    def components(self, by: str) -> FloatArray:
        """Count the members of years that can be judged, and those awarded in five years, where the member works in the year judged."""
        history, group = self.panel.history, self.panel.grouping_of_history(by)
        is_counted = self.panel.is_judged.copy()
        for rows, is_known in zip(history.rows_of_years, are_known(history.years, YEARS_BEFORE), strict=True):
            is_counted[rows] &= is_known
        is_covered = history.is_awarded | any_of_last(self.panel.won_before, YEARS_BEFORE)
        return np.hstack([group.add_up(is_counted), group.add_up(is_counted & is_covered)])

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count members and years with all five years on the list."""
        return {"five_year_coverage": round(sums[0])}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        members, covered = (part[:, 0] for part in split(sums, 1, 1))
        return {"five_year_coverage": ratio(covered, members)}
