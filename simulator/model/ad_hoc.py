"""The ad hoc track (khen thưởng đột xuất): outstanding deeds outside the plan, noticed or not, and rewarded at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.history import Role
from simulator.randomness import PoissonTable
from simulator.scoring.eligibility import meets_all

if TYPE_CHECKING:
    from simulator._types import IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files


def do_deeds(cycle: Cycle) -> IndexArray:
    """Draw the year's outstanding deeds (equation 2): Poisson with mean λ_s, for direct workers x times as often.

    Returns
    -------
        (n_members,) int8.
    """
    behaviour = cycle.regime.behaviour
    rate = behaviour.surprise_rate
    table = PoissonTable.of_means([rate, rate * behaviour.surprise_direct_factor])
    row = (cycle.population.role == Role.DIRECT).astype(np.int8)
    return cycle.streams.poisson("member.deeds", table, year=cycle.year, ids=cycle.members.id, row=row)


def reward_deeds(files: Files, cycle: Cycle) -> None:
    """Give the ad hoc awards of the set for the deeds that were noticed; ad hoc awards leave the ladder alone."""
    if not cycle.regime.ad_hoc_awards or cycle.regime.behaviour.surprise_rate == 0:
        return
    members = cycle.members
    is_noticed = cycle.is_lucky("deed.noticed", members.id, cycle.regime.behaviour.ad_hoc_reach)
    is_rewarded = is_noticed & (do_deeds(cycle) > 0)
    facts = replace(files.facts, unused_initiatives=members.unused_initiatives)
    for rule in cycle.regime.ad_hoc_awards:
        winners = np.flatnonzero(is_rewarded & meets_all(rule.conditions, facts))
        members.award_years[rule.id][winners] |= np.uint32(1)
