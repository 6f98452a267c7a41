"""A quadratic surface is found again exactly; what it does not know it says by its variance."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.mathematics.emulator import QuadraticEmulator
from simulator.experiments.mathematics.space_filling import Space

CUBE = Space(("a", "b", "c"), np.zeros(3), np.ones(3))


def surface(points):
    a, b, c = points.T
    return np.column_stack([1 + 2 * a - 3 * b + a * c, (b - 0.5) ** 2])


def test_a_quadratic_surface_is_found_again():
    points, others = CUBE.fill(60, seed=1), CUBE.fill(50, seed=2)
    emulator = QuadraticEmulator(points, surface(points))
    assert emulator.predict(others) == pytest.approx(surface(others), abs=1e-3)
    assert (emulator.variance < 1e-5).all()


def test_noise_shows_as_variance_of_runs_left_out():
    luck = np.random.default_rng(1)
    points = CUBE.fill(400, seed=1)
    noisy = surface(points) + 0.3 * luck.standard_normal((400, 2))
    assert np.sqrt(QuadraticEmulator(points, noisy).variance) == pytest.approx(0.3, rel=0.1)


def test_few_runs_do_not_make_it_sure_of_itself():
    """Residuals of the runs it was fitted to would read 0.22 here."""
    luck = np.random.default_rng(2)
    points = CUBE.fill(20, seed=1)
    noise = 0.3 * luck.standard_normal((20, 200))
    assert np.sqrt(QuadraticEmulator(points, noise).variance.mean()) > 0.28


def test_what_could_not_be_read_is_left_out():
    points, others = CUBE.fill(80, seed=1), CUBE.fill(20, seed=2)
    outputs = surface(points)
    outputs[::4, 0] = np.nan
    outputs[3:, 1] = np.nan
    emulator = QuadraticEmulator(points, outputs)
    assert emulator.predict(others)[:, 0] == pytest.approx(surface(others)[:, 0], abs=1e-2)
    assert np.isinf(emulator.variance[1])


def test_with_fewer_runs_than_terms_it_still_expects_something_sensible():
    points = CUBE.fill(8, seed=1)
    emulator = QuadraticEmulator(points, surface(points))
    expected = emulator.predict(CUBE.fill(50, seed=2))
    assert np.isfinite(expected).all()
    assert np.abs(expected).max() < 10
