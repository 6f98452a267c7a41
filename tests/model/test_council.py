from __future__ import annotations

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.council import Council
from simulator.model.effort import choose_effort
from simulator.model.files import write_files
from simulator.model.model import AwardModel
from simulator.model.ratings import has_false_initiatives
from simulator.population.generator import uniform_population
from tests.cycles import begin_cycle
from tests.worlds import FOCUS, award, clause, criteria, quota

NOISY = {"appraisal_reliability": 0.45}
RESULTS = clause("w", "weights", "results: 1.0, initiative: 0.0, scope: 0.0, conduct: 0.0")
VOTE = "vote: {threshold: 0.67, counts: present}"


@pytest.fixture
def agents():
    """Hold the Mesa model that councils belong to."""
    with AwardModel(uniform_population(1, 2), criteria(award(FOCUS, quota())), collects=False) as model:
        yield model


@pytest.fixture
def reading_of(agents):
    def read(behaviour, *procedure, relies=False, is_perfect=False, authority="unit", council=None, year=1):
        words = criteria(award(FOCUS, quota(), authority=authority), procedure=procedure)
        cycle = begin_cycle(behaviour, words, n_units=2000, year=year, is_perfect=is_perfect)
        files = write_files(cycle, choose_effort(cycle))
        nominees = np.arange(cycle.population.n_members)
        council = council or Council(agents, authority)
        rule = cycle.regime.focus
        reading = council.read(rule, nominees, np.full(len(nominees), relies), files, cycle)
        assert council.n_read == council.n_approved == 0  # reading alone leaves no trace
        council.remember(rule, nominees, reading, files, cycle)
        assert council.n_read == len(nominees)
        assert council.n_approved == reading.is_approved.sum()
        return reading, files, cycle

    return read


# --- the score ------------------------------------------------------------------------------------------------------------------------


def test_a_council_approves_from_its_bar_upwards(reading_of):
    reading, files, _ = reading_of(Behaviour(council_bar_unit=0.5))
    assert (reading.score == files.merit).all()
    assert (reading.is_approved == (files.merit >= 0.5)).all()


@pytest.mark.parametrize(("authority", "bar"), [("unit", 0.5), ("province", 1.5), ("state", 2.0)])
def test_each_authority_has_its_own_bar(reading_of, authority, bar):
    behaviour = Behaviour(council_bar_unit=0.5, council_bar_province=1.5, council_bar_state=2.0)
    reading, files, _ = reading_of(behaviour, authority=authority)
    assert (reading.is_approved == (files.merit >= bar)).all()


def test_part_of_the_error_is_the_units_own(reading_of):
    share = 0.3
    reading, files, cycle = reading_of(Behaviour(**NOISY, dossier_error_share=share))
    error = reading.score - files.merit
    assert error.std() == pytest.approx(cycle.regime.error_sd, rel=0.01)
    assert np.corrcoef(error, files.noise)[0, 1] == pytest.approx(share**0.5, abs=0.02)


def test_more_appraisers_lessen_the_councils_own_error_only(reading_of):
    appraisal = clause("appraisal", "appraisal", "authority: province, appraisers: 4, audit_share: 0.0")
    reading, files, cycle = reading_of(Behaviour(**NOISY, dossier_error_share=0.5), appraisal, authority="province")
    expected = cycle.regime.error_sd**2 * (0.5 + 0.5 / 4)
    assert (reading.score - files.merit).var() == pytest.approx(expected, rel=0.02)


def test_the_stage_that_decides_may_have_appraisers_of_its_own(reading_of):
    stage = clause("s", "stage", "level: province, order: 1, appraisers: 16")
    reading, files, cycle = reading_of(Behaviour(**NOISY, dossier_error_share=0.0), stage, authority="province")
    assert (reading.score - files.merit).var() == pytest.approx(cycle.regime.error_sd**2 / 16, rel=0.02)


def test_leniency_lifts_everybody_and_deference_lifts_leaders(reading_of):
    reading, files, cycle = reading_of(Behaviour(council_leniency=0.25, council_deference=0.5))
    lift = reading.score - files.merit
    leads = cycle.population.is_leader
    assert lift[leads] == pytest.approx(0.75, abs=1e-5)
    assert lift[~leads] == pytest.approx(0.25, abs=1e-5)


def test_a_council_sees_the_criteria_and_the_post_that_the_unit_saw(reading_of):
    weights = clause("w", "weights", "results: 0.5, initiative: 0.2, scope: 0.2, conduct: 0.1")
    reading, files, _ = reading_of(Behaviour(), weights)
    assert reading.score == pytest.approx(files.score, abs=1e-5)
    assert files.criteria.std() > 0.1


