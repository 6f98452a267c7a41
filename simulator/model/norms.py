"""The habits of units: what their reasons weigh, how many files they send, and what they expect.

A column has one entry for each unit; for the award of collectives, one for each cluster.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray, IndexArray
    from simulator.model.behaviour import Behaviour
    from simulator.model.regime import Regime
    from simulator.replications import SideBySide

UNDER: Final = 0
AT: Final = 1
OVER: Final = 2
"""Volume strategies: fewer files than places, as many, or more."""

N_STRATEGIES: Final = 3
USUAL_MORALE: Final = 0.5

REASONS: Final = ("score", "turn", "rank", "prestige", "lottery", "ladder")
"""The order in which weights of reasons stand wherever they stand together."""

_MOVABLE: Final = ("turn_weight", "rank_weight", "prestige_weight", "lottery_weight", "ladder_weight")
_GRID: Final = 2.0**20


@dataclass(slots=True)
class Norms:
    """What (n_units,) units are used to.

    Attributes
    ----------
    turn_weight, rank_weight, prestige_weight, lottery_weight, ladder_weight
        float32; s, b, h, lot and λ.
    volume
        int8; the volume strategy of the year: under 0, at 1, over 2.
    attractions
        (3, n_units) float64; what each strategy has paid.
    perceived_share
        float64; p̂, the share of approval that members count on.
    morale
        float64 on [0, 1]; ½ moves nobody's effort.
    """

    turn_weight: FloatArray
    rank_weight: FloatArray
    prestige_weight: FloatArray
    lottery_weight: FloatArray
    ladder_weight: FloatArray
    volume: IndexArray
    attractions: FloatArray
    perceived_share: FloatArray
    morale: FloatArray

    @classmethod
    def start(cls, regime: Regime, n_units: int) -> Norms:
        """Give every unit under a regime the assumed habits."""
        weights = {name: np.full(n_units, getattr(regime.behaviour, name), dtype=np.float32) for name in _MOVABLE}
        return cls(
            **weights,
            volume=np.full(n_units, AT, dtype=np.int8),
            attractions=np.zeros((N_STRATEGIES, n_units)),
            perceived_share=np.full(n_units, regime.focus_share),
            morale=np.full(n_units, USUAL_MORALE),
        )

    @classmethod
    def joined(cls, norms: Sequence[Norms]) -> Norms:
        """Lay the habits of several replications side by side."""
        return cls(**{field.name: np.concatenate([getattr(one, field.name) for one in norms], axis=-1) for field in fields(cls)})

    def of_units(self, units: slice) -> Norms:
        """Give the habits of some units."""
        return Norms(**{field.name: getattr(self, field.name)[..., units] for field in fields(self)})

    def copy(self) -> Norms:
        """Copy every column."""
        return Norms(**{field.name: getattr(self, field.name).copy() for field in fields(self)})

    @property
    def score_weight(self) -> FloatArray:
        """(n_units,) float32; μ, what the others leave of 1: subtracted in their order in 64 bits, on the grid of 2⁻²⁰, never below 0.

        The grid takes out what five weights of 32 bits add up to beyond 1.
        """
        left = np.ones(len(self.turn_weight))
        for name in _MOVABLE:
            left -= getattr(self, name).astype(np.float64)
        weight: FloatArray = (np.rint(np.maximum(left, 0) * _GRID) / _GRID).astype(np.float32)
        return weight

    @property
    def weights(self) -> FloatArray:
        """(6, n_units) float32 weights in the order of :data:`REASONS`."""
        return np.stack([self.score_weight, *(getattr(self, name) for name in _MOVABLE)])

    def taken_over_by(self, old: Regime, new: Regime) -> Norms:
        """Give the habits under new rules: what was learned stays, and what is assumed moves by as much as the assumed figures do.

        Weights and the perceived share stay within [0, 1]. Where weights add up to more than 1, turn and post shrink in proportion until they do not.
        """
        moved = self.copy()
        for name in _MOVABLE:
            step = _step(name, old.behaviour, new.behaviour)
            setattr(moved, name, np.clip(getattr(self, name).astype(np.float64) + step, 0, 1).astype(np.float32))
        moved.perceived_share = np.clip(self.perceived_share + (new.focus_share - old.focus_share), 0, 1)
        return _leaving_something(moved)


def start_norms(regimes: Sequence[Regime], units: SideBySide) -> Norms:
    """Give every unit the habits assumed under its regime; ``units`` says which are under which."""
    if len(regimes) == 1:
        return Norms.start(regimes[0], sum(units.counts))
    return Norms.joined([Norms.start(regime, n_units) for regime, n_units in zip(regimes, units.counts, strict=True)])


def norms_taken_over(norms: Norms, old: Sequence[Regime], new: Sequence[Regime], units: SideBySide) -> Norms:
    """Give the habits under new rules (:meth:`Norms.taken_over_by`), of each replication by itself where there is more than one regime, before or after."""
    if len(old) == len(new) == 1:
        return norms.taken_over_by(old[0], new[0])
    before, after = (regimes * len(units) if len(regimes) == 1 else regimes for regimes in (tuple(old), tuple(new)))
    return Norms.joined([norms.of_units(own).taken_over_by(*rules) for own, *rules in zip(units.slices, before, after, strict=True)])


def _leaving_something(norms: Norms) -> Norms:
    """Shrink the weights of turn and post where all weights together are more than 1."""
    own = norms.turn_weight.astype(np.float64) + norms.rank_weight
    kept = sum((getattr(norms, name).astype(np.float64) for name in _MOVABLE[2:]), np.zeros(len(own)))
    is_too_much = own + kept > 1 + 1 / _GRID
    if is_too_much.any():
        part = np.ones(len(own))
        part[is_too_much] = np.maximum(1 - kept[is_too_much], 0) / own[is_too_much]
        norms.turn_weight = (norms.turn_weight * part).astype(np.float32)
        norms.rank_weight = (norms.rank_weight * part).astype(np.float32)
    return norms


def _step(name: str, old: Behaviour, new: Behaviour) -> float:
    """Tell how far an assumed weight moves, between figures of 32 bits, so that a weight nobody has learned lands on the new figure."""
    return float(np.float32(getattr(new, name))) - float(np.float32(getattr(old, name)))
