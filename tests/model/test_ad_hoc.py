from __future__ import annotations

import numpy as np
import pytest

from simulator.history import Role
from simulator.model.ad_hoc import do_deeds
from simulator.model.behaviour import Behaviour
from simulator.model.cycle import Cycle
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

AD_HOC = award("thanks", clause("d", "eligibility", "requires: {not: {fact: disciplined-this-year}}"), level=1, kind="ad-hoc")


def test_deeds_come_at_their_rate_and_more_often_to_direct_workers():
    population = uniform_population(2000, 20, direct_share=0.5)
    behaviour = Behaviour(surprise_rate=0.2, surprise_direct_factor=1.5)
    with AwardModel(population, one_award(quota()), behaviour, collects=False) as model:
        deeds = do_deeds(Cycle(1, model.regime, population, model.members, model.streams))
    direct = population.role == Role.DIRECT
    assert deeds[direct].mean() == pytest.approx(0.3, rel=0.05)
    assert deeds[~direct].mean() == pytest.approx(0.2, rel=0.05)


def test_only_noticed_deeds_are_rewarded():
    rules = criteria(AD_HOC, award(FOCUS, quota()))
    rates = [
        live(rules, Behaviour(surprise_rate=0.2, surprise_direct_factor=1.0, ad_hoc_reach=reach), n_units=200).awards["thanks"].mean()
        for reach in (0.0, 0.5, 1.0)
    ]
    at_least_one = 1 - np.exp(-0.2)
    assert rates == pytest.approx([0, at_least_one / 2, at_least_one], rel=0.03)


def test_the_disciplined_are_not_considered_and_the_ladder_is_left_alone():
    behaviour = Behaviour(surprise_rate=0.5, ad_hoc_reach=1.0, discipline_probability=1.0)
    history = live(criteria(AD_HOC, award(FOCUS, quota())), behaviour)
    assert not history.awards["thanks"].any()
    calm = live(criteria(award(FOCUS, quota())), Behaviour(discipline_probability=1.0))
    assert (history.is_awarded == calm.is_awarded).all()
