from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.playable import RegimeError
from simulator.model.regime import apply_exhortations, compile_regime
from tests.worlds import FOCUS, GROUND, award, clause, criteria, one_award, quota


def weighted(results, initiative, scope, conduct):
    words = f"results: {results}, initiative: {initiative}, scope: {scope}, conduct: {conduct}"
    return one_award(quota(), procedure=(clause("weights", "weights", words),))


def exhortation(name, number, compliance, toward):
    words = f"compliance: {{value: {compliance}, low: 0.0, high: 1.0}}, moves: [{{assumption: {number}, toward: {toward}}}]"
    return f"{name}: {{kind: exhortation, {GROUND}, {words}}}"


def test_loadings_are_those_of_the_specification():
    regime = compile_regime(weighted(0.5, 0.2, 0.2, 0.1), Behaviour(), focus_award=FOCUS)
    assert regime.post_loading == pytest.approx(0.29 / 0.65)
    assert regime.claim_loading == pytest.approx(0.34 / 0.65)


def test_results_alone_carry_no_post():
    regime = compile_regime(weighted(1.0, 0.0, 0.0, 0.0), Behaviour(), focus_award=FOCUS)
    assert regime.post_loading == 0


@pytest.mark.parametrize("factor", [3, 7, 0.1])
def test_only_proportions_of_weights_matter_to_the_last_bit(factor):
    weights = [Fraction(w) for w in ("0.5", "0.2", "0.2", "0.1")]
    scaled = [float(w * Fraction(str(factor))) for w in weights]
    one = compile_regime(weighted(*map(float, weights)), Behaviour(), focus_award=FOCUS)
    other = compile_regime(weighted(*scaled), Behaviour(), focus_award=FOCUS)
    assert (one.post_loading, one.claim_loading) == (other.post_loading, other.claim_loading)


def test_effort_and_claims_are_those_of_the_specification():
    behaviour = Behaviour(appraisal_reliability=0.45, turn_weight=0.25, rank_weight=0.15, prestige_weight=0.05, stakes=1.0)
    audit = clause("appraisal", "appraisal", "authority: unit, appraisers: 1, audit_share: 0.1")
    regime = compile_regime(one_award(quota(), procedure=(audit,)), behaviour, focus_award=FOCUS)
    assert regime.error_sd**2 == pytest.approx(1 / 0.45 - 1)
    assert regime.marginal_approval == pytest.approx(0.55 * 0.2332 / 1.4907, abs=1e-4)
    assert regime.claims == pytest.approx(0.20, abs=0.005)
    assert regime.extra_merit_of_effort == pytest.approx(0.2 * regime.marginal_approval / 0.5)


@pytest.mark.parametrize("silent", [{"stakes": 0.0}, {"turn_weight": 1.0}, {"lottery_weight": 1.0}], ids=["no stakes", "rotation", "lottery"])
def test_case_18_nobody_claims_when_claiming_does_not_pay(silent):
    behaviour = Behaviour(**{"appraisal_reliability": 0.45, "stakes": 1.0} | silent)
    assert compile_regime(one_award(quota()), behaviour, focus_award=FOCUS).claims == 0


def test_case_18_enough_audit_ends_claims():
    behaviour = Behaviour(appraisal_reliability=0.45, stakes=1.0)
    gain = compile_regime(one_award(quota()), behaviour, focus_award=FOCUS).marginal_approval
    enough = gain / (behaviour.detection * behaviour.penalty)
    for audit, claims in ((enough * 1.01, False), (enough * 0.99, True)):
        words = clause("appraisal", "appraisal", f"authority: unit, appraisers: 1, audit_share: {audit:.6f}")
        regime = compile_regime(one_award(quota(), procedure=(words,)), behaviour, focus_award=FOCUS)
        assert (regime.claims > 0) == claims


def test_an_exhortation_moves_a_number_by_its_compliance():
    rules = one_award(quota(), procedure=(exhortation("a", "turn_weight", 0.4, 0.0),))
    regime = compile_regime(rules, Behaviour(turn_weight=0.25), focus_award=FOCUS)
    assert regime.behaviour.turn_weight == pytest.approx(0.15)


def test_exhortations_apply_in_an_order_of_figures_not_of_text():
    texts = [("a", 0.3, 0.0), ("b", 0.6, 0.4), ("c", 0.1, 0.2)]
    results = set()
    for order in permutations(texts):
        words = tuple(exhortation(f"x{n}", "rank_weight", c, toward) for n, (_, c, toward) in enumerate(order))
        clauses = [text for _, text in one_award(quota(), procedure=words).iter_clauses()]
        results.add(apply_exhortations(clauses, Behaviour(rank_weight=0.15))["rank_weight"])
    assert len(results) == 1


def test_appraisers_and_audits_are_moved_for_every_authority():
    words = (
        clause("one", "appraisal", "authority: unit, appraisers: 1, audit_share: 0.1"),
        clause("two", "appraisal", "authority: province, appraisers: 5, audit_share: 0.3"),
        exhortation("more", "appraisers", 0.5, 3.0),
    )
    regime = compile_regime(one_award(quota(), procedure=words), Behaviour(), focus_award=FOCUS)
    assert regime.appraisers["unit"] == 2
    assert regime.appraisers["province"] == 4
    assert regime.audit_share["province"] == 0.3


def test_several_floors_and_caps_bind_together():
    rules = one_award(
        quota(),
        clause("f1", "direct-worker-floor", "share: 0.2, pooling: unit"),
        clause("f2", "direct-worker-floor", "share: 0.5, pooling: unit"),
        clause("c1", "leader-cap", "share: 0.4, pooling: unit"),
        clause("c2", "leader-cap", "share: 0.3, pooling: unit"),
    )
    rule = compile_regime(rules, Behaviour(), focus_award=FOCUS).awards[0]
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
    ],
)
def test_a_clause_that_would_be_left_without_effect_is_refused(clauses, kind, reason):
    rules = criteria(award(FOCUS, quota()), award("other", *clauses, kind=kind, level=3))
    with pytest.raises(RegimeError, match=reason):
        compile_regime(rules, Behaviour(), focus_award=FOCUS)


def test_a_slack_clause_is_never_refused():
    slack = (clause("c", CAP, "share: 1.0, pooling: all"), clause("f", FLOOR, "share: 0.0, pooling: kind"))
    assert compile_regime(criteria(award(FOCUS, *slack)), Behaviour(), focus_award=FOCUS).awards[0].reservation.is_slack


def test_awards_are_decided_lowest_level_first_whatever_the_text_says():
    rules = criteria(award("upper", level=3), award(FOCUS, quota(), level=2), award("lower", level=1))
    regime = compile_regime(rules, Behaviour(), focus_award=FOCUS)
    assert [rule.id for rule in regime.awards] == ["lower", FOCUS, "upper"]


def test_what_cannot_be_played_is_refused():
    with pytest.raises(RegimeError, match="no individual award"):
        compile_regime(one_award(quota()), Behaviour(), focus_award="none")
    twice = one_award(quota(), clause("again", "quota", "share: 0.2, pooling: unit, rounding: floor"))
    with pytest.raises(RegimeError, match="At most one"):
        compile_regime(twice, Behaviour(), focus_award=FOCUS)
