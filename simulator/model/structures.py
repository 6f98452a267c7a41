"""Five structures of behaviour: five kinds of unit that weigh the same reasons differently (``docs/odd.md`` 7.13; corrections 00.14).

Nobody knows which of them offices follow, so every comparison is run under all five.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from simulator.model.norms import REASONS
from simulator.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray
    from simulator.model.behaviour import Structure
    from simulator.model.cycle import Cycle
    from simulator.model.reasons import Reasons

_GRID: Final = 2.0**20
_TURN, _LADDER = REASONS.index("turn"), REASONS.index("ladder")


class WeighingUnit(Unit):
    """A unit with one weighted index."""

    runs_on_columns: ClassVar[bool] = True

    def priority(self: Any, reasons: Reasons) -> FloatArray:
        """Weigh all reasons (equation 6): Q = μR(S) + sR(wait) + bR(post) + hR(prestige) + lotR(lot) + λL."""
        weighed: FloatArray = (
            self.score_weight * reasons.score
            + self.turn_weight * reasons.waiting
            + self.rank_weight * reasons.post
            + self.prestige_weight * reasons.prestige
            + self.lottery_weight * reasons.lot
            + self.ladder_weight * reasons.ladder
        )
        return weighed


class MixtureUnit(WeighingUnit):
    """A unit that follows one reason a year, drawn with the weights as probabilities."""

    @classmethod
    def weights_of_year(cls, weights: FloatArray, cycle: Cycle) -> FloatArray:
        """Draw the reason of each unit, by position (clusters: apart from units, as their members are), and give it all the weight."""
        luck = cycle.uniform("unit.reason", cycle.members.first_id + cycle.population.units.ids)
        ends = np.rint(np.cumsum(weights, axis=0, dtype=np.float64) * _GRID) / _GRID
        reason = np.minimum((ends <= luck).sum(axis=0), len(weights) - 1)
        drawn: FloatArray = np.equal(np.arange(len(weights))[:, None], reason).astype(np.float32)
        return drawn


class NearTiesUnit(Unit):
    """A unit that lets turns decide only among those whose other reasons are closer than the turn's weight."""

    runs_on_columns: ClassVar[bool] = True

    def priority(self: Any, reasons: Reasons) -> FloatArray:
        """Weigh Q = (s·⌊P/s⌋ + s·R(wait))/(1 + s), with P the weighted index without turn over 1 − s; P where s is 0, R(wait) where it is 1."""
        turn = self.turn_weight
        others = (
            self.score_weight * reasons.score
            + self.rank_weight * reasons.post
            + self.prestige_weight * reasons.prestige
            + self.lottery_weight * reasons.lot
            + self.ladder_weight * reasons.ladder
        )
        one = np.float32(1)
        index = others / np.where(turn < one, one - turn, one)
        step = np.where(turn > 0, turn, one)
        among_near_ties = (step * np.floor(index / step) + step * reasons.waiting) / (one + step)
        weighed: FloatArray = np.where(turn >= one, reasons.waiting, np.where(turn > 0, among_near_ties, index))
        return weighed


class PlanningUnit(Unit):
    """A unit that gives the weight of turns to the ladder: it plans one person's next step."""

    runs_on_columns: ClassVar[bool] = True

    def priority(self: Any, reasons: Reasons) -> FloatArray:
        """Weigh Q = μR(S) + (s + λ)·L + bR(post) + hR(prestige) + lotR(lot); s has gone to the ladder's weight already."""
        weighed: FloatArray = (
            self.score_weight * reasons.score
            + self.ladder_weight * reasons.ladder
            + self.rank_weight * reasons.post
            + self.prestige_weight * reasons.prestige
            + self.lottery_weight * reasons.lot
        )
        return weighed

    @classmethod
    def weights_of_year(cls, weights: FloatArray, cycle: Cycle) -> FloatArray:  # noqa: ARG003 - one signature for all kinds of unit
        """Give the weight of turns to the ladder."""
        planned = weights.copy()
        planned[_LADDER] += planned[_TURN]
        planned[_TURN] = 0
        return planned


class PeerVoteUnit(WeighingUnit):
    """A unit whose members mark each other's files, and answer marks with marks."""

    marks_by_peers: ClassVar[bool] = True


STRUCTURE_UNITS: Final[Mapping[Structure, type[Unit]]] = {
    "weighted": WeighingUnit,
    "mixture": MixtureUnit,
    "near-ties": NearTiesUnit,
    "planning": PlanningUnit,
    "peer-vote": PeerVoteUnit,
}
"""The kind of unit of each structure."""
