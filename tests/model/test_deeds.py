from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.deeds import answer_deeds, count_deeds, do_deeds
from simulator.model.effort import Effort
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

if TYPE_CHECKING:
    from simulator.model.cycle import Cycle

NOT_DISCIPLINED = clause("d", "eligibility", "requires: {not: {fact: disciplined-this-year}}")
AD_HOC = award("thanks", NOT_DISCIPLINED, level=1, kind="ad-hoc")
DEEDS = Behaviour(surprise_rate=0.2, surprise_direct_factor=1.0, ad_hoc_reach=1.0)


def track(words):
    return (clause("track", "ad-hoc-track", words),)


def cycle_of(behaviour, *, n_units=2000, direct_share=0.5, rules=None, is_perfect=False):
    population = uniform_population(n_units, 20, direct_share=direct_share)
    with AwardModel(population, rules or one_award(quota()), behaviour, is_perfect=is_perfect, collects=False) as model:
        return replace(model._cycle(), year=1)


def effort_of(cycle: Cycle, claims: float) -> Effort:
    n_units = cycle.population.n_units
    return Effort(gain=np.zeros(n_units, np.float32), claims=np.full(n_units, claims, np.float32))


def done_in(cycle, claims=0.0):
    return do_deeds(cycle, effort_of(cycle, claims))


# --- what is done -----------------------------------------------------------------------------------------------------------------


def test_deeds_come_at_their_rate_and_more_often_to_direct_workers():
    cycle = cycle_of(Behaviour(surprise_rate=0.2, surprise_direct_factor=1.5))
    deeds, is_direct = count_deeds(cycle), cycle.population.role == Role.DIRECT
    assert deeds[is_direct].mean() == pytest.approx(0.3, rel=0.05)
    assert deeds[~is_direct].mean() == pytest.approx(0.2, rel=0.05)


def test_who_did_several_deeds_has_one_achievement():
    cycle = cycle_of(Behaviour(surprise_rate=2.0))
    deeds = done_in(cycle)
    assert (deeds.member == np.flatnonzero(count_deeds(cycle))).all()
    assert deeds.is_done.all()


def test_months_are_uniform_on_the_year():
    month = done_in(cycle_of(Behaviour(surprise_rate=5.0))).month
    assert month.min() >= 0
    assert month.max() < 12
    assert np.histogram(month, bins=12, range=(0, 12))[0] / len(month) == pytest.approx(np.full(12, 1 / 12), abs=0.006)


def test_without_a_rate_nothing_is_done_and_nothing_achieved():
    cycle = cycle_of(Behaviour())
    assert not count_deeds(cycle).any()
    achievements = live(criteria(AD_HOC, award(FOCUS, quota())), Behaviour(ad_hoc_reach=1.0)).achievements
    assert len(achievements.member) == 0


# --- what is claimed --------------------------------------------------------------------------------------------------------------


def test_claims_of_a_unit_bring_deeds_that_were_not_done():
    behaviour = Behaviour(surprise_rate=0.2, claimed_deed_rate=0.1)
    cycle = cycle_of(behaviour)
    deeds, honest = done_in(cycle, claims=2.0), done_in(cycle)
    assert (~deeds.is_done).sum() / (cycle.population.n_members - len(honest.member)) == pytest.approx(0.2, rel=0.05)
    assert (deeds.member[deeds.is_done] == honest.member).all()
    assert (deeds.month[deeds.is_done] == honest.month).all()


@pytest.mark.parametrize(("audit_share", "detection"), [(0.0, 0.5), (0.5, 0.0), (0.5, 0.5), (1.0, 1.0)])
def test_the_units_own_audit_finds_some_of_them(audit_share, detection):
    behaviour = Behaviour(claimed_deed_rate=1.0, audit_share=audit_share, detection=detection)
    deeds = done_in(cycle_of(behaviour), claims=1.0)
    assert len(deeds.member) / 40_000 == pytest.approx(1 - audit_share * detection, abs=0.01)


