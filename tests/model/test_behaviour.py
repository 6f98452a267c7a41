from __future__ import annotations

import pytest

from simulator.model.behaviour import NAMES_OF_NUMBERS, Behaviour, BehaviourError


def test_the_default_world_is_clean():
    clean = Behaviour()
    assert clean.score_weight == 1
    assert clean.appraisal_reliability == 1
    assert clean.stakes == clean.turnover == clean.discipline_probability == 0


def test_what_the_reasons_leave_is_the_weight_of_the_score():
    behaviour = Behaviour(turn_weight=0.25, rank_weight=0.15, prestige_weight=0.05)
    assert behaviour.score_weight == pytest.approx(0.55)


@pytest.mark.parametrize("weights", [{"turn_weight": 0.7, "rank_weight": 0.4}, {"lottery_weight": 1.1}])
def test_weights_above_one_are_refused(weights):
    with pytest.raises(BehaviourError, match="add up to more than 1") as refused:
        Behaviour(**weights)
    assert refused.value.reason == "@weights-above-one"


@pytest.mark.parametrize("reliability", [0.0, -0.1, 1.01])
def test_a_reliability_outside_its_range_is_refused(reliability):
    with pytest.raises(BehaviourError, match="appraisal_reliability") as refused:
        Behaviour(appraisal_reliability=reliability)
    assert refused.value.reason == "@unreadable-files"


def test_values_are_replaced_by_name_and_unknown_names_are_refused():
    assert Behaviour().with_values({"stakes": 2.0}).stakes == 2
    with pytest.raises(KeyError, match="zeal"):
        Behaviour().with_values({"zeal": 1.0})
    assert "structure" not in NAMES_OF_NUMBERS
