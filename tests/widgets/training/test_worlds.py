from __future__ import annotations

import pytest

from simulator.widgets.training.counted import CountedWorld
from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.listed import ListWorld
from simulator.widgets.training.simulated import SimulatedWorld
from simulator.widgets.training.worlds import Trials, found_world
from simulator.workspace import find_workspace

BY_ID = {exercise.id: exercise for exercise in exercises()}


def test_each_kind_of_world_is_found():
    kinds = [type(found_world(BY_ID[name], find_workspace())) for name in ("turns-and-ladder", "floor-of-three", "read-a-register")]
    assert kinds == [SimulatedWorld, CountedWorld, ListWorld]


def test_a_setting_is_worked_out_once(monkeypatch):
    trials, asked = Trials(BY_ID["floor-of-three"], find_workspace()), []
    read = trials.world.read
    monkeypatch.setattr(trials.world, "read", lambda setting: asked.append(setting) or read(setting))
    for _ in range(3):
        trials.read({"floor": 0.5, "pooling": "unit"})
    assert len(asked) == 1


def test_only_so_many_settings_are_kept(monkeypatch):
    trials = Trials(BY_ID["floor-of-three"], find_workspace())
    monkeypatch.setattr("simulator.widgets.training.worlds._READINGS_KEPT", 2)
    for floor in (0.2, 0.3, 0.4):
        trials.read({"floor": floor, "pooling": "unit"})
    assert len(trials._kept) == 2


@pytest.mark.parametrize(("name", "truth"), [("floor-of-three", "same"), ("quota-of-six", "less"), ("read-a-register", "same")])
def test_what_was_to_be_foreseen_is_computed(name, truth):
    assert Trials(BY_ID[name], find_workspace()).truth() == truth


@pytest.mark.deep
@pytest.mark.parametrize(
    ("name", "truth", "reached", "missed"),
    [
        ("turns-and-ladder", "less", {"turns": 0.5}, {"turns": 0.2}),
        ("appraisal-and-scope", "more", {"appraisers": 9, "scope": "none"}, {"appraisers": 9, "scope": "wide"}),
        ("cooling-off", "more", {"rest": 3}, {"rest": 1}),
        ("year-end-or-continuous", "more", {"procedure": "all-year", "noticed": 0.7}, {"procedure": "all-year", "noticed": 0.0}),
        ("claims-and-audit", "less", {"audit": 1.0}, {"audit": 0.5}),
    ],
)
def test_each_simulated_exercise_shows_its_point(name, truth, reached, missed):
    trials = Trials(BY_ID[name], find_workspace())
    assert trials.truth() == truth
    assert trials.is_reached(reached)
    assert not trials.is_reached(missed)


@pytest.mark.parametrize(
    ("name", "reached", "missed"),
    [
        ("floor-of-three", {"floor": 0.7, "pooling": "all"}, {"floor": 0.7, "pooling": "unit"}),
        ("quota-of-six", {"rounding": "systematic", "people": 6}, {"rounding": "floor", "people": 20}),
        ("read-a-register", {"years": 8}, {"years": 6}),
    ],
)
def test_what_was_to_be_reached_is_computed(name, reached, missed):
    trials = Trials(BY_ID[name], find_workspace())
    assert trials.is_reached(reached)
    assert not trials.is_reached(missed)


def test_what_is_read_never_passes_its_end():
    read = Trials(BY_ID["read-a-register"], find_workspace()).read({"years": 8})
    assert read["repeat_deficit"].high == 1.0
    assert read["repeat_deficit"].low > 0
