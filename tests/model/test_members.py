from __future__ import annotations

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from tests.worlds import live, one_award, quota


def test_merit_is_standard_and_as_stable_as_the_specification_says():
    history = live(one_award(quota()), n_units=300, size=50, years=12)
    merit = history.merit.reshape(12, -1)
    assert merit.mean() == pytest.approx(0, abs=0.02)
    assert merit.std() == pytest.approx(1, abs=0.01)
    stability = np.corrcoef(merit[5], merit[6])[0, 1]
    assert stability == pytest.approx(0.65 + 0.35 * 0.3, abs=0.01)
    assert np.corrcoef(merit[2], merit[10])[0, 1] == pytest.approx(0.65, abs=0.01)


def test_a_true_advantage_of_leaders_is_added():
    plain = live(one_award(quota()), Behaviour())
    raised = live(one_award(quota()), Behaviour(leader_merit=0.5))
    difference = raised.merit - plain.merit
    assert difference[raised.is_leader] == pytest.approx(0.5, abs=1e-4)
    assert (difference[~raised.is_leader] == 0).all()


def test_newcomers_start_anew_and_never_share_an_identifier():
    history = live(one_award(quota()), Behaviour(turnover=0.2, merit_stability=1.0), years=8, n_units=50)
    member = history.member.reshape(8, -1)
    stays = (member[1:] == member[:-1]).mean()
    assert stays == pytest.approx(0.8, abs=0.02)
    post_of = {}
    for year in member:
        for post, person in enumerate(year):
            assert post_of.setdefault(int(person), post) == post
    merit = history.merit.reshape(8, -1)
    same = member[1:] == member[:-1]
    assert (merit[1:] == merit[:-1])[same].all()
    assert not (merit[1:] == merit[:-1])[~same].all()


def test_a_newcomer_waits_from_the_day_of_coming():
    model = AwardModel(uniform_population(30, 10), one_award(quota(0.1)), Behaviour(turn_weight=1.0, turnover=0.3), collects=False)
    with model:
        model.run(6)
        wait = model.members.wait["chien-si-thi-dua-co-so"]
        assert (wait <= model.members.tenure_years + 1).all()


def test_initiatives_live_two_years_and_the_older_are_used_first():
    model = AwardModel(uniform_population(2, 4), one_award(quota()), collects=False)
    with model:
        members = model.members
        members.initiatives[:] = [2, 0, 1, 3, 0, 0, 0, 0]
        members.earlier_initiatives[:] = [1, 0, 0, 2, 0, 0, 0, 0]
        members.use_initiatives(np.array([0, 3]), np.array([2, 1], dtype=np.int8))
        assert members.initiatives[[0, 3]].tolist() == [1, 3]
        assert members.earlier_initiatives[[0, 3]].tolist() == [0, 1]
        assert members.unused_initiatives[2] == 1
