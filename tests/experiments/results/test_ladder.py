"""The ladder travels as strict JSON and comes back the same."""

from __future__ import annotations

import json

import pytest

from simulator.experiments.results.comparison import Comparison
from simulator.experiments.results.ladder import FEW_CAVEAT
from tests.presentation.ladders import FLAT, STEEP, with_ladders


def test_a_ladder_comes_back_the_same() -> None:
    comparison = with_ladders(STEEP, FLAT)
    assert Comparison.from_json(comparison.to_json()) == comparison


def test_json_tells_horizons_and_why_a_part_is_not_told() -> None:
    few = with_ladders([("low", "middle", 100.0, None)], [("low", "middle", 100.0, 0.3)])
    first, second = (option["ladder"][0] for option in json.loads(few.to_json())["options"][:2])
    assert [item["years"] for item in first["reached"]] == [3, 5, 10]
    assert (first["reached"][2]["value"], first["reached"][2]["caveat"], first["reached"][2]["arrived"]) == (None, FEW_CAVEAT, 3)
    assert (second["reached"][2]["value"], second["reached"][2]["caveat"]) == (0.3, None)
    assert first["followed"].keys() == {"value", "smallest", "largest", "difference", "difference_smallest", "difference_largest"}


@pytest.mark.parametrize(("old", "new"), [('"observed_years": 11', '"observed_years": "11"'), ('"arrived": ', '"come": ')])
def test_an_unknown_or_mistyped_key_is_refused(old: str, new: str) -> None:
    text = with_ladders(STEEP, FLAT).to_json()
    assert old in text
    with pytest.raises(ValueError, match=r"validation error"):
        Comparison.from_json(text.replace(old, new, 1))
