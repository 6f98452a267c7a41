"""Points that fill a space of assumed numbers, and what one number at a time does to what is read (Morris 1991, one at a time from several bases).

Points lie on the unit cube, 0 the low and 1 the high end of each range; a place in it counts as possible unless the space says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray

Observe: TypeAlias = "Callable[[Sequence[Mapping[str, float]]], FloatArray]"
"""Turns sets of numbers into (n_points, n_outputs) of what is read under them; NaN where nothing can be read."""
_BATCH: Final = 13  # a batch of candidates is 2 to this power
MOST_BATCHES: Final = 128
_ASKED_TOGETHER: Final = 64
_HALF: Final = 0.5
_ROUNDING_ERROR: Final = 1e-9


@dataclass(frozen=True)
class Space:
    """The numbers searched, and their ranges.

    Attributes
    ----------
    names
        (d,) numbers.
    low, high
        (d,) ends of their ranges.
    is_possible
        Says of one set of numbers whether it makes sense; by default all do.
    """

    names: tuple[str, ...]
    low: FloatArray
    high: FloatArray
    is_possible: Callable[[Mapping[str, float]], bool] | None = None

    def numbers_at(self, point: FloatArray) -> dict[str, float]:
        """Give the numbers at a (d,) point of the cube."""
        return dict(zip(self.names, (self.low + point * (self.high - self.low)).tolist(), strict=True))

    def point_of(self, numbers: Mapping[str, float]) -> FloatArray:
        """Give the (d,) point at which the numbers have these values."""
        values = np.array([numbers[name] for name in self.names])
        point: FloatArray = (values - self.low) / (self.high - self.low)
        return point

    def are_possible(self, points: FloatArray) -> BoolArray:
        """(n,) whether each of (n, d) points makes sense."""
        if self.is_possible is None:
            return np.ones(len(points), dtype=np.bool_)
        return np.array([self.is_possible(self.numbers_at(point)) for point in points], dtype=np.bool_)

    def batches(self, seed: int) -> Iterator[FloatArray]:
        """Yield batches of possible points, each (n, d), from one scrambled Sobol sequence."""
        for batch in self._candidates(seed):
            yield batch[self.are_possible(batch)]

    def fill(self, n_points: int, seed: int) -> FloatArray:
        """Give (n_points, d) possible points, spread evenly; fewer where next to nothing is possible."""
        found: list[FloatArray] = [np.empty((0, len(self.names)))]
        for batch in islice(self._candidates(seed), MOST_BATCHES):
            # Asked some at a time: whether a point makes sense takes longer than to find it, and few may be wanted.
            for first in range(0, len(batch), _ASKED_TOGETHER):
                some = batch[first : first + _ASKED_TOGETHER]
                found.append(some[self.are_possible(some)])
                if sum(map(len, found)) >= n_points:
                    return np.vstack(found)[:n_points]
        return np.vstack(found)

    def _candidates(self, seed: int) -> Iterator[FloatArray]:
        from scipy.stats import qmc  # noqa: PLC0415  # slow to load; who only reads results, as a report does, needs none

        sequence = qmc.Sobol(len(self.names), rng=np.random.default_rng(seed))
        while True:
            yield sequence.random(2**_BATCH)


def positions(places: FloatArray, levels: int) -> IndexArray:
    """(n,) position of a number of values without an order, which divide the range evenly; the far end of the range leads back to the first.

    So six evenly spaced places reach five values, and a step of three of them never leaves one as it was.
    """
    position: IndexArray = np.floor(levels * places + _ROUNDING_ERROR).astype(np.intp) % levels
    return position


def elementary_effects(space: Space, observe: Observe, bases: FloatArray) -> FloatArray:
    """Move every number alone, from each base to the farther end of its range, and see what that does.

    Parameters
    ----------
    space
        The numbers.
    observe
        What is read.
    bases
        (n_bases, d) points to start from.

    Returns
    -------
        (d, n_outputs) mean size of the change, scaled to the whole range of the number; moves to what is not possible count in no mean, and a number that
        cannot be moved at all has no effect.
    """
    n_numbers = len(space.names)
    points, steps = [], []
    for base in bases:
        points.append(base)
        for number in range(n_numbers):
            end = 0.0 if base[number] > _HALF else 1.0
            moved = base.copy()
            moved[number] = end
            points.append(moved)
            steps.append(abs(end - base[number]))
    placed = np.array(points)
    may_run = space.are_possible(placed)
    read = observe([space.numbers_at(point) for point in placed[may_run]])
    outputs = np.full((len(placed), read.shape[1]), np.nan)
    outputs[may_run] = read
    by_base = outputs.reshape(len(bases), n_numbers + 1, -1)
    change = np.abs(by_base[:, 1:] - by_base[:, :1]) / np.array(steps).reshape(len(bases), n_numbers, 1)
    n_known = (~np.isnan(change)).sum(axis=0)
    effects: FloatArray = np.nansum(change, axis=0) / np.maximum(n_known, 1)
    return effects
