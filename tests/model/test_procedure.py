from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.compiling import compile_regime
from simulator.model.procedure import procedure_of, stages_of
from simulator.model.regime import Ballot
from tests.worlds import FOCUS, award, clause, criteria, one_award, quota

APPRAISERS = {"unit": 1.0, "province": 2.0, "state": 3.0}
AUDITS = {"unit": 0.1, "province": 0.2, "state": 0.3}
TAX = "consults: [{vi: Thuế, en: Tax}]"


def stage(name, level, order, words="delay_days: 0"):
    return clause(name, "stage", f"level: {level}, order: {order}, {words}")


def gone_through(*stages, authority="province", behaviour=None, move=lambda _name, value: value):
    rules = criteria(award("title", authority=authority), award("other"), procedure=stages)
    clauses = [text for _, text in rules.iter_clauses()]
    return procedure_of("title", rules.awards["title"], clauses, behaviour or Behaviour(), appraisers=APPRAISERS, audit_share=AUDITS, move=move)


def test_without_a_stage_everything_is_as_the_authority_has_it():
    procedure = gone_through(behaviour=Behaviour(annual_delay_months=2.0))
    assert (procedure.appraisers, procedure.audit_share, procedure.delay_months) == (2.0, 0.2, 2.0)
    assert (procedure.ballot, procedure.least_quantile, procedure.n_bodies, procedure.posting_days) == (None, None, 0, 0)
    assert procedure.transparency == 0


@pytest.mark.parametrize(("authority", "months"), [("unit", 2.0), ("province", 2.0), ("state", 12.0)])
def test_the_state_takes_longer_if_it_is_assumed_to(authority, months):
    behaviour = Behaviour(annual_delay_months=2.0, state_extra_delay_months=10.0)
    assert gone_through(authority=authority, behaviour=behaviour).delay_months == months


def test_the_deciding_level_settles_how_it_reads_and_the_last_stage_prevails():
    procedure = gone_through(
        stage("a", "province", 1, "appraisers: 3, audit_share: 0.5, strictness: 0.6, vote: {threshold: 0.5, counts: present}"),
        stage("b", "province", 2, "appraisers: 5, vote: {threshold: 0.9, counts: all-members}"),
        stage("c", "unit", 3, "appraisers: 9, audit_share: 0.9, strictness: 0.9, vote: {threshold: 0.67, counts: present}"),
    )
    assert (procedure.appraisers, procedure.audit_share, procedure.least_quantile) == (5.0, 0.5, 0.6)
    assert procedure.ballot == Ballot(Fraction(9, 10), counts_all=True)


def test_no_audit_at_all_is_an_answer_and_no_appraiser_is_none():
    procedure = gone_through(stage("a", "province", 1, "audit_share: 0.0, appraisers: 0"))
    assert procedure.audit_share == 0
    assert procedure.appraisers == 2.0


def test_bodies_posting_and_days_are_summed_over_all_stages_on_the_way():
    procedure = gone_through(
        stage("a", "unit", 1, f"{TAX}, posting_days: 5, delay_days: 10"),
        stage("b", "cluster", 2, TAX),
        stage("c", "province", 3, f"{TAX}, posting_days: 5, delay_days: 1"),
        stage("d", "state", 4, f"{TAX}, posting_days: 50, delay_days: 100"),
        behaviour=Behaviour(annual_delay_months=1.0),
    )
    assert (procedure.n_bodies, procedure.posting_days) == (3, 10)
    assert procedure.delay_months == pytest.approx(1 + 21 / 21)
    assert procedure.transparency == 1.0


@pytest.mark.parametrize(("words", "transparency"), [("posting_days: 5", 0.25), (TAX, 0.5), ("posting_days: 50", 1.0)])
def test_transparency_is_what_colleagues_and_the_public_see(words, transparency):
    assert gone_through(stage("a", "unit", 1, words)).transparency == transparency


def test_a_stage_that_names_other_awards_is_not_gone_through():
    assert gone_through(stage("a", "province", 1, "posting_days: 5, awards: [other]")).posting_days == 0
    assert gone_through(stage("a", "province", 1, "posting_days: 5, awards: [other, title]")).posting_days == 5


def test_a_state_award_without_a_vote_of_its_own_takes_the_last_below():
    below = stage("a", "province", 1, "vote: {threshold: 0.8, counts: all-members}")
    assert gone_through(below, authority="state").ballot == Ballot(Fraction(4, 5), counts_all=True)
    own = stage("b", "state", 2, "vote: {threshold: 0.9, counts: all-members}")
    assert gone_through(below, own, authority="state").ballot == Ballot(Fraction(9, 10), counts_all=True)
    assert gone_through(stage("a", "unit", 1, "vote: {threshold: 0.8, counts: present}")).ballot is None


def test_the_order_in_the_text_means_nothing():
    stages = [
        stage("a", "province", 1, "strictness: 0.4, appraisers: 2"),
        stage("b", "province", 1, "strictness: 0.7, appraisers: 4"),
        stage("c", "unit", 2, TAX),
    ]
    assert len({gone_through(*order) for order in permutations(stages)}) == 1


def test_exhortations_move_what_a_stage_states():
    moved = gone_through(
        stage("a", "province", 1, "appraisers: 3, audit_share: 0.5"), move=lambda name, value: {"appraisers": 7.0, "audit_share": 0.75}[name]
    )
    assert (moved.appraisers, moved.audit_share) == (7.0, 0.75)


def test_a_stage_of_the_unit_for_every_award_reaches_the_files_themselves():
    stage = clause("selection", "stage", "level: unit, order: 1, appraisers: 3, audit_share: 0.0")
    named = clause("selection", "stage", f"level: unit, order: 1, appraisers: 3, awards: [{FOCUS}]")
    own = clause("appraisal", "appraisal", "authority: unit, appraisers: 2, audit_share: 0.4")
    for procedure, appraisers, audited in (((stage,), 3.0, 0.0), ((stage, own), 3.0, 0.0), ((named, own), 2.0, 0.4), ((own,), 2.0, 0.4)):
        regime = compile_regime(one_award(quota(), procedure=procedure), Behaviour(), focus_award=FOCUS)
        assert (regime.appraisers["unit"], regime.audit_share["unit"]) == (appraisers, audited)


def test_the_stages_of_an_award_come_in_their_order_and_no_others():
    stages = (stage("late", "province", 30), stage("early", "unit", 10), stage("above", "state", 20), stage("others", "unit", 5, "awards: [other]"))
    rules = criteria(award("title", authority="province"), award("other"), procedure=stages)
    clauses = [each for _, each in rules.iter_clauses()]
    assert [each.order for each in stages_of("title", rules.awards["title"], clauses)] == [10, 30]
