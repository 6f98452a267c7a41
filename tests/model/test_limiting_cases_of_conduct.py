"""Limiting cases 16, 17, 18 and 20 of the model: what grows, what is asked for, what is claimed, and how many files are sent."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from simulator.indicators.chasing import AwardsOwedToChasing
from simulator.indicators.growth import AwardVolumeGrowth
from simulator.indicators.inflation import ExcessInflation
from simulator.indicators.panel import Panel
from simulator.indicators.ratchet import RatchetIndex, steps_of
from simulator.indicators.standards import fall_of_standards
from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.effort import density_at_cut
from simulator.model.model import AwardModel
from simulator.model.norms import AT, OVER, UNDER
from simulator.model.shock import Shock
from simulator.population.generator import uniform_population
from tests.bands import assert_near, assert_nothing, error_of_share
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

# --- 16: merit grows, standards do not -------------------------------------------------------------------------------------------


def growing(rules, behaviour, *, growth, n_years=5, n_units=100, size=1000):
    """Let everybody's general merit grow by so many standard deviations a year from year 1 on; year 0 is memory."""
    with AwardModel(uniform_population(n_units, size), rules, behaviour, seed=1, first_year=0, collects=False) as model:
        for year in range(n_years + 1):
            model.shock = Shock(years=frozenset({year}), kinds=frozenset({"unit"}), merit=growth * year)
            model.step()
        return model.history(n_history_years=1)


TWO_BARS = criteria(
    award(FOCUS), award("upper", clause("bar", "score-threshold", "at_least: 1.6"), clause("money", "money", "multiple: 3.0"), level=3)
)


@pytest.mark.parametrize(
    ("rules", "numbers"),
    [
        (one_award(), {"merit_stability": 1.0}),
        (TWO_BARS, {"merit_stability": 1.0}),
        (one_award(), {"merit_stability": 1.0, "appraisal_reliability": 0.6, "dossier_error_share": 1.0, "lasting_error_share": 1.0}),
    ],
    ids=["one bar", "two bars", "seen through lasting noise"],
)
def test_case_16_awards_that_grow_with_merit_are_no_inflation(rules, numbers):
    """Awards grow by about 14 % a year and more, merit accounts for all of it.

    Year 0's standards are fitted in steps of 1/8 standard deviation, so nothing is exact to the last bit: what is left is held to a hundredth of the growth.
    """
    history = growing(rules, Behaviour(council_bar_unit=1.0, **numbers), growth=0.125)
    growth = AwardVolumeGrowth(Panel(history, n_memory_years=1)).values()["award_volume_growth"]
    assert growth > 0.1
    assert abs(ExcessInflation(Panel(history, n_memory_years=1)).values()["excess_inflation"]) < 0.01 * growth
    if len(history.awards) == 1:
        assert abs(fall_of_standards(history)) < 0.01 * 0.125


def test_case_16_in_a_world_that_stands_still_nothing_grows():
    history = growing(TWO_BARS, Behaviour(council_bar_unit=1.0, merit_stability=1.0), growth=0.0, n_units=10, size=100)
    assert ExcessInflation(Panel(history, n_memory_years=1)).values()["excess_inflation"] == pytest.approx(0, abs=1e-12)


# --- 17: one step up ----------------------------------------------------------------------------------------------------------------


def three_levels():
    """Write three awards of higher authorities, each with a bar of its own and without conditions about the past."""
    bars = {"first": 0.0, "second": 0.7, "third": 1.4}
    awards = [
        award(name, clause("bar", "score-threshold", f"at_least: {bar}"), level=level, authority="province")
        for level, (name, bar) in enumerate(bars.items(), start=2)
    ]
    return criteria(award(FOCUS, clause("never", "score-threshold", "at_least: 1000.0"), level=1), *awards)


def test_case_17_where_units_ask_for_what_is_earned_steps_down_are_as_many_as_steps_up():
    """Merit without a direction in time: 36,000 members over 14 years; one trial for each of 110,000 changes of level, standard error 1/√changes, .3 % of the scale."""
    history = live(three_levels(), Behaviour(), n_units=1800, size=20, years=16)
    n_changes = np.count_nonzero(np.isin(history.year[steps_of(history).row], history.judged_years))
    assert_nothing(RatchetIndex(Panel(history)).values()["ratchet_index"], 1 / math.sqrt(n_changes))


