from __future__ import annotations

import pytest

from simulator.widgets.looks import Alarm
from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.exercise_panel import ExercisePanel
from simulator.widgets.training.work import Work
from simulator.widgets.training.worlds import Trials
from simulator.workspace import find_workspace

BY_ID = {exercise.id: exercise for exercise in exercises()}


def panel_of(name, work=None, trials=None):
    done = []
    place = find_workspace()
    panel = ExercisePanel(BY_ID[name], work or Work(), trials or Trials(BY_ID[name], place), place, "vi", Alarm("vi"), done.append)
    return panel, done


@pytest.fixture
def six():
    return panel_of("quota-of-six")


def test_nothing_is_shown_before_a_prediction(six):
    panel, done = six
    assert "<svg" not in panel.picture.image.value
    assert all(control.disabled for control in panel.controls.values())
    panel.keep.click()
    assert "chọn một phương án" in panel.predicted.value
    assert done == []


def test_an_exercise_is_solved_by_hand(six):
    panel, done = six
    panel.prediction.value = "less"
    panel.keep.click()
    assert "đúng như vậy" in panel.predicted.value
    assert panel.prediction.disabled
    assert "<svg" in panel.picture.image.value
    panel.controls["rounding"].value = "systematic"
    assert "Đã đạt" in panel.reached.value
    assert "15,0%" in panel.table.value
    panel.answer.value = "rounding-is-rule"
    panel.explain.click()
    assert "Đúng." in panel.feedback.value
    assert [work.status(panel.exercise) for work in done] == ["foreseen", "reached", "solved"]
    assert panel.explain.disabled


def test_an_exercise_is_failed_by_hand_and_tried_again(six):
    panel, _ = six
    panel.prediction.value = "more"
    panel.keep.click()
    assert "giảm đi rõ rệt" in panel.predicted.value
    panel.controls["rounding"].value = "ceiling"
    assert "Chưa đạt" in panel.reached.value
    assert panel.explain.disabled
    panel.controls["rounding"].value = "systematic"
    panel.answer.value = "share-is-wrong"
    panel.explain.click()
    assert "Chưa đúng." in panel.feedback.value
    assert not panel.explain.disabled
    panel.answer.value = "rounding-is-rule"
    panel.explain.click()
    assert panel.work.status(panel.exercise) == "solved"


def test_it_goes_back_to_the_start(six):
    panel, _ = six
    panel.prediction.value = "less"
    panel.keep.click()
    panel.controls["people"].value = 20
    panel.restart.click()
    assert panel.setting == panel.exercise.start


def test_the_rules_are_cited_with_their_confidence_and_the_assumptions_said(six):
    panel, _ = six
    rules = panel._rules()
    assert "15%" in rules
    assert "Giả định" in rules


def test_a_list_shows_its_first_rows_and_says_that_it_is_made_up():
    panel, _ = panel_of("read-a-register")
    assert "2.240 dòng, giả định" in panel._rules()


def test_work_that_was_kept_is_shown_as_it_was():
    work = Work("less", True, {"rounding": "systematic", "people": 6}, 3, True, "units-cheat", 1)
    panel, _ = panel_of("quota-of-six", work)
    assert panel.controls["rounding"].value == "systematic"
    assert "Chưa đúng." in panel.feedback.value