def test_an_audit_takes_back_the_claims_it_finds(reading_of):
    behaviour = Behaviour(stakes=4.0, **NOISY, dossier_error_share=1.0)
    audit = clause("a", "appraisal", "authority: province, appraisers: 1, audit_share: 0.4")
    reading, files, _ = reading_of(behaviour, audit, RESULTS, authority="province")
    has_weight = files.claims > 0.02
    counted = (reading.score - files.merit - files.noise)[has_weight] / files.claims[has_weight]
    is_audited = np.isclose(counted, 1 - behaviour.detection, atol=1e-2)
    assert is_audited.mean() == pytest.approx(0.4, abs=0.02)
    assert counted[~is_audited] == pytest.approx(1, abs=2e-2)


def test_bodies_consulted_and_posting_take_back_claims_of_everybody(reading_of):
    behaviour = Behaviour(stakes=4.0, **NOISY, dossier_error_share=1.0, consultation_finds=0.2, posting_finds=0.4)
    bodies = "consults: [{vi: Thuế, en: Tax}, {vi: Công an, en: Police}]"
    stages = (
        clause("asks", "stage", f"level: province, order: 1, {bodies}"),
        clause("posts", "stage", "level: unit, order: 2, posting_days: 5"),
    )
    reading, files, _ = reading_of(behaviour, *stages, RESULTS, authority="province")
    has_weight = files.claims > 0.02
    counted = (reading.score - files.merit - files.noise)[has_weight] / files.claims[has_weight]
    assert counted == pytest.approx(0.8**2 * (1 - 0.4 * 5 / 10), abs=1e-2)


# --- what passes ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("audits", "bodies", "days"), [(0.5, 0, 0), (0.0, 2, 0), (0.0, 0, 5), (0.5, 1, 20)])
def test_false_initiatives_are_refused_when_found_out_and_the_award_rests_on_them(reading_of, audits, bodies, days):
    behaviour = Behaviour(fake_initiative_share=0.5, detection=0.8, consultation_finds=0.3, posting_finds=0.6, audit_share=audits)
    consults = ", ".join(["{vi: Thuế, en: Tax}"] * bodies)
    stage = clause("s", "stage", f"level: unit, order: 1, consults: [{consults}], posting_days: {days}")
    refused, _, cycle = reading_of(behaviour, stage, relies=True)
    left = 0.7**bodies * (1 - 0.6 * min(days / 10, 1))
    found = 1 - left * (1 - audits * 0.8)
    assert 1 - refused.is_approved.mean() == pytest.approx(0.5 * found, abs=0.01)
    is_false = has_false_initiatives(cycle, cycle.members.id)
    assert refused.is_approved[~is_false].all()
    untouched, _, _ = reading_of(behaviour, stage, relies=False)
    assert untouched.is_approved.all()


def test_a_perfect_council_reads_merit_and_lets_all_pass(reading_of):
    reading, files, _ = reading_of(Behaviour(**NOISY, council_bar_unit=3.0), is_perfect=True)
    assert (reading.score == files.merit).all()
    assert reading.is_approved.all()


def test_members_who_differ_decide_by_vote(reading_of):
    behaviour = Behaviour(council_bar_unit=0.5, member_disagreement=0.5)
    stage = clause("s", "stage", f"level: unit, order: 1, {VOTE}")
    reading, _, _ = reading_of(behaviour, stage)
    near = np.abs(reading.score - 0.5) < 1 / 32
    assert reading.is_approved[near].mean() == pytest.approx(0.0592, abs=0.02)  # P(at least 11 of 15) at one half
    assert reading.is_approved[reading.score > 2].mean() > 0.99
    assert not reading.is_approved[reading.score < -0.5].any()
    sharp, _, _ = reading_of(behaviour)
    assert (sharp.is_approved == (sharp.score >= 0.5)).all()


def test_with_no_bar_there_is_nothing_to_differ_about(reading_of):
    stage = clause("s", "stage", f"level: unit, order: 1, {VOTE}")
    reading, _, _ = reading_of(Behaviour(member_disagreement=3.0), stage)
    assert reading.is_approved.all()


