"""Screening in two stages finds the few inputs that move something among many, in as many runs as it says."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.sensitivity.two_stage_screening import UNIFORM_SPREAD, ScreeningPlan, reach_of, screen_in_two_stages
from simulator.experiments.sensitivity.uncertain_inputs import STRUCTURE as STRUCTURE_ID
from simulator.experiments.sensitivity.uncertain_inputs import UncertainInput
from tests.experiments.analytic import DUMMY, STRUCTURE, AnalyticRuns

MANY = [UncertainInput(f"x{number}", "assumption", f"group-{number // 4}", 0.0, 2.0) for number in range(40)]
INPUTS = [*MANY, STRUCTURE, DUMMY]
PLAN = ScreeningPlan(in_groups=3, alone=3, most_alone=12, width=2)


def planted(values):
    """Give 3 a unit of one, half as much of another, a step of one structure: all others nothing."""
    return 3 * values.get("x7", 0.0) - 1.5 * values.get("x22", 0.0) + 2.0 * (values.get("structure") == 1)


@pytest.fixture(scope="module")
def found():
    runs = AnalyticRuns(planted, lambda _values: 0.0)
    return runs, screen_in_two_stages(runs, INPUTS, plan=PLAN, seed=4)


def test_what_was_planted_is_found_in_the_order_of_its_size(found):
    runs, screened = found
    assert screened.most_moving(runs.margins, 8) == ["x7", "x22", STRUCTURE_ID]
    assert screened.most_moving(runs.margins, 2) == ["x7", STRUCTURE_ID]
    sizes = dict(zip(screened.of_inputs.names, screened.of_inputs.mean_size[:, 0], strict=True))
    assert (sizes["x7"], sizes["x22"]) == (pytest.approx(6), pytest.approx(3))
    assert sizes["seed_block"] == 0
    assert not screened.of_inputs.mean_size[:, 1].any()


def test_only_groups_that_move_are_taken_apart_and_runs_are_as_many_as_said(found):
    runs, screened = found
    assert set(screened.of_inputs.names) == {f"x{number}" for number in (4, 5, 6, 7, 20, 21, 22, 23)} | {"structure", "seed_block"}
    assert len(runs.observed) <= PLAN.n_runs(INPUTS)
    assert len(runs.observed) == 3 * (12 + 1) + 3 * (10 + 1)
    assert {width for _, width in runs.observed} == {2}


def test_few_inputs_are_screened_alone_at_once():
    runs = AnalyticRuns(planted)
    few = [MANY[7], MANY[8], STRUCTURE, DUMMY]
    screened = screen_in_two_stages(runs, few, plan=PLAN, seed=4)
    assert screened.of_groups is None
    assert len(runs.observed) == PLAN.n_runs(few) == 3 * 5


def test_luck_alone_shows_as_effects_of_the_dummy():
    runs = AnalyticRuns(lambda _values: 0.0, luck=1.0)
    screened = screen_in_two_stages(runs, [MANY[0], STRUCTURE, DUMMY], plan=ScreeningPlan(alone=40), seed=4)
    sizes = dict(zip(screened.of_inputs.names, screened.of_inputs.mean_size[:, 0], strict=True))
    assert sizes["seed_block"] == pytest.approx(sizes["x0"], rel=0.3)


def test_what_is_undefined_anywhere_has_no_effect():
    runs = AnalyticRuns(lambda values: np.nan if values["x0"] > 1 else values["x0"])
    assert not screen_in_two_stages(runs, [MANY[0], STRUCTURE, DUMMY], plan=PLAN, seed=4).of_inputs.mean_size.any()


def test_reach_is_the_standard_deviation_in_margins_of_the_output_moved_most():
    assert reach_of(np.array([[0.1, 0.3], [0.0, np.nan]]), np.array([0.05, 0.3])).tolist() == pytest.approx([2 * UNIFORM_SPREAD, 0])
