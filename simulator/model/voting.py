"""How a council votes: the chance that a file passes, by how far it stands from the bar.

A council whose members each read a file in their own way passes it when enough of them say yes; one that is not of one mind without voting passes it
by a chance that rises with the score. Either chance is a table over the distance from the bar, rounded far coarser than any mathematics library errs
(``docs/odd.md`` 7.7).
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray, IndexArray
    from simulator.model.behaviour import Behaviour
    from simulator.model.regime import Ballot

STEPS_PER_SD: Final = 16
FARTHEST: Final = 8
"""Distances from the bar are read in steps of 1/16 standard deviation within ±8."""

_GRID: Final = 2.0**20
_EDGE: Final = 1 / 4096


def chances_of_passing(ballot: Ballot | None, behaviour: Behaviour) -> FloatArray | None:
    """Give the chance to pass for each step of distance from the bar.

    Members who differ settle it where a vote is asked for; else the council's own spread does, if it has one.

    Returns
    -------
        (257,) float32, from 8 below the bar to 8 above; ``None`` for a sharp bar.
    """
    if ballot is not None and behaviour.member_disagreement > 0:
        n_present, n_needed = _seats(ballot, behaviour.council_size, behaviour.council_attendance)
        return _chances_by_vote(n_present, n_needed, behaviour.member_disagreement)
    if behaviour.council_spread > 0:
        return _chances_by_spread(behaviour.council_spread)
    return None


def step_of(distance: FloatArray) -> IndexArray:
    """Find the row of the table for (n,) distances from the bar, in standard deviations."""
    most = FARTHEST * STEPS_PER_SD
    rounded = np.rint(distance * np.float32(STEPS_PER_SD))
    steps: IndexArray = np.minimum(np.maximum(rounded, -most), most).astype(np.int64) + most
    return steps


@lru_cache(maxsize=64)
def lift_of_strictness(least_quantile: float | None) -> float:
    """Give Φ⁻¹ of the lowest share of full marks a stage lets pass: what it adds to the bar; nothing where the stage does not say."""
    if least_quantile is None:
        return 0.0
    return round(NormalDist().inv_cdf(min(max(least_quantile, _EDGE), 1 - _EDGE)) * _GRID) / _GRID


@lru_cache(maxsize=64)
def _seats(ballot: Ballot, size: float, attendance: float) -> tuple[int, int]:
    """Count the members present, at least one, and the votes needed, at most all of theirs."""
    half = Fraction(1, 2)
    n_members = math.floor(exact(size) + half)
    n_present = max(1, math.floor(exact(attendance) * n_members + half))
    needed = math.ceil(ballot.threshold * (n_members if ballot.counts_all else n_present))
    return n_present, min(needed, n_present)


@lru_cache(maxsize=64)
def _chances_by_vote(n_present: int, n_needed: int, disagreement: float) -> FloatArray:
    """P(at least t of n say yes), each with Φ(distance/disagreement), on its own."""
    normal = NormalDist()
    chances = []
    for distance in _distances():
        yes = normal.cdf(distance / disagreement)
        ways = (math.comb(n_present, n) * yes**n * (1 - yes) ** (n_present - n) for n in range(n_needed, n_present + 1))
        chances.append(math.fsum(ways))
    return _tabulate(chances)


@lru_cache(maxsize=64)
def _chances_by_spread(spread: float) -> FloatArray:
    """Λ(distance/spread), written so that it never overflows."""
    return _tabulate([0.5 * (1 + math.tanh(distance / (2 * spread))) for distance in _distances()])


def _distances() -> list[float]:
    return [step / STEPS_PER_SD for step in range(-FARTHEST * STEPS_PER_SD, FARTHEST * STEPS_PER_SD + 1)]


def _tabulate(chances: Sequence[float]) -> FloatArray:
    table: FloatArray = np.clip(np.rint(np.array(chances) * _GRID) / _GRID, 0, 1).astype(np.float32)
    table.flags.writeable = False
    return table
