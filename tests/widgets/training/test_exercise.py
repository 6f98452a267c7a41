from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.presentation.i18n import catalogue
from simulator.rules.values import LANGUAGES
from simulator.widgets.training.exercise import exercise_file, exercises, fill, read_exercise

FILE = "7-quota-of-six.yaml"
TEXTS = ("title", "question", "predict", "task", "why", "assumes")


def test_there_are_eight_in_the_order_of_their_files():
    assert [exercise.id for exercise in exercises()] == [
        "turns-and-ladder",
        "floor-of-three",
        "appraisal-and-scope",
        "cooling-off",
        "year-end-or-continuous",
        "claims-and-audit",
        "quota-of-six",
        "read-a-register",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: exercise.id)
def test_every_word_an_exercise_needs_is_in_the_catalogue_and_no_other(exercise, lang):
    needed = {*TEXTS, *(f"control.{control.id}" for control in exercise.controls)}
    needed |= {f"control.{control.id}.{value}" for control in exercise.controls if control.shown == "words" for value in control.values}
    needed |= {f"why.{answer}{part}" for answer in exercise.explanation.answers for part in ("", ".feedback")}
    told = {key.removeprefix(f"training.{exercise.id}.") for key in catalogue(lang) if key.startswith(f"training.{exercise.id}.")}
    assert needed <= told
    assert {key for key in told - needed if not key.startswith("predict.")} == set()


@pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: exercise.id)
def test_the_question_is_two_sentences(exercise):
    question = catalogue("vi")[f"training.{exercise.id}.question"]
    assert question.count(". ") + question.count("? ") == 1


def test_names_are_filled_however_deep():
    assert fill({"a": [{"b": "$x"}], "c": "x"}, {"x": 0.5}) == {"a": [{"b": 0.5}], "c": "x"}
    with pytest.raises(KeyError):
        fill("$y", {"x": 1})


def test_what_a_value_gives_besides_is_known():
    exercise = next(each for each in exercises() if each.id == "appraisal-and-scope")
    assert exercise.fields({"appraisers": 3, "scope": "none"})["results"] == 1.0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("right: rounding-is-rule", "right: nobody-knows"),
        ("start: 6", "start: 5"),
        ("measure: places_together", "measure: something_else"),
        ("kind: counted", "kind: guessed"),
        ("at: {rounding: floor, people: 6}", "at: {rounding: floor}"),
        ("units: 10", "units: ten"),
        ("goals:", "aims:"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(old, new):
    text = exercise_file(FILE).decode()
    assert old in text
    with pytest.raises(InputError):
        read_exercise(text.replace(old, new).encode(), FILE)