@pytest.mark.parametrize("escalation", [0.1, 0.3])
def test_case_17_units_that_ask_for_more_now_and_then_leave_no_trace_in_steps(escalation):
    """What goes up must come down: between a lowest and a highest level steps up and down are as many, unless nobody is ever asked for less."""
    history = live(three_levels(), Behaviour(escalation=escalation), n_units=600, size=20, years=16)
    assert RatchetIndex(Panel(history)).values()["ratchet_index"] == pytest.approx(0, abs=0.02)


def test_case_17_where_units_always_ask_for_more_every_next_award_is_higher():
    history = live(three_levels(), Behaviour(escalation=1.0), n_units=50, size=20, years=14)
    change = steps_of(history).change
    assert len(change) > 300
    assert (change > 0).all()
    assert RatchetIndex(Panel(history)).values()["ratchet_index"] == 1


def test_case_17_a_ladder_climbed_step_by_step_has_no_way_down():
    """Each title asks for one of the level below, of a former year; units ask only for more: every change is exactly one level up."""
    steps = []
    for level, (name, last) in enumerate([("second", FOCUS), ("third", "second")], start=2):
        has_won, not_now = (
            f"{{fact: award-count, award: {last}, within_years: 10, at_least: 1}}",
            f"{{fact: years-since-award, award: {last}, at_least: 1}}",
        )
        step = clause("step", "eligibility", f"requires: {{all: [{has_won}, {not_now}]}}")
        steps.append(award(name, step, level=level, authority="province"))
    rules = criteria(award(FOCUS, clause("bar", "score-threshold", "at_least: 0.5"), level=1, authority="province"), *steps)
    history = live(rules, Behaviour(escalation=1.0), n_units=50, size=20, years=14, n_history_years=0)
    assert set(steps_of(history).change.tolist()) == {1}
    titles = [history.awards[name].reshape(14, -1) for name in (FOCUS, "second", "third")]
    assert [won.sum(axis=0).max() for won in titles] == [1, 1, 1]  # nobody is asked for the same again
    for lower, higher in pairwise(titles):
        assert higher.any()
        assert (lower.argmax(axis=0) < higher.argmax(axis=0))[higher.any(axis=0)].all()
    assert RatchetIndex(Panel(history, n_memory_years=1)).values()["ratchet_index"] == 1


# --- 18: where claims do not pay ------------------------------------------------------------------------------------------------------

LOUD = Behaviour(stakes=2.0, claim_cost=0.02, claim_loading_results=1.0, detection=0.5, penalty=2.0, claimed_deed_rate=1.0)
SHARE = 0.15


def least_audit(behaviour):
    """Give a* = W·η·f/(det·Π), with the bonus of one base salary and f = φ(Φ⁻¹(1 − p))."""
    return behaviour.stakes * behaviour.claim_return * float(density_at_cut(np.array([SHARE]))[0]) / (behaviour.detection * behaviour.penalty)


def chase(behaviour, **world):
    """Live with deeds that might be claimed and answered at once: (history, the same without any return to claims)."""
    rules = criteria(award("thanks", level=1, kind="ad-hoc"), award(FOCUS, quota(SHARE)))
    behaviour = replace(behaviour, ad_hoc_reach=1.0)
    honest = replace(behaviour, claim_return=0.0)
    return live(rules, behaviour, **world), live(rules, honest, **world)


def no_claims(behaviour):
    """Tell whether a history is, award by award, the one in which claims bring nothing."""
    loud, honest = chase(behaviour)
    is_same = all((loud.awards[name] == honest.awards[name]).all() for name in loud.awards)
    if is_same:
        assert (loud.is_awarded == loud.is_choice_without_claims).all()
        assert AwardsOwedToChasing(Panel(loud)).values()["awards_owed_to_chasing"] == 0
    else:
        assert loud.awards["thanks"].any()
        assert AwardsOwedToChasing(Panel(loud)).values()["awards_owed_to_chasing"] > 0
    return is_same


@pytest.mark.parametrize("structure", STRUCTURES)
def test_case_18_nobody_claims_where_it_does_not_pay(structure):
    loud = replace(LOUD, structure=structure)
    assert not no_claims(loud)
    assert no_claims(replace(loud, stakes=0.0))
    assert no_claims(replace(loud, turn_weight=1.0))
    assert no_claims(replace(loud, lottery_weight=1.0))


def test_case_18_claims_stop_at_the_audit_that_makes_them_dear():
    """A hundredth below a* there are claims, from a* on there are none."""
    loud = replace(LOUD, claim_cost=0.001)
    enough = least_audit(loud)
    assert 0.2 < enough < 0.9
    for factor, is_honest in ((0.99, False), (1.0, True), (1.01, True)):
        assert no_claims(replace(loud, audit_share=enough * factor)) == is_honest, factor


