"""Find a box of inputs in which cases gather: patient rule induction (Friedman and Fisher 1999), by peeling and pasting.

From the whole space, a thin slice is peeled off again and again, whichever leaves most cases for each point that goes; then slices are pasted back where that
leaves still more. Numbers are peeled at either end, choices one by one. Slices are small, so that a wrong one costs little.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator._types import BoolArray, FloatArray, IndexArray

SLICE: Final = 0.05
"""Share of the points in the box that a slice takes, at least one."""
SMALLEST: Final = 0.05
"""No box holds a smaller share of all points."""


class Limit(NamedTuple):
    """One end of a number, or all choices of an input: what can be taken off a box alone. ``side`` is ``low``, ``high`` or ``among``."""

    side: str
    column: int


@dataclass(frozen=True)
class Points:
    """Points, and which of them are cases.

    Attributes
    ----------
    numbers
        (n, d) inputs that are numbers.
    choices
        (n, c) inputs that are one of a few things, counted from 0.
    is_case
        (n,) which points are looked for.
    """

    numbers: FloatArray
    choices: IndexArray
    is_case: BoolArray

    def some(self, which: BoolArray) -> Points:
        """Give some of the points."""
        return Points(self.numbers[which], self.choices[which], self.is_case[which])


@dataclass(frozen=True)
class Box:
    """A part of the space: a range of each number, and some of the choices.

    Attributes
    ----------
    low, high
        (d,) ends of each range, both inside; infinite where nothing is asked.
    among
        For each input of choices, those that lie inside; ``None`` where all do.
    """

    low: FloatArray
    high: FloatArray
    among: tuple[frozenset[int] | None, ...]

    @classmethod
    def whole(cls, points: Points) -> Box:
        """Give the box that asks nothing."""
        d, c = points.numbers.shape[1], points.choices.shape[1]
        return cls(np.full(d, -np.inf), np.full(d, np.inf), (None,) * c)

    def holds(self, points: Points) -> BoolArray:
        """(n,) which points lie inside."""
        inside: BoolArray = np.asarray(self.meets(points).all(axis=1))
        return inside

    def meets(self, points: Points) -> BoolArray:
        """(n, n_limits) which points meet each of the limits, in their order."""
        met = np.ones((len(points.is_case), len(self.limits())), dtype=np.bool_)
        for place, (side, column) in enumerate(self.limits()):
            if side == "among":
                met[:, place] = np.isin(points.choices[:, column], sorted(self.among[column] or ()))
            elif side == "low":
                met[:, place] = points.numbers[:, column] >= self.low[column]
            else:
                met[:, place] = points.numbers[:, column] <= self.high[column]
        return met

    def limits(self) -> list[Limit]:
        """List what the box asks, in the order of the inputs."""
        asked = np.isfinite(np.stack([self.low, self.high], axis=1))
        ends = [Limit(("low", "high")[end], column) for column, end in np.argwhere(asked).tolist()]
        return ends + [Limit("among", column) for column, among in enumerate(self.among) if among is not None]

    def without(self, limit: Limit) -> Box:
        """Give the box that does not ask this."""
        if limit.side == "among":
            return self.choosing(limit.column, None)
        return self.at(limit.side, limit.column, -np.inf if limit.side == "low" else np.inf)

    def at(self, side: str, column: int, value: float) -> Box:
        """Give the box with another end of one range."""
        ends = getattr(self, side).copy()
        ends[column] = value
        return replace(self, low=ends) if side == "low" else replace(self, high=ends)

    def choosing(self, column: int, among: frozenset[int] | None) -> Box:
        """Give the box with other choices of one input."""
        return replace(self, among=(*self.among[:column], among, *self.among[column + 1 :]))

    def n_inputs(self) -> int:
        """Count the inputs of which something is asked."""
        return int((np.isfinite(self.low) | np.isfinite(self.high)).sum()) + sum(among is not None for among in self.among)


class _Change(NamedTuple):
    """A way to change a box: how many points move across its edge, how many cases among them, and what makes the box it becomes."""

    moved: int
    cases: int
    box: Callable[[], Box]


def peel(points: Points) -> list[Box]:
    """Peel the whole space as long as that leaves a larger share of cases, then paste.

    Returns
    -------
        Every box on the way, the whole space first.
    """
    n_choices = [int(column.max()) + 1 for column in points.choices.T] if len(points.choices) else [0] * points.choices.shape[1]
    boxes = [Box.whole(points)]
    while True:
        inside = points.some(boxes[-1].holds(points))
        best = _best(_slices(inside, boxes[-1], n_choices), inside, -1)
        if best is None or (len(inside.is_case) - best.moved) < SMALLEST * len(points.is_case):
            break
        boxes.append(best.box())
    while (wider := paste(points, boxes[-1])) is not None:
        boxes.append(wider)
    return boxes


def paste(points: Points, box: Box) -> Box | None:
    """Paste a slice back where that leaves a larger share of cases; ``None`` where none does."""
    best = _best(_margins(points, box), points.some(box.holds(points)), 1)
    return None if best is None else best.box()


def _best(changes: Iterator[_Change], inside: Points, sign: int) -> _Change | None:
    """Choose the change that raises the share of cases most for each point that moves; of equals, the one that asks least, then the first."""
    n, cases = len(inside.is_case), int(inside.is_case.sum())
    found: tuple[float, int] = (0.0, 0)
    best = None
    for change in changes:
        left = n + sign * change.moved
        if not change.moved or not left:
            continue
        gain = ((cases + sign * change.cases) / left - cases / n) / change.moved
        if gain <= 0 or gain < found[0]:
            continue
        rank = (gain, -change.box().n_inputs())
        if best is None or rank > found:
            found, best = rank, change
    return best


def _slices(inside: Points, box: Box, n_choices: list[int]) -> Iterator[_Change]:
    """Give every slice that can be peeled off."""
    n = len(inside.is_case)
    thickness = int(SLICE * (n - 1)) + 1
    order = np.argsort(inside.numbers, axis=0, kind="stable")
    for column, places in enumerate(order.T):
        ranked, cases = inside.numbers[places, column], inside.is_case[places]
        first = int(np.searchsorted(ranked, ranked[n - thickness], "left"))  # equals go together
        if first:
            yield _Change(
                n - first, int(np.count_nonzero(cases[first:])), partial(box.at, "high", column, _between(ranked[first - 1], ranked[first]))
            )
        last = int(np.searchsorted(ranked, ranked[thickness - 1], "right"))
        if last < n:
            yield _Change(last, int(np.count_nonzero(cases[:last])), partial(box.at, "low", column, _between(ranked[last - 1], ranked[last])))
    for column, n_kinds in enumerate(n_choices):
        left = box.among[column] or frozenset(range(n_kinds))
        for kind in sorted(left) if len(left) > 1 else ():
            goes = inside.choices[:, column] == kind
            yield _Change(int(goes.sum()), int(inside.is_case[goes].sum()), partial(box.choosing, column, left - {kind}))


def _margins(points: Points, box: Box) -> Iterator[_Change]:
    """Give every slice that can be pasted on."""
    limits, met = box.limits(), box.meets(points)
    misses_one = (~met).sum(axis=1) == 1
    for place, limit in enumerate(limits):
        outside = points.some(misses_one & ~met[:, place])
        if limit.side == "among":
            among = box.among[limit.column] or frozenset()
            for kind in np.unique(outside.choices[:, limit.column]).tolist():
                comes = outside.choices[:, limit.column] == kind
                yield _Change(int(comes.sum()), int(outside.is_case[comes].sum()), partial(box.choosing, limit.column, among | {kind}))
            continue
        beyond = outside.numbers[:, limit.column]
        if limit.side == "low":
            beyond = -beyond
        chosen = beyond >= (-box.low[limit.column] if limit.side == "low" else box.high[limit.column])
        beyond, is_case = beyond[chosen], outside.is_case[chosen]
        if not len(beyond):
            continue
        order = np.argsort(beyond, kind="stable")
        ranked = beyond[order]
        last = int(np.searchsorted(ranked, ranked[int(SLICE * (len(ranked) - 1))], "right"))
        edge = _between(ranked[last - 1], ranked[last]) if last < len(ranked) else np.inf
        end = -edge if limit.side == "low" else edge
        yield _Change(last, int(is_case[order][:last].sum()), partial(box.at, limit.side, limit.column, end))


def _between(one: float, other: float) -> float:
    return float((one + other) / 2)
