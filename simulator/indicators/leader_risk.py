"""Leader bias as a ratio: how many times as often leaders are awarded as others at the same distance from the cut.

``leader_risk_ratio``
    Mantel–Haenszel risk ratio over strata of margin × size band, leaders against others: Σ a₁n₀/n / Σ a₀n₁/n. 1 is parity; exactly 1 when the
    best are awarded. Undefined when no other at the same distance is ever awarded (posts alone decide).

After model.md A.2 with correction 00.8. A ratio of risks, not of odds: under perfect merit the odds ratio is 0/0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import Family, combine_own_strata, has_the_rarer, ratio, split_evenly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray


class LeaderRisk(Family):
    """The risk ratio of leaders."""

    names = ("leader_risk_ratio",)
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, and places that somebody did not get."""
        return self._missing_contest()

    def components(self, by: str) -> FloatArray:
        """Count candidates and the awarded in each stratum, apart for leaders."""
        panel = self.panel
        group = panel.grouping(by)
        leader, awarded = panel.is_leader.astype(np.float64), panel.is_awarded.astype(np.float64)
        columns = (leader, 1 - leader, leader * awarded, (1 - leader) * awarded)
        return np.hstack([group.add_up(values, cell=panel.stratum, n_cells=panel.n_strata) for values in columns])

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count the units with leaders in a stratum that has others too; or those with others, where they are fewer."""
        n_leaders, n_others, *_ = split_evenly(by_unit, 4)
        return {"leader_risk_ratio": has_the_rarer(n_leaders, n_others)}

    def combine_each(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Combine each replication with its own strata."""
        return combine_own_strata(self, sums, self.panel.own_strata, 4)

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Pool the risk ratio over strata."""
        n_leaders, n_others, leaders, others = split_evenly(sums, 4)
        n = n_leaders + n_others
        of_leaders = np.nansum(ratio(leaders * n_others, n), axis=1)
        of_others = np.nansum(ratio(others * n_leaders, n), axis=1)
        return {"leader_risk_ratio": ratio(of_leaders, of_others)}
