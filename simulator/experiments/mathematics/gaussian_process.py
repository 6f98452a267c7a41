"""A stand-in for slow runs that bends wherever they do: a Gaussian process over numbers, with a surface of its own for each structure of behaviour.

Every output is one surface all structures share, and one more for each structure, both of squared-exponential covariance with a length for every number;
what neither shows (luck, and whatever is too rough for so few runs) is a nugget. How well it predicts is told by leaving each run out in turn, and how much is
left unknown by drawing whole surfaces that fit the runs as well (Matheron's rule, Wilson et al. 2020).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from simulator._types import FloatArray, IndexArray

_USUAL_RATE: Final = np.log(0.5)
_SPREAD_OF_RATES: Final = 4.0
_BOUNDS_OF_RATES: Final = (-8.0, 4.0)
_JITTER: Final = 1e-6
_WAVES: Final = 500
"""Random waves that a drawn surface is made of."""


class _Covariance(NamedTuple):
    """What is known of one output: its logarithms of rates (shared, own), and of variances (shared, own, nugget)."""

    shared_rates: FloatArray
    own_rates: FloatArray
    shared: float
    own: float
    nugget: float

    @classmethod
    def of(cls, numbers: FloatArray) -> _Covariance:
        n = (len(numbers) - 3) // 2
        shared, own, nugget = np.exp(numbers[2 * n :])
        return cls(np.exp(numbers[:n]), np.exp(numbers[n : 2 * n]), float(shared), float(own), float(nugget) + _JITTER)

    def between(self, points: FloatArray, structure: IndexArray, others: FloatArray, of_others: IndexArray) -> tuple[FloatArray, FloatArray]:
        """Give the two parts of the covariance of points with others, each (n, n_others)."""
        shared = self.shared * np.exp(-_distances(points * self.shared_rates**0.5, others * self.shared_rates**0.5))
        own = self.own * np.exp(-_distances(points * self.own_rates**0.5, others * self.own_rates**0.5))
        return shared, own * (structure[:, None] == of_others[None, :])


class GaussianProcess:
    """One output as a Gaussian process.

    Parameters
    ----------
    points
        (n, n_numbers) on the unit interval.
    structure
        (n,) position of what has values without an order.
    output
        (n,) what was read there, defined everywhere.

    Attributes
    ----------
    explained
        Share of the variance that is predicted where each run is left out in turn, from 0 to 1; 1 for an output that never moves.
    """

    def __init__(self, points: FloatArray, structure: IndexArray, output: FloatArray) -> None:
        self.points, self.structure = points, structure
        self.mean, self.scale = float(output.mean()), float(output.std())
        self.is_constant = bool(np.ptp(output) <= np.finfo(float).eps * max(1.0, abs(self.mean)))
        self.explained = 1.0
        if self.is_constant:
            self.mean = float(output[0])
            return
        self._target = (output - self.mean) / self.scale
        self._covariance = _Covariance.of(_fitted(points, structure, self._target))
        shared, own = self._covariance.between(points, structure, points, structure)
        self._inverse = np.linalg.inv(shared + own + self._covariance.nugget * np.eye(len(points)))
        left_out = (self._inverse @ self._target) / np.diag(self._inverse)
        self.explained = float(np.clip(1 - np.mean(left_out**2), 0, 1))

    def predict(self, points: FloatArray, structure: IndexArray) -> FloatArray:
        """(n,) expected at other points."""
        if self.is_constant:
            return np.full(len(points), self.mean)
        found: FloatArray = self.mean + self.scale * (sum(self._covariance.between(points, structure, self.points, self.structure)) @ self._weights())
        return found

    def draw(self, points: FloatArray, structure: IndexArray, n: int, luck: np.random.Generator) -> FloatArray:
        """(n, n_points) whole surfaces that fit the runs, at other points."""
        if self.is_constant:
            return np.full((n, len(points)), self.mean)
        across = sum(self._covariance.between(points, structure, self.points, self.structure))
        every = np.vstack([points, self.points])
        of_every = np.concatenate([structure, self.structure])
        before = self._any_surfaces(every, of_every, n, luck)
        blur = self._covariance.nugget**0.5 * luck.standard_normal((len(self.points), n))
        missed = self._target[:, None] - before[len(points) :] - blur
        surfaces = before[: len(points)] + across @ (self._inverse @ missed)
        drawn: FloatArray = self.mean + self.scale * surfaces.T
        return drawn

    def _weights(self) -> FloatArray:
        weights: FloatArray = self._inverse @ self._target
        return weights

    def _any_surfaces(self, points: FloatArray, structure: IndexArray, n: int, luck: np.random.Generator) -> FloatArray:
        """(n_points, n) surfaces as likely as any before the runs are known."""
        known = self._covariance
        shared = known.shared**0.5 * _waves(points, known.shared_rates, np.zeros_like(structure), n, luck)
        own = known.own**0.5 * _waves(points, known.own_rates, structure, n, luck)
        surfaces: FloatArray = shared + own
        return surfaces


def _waves(points: FloatArray, rates: FloatArray, structure: IndexArray, n: int, luck: np.random.Generator) -> FloatArray:
    """(n_points, n) surfaces of random waves at some points, another one for each structure; all are made of the same waves, in other heights."""
    directions = luck.standard_normal((len(rates), _WAVES)) * (2 * rates[:, None]) ** 0.5
    waves = (2 / _WAVES) ** 0.5 * np.cos(points @ directions + luck.uniform(0, 2 * np.pi, _WAVES))
    surfaces = np.empty((len(points), n))
    for each in np.unique(structure):
        surfaces[structure == each] = waves[structure == each] @ luck.standard_normal((_WAVES, n))
    return surfaces


def _distances(points: FloatArray, others: FloatArray) -> FloatArray:
    """(n, n_others) squared distances."""
    squared = (points**2).sum(axis=1)[:, None] + (others**2).sum(axis=1)[None, :] - 2 * points @ others.T
    floored: FloatArray = np.maximum(squared, 0.0)
    return floored


def _fitted(points: FloatArray, structure: IndexArray, target: FloatArray) -> FloatArray:
    """Give the logarithms under which the runs are most likely; lengths are held loosely to what is usual, so that few runs do not take noise for shape."""
    from scipy.optimize import minimize  # noqa: PLC0415  # a slow import

    n, n_numbers = points.shape
    squares = (points.T[:, :, None] - points.T[:, None, :]) ** 2
    usual = np.full(2 * n_numbers, _USUAL_RATE)

    def misfit(numbers: FloatArray) -> tuple[float, FloatArray]:
        known = _Covariance.of(numbers)
        shared, own = known.between(points, structure, points, structure)
        try:
            half = np.linalg.cholesky(shared + own + known.nugget * np.eye(n))
        except np.linalg.LinAlgError:
            return 1e10, np.zeros(len(numbers))
        inverse = np.linalg.inv(half)
        inverse = inverse.T @ inverse
        weights = inverse @ target
        slope = 0.5 * (inverse - np.outer(weights, weights))
        off = (numbers[: 2 * n_numbers] - usual) / _SPREAD_OF_RATES
        by_shared, by_own = slope * shared, slope * own
        gradient = [
            *(-np.tensordot(squares, by_shared, 2) * known.shared_rates + off[:n_numbers]),
            *(-np.tensordot(squares, by_own, 2) * known.own_rates + off[n_numbers:]),
            by_shared.sum(),
            by_own.sum(),
            np.trace(slope) * (known.nugget - _JITTER),
        ]
        size = 0.5 * float(target @ weights) + float(np.log(np.diag(half)).sum()) + 0.5 * _SPREAD_OF_RATES * float((off**2).sum())
        return size, np.array(gradient)

    start = np.concatenate([usual, np.log([0.5, 0.5, 0.1])])
    bounds = [_BOUNDS_OF_RATES] * (2 * n_numbers) + [(-6.0, 4.0)] * 2 + [(-8.0, 1.0)]
    found: FloatArray = minimize(misfit, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found
