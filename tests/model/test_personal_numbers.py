from __future__ import annotations

from dataclasses import fields

import pytest

from simulator.model import personal_numbers
from simulator.model.behaviour import NAMES_OF_NUMBERS, Behaviour
from simulator.model.criteria_weights import CRITERIA

GROUPS = [
    personal_numbers.CareerNumbers,
    personal_numbers.EffortNumbers,
    personal_numbers.MeritNumbers,
    personal_numbers.RatingNumbers,
    personal_numbers.FileNumbers,
    personal_numbers.DeedNumbers,
]


@pytest.mark.parametrize("group", GROUPS)
def test_every_number_stands_in_the_behaviour_with_its_clean_value_and_a_word(group):
    for field in fields(group):
        assert field.name in NAMES_OF_NUMBERS
        assert getattr(Behaviour(), field.name) == field.default == getattr(group(), field.name)
        described = (
            field.name if field.name not in {f"{kind}_loading_{name}" for kind in ("merit", "post", "claim") for name in CRITERIA} else "loading_*"
        )
        assert described in group.__doc__


def test_no_number_stands_twice():
    names = [field.name for group in GROUPS for field in fields(group)]
    assert len(names) == len(set(names))


def test_in_the_clean_world_nobody_leaves_claims_errs_or_is_disciplined():
    silent = ("turnover", "stakes", "morale_effect", "leader_merit", "collective_pull", "fake_initiative_share", "discipline_probability")
    silent += ("lasting_error_share", "tenure_effect", "audit_share", "surprise_rate", "ad_hoc_reach", "claimed_deed_rate", "leader_rating_weight")
    assert not any(getattr(Behaviour(), name) for name in silent)
    assert Behaviour().appraisal_reliability == Behaviour().registration_reach == 1


def test_the_cuts_of_ratings_stand_in_order():
    clean = personal_numbers.RatingNumbers()
    assert clean.rating_completed_at < clean.rating_well_at < clean.rating_excellent_at
