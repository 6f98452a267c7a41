from __future__ import annotations

import numpy as np

from simulator.model.cycle import Cycle
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from tests.worlds import one_award, quota


def test_luck_belongs_to_the_year_and_the_member():
    population = uniform_population(5, 10)
    with AwardModel(population, one_award(quota()), seed=3, collects=False) as model:
        one, two = (Cycle(year, model.regime, population, model.members, model.streams, model.norms) for year in (1, 2))
        ids = model.members.id
        assert (one.normal("x", ids) == model.streams.normal("x", year=1, ids=ids)).all()
        assert (one.normal("x", ids[::-1])[::-1] == one.normal("x", ids)).all()
        assert (one.normal("x", ids) != two.normal("x", ids)).any()
        assert np.array_equal(one.is_lucky("y", ids, 0.5), model.streams.is_lucky("y", year=1, ids=ids, probability=0.5))
