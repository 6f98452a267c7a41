"""A unit decides in one method: run on columns for all units, or asked one by one, with the same awards."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.cycle import Cycle
from simulator.model.model import AwardModel
from simulator.model.unit import Unit, choose_weights
from simulator.population.generator import uniform_population
from tests.worlds import one_award, quota

BEHAVIOURS = {
    "weighted": Behaviour(appraisal_reliability=0.45, turn_weight=0.25, rank_weight=0.15, prestige_weight=0.1, lottery_weight=0.1),
    "mixture": Behaviour(turn_weight=0.25, rank_weight=0.15, prestige_weight=0.1, lottery_weight=0.1, structure="mixture"),
}


class SameUnit(Unit):
    """A user's own class that decides like any other, but is asked unit by unit."""

    def priority(self, reasons):
        return super().priority(reasons)


class ContraryUnit(Unit):
    """A user's own class that puts forward the weakest file."""

    def priority(self, reasons):
        return 1 - reasons.score


def run(unit_class, behaviour, years=6, *, is_perfect=False):
    population = uniform_population(12, [3, 5, 8, 13, 21, 34] * 2)
    model = AwardModel(population, one_award(quota(0.3)), behaviour, unit_class=unit_class, is_perfect=is_perfect)
    with model:
        return model.run(years).history(n_history_years=2), [unit.n_awarded for unit in model.units]


@pytest.mark.parametrize("structure", sorted(BEHAVIOURS))
def test_asking_units_one_by_one_gives_the_same_awards_as_asking_all_at_once(structure):
    at_once, counts = run(Unit, BEHAVIOURS[structure])
    one_by_one, counts_again = run(SameUnit, BEHAVIOURS[structure])
    assert (at_once.is_awarded == one_by_one.is_awarded).all()
    assert counts == counts_again


def test_a_unit_with_its_own_mind_awards_other_people():
    history, _ = run(ContraryUnit, Behaviour())
    usual, _ = run(Unit, Behaviour())
    assert history.is_awarded.sum() == usual.is_awarded.sum()
    assert history.merit[history.is_awarded].mean() < -0.5 < 0.5 < usual.merit[usual.is_awarded].mean()


def test_weights_of_a_mixture_are_one_reason_each_in_their_shares():
    behaviour = BEHAVIOURS["mixture"]
    population = uniform_population(20_000, 1, n_leaders=1)
    with AwardModel(population, one_award(quota()), behaviour, collects=False) as model:
        weights = choose_weights(Cycle(1, model.regime, population, model.members, model.streams))
        perfect = choose_weights(Cycle(1, model.regime, population, model.members, model.streams, is_perfect=True))
    assert (weights.sum(axis=0) == 1).all()
    assert set(np.unique(weights)) == {0, 1}
    assert weights.mean(axis=1) == pytest.approx([0.4, 0.25, 0.15, 0.1, 0.1], abs=0.012)
    assert (perfect[0] == 1).all()


def test_units_remember_what_they_did():
    population = uniform_population(5, 10)
    with AwardModel(population, one_award(quota(0.2)), Behaviour(turn_weight=0.4)) as model:
        model.run(2)
        assert [unit.n_awarded for unit in model.units] == [2] * 5
        assert [unit.n_nominated for unit in model.units] == [2] * 5
