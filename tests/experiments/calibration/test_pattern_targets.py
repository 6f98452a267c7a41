"""Targets are all there, honest about what is assumed, and read on their scales."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.experiments.calibration.pattern_targets import PATTERNS, load_patterns
from simulator.experiments.scenarios.scenario import scenario_files
from simulator.workspace import find_workspace

FILE = """\
checked_on: 2026-11-22
largest_implausibility: 3.0
patterns:
  {name}:
    title: {{vi: Thử, en: Trial}}
    fact: 1
    low: {low}
    high: {high}
    scale: {scale}
    discrepancy: 0.2
    source: {{vi: Thử, en: Trial}}
    assumed: {{vi: Thử, en: Trial}}
"""


@pytest.fixture
def load(desk):
    """Give a way to load a file of one target."""

    def load_one(name="leader_rate_ratio", low=1.3, high=2.5, scale="log"):
        (desk.scenarios / "patterns.yaml").write_text(FILE.format(name=name, low=low, high=high, scale=scale), encoding="utf-8")
        return load_patterns(desk).patterns[name]

    return load_one


def test_the_shipped_file_has_a_target_for_every_pattern_and_is_no_scenario():
    workspace = find_workspace()
    shipped = load_patterns(workspace)
    assert set(shipped.patterns) == set(PATTERNS)
    assert shipped.largest_implausibility == 3
    assert all(target.assumed.vi and target.assumed.en and target.source.en for target in shipped.patterns.values())
    assert "patterns.yaml" not in {path.name for path in scenario_files(workspace)}


def test_a_range_is_four_standard_deviations_and_the_discrepancy_is_added(load):
    plain = load(low=0.0, high=0.4, scale="plain")
    assert plain.centre == pytest.approx(0.2)
    assert plain.variance == pytest.approx(0.1**2 + 0.2**2)
    logarithmic = load()
    assert logarithmic.centre == pytest.approx(math.log(1.3 * 2.5) / 2)
    assert logarithmic.variance == pytest.approx((math.log(2.5 / 1.3) / 4) ** 2 + 0.2**2)


def test_values_are_put_on_the_scale_and_nothing_is_never_infinite(load):
    target = load()
    assert target.scaled(np.array([1.0, math.e])) == pytest.approx([0, 1])
    assert np.isfinite(target.scaled(np.array([0.0]))).all()
    assert target.unscaled(1.0) == pytest.approx(math.e)
    assert load(scale="plain").unscaled(1.0) == 1.0


@pytest.mark.parametrize("wrong", [{"name": "leader_rate_ration"}, {"low": 2.5, "high": 1.3}, {"low": 0.0}, {"scale": "cubic"}])
def test_a_mistake_is_named_with_its_line(load, wrong):
    with pytest.raises(InputError, match=r"scenarios/patterns\.yaml:\d+"):
        load(**wrong)
