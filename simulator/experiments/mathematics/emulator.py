"""A quick stand-in for slow runs: a quadratic surface with a small penalty, and how far it errs on points it has not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from simulator._types import FloatArray

_PENALTIES: Final = (1e-6, 1e-3, 1e-2, 1e-1, 1.0, 10.0)
_FEWEST_POINTS: Final = 5


class QuadraticEmulator:
    """Every output as a quadratic surface over the cube, fitted to runs.

    The penalty of each output is the one with the smallest error when every run in turn is left out; that error is the emulator's variance.

    Attributes
    ----------
    variance
        (n_outputs,) mean square error on runs left out; infinite for an output hardly ever read.
    """

    def __init__(self, points: FloatArray, outputs: FloatArray) -> None:
        """Fit.

        Parameters
        ----------
        points
            (n, d) places on the unit cube.
        outputs
            (n, n_outputs) what was read there; NaN where nothing could be.
        """
        terms = _terms(points)
        n_outputs = outputs.shape[1]
        self._weights = np.zeros((terms.shape[1], n_outputs))
        self._mean = np.zeros(n_outputs)
        self._centre = np.zeros((n_outputs, terms.shape[1]))
        self.variance: FloatArray = np.full(n_outputs, np.inf)
        for output in range(n_outputs):
            is_known = ~np.isnan(outputs[:, output])
            if is_known.sum() >= _FEWEST_POINTS:
                self._fit(output, terms[is_known], outputs[is_known, output])

    def predict(self, points: FloatArray) -> FloatArray:
        """(n, n_outputs) expected at (n, d) points."""
        expected: FloatArray = self._mean - (self._centre * self._weights.T).sum(axis=1) + _terms(points) @ self._weights
        return expected

    def _fit(self, output: int, terms: FloatArray, values: FloatArray) -> None:
        mean, centre = values.mean(), terms.mean(axis=0)
        left, singular, right = np.linalg.svd(terms - centre, full_matrices=False)
        for penalty in _PENALTIES:
            kept = singular**2 / (singular**2 + penalty)
            residual = values - mean - left @ (kept * (left.T @ (values - mean)))
            leverage = 1 / len(values) + (left**2 * kept).sum(axis=1)
            error = float(np.mean((residual / np.maximum(1 - leverage, 1e-3)) ** 2))
            if error < self.variance[output]:
                self.variance[output] = error
                self._weights[:, output] = right.T @ (kept / singular.clip(1e-12) * (left.T @ (values - mean)))
        self._mean[output], self._centre[output] = mean, centre


def _terms(points: FloatArray) -> FloatArray:
    """(n, n_terms) numbers, their squares and products, from −1 to 1; no constant."""
    x = 2 * points - 1
    first, second = np.triu_indices(points.shape[1], 1)
    terms: FloatArray = np.hstack([x, x**2 - 1 / 3, x[:, first] * x[:, second]])
    return terms
