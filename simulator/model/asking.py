"""What a unit asks a higher authority for, member by member (equation 15)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.council import Council
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.regime import AwardRule


@dataclass(frozen=True, slots=True)
class Asking:
    """How units of a year ask for one award.

    Attributes
    ----------
    bar
        (n_members,), or (1,) for all, float32 lowest score of a file that earns it: the bar of the award when it was last decided; −∞ when it never was.
    steps_up
        (n_candidates,) for whom the unit asks only for more than the member has had; ``None``: for nobody.
    is_above
        (n_candidates,) whether the award is above the highest level the member had when the year began; ``None`` with ``steps_up``.
    candidates
        Ascending positions of those to whom the award is open, who are mostly few: nobody else is told of. ``None``: everybody.
    """

    bar: FloatArray
    steps_up: BoolArray | None = None
    is_above: BoolArray | None = None
    candidates: IndexArray | None = None

    def among(self, positions: IndexArray) -> Asking:
        """Say the same of some of the candidates only."""
        bar = self.bar if len(self.bar) == 1 else self.bar[positions]
        if self.steps_up is None or self.is_above is None:
            return Asking(bar)
        place = positions if self.candidates is None else np.searchsorted(self.candidates, positions)
        return Asking(bar, self.steps_up[place], self.is_above[place])

    def is_asked_for(self, score: FloatArray) -> BoolArray:
        """Tell for whom the units ask, given the scores of the files: (n_members,) bool."""
        is_earned = score >= self.bar
        if self.steps_up is None or self.is_above is None:
            return is_earned
        return np.where(self.steps_up, self.is_above, is_earned)


def ask_for(rule: AwardRule, cycle: Cycle, council: Council, is_open: BoolArray | None = None) -> Asking | None:
    """Find out how units ask for an award this year; ``None`` when they ask for everybody whom the rules allow.

    Units ask only higher authorities. With the chance of escalation a unit asks only for what is above the member's highest level so far (no step
    down); otherwise for what the score earns, by the bar they know: last year's.

    Parameters
    ----------
    rule, cycle, council
        The award, the state of the year, and the council of the award.
    is_open
        (n_members,) to whom the rules leave the award open; luck is drawn for nobody else. Everybody by default.
    """
    if cycle.is_perfect or not rule.is_asked_for:
        return None
    last_bar = council.last_bar(rule).astype(np.float32)
    population = cycle.population
    bar = last_bar if len(last_bar) == 1 else population.posts.spread(last_bar)
    if cycle.is_somewhere(lambda regime: regime.behaviour.escalation):
        candidates = None if is_open is None else np.flatnonzero(is_open)
        ids, top_level = cycle.members.id, cycle.members.top_level
        if candidates is not None:
            ids, top_level = ids.take(candidates), top_level.take(candidates)
        escalation = cycle.in_64_bits(lambda regime: regime.behaviour.escalation, candidates)
        return Asking(bar, cycle.is_lucky("unit.asks-a-step-up", ids, escalation), rule.level > top_level, candidates)
    return Asking(bar) if (last_bar > -math.inf).any() else None


def is_asked_for(rule: AwardRule, files: Files, cycle: Cycle, council: Council) -> BoolArray:
    """Tell for whom the units ask this year: (n_members,) bool."""
    asking = ask_for(rule, cycle, council)
    return np.ones(len(files.score), dtype=np.bool_) if asking is None else asking.is_asked_for(files.score)
