"""The gap between leaders and others in award rates, and the part of it that merit does not explain.

``unexplained_gap``
    Kitagawa's decomposition over classes c of margin × size band, with f the spread of leaders (G) and others (S) over classes and r their award
    rates: unexplained U = Σ_c (r_G − r_S)(f_G + f_S)/2, explained E = Σ_c (f_G − f_S)(r_G + r_S)/2, and E + U is exactly the gap in award rates.
    0 when the best are awarded; k/n_G in expectation when k places go to n_G leaders by lot.

After model.md A.2. In a class without leaders, or without others, nothing can be compared: the rates are taken as equal and the class counts as
explained. Unexplained is not the same as unjustified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import Family, combine_own_strata, has_the_rarer, ratio, split_evenly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray


class UnexplainedGap(Family):
    """The part of the gap in award rates that merit does not explain."""

    names = ("unexplained_gap",)
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, and places that somebody did not get."""
        return self._missing_contest()

    def components(self, by: str) -> FloatArray:
        """Count candidates and the awarded in each class, apart for leaders."""
        panel = self.panel
        group = panel.grouping(by)
        leader, awarded = panel.is_leader.astype(np.float64), panel.is_awarded.astype(np.float64)
        columns = (leader, 1 - leader, leader * awarded, (1 - leader) * awarded)
        return np.hstack([group.add_up(values, cell=panel.stratum, n_cells=panel.n_strata) for values in columns])

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count the units with leaders in a stratum that has others too; or those with others, where they are fewer."""
        n_leaders, n_others, *_ = split_evenly(by_unit, 4)
        return {"unexplained_gap": has_the_rarer(n_leaders, n_others)}

    def combine_each(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Combine each replication with its own strata."""
        return combine_own_strata(self, sums, self.panel.own_strata, 4)

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Give the unexplained part."""
        return {"unexplained_gap": decompose(*split_evenly(sums, 4))[1]}

    def beside(self) -> Mapping[str, Mapping[str, float]]:
        """Give the explained part, and the gap that both make up."""
        explained, unexplained = decompose(*np.split(self.components("all"), 4, axis=1))
        return {"unexplained_gap": {"explained": float(explained[0]), "gap": float(explained[0] + unexplained[0])}}


def decompose(n_leaders: FloatArray, n_others: FloatArray, leaders: FloatArray, others: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Decompose gaps in award rates (Kitagawa 1955; model.md A.2).

    Parameters
    ----------
    n_leaders, n_others
        (n, n_classes) candidates in each class.
    leaders, others
        (n, n_classes) the awarded among them.

    Returns
    -------
        (n,) explained and (n,) unexplained part; NaN without leaders or without others.
    """
    spread_of_leaders = ratio(n_leaders, n_leaders.sum(axis=1, keepdims=True))
    spread_of_others = ratio(n_others, n_others.sum(axis=1, keepdims=True))
    rate_of_leaders, rate_of_others = ratio(leaders, n_leaders), ratio(others, n_others)
    rate_of_leaders = np.where(n_leaders == 0, rate_of_others, rate_of_leaders)
    rate_of_others = np.where(n_others == 0, rate_of_leaders, rate_of_others)
    is_empty = (n_leaders == 0) & (n_others == 0)
    rate_of_leaders, rate_of_others = np.where(is_empty, 0.0, rate_of_leaders), np.where(is_empty, 0.0, rate_of_others)
    explained = ((spread_of_leaders - spread_of_others) * (rate_of_leaders + rate_of_others)).sum(axis=1) / 2
    unexplained = ((rate_of_leaders - rate_of_others) * (spread_of_leaders + spread_of_others)).sum(axis=1) / 2
    return explained, unexplained
