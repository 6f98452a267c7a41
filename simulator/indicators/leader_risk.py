"""Leader bias as a ratio: how many times as often leaders are awarded as others at the same distance from the cut.

``leader_risk_ratio``
    Mantel–Haenszel risk ratio over strata of margin × size band, leaders against others: Σ a₁n₀/n / Σ a₀n₁/n. 1 is parity; exactly 1 when the
    best are awarded. Undefined when no other at the same distance is ever awarded (posts alone decide).

After model.md A.2 with correction 00.8. A ratio of risks, not of odds: under perfect merit the odds ratio is 0/0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import ratio, split_evenly
from simulator.indicators.leader_bias import LeadersAndOthers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray


class LeaderRisk(LeadersAndOthers):
    """The risk ratio of leaders."""

    names = ("leader_risk_ratio",)

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Pool the risk ratio over strata."""
        n_leaders, n_others, leaders, others = split_evenly(sums, 4)
        n = n_leaders + n_others
        of_leaders = np.nansum(ratio(leaders * n_others, n), axis=1)
        of_others = np.nansum(ratio(others * n_leaders, n), axis=1)
        return {"leader_risk_ratio": ratio(of_leaders, of_others)}