def test_every_claim_is_made_when_claims_are_large_and_none_when_they_are_none():
    cycle = cycle_of(Behaviour(claimed_deed_rate=0.1))
    assert len(done_in(cycle, claims=50.0).member) == cycle.population.n_members
    assert len(done_in(cycle).member) == 0
    assert len(done_in(cycle_of(Behaviour()), claims=50.0).member) == 0


def test_nobody_claims_in_the_lawful_best_but_deeds_are_done():
    cycle = cycle_of(Behaviour(surprise_rate=0.2, claimed_deed_rate=0.1), is_perfect=True)
    assert (done_in(cycle, claims=50.0).member == done_in(cycle).member).all()
    assert len(done_in(cycle).member)


def test_a_claimed_deed_may_be_rewarded_and_is_no_achievement():
    behaviour = Behaviour(stakes=2.0, claimed_deed_rate=0.5, ad_hoc_reach=1.0)
    history = live(criteria(AD_HOC, award(FOCUS, quota())), behaviour)
    assert history.awards["thanks"].any()
    assert len(history.achievements.member) == 0


# --- what is rewarded -------------------------------------------------------------------------------------------------------------


def test_only_noticed_deeds_are_rewarded():
    rules = criteria(AD_HOC, award(FOCUS, quota()))
    rates = [live(rules, replace(DEEDS, ad_hoc_reach=reach), n_units=200).awards["thanks"].mean() for reach in (0.0, 0.5, 1.0)]
    at_least_one = 1 - np.exp(-0.2)
    assert rates == pytest.approx([0, at_least_one / 2, at_least_one], rel=0.03)


def test_the_disciplined_are_not_considered_and_the_ladder_is_left_alone():
    behaviour = Behaviour(surprise_rate=0.5, ad_hoc_reach=1.0, discipline_probability=1.0)
    history = live(criteria(AD_HOC, award(FOCUS, quota())), behaviour)
    assert not history.awards["thanks"].any()
    calm = live(criteria(award(FOCUS, quota())), Behaviour(discipline_probability=1.0))
    assert (history.is_awarded == calm.is_awarded).all()
    assert (history.achievements.is_ad_hoc == False).all()  # noqa: E712 - a column


@pytest.mark.parametrize(("counts", "is_seen"), [("true", True), ("false", False), (None, False)])
def test_merit_awards_see_ad_hoc_awards_only_if_the_set_says_so(counts, is_seen):
    after_thanks = clause("after", "eligibility", "requires: {fact: awarded-this-year, award: thanks}")
    procedure = () if counts is None else track(f"counts_for_ladder: {counts}")
    rules = criteria(AD_HOC, award(FOCUS, after_thanks, quota(1.0)), procedure=procedure)
    history = live(rules, DEEDS)
    assert history.awards["thanks"].any()
    assert (history.is_awarded == (history.awards["thanks"] & is_seen)).all()


def test_where_ad_hoc_awards_are_not_seen_others_are_from_the_year_in_which_they_are_first_won():
    after_focus = clause("after", "eligibility", f"requires: {{fact: awarded-this-year, award: {FOCUS}}}")
    rules = criteria(AD_HOC, award(FOCUS, quota()), award("medal", after_focus, quota(1.0), level=3), procedure=track("counts_for_ladder: false"))
    with AwardModel(uniform_population(20, 20), rules, DEEDS) as model:
        history = model.run(1).history()
    assert history.awards["thanks"].any()
    assert history.is_awarded.any()
    assert (history.awards["medal"] == history.is_awarded).all()


def test_an_ad_hoc_award_sees_the_others():
    again = clause("again", "eligibility", "requires: {fact: awarded-this-year, award: thanks}")
    rules = criteria(AD_HOC, award("more-thanks", again, level=2, kind="ad-hoc"), award(FOCUS, quota()))
    history = live(rules, DEEDS)
    assert (history.awards["more-thanks"] == history.awards["thanks"]).all()
    assert history.awards["thanks"].any()