def test_case_14_a_logistic_council_gives_the_leaders_its_deference_as_log_odds(reading_of):
    """Limiting case 14: chance Λ((S_c − bar)/spread) and a bonus δ for leaders: conditional log odds ratio δ/spread."""
    delta, spread = 0.8, 0.5
    reading, files, cycle = reading_of(Behaviour(council_bar_unit=0.25, council_spread=spread, council_deference=delta))
    leads = cycle.population.is_leader
    log_odds = []
    for group in (leads, ~leads):
        share = reading.is_approved[group & (np.abs(files.merit) < 1 / 8)].mean()
        log_odds.append(np.log(share / (1 - share)))
    assert log_odds[0] - log_odds[1] == pytest.approx(delta / spread, abs=0.2)


# --- the bar, and memory -------------------------------------------------------------------------------------------------------------


def test_bars_drift_from_the_first_year_on(reading_of):
    _, _, cycle = reading_of(Behaviour(council_bar_unit=1.0, bar_drift=-0.07))
    assert [cycle.regime.bar("unit", year) for year in (-5, 0, 1, 10)] == pytest.approx([1, 1, 0.93, 0.3])


def test_the_bar_adds_up_what_moved_it(agents):
    stage = clause("s", "stage", "level: unit, order: 1, strictness: 0.8")
    cycle = begin_cycle(Behaviour(council_bar_unit=1.0, bar_drift=0.1), criteria(award(FOCUS, quota()), procedure=(stage,)), year=3)
    council = Council(agents, "unit")
    rule = cycle.regime.focus
    assert council.bar(rule, cycle) == pytest.approx(1.3 + 0.8416, abs=1e-4)
    council.strictness = 0.25
    council.precedent[rule.id] = -0.5
    assert council.bar(rule, cycle) == pytest.approx(1.3 + 0.8416 - 0.25, abs=1e-4)


def test_the_bar_of_an_award_is_known_once_it_was_decided(agents, reading_of):
    council = Council(agents, "unit")
    _, _, cycle = reading_of(Behaviour(council_bar_unit=0.5, bar_drift=0.1), council=council, year=4)
    assert council.last_bar(cycle.regime.focus) == pytest.approx(0.9)
    assert Council(agents, "unit").last_bar(cycle.regime.focus) == -np.inf


def test_a_learning_council_remembers_how_low_the_lowest_tenth_proved_to_be(agents, reading_of):
    council = Council(agents, "unit")
    reading, files, _ = reading_of(Behaviour(council_bar_unit=1.5, appraisal_reliability=0.45, council_leniency=0.2, learns=True), council=council)
    proved = np.sort(files.merit[reading.is_approved]).astype(np.float64)
    n_lowest = -(-len(proved) // 10)
    assert council.margins[FOCUS] == pytest.approx(proved[:n_lowest].mean() - 1.5, abs=1e-9)
    assert council.margins[FOCUS] < -1  # who got in by an error of reading is far below the bar
    council.open_year()
    assert not council.margins
    assert council.n_read == council.n_approved == council.n_revoked == 0


@pytest.mark.parametrize("behaviour", [Behaviour(learns=True), Behaviour(council_bar_unit=9.0, learns=True), Behaviour(council_bar_unit=0.0)])
def test_nothing_is_remembered_without_a_bar_or_anybody_who_passed_or_learning(agents, reading_of, behaviour):
    council = Council(agents, "unit")
    reading_of(behaviour, council=council)
    assert not council.margins


def test_a_council_goes_on_where_another_stopped_and_leaves_it_alone(agents):
    one, other = Council(agents, "state"), Council(agents, "state")
    one.n_read, one.n_approved, one.n_revoked, one.n_read_first_year, one.strictness = 5, 4, 3, 2, 0.5
    one.precedent, one.bars, one.margins = {"a": 1.0}, {"a": 2.0}, {"a": 3.0}
    other.take_over(one)
    for name in ("n_read", "n_approved", "n_revoked", "n_read_first_year", "strictness", "precedent", "bars", "margins"):
        assert getattr(other, name) == getattr(one, name)
    other.precedent["a"] = other.bars["b"] = 9.0
    assert one.precedent == {"a": 1.0}
    assert one.bars == {"a": 2.0}


def test_counts_of_a_year_add_up_over_awards(agents, reading_of):
    council = Council(agents, "unit")
    reading, files, cycle = reading_of(Behaviour(council_bar_unit=0.5), council=council)
    n_read, n_approved = council.n_read, council.n_approved
    assert 0 < n_approved < n_read
    council.remember(cycle.regime.focus, np.arange(len(reading.score)), reading, files, cycle)
    assert (council.n_read, council.n_approved) == (2 * n_read, 2 * n_approved)
