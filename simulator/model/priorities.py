"""Ask the units whom they put forward first: all at once where their decision runs on columns, else one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.model.norms import REASONS
from simulator.model.reasons import ReasonsOfYear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.reasons import Reasons
    from simulator.model.regime import AwardRule
    from simulator.model.unit import Unit
    from simulator.ranking import Groups

ALL_REASONS: Final = np.ones(len(REASONS), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class UnitColumns:
    """The weights of a :class:`~simulator.model.unit.Unit` for many members at once: (n,) float32, or one for all where units agree."""

    score_weight: FloatArray
    turn_weight: FloatArray
    rank_weight: FloatArray
    prestige_weight: FloatArray
    lottery_weight: FloatArray
    ladder_weight: FloatArray


class Priorities:
    """The priorities of one year: ``priorities(rule)`` gives everybody's for one award.

    Attributes
    ----------
    weights
        (6, n_units) float32: what the reasons weigh this year.
    """

    def __init__(self, unit_class: type[Unit], units: Sequence[Unit], files: Files, cycle: Cycle) -> None:
        """Weigh the year's reasons.

        Parameters
        ----------
        unit_class
            The kind of the units.
        units
            The units themselves; only asked when their decision does not run on columns.
        files, cycle
            The files and the state of the year.
        """
        self._unit_class, self._units, self._cycle = unit_class, units, cycle
        self.weights = _perfect_weights(cycle) if cycle.is_perfect else unit_class.weights_of_year(cycle.norms.weights, cycle)
        self._reasons = ReasonsOfYear(self._marks(files.score), files.tie, cycle)

    def __call__(self, rule: AwardRule, members: IndexArray | None = None) -> FloatArray:
        """Ask for the priority of some members, or of everybody, for one award: (n,) float32 on [0, 1]; units fill their places from the top."""
        if self._unit_class.runs_on_columns:
            return self._on_columns(self._reasons.of(rule, np.asarray(self.weights.any(axis=1))), members)
        priority = self._one_by_one(self._reasons.of(rule, ALL_REASONS))
        return priority if members is None else priority.take(members)

    def seen_through(self, score: FloatArray, is_kept: BoolArray, *, has_noise: bool) -> Priorities:
        """Give the priorities of the same year with other files, and some reasons left out.

        Parameters
        ----------
        score
            (n_members,) float32 scores of the files.
        is_kept
            (6,) which reasons keep their weight.
        has_noise
            Whether the marks of peers hold what is theirs alone.
        """
        other = object.__new__(Priorities)
        other._unit_class, other._units, other._cycle = self._unit_class, self._units, self._cycle
        other.weights = self.weights * is_kept[:, None].astype(np.float32)
        other._reasons = self._reasons.through(self._marks(score, has_noise=has_noise))
        return other

    @property
    def has_generosity(self) -> bool:
        """Whether peers mark the files, and answer marks with marks."""
        return (
            self._unit_class.marks_by_peers and not self._cycle.is_perfect and self._cycle.is_somewhere(lambda regime: regime.behaviour.reciprocity)
        )

    def _marks(self, score: FloatArray, *, has_noise: bool = True) -> FloatArray:
        """Give what units go by: the score of the file or, where peers mark it, (1 − r)·S + r·generosity."""
        if not self.has_generosity:
            return score
        marks: FloatArray = self._cycle.of_members(lambda regime: 1 - regime.behaviour.reciprocity) * score
        if has_noise:
            marks += self._cycle.of_members(lambda regime: regime.behaviour.reciprocity) * self._cycle.normal_once(
                "member.generosity", self._cycle.members.id
            )
        return marks

    def _on_columns(self, reasons: Reasons, members: IndexArray | None) -> FloatArray:
        groups = self._cycle.population.groups
        columns = UnitColumns(*(_column(weight, groups, members) for weight in self.weights))
        of_members = reasons if members is None else reasons.of_members(members)
        # Where no reason has any weight, all members come out as one plain number.
        n_members = groups.n_members if members is None else len(members)
        priority: FloatArray = np.broadcast_to(self._unit_class.priority(columns, of_members), n_members)
        return priority

    def _one_by_one(self, reasons: Reasons) -> FloatArray:
        priority = np.empty(self._cycle.population.n_members, dtype=np.float32)
        for unit, weights in zip(self._units, self.weights.T, strict=True):
            unit.score_weight, unit.turn_weight, unit.rank_weight, unit.prestige_weight, unit.lottery_weight, unit.ladder_weight = weights
            priority[unit.members] = unit.priority(reasons.of_members(unit.members))
        return priority


def _perfect_weights(cycle: Cycle) -> FloatArray:
    """Let the score alone decide."""
    weights = np.zeros((len(REASONS), cycle.population.n_units), dtype=np.float32)
    weights[0] = 1
    return weights


def _column(weight: FloatArray, groups: Groups, members: IndexArray | None) -> FloatArray:
    """Give some members, or all, the weight of the unit; a plain number where all units weigh alike."""
    is_alike = len(weight) > 0 and bool((weight == weight[0]).all())
    spread: FloatArray = weight[0] if is_alike else groups.spread(weight) if members is None else weight.take(groups.of_member.take(members))
    return spread
