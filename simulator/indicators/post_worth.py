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

import math
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.family import MERIT_WITHOUT_WEIGHT, Family, split
from simulator.indicators.panel import WINDOW_OF_WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray

_N_REASONS: Final = 3
_MERIT, _POST = 0, 2
_UPPER: Final = np.triu_indices(_N_REASONS)
_PULL: Final = 0.01
_N_NEWTON_STEPS: Final = 40
_CONVERGED: Final = 1e-9
_N_HALVINGS: Final = 30
_TINY: Final = 1e-12
_FEWEST_STANDARD_ERRORS: Final = 3.0
"""Where merit weighs less than this many standard errors, nothing can be expressed in merit."""


class PostWorth(Family):
    """The worth of a post in standard deviations of merit."""

    names = ("post_worth",)
    n_memory_years = WINDOW_OF_WAITING
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit that weighs, two years of memory, and places that somebody did not get."""
        missing = self._missing_contest()
        if missing is not None:
            return missing
        slopes, information, _ = self._fit
        variance = float(np.linalg.inv(information)[_MERIT, _MERIT])
        return None if slopes[_MERIT] > _FEWEST_STANDARD_ERRORS * math.sqrt(variance) else MERIT_WITHOUT_WEIGHT

    def components(self, by: str) -> FloatArray:
        """Sum scores and information of the three slopes at the estimate of the whole list, and pairs of a leader and another."""
        group = self.panel.grouping(by)
        reasons, weight, residual = self._reasons, self._fit[2][0], self._fit[2][1]
        columns = [residual * reason for reason in reasons] + [weight * reasons[i] * reasons[j] for i, j in zip(*_UPPER, strict=True)]
        sums = np.hstack([group.add_up(column) for column in columns])
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
        """Take one Newton step from the estimate of the whole list, and divide."""
        slopes = self._fit[0]
        score, upper, variety = split(sums, _N_REASONS, len(_UPPER[0]), 1)
        information = np.zeros((len(sums), _N_REASONS, _N_REASONS))
        information[:, _UPPER[0], _UPPER[1]] = information[:, _UPPER[1], _UPPER[0]] = upper
        information += _PULL * np.eye(_N_REASONS)
        fitted = slopes + np.linalg.solve(information, (score - _PULL * slopes)[:, :, None])[:, :, 0]
        is_defined = (variety[:, 0] > 0) & (fitted[:, _MERIT] > 0)
        return {"post_worth": np.where(is_defined, fitted[:, _POST] / np.where(is_defined, fitted[:, _MERIT], 1.0), np.nan)}

    @cached_property
    def _reasons(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Give (n,) merit in standard deviations, (n,) wait from 0 to 1, and (n,) 1 for leaders."""
        panel = self.panel
        merit = panel.merit.astype(np.float64)
        if panel.history.tie is None:  # a real list: any scale
            merit = (merit - merit.mean()) / (merit.std() or 1.0)
        return merit, panel.waiting_share, panel.is_leader.astype(np.float64)

    @cached_property
    def _fit(self) -> tuple[FloatArray, FloatArray, tuple[FloatArray, FloatArray]]:
        """Fit the whole list: (3,) slopes, (3, 3) their information, and (n,) weights p(1 − p) and (n,) residuals a − p."""
        groups, reasons = self.panel.groups, self._reasons
        awarded = self.panel.is_awarded.astype(np.float64)
        share = self.panel.share_awarded[groups.start]
        intercept, slopes = np.log(share / (1 - share)), np.zeros(_N_REASONS)
        predictor = np.repeat(intercept, groups.size)
        probability, likelihood = _logistic(predictor, awarded)
        for _ in range(_N_NEWTON_STEPS):
            weight, residual = probability * (1 - probability), awarded - probability
            # The intercepts are eliminated first: each stands in one unit-year only (Schur complement).
            total = np.add.reduceat(weight, groups.start) + _TINY
            left = np.add.reduceat(residual, groups.start)
            weighed = [weight * reason for reason in reasons]
            means = np.stack([np.add.reduceat(column, groups.start) for column in weighed])
            information = np.array([[_dot(column, reason) for reason in reasons] for column in weighed])
            information -= np.einsum("ij,kj->ik", means / total, means)
            information += _PULL * np.eye(_N_REASONS)
            score = np.array([_dot(residual, reason) for reason in reasons]) - np.einsum("ij,j->i", means / total, left) - _PULL * slopes
            step = np.linalg.solve(information, score)
            if score @ step < _CONVERGED:
                break
            direction = np.repeat((left - np.einsum("i,ij->j", step, means)) / total, groups.size)
            for part, reason in zip(step, reasons, strict=True):
                direction += part * reason
            length = 1.0
            for _ in range(_N_HALVINGS):
                tried = slopes + length * step
                of_tried, likelihood_of_tried = _logistic(predictor + length * direction, awarded)
                gain = likelihood_of_tried - likelihood - _PULL * (tried @ tried - slopes @ slopes) / 2
                if gain >= 0:  # the sum is concave, so a short enough step always gains
                    break
                length /= 2
            predictor += length * direction
            slopes, probability, likelihood = tried, of_tried, likelihood_of_tried
        return slopes, information, (weight, residual)


def _logistic(predictor: FloatArray, awarded: FloatArray) -> tuple[FloatArray, float]:
    """Give (n,) probabilities and the log likelihood."""
    half = np.tanh(0.5 * predictor)
    # log p = −log(1 + e^−η); written so that neither end overflows.
    likelihood = float((awarded * predictor - np.maximum(predictor, 0) - np.log1p(np.exp(-np.abs(predictor)))).sum())
    return 0.5 * (1 + half), likelihood


def _dot(one: FloatArray, other: FloatArray) -> float:
    """Multiply and add up long columns in one thread: threads of a linear-algebra library cost more than they save here, and move last bits."""
    return float(np.einsum("i,i->", one, other))
