from __future__ import annotations

import pytest

from simulator.widgets.training.page import Training
from simulator.widgets.training.progress import Progress, write_progress
from simulator.widgets.training.work import Work
from simulator.workspace import find_workspace


@pytest.fixture
def training():
    return Training("vi", find_workspace(), can_save=False)


def do(training, name, prediction):
    training.chooser.value = name
    training.exercise.prediction.value = prediction
    training.exercise.keep.click()


def listed(training, name):
    return next(words for words, value in training.chooser.options if value == name)


def test_it_opens_with_the_first_exercise_and_no_failure(training):
    assert training.exercise.exercise.id == "turns-and-ladder"
    assert training.alarm.label.value == ""
    assert len(training.chooser.options) == 8


def test_the_list_tells_how_far_each_has_been_brought(training):
    do(training, "quota-of-six", "less")
    assert "đã dự đoán" in listed(training, "quota-of-six")
    training.exercise.controls["rounding"].value = "systematic"
    training.exercise.answer.value = "rounding-is-rule"
    training.exercise.explain.click()
    assert "hoàn thành" in listed(training, "quota-of-six")
    assert training.works["quota-of-six"].status(training.exercise.exercise) == "solved"


def test_the_next_one_follows_and_after_the_last_the_first(training):
    training.chooser.value = "read-a-register"
    training.next.click()
    assert training.chosen == "turns-and-ladder"


def test_the_other_language_keeps_the_work(training):
    do(training, "quota-of-six", "less")
    training.language.value = "en"
    assert training.exercise.keep.description == "Keep my prediction"
    assert training.works["quota-of-six"].prediction == "less"
    assert training.chosen == "quota-of-six"


def test_the_other_language_keeps_the_tab(training):
    training.tabs.selected_index = 1
    training.language.value = "en"
    assert training.tabs.titles[training.tabs.selected_index] == "Marking in common"
    assert training.alarm.label.value == ""


def test_work_is_kept_after_each_step_and_opened_again(tmp_path, monkeypatch):
    training = Training("vi", find_workspace())
    monkeypatch.setattr(training.shelf, "folder", tmp_path)
    do(training, "floor-of-three", "same")
    other = Training("vi", find_workspace())
    monkeypatch.setattr(other.shelf, "folder", tmp_path)
    other._open_again(other.shelf.open(training.code))
    assert other.works["floor-of-three"].prediction == "same"
    assert other.code != training.code


def test_what_one_does_another_does_not_see(training):
    do(training, "quota-of-six", "less")
    assert Training("vi", find_workspace(), can_save=False).works["quota-of-six"] == Work()


def test_opened_work_is_shown_at_once(training):
    training.chooser.value = "floor-of-three"
    work = {"floor-of-three": Work("same", True, {"floor": 0.7, "pooling": "all"}, 2, True, None, 0)}
    training.keeping._uploaded([{"content": write_progress(Progress(work))}])
    assert training.exercise.controls["pooling"].value == "all"


def test_marks_are_kept_and_opened_again(tmp_path, monkeypatch):
    training, other = (Training("vi", find_workspace(), can_save=False) for _ in range(2))
    for each in (training, other):
        monkeypatch.setattr(each.shelf, "folder", tmp_path)
    training.marking.marks["scope"].value = 8
    other._open_again(other.shelf.open(training.code))
    assert other.marking.answers == training.marking.answers
    assert other.marking.marks["scope"].value == 8
    assert str(training.marking.answers.seed) in other.marking.seed.value


def test_it_tells_what_the_numbers_were_computed_with(training):
    assert "71" in training.provenance().value


def test_a_failure_speaks_of_the_work_and_of_no_draft(training, monkeypatch):
    monkeypatch.setattr(training, "_choose", lambda _: 1 / 0)
    training.next.click()
    assert "Bài làm" in training.alarm.label.value
    assert "Bản thảo" not in training.alarm.label.value
