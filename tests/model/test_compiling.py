from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from simulator.experiments.runs.rewording import reword
from simulator.model import compiling
from simulator.model.behaviour import Behaviour
from simulator.model.compiling import apply_exhortations, compile_regime, compile_regimes, conjuncts
from simulator.model.playable import RegimeError
from simulator.model.regime import Succession, ThresholdOfMembers
from simulator.rules.conditions import read_condition
from simulator.rules.loading import load_criteria
from tests.worlds import FOCUS, GROUND, award, clause, criteria, one_award, quota


def exhortation(name, number, compliance, toward):
    words = f"compliance: {{value: {compliance}, low: 0.0, high: 1.0}}, moves: [{{assumption: {number}, toward: {toward}}}]"
    return f"{name}: {{kind: exhortation, {GROUND}, {words}}}"


def collective(award_id, *clauses, level=3, authority="province"):
    return award(award_id, *clauses, level=level, authority=authority).replace("target: individual", "target: collective")


def boil_down(rules, behaviour=None, focus=FOCUS):
    return compile_regime(rules, behaviour or Behaviour(), focus_award=focus)


# --- exhortations -------------------------------------------------------------------------------------------------------------------


def test_an_exhortation_moves_a_number_by_its_compliance():
    rules = one_award(quota(), procedure=(exhortation("a", "turn_weight", 0.4, 0.0),))
    assert boil_down(rules, Behaviour(turn_weight=0.25)).behaviour.turn_weight == pytest.approx(0.15)


def test_an_exhortation_may_move_any_number():
    rules = one_award(quota(), procedure=(exhortation("a", "escalation", 0.5, 0.0), exhortation("b", "cluster_turn_weight", 0.5, 0.0)))
    moved = boil_down(rules, Behaviour(escalation=0.5, cluster_turn_weight=0.4)).behaviour
    assert (moved.escalation, moved.cluster_turn_weight) == (0.25, 0.2)


def test_exhortations_apply_in_an_order_of_figures_not_of_text():
    texts = [("a", 0.3, 0.0), ("b", 0.6, 0.4), ("c", 0.1, 0.2)]
    results = set()
    for order in permutations(texts):
        words = tuple(exhortation(f"x{n}", "rank_weight", c, toward) for n, (_, c, toward) in enumerate(order))
        clauses = [text for _, text in one_award(quota(), procedure=words).iter_clauses()]
        results.add(apply_exhortations(clauses, Behaviour(rank_weight=0.15))["rank_weight"])
    assert len(results) == 1


def test_appraisers_and_audits_are_moved_for_every_authority_and_stage():
    words = (
        clause("one", "appraisal", "authority: unit, appraisers: 1, audit_share: 0.1"),
        clause("two", "appraisal", "authority: province, appraisers: 5, audit_share: 0.3"),
        clause("three", "stage", f"level: unit, order: 1, appraisers: 7, awards: [{FOCUS}]"),
        exhortation("more", "appraisers", 0.5, 3.0),
    )
    regime = boil_down(one_award(quota(), procedure=words))
    assert regime.appraisers["unit"] == 2
    assert regime.appraisers["province"] == 4
    assert regime.audit_share["province"] == 0.3
    assert regime.focus.procedure.appraisers == 5


# --- awards -------------------------------------------------------------------------------------------------------------------------


def test_several_floors_and_caps_bind_together():
    rules = one_award(
        quota(),
        clause("f1", "direct-worker-floor", "share: 0.2, pooling: unit"),
        clause("f2", "direct-worker-floor", "share: 0.5, pooling: unit"),
        clause("c1", "leader-cap", "share: 0.4, pooling: unit"),
        clause("c2", "leader-cap", "share: 0.3, pooling: unit"),
    )
    rule = boil_down(rules).awards[0]
    assert rule.reservation.direct_worker_floor == Fraction(1, 2)
    assert rule.reservation.leader_cap == Fraction(3, 10)
    assert {role.name for role in rule.counted_as_direct} == {"DIRECT", "STAFF"}


FLOOR, CAP = "direct-worker-floor", "leader-cap"


