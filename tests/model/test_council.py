from __future__ import annotations

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.council import Council
from simulator.model.cycle import Cycle
from simulator.model.files import write_files
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from tests.worlds import clause, one_award, quota

NOISY = {"appraisal_reliability": 0.45}


@pytest.fixture
def reading_of():
    models = []

    def read(behaviour, *procedure, relies=False, is_perfect=False, authority="unit"):
        population = uniform_population(2000, 20, n_leaders=3)
        model = AwardModel(population, one_award(quota(), procedure=procedure), behaviour, collects=False)
        models.append(model)
        cycle = Cycle(1, model.regime, population, model.members, model.streams, is_perfect=is_perfect)
        files = write_files(model.members.merit(cycle), cycle)
        nominees = np.arange(population.n_members)
        council = Council(model, authority)
        reading = council.read(nominees, np.full(len(nominees), relies), files, cycle)
        assert council.n_read == len(nominees)
        assert council.n_approved == reading.is_approved.sum()
        return reading, files, cycle

    yield read
    for model in models:
        model.close()


def test_a_council_approves_from_its_bar_upwards(reading_of):
    reading, files, _ = reading_of(Behaviour(council_bar_unit=0.5))
    assert reading.score == pytest.approx(files.merit, abs=1e-6)
    assert (reading.is_approved == (files.merit >= 0.5)).all()


def test_each_authority_has_its_own_bar(reading_of):
    behaviour = Behaviour(council_bar_unit=0.5, council_bar_province=1.5)
    reading, files, _ = reading_of(behaviour, authority="province")
    assert (reading.is_approved == (files.merit >= 1.5)).all()


def test_part_of_the_error_is_the_units_own(reading_of):
    share = 0.3
    reading, files, cycle = reading_of(Behaviour(**NOISY, dossier_error_share=share))
    error = reading.score - files.merit
    sd = cycle.regime.error_sd
    assert error.std() == pytest.approx(sd, rel=0.01)
    assert np.corrcoef(error, files.noise)[0, 1] == pytest.approx(share**0.5, abs=0.02)


def test_more_appraisers_lessen_the_councils_own_error_only(reading_of):
    appraisal = clause("appraisal", "appraisal", "authority: province, appraisers: 4, audit_share: 0.0")
    reading, files, cycle = reading_of(Behaviour(**NOISY, dossier_error_share=0.5), appraisal, authority="province")
    expected = cycle.regime.error_sd**2 * (0.5 + 0.5 / 4)
    assert (reading.score - files.merit).var() == pytest.approx(expected, rel=0.02)


def test_leniency_lifts_everybody_and_deference_lifts_leaders(reading_of):
    reading, files, cycle = reading_of(Behaviour(council_leniency=0.25, council_deference=0.5))
    lift = reading.score - files.merit
    leads = cycle.population.is_leader
    assert lift[leads] == pytest.approx(0.75, abs=1e-5)
    assert lift[~leads] == pytest.approx(0.25, abs=1e-5)


def test_an_audit_takes_back_the_claims_it_finds(reading_of):
    behaviour = Behaviour(stakes=4.0, **NOISY, dossier_error_share=1.0)
    audit = clause("a", "appraisal", "authority: province, appraisers: 1, audit_share: 0.4")
    weights = clause("w", "weights", "results: 1.0, initiative: 0.0, scope: 0.0, conduct: 0.0")
    reading, files, cycle = reading_of(behaviour, audit, weights, authority="province")
    counted = (reading.score - files.merit - files.noise) / files.claims
    is_audited = np.isclose(counted, 1 - cycle.regime.behaviour.detection, atol=1e-2)
    has_weight = files.claims > 0.02
    assert is_audited[has_weight].mean() == pytest.approx(0.4, abs=0.02)
    assert counted[has_weight & ~is_audited] == pytest.approx(1, abs=2e-2)


def test_false_initiatives_are_refused_when_an_audit_finds_them_and_the_award_rests_on_them(reading_of):
    behaviour = Behaviour(fake_initiative_share=0.5, detection=0.8)
    audit = clause("a", "appraisal", "authority: unit, appraisers: 1, audit_share: 0.5")
    refused, _, _ = reading_of(behaviour, audit, relies=True)
    assert 1 - refused.is_approved.mean() == pytest.approx(0.5 * 0.8 * 0.5, abs=0.01)
    untouched, _, _ = reading_of(behaviour, audit, relies=False)
    assert untouched.is_approved.all()


def test_a_perfect_council_reads_merit_and_lets_all_pass(reading_of):
    reading, files, _ = reading_of(Behaviour(**NOISY, council_bar_unit=3.0), is_perfect=True)
    assert (reading.score == files.merit).all()
    assert reading.is_approved.all()


def test_bars_drift_from_the_first_year_on(reading_of):
    _, _, cycle = reading_of(Behaviour(council_bar_unit=1.0, bar_drift=-0.07))
    assert [cycle.regime.bar("unit", year) for year in (-5, 0, 1, 10)] == pytest.approx([1, 1, 0.93, 0.3])
