"""Limiting cases 2, 3, 7, 12 to 15 and 19 of the model: what must come out on average when one thing alone decides.

Every quantity is read off a history of the model and held to three standard errors. Each test says how many independent trials it counts and what the
standard error is; :func:`tests.bands.assert_near` refuses a world in which three of them are more than 1 % of the quantity, so 2 % lies at least six
standard errors away. Standard errors are those of independent trials: places that are fixed in each unit only make them smaller.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from simulator.indicators.allocation_mix import AllocationMix
from simulator.indicators.concentration import Concentration
from simulator.indicators.discovery import DiscoveryRecall
from simulator.indicators.leader_bias import EqualOpportunity
from simulator.indicators.merit_alignment import MeritKappa
from simulator.indicators.panel import Panel
from simulator.indicators.post_worth import PostWorth
from simulator.indicators.precision import PrecisionAtK
from simulator.indicators.regret import Regret
from simulator.indicators.rotation import LastWinnerPenalty, TurnTaking
from simulator.indicators.standards import fall_of_standards
from simulator.indicators.timeliness import Timeliness
from simulator.model.behaviour import Behaviour
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from tests.bands import assert_near, assert_nothing, error_of_share, value_with_error
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

NORMAL = NormalDist()
LOTTERY = {"lottery_weight": 1.0}
FRESH = {"merit_stability": 0.0, "fortune_persistence": 0.0}
"""Merit without memory, so that years are trials of their own."""


def looking(family, history, n_memory_years=0):
    """Let one family of indicators look at a history."""
    return family(Panel(history, n_memory_years=n_memory_years))


def ladder(n_needed):
    """Write an award given by lot, and a higher one for all who won the first so many years running."""
    run = clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: {n_needed}}}")
    return award("upper", run, level=3, authority="province")


# --- 2: a lottery -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n_units", "n_years"),
    [pytest.param(10, 8000, 3, id="half of 20"), pytest.param(3, 45_000, 4, id="3 of 20", marks=pytest.mark.deep)],
)
def test_case_2_a_lottery_gives_what_chance_gives(k, n_units, n_years):
    """Half of 20 people in 8,000 units for 3 years: 240,000 places, 160,000 people.

    Standard errors, in per cent: P@k √((1−p)/(p·places)) = .20; regret 1/(.8·√places) = .26, the deserving standing .8 above the mean;
    dispersion √((2 + (1−6pq)/(Tpq))/people) = .29; effective winners a quarter of that.
    """
    n = 20
    p, n_places, n_people = k / n, k * n_units * n_years, n * n_units
    history = live(one_award(quota(p)), Behaviour(**LOTTERY), n_units=n_units, size=n, n_leaders=10, years=n_years, n_history_years=0)
    assert history.is_awarded.sum() == n_places
    assert_near(looking(PrecisionAtK, history).values()["precision_at_k"], p, error_of_share(p, n_places))
    height = NORMAL.pdf(NORMAL.inv_cdf(1 - p)) / p
    assert_near(looking(Regret, history).values()["regret"], 1.0, 1.05 / (height * math.sqrt(n_places)))  # 1.05: of 20 the best stand a little lower
    totals = history.is_awarded.reshape(n_years, -1).sum(axis=0)
    variance = n_years * p * (1 - p)
    error = math.sqrt((2 + (1 - 6 * p * (1 - p)) / variance) / n_people)
    assert_near(((totals - n_years * p) ** 2).mean() / variance, 1.0, error)
    spread = (1 - p) / (n_years * p)
    assert_near(looking(Concentration, history).values()["effective_winners"], n / (1 + spread), n * error * spread / (1 + spread) ** 2)


def test_case_2_a_lottery_shows_no_turns_no_posts_and_no_merit():
    """6,000 units of 20 with 10 places, 5 judged years: 300,000 places; the standard errors are those between 50 parts of the world."""
    history = live(one_award(quota(0.5)), Behaviour(**LOTTERY), n_units=6000, size=20, n_leaders=10, years=7)
    panel = Panel(history)
    for family, name in ((MeritKappa, "merit_kappa"), (EqualOpportunity, "equal_opportunity_difference"), (TurnTaking, "turn_taking_index")):
        assert_nothing(*value_with_error(family(panel), name))
    value, error = value_with_error(LastWinnerPenalty(panel), "last_winner_penalty")
    assert_nothing(value, error)
    mix = AllocationMix(panel)
    for part in ("merit", "turn", "post"):
        assert_nothing(*value_with_error(mix, part))
    assert mix.values()["unexplained"] == pytest.approx(1, abs=0.01)


# --- 3: turns find new people at their own pace -----------------------------------------------------------------------------------


def test_case_3_the_first_round_of_turns_finds_the_deserving_late():
    """Discovery 2/(c + 1) over the first cycle of c = 4 years: in its year j a share (c−j+1)/c is new, and one in c−j+1 of them is awarded.

    12,000 units with 5 places: 60,000 × (1 + ¾ + ½ + ¼) = 150,000 deserving and new; standard error √(.6/(.4·150,000)) = .32 %.
    """
    n, k, n_units = 20, 5, 12_000
    cycle = n // k
    nobody, some = one_award(quota(0.0)), one_award(quota(k / n))
    before = AwardModel(uniform_population(n_units, n), nobody, Behaviour(turn_weight=1.0, **FRESH), seed=1, collects=False)
    with before, before.run(2).branch(some) as model:
        history = model.run(cycle).history()
    expected = 2 / (cycle + 1)
    n_sought = n_units * k * (cycle + 1) / 2
    assert_near(DiscoveryRecall(Panel(history)).values()["discovery_recall"], expected, error_of_share(expected, n_sought))


# --- 7: a lottery under a ladder ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "m", "n_units"),
    [(16, 3, 4500), (10, 2, 14_000), pytest.param(6, 2, 50_000, marks=pytest.mark.deep)],
)
def test_case_7_luck_climbs_a_ladder_of_m_steps_with_chance_p_to_the_m(k, m, n_units):
    """p^m of the members in the m-th year, nobody before: one trial for each of 90,000 (280,000) members, standard error .33 (.33) %."""
    n = 20
    rules = criteria(award(FOCUS, quota(k / n)), ladder(m))
    history = live(rules, Behaviour(**LOTTERY), n_units=n_units, size=n, years=m, n_history_years=0)
    upper = history.awards["upper"].reshape(m, -1)
    assert not upper[:-1].any()
    expected = (k / n) ** m
    assert_near(upper[-1].mean(), expected, error_of_share(expected, n * n_units))


def test_case_7_the_mean_wait_for_m_wins_in_a_row():
    """(1−p^m)/((1−p)p^m) years; 347 at p = .15 and m = 3.

    Run at p = .8, m = 3, 4.77 years, until all of 32,000 members have got there; their waits spread by 2.6 years: standard error .31 %.
    """
    assert _mean_wait(0.15, 3) == pytest.approx(347, abs=0.5)
    n, k, m, n_units = 20, 16, 3, 1600
    history = live(criteria(award(FOCUS, quota(k / n)), ladder(m)), Behaviour(**LOTTERY), n_units=n_units, size=n, years=32, n_history_years=0)
    upper = history.awards["upper"].reshape(32, -1)
    is_there = upper.any(axis=0)
    assert is_there.mean() > 1 - 1e-4
    wait = upper.argmax(axis=0)[is_there] + 1
    assert_near(wait.mean(), _mean_wait(k / n, m), wait.std() / math.sqrt(len(wait)))


def _mean_wait(p, m):
    return (1 - p**m) / ((1 - p) * p**m)


# --- 12 and 13: noise ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reliability", [0.5, 0.8, 0.3])
def test_case_12_of_two_people_noise_finds_the_better_one_so_often(reliability):
    """½ + arcsin(1/√(1+σ²))/π, ¾ with as much noise as merit: one trial for each of 8,000 pairs in each of 10 years without memory, at most .31 %."""
    n_units, n_years = 8000, 10
    behaviour = Behaviour(appraisal_reliability=reliability, **FRESH)
    history = live(one_award(quota(0.5)), behaviour, n_units=n_units, size=2, n_leaders=1, years=n_years, n_history_years=0)
    expected = 0.5 + math.asin(math.sqrt(reliability)) / math.pi  # 1/(1 + σ²) is the reliability
    if reliability == 0.5:
        assert expected == pytest.approx(0.75)
    assert_near(looking(PrecisionAtK, history).values()["precision_at_k"], expected, error_of_share(expected, n_units * n_years))


@pytest.mark.parametrize(
    ("reliability", "share", "rounded", "n_units"),
    [(0.45, 0.15, 0.499, 160), (0.8, 0.3, None, 40), pytest.param(0.45, 0.15, 0.499, 640, marks=pytest.mark.deep)],
)
def test_case_13_in_large_units_reliability_caps_precision(reliability, share, rounded, n_units):
    """P@k = Φ₂(−z, −z; √r)/p in units of 2,000: 300 places in each of 160 units and 2 years, 96,000 places, standard error √(.499·.501/96,000) = .32 %."""
    n, n_years = 2000, 2
    behaviour = Behaviour(appraisal_reliability=reliability, **FRESH)
    history = live(one_award(quota(share)), behaviour, n_units=n_units, size=n, years=n_years, n_history_years=0)
    z, correlation = NORMAL.inv_cdf(1 - share), math.sqrt(reliability)
    expected = float(multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf([-z, -z])) / share
    if rounded:
        assert expected == pytest.approx(rounded, abs=5e-4)
    n_places = share * n * n_units * n_years
    assert_near(looking(PrecisionAtK, history).values()["precision_at_k"], expected, error_of_share(expected, n_places))


# --- 14: a council that favours posts ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def favoured():
    """A council that passes files with chance Λ((S − ½)/½) and adds 1 to those of leaders: δ = 2; half of 1,120,000 files are of leaders."""
    behaviour = Behaviour(council_spread=0.5, council_deference=1.0, council_bar_unit=0.5, **FRESH)
    return live(one_award(), behaviour, n_units=8000, size=20, n_leaders=10, years=7, n_history_years=0)


def test_case_14_the_favour_of_a_logistic_council_is_the_log_odds_ratio_at_equal_merit(favoured):
    """Logit of the award on merit and post: slope 1/spread, and δ; standard errors from the information of the fit, .27 % at most."""
    reasons = np.column_stack([np.ones(len(favoured.year)), favoured.merit, favoured.is_leader]).astype(np.float64)
    weights, errors = _logit(reasons, favoured.is_awarded)
    assert_near(weights[1], 2.0, errors[1])
    assert_near(weights[2], 2.0, errors[2])


def test_case_14_the_worth_of_a_post_is_what_the_council_adds(favoured):
    """One standard deviation of merit: δ over the slope of merit; the standard error is that between 50 parts of the world."""
    value, error = value_with_error(looking(PostWorth, favoured, 2), "post_worth")
    assert_near(value, 1.0, error)


def _logit(reasons, is_awarded):
    """Fit a logistic regression: (weights, standard errors)."""
    weights = np.zeros(reasons.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-reasons @ weights))
        information = (reasons * (chance * (1 - chance))[:, None]).T @ reasons
        weights = weights + np.linalg.solve(information, reasons.T @ (is_awarded - chance))
    return weights, np.sqrt(np.diag(np.linalg.inv(information)))


# --- 15: standards that fall ----------------------------------------------------------------------------------------------------------


def test_case_15_standards_fall_as_far_a_year_as_planted():
    """Rate 1 − Φ(c₀ − dt), .157 in year 0 and .380 in year 10 at d = .07, on 500,000 people of lasting merit.

    Standard errors of the rates √((1−p)/(p·n)): .33 % in year 0, less later. That of ten years of fall, between two cuts with .223 of the people
    between them: .0021 in .7, .3 %.
    """
    n_units, n, start, fall, n_years = 500, 1000, NORMAL.inv_cdf(1 - 0.157), 0.07, 10
    behaviour = Behaviour(council_bar_unit=start, bar_drift=-fall, merit_stability=1.0)
    with AwardModel(uniform_population(n_units, n), one_award(), behaviour, seed=1, first_year=0, collects=False) as model:
        for year in range(n_years + 1):
            model.step()
            expected = 1 - NORMAL.cdf(start - fall * year)
            assert_near(model.recorder.years[-1].awards[FOCUS].mean(), expected, error_of_share(expected, n_units * n))
            del model.recorder.years[1:-1]  # the first and the last year are enough
        history = model.history(n_history_years=1)
    assert expected == pytest.approx(0.380, abs=1e-3)
    assert_near(fall_of_standards(history), fall, _error_of_fall(start, start - fall * n_years, n_units * n) / n_years)


def _error_of_fall(start, end, n):
    """Give the standard error of Φ⁻¹ of two nested shares' difference, in a sample of n."""
    above, above_later = 1 - NORMAL.cdf(start), 1 - NORMAL.cdf(end)
    own, later = NORMAL.pdf(start), NORMAL.pdf(end)
    variance = above * (1 - above) / own**2 + above_later * (1 - above_later) / later**2 - 2 * above * (1 - above_later) / (own * later)
    return math.sqrt(variance / n)


