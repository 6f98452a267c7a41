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
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.indicators.family import MERIT_WITHOUT_WEIGHT, Family, split
from simulator.indicators.panel import WINDOW_OF_WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray

_N_REASONS: Final = 3
_MERIT, _POST = 0, 2
_UPPER: Final = np.triu_indices(_N_REASONS)
_PULL: Final = 0.01
_N_NEWTON_STEPS: Final = 40
_CONVERGED: Final = 1e-9
_N_HALVINGS: Final = 30
_TINY: Final = 1e-12
_ROWS_TOGETHER: Final = 2**13
"""What is worked out row by row is worked out for so many at a time, which fit the processor's nearest memory."""
_FACTORS_TOGETHER: Final = 256
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
        return None if self._weighs.any() else MERIT_WITHOUT_WEIGHT

    def values_to_average(self) -> Mapping[str, FloatArray]:
        """Measure each replication; undefined (NaN) where merit does not weigh."""
        return {name: np.where(self._weighs, values, np.nan) for name, values in super().values_to_average().items()}

    @cached_property
    def _weighs(self) -> BoolArray:
        """(n_replications,) whether merit weighs so much that something can be expressed in it."""
        variance = np.linalg.inv(self._fit.information)[:, _MERIT, _MERIT]
        weighs: BoolArray = self._fit.slopes[:, _MERIT] > _FEWEST_STANDARD_ERRORS * np.sqrt(variance)
        return weighs

    def components(self, by: str) -> FloatArray:
        """Sum scores and information of the three slopes at the estimate of the whole list, and pairs of a leader and another."""
        group = self.panel.grouping(by)
        reasons, weight, residual = self._reasons, self._fit.weight, self._fit.residual
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
        slopes = self._fit.slopes
        score, upper, variety = split(sums, _N_REASONS, len(_UPPER[0]), 1)
        information = np.zeros((len(sums), _N_REASONS, _N_REASONS))
        information[:, _UPPER[0], _UPPER[1]] = information[:, _UPPER[1], _UPPER[0]] = upper
        information += _PULL * np.eye(_N_REASONS)
        fitted = slopes + np.linalg.solve(information, (score - _PULL * slopes)[:, :, None])[:, :, 0]
        is_defined = (variety[:, 0] > 0) & (fitted[:, _MERIT] > 0)
        return {"post_worth": np.where(is_defined, fitted[:, _POST] / np.where(is_defined, fitted[:, _MERIT], 1.0), np.nan)}

    @cached_property
    def _reasons(self) -> FloatArray:
        """(3, n) merit in standard deviations, wait from 0 to 1, and 1 for leaders."""
        panel = self.panel
        merit = panel.merit.astype(np.float64)
        if panel.history.tie is None:  # a real list: any scale
            merit = (merit - merit.mean()) / (merit.std() or 1.0)
        return np.stack([merit, panel.waiting_share, panel.is_leader])

    @cached_property
    def _fit(self) -> _Fit:
        """Fit each replication by itself; their steps are taken together, and those that have arrived stand still."""
        panel, groups, reasons = self.panel, self.panel.groups, self._reasons
        awarded = panel.is_awarded.astype(np.float64)
        share, replication = panel.share_awarded_of_groups, panel.grouping("all").label
        n_each, of_group = np.bincount(replication, minlength=panel.n_replications), replication[groups.start]
        parts = list(zip(_slices(n_each), _slices(np.bincount(of_group, minlength=panel.n_replications)), strict=True))
        predictor = np.repeat(np.log(share / (1 - share)), groups.size)
        slopes, step = np.zeros((2, panel.n_replications, _N_REASONS))
        information = np.zeros((panel.n_replications, _N_REASONS, _N_REASONS))
        is_left = np.ones(panel.n_replications, dtype=np.bool_)
        # Long columns are written anew in every step, for fresh memory costs more than what is done with it.
        probability, of_tried, tried_predictor, weight, residual = (np.empty_like(predictor) for _ in range(5))
        weighed = np.empty_like(reasons)
        likelihood = _logistic(predictor, awarded, n_each, probability)
        for _ in range(_N_NEWTON_STEPS):
            np.subtract(1, probability, out=weight)
            weight *= probability
            np.subtract(awarded, probability, out=residual)
            # The intercepts are eliminated first: each stands in one unit-year only (Schur complement).
            total = np.add.reduceat(weight, groups.start) + _TINY
            left = np.add.reduceat(residual, groups.start)
            np.multiply(weight, reasons, out=weighed)
            means = np.add.reduceat(weighed, groups.start, axis=1)
            for number in np.flatnonzero(is_left):
                rows, own = parts[number]
                shares = means[:, own] / total[own]
                # Long columns are multiplied in one thread: threads of a linear-algebra library cost more than they save here, and move last bits.
                information[number] = np.einsum("in,jn->ij", weighed[:, rows], reasons[:, rows])
                information[number] -= np.einsum("ij,kj->ik", shares, means[:, own])
                information[number] += _PULL * np.eye(_N_REASONS)
                score = np.einsum("n,in->i", residual[rows], reasons[:, rows]) - np.einsum("ij,j->i", shares, left[own])
                score -= _PULL * slopes[number]
                step[number] = np.linalg.solve(information[number], score)
                is_left[number] = score @ step[number] >= _CONVERGED
            if not is_left.any():
                break
            direction = np.repeat((left - sum(step[of_group, i] * means[i] for i in range(_N_REASONS))) / total, groups.size)
            for part, reason in zip(step.T, reasons, strict=True):
                direction += np.multiply(_of_rows(part, n_each), reason, out=tried_predictor)
            length = is_left.astype(np.float64)
            for _ in range(_N_HALVINGS):
                tried = slopes + length[:, None] * step
                np.multiply(_of_rows(length, n_each), direction, out=tried_predictor)
                tried_predictor += predictor
                likelihood_of_tried = _logistic(tried_predictor, awarded, n_each, of_tried)
                gain = likelihood_of_tried - likelihood - _PULL * ((tried**2).sum(axis=1) - (slopes**2).sum(axis=1)) / 2
                if (gain >= 0).all():  # the sum is concave, so a short enough step always gains
                    break
                length[gain < 0] /= 2
            slopes, likelihood = tried, likelihood_of_tried
            predictor, tried_predictor, probability, of_tried = tried_predictor, predictor, of_tried, probability
        return _Fit(slopes, information, weight, residual)


