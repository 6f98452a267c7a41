"""A logit in which every group has an intercept of its own, fitted by Newton's steps of which each goes through the rows once.

What is kept of a row are its reasons and whether it was chosen; of a group its intercept. Everything else is worked out for a stretch of whole groups that stays in the
processor's nearest memory, added up, and forgotten, so a list may come in parts and none of them is ever written out as long columns.

The intercepts are eliminated first, for each stands in one group only (Schur complement). A mild pull to 0 keeps slopes finite that have no end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray

PULL: Final = 0.01
"""The prior of the slopes: normal about 0 with a variance of 1/PULL."""
_ROWS_TOGETHER: Final = 2**13
_N_NEWTON_STEPS: Final = 40
_CONVERGED: Final = 1e-9
_N_HALVINGS: Final = 30
_TINY: Final = 1e-12
_FACTORS_TOGETHER: Final = 256


@dataclass(frozen=True)
class Cases:
    """Rows of whole groups that lie side by side.

    Attributes
    ----------
    reasons
        Columns of (n,) numbers or flags.
    is_chosen
        (n,) whether the row was chosen.
    size, n_chosen
        (n_groups,) rows of each group, at least one, and how many of them were chosen: some, but not all.
    """

    reasons: tuple[FloatArray | BoolArray, ...]
    is_chosen: BoolArray
    size: IndexArray
    n_chosen: IndexArray

    def stretches(self) -> Iterator[tuple[slice, slice]]:
        """Cut rows and groups into stretches of whole groups; a group longer than a stretch is one."""
        end = np.cumsum(self.size)
        first, row = 0, 0
        while first < len(end):
            last = max(int(np.searchsorted(end, row + _ROWS_TOGETHER, side="right")), first + 1)
            yield slice(row, int(end[last - 1])), slice(first, last)
            first, row = last, int(end[last - 1])


class Fit(NamedTuple):
    """What was fitted to the cases of one list.

    Attributes
    ----------
    slopes
        (n_reasons,).
    score
        (n_reasons,) derivatives of the log likelihood, without the pull.
    information
        (n_reasons, n_reasons), the intercepts eliminated, without the pull.
    intercepts
        For each part of the list (n_groups,).
    """

    slopes: FloatArray
    score: FloatArray
    information: FloatArray
    intercepts: list[FloatArray]


class _Look(NamedTuple):
    """The list at some slopes and intercepts: its log likelihood, and what the next step is made of; of each part (n_groups,) and (n_reasons, n_groups) sums.

    ``taken_up`` is what the intercepts will take of the score.
    """

    likelihood: float
    score: FloatArray
    taken_up: FloatArray
    information: FloatArray
    weight: list[FloatArray]
    residual: list[FloatArray]
    weighed: list[FloatArray]


def fit_logit(parts: Sequence[Cases]) -> Fit:
    """Fit the slopes of one list.

    Parameters
    ----------
    parts
        The list, in parts of whole groups.
    """
    n_reasons = len(parts[0].reasons)
    slopes, pull = np.zeros(n_reasons), PULL * np.eye(n_reasons)
    intercepts = [np.log(part.n_chosen / (part.size - part.n_chosen)) for part in parts]
    look = _look_at(parts, slopes, intercepts)
    for _ in range(_N_NEWTON_STEPS):
        score = look.score - look.taken_up - PULL * slopes
        step = np.linalg.solve(look.information + pull, score)
        if score @ step < _CONVERGED:
            break
        directions = [
            (residual - step @ weighed) / weight for residual, weighed, weight in zip(look.residual, look.weighed, look.weight, strict=True)
        ]
        length = 1.0
        for _ in range(_N_HALVINGS):
            tried = slopes + length * step
            intercepts_tried = [own + length * direction for own, direction in zip(intercepts, directions, strict=True)]
            look_tried = _look_at(parts, tried, intercepts_tried)
            if look_tried.likelihood - look.likelihood >= PULL * (tried @ tried - slopes @ slopes) / 2:
                break
            length /= 2  # the sum is concave, so a short enough step always gains
        slopes, intercepts, look = tried, intercepts_tried, look_tried
    return Fit(slopes, look.score, look.information, intercepts)


def weights_and_residuals(cases: Cases, slopes: FloatArray, intercepts: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give (n,) weights p(1 − p) and (n,) residuals a − p of a fit, for whoever groups rows otherwise."""
    probability = np.empty(len(cases.is_chosen))
    for rows, groups in cases.stretches():
        predictor = np.repeat(intercepts[groups], cases.size[groups])
        for slope, reason in zip(slopes, cases.reasons, strict=True):
            predictor += slope * reason[rows]
        np.tanh(0.5 * predictor, out=probability[rows])
    probability += 1
    probability *= 0.5
    return probability * (1 - probability), cases.is_chosen - probability


