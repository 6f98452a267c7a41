from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.model.model import AwardModel
from simulator.model.wanted import Wanted
from simulator.population.generator import uniform_population
from tests.shipped_worlds import assumed, decree_91

PARTS = {
    Wanted.CHOICE_BY_NOISE: "is_noise_choice",
    Wanted.CHOICE_WITHOUT_CLAIMS: "is_choice_without_claims",
    Wanted.ANSWERS: "achievements",
}


def lived(wanted):
    behaviour = replace(assumed(), audit_share=0.2)
    population = uniform_population(8, 12, units_per_cluster=4)
    return AwardModel(population, decree_91(), behaviour, seed=4, first_year=0, collects=False, wanted=wanted).run(3)


@pytest.fixture(scope="module")
def whole():
    return lived(Wanted.EVERYTHING)


@pytest.mark.parametrize("wanted", [Wanted.AWARDS_ALONE, *Wanted, ~Wanted.COLLECTIVES])
def test_what_is_wanted_is_as_in_the_whole_and_the_rest_is_left_out(wanted, whole):
    part, everything = lived(wanted).history(), whole.history()
    for award, is_awarded in everything.awards.items():
        assert np.array_equal(part.awards[award], is_awarded)
    for flag, column in PARTS.items():
        found = getattr(part, column)
        if flag not in wanted:
            assert found is None
        elif column == "achievements":
            assert np.array_equal(found.awarded_at, everything.achievements.awarded_at, equal_nan=True)
        else:
            assert np.array_equal(found, getattr(everything, column))


def test_units_decide_about_collectives_only_where_it_is_wanted(monkeypatch):
    asked = []
    monkeypatch.setattr("simulator.model.collectives.Collectives.decide", lambda *_: asked.append(1) or {})
    lived(~Wanted.COLLECTIVES)
    assert asked == []
    lived(Wanted.COLLECTIVES)
    assert len(asked) == 3


def test_everything_is_all_there_is():
    assert list(Wanted.EVERYTHING) == list(Wanted)
    assert not Wanted.AWARDS_ALONE
