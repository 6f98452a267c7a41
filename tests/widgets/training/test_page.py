from __future__ import annotations

import datetime
import html
import re

import pytest

from simulator.widgets.training.page import Training
from simulator.widgets.training.progress import Progress, write_progress
from simulator.widgets.training.seat import Seat
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
    made = training.provenance()
    assert "71" in made.value
    assert "Số khởi tạo" in made.value
    training.language.value = "en"
    assert "Seeds" in made.value
    assert training.provenance() is made


def test_a_failure_speaks_of_the_work_and_of_no_draft(training, monkeypatch):
    monkeypatch.setattr(training, "_choose", lambda _: 1 / 0)
    training.next.click()
    assert "Bài làm" in training.alarm.label.value
    assert "Bản thảo" not in training.alarm.label.value


def test_an_exercise_that_cannot_be_opened_leaves_the_one_before_with_its_work(training, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("simulator.widgets.training.page.ExercisePanel", fail)
        training.chooser.value = "floor-of-three"
    assert training.chooser.value == training.exercise.exercise.id == "turns-and-ladder"
    training.exercise._on_work(Work("more", False))
    assert training.works["turns-and-ladder"] == Work("more", False)
    assert training.works["floor-of-three"] == Work()


def fail(*_given, **_named):
    message = "a secret of the machine"
    raise ZeroDivisionError(message)


def mark(training):
    training.marking.marks["scope"].value = 3


def rate(training):
    training.marking.rating.value = 3


def put_forward(training):
    training.seat.boxes[1].value = True
    training.seat.nominate.click()


def hand_over(uploader):
    day = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    uploader.value = ({"name": "a.json", "type": "", "size": 2, "content": memoryview(b"{}"), "last_modified": day},)


def foresee(training):
    training.exercise.prediction.value = "same"
    training.exercise.keep.click()


def turn(training):
    training.exercise.controls["people"].value = 20


def explain(training):
    training.exercise.answer.value = "units-cheat"
    training.exercise.explain.click()


FAILING = {
    "the choice of an exercise": ("simulator.widgets.training.page.ExercisePanel", lambda training: training.next.click()),
    "the other language": ("simulator.widgets.training.page.MarkingPanel", lambda training: setattr(training.language, "value", "en")),
    "a prediction": ("simulator.widgets.training.worlds.Trials.truth", foresee),
    "a control": ("simulator.widgets.training.worlds.Trials.change", turn),
    "the way back": ("simulator.widgets.training.work.Work.turn", lambda training: training.exercise.restart.click()),
    "an answer": ("simulator.widgets.training.work.Work.explain", explain),
    "a mark": ("simulator.widgets.training.marking.Answers.with_mark", mark),
    "a rating": ("simulator.widgets.training.marking.Answers.with_rating", rate),
    "the next file": ("simulator.widgets.training.marking_panel.cases_of", lambda training: training.marking.next.click()),
    "the next case": ("simulator.widgets.training.marking_panel.cases_of", lambda training: training.marking.next_case.click()),
    "the file before": ("simulator.widgets.training.marking_panel.cases_of", lambda training: training.marking.back.click()),
    "the case before": ("simulator.widgets.training.marking_panel.cases_of", lambda training: training.marking.back_case.click()),
    "the files of a class": ("simulator.widgets.training.marking_panel.put_together", lambda training: hand_over(training.marking.upload)),
    "proposals": ("simulator.widgets.training.marking_panel.write_proposals", lambda training: training.marking.propose.click()),
    "another seat": ("simulator.widgets.training.seat_panel.Seat", lambda training: training.seat.again.click()),
    "a nomination": ("simulator.widgets.training.seat.Seat.choose", put_forward),
    "a year without one": ("simulator.widgets.training.seat.Seat.choose", lambda training: training.seat.skip.click()),
    "the sheet": ("simulator.widgets.training.keeping_panel.write_sheet", lambda training: training.keeping.make.click()),
    "work by its code": ("simulator.widgets.training.progress.Shelf.open", lambda training: training.keeping.open.click()),
    "work by its file": ("simulator.widgets.training.keeping_panel.read_progress", lambda training: hand_over(training.keeping.upload)),
}


@pytest.fixture(scope="module")
def at_work():
    """Give a session in which everything can be done."""
    training = Training("vi", find_workspace(), can_save=False)
    training.works["quota-of-six"] = Work("less", True, {"rounding": "systematic", "people": 6}, 1, True, None, 0)
    training.chooser.value = "quota-of-six"
    training.seat.seat = Seat(find_workspace(), 3)
    training.seat._show()
    return training


@pytest.mark.parametrize(("broken", "do"), FAILING.values(), ids=FAILING)
def test_whatever_fails_says_so_in_vietnamese_and_shows_nothing_of_the_machine(at_work, monkeypatch, broken, do):
    if do is foresee:
        monkeypatch.setattr(at_work.exercise, "work", Work())
    at_work.alarm.label.value = ""
    monkeypatch.setattr(broken, fail)
    do(at_work)
    assert "Chưa thực hiện được do chương trình gặp lỗi" in at_work.alarm.label.value
    assert "(ký hiệu lỗi: ZeroDivisionError)" in at_work.alarm.label.value
    assert 'role="alert"' in at_work.alarm.label.value
    assert "a secret" not in at_work.alarm.label.value


def test_a_page_that_cannot_be_laid_out_in_the_other_language_stays_whole(monkeypatch):
    training = Training("vi", find_workspace(), can_save=False)
    before = training.root.children
    with monkeypatch.context() as broken:
        broken.setattr("simulator.widgets.training.page.ExercisePanel", fail)
        training.language.value = "en"
    assert training.lang == "vi"
    assert "bốn bước" in training.opening.value
    assert training.root.children == before
    assert "ZeroDivisionError" in training.alarm.label.value
    assert training.alarm.label in before


def kept_by(training):
    """Give what a browser would keep of a page."""
    return html.unescape(re.search('data-kept="([^"]*)"', training.memory.kept.value)[1])


def test_a_page_that_is_loaded_anew_goes_on_with_the_work_the_marks_and_the_seat(training):
    training.language.value = "en"
    do(training, "quota-of-six", "less")
    training.exercise.controls["rounding"].value = "systematic"
    training.marking.marks["results"].value = 7
    training.seat.again.click()
    for box in list(training.seat.boxes.values())[:2]:
        box.value = True
    training.seat.nominate.click()
    training.tabs.selected_index = 2
    again = Training("vi", find_workspace(), can_save=False)
    again.memory.back.value = kept_by(training)
    assert again.alarm.label.value == ""
    assert (again.lang, again.chosen, again.tabs.selected_index, again.code) == ("en", "quota-of-six", 2, training.code)
    assert again.works == training.works
    assert again.exercise.controls["rounding"].value == "systematic"
    assert again.marking.answers == training.marking.answers
    assert (again.seat.seat.seed, again.seat.seat.choices) == (training.seat.seat.seed, ((1, 2),))
    assert again.seat.heading.value == training.seat.heading.value
    assert again.seat.told.value == training.seat.told.value != ""
    assert kept_by(again) == kept_by(training)


def test_what_the_browser_kept_and_is_damaged_is_told_and_the_page_begins_anew(training):
    training.memory.back.value = "{"
    assert "Không mở lại được" in training.taken_up.value
    assert {work.prediction for work in training.works.values()} == {None}
