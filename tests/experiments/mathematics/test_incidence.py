"""The part that has arrived after so many years: by hand, by a library, and intervals that stay where parts can be."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf, t

from simulator.experiments.mathematics.incidence import Incidence
from simulator.indicators.ladder_flow import StepOutcome


def outcome_of(waits, losses, n_years=6):
    """Give the outcome of people who arrive after these years, and of others who are lost after those."""
    at_risk = tuple(sum(wait >= year for wait in (*waits, *losses)) for year in range(n_years))
    return StepOutcome(at_risk, tuple(waits.count(year) for year in range(n_years)))


def incidence_of(*replications):
    return Incidence.of([outcome_of(*each) for each in replications])


def test_the_curve_by_hand():
    # Ten at first; two arrive at once; of the seven who can be seen a year later, one does; then everybody is gone but two, of whom one arrives.
    found = incidence_of(([0, 0, 1, 3], [0, 2, 2, 2, 2, 3]))
    assert found.curve[:4] == pytest.approx([0.2, 1 - 0.8 * 6 / 7, 1 - 0.8 * 6 / 7, 1 - 0.8 * 6 / 7 / 2])
    assert np.isnan(found.curve[4:]).all()
    assert (found.observed_years, found.n_at_risk(1), found.n_arrived(1)) == (3, 7, 3)


def test_who_arrives_to_the_last_leaves_nothing_unknown():
    found = incidence_of(([1, 2], []), ([1, 1, 2], []))
    assert found.curve.tolist()[2:] == [1.0] * 4
    assert (found.is_enough(2), found.interval(2)) == (True, (None, None))


def test_it_agrees_with_a_library_on_careers_made_at_random():
    luck = random.Random(3)  # noqa: S311 - a test, no secret
    for _ in range(20):
        replications = [([luck.randint(0, 5) for _ in range(12)], [luck.randint(0, 5) for _ in range(15)]) for _ in range(3)]
        waits, losses = ([years for each in replications for years in each[side]] for side in (0, 1))
        found = incidence_of(*replications)
        expected = ecdf(CensoredData(uncensored=waits, right=losses)).cdf.evaluate(np.arange(6))
        assert found.curve == pytest.approx(expected)


def test_the_interval_leaves_out_one_replication_after_the_other():
    replications = [([1] * 4, [5] * 6), ([1] * 2, [5] * 8), ([1] * 5, [5] * 5)]
    low, high = incidence_of(*replications).interval(1)
    left = [math.log(-math.log(1 - part)) for part in (7 / 20, 9 / 20, 6 / 20)]
    mean = sum(left) / 3
    half = t.ppf(0.975, 2) * math.sqrt(2 / 3 * sum((each - mean) ** 2 for each in left))
    centre = math.log(-math.log(1 - 11 / 30))
    assert (low, high) == pytest.approx((1 - math.exp(-math.exp(centre - half)), 1 - math.exp(-math.exp(centre + half))))


def test_intervals_hold_the_part_and_stay_between_nought_and_one():
    luck = random.Random(8)  # noqa: S311 - a test, no secret
    n_told = 0
    for _ in range(200):
        replications = [([luck.randint(0, 5) for _ in range(luck.randint(0, 4))], [5] * luck.randint(0, 9)) for _ in range(luck.randint(2, 6))]
        found, other = incidence_of(*replications), incidence_of(*replications[::-1])
        for years in range(6):
            if not found.is_enough(years):
                continue
            low, high = found.interval(years)
            difference, difference_low, difference_high = found.difference(other, years)
            assert difference == pytest.approx(0)
            assert -1 <= difference_low <= difference_high <= 1
            if low is not None:
                n_told += 1
                assert 0 <= low <= found.at(years) <= high <= 1
    assert n_told > 100


def test_a_pair_that_differs_alike_everywhere_differs_surely():
    one = incidence_of(([1] * 4, [5] * 6), ([1] * 6, [5] * 4), ([1] * 5, [5] * 5))
    other = incidence_of(([1] * 2, [5] * 8), ([1] * 4, [5] * 6), ([1] * 3, [5] * 7))
    assert one.difference(other, 5) == pytest.approx((0.2, 0.2, 0.2))
    low, high = one.interval(5)
    assert high - low > 0.2


@pytest.mark.parametrize(
    ("replications", "is_enough"),
    [
        ([([1] * 2, [5] * 9), ([1] * 2, [5] * 9)], False),
        ([([1] * 2, [5] * 9), ([1] * 3, [5] * 9)], True),
        ([([1] * 9, [5] * 9), ([], [5] * 9)], False),  # all who arrive belong to one replication
        ([([1] * 9, [5] * 9), ([1] * 9, [5] * 9), ([1] * 9, [2] * 9), ([1] * 9, [2] * 9), ([], [])], False),  # two of five can be seen so long
        ([([1] * 9, [5] * 9), ([1] * 9, [5] * 9), ([1] * 9, [2] * 9), ([1] * 9, [2] * 9)], True),
        ([([], []), ([], [])], False),
    ],
)
def test_too_few_are_not_told(replications, is_enough):
    assert incidence_of(*replications).is_enough(5) is is_enough


def test_the_median_is_told_only_where_the_curve_passes_a_half():
    passes = incidence_of(([1, 2, 3, 3, 4], [5] * 3), ([1, 1, 2, 2, 4], [5] * 2))
    assert passes.curve[3:5] == pytest.approx([8 / 15, 10 / 15])
    assert passes.interval(1)[1] >= 0.5 > passes.interval(5)[0]
    assert passes.median() == (3, 1, None)  # of the interval of the curve, the upper end passes a half in year 1, the lower end in none
    assert incidence_of(([1] * 3, [5] * 5), ([2] * 3, [5] * 5)).median() == (None, None, None)
    assert incidence_of(([1] * 2, [5]), ([1] * 2, [5])).median() == (None, None, None)  # too few


def test_one_replication_has_no_interval():
    found = incidence_of(([1] * 9, [5] * 9))
    assert not found.is_enough(1)
    assert found.difference(found, 1) == (0.0, None, None)