def test_a_gate_is_for_its_sector_alone():
    words = "requires: {fact: rating, at_least: excellent}, awards: [thanks]"
    gates = [clause("gate", "sector-gate", f"sector: {sector}, {words}") for sector in ("public", "enterprise")]
    gated, ungated = (live(criteria(AD_HOC, award(FOCUS, quota()), procedure=(gate,)), DEEDS) for gate in gates)
    free = live(criteria(AD_HOC, award(FOCUS, quota())), DEEDS)
    assert (ungated.awards["thanks"] == free.awards["thanks"]).all()
    assert 0 < gated.awards["thanks"].sum() < free.awards["thanks"].sum() / 2


# --- when it is answered ----------------------------------------------------------------------------------------------------------


@given(delay=st.sampled_from([0.0, 1.0, 3.0, 6.0]), share=st.sampled_from([0.0, 0.3, 1.0]), at_once=st.sampled_from([0.5, 2.0]))
def test_limiting_case_19_lags_are_those_of_the_calendar(delay, share, at_once):
    """Annual round with delay d, and a share x of surprises answered after d_s: mean lag x·d_s + (1 − x)(6 + d), F(12) = 1 − d/12 in the round."""
    behaviour = Behaviour(surprise_rate=1.0, surprise_direct_factor=1.0, ad_hoc_reach=share, ad_hoc_delay_months=at_once, annual_delay_months=delay)
    rules = criteria(award("thanks", kind="ad-hoc", level=1), award(FOCUS, quota(1.0)))
    found = live(rules, behaviour, n_units=40, years=5).achievements
    lag = found.awarded_at - found.achieved_at
    assert not np.isnan(lag).any()
    assert found.is_ad_hoc.mean() == pytest.approx(share, abs=0.05)
    assert lag.mean() == pytest.approx(share * at_once + (1 - share) * (6 + delay), abs=0.35)
    assert lag[found.is_ad_hoc] == pytest.approx(at_once)
    in_round = lag[~found.is_ad_hoc]
    if len(in_round):
        assert in_round.mean() == pytest.approx(6 + delay, abs=0.3)
        assert (in_round <= 12).mean() == pytest.approx(1 - delay / 12, abs=0.06)
        assert in_round.min() > delay
        assert in_round.max() <= 12 + delay


def test_the_set_may_say_how_soon_ad_hoc_awards_are_decided():
    rules = criteria(AD_HOC, award(FOCUS, quota()), procedure=track("counts_for_ladder: false, decided_within_days: 42"))
    found = live(rules, DEEDS).achievements
    assert (found.awarded_at - found.achieved_at)[found.is_ad_hoc] == pytest.approx(2.0)


def test_what_neither_answers_stays_unanswered():
    rules = criteria(award(FOCUS, quota(0.5)))
    history = live(rules, DEEDS, years=4, n_history_years=0)
    found = history.achievements
    won = dict(zip(zip(history.year.tolist(), history.member.tolist(), strict=True), history.is_awarded.tolist(), strict=True))
    is_won = np.array([won[key] for key in zip(found.year.tolist(), found.member.tolist(), strict=True)])
    assert (np.isnan(found.awarded_at) == ~is_won).all()
    assert 0.3 < is_won.mean() < 0.7
    assert (found.achieved_at // 12 == found.year).all()
    assert (found.awarded_at[is_won] == 12 * (found.year[is_won] + 1)).all()


def test_years_before_the_first_have_their_months_too():
    cycle = replace(cycle_of(DEEDS, n_units=5), year=-3)
    deeds = done_in(cycle)
    found = answer_deeds(deeds, deeds.member, cycle)
    assert (found.achieved_at >= -36).all()
    assert (found.achieved_at < -24).all()
    assert (found.awarded_at == -24).all()


def test_the_same_luck_meets_every_set_of_rules():
    one = live(criteria(AD_HOC, award(FOCUS, quota())), DEEDS).achievements
    other = live(criteria(award(FOCUS, quota(0.5))), DEEDS).achievements
    assert one.member.tolist() == other.member.tolist()
    assert one.achieved_at.tolist() == other.achieved_at.tolist()
