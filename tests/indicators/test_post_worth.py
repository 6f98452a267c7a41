"""What a post is worth comes back as it was planted, is nothing under merit, and is not said where merit does not weigh."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest
from scipy.optimize import minimize

from simulator.history import FIRST_LEADING_ROLE
from simulator.indicators.family import MERIT_WITHOUT_WEIGHT, TOO_FEW_YEARS
from simulator.indicators.measurement import measure
from simulator.indicators.panel import Panel
from simulator.indicators.post_worth import PostWorth
from tests.indicators.lists import MIXED_SIZES, by_lot, by_merit, by_post, by_turn, shuffled, untidy_list, write_list

FIVE_TO_SIXTY = [5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60]


def worth(history):
    return PostWorth(Panel(history)).values()["post_worth"]


def by_logit(slope, bonus):
    """Draw exactly k winners of a logistic council: a post multiplies the odds by e to the bonus, merit by e to the slope a standard deviation."""

    def choose(line, n_places, luck):
        odds = [math.exp(slope * person.merit + bonus * (person.role >= FIRST_LEADING_ROLE)) for person in line]
        # ways[i][j]: the sum over all choices of j among the people from i on of the products of their odds.
        ways = [[1.0] + [0.0] * n_places]
        for odd in reversed(odds):
            later = ways[0]
            ways.insert(0, [1.0, *(later[j] + odd * later[j - 1] for j in range(1, n_places + 1))])
        chosen, left = [], n_places
        for i, person in enumerate(line):
            if left and luck.random() * ways[i][left] < odds[i] * ways[i + 1][left - 1]:
                chosen.append(person)
                left -= 1
        return chosen

    return choose


@pytest.mark.parametrize("sizes", [FIVE_TO_SIXTY * 12, [5, 6, 7, 8] * 60], ids=["units of 5 to 60", "units of 5 to 8"])
@pytest.mark.parametrize(("slope", "bonus"), [(1.0, 0.7), (2.0, 1.4), (1.0, 0.0), (1.0, -0.5)])
def test_the_planted_worth_of_a_post_comes_back(sizes, slope, bonus):
    """Two lists of some 3,000 awards; the standard error of their mean is about .04."""
    found = fmean(worth(write_list(sizes, 8, by_logit(slope, bonus), seed=seed)) for seed in (1, 2))
    assert found == pytest.approx(bonus / slope, abs=0.1)


def test_the_slopes_themselves_are_those_of_the_council_in_large_units():
    """Limiting case 14: a logistic council with a leader bonus δ has the conditional log odds ratio δ."""
    slopes = PostWorth(Panel(write_list([60] * 40, 10, by_logit(1.0, 0.7))))._fits[0].slopes
    assert slopes[[0, 2]] == pytest.approx(np.array([1.0, 0.7]), abs=0.12)
    assert slopes[1] == pytest.approx(0, abs=0.3)


def test_a_score_of_merit_post_and_noise_is_read_in_its_own_unit():
    """Awards to the highest merit + .5 for leaders + noise: a post is worth half a standard deviation, whatever the noise."""

    def choose(line, n_places, luck):
        return sorted(line, key=lambda person: -(person.merit + 0.5 * (person.role >= FIRST_LEADING_ROLE) + luck.gauss(0, 0.7)))[:n_places]

    assert worth(write_list(FIVE_TO_SIXTY * 12, 10, choose)) == pytest.approx(0.5, abs=0.08)


def test_the_fit_is_that_of_a_general_search():
    """Maximise the same likelihood, intercepts and all, without any of the shortcuts."""
    panel = Panel(write_list([5, 8, 12], 5, by_logit(1.0, 1.0)))
    family = PostWorth(panel)
    reasons, cell = np.stack(family._reasons, axis=1), panel.groups.of_member
    awarded = panel.is_awarded

    def loss(parameters):
        predictor = reasons @ parameters[:3] + parameters[3:][cell]
        return np.logaddexp(0, predictor).sum() - (awarded * predictor).sum() + 0.005 * parameters[:3] @ parameters[:3]

    found = minimize(loss, np.zeros(3 + int(cell.max()) + 1), method="BFGS", options={"gtol": 1e-8}).x[:3]
    assert family._fits[0].slopes == pytest.approx(found, abs=1e-4)


@pytest.mark.parametrize("sizes", [MIXED_SIZES * 5, [3] * 40], ids=["units of 3 to 120", "units of 3"])
def test_under_perfect_merit_a_post_is_worth_nothing(sizes):
    found = measure(write_list(sizes, 7, by_merit), n_draws=200).indicators["post_worth"]
    assert found.value == pytest.approx(0, abs=0.02)
    assert found.high - found.low < 0.1


@pytest.mark.parametrize("choose", [by_lot, by_turn, by_post])
def test_where_merit_does_not_weigh_nothing_is_expressed_in_it(choose):
    assert PostWorth(Panel(write_list([20] * 30, 8, choose))).missing() == MERIT_WITHOUT_WEIGHT


def test_an_interval_holds_the_planted_worth_about_as_often_as_it_says():
    inside = 0
    for seed in range(20):
        found = measure(write_list(FIVE_TO_SIXTY * 3, 5, by_logit(1.0, 0.7), seed=seed), n_draws=200).indicators["post_worth"]
        inside += found.low <= 0.7 <= found.high
    assert inside >= 16


def test_sums_of_units_add_up_to_those_of_the_whole():
    family = PostWorth(Panel(write_list([8] * 25, 6, by_logit(1.0, 0.7))))
    assert family.combine(family.components("unit").sum(axis=0, keepdims=True))["post_worth"][0] == pytest.approx(family.values()["post_worth"])
    assert family.components("unit").sum(axis=0) == pytest.approx(family.components("all")[0], abs=1e-9)


def test_leaving_units_out_is_answered_nearly_as_by_fitting_anew():
    history = write_list([20] * 60, 6, by_logit(1.0, 0.7))
    family = PostWorth(Panel(history))
    half = family.combine(family.components("unit")[:30].sum(axis=0, keepdims=True))["post_worth"][0]
    rows = history.unit < 30
    part = replace(
        history,
        **{name: getattr(history, name)[rows] for name in ("year", "unit", "member", "role", "merit")},
        awards={award: won[rows] for award, won in history.awards.items()},
    )
    # A list without ties is standardised anew, which moves its unit a little.
    assert half == pytest.approx(worth(part), abs=0.05)


def test_the_order_of_rows_and_the_names_of_people_change_nothing():
    history = write_list([5, 9, 14, 22] * 5, 6, by_logit(1.5, 0.5))
    assert worth(shuffled(history)) == pytest.approx(worth(history), abs=1e-9)
    assert worth(replace(history, member=history.member * 13 + 7, unit=history.unit * 5 - 3)) == pytest.approx(worth(history), abs=1e-9)
    assert worth(replace(history, merit=history.merit * 20 + 50)) == pytest.approx(worth(history), abs=1e-9)


@pytest.mark.parametrize("n_leaders", [0, 12])
def test_without_leaders_or_without_others_it_is_undefined(n_leaders):
    assert math.isnan(worth(write_list([12] * 20, 6, by_logit(1.5, 0.5), n_leaders=lambda _size: n_leaders)))


def test_it_needs_two_years_of_memory():
    assert PostWorth(Panel(replace(untidy_list(1), n_history_years=1))).missing() == TOO_FEW_YEARS
