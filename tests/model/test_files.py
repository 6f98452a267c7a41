from __future__ import annotations

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.cycle import Cycle
from simulator.model.files import recognise_initiatives, round_to_grid, write_files
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from simulator.ranking import SCORE_STEP
from simulator.scoring.facts import Rating
from tests.worlds import clause, one_award, quota


@pytest.fixture
def cycle_of():
    models = []

    def make(behaviour=None, *procedure, size=20, n_units=200, is_perfect=False):
        rules = one_award(quota(), procedure=procedure)
        model = AwardModel(uniform_population(n_units, size), rules, behaviour, collects=False)
        models.append(model)
        return Cycle(1, model.regime, model.population, model.members, model.streams, is_perfect=is_perfect)

    yield make
    for model in models:
        model.close()


def test_ratings_follow_their_cuts(cycle_of):
    cycle = cycle_of(Behaviour())  # read without error
    merit = cycle.members.merit(cycle)
    files = write_files(merit, cycle)
    expected = np.digitize(files.merit, [-2.0, -0.5, 0.85])
    assert (files.facts.rating == expected).all()


@pytest.mark.parametrize("size", [3, 6, 7, 20, 61])
def test_the_cap_on_excellent_holds_in_every_unit_and_wastes_no_room(cycle_of, size):
    cap = clause("cap", "rating-cap", "rating: excellent, share: 0.2, of: good")
    cycle = cycle_of(Behaviour(appraisal_reliability=0.45), cap, size=size)
    uncapped = cycle_of(Behaviour(appraisal_reliability=0.45), size=size)
    rating = write_files(cycle.members.merit(cycle), cycle).facts.rating.reshape(-1, size)
    free = write_files(uncapped.members.merit(uncapped), uncapped).facts.rating.reshape(-1, size)
    excellent, good = (rating == Rating.EXCELLENT).sum(axis=1), (rating == Rating.COMPLETED_WELL).sum(axis=1)
    assert (5 * excellent <= good).all()
    wished = (free == Rating.EXCELLENT).sum(axis=1)
    has_room = 5 * (excellent + 1) <= good - 1
    assert (excellent == wished)[has_room].all()
    assert ((rating < Rating.COMPLETED_WELL) == (free < Rating.COMPLETED_WELL)).all()


def test_initiatives_come_at_their_rate(cycle_of):
    cycle = cycle_of(Behaviour(), n_units=2500)
    for merit, mean in ((0.0, 0.25), (1.0, 0.25 * np.exp(0.6)), (-1.0, 0.25 * np.exp(-0.6))):
        counts = recognise_initiatives(np.full(50_000, merit, dtype=np.float32), cycle)
        assert counts.mean() == pytest.approx(mean, rel=0.03)


def test_a_file_adds_up(cycle_of):
    weights = clause("weights", "weights", "results: 0.5, initiative: 0.2, scope: 0.2, conduct: 0.1")
    cycle = cycle_of(Behaviour(appraisal_reliability=0.45, stakes=1.0, tenure_effect=0.2), weights, n_units=2000)
    files = write_files(cycle.members.merit(cycle), cycle)
    rest = files.score - files.merit - files.noise - files.claims
    leads = cycle.population.is_leader
    assert rest[leads] == pytest.approx(cycle.regime.post_loading + 0.1, abs=1e-5)
    assert rest[~leads] == pytest.approx(0.1, abs=1e-5)
    assert files.noise.std() == pytest.approx(cycle.regime.error_sd, rel=0.01)
    assert files.claims.mean() == pytest.approx(cycle.regime.claim_loading * cycle.regime.claims, rel=0.02)
    assert (files.claims > 0).all()


def test_more_appraisers_read_more_exactly(cycle_of):
    appraisal = clause("appraisal", "appraisal", "authority: unit, appraisers: 4, audit_share: 0.0")
    one, four = cycle_of(Behaviour(appraisal_reliability=0.45)), cycle_of(Behaviour(appraisal_reliability=0.45), appraisal)
    noise = [write_files(cycle.members.merit(cycle), cycle).noise for cycle in (one, four)]
    assert noise[0] == pytest.approx(2 * noise[1], abs=1e-5)


def test_a_perfect_file_shows_merit(cycle_of):
    cycle = cycle_of(Behaviour(appraisal_reliability=0.45, stakes=1.0), is_perfect=True)
    files = write_files(cycle.members.merit(cycle), cycle)
    assert (files.score == files.merit).all()


def test_merit_lies_on_the_grid_of_scores():
    merit = round_to_grid(np.array([0.1234567, -3.3333333], dtype=np.float32))
    assert (merit / SCORE_STEP == np.rint(merit / SCORE_STEP)).all()


def test_the_unit_ranks_what_its_own_audit_left_of_the_claims(cycle_of):
    """Correction 00.17: S holds η_w·g·X·(1 − det·audited)."""
    weights = clause("w", "weights", "results: 1.0, initiative: 0.0, scope: 0.0, conduct: 0.0")
    behaviour = Behaviour(appraisal_reliability=0.45, stakes=4.0, penalty=0.0, detection=0.75)
    claims = []
    for audit in (0.0, 0.4):
        words = clause("a", "appraisal", f"authority: unit, appraisers: 1, audit_share: {audit}")
        cycle = cycle_of(behaviour, weights, words, n_units=1000)
        files = write_files(cycle.members.merit(cycle), cycle)
        rest = files.score - files.merit - files.noise - np.float32(cycle.regime.post_loading) * cycle.population.is_leader
        assert rest == pytest.approx(files.claims, abs=1e-5)
        claims.append(files.claims)
    left = claims[1] / claims[0]
    assert set(np.round(left, 4)) == {0.25, 1.0}
    assert (left < 1).mean() == pytest.approx(0.4, abs=0.02)
