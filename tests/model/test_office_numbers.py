from __future__ import annotations

import math
from dataclasses import fields

import pytest

from simulator.model import office_numbers
from simulator.model.behaviour import NAMES_OF_NUMBERS, Behaviour

GROUPS = [office_numbers.ReasonNumbers, office_numbers.CouncilNumbers, office_numbers.LearningNumbers, office_numbers.CollectiveNumbers]


@pytest.mark.parametrize("group", GROUPS)
def test_every_number_stands_in_the_behaviour_with_its_clean_value_and_a_word(group):
    for field in fields(group):
        assert field.name in NAMES_OF_NUMBERS
        assert getattr(Behaviour(), field.name) == field.default == getattr(group(), field.name)
        assert field.name in group.__doc__


def test_no_number_stands_twice():
    names = [field.name for group in GROUPS for field in fields(group)]
    assert len(names) == len(set(names))


def test_in_the_clean_world_units_go_by_the_score_and_councils_let_all_pass():
    clean = Behaviour()
    silent = ("turn_weight", "rank_weight", "prestige_weight", "lottery_weight", "ladder_weight", "reciprocity", "escalation", "bar_drift")
    silent += ("council_leniency", "council_deference", "member_disagreement", "council_spread", "consultation_finds", "posting_finds")
    silent += (
        "inspection_share",
        "annual_delay_months",
        "state_extra_delay_months",
        "cluster_turn_weight",
        "cluster_reciprocity",
        "anniversary_favour",
    )
    assert not any(getattr(clean, name) for name in silent)
    assert {getattr(clean, f"council_bar_{authority}") for authority in ("unit", "province", "state")} == {-math.inf}
    assert not clean.learns
