"""What members do for an award: effort, and claims nobody has verified, chosen by what they would bring (equations 4, 5 and 14)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from simulator._types import FloatArray
    from simulator.model.cycle import Cycle

_N_SHARES: Final = 4096
_GRID: Final = 2.0**20  # what is chosen is rounded to 1/2**20, so that it is the same on every platform
_USUAL_MORALE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Effort:
    """What the members of each unit chose for the year.

    Attributes
    ----------
    gain
        (n_units,) float32; effort beyond what would be made without awards, in units of effort.
    claims
        (n_units,) float32; g of equation 5, never below 0.
    """

    gain: FloatArray
    claims: FloatArray


def choose_effort(cycle: Cycle) -> Effort:
    """Let the members of every unit choose (``docs/odd.md`` 7.2), in 64 bits; only the result is rounded.

    W·f is the marginal gain of a standard deviation of file: f = μ·φ(Φ⁻¹(1 − p̂))/√(1 + σ²), p̂ the share of approval they perceive. Effort gains
    W·f/c_e, and moves with morale; claims are [W·η·f − a·det·Π]₊/c_g, a the unit's audit share.
    """
    gain: FloatArray = np.zeros(cycle.population.n_units)
    claims: FloatArray = gain
    if cycle.is_somewhere(lambda regime: regime.worth_of_focus):
        worth = cycle.of_units(lambda regime: regime.worth_of_focus) * marginal_approval(cycle)
        gain = worth / cycle.of_units(lambda regime: regime.behaviour.effort_cost)
        cost_of_being_found = cycle.of_units(lambda regime: regime.audit_share["unit"] * regime.behaviour.detection * regime.behaviour.penalty)
        claims = worth * cycle.of_units(lambda regime: regime.behaviour.claim_return)
        claims = np.maximum(claims - cost_of_being_found, 0) / cycle.of_units(lambda regime: regime.behaviour.claim_cost)
    if cycle.is_somewhere(lambda regime: regime.behaviour.morale_effect):
        by_morale = cycle.of_units(lambda regime: regime.behaviour.effort_base * regime.behaviour.morale_effect)
        gain = gain + by_morale * (cycle.norms.morale - _USUAL_MORALE)
    return Effort(gain=_on_grid(gain), claims=_on_grid(claims))


def marginal_approval(cycle: Cycle) -> FloatArray:
    """Give f of equation 4 for each unit: how much the chance of the focus award grows with a standard deviation of file.

    Returns
    -------
        (n_units,) float64, per standard deviation.
    """
    norms = cycle.norms
    left_for_score: FloatArray = np.ones(cycle.population.n_units)
    for weight in (norms.turn_weight, norms.rank_weight, norms.prestige_weight, norms.lottery_weight, norms.ladder_weight):
        left_for_score -= weight.astype(np.float64)
    left_for_score = np.maximum(left_for_score, 0)  # five weights of 32 bits may add up to a little more than 1
    approval: FloatArray = left_for_score * density_at_cut(norms.perceived_share) / cycle.of_units(lambda regime: math.sqrt(1 + regime.error_sd**2))
    return approval


def density_at_cut(share: FloatArray) -> FloatArray:
    """Give φ(Φ⁻¹(1 − p)), the density of a standard normal where a share p lies above; p in steps of 1/4096, neither 0 nor 1.

    Returns
    -------
        float64, rounded to 2⁻²⁰.
    """
    step = np.clip(np.rint(share * _N_SHARES), 1, _N_SHARES - 1).astype(np.int64)
    density: FloatArray = _densities()[step]
    return density


@lru_cache(maxsize=1)
def _densities() -> FloatArray:
    normal = NormalDist()
    inner = [normal.pdf(normal.inv_cdf(1 - step / _N_SHARES)) for step in range(1, _N_SHARES)]
    table: FloatArray = np.rint(np.array([0.0, *inner, 0.0]) * _GRID) / _GRID
    table.flags.writeable = False
    return table


def _on_grid(values: FloatArray) -> FloatArray:
    rounded: FloatArray = (np.rint(values * _GRID) / _GRID).astype(np.float32)
    return rounded
