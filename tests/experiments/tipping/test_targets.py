"""Targets: not further from 0 by a margin, at most, at least; what is undefined is neither met nor missed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.experiments.mathematics.statistics import PRIMARY
from simulator.experiments.runs.plan import fingerprint, fingerprint_of_study
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.scenarios.scenario_file import TargetsEntry
from simulator.experiments.tipping.targets import Target, targets_of

NAN = float("nan")


@pytest.mark.parametrize(
    ("rule", "option", "baseline", "missed"),
    [
        ("not-further", 0.15, 0.1, 1),  # exactly a margin further is missed
        ("not-further", 0.149, 0.1, 0),
        ("not-further", -0.15, 0.1, 1),  # on the other side of 0 too
        ("not-further", 0.0, -0.9, 0),
        ("not-further", NAN, 0.1, NAN),
        ("not-further", 0.1, NAN, NAN),
        ("at-most", 0.2, 0.9, 0),  # the bound itself will do
        ("at-most", 0.2001, 0.0, 1),
        ("at-most", 0.1, NAN, 0),
        ("at-least", 0.2, 0.0, 0),
        ("at-least", 0.1999, 0.0, 1),
        ("at-least", NAN, 0.0, NAN),
    ],
)
def test_whether_a_target_is_missed(rule, option, baseline, missed):
    target = Target("turn_taking_index", rule, 0.05, None if rule == "not-further" else 0.2)
    assert target.is_missed(np.array([option]), np.array([baseline]))[0] == pytest.approx(missed, nan_ok=True)


@pytest.mark.parametrize(("rule", "value", "cost"), [("not-further", -0.1, 2.0), ("at-most", 0.1, 2.0), ("at-least", 0.1, -2.0)])
def test_cost_is_in_margins(rule, value, cost):
    assert Target("x", rule, 0.05, 0.0).cost(np.array([value]))[0] == pytest.approx(cost)


def test_stated_targets_stand_in_their_place_and_change_no_run(tiny):
    asked = replace(tiny, targets=TargetsEntry(at_most={"turn_taking_index": 0.2}, at_least={"merit_kappa": 0.3}))
    assert targets_of(asked) == (Target("turn_taking_index", "at-most", 0.05, 0.2), Target("merit_kappa", "at-least", 0.03, 0.3))
    assert fingerprint(asked) == fingerprint(tiny)
    assert fingerprint_of_study(asked) != fingerprint_of_study(tiny)


def test_a_scenario_file_may_state_targets_of_known_indicators(desk):
    path = desk.scenarios / "tiny.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}targets: {{at_most: {{turn_taking_index: 0.2}}}}\n", encoding="utf-8")
    assert targets_of(load_scenario("tiny", desk)) == (Target("turn_taking_index", "at-most", 0.05, 0.2),)
    path.write_text(f"{text}targets: {{at_most: {{turn_taking: 0.2}}}}\n", encoding="utf-8")
    with pytest.raises(InputError):
        load_scenario("tiny", desk)


def test_without_a_stated_target_the_indicators_declared_beforehand_count(tiny):
    targets = targets_of(tiny)
    assert [target.indicator for target in targets] == list(PRIMARY)
    assert {target.rule for target in targets} == {"not-further"}
    assert [target.margin for target in targets] == [tiny.assumptions.margins[name] for name in PRIMARY]
