"""The members, as columns: what they carry from one year to the next, and how their merit moves.

One row is one post. A newcomer takes over the post, not the person: identifier, talent, titles and waiting time start anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.scoring.facts import Rating

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator._types import FloatArray, IndexArray, YearBits
    from simulator.model.cycle import Cycle
    from simulator.model.regime import Regime
    from simulator.population.generator import Population
    from simulator.randomness import Streams

LONGEST_WAIT = 127
_FIRST_TENURE_YEARS = 5


@dataclass(slots=True)
class Members:
    """State of the (n_members,) members between two years.

    Attributes
    ----------
    id
        int64; the key of everybody's luck. A newcomer's differs from the predecessor's.
    talent, fortune
        float32; a and z of equation 1.
    tenure_years
        int16.
    prestige
        float32; past awards by worth, fading.
    wait
        Award id → int8 years since the award was won or the member came.
    award_years
        Award id → years in which it was won.
    rating_years
        Rating → years in which the member was rated so or better.
    initiatives, earlier_initiatives
        int8; recognised and unused, of this year and of last year. Older ones are no longer put forward (assumption).
    """

    id: IndexArray
    talent: FloatArray
    fortune: FloatArray
    tenure_years: IndexArray
    prestige: FloatArray
    wait: dict[str, IndexArray]
    award_years: dict[str, YearBits]
    rating_years: dict[Rating, YearBits]
    initiatives: IndexArray
    earlier_initiatives: IndexArray

    @classmethod
    def settle(cls, population: Population, streams: Streams, *, awards: Iterable[str]) -> Members:
        """People the posts before the first year; nobody has been awarded or rated yet."""
        n = population.n_members
        member_id = np.arange(n, dtype=np.int64)
        awards = tuple(awards)
        return cls(
            id=member_id,
            talent=streams.normal("member.talent", year=0, ids=member_id),
            fortune=streams.normal("member.first-fortune", year=0, ids=member_id),
            tenure_years=np.full(n, _FIRST_TENURE_YEARS, dtype=np.int16),
            prestige=np.zeros(n, dtype=np.float32),
            wait={award: np.zeros(n, dtype=np.int8) for award in awards},
            award_years={award: np.zeros(n, dtype=np.uint32) for award in awards},
            rating_years={rating: np.zeros(n, dtype=np.uint32) for rating in Rating},
            initiatives=np.zeros(n, dtype=np.int8),
            earlier_initiatives=np.zeros(n, dtype=np.int8),
        )

    def copy(self, *, awards: Iterable[str]) -> Members:
        """Copy the state; awards the copy does not know yet start with nobody holding them."""
        blank_wait, blank_years = np.zeros(len(self.id), np.int8), np.zeros(len(self.id), np.uint32)
        return Members(
            id=self.id.copy(),
            talent=self.talent.copy(),
            fortune=self.fortune.copy(),
            tenure_years=self.tenure_years.copy(),
            prestige=self.prestige.copy(),
            wait={award: self.wait.get(award, blank_wait).copy() for award in awards},
            award_years={award: self.award_years.get(award, blank_years).copy() for award in awards},
            rating_years={rating: years.copy() for rating, years in self.rating_years.items()},
            initiatives=self.initiatives.copy(),
            earlier_initiatives=self.earlier_initiatives.copy(),
        )

    @property
    def unused_initiatives(self) -> IndexArray:
        """(n_members,) int8 initiatives that may still be put forward."""
        return self.initiatives + self.earlier_initiatives

    def open_year(self, cycle: Cycle) -> None:
        """Let everybody's memory grow by a year, and let some leave and newcomers take their posts."""
        for years in (*self.award_years.values(), *self.rating_years.values()):
            np.left_shift(years, np.uint32(1), out=years)
        self.tenure_years += np.int16(1)
        np.copyto(self.earlier_initiatives, self.initiatives)
        self.initiatives[:] = 0
        turnover = cycle.regime.behaviour.turnover
        if turnover > 0:
            leaves = cycle.is_lucky("member.leaves", self.id, turnover)
            self._replace(np.flatnonzero(leaves), cycle.streams, cycle.year)

    def _replace(self, posts: IndexArray, streams: Streams, year: int) -> None:
        newcomer = self.id[posts] + len(self.id)  # unique: identifiers of one post are congruent modulo the posts
        self.id[posts] = newcomer
        self.talent[posts] = streams.normal("member.talent", year=0, ids=newcomer)
        self.fortune[posts] = streams.normal("member.first-fortune", year=year, ids=newcomer)
        for column in (self.tenure_years, self.prestige, self.initiatives, self.earlier_initiatives):
            column[posts] = 0
        for years in (*self.wait.values(), *self.award_years.values(), *self.rating_years.values()):
            years[posts] = 0

    def merit(self, cycle: Cycle) -> FloatArray:
        """Let fortune move on, and give this year's merit (equation 1).

        M = √ω·a + √(1−ω)·z + δ·role + β_e(e − e₀), with z' = φz + √(1−φ²)ε.

        Returns
        -------
            (n_members,) float32, standard deviations.
        """
        behaviour = cycle.regime.behaviour
        persistence = behaviour.fortune_persistence
        self.fortune *= np.float32(persistence)
        self.fortune += np.float32(math.sqrt(1 - persistence**2)) * cycle.normal("member.fortune", self.id)
        merit = np.float32(math.sqrt(behaviour.merit_stability)) * self.talent
        merit += np.float32(math.sqrt(1 - behaviour.merit_stability)) * self.fortune
        merit += np.float32(cycle.regime.extra_merit_of_effort)
        if behaviour.leader_merit:
            merit += np.float32(behaviour.leader_merit) * cycle.population.is_leader
        return merit

    def use_initiatives(self, posts: IndexArray, used: IndexArray) -> None:
        """Use up initiatives, the older ones first."""
        from_earlier = np.minimum(used, self.earlier_initiatives[posts])
        self.earlier_initiatives[posts] -= from_earlier
        self.initiatives[posts] -= used - from_earlier

    def close_year(self, regime: Regime) -> None:
        """Update waits and prestige from this year's awards (equation 14, first part)."""
        self.prestige *= np.float32(regime.behaviour.prestige_decay)
        for rule in (*regime.awards, *regime.ad_hoc_awards):
            is_winner = (self.award_years[rule.id] & np.uint32(1)).astype(np.bool_)
            self.prestige[is_winner] += np.float32(rule.value)
            wait = self.wait[rule.id]
            wait += wait < LONGEST_WAIT
            wait[is_winner] = 0
