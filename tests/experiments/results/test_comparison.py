"""Result records travel as strict JSON and come back the same."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError, replace

import pytest

from simulator.experiments.results.comparison import Comparison
from tests.presentation.specimen import specimen_comparison


def test_a_comparison_comes_back_the_same() -> None:
    comparison = specimen_comparison()
    assert Comparison.from_json(comparison.to_json()) == comparison


def test_parts_that_cannot_be_told_apart_travel_as_null() -> None:
    comparison = specimen_comparison()
    unknown = [replace(option, reasons=dict.fromkeys(option.reasons)) for option in comparison.options]
    assert Comparison.from_json(replace(comparison, options=unknown).to_json()).options[0].reasons["merit"] is None


def test_json_keeps_the_promised_shape() -> None:
    content = json.loads(specimen_comparison().to_json())
    assert {"scenario", "baseline", "replications", "null_reform", "options"} <= content.keys()
    assert "max_abs_difference" in content["null_reform"]
    option = content["options"][0]
    assert {"id", "indicators"} <= option.keys()
    promised = {"value", "low", "high", "baseline", "lawful_best", "difference", "difference_low", "difference_high"}
    for indicator in option["indicators"].values():
        assert promised | {"verdict"} <= indicator.keys()


def test_vietnamese_is_written_as_it_reads() -> None:
    assert "Hà Nội" in specimen_comparison().to_json()


def test_the_clock_is_not_in_the_json() -> None:
    comparison = specimen_comparison()
    assert replace(comparison, seconds=99.0).to_json() == comparison.to_json()
    assert "seconds" not in comparison.to_dict()


@pytest.mark.parametrize(
    ("old", "new"),
    [('"replications": ', '"replication": '), ('"seed": ', '"seed": "7", "x": '), ('"n_units": ', '"n_units": true, "y": ')],
)
def test_an_unknown_or_mistyped_key_is_refused(old: str, new: str) -> None:
    text = specimen_comparison().to_json()
    assert old in text
    with pytest.raises(ValueError, match=r"validation error"):
        Comparison.from_json(text.replace(old, new, 1))


def test_nan_in_the_text_is_refused() -> None:
    content = specimen_comparison().to_dict()
    content["options"][0]["indicators"]["award_rate"]["value"] = math.nan
    with pytest.raises(ValueError, match=r"finite|validation error"):
        Comparison.from_json(json.dumps(content))


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        specimen_comparison().seed = 1  # type: ignore[misc]
