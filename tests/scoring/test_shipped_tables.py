"""The scoring tables of the house give what the forms they are modelled on give."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.assembly import iter_table_files
from simulator.rules.loading import load_criteria
from simulator.scoring.point_table import score_table
from simulator.workspace import find_workspace
from tests.scoring.rosters import make_roster

TABLES = [path.stem for path in iter_table_files(find_workspace())]


def nobody(_condition):
    return np.zeros(1, dtype=np.bool_)


def scored(table, numbers, answers=None):
    """Score one nominee; ``_`` stands for ``-``, and where several mark, they give the same."""
    named = {name.replace("_", "-"): [value] for name, value in numbers.items()}
    givers = {f"{name}@{giver}": value for name, value in named.items() for giver in ("self", "cluster", "standing-body")}
    return score_table(load_criteria(table), make_roster(1, numbers=named | givers, answers=answers or {}), nobody)


def test_all_six_are_there():
    assert {"thua-thien-hue-2018", "hcmc-districts", "nghe-an-2025", "decree-335-2025", "school-leader-2026", "molisa-2019"} <= set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_each_says_that_it_is_modelled_on_a_form(table):
    criteria = load_criteria(table)
    assert criteria.points
    assert criteria.status in {"illustrative", "draft"}
    assert any(clause.source is not None for _, clause in criteria.iter_clauses())


@pytest.mark.parametrize(("city", "government", "points"), [(False, False, 97), (True, False, 107), (False, True, 112), (True, True, 112)])
def test_a_flag_already_won_adds_ten_or_fifteen_to_the_districts(city, government, points):
    answers = {"past-flag.city-flag": [city], "past-flag.government-flag": [government]}
    assert scored("hcmc-districts", {"department_mark": "97"}, answers).exact_points(0) == points


@pytest.mark.parametrize(
    ("marks", "points", "class_"),
    [
        (("21", "23", "23", "23"), 90, "good"),  # one criterion at 84 % of its 25 points
        (("21.25", "22.9", "22.9", "22.95"), 90, "excellent"),  # at 85 %
        (("25", "25", "25", "14.99"), Fraction("89.99"), "failed"),  # below 70 % in one: no floor is met, the class that takes the rest
        (("20", "20", "20", "20"), 80, "good"),
        (("17.5", "17.5", "17.5", "17.5"), 70, "completed"),
        (("17.4", "17.5", "17.5", "17.5"), Fraction("69.9"), "failed"),
    ],
)
def test_every_criterion_has_its_floor_in_nghe_an(marks, points, class_):
    names = ("citizen_reception", "complaints", "anti_corruption", "direction")
    table = scored("nghe-an-2025", dict(zip(names, marks, strict=True)))
    assert table.exact_points(0) == points
    assert table.class_of(0) == class_


@pytest.mark.parametrize(
    ("quality", "points"), [("100", 15), ("95", 15), ("94.99", 12), ("94", 12), ("90", 12), ("89.9", 10), ("70", 8), ("60", 5), ("59", 0)]
)
def test_quality_is_scored_by_steps_in_the_school_form(quality, points):
    zero = dict.fromkeys(("conduct", "competence", "innovation", "quantity", "progress", "direction"), "0")
    table = scored("school-leader-2026", {"quality": quality, "unit_result": "1", **zero})
    assert table.exact_points(0, "part-b.quality") == points
    assert table.exact_points(0) == points + 5


@pytest.mark.parametrize(("percentages", "target", "table"), [("269.5", 300, "decree-335-2025"), ("541", 600, "decree-335-2025-leaders")])
def test_the_mean_of_percentages_is_never_rounded(percentages, target, table):
    points = scored(table, {"conduct": "9.25", "competence": "9.5", "innovation": "9", "task_percentages": percentages})
    assert points.exact_points(0) == Fraction("27.75") + 70 * Fraction(percentages) / target


@pytest.mark.parametrize(
    ("general", "percentages", "class_"),
    [("10", "257.142858", "excellent"), ("10", "257.142857", "good"), ("0", "300", "good"), ("5", "0", "failed")],
)
def test_ninety_points_are_told_from_just_below_in_the_decree(general, percentages, class_):
    marks = dict.fromkeys(("conduct", "competence", "innovation"), general)
    assert scored("decree-335-2025", {**marks, "task_percentages": percentages}).class_of(0) == class_


def hue(**other):
    numbers = {
        "targets": "100",
        "key_tasks": "250",
        "party_and_mass_work": "100",
        "small_collectives": "100",
        "new_models": "0",
        "disciplined_members": "0",
    }
    events = dict.fromkeys(("organisation.no_launch", "organisation.no_pledge", "organisation.no_registration", "organisation.late_report"), "0")
    return scored("thua-thien-hue-2018", {**numbers, **events, **{name.replace("__", "."): value for name, value in other.items()}})


def test_the_blocs_of_hue_have_950_points_and_50_more():
    assert hue().exact_points(0) == 950
    assert hue(new_models="4").exact_points(0) == 970
    assert hue(organisation__no_launch="1", organisation__no_pledge="1").exact_points(0) == 934
    assert hue(disciplined_members="9").exact_points(0) == 900


@given(st.integers(0, 100), st.integers(0, 250), st.integers(0, 20), st.integers(0, 20))
def test_no_unit_of_hue_leaves_the_scale(targets, tasks, models, disciplined):
    table = hue(targets=str(targets), key_tasks=str(tasks), new_models=str(models), disciplined_members=str(disciplined))
    assert 0 <= table.exact_points(0) <= 1000
