"""A unit: it reads its members' files, weighs its reasons, and puts names forward.

The decision is one method, :meth:`Unit.priority`, written once with ordinary arithmetic. The model runs it on the columns of
all units at once, with a :class:`UnitColumns` standing in for ``self``; a subclass that overrides it is asked unit by unit,
with its own attributes and its own members' files. Both ways give the same awards (``tests/model/test_unit.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import mesa
import numpy as np

from simulator.ranking import rank_share, rank_within_groups, tied_rank_share, to_score_grid

if TYPE_CHECKING:
    from simulator._types import FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.ranking import Groups

_N_REASONS: Final = 5
_STEPS_OF_PRESTIGE: Final = 8
_HIGHEST_PRESTIGE_STEP: Final = 255


@dataclass(slots=True)
class Reasons:
    """How members of a unit compare, reason by reason; each a float32 rank share on [0, 1] within the unit.

    Attributes
    ----------
    score, waiting, post, prestige, lot
        R(S), R(wait), R(post), R(prestige) and R(U) of equation 6.
    """

    score: FloatArray
    waiting: FloatArray
    post: FloatArray
    prestige: FloatArray
    lot: FloatArray

    def of_members(self, members: slice) -> Reasons:
        """Give the reasons of one unit's members."""
        return Reasons(self.score[members], self.waiting[members], self.post[members], self.prestige[members], self.lot[members])


class Unit(mesa.Agent):  # type: ignore[misc]  # Mesa's agents are untyped
    """A unit as a Mesa agent.

    Attributes
    ----------
    position
        Its place among the units; its members are ``members``.
    members
        Slice of the member columns.
    score_weight, turn_weight, rank_weight, prestige_weight, lottery_weight
        The weights of its reasons (this year's, under the mixture structure); they add up to 1.
    n_nominated, n_awarded
        Members put forward for, and given, the focus award this year.
    """

    def __init__(self, model: mesa.Model, position: int, members: slice) -> None:
        """Found a unit at its place among the members."""
        super().__init__(model)
        self.position = position
        self.members = members
        self.score_weight = 1.0
        self.turn_weight = self.rank_weight = self.prestige_weight = self.lottery_weight = 0.0
        self.n_nominated = 0
        self.n_awarded = 0

    def priority(self: Any, reasons: Reasons) -> FloatArray:
        """Weigh the reasons to put a member forward (equation 6): Q = μR(S) + sR(wait) + bR(post) + hR(prestige) + lot·R(U).

        Returns
        -------
            (n,) float32 on [0, 1]; the unit fills its places from the top.
        """
        weighed: FloatArray = (
            self.score_weight * reasons.score
            + self.turn_weight * reasons.waiting
            + self.rank_weight * reasons.post
            + self.prestige_weight * reasons.prestige
            + self.lottery_weight * reasons.lot
        )
        return weighed


@dataclass(frozen=True, slots=True)
class UnitColumns:
    """The same attributes as :class:`Unit`, for every member at once: (n_members,) float32."""

    score_weight: FloatArray
    turn_weight: FloatArray
    rank_weight: FloatArray
    prestige_weight: FloatArray
    lottery_weight: FloatArray


def choose_weights(cycle: Cycle) -> FloatArray:
    """Give each unit the weights of its reasons for the year.

    Returns
    -------
        (5, n_units) float32: score, turn, rank, prestige, lottery. Under the mixture structure one of them is 1, drawn
        with the weights as probabilities. A unit that applies the rules perfectly goes by the score alone.
    """
    behaviour, n_units = cycle.regime.behaviour, cycle.population.n_units
    weights = np.array(
        [
            behaviour.score_weight,
            behaviour.turn_weight,
            behaviour.rank_weight,
            behaviour.prestige_weight,
            behaviour.lottery_weight,
        ]
    )
    if cycle.is_perfect:
        weights = np.eye(_N_REASONS)[0]
    if behaviour.structure == "weighted":
        return np.repeat(weights.astype(np.float32)[:, None], n_units, axis=1)
    luck = cycle.streams.uniform("unit.reason", year=cycle.year, ids=np.arange(n_units, dtype=np.int64))
    ends = np.round(np.cumsum(weights), 12)
    reason = np.minimum(np.searchsorted(ends, luck, side="right"), _N_REASONS - 1)
    chosen: FloatArray = np.equal(np.arange(_N_REASONS)[:, None], reason).astype(np.float32)
    return chosen


def weigh_up(award: str, weights: FloatArray, files: Files, cycle: Cycle) -> Reasons:
    """Rank every member inside the unit by each reason that carries weight anywhere; the others stay at zero."""
    groups, members = cycle.population.groups, cycle.members
    carries_weight = [bool(weight.any()) for weight in weights]
    nothing = np.zeros(groups.n_members, dtype=np.float32)

    def by_score(scores: FloatArray) -> FloatArray:
        return rank_share(rank_within_groups(to_score_grid(scores), files.tie, groups), groups)

    def by_prestige() -> FloatArray:
        # Equal prestige (most people have none) is no reason to prefer one by the tie-break.
        steps = np.minimum(np.rint(members.prestige * np.float32(_STEPS_OF_PRESTIGE)), _HIGHEST_PRESTIGE_STEP)
        return tied_rank_share(steps.astype(np.int64), groups)

    def by_lot() -> FloatArray:
        return by_score(cycle.streams.uniform("unit.lottery", year=cycle.year, ids=members.id))

    return Reasons(
        score=by_score(files.score) if carries_weight[0] else nothing,
        waiting=tied_rank_share(members.wait[award].astype(np.int64), groups) if carries_weight[1] else nothing,
        post=tied_rank_share(cycle.population.role.astype(np.int64), groups) if carries_weight[2] else nothing,
        prestige=by_prestige() if carries_weight[3] else nothing,
        lot=by_lot() if carries_weight[4] else nothing,
    )


def bulk_priority(kind_of_unit: type[Unit], weights: FloatArray, reasons: Reasons, groups: Groups) -> FloatArray:
    """Run the decision of plain units on the columns of all of them."""
    columns = UnitColumns(*(groups.spread(weight) for weight in weights))
    priority: FloatArray = kind_of_unit.priority(columns, reasons)
    return priority


def one_by_one_priority(units: list[Unit], reasons: Reasons, n_members: int) -> FloatArray:
    """Ask each unit itself; this is how a subclass with its own mind is run."""
    priority = np.empty(n_members, dtype=np.float32)
    for unit in units:
        priority[unit.members] = unit.priority(reasons.of_members(unit.members))
    return priority


def scatter_weights(units: list[Unit], weights: FloatArray) -> None:
    """Write the year's weights onto the agents, as plain floats."""
    for unit, column in zip(units, weights.T.tolist(), strict=True):
        unit.score_weight, unit.turn_weight, unit.rank_weight, unit.prestige_weight, unit.lottery_weight = column


def scatter_counts(units: list[Unit], n_nominated: IndexArray, n_awarded: IndexArray) -> None:
    """Write the year's counts of the focus award onto the agents."""
    for unit, nominated, awarded in zip(units, n_nominated.tolist(), n_awarded.tolist(), strict=True):
        unit.n_nominated, unit.n_awarded = nominated, awarded
