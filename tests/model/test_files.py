from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.careers import move_on
from simulator.model.effort import choose_effort
from simulator.model.files import is_audited_by, reading_noise, write_files
from simulator.ranking import SCORE_STEP
from simulator.scoring.facts import Rating
from tests.cycles import begin_cycle
from tests.worlds import clause, one_award, quota

WEIGHTS = clause("weights", "weights", "results: 0.5, initiative: 0.2, scope: 0.2, conduct: 0.1")


def rules(*procedure):
    return one_award(quota(), procedure=procedure)


def files_of(behaviour=None, *procedure, **world):
    cycle = begin_cycle(behaviour, rules(*procedure), **world)
    return write_files(cycle, choose_effort(cycle)), cycle


def test_a_file_adds_up():
    behaviour = Behaviour(appraisal_reliability=0.45, stakes=1.0, tenure_effect=0.2)
    files, cycle = files_of(behaviour, WEIGHTS, n_units=2000)
    rest = files.score - files.merit - files.noise - files.claims - files.criteria
    leads = cycle.population.is_leader
    assert rest[leads] == pytest.approx(cycle.regime.weights.post_loading + 0.1, abs=1e-5)
    assert rest[~leads] == pytest.approx(0.1, abs=1e-5)
    assert files.noise.std() == pytest.approx(cycle.regime.error_sd, rel=0.01)
    g = choose_effort(cycle).claims[0]
    assert g > 0
    assert files.claims.mean() == pytest.approx(cycle.regime.weights.claim_loading * g, rel=0.02)
    assert (files.claims > 0).all()
    assert files.has_claims


def test_a_file_adds_up_in_the_order_of_the_specification():
    files, cycle = files_of(Behaviour(appraisal_reliability=0.45, stakes=1.0, tenure_effect=0.2), WEIGHTS)
    score = files.merit + files.noise
    score += files.claims
    score += files.criteria
    score += np.float32(cycle.regime.weights.post_loading) * cycle.population.is_leader
    score += np.float32(0.2) * np.minimum(cycle.members.tenure_years.astype(np.float32) / np.float32(10), np.float32(1))
    assert (score == files.score).all()
    assert score.dtype == np.float32


def test_results_alone_read_without_error_show_merit_bit_for_bit():
    weights = clause("weights", "weights", "results: 3.0, initiative: 0.0, scope: 0.0, conduct: 0.0")
    for procedure in ((), (weights,)):
        files, _ = files_of(Behaviour(), *procedure)
        assert (files.score == files.merit).all()
        assert not any(column.any() for column in (files.criteria, files.noise, files.claims))
        assert not files.has_claims
        assert files.references["office"] is files.merit


def test_criteria_are_what_the_weighing_shows_beside_results():
    files, cycle = files_of(Behaviour(), WEIGHTS, n_units=2000)
    weighed = files.merit + files.criteria
    assert weighed.std() == pytest.approx(1, abs=0.01)
    assert weighed == pytest.approx(files.references["office"], abs=3 * SCORE_STEP)
    assert (files.criteria / SCORE_STEP == np.rint(files.criteria / SCORE_STEP)).all()
    expected = sum(
        w * files.merits.by(name).astype(float) for w, name in zip((0.5, 0.2, 0.2, 0.1), ("results", "initiative", "scope", "conduct"), strict=True)
    )
    assert np.corrcoef(expected, weighed)[0, 1] == pytest.approx(1, abs=1e-6)
    assert cycle.regime.weights.post_loading > 0


def test_more_appraisers_read_more_exactly():
    appraisal = clause("appraisal", "appraisal", "authority: unit, appraisers: 4, audit_share: 0.0")
    behaviour = Behaviour(appraisal_reliability=0.45)
    one, four = files_of(behaviour)[0].noise, files_of(behaviour, appraisal)[0].noise
    assert one == pytest.approx(2 * four, abs=1e-5)