@pytest.mark.parametrize(
    ("clauses", "kind", "reason"),
    [
        ([clause("c", CAP, "share: 0.2, pooling: all")], "merit", "needs a quota"),
        ([clause("f", FLOOR, "share: 0.2, pooling: all")], "merit", "needs a quota"),
        ([quota()], "ad-hoc", "ad hoc"),
        ([clause("c", "cooling-off", "years: 2")], "ad-hoc", "ad hoc"),
        (
            [quota(), clause("f", FLOOR, "share: 0.2, pooling: unit"), clause("g", FLOOR, "share: 0.2, counts_as_direct: [direct], pooling: unit")],
            "merit",
            "same posts",
        ),
        ([quota(), clause("f", FLOOR, "share: 0.2, pooling: unit"), clause("c", CAP, "share: 0.2, pooling: all")], "merit", "same pool"),
        ([quota(pooling="all"), clause("c", CAP, "share: 0.2, pooling: unit")], "merit", "over less than the quota"),
        ([quota(pooling="kind"), clause("c", CAP, "share: 0.2, pooling: cluster")], "merit", "over less than the quota"),
    ],
)
def test_a_clause_that_would_be_left_without_effect_is_refused(clauses, kind, reason):
    rules = criteria(award(FOCUS, quota()), award("other", *clauses, kind=kind, level=3))
    with pytest.raises(RegimeError, match=reason):
        boil_down(rules)


@pytest.mark.parametrize("pooling", ["cluster", "kind", "all"])
def test_floors_and_caps_may_be_counted_over_more_than_the_quota(pooling):
    cap = clause("c", CAP, f"share: 0.2, pooling: {pooling}")
    assert boil_down(one_award(quota(), cap)).awards[0].reservation_pooling == pooling


def test_a_slack_clause_is_never_refused():
    slack = (clause("c", CAP, "share: 1.0, pooling: all"), clause("f", FLOOR, "share: 0.0, pooling: kind"))
    assert boil_down(criteria(award(FOCUS, *slack))).awards[0].reservation.is_slack


def test_awards_are_decided_lowest_level_first_whatever_the_text_says():
    rules = criteria(
        award("upper", level=3), award(FOCUS, quota(), level=2), collective("flag"), award("deed", kind="ad-hoc"), award("lower", level=1)
    )
    regime = boil_down(rules)
    assert [rule.id for rule in regime.awards] == ["lower", FOCUS, "upper"]
    assert [rule.id for rule in regime.ad_hoc_awards] == ["deed"]
    assert [rule.id for rule in regime.collective_awards] == ["flag"]


def test_what_is_not_played_is_no_award_of_anybody():
    regime = boil_down(criteria(award(FOCUS), award("years", kind="long-service"), award("theme", kind="thematic")))
    assert [rule.id for rule in (*regime.awards, *regime.ad_hoc_awards, *regime.collective_awards)] == [FOCUS]


def test_gates_stand_before_the_awards_they_name_or_before_all():
    one = "sector: enterprise, requires: {fact: rating-run, rating: excellent, at_least: 2}"
    named = (clause("one", "sector-gate", f"{one}, awards: [upper]"), clause("two", "sector-gate", one.replace("2", "1")))
    rules = {rule.id: rule for rule in boil_down(criteria(award(FOCUS), award("upper", level=3), procedure=named)).awards}
    assert [gate.condition.at_least for gate in rules["upper"].gates] == [1, 2]
    assert [gate.condition.at_least for gate in rules[FOCUS].gates] == [1]


def test_a_set_without_quota_is_aimed_at_as_if_half_were_awarded():
    assert boil_down(one_award()).focus_share == 0.5
    assert boil_down(one_award(quota(0.15))).focus_share == 0.15


@pytest.mark.parametrize(("places", "months"), [(quota(0.2), 3.0), (quota(0.05), 12.0), (quota(0.02), 12.0), (None, 1.2)])
def test_a_pay_step_is_worth_the_chance_that_a_winner_gets_it(places, months):
    """12 months for 5 % of the staff: for every fourth of 20 %, for all of 5 % and of fewer, and a tenth where half are taken to be awarded."""
    step = clause("step", "pay-step", "share: 0.05, months: 12")
    rules = criteria(award(FOCUS, *([places] if places else []), step), award("upper", quota(0.1), level=3))
    months_of = {rule.id: rule.pay_step_months for rule in boil_down(rules).awards}
    assert months_of == {FOCUS: pytest.approx(months), "upper": 0.0}


