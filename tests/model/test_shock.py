from __future__ import annotations

import numpy as np
import pytest

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.model import AwardModel
from simulator.model.shock import Shock
from simulator.population.generator import generate
from simulator.population.spec import PopulationSpec
from tests.worlds import one_award, quota

WORDS = {"vi": "Thử", "en": "Trial"}
OF_A_KIND = {"title": WORDS, "basis": WORDS, "units": 60, "mean_size": 20.0, "leader_share": 0.1, "direct_share": 0.5}
HOSPITALS = frozenset({"hospital"})


@pytest.fixture(scope="module")
def town():
    described = {"id": "town", "title": WORDS, "basis": WORDS, "kinds": {"hospital": OF_A_KIND, "school": OF_A_KIND}}
    return generate(PopulationSpec.model_validate(described))


def test_a_shock_befalls_its_kinds_and_posts_in_its_years(town):
    shock = Shock(years=frozenset({2, 3}), kinds=HOSPITALS, roles=frozenset({Role.DIRECT, Role.STAFF}), deeds=10.0)
    in_hospital = town.kind[town.groups.of_member] == 0
    for year in (2, 3):
        assert (shock.befalls(town, year) == (in_hospital & ~town.is_leader)).all()
    for year in (0, 1, 4):
        assert not shock.befalls(town, year).any()


def test_a_shock_befalls_all_posts_unless_it_says_which(town):
    shock = Shock(years=frozenset({1}), kinds=frozenset({"hospital", "school"}))
    assert shock.befalls(town, 1).all()
    assert (shock.deeds, shock.merit) == (1.0, 0.0)


def test_deeds_cannot_be_fewer_than_none():
    assert Shock(years=frozenset({1}), kinds=HOSPITALS, deeds=0.0).deeds == 0
    with pytest.raises(ValueError, match="-1"):
        Shock(years=frozenset({1}), kinds=HOSPITALS, deeds=-1.0)


def lived(town, shock, behaviour=None, years=3):
    with AwardModel(town, one_award(quota()), behaviour, shock=shock, collects=False) as model:
        return model.run(years).history(n_history_years=0)


def test_merit_is_shifted_where_and_when_a_shock_is_felt(town):
    plain = lived(town, None)
    struck = lived(town, Shock(years=frozenset({2}), kinds=HOSPITALS, roles=frozenset({Role.HEAD}), merit=1.0))
    shift = (struck.merit - plain.merit).reshape(3, -1)
    is_befallen = (town.kind[town.groups.of_member] == 0) & (town.role == Role.HEAD)
    assert shift[1][is_befallen] == pytest.approx(0.9, abs=1e-4)  # results show nine tenths of it
    assert not shift[1][~is_befallen].any()
    assert not shift[[0, 2]].any()


def test_deeds_are_so_many_times_as_frequent(town):
    behaviour = Behaviour(surprise_rate=0.02, surprise_direct_factor=1.0)
    plain = lived(town, None, behaviour).achievements
    struck = lived(town, Shock(years=frozenset({2}), kinds=HOSPITALS, deeds=10.0), behaviour).achievements
    in_hospital = np.isin(struck.unit, np.flatnonzero(town.kind == 0))
    n_hospital_members = town.groups.size[town.kind == 0].sum()
    assert ((struck.year == 2) & in_hospital).sum() / n_hospital_members == pytest.approx(1 - np.exp(-0.2), rel=0.1)
    elsewhere, elsewhere_before = ~((struck.year == 2) & in_hospital), ~((plain.year == 2) & np.isin(plain.unit, np.flatnonzero(town.kind == 0)))
    assert struck.achieved_at[elsewhere].tolist() == plain.achieved_at[elsewhere_before].tolist()


def test_a_branch_feels_the_shock_of_its_scenario(town):
    shock = Shock(years=frozenset({3}), kinds=HOSPITALS, merit=1.0)
    rules = one_award(quota())
    with AwardModel(town, rules, shock=shock, collects=False) as model, model.run(2).branch(rules) as branch:
        merit = branch.run(1).history().merit.reshape(3, -1)
    assert merit[2][town.kind[town.groups.of_member] == 0].mean() > 0.8