class _Fit(NamedTuple):
    """What was fitted.

    Attributes
    ----------
    slopes, information
        (n_replications, 3) slopes, and (n_replications, 3, 3) their information.
    weight, residual
        (n,) weights p(1 − p), and residuals a − p.
    """

    slopes: FloatArray
    information: FloatArray
    weight: FloatArray
    residual: FloatArray


def _logistic(predictor: FloatArray, awarded: FloatArray, n_each: IndexArray, probability: FloatArray) -> FloatArray:
    """Write (n,) probabilities into ``probability``, and give (n_replications,) the log likelihood of each replication, which has so many rows."""
    return np.array([_logistic_of(predictor[rows], awarded[rows], probability[rows]) for rows in _slices(n_each)])


def _logistic_of(predictor: FloatArray, awarded: FloatArray, probability: FloatArray) -> float:
    """Do the same for one replication, and give its log likelihood: Σ aη − max(η, 0) − log(1 + e^−|η|).

    With t = tanh(η/2), p is (1 + t)/2 and log(1 + e^−|η|) is log 2 − log(1 + |t|), in which neither end overflows. Logarithms are added as one of a product, for
    it is these functions that take the time.
    """
    scratch, likelihood = np.empty(min(len(predictor), _ROWS_TOGETHER)), -math.log(2) * len(predictor)
    for first in range(0, len(predictor), _ROWS_TOGETHER):
        rows = slice(first, first + _ROWS_TOGETHER)
        part, half = predictor[rows], probability[rows]
        work = scratch[: len(part)]
        np.multiply(0.5, part, out=half)
        np.tanh(half, out=half)
        np.abs(half, out=work)
        work += 1
        # Factors lie between 1 and 2, and at most 256 of them are multiplied.
        likelihood += float(np.log(np.multiply.reduceat(work, np.arange(0, len(work), _FACTORS_TOGETHER))).sum())
        np.maximum(part, 0, out=work)
        likelihood -= float(work.sum())
        np.multiply(awarded[rows], part, out=work)
        likelihood += float(work.sum())
        half += 1
        half *= 0.5
    return likelihood


def _of_rows(per_replication: FloatArray, n_each: IndexArray) -> FloatArray:
    """Give each row what holds in its replication: (n,), or (1,) for all where there is but one."""
    return per_replication if len(n_each) == 1 else np.repeat(per_replication, n_each)


def _slices(n_each: IndexArray) -> list[slice]:
    """Give the stretch of each replication, which has so many rows."""
    ends = np.cumsum(n_each)
    return [slice(int(end - n), int(end)) for n, end in zip(n_each, ends, strict=True)]
