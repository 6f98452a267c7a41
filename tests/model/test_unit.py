"""A unit decides in one method: run on columns for all units, or asked one by one, with the same awards."""

from __future__ import annotations

from typing import ClassVar

import pytest

from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.model import AwardModel
from simulator.model.structures import STRUCTURE_UNITS, WeighingUnit
from simulator.model.unit import Unit
from simulator.population.generator import uniform_population
from tests.worlds import FOCUS, award, clause, criteria, quota

RUN = clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: 2}}")
RULES = criteria(award(FOCUS, quota(0.3)), award("upper", RUN, level=3, authority="province"))
NUMBERS = {
    "appraisal_reliability": 0.45,
    "turn_weight": 0.25,
    "rank_weight": 0.15,
    "prestige_weight": 0.1,
    "lottery_weight": 0.1,
    "ladder_weight": 0.1,
    "reciprocity": 0.3,
}


def same_unit(kind):
    """Write a user's own class that decides like another, but is asked unit by unit."""

    class SameUnit(kind):
        def priority(self, reasons):
            return super().priority(reasons)

    return SameUnit


class ContraryUnit(Unit):
    """A user's own class that puts forward the weakest file."""

    def priority(self, reasons):
        return 1 - reasons.score


class PatientUnit(Unit):
    """A user's own class that looks at a reason nobody gives any weight."""

    def priority(self, reasons):
        return reasons.waiting


class ContraryColumns(ContraryUnit):
    """The same, and it says that it may be run on columns."""

    runs_on_columns: ClassVar[bool] = True

    def priority(self, reasons):
        return 1 - reasons.score


def run(unit_class, behaviour, years=6, *, is_perfect=False):
    population = uniform_population(12, [3, 5, 8, 13, 21, 34] * 2)
    model = AwardModel(population, RULES, behaviour, unit_class=unit_class, is_perfect=is_perfect)
    with model:
        return model.run(years).history(n_history_years=2), [unit.n_awarded for unit in model.units]


@pytest.mark.parametrize("learns", [False, True])
@pytest.mark.parametrize("structure", STRUCTURES)
def test_asking_units_one_by_one_gives_the_same_awards_as_asking_all_at_once(structure, learns):
    behaviour = Behaviour(**NUMBERS, structure=structure, learns=learns)
    own = same_unit(STRUCTURE_UNITS[structure])
    assert not own.runs_on_columns
    at_once, counts = run(None, behaviour)
    one_by_one, counts_again = run(own, behaviour)
    assert (at_once.is_awarded == one_by_one.is_awarded).all()
    assert (at_once.awards["upper"] == one_by_one.awards["upper"]).all()
    assert counts == counts_again


def test_a_unit_with_its_own_mind_awards_other_people():
    history, _ = run(ContraryUnit, Behaviour())
    columns, _ = run(ContraryColumns, Behaviour())
    usual, _ = run(None, Behaviour())
    assert history.is_awarded.sum() == usual.is_awarded.sum()
    assert history.merit[history.is_awarded].mean() < -0.5 < 0.5 < usual.merit[usual.is_awarded].mean()
    assert (columns.is_awarded == history.is_awarded).all()


def test_a_unit_with_its_own_mind_sees_every_reason():
    by_turn, _ = run(PatientUnit, Behaviour())
    usual, _ = run(None, Behaviour(turn_weight=1.0))
    assert (by_turn.is_awarded == usual.is_awarded).all()


def test_which_classes_are_asked_one_by_one():
    assert WeighingUnit.runs_on_columns
    assert not ContraryUnit.runs_on_columns
    assert ContraryColumns.runs_on_columns

    class Renamed(WeighingUnit):
        """Decides nothing itself."""

    assert Renamed.runs_on_columns


def test_units_remember_what_they_did():
    population = uniform_population(5, 10)
    with AwardModel(population, RULES, Behaviour(turn_weight=0.4)) as model:
        model.run(2)
        assert [unit.n_awarded for unit in model.units] == [3] * 5
        assert [unit.n_nominated for unit in model.units] == [3] * 5


def test_a_unit_without_a_decision_says_so():
    with pytest.raises(NotImplementedError):
        run(Unit, Behaviour(), years=1)
