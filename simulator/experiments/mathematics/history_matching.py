"""Rule out the assumptions under which the model does not show known patterns (model.md D; Craig and others 1997, McCulloch and others 2022).

A set of numbers is ruled out when max |z − E| / √(V_obs + V_disc + V_seed) > 3 over the patterns: z the target, E what the model gives, and V what is not
known of the target, of the model and of its luck. Runs fill the space; a quadratic emulator fitted to them (whose own variance is added) tells where the
next wave has to look. What is left after the last wave is all that can be said: a number whose range is as wide as before is *not identified*.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.mathematics.emulator import QuadraticEmulator
from simulator.experiments.mathematics.space_filling import MOST_BATCHES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.experiments.mathematics.space_filling import Observe, Space

N_LEFT: Final = 1000
NOT_NARROWED: Final = 0.1
"""A number is not identified when less than so much of its range has gone."""
_CENTRAL: Final = 0.95
_N_NEAREST: Final = 50


@dataclass(frozen=True)
class Targets:
    """What the patterns should read.

    Attributes
    ----------
    centre
        (k,) z.
    variance
        (k,) V_obs + V_disc + V_seed.
    limit
        Largest implausibility that is not ruled out.
    """

    centre: FloatArray
    variance: FloatArray
    limit: float = 3.0

    def implausibility(self, outputs: FloatArray, added_variance: FloatArray | float = 0.0) -> FloatArray:
        """(n, k) standard deviations between (n, k) outputs and the targets; 0 where nothing could be read, for that rules nothing out."""
        apart: FloatArray = np.abs(outputs - self.centre) / np.sqrt(self.variance + added_variance)
        return np.nan_to_num(apart, nan=0.0)


@dataclass(frozen=True)
class Wave:
    """One wave of runs.

    Attributes
    ----------
    points
        (n, d) where the runs were made, on the cube.
    outputs
        (n, k) what they gave.
    implausibility
        (n,) the largest of each run.
    emulator
        Fitted to these runs.
    share_left
        Share of the possible space that no emulator so far rules out.
    """

    points: FloatArray
    outputs: FloatArray
    implausibility: FloatArray
    emulator: QuadraticEmulator
    share_left: float


@dataclass(frozen=True)
class Matching:
    """What matching came to.

    Attributes
    ----------
    space, targets
        What was searched, and for what.
    waves
        The waves, in order.
    region
        (n, d) points that fill what is left; none where everything is ruled out.
    """

    space: Space
    targets: Targets
    waves: tuple[Wave, ...]
    region: FloatArray

    def are_left(self, points: FloatArray) -> BoolArray:
        """(n,) whether no emulator rules out (n, d) points."""
        return _are_left(points, self.targets, self.waves)

    @property
    def confirmed(self) -> FloatArray:
        """(n, d) points of all waves whose own runs are not ruled out."""
        return np.vstack([wave.points[wave.implausibility <= self.targets.limit] for wave in self.waves])


@dataclass(frozen=True)
class Left:
    """What is left of the range of one number.

    Attributes
    ----------
    name
        The number.
    low, high
        Ends of what is left.
    low_central, high_central
        Ends of the middle 95 % of it.
    narrowed
        Part of the range that has gone, by the middle 95 %; below 0 where what is left lies at both ends.
    """

    name: str
    low: float
    high: float
    low_central: float
    high_central: float
    narrowed: float

    @property
    def is_identified(self) -> bool:
        """Whether the patterns say anything about it by itself."""
        return self.narrowed >= NOT_NARROWED


def match_history(space: Space, observe: Observe, targets: Targets, *, n_points: int, n_waves: int, seed: int) -> Matching:
    """Run waves of points, each where those before have ruled nothing out.

    Parameters
    ----------
    space
        The numbers and their ranges.
    observe
        What the model gives, on the scales of the targets.
    targets
        What it should give.
    n_points
        Runs of a wave; the last waves may have fewer, where less is left than they would fill.
    n_waves
        How many waves.
    seed
        Where the points lie follows from it.
    """
    waves: list[Wave] = []
    points = space.fill(n_points, seed)
    region = points[:0]
    for number in range(n_waves):
        outputs = observe([space.numbers_at(point) for point in points])
        emulator = QuadraticEmulator(points, outputs)
        worst = targets.implausibility(outputs).max(axis=1)
        waves.append(Wave(points, outputs, worst, emulator, share_left=0.0))
        region, share = _what_is_left(space, targets, waves, seed + number + 1)
        waves[-1] = replace(waves[-1], share_left=share)
        points = region[:n_points]
        if not len(points):
            break
    return Matching(space, targets, tuple(waves), region)


def left_of_ranges(matching: Matching) -> list[Left]:
    """Tell what is left of each range, number after number; nothing where everything is ruled out."""
    space, region = matching.space, matching.region
    if not len(region):
        return []
    tail = (1 - _CENTRAL) / 2
    ends = np.quantile(region, [tail, 1 - tail], axis=0)
    width = space.high - space.low
    return [
        Left(
            name=name,
            low=float(space.low[i] + region[:, i].min() * width[i]),
            high=float(space.low[i] + region[:, i].max() * width[i]),
            low_central=float(space.low[i] + ends[0, i] * width[i]),
            high_central=float(space.low[i] + ends[1, i] * width[i]),
            narrowed=float(1 - (ends[1, i] - ends[0, i]) / _CENTRAL),
        )
        for i, name in enumerate(space.names)
    ]


def pairs_that_trade(matching: Matching, least: float = 0.3) -> list[tuple[str, str, float]]:
    """Name the pairs of numbers of which one can make up for the other: (name, name, correlation over what is left), the closest first."""
    if len(matching.region) < _N_NEAREST:
        return []
    correlation = np.atleast_2d(np.corrcoef(matching.region, rowvar=False))
    names = matching.space.names
    pairs = [(names[i], names[j], float(correlation[i, j])) for i in range(len(names)) for j in range(i) if abs(correlation[i, j]) >= least]
    return sorted(pairs, key=lambda pair: -abs(pair[2]))


def smallest_change(matching: Matching, start: FloatArray) -> FloatArray | None:
    """Find a point not ruled out that differs from a (d,) point in as few numbers as possible.

    From each of the nearest points left, numbers go back to where they were, the smallest moves first, as long as nothing rules that out. What has to move
    then goes where the patterns fit best.
    """
    region = matching.confirmed if len(matching.confirmed) else matching.region
    region = region[matching.are_left(region)]
    if not len(region):
        return None
    by_distance = np.argsort(np.abs(region - start).sum(axis=1), kind="stable")[:_N_NEAREST]
    changed = [_go_back(matching, point.copy(), start) for point in region[by_distance]]
    fewest = min(changed, key=lambda point: (int((point != start).sum()), float(np.abs(point - start).sum())))
    return _best_among(matching, fewest, np.flatnonzero(fewest != start))


def _best_among(matching: Matching, point: FloatArray, numbers: IndexArray) -> FloatArray:
    """Move the numbers changed to where the patterns fit best by the last emulator, in the sum of squares, if that is not ruled out."""
    if not len(numbers):
        return point
    candidates = np.tile(point, (N_LEFT, 1))
    candidates[:, numbers] = np.resize(matching.region[:, numbers], (N_LEFT, len(numbers)))
    candidates = np.vstack([point, candidates])
    candidates = candidates[matching.space.are_possible(candidates) & matching.are_left(candidates)]
    apart = matching.targets.implausibility(matching.waves[-1].emulator.predict(candidates))
    best: FloatArray = candidates[np.argmin((apart**2).sum(axis=1))]
    return best


def _go_back(matching: Matching, point: FloatArray, start: FloatArray) -> FloatArray:
    for number in np.argsort(np.abs(point - start), kind="stable"):
        tried = point.copy()
        tried[number] = start[number]
        if matching.space.are_possible(tried[None])[0] and matching.are_left(tried[None])[0]:
            point = tried
    return point


def _are_left(points: FloatArray, targets: Targets, waves: Sequence[Wave]) -> BoolArray:
    is_left = np.ones(len(points), dtype=np.bool_)
    for wave in waves:
        rest = np.flatnonzero(is_left)
        worst = targets.implausibility(wave.emulator.predict(points[rest]), wave.emulator.variance).max(axis=1, initial=0.0)
        is_left[rest] = worst <= targets.limit
    return is_left


def _what_is_left(space: Space, targets: Targets, waves: Sequence[Wave], seed: int) -> tuple[FloatArray, float]:
    """Look for points not ruled out: (n, d), and the share of the possible points looked at."""
    found, n_looked, n_found = [], 0, 0
    for batch in islice(space.batches(seed), MOST_BATCHES):
        kept = batch[_are_left(batch, targets, waves)]
        found.append(kept)
        n_looked, n_found = n_looked + len(batch), n_found + len(kept)
        if n_found >= N_LEFT:
            break
    return np.vstack(found), n_found / max(n_looked, 1)
