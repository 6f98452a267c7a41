"""Limiting cases 1, 3 to 6 and 8 to 11 of the model: what must come out exactly when one thing alone decides.

Exact cases are exact on histories of the model, not on formulas. Cases that hold on average are in ``test_limiting_cases_in_expectation.py``; those of
growth, asking, claims and files are in ``test_limiting_cases_of_conduct.py``. Where a structure of behaviour or learning can matter, all are tried;
learning units send fewer files than places, or more, so what needs every place filled is asked of those who do not learn.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulator.indicators.measurement import measure
from simulator.indicators.values import values_of
from simulator.model.behaviour import STRUCTURES, Behaviour
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


@pytest.mark.parametrize("learns", [False, True])
@pytest.mark.parametrize("structure", STRUCTURES)
def test_case_1_merit_alone_is_merit_alone_in_every_structure(structure, learns):
    history = live(one_award(quota()), Behaviour(structure=structure, learns=learns), size=SIZES, years=8)
    found = measure(history, n_draws=9)
    for name in ("merit_kappa", "precision_at_k", "leader_risk_ratio"):
        assert found.indicators[name].value == pytest.approx(1, abs=1e-12), name
    for name in ("turn_taking_index", "last_winner_penalty", "equal_opportunity_difference", "unexplained_gap", "regret"):
        assert found.indicators[name].value == pytest.approx(0, abs=1e-12), name
    assert [each.value for each in found.allocation_mix.values()] == pytest.approx([1, 0, 0, 0], abs=1e-12)
    assert learns == (len(np.unique(history.is_nominated.reshape(8, -1).sum(axis=1))) > 1)  # those who learn send other numbers of files


@pytest.mark.parametrize("structure", [structure for structure in STRUCTURES if structure != "planning"])  # who plans ladders takes no turns
def test_case_3_strict_turns_are_strict_turns(structure):
    n, k = 20, 4
    cycle = n // k
    history = live(one_award(quota(0.2)), Behaviour(turn_weight=1.0, structure=structure), size=n, years=2 * cycle)
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


@pytest.mark.parametrize("structure", STRUCTURES)
def test_case_4_posts_alone_decide(structure):
    n, k = 20, 3
    history = live(one_award(quota()), Behaviour(rank_weight=1.0, structure=structure), size=n, n_leaders=k, years=N_YEARS)
    values, _ = values_of(history)
    assert values["leader_share"] == 1
    assert values["equal_opportunity_difference"] == pytest.approx(1, abs=1e-12)
    assert values["post"] == pytest.approx(1, abs=1e-12)
    totals = wins(history).sum(axis=0).reshape(-1, n)[0]
    assert gini(totals) == pytest.approx(1 - k / n)
    shares = totals[totals > 0] / totals.sum()
    assert 1 / (shares**2).sum() == pytest.approx(k)
    assert (shares * np.log(shares * n)).sum() == pytest.approx(np.log(n / k))


@pytest.mark.parametrize("structure", STRUCTURES)
def test_case_5_static_merit_names_the_same_people_for_ever(structure):
    n, k = 20, 3
    history = live(one_award(quota()), Behaviour(**STATIC, structure=structure), size=n, years=N_YEARS)
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


@pytest.mark.parametrize("structure", [structure for structure in STRUCTURES if structure != "planning"])  # who plans ladders takes no turns
def test_case_6_turns_close_the_ladder_for_ever(structure):
    run = clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: 2}}")
    rules = criteria(award(FOCUS, quota(0.2)), award("upper", run, level=3, authority="province"))
    history = live(rules, Behaviour(turn_weight=1.0, structure=structure), size=20, years=N_YEARS)
    assert history.is_awarded.mean() == pytest.approx(0.2)
    assert not history.awards["upper"].any()


@pytest.mark.parametrize("learns", [False, True])
@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("pooling", ["unit", "all"])
def test_case_9_a_floor_of_everything_leaves_leaders_nothing(pooling, structure, learns):
    floor = clause("floor", "direct-worker-floor", f"share: 1.0, pooling: {pooling}")
    rounding = "nearest" if pooling == "unit" else "systematic"
    rules = one_award(quota(0.4, pooling=pooling, rounding=rounding), floor)
    history = live(rules, Behaviour(rank_weight=0.5, structure=structure, learns=learns))
    assert not (history.is_awarded & history.is_leader).any()
    values, _ = values_of(history)
    assert values["leader_share"] == 0
    assert values["award_rate"] == pytest.approx(0.4, abs=0.01) or learns


@pytest.mark.parametrize("structure", STRUCTURES)
def test_case_10_a_quota_of_everybody_awards_everybody(structure):
    history = live(one_award(quota(1.0)), Behaviour(appraisal_reliability=0.45, turn_weight=0.3, rank_weight=0.2, structure=structure))
    values, _ = values_of(history)
    assert history.is_awarded.all()  # all places go to all the best
    assert values["award_rate"] == 1
    assert gini(wins(history).sum(axis=0)) == 0
    assert np.isnan(values["merit_kappa"])  # nobody to compare the awarded with


@pytest.mark.parametrize("learns", [False, True])
@pytest.mark.parametrize("structure", STRUCTURES)
def test_case_11_a_threshold_nobody_reaches_awards_nobody_and_leaves_indicators_undefined(structure, learns):
    threshold = clause("threshold", "score-threshold", "at_least: 1000000.0")
    history = live(one_award(quota(), threshold), Behaviour(structure=structure, learns=learns, stakes=1.0, appraisal_reliability=0.45))
    assert not history.is_awarded.any()
    defined = {name: each.value for name, each in measure(history, n_draws=9).indicators.items() if each.value is not None}
    assert set(defined) <= {"award_rate", "five_year_coverage", "fill_rate", "approval_rate", "awards_owed_to_chasing", "dossiers", "cost_vnd"}
    assert not any(value for name, value in defined.items() if name != "dossiers")
