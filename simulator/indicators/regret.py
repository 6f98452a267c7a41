"""Regret: how much merit the awards missed, not how many were misplaced.

``regret``
    (Σ_D M − Σ_A M) / (Σ_D M − k·M̄), numerator and denominator summed over contested unit-years, M̄ the mean merit of the candidates. 0 when the
    best are awarded, 1 in expectation when awards have nothing to do with merit; above 1 when they go to the less deserving.

After model.md A.4. Merit must stand on a scale on which differences mean something; ranks or three ratings do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import Family, ratio, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray

_ROUNDING = 1e-12


class Regret(Family):
    """The share of merit within reach that the awards missed."""

    names = ("regret",)
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, and places that somebody did not get."""
        return self._missing_contest()

    def components(self, by: str) -> FloatArray:
        """Sum the merit missed, and the merit that could be missed, in the merit's own unit."""
        panel = self.panel
        group = panel.grouping(by)
        # Σ p·M over a unit-year is k·M̄; differences are taken before sums, so that perfect merit misses exactly nothing.
        deserving, merit, awarded, share = panel.deserving, panel.merit, panel.is_awarded, panel.share_awarded
        missed = group.add_up_each(lambda rows: (deserving[rows] - awarded[rows]) * merit[rows])
        within_reach = group.add_up_each(lambda rows: (deserving[rows] - share[rows]) * merit[rows])
        return self._without_rounding(missed, within_reach)

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        missed, within_reach = (part[:, 0] for part in split(sums, 1, 1))
        return {"regret": ratio(missed, within_reach)}

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count places of contested unit-years."""
        del sums
        return {"regret": int(self.panel.is_awarded.sum())}

    def _without_rounding(self, missed: FloatArray, within_reach: FloatArray) -> FloatArray:
        """Read sums that are only rounding of equal merit as zero."""
        tiny = _ROUNDING * max(float(np.abs(self.panel.merit).sum()), 1e-300)
        sums = np.hstack([missed, within_reach])
        return np.where(np.abs(sums) < tiny, 0.0, sums)
