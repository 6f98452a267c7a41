"""Lists in which it is known how awards were given, because they were given here: so many by turn, so much for a post, the rest by merit as appraisers see it.

Nothing of the model is used but how merit is made and seen (equations 1 and 3), so that what a test finds in such a list can be held against what was planted
in it. Everybody of a unit is a candidate. Lists of one seed have the same people and the same luck, whatever is planted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import History, Role
from simulator.randomness import child_seed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.experiments.power.layouts import Layout
    from simulator.experiments.power.results import Way

AWARD: Final = "focus"
_YEARS_BEFORE: Final = 8
"""Years lived before the list begins, so that queues are as they always are."""
_LONGEST_WAIT: Final = 40
_TINY: Final = 1e-9


@dataclass(frozen=True)
class Society:
    """What people are like, and how well appraisers see it.

    Attributes
    ----------
    merit_stability, fortune_persistence
        ω and φ of equation 1.
    appraisal_reliability
        Reliability of the appraisal by which awards are given, and of the rating that stands in the list.
    turnover
        Chance that a member is replaced in a year.
    """

    merit_stability: float
    fortune_persistence: float
    appraisal_reliability: float
    turnover: float


@dataclass(frozen=True)
class Planted:
    """What is planted in a list.

    Attributes
    ----------
    turn
        The weight of turns in every choice, or the share of unit-years in which they decide alone.
    way
        Which of the two; ``strict`` where nothing but turns decides, ``none`` where they never do, and ``lot`` where everybody has the same chance.
    post_bonus
        What a leading post adds to the score of a file, in standard deviations of merit.
    leader_merit
        By how much leaders are truly better.
    """

    turn: float = 0.0
    way: Way = "none"
    post_bonus: float = 0.0
    leader_merit: float = 0.0


def plant(layout: Layout, society: Society, planted: Planted, *, n_units: int, n_years: int, seed: int, is_cut: bool = False) -> History:
    """Write a list of so many units, drawn from a layout, and so many years; ``merit`` is what people truly did, and the rating is among ``references``.

    Units are drawn with replacement, unless the list has as many as the layout: then it is the layout's own. One that will be cut into smaller lists (``is_cut``) is
    always drawn: a layout has units of a kind side by side.
    """
    people = np.random.Generator(np.random.PCG64(child_seed(seed, 1)))
    drawn = np.arange(n_units) if n_units == layout.n_units and not is_cut else people.integers(layout.n_units, size=n_units)
    return _World(layout, drawn, society, seed).live(planted, n_years)


class _World:
    """People in their units, year after year."""

    def __init__(self, layout: Layout, drawn: IndexArray, society: Society, seed: int) -> None:
        self.society = society
        size = layout.size[drawn]
        self.unit = np.repeat(np.arange(len(drawn)), size)
        self.start = np.cumsum(size) - size
        self.n = len(self.unit)
        place_in_unit = np.arange(self.n) - self.start[self.unit]
        self.is_leader = place_in_unit < layout.n_leaders[drawn][self.unit]
        self.role = np.where(place_in_unit == 0, Role.HEAD, Role.DEPUTY)
        self.role = np.where(self.is_leader, self.role, Role.STAFF).astype(np.int8)
        self.of_others = np.maximum(size - 1, 1)[self.unit].astype(np.float64)
        self.luck = np.random.Generator(np.random.PCG64(child_seed(seed, 2)))
        first = self.luck.integers(layout.n_years, size=len(drawn))
        self.places = layout.places[drawn][np.arange(len(drawn))[:, None], (first[:, None] + np.arange(layout.n_years)) % layout.n_years]

    def live(self, planted: Planted, n_years: int) -> History:
        """Live through the years before, and write down those of the list."""
        n, luck, society = self.n, self.luck, self.society
        omega, phi = society.merit_stability, society.fortune_persistence
        noise = np.sqrt(1 / society.appraisal_reliability - 1)
        talent, fortune = luck.standard_normal(n), luck.standard_normal(n)
        member = np.arange(n)
        waits = luck.integers(1, np.maximum(2 * self.of_others / np.maximum(self.places.mean(axis=1)[self.unit], 1.0), 2.0).astype(np.int64) + 1)
        years = []
        for year in range(-_YEARS_BEFORE, n_years):
            # As many draws in every year, whoever comes and whatever is planted: so that lists of one seed can be held against each other.
            is_new = luck.random(n) < society.turnover
            newcomers = luck.standard_normal((2, n))
            talent, fortune = np.where(is_new, newcomers[0], talent), np.where(is_new, newcomers[1], fortune)
            member = np.where(is_new, member + n, member)
            waits = np.where(is_new, 0, np.minimum(waits, _LONGEST_WAIT))
            fortune = phi * fortune + np.sqrt(1 - phi**2) * luck.standard_normal(n)
            merit = np.sqrt(omega) * talent + np.sqrt(1 - omega) * fortune + planted.leader_merit * self.is_leader
            seen, rating = (merit + noise * luck.standard_normal(n) for _ in range(2))
            lot, decides = luck.random(n), luck.random(len(self.start))
            is_awarded = self._choose(planted, seen + planted.post_bonus * self.is_leader, waits, lot, decides, year)
            waits = np.where(is_awarded, 0, waits + 1)
            if year >= 0:
                years.append((year, member, merit, rating, is_awarded))
        return self._history(years)

    def _choose(self, planted: Planted, score: FloatArray, waits: IndexArray, lot: FloatArray, decides: FloatArray, year: int) -> BoolArray:
        n_places = self.places[:, year % self.places.shape[1]]
        in_line = waits + lot  # equals draw lots
        match planted.way:
            case "none":
                key = score
            case "lot":
                key = lot
            case "strict":
                key = in_line
            case "whole-years":
                key = np.where((decides < planted.turn)[self.unit], in_line, score)
            case "weighed":
                key = (1 - planted.turn) * self._rank(score) + planted.turn * self._rank(waits.astype(np.float64)) + _TINY * lot
        return self._best(key, n_places)

    def _order(self, key: FloatArray) -> IndexArray:
        """Sort each unit's rows, the lowest first."""
        return np.lexsort((key, self.unit))

    def _rank(self, key: FloatArray) -> FloatArray:
        """(n,) rank inside the unit, from 0 to 1; equals share the middle."""
        order = self._order(key)
        place = np.empty(self.n)
        place[order] = np.arange(self.n) - self.start[self.unit]
        is_new = np.ones(self.n, dtype=np.bool_)
        is_new[1:] = (np.diff(key[order]) != 0) | (np.diff(self.unit[order]) != 0)
        run = np.cumsum(is_new) - 1
        mean = np.bincount(run, weights=place[order]) / np.bincount(run)
        shared = np.empty(self.n)
        shared[order] = mean[run]
        return shared / self.of_others

    def _best(self, key: FloatArray, n_places: IndexArray) -> BoolArray:
        order = self._order(-key)
        is_best = np.empty(self.n, dtype=np.bool_)
        is_best[order] = np.arange(self.n) - self.start[self.unit] < n_places[self.unit]
        return is_best

    def _history(self, years: Iterable[tuple[int, IndexArray, FloatArray, FloatArray, BoolArray]]) -> History:
        number, member, merit, rating, is_awarded = zip(*years, strict=True)
        return History(
            year=np.repeat(np.array(number), self.n),
            unit=np.tile(self.unit, len(number)),
            member=np.concatenate(member),
            role=np.tile(self.role, len(number)),
            focus_award=AWARD,
            awards={AWARD: np.concatenate(is_awarded)},
            merit=np.concatenate(merit),
            references={"rating": np.concatenate(rating)},
            n_history_years=0,
            knows_direct=False,
        )
