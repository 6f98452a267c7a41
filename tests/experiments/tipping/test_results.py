"""Records of a study of tipping: shares are of something, and a study comes back from its JSON as it was."""

from __future__ import annotations

from pydantic import TypeAdapter

from simulator.experiments.tipping.results import Held, Tipping
from tests.presentation.tipped import tipped


def test_a_share_of_nothing_is_none():
    assert Held(0, 0).share is None
    assert Held(1, 4).share == 0.25


def test_a_study_comes_back_from_its_json():
    study = tipped()
    assert TypeAdapter(Tipping).validate_json(study.to_json()) == study


def test_an_input_is_found_by_its_id():
    assert tipped().input("turn_weight").kind == "assumption"
