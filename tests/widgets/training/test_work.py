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


def solved_by(exercise, trials, reached, *, answer):
    """Do an exercise from beginning to end."""
    return Work().foresee(trials.truth(), trials).turn(reached, trials).explain(answer, exercise)


BY_ID = {exercise.id: exercise for exercise in exercises()}
SETTINGS = [
    pytest.param("turns-and-ladder", {"turns": 0.5}, {"turns": 0.1}, marks=pytest.mark.deep),
    ("floor-of-three", {"floor": 0.7, "pooling": "all"}, {"floor": 0.7, "pooling": "unit"}),
    pytest.param("appraisal-and-scope", {"appraisers": 5, "scope": "none"}, {"appraisers": 5, "scope": "wide"}, marks=pytest.mark.deep),
    pytest.param("cooling-off", {"rest": 2}, {"rest": 1}, marks=pytest.mark.deep),
    pytest.param(
        "year-end-or-continuous", {"procedure": "all-year", "noticed": 0.7}, {"procedure": "year-end", "noticed": 0.5}, marks=pytest.mark.deep
    ),
    pytest.param("claims-and-audit", {"audit": 1.0}, {"audit": 0.25}, marks=pytest.mark.deep),
    ("quota-of-six", REACHED, MISSED),
    ("read-a-register", {"years": 8}, {"years": 4}),
]


@pytest.mark.parametrize(("name", "reached", "missed"), SETTINGS)
def test_every_exercise_can_be_solved_and_failed(name, reached, missed):
    exercise = BY_ID[name]
    trials = Trials(exercise, find_workspace())
    right = exercise.explanation.right
    solved = solved_by(exercise, trials, reached, answer=right)
    assert (solved.status(exercise), solved.was_right, solved.tries) == ("solved", True, 1)
    for wrong in set(exercise.explanation.answers) - {right}:
        assert solved_by(exercise, trials, reached, answer=wrong).status(exercise) == "failed"
    assert solved_by(exercise, trials, missed, answer=right).status(exercise) == "foreseen"


def test_every_exercise_is_tried_so():
    names = [entry.values[0] if hasattr(entry, "values") else entry[0] for entry in SETTINGS]
    assert names == [exercise.id for exercise in exercises()]
