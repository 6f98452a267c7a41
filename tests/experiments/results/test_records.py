"""What is not finite, what is of numpy and what is nothing, as records write it."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from simulator.experiments.results.comparison import Estimate
from simulator.experiments.results.records import UNDEFINED_CAVEAT


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_what_is_not_finite_becomes_null_with_a_caveat(number: float) -> None:
    content = json.loads(Estimate(number, number, number, 0).to_json())
    assert content["value"] is None
    assert content["low"] is None
    assert content["caveat"] == UNDEFINED_CAVEAT


def test_a_better_reason_is_kept() -> None:
    assert json.loads(Estimate(None, None, None, 0, "caveat.no-leaders").to_json())["caveat"] == "caveat.no-leaders"


def test_numpy_numbers_are_written_as_numbers() -> None:
    content = json.loads(Estimate(np.float64(0.5), np.float32(0.25), 1.0, np.int64(3)).to_json())
    assert content == {"value": 0.5, "low": 0.25, "high": 1.0, "n": 3, "caveat": None}


def test_minus_zero_is_zero() -> None:
    assert "-0.0" not in Estimate(-0.0, -0.0, 0.0, 1).to_json()
