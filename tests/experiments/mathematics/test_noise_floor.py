"""The yardsticks of luck: what does nothing seldom looks as if it did something, however many of its changes are looked at; what does much is found."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import t

from simulator.experiments.mathematics.noise_floor import is_told_from_luck, noise_floor

LOOKS = 24
"""Three options, four indicators, two ends."""


def test_the_floor_is_students():
    dummies = np.array([1.0, 2.0, 4.0, 3.0, 5.0, math.nan])
    expected = t.ppf(1 - 0.05 / 2, 4) * np.std(dummies[:5], ddof=1) * (2 / 7) ** 0.5
    assert noise_floor(dummies, 7, 0.05) == pytest.approx(expected)
    assert noise_floor(dummies, 7, 0.05 / LOOKS) > expected
    assert np.isnan(noise_floor(np.array([1.0, math.nan]), 7, 0.05))


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ([0.30, 0.31, 0.29], True),
        ([-0.30, -0.31, -0.29, math.nan], True),
        ([-0.30, -0.31, -0.29, math.nan, math.nan, math.nan, math.nan], False),  # most of the pairs say nothing
        ([0.3, 0.3, 0.3], True),
        ([0.30, -0.31, 0.9], False),  # its own interval holds 0
        ([0.10, 0.101, 0.099], False),  # clear, but luck alone moves as far
        ([0.0, 0.0, 0.0], False),
        ([0.3], False),
        ([math.nan, math.nan], False),
    ],
)
def test_both_yardsticks_must_be_passed(changes, is_told):
    dummies = np.array([-0.1, 0.0, 0.1, 0.05, -0.05, 0.1, -0.1, 0.0])
    assert is_told_from_luck(np.array(changes), dummies, 0.05) == is_told


@pytest.fixture(scope="module")
def luck():
    """Draw differences of twelve cells that hang together, as three options on the same people do: (n, trials, 12)."""
    mixing = np.linalg.cholesky(0.5 * np.eye(12) + 0.5)
    numbers = np.random.default_rng(20_261_122)
    return lambda n: numbers.normal(size=(n, 4000, 12)) @ mixing.T


@pytest.mark.parametrize("replications", [10, 5, 2])
def test_a_row_that_is_luck_alone_is_told_from_luck_once_in_twenty_at_most(luck, replications):
    """Both ends of the planted assumption are the same numbers on other luck."""
    dummies = luck(3 * replications)
    changes = np.stack([luck(replications) - dummies[:replications] for _ in range(2)])
    told = [is_told_from_luck(end, dummies, 0.05 / LOOKS) for end in changes]
    assert np.logical_or(*told).any(axis=-1).mean() <= 0.05
    careless = [is_told_from_luck(end, dummies, 0.05) for end in changes]
    assert replications == 2 or np.logical_or(*careless).any(axis=-1).mean() > 0.1  # what the correction is for


def test_what_moves_much_is_told_from_luck(luck):
    dummies = luck(30)
    changes = luck(10) - dummies[:10] + 6.0
    assert is_told_from_luck(changes, dummies, 0.05 / LOOKS).mean() > 0.99
