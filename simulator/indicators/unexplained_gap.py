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

from simulator.indicators.family import ratio, split_evenly
from simulator.indicators.leader_bias import LeadersAndOthers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray


class UnexplainedGap(LeadersAndOthers):
    """The part of the gap in award rates that merit does not explain."""

    names = ("unexplained_gap",)

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
