from __future__ import annotations

import pytest

from simulator.widgets.training.exercise import exercise_file, exercises
from simulator.widgets.training.listed import ListWorld, rows_of, rows_with_awards, text_of
from simulator.workspace import find_workspace


@pytest.fixture(scope="module")
def world():
    exercise = exercises()[-1]
    return ListWorld(exercise, exercise.world, find_workspace())


def test_three_years_are_too_few_and_eight_are_enough(world):
    assert world.read({"years": 3})["repeat_deficit"].direction == "unknown"
    assert world.read({"years": 6})["repeat_deficit"].direction == "same"
    assert world.read({"years": 8})["repeat_deficit"].direction == "more"


def test_the_list_is_read_and_not_remembered(world, monkeypatch):
    before = world.read({"years": 8})["leader_share"].value
    leaders = [row | {"is_awarded": "1" if row["role"] == "head" else "0"} for row in world.rows]
    monkeypatch.setattr(world, "rows", leaders)
    assert before < 0.5
    assert world.read({"years": 8})["leader_share"].value == 1


def test_the_list_names_nobody():
    rows = rows_of(exercise_file("made-up-list.csv"))
    assert list(rows[0]) == ["year", "unit_id", "member_id", "role", "is_awarded"]
    assert all(row["unit_id"].startswith("DV") and row["member_id"].startswith("N") for row in rows)
    assert rows_of(text_of(rows).encode()) == rows


def test_rows_are_shown_of_which_some_are_awarded():
    roles = ["staff", "staff", "direct", "direct", "staff", "staff", "head", "staff", "staff", "staff"]
    rows = [{"is_awarded": won, "role": role} for won, role in zip("0011000110", roles, strict=True)]
    assert rows_with_awards(rows, 3) == rows[6:9]
    assert rows_with_awards(rows[:5], 3) == rows[:3]


def test_the_margin_is_of_shares(world):
    assert world.margin("leader_share", world.read({"years": 8})["leader_share"]) == 0.02
