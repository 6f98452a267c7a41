from __future__ import annotations

import pytest

from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.work import Work
from simulator.widgets.training.worlds import Trials
from simulator.workspace import find_workspace

EXERCISE = next(exercise for exercise in exercises() if exercise.id == "quota-of-six")
REACHED = {"rounding": "systematic", "people": 6}
MISSED = {"rounding": "ceiling", "people": 6}


@pytest.fixture(scope="module")
def trials():
    return Trials(EXERCISE, find_workspace())


def test_an_exercise_is_solved_step_by_step(trials):
    work = Work()
    assert work.status(EXERCISE) == "new"
    work = work.foresee("less", trials)
    assert (work.status(EXERCISE), work.was_right) == ("foreseen", True)
    work = work.turn(REACHED, trials)
    assert work.status(EXERCISE) == "reached"
    work = work.explain("rounding-is-rule", EXERCISE)
    assert work.status(EXERCISE) == "solved"
    assert work.explain("units-cheat", EXERCISE) == work


def test_a_wrong_explanation_fails_and_may_be_tried_again(trials):
    work = Work().foresee("more", trials).turn(REACHED, trials).explain("units-cheat", EXERCISE)
    assert (work.status(EXERCISE), work.was_right, work.wrong_answers) == ("failed", False, 1)
    assert work.explain("rounding-is-rule", EXERCISE).status(EXERCISE) == "solved"


def test_a_prediction_is_kept_as_it_was(trials):
    work = Work().foresee("more", trials)
    assert work.foresee("less", trials) == work
    assert Work().foresee("something", trials) == Work()


def test_nothing_is_seen_before_it_is_foreseen_nor_explained_before_it_is_reached(trials):
    assert Work().turn(REACHED, trials) == Work()
    work = Work().foresee("less", trials).turn(MISSED, trials)
    assert not work.is_reached
    assert work.explain("rounding-is-rule", EXERCISE) == work


def test_tries_are_counted_and_the_same_setting_is_no_try(trials):
    work = Work().foresee("less", trials).turn(MISSED, trials).turn(MISSED, trials).turn(REACHED, trials)
    assert work.tries == 2
    assert work.turn(MISSED, trials).is_reached
