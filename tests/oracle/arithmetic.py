"""Single numbers, rounded as section 7 of the ODD says, and luck for one identifier at a time."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from simulator.randomness import PoissonTable, Streams

if TYPE_CHECKING:
    from collections.abc import Sequence

F = np.float32
ZERO, HALF, ONE = F(0), F(0.5), F(1)
SCORE_STEPS = 2**18
WIDEST_SCORE = 8
PRIORITY_STEPS = 2**22 - 1
NORMAL = NormalDist()
FOUNDING_YEAR = 0
"""Draws that last a whole life are those of this year."""


def score_step(value: float) -> int:
    steps = int(np.rint(min(max(F(value), -F(WIDEST_SCORE)), F(WIDEST_SCORE)) * F(SCORE_STEPS)))
    return min(steps, WIDEST_SCORE * SCORE_STEPS - 1)


def on_score_grid(value: float) -> F:
    return F(np.rint(F(value) * F(SCORE_STEPS)) / SCORE_STEPS)


def priority_step(value: float) -> int:
    return int(np.rint(F(value) * F(PRIORITY_STEPS)))


def to_millionth(value: float) -> float:
    """Round to 2⁻²⁰."""
    return round(value * 2**20) / 2**20


def nearest_step(value: float, steps: int, bound: float) -> int:
    """Read a number in steps of ``1 / steps`` within ``± bound``; answers in steps."""
    return int(min(max(np.rint(np.float64(value) * steps), -bound * steps), bound * steps))


def share_of_places(places: Sequence[float]) -> list[F]:
    """Turn places (0 the best) among n into shares on [0, 1], 1 the best."""
    n = len(places)
    return [HALF if n == 1 else F(n - 1 - place) / F(n - 1) for place in places]


def rank_shares(values: Sequence[float], ties: Sequence[int]) -> list[F]:
    """R of scores and lots: equals are parted."""
    keys = [(-score_step(value), tie) for value, tie in zip(values, ties, strict=True)]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    places = [0] * len(keys)
    for place, index in enumerate(order):
        places[index] = place
    return share_of_places(places)


def tied_rank_shares(values: Sequence[float]) -> list[F]:
    """R of waits, posts and prestige: equals share the middle of their places."""
    return share_of_places([sum(other > value for other in values) + (sum(other == value for other in values) - 1) / 2 for value in values])


class Luck:
    """The random numbers of the house, asked for one at a time."""

    def __init__(self, seed: int):
        self._streams = Streams(seed)
        self._tables: dict[tuple[float, float], PoissonTable] = {}

    @staticmethod
    def _key(identity: int):
        return np.array([identity], dtype=np.int64)

    def normal(self, stream: str, year: int, identity: int) -> F:
        return F(self._streams.normal(stream, year=year, ids=self._key(identity))[0])

    def uniform(self, stream: str, year: int, identity: int) -> F:
        return F(self._streams.uniform(stream, year=year, ids=self._key(identity))[0])

    def exponential(self, stream: str, year: int, identity: int) -> F:
        return F(self._streams.exponential(stream, year=year, ids=self._key(identity))[0])

    def chance(self, stream: str, year: int, identity: int, probability: float) -> bool:
        return bool(self._streams.is_lucky(stream, year=year, ids=self._key(identity), probability=probability)[0])

    def low_bits(self, stream: str, year: int, identity: int) -> int:
        """Give the lowest sixteen of the bits drawn."""
        return int(self._streams.bits(stream, year=year, ids=self._key(identity))[0]) % 2**16

    def tie(self, year: int, identity: int) -> int:
        return int(self._streams.tie_break(year=year, ids=self._key(identity))[0])

    def poisson(self, stream: str, year: int, identity: int, means: tuple[float, ...], row: int) -> int:
        table = self._tables.get(means)
        if table is None:
            table = self._tables[means] = PoissonTable.of_means(means)
        return int(self._streams.poisson(stream, table, year=year, ids=self._key(identity), row=np.array([row]))[0])


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def at_least_of(needed: int, members: int, chance: float) -> float:
    """Give the chance that so many of the members say yes."""
    return sum(math.comb(members, yes) * chance**yes * (1 - chance) ** (members - yes) for yes in range(needed, members + 1))
