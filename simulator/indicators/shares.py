"""Plain shares: who the awarded are, and how many of those considered are awarded.

They say nothing about merit by themselves, and are always printed beside their lawful best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.history import Role
from simulator.indicators.family import Family, ratio, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray


class Shares(Family):
    """``award_rate``, ``leader_share`` and ``direct_worker_share``, over the judged years."""

    names = ("award_rate", "leader_share", "direct_worker_share")

    def missing(self) -> str | None:
        """Nothing is needed but a list."""
        return None

    def components(self, by: str) -> FloatArray:
        """Count members, the awarded, and the leaders and direct workers among the awarded."""
        history, group = self.panel.history, self.panel.grouping_of_history(by)
        judged = self.panel.is_judged
        awarded = judged & history.is_awarded
        return np.hstack(
            [
                group.add_up(judged),
                group.add_up(awarded),
                group.add_up(awarded & history.is_leader),
                group.add_up(awarded & (history.role == Role.DIRECT)),
            ]
        )

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count members and years for the rate, awards for who got them."""
        return {"award_rate": round(sums[0]), "leader_share": round(sums[1]), "direct_worker_share": round(sums[1])}

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count units with members for the rate, units with awards for who got them."""
        has_members, has_awards = by_unit[:, 0] > 0, by_unit[:, 1] > 0
        return {"award_rate": has_members, "leader_share": has_awards, "direct_worker_share": has_awards}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        members, awarded, leaders, direct = (part[:, 0] for part in split(sums, 1, 1, 1, 1))
        if not (self.panel.history.knows_direct and self.panel.history.marks_direct):  # 0 % would be read as a result
            direct = np.full_like(direct, np.nan)
        return {
            "award_rate": ratio(awarded, members),
            "leader_share": ratio(leaders, awarded),
            "direct_worker_share": ratio(direct, awarded),
        }