def _look_at(parts: Sequence[Cases], slopes: FloatArray, intercepts: Sequence[FloatArray]) -> _Look:
    """Go through the list once."""
    n_reasons, likelihood = len(slopes), 0.0
    score, taken_up, information = np.zeros(n_reasons), np.zeros(n_reasons), np.zeros((n_reasons, n_reasons))
    weights: list[FloatArray] = []
    residuals: list[FloatArray] = []
    weighed: list[FloatArray] = []
    for part, intercept in zip(parts, intercepts, strict=True):
        n_groups = len(part.size)
        of_weight, of_residual, of_weighed = np.empty(n_groups), np.empty(n_groups), np.empty((n_reasons, n_groups))
        for rows, groups in part.stretches():
            size = part.size[groups]
            start = np.cumsum(size) - size
            reasons = np.stack([reason[rows] for reason in part.reasons]).astype(np.float64, copy=False)
            predictor = np.repeat(intercept[groups], size)
            for slope, reason in zip(slopes, reasons, strict=True):
                predictor += slope * reason
            chosen = part.is_chosen[rows].astype(np.float64)
            probability, gained = _logistic(predictor, chosen)
            likelihood += gained
            residual = np.subtract(chosen, probability, out=chosen)
            np.add.reduceat(residual, start, out=of_residual[groups])
            score += np.einsum("n,in->i", residual, reasons)
            weight = np.subtract(1, probability, out=predictor)
            weight *= probability
            np.add.reduceat(weight, start, out=of_weight[groups])
            of_reasons = weight * reasons
            of_weighed[:, groups] = np.add.reduceat(of_reasons, start, axis=1)
            # Multiplied in one thread: threads of a linear-algebra library cost more than they save here, and move last bits.
            information += np.einsum("in,jn->ij", of_reasons, reasons)
        of_weight += _TINY
        shares = of_weighed / of_weight
        taken_up += np.einsum("ij,j->i", shares, of_residual)
        information -= np.einsum("ij,kj->ik", shares, of_weighed)
        weights.append(of_weight)
        residuals.append(of_residual)
        weighed.append(of_weighed)
    return _Look(likelihood, score, taken_up, information, weights, residuals, weighed)


def _logistic(predictor: FloatArray, chosen: FloatArray) -> tuple[FloatArray, float]:
    """Give (n,) probabilities, and the log likelihood Σ aη − max(η, 0) − log(1 + e^−|η|).

    With t = tanh(η/2), p is (1 + t)/2 and log(1 + e^−|η|) is log 2 − log(1 + |t|), in which neither end overflows. Logarithms are added as one of a product, for
    it is these functions that take the time.
    """
    half = np.multiply(0.5, predictor)
    np.tanh(half, out=half)
    work = np.abs(half)
    work += 1
    # Factors lie between 1 and 2, and at most 256 of them are multiplied.
    likelihood = float(np.log(np.multiply.reduceat(work, np.arange(0, len(work), _FACTORS_TOGETHER))).sum()) - math.log(2) * len(predictor)
    np.maximum(predictor, 0, out=work)
    likelihood -= float(work.sum())
    np.multiply(chosen, predictor, out=work)
    likelihood += float(work.sum())
    half += 1
    half *= 0.5
    return half, likelihood
