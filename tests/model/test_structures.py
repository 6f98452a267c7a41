"""Five kinds of unit: what each does with the same reasons, in small worlds that can be counted by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.reasons import Reasons
from simulator.model.structures import STRUCTURE_UNITS, MixtureUnit, NearTiesUnit, PlanningUnit, WeighingUnit
from tests.cycles import begin_cycle
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

NAMES = ("score_weight", "turn_weight", "rank_weight", "prestige_weight", "lottery_weight", "ladder_weight")
shares = st.floats(0, 1, width=32)
six = st.lists(st.integers(0, 20), min_size=6, max_size=6).filter(lambda parts: sum(parts) > 0)


def unit_of(weights):
    return SimpleNamespace(**dict(zip(NAMES, np.array(weights, dtype=np.float32), strict=True)))


def reasons_of(*columns):
    return Reasons(*(np.atleast_1d(np.array(column, dtype=np.float32)) for column in columns))


def test_every_structure_has_a_kind_of_unit():
    assert set(STRUCTURE_UNITS) == set(STRUCTURES)
    assert len(set(STRUCTURE_UNITS.values())) == len(STRUCTURES)
    assert all(kind.runs_on_columns for kind in STRUCTURE_UNITS.values())


@given(parts=six, values=st.lists(shares, min_size=6, max_size=6), kind=st.sampled_from(sorted(STRUCTURE_UNITS)))
def test_a_priority_is_a_share(parts, values, kind):
    priority = STRUCTURE_UNITS[kind].priority(unit_of([part / sum(parts) for part in parts]), reasons_of(*values))
    assert priority.dtype == np.float32
    assert -1e-6 <= priority[0] <= 1 + 1e-6


def test_a_weighted_index_is_the_sum():
    unit = unit_of([0.4, 0.25, 0.15, 0.1, 0.05, 0.05])
    assert WeighingUnit.priority(unit, reasons_of(1, 0, 0, 0, 0, 0)) == pytest.approx([0.4])
    assert WeighingUnit.priority(unit, reasons_of(0, 1, 0, 1, 0, 1)) == pytest.approx([0.4])


def test_turns_decide_among_near_ties_only():
    unit = unit_of([0.75, 0.25, 0, 0, 0, 0])
    score, waiting = [1.0, 0.8, 0.74, 0.3, 0.0], [0.0, 0.5, 1.0, 1.0, 1.0]
    priority = NearTiesUnit.priority(unit, reasons_of(score, waiting, *np.zeros((4, 5))))
    assert np.argsort(-priority).tolist() == [0, 1, 2, 3, 4]  # 1.0 stands above the step of 0.8, and 0.8 above that of 0.74, whatever the wait
    closer = NearTiesUnit.priority(unit, reasons_of([0.99, 0.8, 0.76], [0.0, 0.5, 1.0], *np.zeros((4, 3))))
    assert np.argsort(-closer).tolist() == [2, 1, 0]


@pytest.mark.parametrize(("turn", "expected"), [(0.0, [0.7, 0.2]), (1.0, [0.0, 1.0])])
def test_near_ties_without_turns_and_with_nothing_else(turn, expected):
    unit = unit_of([1 - turn, turn, 0, 0, 0, 0])
    assert NearTiesUnit.priority(unit, reasons_of([0.7, 0.2], [0, 1], *np.zeros((4, 2)))) == pytest.approx(expected)


def test_near_ties_are_shares_so_that_units_can_be_compared_in_a_pool():
    """Who is first in everything has 1 in every unit, whatever its turns weigh; the rest is (s·⌊P/s⌋ + s·wait)/(1 + s)."""
    turn = np.array([0.125, 0.25, 0.5, 0.25], dtype=np.float32)
    unit = unit_of([1 - turn, turn, *np.zeros((4, 4))])
    priority = NearTiesUnit.priority(unit, reasons_of([1, 1, 1, 0.6], [1, 1, 1, 0.5], *np.zeros((4, 4))))
    assert priority == pytest.approx([1, 1, 1, (0.25 * 2 + 0.25 * 0.5) / 1.25], abs=1e-6)


def test_a_planning_unit_gives_the_turn_to_the_ladder():
    cycle = begin_cycle(Behaviour(turn_weight=0.25, ladder_weight=0.05))
    weights = PlanningUnit.weights_of_year(cycle.norms.weights, cycle)
    assert (weights[1] == 0).all()
    assert weights[5] == pytest.approx(0.3)
    assert (cycle.norms.turn_weight == np.float32(0.25)).all()
    assert PlanningUnit.priority(unit_of(weights[:, 0]), reasons_of(0, 1, 0, 0, 0, 1)) == pytest.approx([0.3])


def test_weights_of_a_mixture_are_one_reason_each_in_their_shares():
    numbers = {"turn_weight": 0.25, "rank_weight": 0.15, "prestige_weight": 0.1, "lottery_weight": 0.1, "ladder_weight": 0.1}
    cycle = begin_cycle(Behaviour(**numbers), n_units=20_000, size=1)
    weights = MixtureUnit.weights_of_year(cycle.norms.weights, cycle)
    assert (weights.sum(axis=0) == 1).all()
    assert set(np.unique(weights)) == {0, 1}
    assert weights.mean(axis=1) == pytest.approx([0.3, 0.25, 0.15, 0.1, 0.1, 0.1], abs=0.012)


def test_a_mixture_never_follows_a_reason_without_weight():
    cycle = begin_cycle(Behaviour(turn_weight=0.7, rank_weight=0.2, prestige_weight=0.1), n_units=60_000, size=1)
    weights = MixtureUnit.weights_of_year(cycle.norms.weights, cycle)
    assert weights.mean(axis=1) == pytest.approx([0, 0.7, 0.2, 0.1, 0, 0], abs=0.005)
    assert not weights[[0, 4, 5]].any()


LADDER = criteria(
    award(FOCUS, quota(0.15)),
    award("upper", clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: 3}}"), level=3, authority="province"),
)


def test_planning_feeds_one_person_where_turns_feed_everybody():
    """Turns and the ladder cannot coexist; a plan makes the ladder."""
    numbers = {"turn_weight": 0.6, "appraisal_reliability": 0.45}
    uppers = {structure: live(LADDER, Behaviour(**numbers, structure=structure)).awards["upper"].sum() for structure in ("weighted", "planning")}
    assert uppers["weighted"] == 0
    assert uppers["planning"] > 100


def test_the_weight_of_the_ladder_lengthens_runs():
    uppers = [live(LADDER, Behaviour(ladder_weight=weight, appraisal_reliability=0.45)).awards["upper"].sum() for weight in (0.0, 0.3)]
    assert uppers[1] > 1.5 * uppers[0]


def test_peers_who_answer_marks_name_the_generous():
    fair, mutual = (live(one_award(quota()), Behaviour(reciprocity=reciprocity, structure="peer-vote"), n_units=60) for reciprocity in (0.0, 0.9))
    plain = live(one_award(quota()), Behaviour(reciprocity=0.9), n_units=60)
    assert (fair.is_awarded == plain.is_awarded).all()
    assert mutual.merit[mutual.is_awarded].mean() < fair.merit[fair.is_awarded].mean() - 0.8
    repeats = mutual.is_awarded.reshape(10, -1).sum(axis=0)
    assert repeats.max() == 10  # the generous stay generous


@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_perfect_unit_goes_by_merit_whatever_its_kind(structure):
    behaviour = Behaviour(turn_weight=0.5, rank_weight=0.2, reciprocity=0.5, appraisal_reliability=0.45, structure=structure)
    perfect = live(one_award(quota()), behaviour, years=4, is_perfect=True)
    best = live(one_award(quota()), Behaviour(), years=4)
    assert (perfect.is_awarded == best.is_awarded).all()