@pytest.mark.parametrize(("share", "months"), [(0.05, 12.0), (0, 0.0)])
def test_of_an_award_without_places_a_pay_step_is_worth_what_it_is_of_one_with_hardly_any(share, months):
    step = clause("step", "pay-step", f"share: {share}, months: 12")
    assert boil_down(criteria(award(FOCUS, quota(0), step))).focus.pay_step_months == months
    assert boil_down(criteria(award(FOCUS, quota(0.0001), step))).focus.pay_step_months == months


# --- what members strive for --------------------------------------------------------------------------------------------------------


def test_members_strive_for_the_lowest_award_of_theirs_that_is_limited_where_the_question_is_about_collectives():
    rules = criteria(award("first", level=1), award("second", quota(0.2), level=2), award("third", quota(0.1), level=3), collective("flag"))
    assert boil_down(rules, focus="flag").focus.id == "second"
    assert boil_down(rules, focus="flag").focus_share == 0.2
    assert boil_down(rules, focus="third").focus.id == "third"
    assert boil_down(criteria(award("first", level=1), collective("flag")), focus="flag").focus.id == "first"


# --- between sets, and one level up --------------------------------------------------------------------------------------------------


def test_shares_of_members_open_collective_awards_only_for_awards_of_the_units_own():
    def members(title, share):
        return f"requires: {{fact: members-awarded, award: {title}, {share}}}"

    rules = criteria(
        award(FOCUS),
        award("upper", level=3, authority="province"),
        collective(
            "one",
            clause("a", "eligibility", members(FOCUS, "at_least_share: 0.7")),
            clause("b", "eligibility", members("upper", "at_least_share: 0.1")),
        ),
        collective(
            "two", clause("a", "eligibility", members(FOCUS, "more_than_share: 0.5")), clause("b", "eligibility", members(FOCUS, "at_least: 1"))
        ),
        collective("three", clause("a", "eligibility", f"requires: {{not: {{fact: members-awarded, award: {FOCUS}, at_least_share: 0.9}}}}")),
    )
    half, most = ThresholdOfMembers(FOCUS, Fraction(1, 2), must_pass=True), ThresholdOfMembers(FOCUS, Fraction(7, 10), must_pass=False)
    assert boil_down(rules).thresholds == (half, most)


def test_successions_are_what_transition_clauses_say():
    clauses = (
        clause("a", "transition", f"award: old, of_set: former, counts_as: {FOCUS}"),
        clause("b", "transition", f"award: {FOCUS}, of_set: former"),
    )
    assert boil_down(one_award(procedure=clauses)).successions == (Succession(FOCUS, "former", None), Succession("old", "former", FOCUS))


@pytest.mark.parametrize(
    ("words", "delay", "counts"), [("counts_for_ladder: true, decided_within_days: 42", 2.0, True), ("counts_for_ladder: false", 1.5, False)]
)
def test_the_ad_hoc_track_says_how_soon_and_whether_it_counts(words, delay, counts):
    regime = boil_down(one_award(procedure=(clause("track", "ad-hoc-track", words),)), Behaviour(ad_hoc_delay_months=1.5))
    assert (regime.ad_hoc_delay_months, regime.ad_hoc_counts) == (delay, counts)


def test_a_set_that_says_nothing_is_read_by_results_alone():
    regime = boil_down(one_award())
    assert regime.weights.is_results_alone
    assert (regime.rating_cap, regime.thresholds, regime.successions, regime.ad_hoc_counts) == (None, (), (), False)


# --- refusals -----------------------------------------------------------------------------------------------------------------------