def test_case_18_for_those_who_learn_claims_stop_where_no_expectation_makes_them_pay():
    """f is at most φ(0), when every second is awarded; an audit that is enough for that is enough whatever members come to expect."""
    loud = replace(LOUD, claim_cost=0.001, learns=True)
    enough = loud.stakes * loud.claim_return / math.sqrt(2 * math.pi) / (loud.detection * loud.penalty)
    assert no_claims(replace(loud, audit_share=enough * 1.001))
    assert not no_claims(replace(loud, audit_share=enough * 0.5))


# --- 20: how many files -----------------------------------------------------------------------------------------------------------------

FILES = {UNDER: 8, AT: 10, OVER: 13}  # of ten places
CHOOSY = Behaviour(learns=True, turn_learning=0.0, turn_imitation=0.0, rank_learning=0.0, learning_memory=1.0)


def files_sent(history):
    """(n_years, n_units) files each unit sent for the focus award."""
    return history.is_nominated.reshape(len(history.years), -1, 20).sum(axis=2)


@pytest.mark.parametrize(("structure", "n_units"), [("weighted", 5000), *((structure, 1250) for structure in STRUCTURES[1:])])
def test_case_20_without_sensitivity_units_choose_among_strategies_like_dice(structure, n_units):
    """A third each: 5,000 units in 40 years, 200,000 choices (in the other structures a fourth of them), standard error √(2/200,000) = .32 %."""
    n_years = 41 if structure == "weighted" else 9
    behaviour = replace(CHOOSY, structure=structure, volume_sensitivity=0.0, stakes=1.0)
    sent = files_sent(live(one_award(quota(0.5)), behaviour, n_units=n_units, size=20, years=n_years, n_history_years=0))
    assert (sent[0] == FILES[AT]).all()
    n_choices = sent[1:].size
    for n_files in FILES.values():
        share = (sent[1:] == n_files).mean()
        if structure == "weighted":
            assert_near(share, 1 / 3, error_of_share(1 / 3, n_choices))
        else:
            assert share == pytest.approx(1 / 3, abs=3 * error_of_share(1 / 3, n_choices))


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize(("stakes", "best"), [(0.0, UNDER), (0.098, UNDER), (0.102, OVER), (1.0, OVER)])
def test_case_20_with_all_sensitivity_every_unit_takes_the_strategy_that_pays_best(structure, stakes, best):
    """A file costs .1 and all pass, so more files pay from an award worth .1 on; a strategy that was never tried is remembered as worth nothing."""
    rules = one_award(quota(0.5))
    curious = replace(CHOOSY, structure=structure, stakes=stakes, volume_sensitivity=0.0)
    with AwardModel(uniform_population(40, 20), rules, curious, seed=1, collects=False) as tried:
        tried.run(25)
        assert (files_sent(tried.history(n_history_years=0)).T[..., None] == list(FILES.values())).any(axis=1).all()  # each has tried each
        with tried.branch(rules, replace(curious, volume_sensitivity=math.inf)) as settled:
            sent = files_sent(settled.run(4).history(n_history_years=0))
    assert (sent[3:] == FILES[best]).all()


def test_case_20_where_the_council_refuses_each_unit_sends_what_its_own_people_are_worth():
    """Lasting merit, places for 10 of 20, and a bar that a of them reach: min(a, files) pass, every other file costs 1.1, and the best response follows."""
    rules = one_award(quota(0.5))
    still = {"bar_learning": 0.0, "strictness_of_crowding": 0.0, "effort_effect": 0.0, "claim_return": 0.0, "merit_stability": 1.0}
    curious = replace(CHOOSY, stakes=1.0, council_bar_unit=0.0, rejection_cost=1.0, volume_sensitivity=0.0, **still)
    with AwardModel(uniform_population(40, 20), rules, curious, seed=1, collects=False) as tried:
        tried.run(25)
        with tried.branch(rules, replace(curious, volume_sensitivity=math.inf)) as settled:
            history = settled.run(4).history(n_history_years=0)
    n_able = (history.merit.reshape(6, 40, 20)[-1] >= 0).sum(axis=1)
    n_files = np.array(list(FILES.values()))
    n_passing = np.minimum(n_able[:, None], n_files)
    pay = n_passing - 0.1 * n_files - 1.0 * (n_files - n_passing)
    best = n_files[pay.argmax(axis=1)]
    assert set(best.tolist()) == set(FILES.values())
    assert (files_sent(history)[3:] == best).all()