def test_part_of_the_error_lasts_as_long_as_member_and_head_stay_together():
    cycle = begin_cycle(Behaviour(appraisal_reliability=0.45, lasting_error_share=0.4), n_units=2000)
    noise = [reading_noise(replace(cycle, year=year)) for year in (1, 2)]
    assert noise[0].std() == pytest.approx(cycle.regime.error_sd, rel=0.02)
    assert np.corrcoef(*noise)[0, 1] == pytest.approx(0.4, abs=0.02)
    heads = cycle.population.role == Role.HEAD
    cycle.members.id[heads] += 10**6
    assert np.corrcoef(noise[0][~heads], reading_noise(replace(cycle, year=2))[~heads])[0, 1] == pytest.approx(0, abs=0.02)


def test_lasting_error_alone_never_changes_and_colleagues_have_their_own():
    cycle = begin_cycle(Behaviour(appraisal_reliability=0.45, lasting_error_share=1.0))
    first, second = (reading_noise(replace(cycle, year=year)) for year in (1, 2))
    assert (first == second).all()
    assert len(np.unique(first)) > 390


def test_a_unit_without_a_head_has_lasting_error_too():
    cycle = begin_cycle(Behaviour(appraisal_reliability=0.45, lasting_error_share=1.0))
    cycle.population.role[:] = Role.STAFF
    assert reading_noise(cycle).std() > 0.5


def test_a_perfect_file_shows_merit_and_nothing_else():
    behaviour = Behaviour(appraisal_reliability=0.45, stakes=1.0, tenure_effect=0.5)
    files, _ = files_of(behaviour, WEIGHTS, is_perfect=True)
    practised, _ = files_of(behaviour, WEIGHTS)
    assert (files.score == files.merit).all()
    assert not any(column.any() for column in (files.criteria, files.noise, files.claims))
    assert (files.merit == practised.merit).all()
    assert (files.facts.rating == practised.facts.rating).all()
    assert (files.facts.unused_initiatives == practised.facts.unused_initiatives).all()


def test_columns_that_stand_for_several_cannot_be_written_to():
    files, _ = files_of()
    with pytest.raises(ValueError, match="read-only"):
        files.noise[0] = 1


def test_the_unit_ranks_what_its_own_audit_left_of_the_claims():
    """Correction 00.17: S holds η_w·g·X·(1 − det·audited)."""
    behaviour = Behaviour(appraisal_reliability=0.45, stakes=4.0, penalty=0.0, detection=0.75)
    claims = []
    for audit in (0.0, 0.4):
        words = clause("a", "appraisal", f"authority: unit, appraisers: 1, audit_share: {audit}")
        files, cycle = files_of(behaviour, words, n_units=1000)
        assert files.score == pytest.approx(files.merit + files.noise + files.claims, abs=1e-5)
        claims.append(files.claims)
    left = claims[1] / claims[0]
    assert set(np.round(left, 4)) == {0.25, 1.0}
    assert (left < 1).mean() == pytest.approx(0.4, abs=0.02)
    assert ((left < 1) == is_audited_by("unit", cycle, cycle.members.id, 0.4)).all()


def test_a_higher_audit_share_adds_files_and_exchanges_none():
    cycle = begin_cycle(n_units=200)
    few, more = (is_audited_by("province", cycle, cycle.members.id, share) for share in (0.2, 0.5))
    assert not is_audited_by("province", cycle, cycle.members.id, 0.0).any()
    assert (few <= more).all()
    assert 0 < few.sum() < more.sum()


def test_claims_follow_the_habits_of_each_unit():
    cycle = begin_cycle(Behaviour(stakes=2.0), n_units=2)
    cycle.norms.turn_weight[:] = [0.0, 1.0]
    claims = write_files(cycle, choose_effort(cycle)).claims.reshape(2, 20)
    assert (claims[0] > 0).all()
    assert not claims[1].any()


def test_a_year_enters_the_memory():
    cycle = begin_cycle(n_units=200)
    move_on(cycle)
    files = write_files(cycle, choose_effort(cycle))
    for rating in Rating:
        assert ((cycle.members.rating_years[rating] & 1) == (files.facts.rating >= rating)).all()
    assert cycle.members.initiatives.sum() > 0
    assert (files.facts.unused_initiatives == cycle.members.initiatives).all()
    assert (files.facts.service_months == 72).all()


def test_clauses_may_ask_about_posts():
    files, cycle = files_of()
    role = cycle.population.role
    assert (files.facts.answer("is_direct_worker") == (role == Role.DIRECT)).all()
    assert files.facts.word("role").tolist() == [Role(post).name.lower() for post in role]
