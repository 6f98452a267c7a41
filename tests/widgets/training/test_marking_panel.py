from __future__ import annotations

import base64
import datetime
import re

import pytest

from simulator.widgets.looks import Alarm
from simulator.widgets.training.answer_file import read_answers, write_answers
from simulator.widgets.training.marking import CASES, DOSSIERS
from simulator.widgets.training.marking_panel import MarkingPanel
from simulator.workspace import find_workspace
from tests.widgets.training.answering import person


@pytest.fixture
def marking():
    alarm = Alarm("vi")
    return MarkingPanel(find_workspace(), "vi", alarm), alarm


def carried(html):
    return base64.b64decode(re.search(r"base64,([^\"]+)", html)[1])


def test_one_marks_file_by_file_and_case_by_case_and_carries_the_answers_away(marking):
    panel, alarm = marking
    for number in range(len(DOSSIERS)):
        panel.marks["results"].value = number % 11
        panel.keep.click()
    assert "download" not in panel.told.value
    for number in range(len(CASES)):
        panel.rating.value = number
        panel.keep_case.click()
    assert alarm.label.value == ""
    assert "Xu hướng của riêng bạn" in panel.told.value
    answers = read_answers(carried(panel.told.value))
    assert answers == panel.answers
    assert answers.marks["h4"]["results"] == 3


def test_going_back_shows_what_was_given(marking):
    panel, _ = marking
    panel.marks["conduct"].value = 9
    panel.keep.click()
    assert panel.marks["conduct"].value == 5
    panel.back.click()
    assert panel.marks["conduct"].value == 9


def test_the_total_follows_the_weights_of_the_set(marking):
    panel, _ = marking
    panel.marks["results"].value = 10
    assert "75,0" in panel.total.value


def test_a_class_is_pooled_and_proposes(marking):
    panel, alarm = marking
    panel._pool([write_answers(person(seed, merit=4, leader=2, shift=seed % 3)) for seed in range(6)])
    assert "6 người tham gia" in panel.of_class.value
    assert "alpha" in panel.of_class.value
    panel.propose.click()
    assert alarm.label.value == ""
    assert b"rank_weight" in carried(panel.proposals.value)


def test_too_few_and_wrong_files_are_told(marking):
    panel, alarm = marking
    panel.propose.click()
    assert "ít nhất 5 người" in alarm.label.value
    alarm.guard(panel._pool)([b"{}"])
    assert "không phải tệp chấm chung" in alarm.label.value
    panel._pool([write_answers(person(1))])
    assert "1 người tham gia" in panel.of_class.value


def test_a_wrong_file_leaves_nothing_of_the_class_before_and_a_right_one_clears_the_refusal(marking):
    panel, alarm = marking

    def hand_over(*contents):
        day = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
        panel.upload.value = tuple(
            {"name": "a.json", "type": "", "size": len(each), "content": memoryview(each), "last_modified": day} for each in contents
        )

    hand_over(*(write_answers(person(seed)) for seed in range(6)))
    hand_over(b"{}")
    assert "không phải tệp chấm chung" in alarm.label.value
    assert (panel.of_class.value, panel.pool) == ("", None)
    hand_over(write_answers(person(1)))
    assert alarm.label.value == ""
    assert "1 người tham gia" in panel.of_class.value


def test_of_many_files_those_that_cannot_be_used_are_named_and_what_is_wrong_is_said_once(marking):
    panel, alarm = marking
    day = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    contents = [write_answers(person(1)), b"{}", write_answers(person(2)), b'{"form": 1}']
    files = [
        {"name": f"cham-chung ({place}).json", "type": "", "size": len(each), "content": memoryview(each), "last_modified": day}
        for place, each in enumerate(contents)
    ]
    panel.upload.value = tuple(files)
    assert "cham-chung (1).json; cham-chung (3).json." in panel.refused.value
    assert "(0)" not in panel.refused.value
    assert alarm.label.value.count("không phải tệp chấm chung") == 1
    panel.upload.value = (files[0], files[2])
    assert (panel.refused.value, alarm.label.value) == ("", "")
    assert "2 người tham gia" in panel.of_class.value


def test_everybody_draws_a_seed_of_their_own():
    assert MarkingPanel(find_workspace(), "vi", Alarm("vi")).answers.seed != MarkingPanel(find_workspace(), "vi", Alarm("vi")).answers.seed
