from __future__ import annotations

import base64
import datetime
import re
from dataclasses import replace

import pytest

from simulator.widgets.looks import Alarm
from simulator.widgets.training.answer_file import read_answers, write_answers
from simulator.widgets.training.marking import CASES, CRITERIA, DOSSIERS, Answers, cases_of
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
        for slider in panel.marks.values():
            slider.value = number % 11
        panel.next.click()
    assert "download" not in panel.told.value
    for number in range(len(CASES)):
        panel.rating.value = number
        panel.next_case.click()
    assert alarm.label.value == ""
    assert "Xu hướng của riêng bạn" in panel.told.value
    answers = read_answers(carried(panel.told.value))
    assert answers == panel.answers
    assert answers.marks["h4"]["results"] == 3


def test_a_slider_nobody_has_moved_is_no_mark(marking):
    panel, alarm = marking
    for _ in range(2 * len(DOSSIERS)):
        panel.next.click()
        panel.next_case.click()
    assert (panel.answers.marks, panel.answers.ratings, alarm.label.value) == ({}, {}, "")
    assert {slider.options[slider.index][0] for slider in (*panel.marks.values(), panel.rating)} == {"chưa chấm"}
    assert "Đã chấm đủ 0/12 hồ sơ và 0/10 trường hợp. " in panel.told.value.replace("</p>", " ")
    assert "Còn phải chấm: hồ sơ 1–12; trường hợp 1–10." in panel.told.value
    assert "khi đã chấm đủ 10 trường hợp; còn thiếu 10" in panel.told.value


def test_a_mark_counts_as_soon_as_it_is_set_and_no_more_when_it_is_taken_back(marking):
    panel, _ = marking
    panel.marks["conduct"].value = 0
    assert panel.answers.marks == {"h1": {"conduct": 0}}
    assert "còn thiếu: Kết quả công việc, Sáng kiến, Phạm vi ảnh hưởng." in panel.total.value
    for name in ("results", "initiative", "scope"):
        panel.marks[name].value = 5
    assert "Đã chấm đủ 1/12 hồ sơ" in panel.told.value
    assert "hồ sơ 2–12;" in panel.told.value
    panel.marks["conduct"].value = -1
    assert "conduct" not in panel.answers.marks["h1"]
    assert "Đã chấm đủ 0/12 hồ sơ" in panel.told.value


def test_a_mark_that_arrives_late_counts_for_its_own_file_and_case(marking):
    panel, _ = marking
    late, late_rating, case = panel.marks["scope"], panel.rating, cases_of(panel.answers.seed)[0].id
    panel.next.click()
    panel.next_case.click()
    late.value = 7
    late_rating.value = 2
    assert panel.answers.marks == {"h1": {"scope": 7}}
    assert panel.answers.ratings == {case: 2}
    assert panel.marks["scope"].value == panel.rating.value == -1


def test_going_back_shows_what_was_given_and_counts_nothing_else(marking):
    panel, _ = marking
    panel.marks["conduct"].value = 9
    panel.next.click()
    assert panel.marks["conduct"].value == -1
    panel.back.click()
    assert panel.marks["conduct"].value == 9
    assert panel.answers.marks == {"h1": {"conduct": 9}}


def test_behind_the_last_comes_what_was_left_out(marking):
    panel, _ = marking
    for number in range(len(DOSSIERS)):
        for slider in panel.marks.values():
            slider.value = 3 if number != 4 else -1
        panel.next.click()
    assert "Hồ sơ 5/12" in panel.text.value
    assert "hồ sơ 5; trường hợp 1–10." in panel.told.value


def test_the_total_follows_the_weights_of_the_set(marking):
    panel, _ = marking
    for name, slider in panel.marks.items():
        slider.value = 10 if name == "results" else 5
    assert "75,0" in panel.total.value


@pytest.mark.parametrize(("n", "same"), [(1, "cả mười điểm theo đúng mức ấy"), (3, "mọi người trong lớp có cùng mức ấy")])
def test_an_interval_of_no_width_is_told_in_plain_words(marking, n, same):
    panel, _ = marking
    panel._pool([write_answers(person(seed, merit=0, leader=2)) for seed in range(n)])
    assert "<td>+2,0</td>" in panel.of_class.value
    assert same in panel.of_class.value
    assert "mọi lần tính như nhau" not in panel.of_class.value


def test_of_too_few_people_and_of_marks_all_alike_it_is_said_what_is_lacking(marking):
    panel, _ = marking
    panel._pool([write_answers(person(1))])
    assert panel.of_class.value.count("cần tệp của ít nhất 2 người") == 2
    alike = Answers(1)
    for dossier in DOSSIERS:
        alike = alike.with_marks(dossier, dict.fromkeys(CRITERIA, 5))
    for case in CASES:
        alike = alike.with_rating(case, 5)
    panel._pool([write_answers(replace(alike, seed=seed)) for seed in (1, 2)])
    assert panel.of_class.value.count("không tính được vì mọi điểm đều như nhau") == 2
    assert "không xác định" not in panel.of_class.value


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
    assert "ít nhất 5 người" in panel.refused.value
    assert 'role="alert"' in panel.refused.value
    panel._receive([{"name": "a.json", "content": b"{}"}])
    assert "không phải tệp chấm chung" in panel.refused.value
    panel._receive([{"name": "a.json", "content": write_answers(person(seed))} for seed in range(5)])
    assert panel.refused.value == ""
    panel._receive([{"name": "a.json", "content": write_answers(person(1))}])
    panel.propose.click()
    assert "Mới có 1 người" in panel.refused.value
    panel._receive([{"name": "a.json", "content": write_answers(person(seed))} for seed in range(5)])
    panel.propose.click()
    assert panel.refused.value == ""
    assert alarm.label.value == "", "the top of the page may be out of sight"


def test_a_wrong_file_leaves_nothing_of_the_class_before_and_a_right_one_clears_the_refusal(marking):
    panel, alarm = marking

    def hand_over(*contents):
        day = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
        panel.upload.value = tuple(
            {"name": "a.json", "type": "", "size": len(each), "content": memoryview(each), "last_modified": day} for each in contents
        )

    hand_over(*(write_answers(person(seed)) for seed in range(6)))
    hand_over(b"{}")
    assert "không phải tệp chấm chung" in panel.refused.value
    assert (panel.of_class.value, panel.pool) == ("", None)
    hand_over(write_answers(person(1)))
    assert (panel.refused.value, alarm.label.value) == ("", "")
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
    assert panel.refused.value.count("không phải tệp chấm chung") == 1
    panel.upload.value = (files[0], files[2])
    assert (panel.refused.value, alarm.label.value) == ("", "")
    assert "2 người tham gia" in panel.of_class.value


def test_everybody_draws_a_seed_of_their_own():
    assert MarkingPanel(find_workspace(), "vi", Alarm("vi")).answers.seed != MarkingPanel(find_workspace(), "vi", Alarm("vi")).answers.seed
