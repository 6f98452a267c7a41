"""A Gaussian process finds a bent surface again, one for each structure; what it does not know it says."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.mathematics.gaussian_process import GaussianProcess
from simulator.experiments.mathematics.space_filling import positions


def surface(points, structure):
    a, b = points.T
    return np.sin(5 * a) + (structure == 2) * 2 * b + 0.5 * structure


@pytest.fixture(scope="module")
def runs():
    luck = np.random.default_rng(1)
    points, structure = luck.random((150, 2)), positions(luck.random(150), 4)
    return points, structure, surface(points, structure)


@pytest.fixture(scope="module")
def elsewhere():
    luck = np.random.default_rng(2)
    return luck.random((80, 2)), positions(luck.random(80), 4)


@pytest.fixture(scope="module")
def process(runs):
    return GaussianProcess(*runs)


def test_a_bent_surface_with_another_slope_in_one_structure_is_found_again(process, elsewhere):
    missed = process.predict(*elsewhere) - surface(*elsewhere)
    assert np.abs(missed).max() < 0.25
    assert process.explained > 0.98


def test_surfaces_drawn_pass_through_what_is_known_and_differ_where_little_is(runs, elsewhere):
    points, structure, output = runs
    noisy = output[:30] + 0.3 * np.random.default_rng(3).standard_normal(30)
    process = GaussianProcess(points[:30], structure[:30], noisy)
    drawn = process.draw(*elsewhere, 60, np.random.default_rng(4))
    assert drawn.shape == (60, 80)
    inside = (drawn.min(axis=0) <= surface(*elsewhere)) & (surface(*elsewhere) <= drawn.max(axis=0))
    assert inside.mean() > 0.8
    assert np.abs(drawn.mean(axis=0) - process.predict(*elsewhere)).mean() < 0.15
    of_many = GaussianProcess(*runs).draw(*elsewhere, 20, np.random.default_rng(4))
    assert of_many.std(axis=0).mean() < drawn.std(axis=0).mean() / 3


def test_what_luck_makes_is_not_explained(runs):
    points, structure, output = runs
    luck = np.random.default_rng(5).standard_normal(150)
    half = GaussianProcess(points, structure, output + output.std() * luck)
    assert half.explained == pytest.approx(0.5, abs=0.15)
    assert GaussianProcess(points[:60], structure[:60], luck[:60]).explained < 0.15


def test_an_output_that_never_moves_is_known_everywhere(runs, elsewhere):
    points, structure, _ = runs
    process = GaussianProcess(points, structure, np.full(150, 0.1))
    assert process.explained == 1
    assert set(process.predict(*elsewhere)) == {0.1}
    assert process.draw(*elsewhere, 2, np.random.default_rng(1)).tolist() == [[0.1] * 80] * 2


def test_a_structure_alone_is_enough(runs, elsewhere):
    _, structure, _ = runs
    process = GaussianProcess(np.empty((150, 0)), structure, structure.astype(float))
    assert process.predict(np.empty((80, 0)), elsewhere[1]) == pytest.approx(elsewhere[1], abs=0.05)
