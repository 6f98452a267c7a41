from __future__ import annotations

from pathlib import Path

import pytest

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.reporting.evidence.group_rules import group_rules_of
from simulator.workspace import find_workspace

WORKSPACE = find_workspace(explicit=Path(__file__).parents[3])


@pytest.fixture(scope="module")
def rules():
    return group_rules_of(load_scenario("hanoi-2021", WORKSPACE), "vi", WORKSPACE)


def test_the_tie_break_for_women_of_the_baseline_is_found_once_with_its_provision(rules):
    (women,) = [rule for rule in rules if rule.topic == "gender" and not rule.award]
    assert "nữ" in women.clause
    assert women.source == "khoản 3 Điều 2 Nghị định số 65/2014/NĐ-CP (đã đọc văn bản)"
    assert women.is_of_baseline
    assert women.options == []


def test_a_condition_that_differs_for_women_is_found_in_its_award(rules):
    (years,) = [rule for rule in rules if rule.topic == "gender" and rule.award]
    assert years.award == "Huân chương Lao động hạng Ba (quá trình cống hiến)"
    assert not years.is_simulated


def test_what_an_option_brings_is_named_with_every_option_that_has_it(rules):
    brought = [rule for rule in rules if not rule.is_of_baseline]
    assert {rule.topic for rule in brought} == {"direct"}
    assert any(rule.options == ["letter-3959", "plan-115-and-letter-3959"] and rule.is_simulated for rule in brought)
    assert not any(rule.options for rule in rules if rule.is_of_baseline)


def test_border_regions_are_no_matter_of_gender():
    rules = group_rules_of(load_scenario("law-2026-and-or", WORKSPACE), "vi", WORKSPACE)
    assert not any("biên giới" in rule.clause for rule in rules if rule.topic == "gender")


def test_a_floor_for_direct_workers_is_found_by_what_it_is():
    rules = group_rules_of(load_scenario("direct-worker-floor", WORKSPACE), "en", WORKSPACE)
    assert any(rule.topic == "direct" and rule.is_simulated and not rule.is_of_baseline for rule in rules)