# --- 19: the months an answer takes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delay", [0.0, 3.0])
@pytest.mark.parametrize("share_at_once", [0.0, 0.4, 1.0])
def test_case_19_answers_come_after_so_many_months(delay, share_at_once):
    """Mean x·d_s + (1−x)(6+d), F(12) = x + (1−x)(1−d/12): about 70,000 deeds; months spread by √12 and by the two ways, standard errors .33 % at most."""
    at_once = 1.5
    rules = criteria(award("thanks", level=1, kind="ad-hoc"), award(FOCUS, quota(1.0)))
    behaviour = Behaviour(
        surprise_rate=0.5,
        surprise_direct_factor=1.0,
        ad_hoc_reach=share_at_once,
        ad_hoc_delay_months=at_once,
        annual_delay_months=delay,
    )
    history = live(rules, behaviour, n_units=1000, size=20, years=13)
    found = Timeliness(Panel(history)).values()
    n_deeds = 10 * 20_000 * (1 - math.exp(-0.5))
    in_the_round = 6 + delay
    between = share_at_once * (1 - share_at_once) * (in_the_round - at_once) ** 2
    error = math.sqrt(((1 - share_at_once) * 12 + between) / n_deeds) if share_at_once < 1 else 1e-9
    assert_near(found["time_to_award_months"], share_at_once * at_once + (1 - share_at_once) * in_the_round, error)
    in_time = share_at_once + (1 - share_at_once) * (1 - delay / 12)
    assert_near(found["recognised_within_12_months"], in_time, error_of_share(in_time, n_deeds) if in_time < 1 else 0.0)
