"""Check whether excess inflation hangs on what an award is taken to be worth.

- ``statutory``: the bonus multiples, as ``excess_inflation`` itself weighs.
- ``rarity``: −ln of the share of members who hold that level or a higher one in year 0: the rarer, the dearer.
- ``steps``: 1, 2, … up the ladder.

After model.md A.3 with correction 00.9. Awards without a level weigh nothing in the last two.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.inflation import ExcessInflation, base_year
from simulator.indicators.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.history import History


def excess_by_weighting(history: History) -> dict[str, float]:
    """Measure excess inflation under three weightings.

    Returns
    -------
        ``statutory``, ``rarity`` and ``steps`` → excess inflation a year; NaN where it, or a weight, is undefined: no levels, or nobody at a level in year 0.
    """
    steps = {award: float(history.award_levels.get(award, 0)) for award in history.awards} if history.award_levels else None
    values = {"statutory": history.award_values, "rarity": rarity_of_levels(history), "steps": steps}
    return {name: _excess(history, of_award) for name, of_award in values.items()}


def rarity_of_levels(history: History) -> dict[str, float] | None:
    """Give each award −ln of the share of members of year 0 who hold its level or a higher one; ``None`` where there is such a level with no holder."""
    is_base = history.year == base_year(history)
    if not history.award_levels or not is_base.any():
        return None
    highest = np.zeros(int(is_base.sum()), dtype=np.int64)
    for award, level in history.award_levels.items():
        if award in history.awards:
            highest = np.maximum(highest, level * history.awards[award][is_base])
    rarity = {}
    for award in history.awards:
        level_of_award = history.award_levels.get(award)
        share = 1.0 if level_of_award is None else float((highest >= level_of_award).mean())
        if share == 0:
            return None
        rarity[award] = -math.log(share)
    return rarity


def _excess(history: History, values: Mapping[str, float] | None) -> float:
    if values is None:
        return math.nan
    family = ExcessInflation(Panel(replace(history, award_values=values)))
    return family.values()["excess_inflation"] if family.missing() is None else math.nan
