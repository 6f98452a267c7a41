"""Boxes that tell where cases gather: planted ones are found with their limits, chance is told as nothing, and what was left out has its say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from simulator.experiments.mathematics import discovery
from simulator.experiments.mathematics.discovery import AIM, Fit, chance_of, discover, find_box, quasi_p, rounded, step_of
from simulator.experiments.mathematics.peeling import Box, Limit, Points

RANGES = [1.0] * 12


def planted(seed, n=300, inside=0.9, outside=0.05, columns=12):
    """Plant cases where one number is high, another low and one choice is not taken."""
    rng = np.random.default_rng(seed)
    numbers, choices = rng.random((n, columns)), rng.integers(0, 5, (n, 1))
    is_in = (numbers[:, 0] > 0.4) & (numbers[:, 1] < 0.6) & (choices[:, 0] != 2)
    return Points(numbers, choices, np.where(is_in, rng.random(n) < inside, rng.random(n) < outside))


PLANTED = {Limit("low", 0), Limit("high", 1), Limit("among", 0)}


def test_what_was_planted_is_found_and_nothing_else():
    found = discover(planted(1), RANGES)
    assert set(found.quasi_p) == PLANTED
    assert found.is_reached
    assert found.box.low[0] == pytest.approx(0.4, abs=0.04)
    assert found.box.high[1] == pytest.approx(0.6, abs=0.04)
    assert found.box.among == (frozenset({0, 1, 3, 4}),)
    assert max(found.quasi_p.values()) < 0.01


@pytest.mark.deep
def test_at_published_seeds_planted_boxes_are_found_and_chance_is_not_called_a_box():
    """A hundred trials: fifty planted, fifty of chance alone."""
    told = [discover(planted(seed, columns=20), [1.0] * 20) for seed in range(50)]
    assert sum(each is not None and len(PLANTED & set(each.quasi_p)) >= 2 for each in told) >= 45
    strangers = [len(set(each.quasi_p) - PLANTED) for each in told if each is not None]
    assert np.mean(strangers) <= 0.1
    by_chance = []
    for seed in range(50):
        rng = np.random.default_rng(1000 + seed)
        by_chance.append(discover(Points(rng.random((300, 20)), rng.integers(0, 5, (300, 1)), rng.random(300) < 0.25), [1.0] * 20))
    assert sum(each is not None for each in by_chance) <= 4
    assert not any(each.is_reached for each in by_chance if each is not None)


def test_chance_is_told_as_nothing():
    rng = np.random.default_rng(7)
    assert discover(Points(rng.random((200, 6)), rng.integers(0, 5, (200, 1)), rng.random(200) < 0.3), [1.0] * 6) is None


def test_a_box_that_gathers_nothing_of_what_was_left_out_is_none(monkeypatch):
    points = planted(1)
    assert find_box(points, RANGES) is not None
    monkeypatch.setattr(discovery, "_fit_left_out", lambda *_: Fit(100, int(100 * points.is_case.mean()), int(points.is_case.sum())))
    assert discover(points, RANGES) is None


def test_coverage_and_density_are_counted():
    points = Points(np.array([[0.1], [0.2], [0.3], [0.4]]), np.zeros((4, 0), np.int64), np.array([False, True, True, True]))
    fit = Fit.of(Box.whole(points).at("low", 0, 0.3), points)
    assert (fit.inside, fit.cases_inside, fit.cases) == (2, 2, 3)
    assert (fit.coverage, fit.density, fit.worth) == (2 / 3, 1.0, 2 / 3)
    assert not fit.reaches


@pytest.mark.parametrize(("inside", "cases_inside", "cases", "reaches"), [(10, 7, 10, True), (10, 6, 8, False), (9, 7, 11, False), (0, 0, 0, False)])
def test_both_figures_must_reach_the_aim(inside, cases_inside, cases, reaches):
    assert AIM == 0.7
    assert Fit(inside, cases_inside, cases).reaches is reaches


def test_quasi_p_values_are_those_of_the_binomial_test():
    points = planted(3)
    box = Box.whole(points).at("low", 0, 0.4).at("high", 1, 0.6)
    without = Fit.of(box.without(Limit("low", 0)), points)
    fit = Fit.of(box, points)
    assert quasi_p(box, points)[Limit("low", 0)] == pytest.approx(binom.sf(fit.cases_inside - 1, fit.inside, without.density))


def test_chance_of_as_many_cases():
    points = Points(np.zeros((4, 1)), np.zeros((4, 0), np.int64), np.array([True, True, False, False]))
    assert chance_of(Fit(2, 2, 2), points) == pytest.approx(1 / 6)
    assert chance_of(Fit(0, 0, 2), points) == 1.0


@pytest.mark.parametrize(("width", "step"), [(0.75, 0.01), (0.4, 0.005), (1.5, 0.02), (71.0, 1.0), (1.0, 0.02), (0.05, 0.001), (0.0, 1.0)])
def test_limits_are_rounded_to_about_a_fiftieth_of_the_range(width, step):
    assert step_of(width) == pytest.approx(step)


def test_what_is_written_is_what_was_counted():
    points = planted(1)
    box = find_box(points, RANGES)
    assert np.array_equal(rounded(box, RANGES).low, box.low)
    assert box.low[0] == round(box.low[0] / 0.02) * 0.02 or box.low[0] == pytest.approx(round(box.low[0], 2), abs=1e-12)
