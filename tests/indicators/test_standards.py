"""A bar that falls by so much a year is found to have fallen by so much."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from simulator.indicators.standards import fall_of_standards
from tests.indicators.lists import TITLE, shuffled, untidy_list
from tests.indicators.test_inflation import list_of_years

N = 20_000
N_YEARS = 10
CUT = NormalDist().inv_cdf(1 - 0.157)


@pytest.fixture(scope="module")
def merit():
    """Merit in even steps of rank: normal to the last person."""
    steps = (np.arange(N) + 0.5) / N
    return np.array([NormalDist().inv_cdf(float(step)) for step in steps])


@pytest.mark.parametrize("fall", [0.0, 0.03, 0.05, 0.07])
def test_a_planted_fall_is_found(merit, fall):
    """Limiting case 15: at .07 a year the share awarded grows from .157 to .38 in ten years."""
    is_awarded = [merit >= CUT - fall * year for year in range(N_YEARS + 1)]
    if fall == 0.07:
        assert (is_awarded[0].mean(), is_awarded[-1].mean()) == pytest.approx((0.157, 0.38), abs=0.001)
    assert fall_of_standards(list_of_years([merit] * (N_YEARS + 1), is_awarded)) == pytest.approx(fall, abs=1e-4)


def test_a_fall_is_found_through_noise_while_merit_grows():
    """Found within .01: reading merit and bar through noise is what year 0's fit is for."""
    luck = np.random.default_rng(1)
    years = [luck.normal(size=N) + 0.03 * year for year in range(N_YEARS + 1)]
    is_awarded = [merit + luck.normal(size=N) >= 1 - 0.07 * year for year, merit in enumerate(years)]
    found = fall_of_standards(list_of_years(years, is_awarded))
    assert found == pytest.approx(0.07 / math.sqrt(2), abs=0.01)  # in standard deviations of merit seen through noise


def test_growing_merit_under_a_fixed_bar_is_no_fall(merit):
    grown = [merit + 0.05 * year for year in range(N_YEARS + 1)]
    found = fall_of_standards(list_of_years(grown, [values >= CUT for values in grown]))
    assert found == pytest.approx(0, abs=0.001)


def test_only_the_focus_award_is_looked_at(merit):
    awards = {TITLE: [merit >= CUT] * 3, "medal": [merit >= cut for cut in (2, 1, 0)]}
    assert fall_of_standards(list_of_years([merit] * 3, awards, award_values={TITLE: 1.0, "medal": 3.0})) == pytest.approx(0, abs=1e-9)


def test_what_is_not_known_is_not_a_number(merit):
    history = list_of_years([merit] * 2, [merit >= CUT] * 2)
    assert math.isnan(fall_of_standards(replace(history, merit=None)))
    assert math.isnan(fall_of_standards(list_of_years([merit] * 2, [merit >= CUT, merit >= 99])))
    assert math.isnan(fall_of_standards(list_of_years([merit] * 2, [merit >= CUT, merit >= -99])))


def test_the_order_of_rows_changes_nothing():
    history = replace(untidy_list(1), n_history_years=2)
    assert fall_of_standards(shuffled(history)) == pytest.approx(fall_of_standards(history), abs=1e-12)
