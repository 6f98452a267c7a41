"""Choose a box that says where cases gather, and say how far it can be trusted.

Coverage is the share of all cases that lie inside, density the share of cases among the points inside; both should reach 0.7. A restriction stays only while
its quasi-p-value is small: how often as many cases would lie inside by chance if it did nothing (Bryant and Lempert 2010). That says little where a box was looked
for among many inputs. So boxes are also found without a fifth of the points in turn, and counted on that fifth: where they gather no more cases there than
chance would, there is no box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.mathematics.peeling import Box, Limit, paste, peel
from simulator.experiments.mathematics.statistics import LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import BoolArray, FloatArray
    from simulator.experiments.mathematics.peeling import Points

AIM: Final = 0.7
"""Coverage and density a box should reach."""
RESTRICTION_LEVEL: Final = 0.05
"""A restriction whose quasi-p-value is larger is dropped."""
FOLDS: Final = 5
_STEPS: Final = (1, 2, 5)
_STEPS_IN_RANGE: Final = 50
_NEARLY: Final = 0.03
"""A box is taken for a simpler one of about the same worth."""


@dataclass(frozen=True)
class Fit:
    """How well a box tells cases apart.

    Attributes
    ----------
    inside, cases_inside, cases
        Points inside, cases among them, and all cases.
    """

    inside: int
    cases_inside: int
    cases: int

    @classmethod
    def of(cls, box: Box, points: Points) -> Fit:
        """Count."""
        holds = box.holds(points)
        return cls(int(holds.sum()), int(points.is_case[holds].sum()), int(points.is_case.sum()))

    @property
    def coverage(self) -> float:
        """Share of the cases that lie inside; 0 where there are none."""
        return self.cases_inside / max(self.cases, 1)

    @property
    def density(self) -> float:
        """Share of the points inside that are cases; 0 where none lies inside."""
        return self.cases_inside / max(self.inside, 1)

    @property
    def reaches(self) -> bool:
        """Whether both are as they should be."""
        return self.coverage >= AIM and self.density >= AIM

    @property
    def worth(self) -> float:
        """The smaller of both: a box is no better than the worse of its sides."""
        return min(self.coverage, self.density)


@dataclass(frozen=True)
class Discovery:
    """A box, how well it fits, how well such boxes fit points left out, and the quasi-p-value of each restriction."""

    box: Box
    fit: Fit
    left_out: Fit
    quasi_p: dict[Limit, float]

    @property
    def is_reached(self) -> bool:
        """Whether coverage and density are as they should be, also on points left out."""
        return self.fit.reaches and self.left_out.reaches


def discover(points: Points, ranges: Sequence[float]) -> Discovery | None:
    """Find the box in which cases gather.

    Parameters
    ----------
    points
        The points.
    ranges
        (d,) width of the range of each number: the ends of a box are rounded to about a fiftieth of it, so that what is written is what was counted.

    Returns
    -------
        ``None`` where no box is told from chance.
    """
    box = find_box(points, ranges)
    if box is None:
        return None
    left_out = _fit_left_out(points, ranges)
    if chance_of(left_out, points) > LEVEL:
        return None
    return Discovery(box, Fit.of(box, points), left_out, quasi_p(box, points))


def chance_of(left_out: Fit, points: Points) -> float:
    """Give how often so many cases or more would lie among so many of the points if these were taken blindly."""
    from scipy.stats import hypergeom  # noqa: PLC0415  # a slow import; who only reads a study does without

    return float(hypergeom.sf(left_out.cases_inside - 1, len(points.is_case), left_out.cases, left_out.inside))


def find_box(points: Points, ranges: Sequence[float]) -> Box | None:
    """Peel, drop from each box on the way what is not told from chance, and choose.

    Of boxes that reach both aims, the one with fewest inputs; of those, and where none does, the one whose smaller figure is largest.
    """
    tried = [_settled(box, points, ranges) for box in peel(points)[1:]]
    boxes = [(box, Fit.of(box, points)) for box in tried if box.limits()]
    if not boxes:
        return None
    good = [each for each in boxes if each[1].reaches]
    if good:
        fewest = min(box.n_inputs() for box, _ in good)
        return max((each for each in good if each[0].n_inputs() == fewest), key=lambda each: each[1].worth)[0]
    best = max(fit.worth for _, fit in boxes)
    return min((each for each in boxes if each[1].worth >= best - _NEARLY), key=lambda each: (each[0].n_inputs(), -each[1].worth))[0]


def quasi_p(box: Box, points: Points) -> dict[Limit, float]:
    """Give, for each restriction, how often chance alone would put as many cases inside if the box without it had them spread evenly."""
    return dict(zip(box.limits(), _quasi_p(box.meets(points), points.is_case).tolist(), strict=True))


def _quasi_p(met: BoolArray, is_case: BoolArray) -> FloatArray:
    """(n_limits,) quasi-p-value of each limit, from who meets which: (n, n_limits)."""
    from scipy.special import bdtrc  # noqa: PLC0415  # a slow import; who only reads a study does without

    missed = ~met
    n_missed = missed.sum(axis=1)
    holds = n_missed == 0
    inside, cases_inside = int(holds.sum()), int(is_case[holds].sum())
    if not inside:
        return np.ones(met.shape[1])
    # Without one limit, those who miss that one alone lie inside, too.
    outside = missed[n_missed == 1].sum(axis=0)
    cases_outside = missed[(n_missed == 1) & is_case].sum(axis=0)
    density = (cases_inside + cases_outside) / (inside + outside)
    return np.asarray(bdtrc(cases_inside - 1, inside, density) if cases_inside else np.ones(len(density)))


def rounded(box: Box, ranges: Sequence[float]) -> Box:
    """Round the ends of a box to numbers that can be written."""
    steps = np.array([step_of(width) for width in ranges])
    return Box(_round(box.low, steps), _round(box.high, steps), box.among)


def step_of(width: float) -> float:
    """Give the largest of 1, 2 and 5 times a power of ten that goes fifty times into a range."""
    if width <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(width / _STEPS_IN_RANGE))
    return float(max(step * power for step in _STEPS if step * power <= width / _STEPS_IN_RANGE * (1 + 1e-9)))


def _round(ends: FloatArray, steps: FloatArray) -> FloatArray:
    found = ends.copy()
    asked = np.isfinite(ends)
    found[asked] = np.round(np.round(ends[asked] / steps[asked]) * steps[asked], 10)
    return found


def _settled(box: Box, points: Points, ranges: Sequence[float]) -> Box:
    """Drop the restriction that is least told from chance, again and again; paste and round what is left, and look once more."""
    box = _dropped(box, points)
    while box.limits() and (wider := paste(points, box)) is not None:
        box = wider
    return _dropped(rounded(box, ranges), points)


def _dropped(box: Box, points: Points) -> Box:
    limits, met = box.limits(), box.meets(points)  # who meets a limit does not change as others are dropped
    while limits:
        values = _quasi_p(met, points.is_case)
        worst = int(values.argmax())
        if values[worst] <= RESTRICTION_LEVEL:
            break
        box = box.without(limits.pop(worst))
        met = np.delete(met, worst, axis=1)
    return box


def _fit_left_out(points: Points, ranges: Sequence[float]) -> Fit:
    """Find a box five times, each time without a fifth of the points, and count that fifth."""
    fold = np.arange(len(points.is_case)) % FOLDS
    inside = cases_inside = 0
    for number in range(FOLDS):
        box = find_box(points.some(fold != number), ranges)
        if box is not None:
            fit = Fit.of(box, points.some(fold == number))
            inside, cases_inside = inside + fit.inside, cases_inside + fit.cases_inside
    return Fit(inside, cases_inside, int(points.is_case.sum()))
