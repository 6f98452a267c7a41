from __future__ import annotations

import datetime
import re

import pytest

from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.sheet import write_sheet
from simulator.widgets.training.work import Work
from simulator.widgets.training.worlds import Trials
from simulator.workspace import find_workspace

EXERCISE = next(exercise for exercise in exercises() if exercise.id == "quota-of-six")
WORK = Work("less", True, {"rounding": "systematic", "people": 6}, 3, True, "rounding-is-rule", 1)
DAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def sheet():
    return write_sheet(exercises(), {EXERCISE.id: WORK}, {EXERCISE.id: Trials(EXERCISE, find_workspace())}, DAY, "vi")


def test_it_tells_what_was_foreseen_seen_and_explained(sheet):
    assert "PHIẾU KẾT QUẢ THỰC HÀNH" in sheet
    assert "Giảm đi (đúng)" in sheet
    assert "Tổng số suất của mười đơn vị cùng quy mô: 10 → 9" in sheet
    assert "hoàn thành; điều chỉnh 3 lần, giải thích chưa đúng 1 lần" in sheet
    assert "Hoàn thành 1 trên 8 bài." in sheet
    assert sheet.count("chưa làm") == 7
    assert "ngày 22 tháng 11 năm 2026" in sheet


def test_a_name_is_written_by_hand(sheet):
    assert "Họ và tên: <span></span>" in sheet
    assert not re.search(r"<input|<form", sheet)


def test_it_is_for_an_a4_page_and_needs_nothing_from_outside(sheet):
    assert "size: A4" in sheet
    assert "://" not in sheet


def test_what_was_foreseen_and_not_turned_is_told_so():
    told = write_sheet(exercises(), {EXERCISE.id: Work("more", False)}, {}, DAY, "en")
    assert "came" not in told.split("<table>")[1]
    assert "–" in told
    assert "wrong explanations" not in told


def test_a_prediction_that_was_turned_is_told_and_explanations_once_they_are_given():
    turned = Work("more", False, {"rounding": "systematic", "people": 6}, 1, True)
    told = write_sheet(exercises(), {EXERCISE.id: turned}, {}, DAY, "vi")
    assert "Tăng lên (khác kết quả)" in told
    assert "giải thích chưa đúng" not in told


def test_no_wrong_explanation_is_counted_where_there_was_none():
    at_once = Work("less", True, {"rounding": "systematic", "people": 6}, 1, True, "rounding-is-rule", 0)
    for lang, told in (("vi", "hoàn thành; điều chỉnh 1 lần<"), ("en", "solved; settings tried: 1<")):
        assert told in write_sheet(exercises(), {EXERCISE.id: at_once}, {}, DAY, lang)


def test_it_says_why_what_was_foreseen_and_the_result_beside_it_may_differ():
    for lang, told in (("vi", "Dự đoán là về tình huống nêu ở bước 1"), ("en", "What was foreseen is about the case put in step 1")):
        assert told in write_sheet(exercises(), {}, {}, DAY, lang)
