"""Tell leader bias (khen lãnh đạo là chính): whether the equally deserving are awarded more often when they lead.

``equal_opportunity_difference``
    EOD = P(award | deserving, leader) − P(award | deserving, other), compared at the same distance from the cut and in units
    of like size, pooled with Mantel–Haenszel weights n₁n₀/(n₁+n₀). 0 is parity; exactly 0 when the best are awarded.

Equals at the cut count with the share of a place that each deserves, and are compared by what they got beyond it: A − D in place of A. Among those who
deserve a whole place that is the same difference; among equals it is 0 in expectation when they draw lots, whatever their number, and 1 when
leaders go first.

After model.md A.2 with correction 00.8: without the strata a true advantage of leaders reads as bias, because those far above
the cut are more often leaders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import Family, combine_own_strata, has_the_rarer, ratio, split_evenly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray


class LeadersAndOthers(Family):
    """What compares leaders with others who stand at the same distance from the cut, in units of like size."""

    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, and places that somebody did not get."""
        return self._missing_contest()

    def components(self, by: str) -> FloatArray:
        """Count candidates and the awarded in each stratum, apart for leaders."""
        panel = self.panel
        leads, wins = panel.is_leader, panel.is_awarded
        return self._in_strata(by, leads, ~leads, leads & wins, wins & ~leads)

    def _in_strata(self, by: str, *columns: FloatArray | BoolArray) -> FloatArray:
        """Add columns up in each stratum, one table beside the other."""
        panel = self.panel
        group = panel.grouping(by)
        return np.hstack([group.add_up(column, cell=panel.stratum, n_cells=panel.n_strata) for column in columns])

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count the units with leaders in a stratum that has others too; or those with others, where they are fewer."""
        n_leaders, n_others, *_ = split_evenly(by_unit, 4)
        return dict.fromkeys(self.names, has_the_rarer(n_leaders, n_others))

    def combine_each(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Combine each replication with its own strata."""
        return combine_own_strata(self, sums, self.panel.own_strata, 4)


class EqualOpportunity(LeadersAndOthers):
    """The equal-opportunity difference."""

    names = ("equal_opportunity_difference",)

    def components(self, by: str) -> FloatArray:
        """Count the deserving, and what they got beyond what they deserve, in each stratum, apart for leaders."""
        panel = self.panel
        deserving = panel.deserving
        leader = panel.is_leader * deserving
        beyond = panel.is_awarded - deserving
        return self._in_strata(by, leader, deserving - leader, leader * beyond, (deserving - leader) * beyond)

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Pool the difference of award rates over strata."""
        n_leaders, n_others, leaders, others = split_evenly(sums, 4)
        n = n_leaders + n_others
        gap = np.nansum(ratio(leaders * n_others - others * n_leaders, n), axis=1)
        weight = np.nansum(ratio(n_leaders * n_others, n), axis=1)
        return {"equal_opportunity_difference": ratio(gap, weight)}