def test_what_cannot_be_played_is_refused():
    with pytest.raises(RegimeError, match="has no award 'none'"):
        boil_down(one_award(quota()), focus="none")
    twice = one_award(quota(), clause("again", "quota", "share: 0.2, pooling: unit, rounding: floor"))
    with pytest.raises(RegimeError, match="at most one clause of the kind quota"):
        boil_down(twice)
    with pytest.raises(RegimeError, match="no yearly merit award of members"):
        boil_down(criteria(collective("flag")), focus="flag")


# --- other words --------------------------------------------------------------------------------------------------------------------


def test_conditions_are_taken_apart_and_stand_in_an_order_of_their_own():
    good, old = {"fact": "rating", "at_least": "completed"}, {"fact": "service-months", "at_least": 10}
    whole = conjuncts([read_condition({"all": [good, {"all": [old, good]}]})])
    assert whole == conjuncts([read_condition(old), read_condition(good), read_condition(good)])
    assert len(whole) == 2


def test_using_up_an_initiative_twice_uses_up_two():
    uses = {"fact": "unused-initiatives", "at_least": 1, "consumed": True}
    assert len(conjuncts([read_condition(uses), read_condition(uses)])) == 2
    assert len(conjuncts([read_condition({**uses, "consumed": False})] * 2)) == 1


@pytest.mark.parametrize("name", ["decree-91+hanoi-letter-3959", "law-2022", "law-2022-decree-152", "law-2026-draft"])
def test_a_rewording_boils_down_to_the_very_same_regime(name):
    rules = load_criteria(name)
    office = Behaviour(turn_weight=0.2, lawful_scope_share=0.3, council_bar_unit=-1.0)
    for focus in (FOCUS, "co-thi-dua-tinh"):
        assert boil_down(rules, office, focus) == boil_down(reword(rules), office, focus) == boil_down(reword(reword(rules)), office, focus)


def test_the_same_rules_and_numbers_are_compiled_once():
    compiled = compile_regime(one_award(quota(0.2)), Behaviour(), focus_award=FOCUS)
    assert compile_regime(one_award(quota(0.2)), Behaviour(), focus_award=FOCUS) is compiled
    assert compile_regime(one_award(quota(0.3)), Behaviour(), focus_award=FOCUS) != compiled
    assert compile_regime(one_award(quota(0.2)), Behaviour(escalation=0.4), focus_award=FOCUS) != compiled


def test_a_set_is_read_once_for_many_behaviours(monkeypatch):
    asked = []
    monkeypatch.setattr(compiling, "refuse_unplayable", asked.append)
    rules = one_award(quota(0.37))
    found = [compile_regime(rules, Behaviour(annual_delay_months=months), focus_award=FOCUS) for months in (1.0, 2.0, 3.0)]
    assert asked == [rules]
    assert [regime.focus.procedure.delay_months for regime in found] == [1.0, 2.0, 3.0]


def followed(compliance):
    return one_award(quota(0.25), exhortation("urged", "rank_weight", compliance, 0.0))


def test_one_regime_is_enough_where_all_live_under_the_same():
    rules = one_award(quota(0.25))
    assert compile_regimes([rules], [Behaviour()], 3, focus_award=FOCUS) == ((boil_down(rules),), ())
    assert compile_regimes([rules, rules], [Behaviour(), Behaviour()], 2, focus_award=FOCUS) == ((boil_down(rules),), ())


def test_regimes_that_differ_in_numbers_lie_side_by_side():
    behaviours = [Behaviour(rank_weight=0.4, turnover=0.1), Behaviour(rank_weight=0.3, turnover=0.2)]
    one, other = behaviours
    regimes, n_under_each = compile_regimes([one_award(quota(0.25))], [one, one, other, one], 4, focus_award=FOCUS)
    assert [regime.behaviour.turnover for regime in regimes] == [0.1, 0.2, 0.1]
    assert n_under_each == (2, 1, 1)


@pytest.mark.parametrize("others", [quota(0.3), quota(0.25, pooling="cluster")])
def test_regimes_that_give_other_places_do_not_lie_side_by_side(others):
    with pytest.raises(ValueError, match="other parts of the model at work"):
        compile_regimes([one_award(quota(0.25)), one_award(others)], [Behaviour()], 2, focus_award=FOCUS)
