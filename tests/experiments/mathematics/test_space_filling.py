"""Points fill what is possible, the same for the same seed; effects are those planted."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.mathematics.space_filling import Space, elementary_effects, positions

SPACE = Space(("a", "b"), np.array([0.0, -1.0]), np.array([2.0, 1.0]))


def test_points_spread_evenly_over_the_ranges():
    points = SPACE.fill(256, seed=1)
    assert points.shape == (256, 2)
    assert np.histogram(points[:, 0], bins=16, range=(0, 1))[0] == pytest.approx(np.full(16, 16))
    assert points.min() >= 0
    assert points.max() <= 1


def test_the_seed_decides():
    assert np.array_equal(SPACE.fill(100, seed=1), SPACE.fill(100, seed=1))
    assert not np.array_equal(SPACE.fill(100, seed=1), SPACE.fill(100, seed=2))


def test_numbers_and_points_say_the_same():
    numbers = SPACE.numbers_at(np.array([0.25, 0.75]))
    assert numbers == {"a": 0.5, "b": 0.5}
    assert SPACE.point_of(numbers) == pytest.approx([0.25, 0.75])


def test_what_is_not_possible_is_left_out():
    below = Space(SPACE.names, SPACE.low, SPACE.high, lambda numbers: numbers["a"] + numbers["b"] <= 0)
    points = below.fill(500, seed=1)
    assert len(points) == 500
    assert all(below.numbers_at(point)["a"] + below.numbers_at(point)["b"] <= 0 for point in points)


def test_an_effect_is_the_change_over_the_whole_range():
    def observe(points):
        return np.array([[3 * point["a"], point["a"] * point["b"], 7.0] for point in points])

    effects = elementary_effects(SPACE, observe, np.array([[0.0, 0.75], [1.0, 0.75]]))
    assert effects[0] == pytest.approx([6, 1, 0])
    assert effects[1] == pytest.approx([0, 2, 0])


def test_a_move_to_what_is_not_possible_counts_in_no_mean():
    narrow = Space(SPACE.names, SPACE.low, SPACE.high, lambda numbers: numbers["a"] <= 1)

    def observe(points):
        return np.array([[point["a"], point["b"]] for point in points])

    effects = elementary_effects(narrow, observe, np.array([[0.2, 0.2], [0.0, 0.2]]))
    assert effects == pytest.approx(np.array([[0, 0], [0, 2]]))


def test_values_without_an_order_divide_the_range_and_its_far_end_leads_back():
    assert positions(np.array([0.0, 0.19, 0.2, 0.6, 0.99, 1.0]), 5).tolist() == [0, 0, 1, 3, 4, 0]
    assert positions(np.arange(6) / 5, 5).tolist() == [0, 1, 2, 3, 4, 0]
