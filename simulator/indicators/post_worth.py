"""What a post is worth: how many standard deviations of merit make up for not holding it.

``post_worth``
    β_post / β_merit of a logit of the award on merit (in standard deviations), wait (R) and post (leader or not), with an intercept of its own for each
    unit and year, which is set so that as many are expected to be awarded as were.

After model.md 00.8. It stands beside ``equal_opportunity_difference``, which grows with the quality of appraisal even where nobody favours a post.

*Why this estimator.* The exact conditional likelihood of k winners among n sums over all ways to choose k of n: too dear for a province. With intercepts of its own
each unit-year costs as much as its rows. Such estimates are too large in small units, about n/(n − 1) times, but all of them alike,
so their ratio is not: planted ratios come back within .1 in units of 5 to 60 (see the test). A mild pull to 0 (a prior of 10 logits a standard deviation) keeps perfect
merit, whose slope has no end, finite.

*Intervals.* The sums are each unit's score and information at the estimate of the whole list; another weighing of the units is answered by one Newton step from
there. The value of a part, such as a year, is such a step too.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.family import MERIT_WITHOUT_WEIGHT, Family, Told, split
from simulator.indicators.group_logit import PULL, Cases, Fit, fit_logit, weights_and_residuals
from simulator.indicators.panel import WINDOW_OF_WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import BoolArray, FloatArray

_N_REASONS: Final = 3
_MERIT, _POST = 0, 2
_UPPER: Final = np.triu_indices(_N_REASONS)
_TINY: Final = 1e-12
_FEWEST_STANDARD_ERRORS: Final = 3.0
"""Where merit weighs less than this many standard errors, nothing can be expressed in merit."""


class PostWorth(Family):
    """The worth of a post in standard deviations of merit."""

    names = ("post_worth",)
    n_memory_years = WINDOW_OF_WAITING
    needs_deserving = True

    def lacks(self) -> str | None:
        """Need merit, two years of memory, and places that somebody did not get."""
        return self._missing_contest()

    def missing(self) -> str | None:
        """Need merit that weighs, too."""
        return self.lacks() or (None if any(map(_weighs, self._fits)) else MERIT_WITHOUT_WEIGHT)

    def tell(self, *, with_course: bool) -> Told:
        """Keep the cases themselves, for slopes are those of the whole list, and nothing of them adds up before they are known."""
        del with_course
        leaders = self.panel.groups.count(self.panel.is_leader)
        variety = self.panel.grouping("all").of(self.panel.groups.start).add_up((leaders * (self.panel.groups.size - leaders)).astype(np.float64))
        return Told(variety, kept=tuple((cases,) for cases in self._cases))

    def averages_of(self, told: Told) -> Mapping[str, FloatArray]:
        """Measure each replication; undefined (NaN) where merit does not weigh."""
        fits = [fit_logit(parts) for parts in told.kept]
        upper = np.stack([fit.information[_UPPER] for fit in fits])
        worth = _worth(fits, np.hstack([np.stack([fit.score for fit in fits]), upper, told.sums]))
        return {"post_worth": np.where([_weighs(fit) for fit in fits], worth, np.nan)}

    def components(self, by: str) -> FloatArray:
        """Sum scores and information of the three slopes at the estimate of the whole list, and pairs of a leader and another."""
        group = self.panel.grouping(by)
        reasons = [column.astype(np.float64) for column in self._reasons]
        of_lists = [weights_and_residuals(cases, fit.slopes, fit.intercepts[0]) for cases, fit in zip(self._cases, self._fits, strict=True)]
        weight, residual = map(np.concatenate, zip(*of_lists, strict=True))
        scores = [group.add_up(residual * reason) for reason in reasons]
        sums = np.hstack(scores + [group.add_up(weight * reasons[i] * reasons[j]) for i, j in zip(*_UPPER, strict=True)])
        # What the intercepts take up of each unit-year's information is taken off in the group of its first row.
        start, of_first_row = self.panel.groups.start, group.label[self.panel.groups.start]
        total = np.add.reduceat(weight, start) + _TINY
        means = [np.add.reduceat(weight * reason, start) for reason in reasons]
        for column, (i, j) in enumerate(zip(*_UPPER, strict=True), _N_REASONS):
            sums[:, column] -= np.bincount(of_first_row, means[i] * means[j] / total, group.n_groups)
        n_leaders = np.add.reduceat(reasons[_POST], start)
        variety = n_leaders * (self.panel.groups.size - n_leaders)
        return np.hstack([sums, np.bincount(of_first_row, variety, group.n_groups)[:, None]])

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count the units in which a leader and somebody else stood for the same places."""
        return {"post_worth": by_unit[:, -1] > 0}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Take one Newton step from the estimate of the whole list, or of each replication, and divide."""
        return {"post_worth": _worth(self._fits, sums)}

    @cached_property
    def _reasons(self) -> tuple[FloatArray | BoolArray, ...]:
        """Three (n,) columns: merit in standard deviations, wait from 0 to 1, and whether the candidate leads."""
        panel, merit = self.panel, self.panel.merit
        if panel.history.tie is None:  # a real list: any scale
            merit = merit.astype(np.float64)
            merit = (merit - merit.mean()) / (merit.std() or 1.0)
        return merit, panel.waiting_share, panel.is_leader

    @cached_property
    def _cases(self) -> tuple[Cases, ...]:
        """The candidates of each replication, in groups of unit-years."""
        panel, groups, replication = self.panel, self.panel.groups, self.panel.grouping("all").label
        n_awards = groups.add_up(panel.is_awarded, np.dtype(np.int64))
        ends = np.searchsorted(replication, np.arange(panel.n_replications + 1))
        ends_of_groups = np.searchsorted(replication[groups.start], np.arange(panel.n_replications + 1))
        return tuple(
            Cases(tuple(column[first:last] for column in self._reasons), panel.is_awarded[first:last], groups.size[own], n_awards[own])
            for first, last, own in zip(ends, ends[1:], map(slice, ends_of_groups, ends_of_groups[1:]), strict=False)
        )

    @cached_property
    def _fits(self) -> list[Fit]:
        """The fit of each replication by itself."""
        return [fit_logit((cases,)) for cases in self._cases]


def _weighs(fit: Fit) -> bool:
    """Say whether merit weighs so much that something can be expressed in it."""
    variance = np.linalg.inv(fit.information + PULL * np.eye(_N_REASONS))[_MERIT, _MERIT]
    return bool(fit.slopes[_MERIT] > _FEWEST_STANDARD_ERRORS * np.sqrt(variance))


def _worth(fits: Sequence[Fit], sums: FloatArray) -> FloatArray:
    """Take one Newton step from the slopes of one fit, or of as many as there are (n, n_components) sums, and divide: (n,)."""
    slopes = np.stack([fit.slopes for fit in fits])
    score, upper, variety = split(sums, _N_REASONS, len(_UPPER[0]), 1)
    information = np.zeros((len(sums), _N_REASONS, _N_REASONS))
    information[:, _UPPER[0], _UPPER[1]] = information[:, _UPPER[1], _UPPER[0]] = upper
    information += PULL * np.eye(_N_REASONS)
    fitted = slopes + np.linalg.solve(information, (score - PULL * slopes)[:, :, None])[:, :, 0]
    is_defined = (variety[:, 0] > 0) & (fitted[:, _MERIT] > 0)
    return np.where(is_defined, fitted[:, _POST] / np.where(is_defined, fitted[:, _MERIT], 1.0), np.nan)
