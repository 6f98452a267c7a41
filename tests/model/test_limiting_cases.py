"""Limiting cases 1 to 5 and 8 to 11 of the model: what must come out exactly when one thing alone decides.

Exact cases are exact on the model itself, not on formulas; the lottery is held to bands that would catch an error of 2 %.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulator.indicators.measurement import values_of
from simulator.model.behaviour import Behaviour
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

SIZES = [3, 4, 5, 7, 8, 11, 12, 15, 20, 24, 31, 33, 47, 58, 60, 75, 88, 101, 119, 120]
STATIC = {"merit_stability": 1.0}
N_YEARS = 12


def wins(history):
    """Give (n_years, n_members) awards."""
    return history.is_awarded.reshape(len(history.years), -1)


def gini(totals):
    """Measure inequality of win totals, as a share of the most that n members can show."""
    ordered = np.sort(totals)
    n = len(ordered)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


@pytest.mark.parametrize("size", [20, SIZES], ids=["units of 20", "units of 3 to 120"])
@pytest.mark.parametrize("rounding", ["floor", "nearest", "ceiling", "systematic"])
def test_case_1_perfect_merit_is_perfect(size, rounding):
    history = live(one_award(quota(rounding=rounding)), size=size)
    values, _ = values_of(history)
    assert values["merit_kappa"] == 1
    assert values["turn_taking_index"] == 0
    assert values["last_winner_penalty"] == 0
    assert values["equal_opportunity_difference"] == 0
    mix = [values[cause] for cause in ("merit", "turn", "post", "unexplained")]
    assert mix == pytest.approx([1, 0, 0, 0], abs=1e-12)
    merit = history.merit.reshape(wins(history).shape)
    start = 0
    for n in np.broadcast_to(size, (20,)):
        members = slice(start, start + n)
        for year in range(len(history.years)):
            worst_winner = merit[year, members][wins(history)[year, members]].min(initial=np.inf)
            best_loser = merit[year, members][~wins(history)[year, members]].max(initial=-np.inf)
            assert worst_winner >= best_loser
        start += n


def test_case_2_a_lottery_is_a_lottery():
    n, k, n_units, n_years = 20, 3, 400, 22
    behaviour = Behaviour(lottery_weight=1.0)
    history = live(one_award(quota()), behaviour, n_units=n_units, size=n, years=n_years)
    values, _ = values_of(history)
    n_awards = n_units * k * (n_years - 2)
    band = 4 / np.sqrt(n_awards)
    assert values["merit_kappa"] == pytest.approx(0, abs=band)
    assert values["turn_taking_index"] == pytest.approx(0, abs=2 * band)
    assert values["last_winner_penalty"] == pytest.approx(0, abs=4 * band)
    assert values["equal_opportunity_difference"] == pytest.approx(0, abs=2 * band)
    mix = [values[cause] for cause in ("merit", "turn", "post", "unexplained")]
    assert mix == pytest.approx([0, 0, 0, 1], abs=3 * band)
    totals = wins(history).sum(axis=0)
    p = k / n
    dispersion = ((totals - n_years * p) ** 2).sum() / (len(totals) * n_years * p * (1 - p))
    assert dispersion == pytest.approx(1, abs=0.06)
    by_unit = totals.reshape(n_units, n)
    effective = 1 / ((by_unit / by_unit.sum(axis=1, keepdims=True)) ** 2).sum(axis=1).mean()
    assert effective == pytest.approx(n / (1 + (1 - p) / (n_years * p)), rel=0.02)
    merit, is_awarded = history.merit, history.is_awarded
    assert merit[is_awarded].mean() == pytest.approx(merit.mean(), abs=2 * band)  # regret 1


def test_case_3_strict_turns_are_strict_turns():
    n, k = 20, 4
    cycle = n // k
    history = live(one_award(quota(0.2)), Behaviour(turn_weight=1.0), size=n, years=2 * cycle)
    values, _ = values_of(history)
    assert values["turn_taking_index"] == pytest.approx(1, abs=1e-12)
    assert values["last_winner_penalty"] == 1
    won = wins(history)
    assert (won[:cycle].sum(axis=0) == 1).all()
    assert (won[cycle:] == won[:cycle]).all()
    totals = won.sum(axis=0)
    assert gini(totals) == 0
    assert ((totals - 2) ** 2).sum() == 0
    p, x = k / n, won.astype(float)
    autocorrelation = ((x[1:] - p) * (x[:-1] - p)).mean() / (p * (1 - p))
    assert autocorrelation == pytest.approx(-p / (1 - p), abs=1e-12)


def test_case_4_posts_alone_decide():
    n, k = 20, 3
    history = live(one_award(quota()), Behaviour(rank_weight=1.0), size=n, n_leaders=k, years=N_YEARS)
    values, _ = values_of(history)
    assert values["leader_share"] == 1
    assert values["equal_opportunity_difference"] == pytest.approx(1, abs=1e-12)
    assert values["post"] == pytest.approx(1, abs=1e-12)
    totals = wins(history).sum(axis=0).reshape(-1, n)[0]
    assert gini(totals) == pytest.approx(1 - k / n)
    shares = totals[totals > 0] / totals.sum()
    assert 1 / (shares**2).sum() == pytest.approx(k)
    assert (shares * np.log(shares * n)).sum() == pytest.approx(np.log(n / k))


def test_case_5_static_merit_names_the_same_people_for_ever():
    n, k = 20, 3
    history = live(one_award(quota()), Behaviour(**STATIC), size=n, years=N_YEARS)
    won = wins(history)
    assert (won == won[0]).all()
    totals = won.sum(axis=0).reshape(-1, n)
    p = k / n
    for unit in totals:
        assert ((unit - N_YEARS * p) ** 2).sum() / (n * N_YEARS * p * (1 - p)) == pytest.approx(N_YEARS)
        shares = unit / unit.sum()
        assert 1 / (shares**2).sum() == pytest.approx(k)
    assert values_of(history)[0]["merit_kappa"] == 1


@pytest.mark.parametrize("n_needed", [2, 3, 5])
def test_case_8_a_ladder_over_static_merit_opens_in_its_year_and_then_gives_exactly_the_quota(n_needed):
    run = clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: {n_needed}}}")
    rules = criteria(award(FOCUS, quota()), award("upper", run, level=3, authority="province"))
    history = live(rules, Behaviour(**STATIC), size=20, years=N_YEARS)
    upper = history.awards["upper"].reshape(N_YEARS, 20, 20).sum(axis=2)
    assert (upper[: n_needed - 1] == 0).all()
    assert (upper[n_needed - 1 :] == 3).all()


def test_case_6_turns_close_the_ladder_for_ever():
    run = clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: 2}}")
    rules = criteria(award(FOCUS, quota(0.2)), award("upper", run, level=3, authority="province"))
    history = live(rules, Behaviour(turn_weight=1.0), size=20, years=N_YEARS)
    assert not history.awards["upper"].any()


@pytest.mark.parametrize("pooling", ["unit", "all"])
def test_case_9_a_floor_of_everything_leaves_leaders_nothing(pooling):
    floor = clause("floor", "direct-worker-floor", f"share: 1.0, pooling: {pooling}")
    rounding = "nearest" if pooling == "unit" else "systematic"
    rules = one_award(quota(0.4, pooling=pooling, rounding=rounding), floor)
    history = live(rules, Behaviour(rank_weight=0.5))
    values, _ = values_of(history)
    assert values["leader_share"] == 0
    assert values["award_rate"] == pytest.approx(0.4, abs=0.01)


def test_case_10_a_quota_of_everybody_awards_everybody():
    history = live(one_award(quota(1.0)))
    values, _ = values_of(history)
    assert values["award_rate"] == 1
    assert gini(wins(history).sum(axis=0)) == 0
    assert np.isnan(values["merit_kappa"])  # nobody to compare the awarded with


def test_case_11_a_threshold_nobody_reaches_awards_nobody_and_leaves_indicators_undefined():
    threshold = clause("threshold", "score-threshold", "at_least: 1000000.0")
    history = live(one_award(quota(), threshold))
    values, _ = values_of(history)
    assert not history.is_awarded.any()
    assert values.pop("award_rate") == 0
    assert all(np.isnan(value) for value in values.values())


def test_cooling_off_of_a_whole_cycle_is_rotation_by_law():
    """M4: a ban of n/k − 1 years gives strict turns whatever the merit, once everybody is looked at."""
    n, k = 20, 4
    cooling_off = clause("cooling-off", "cooling-off", f"years: {n // k - 1}")
    history = live(one_award(quota(0.2), cooling_off), Behaviour(**STATIC), size=n, years=15)
    won = wins(history)
    assert (won[:5].sum(axis=0) == 1).all()
    assert (won[5:10] == won[:5]).all()


@pytest.mark.parametrize(("rounding", "rate"), [("floor", 0), ("ceiling", 1 / 3), ("systematic", 0.15)])
def test_units_of_three_show_what_rounding_does(rounding, rate):
    """M5: 15 % of three people."""
    history = live(one_award(quota(rounding=rounding)), size=3, n_leaders=1, n_units=200, years=20)
    assert history.is_awarded.mean() == pytest.approx(rate, abs=0.001)
