from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.rules.linting import lint
from simulator.rules.loading import load_criteria
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.drafting.faults import faults_of
from simulator.workspace import find_workspace

AWARD = "chien-si-thi-dua-co-so"
QUOTA, INITIATIVE = f"{AWARD}.quota", f"{AWARD}.initiative"
FLAGS = "huan-chuong-lao-dong-nhi-tap-the.flags"


@pytest.fixture(scope="module")
def base():
    return load_criteria("decree-91", find_workspace())


def places(draft):
    return [(fault.finding.code, fault.clause, fault.value_path) for fault in draft.faults]


def test_a_set_of_rules_has_none(base):
    assert Draft(base).faults == Draft(base).turned(QUOTA, "share", 0.1).faults == ()


@pytest.mark.parametrize("value_path", ["requires.any.0.all.0.at_least", "requires.any.1.at_least"])
def test_a_value_deep_in_a_condition_is_found_among_others_of_its_name(base, value_path):
    assert places(Draft(base).turned(QUOTA, "share", 0.1).turned(FLAGS, value_path, 0)) == [("CS105", FLAGS, value_path)]


def test_each_of_several_is_told_where_it_lies(base):
    draft = Draft(base).turned(INITIATIVE, "requires.at_least", 0).turned(QUOTA, "title.vi", " ")
    assert places(draft) == [("CS105", INITIATIVE, "requires.at_least"), ("CS107", QUOTA, "title.vi")]


def test_what_a_check_finds_lies_in_a_value_too_and_what_lies_elsewhere_in_none(base):
    draft = Draft(base).turned(QUOTA, "share", 1.5)
    found = [finding for finding in lint(draft.criteria) if finding.file == "draft.yaml"]
    placed = faults_of(draft, [*found, replace(found[0], file="decree-91.yaml")])
    assert (QUOTA, "share") in {(fault.clause, fault.value_path) for fault in placed[:-1]}
    assert (placed[-1].clause, placed[-1].value_path) == (None, None)


def test_what_comes_of_another_value_is_laid_to_none(base):
    """An award for collectives asks for what only a person has: that is not the fault of the number that was turned too."""
    months = "lao-dong-tien-tien.minimum-service"
    draft = Draft(base).turned("lao-dong-tien-tien", "target", "collective").turned(months, "requires.at_least", 8)
    placed = [fault for fault in faults_of(draft, lint(draft.criteria)) if fault.finding.code == "RL390" and fault.clause == months]
    assert [fault.value_path for fault in placed] == [None]
