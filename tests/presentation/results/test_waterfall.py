"""The picture of a score: bars that add up to the total exactly, and words for those who cannot see them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import RunError
from simulator.presentation.results.waterfall import Step, describe_waterfall, draw_waterfall, steps_of
from tests.presentation.scored import criteria, explanation, reason, reasons


@pytest.fixture(scope="module")
def table():
    return criteria()


def test_sections_stand_as_their_parts_and_penalties_go_down(table):
    assert steps_of(explanation(), table) == [
        Step("Chất lượng", Fraction(40), Fraction(50)),
        Step("Tiến độ", Fraction("24.5"), Fraction(30)),
        Step("Sáng kiến", Fraction(5), Fraction(10)),
        Step("Báo cáo chậm", Fraction(-2), None),
    ]


def test_a_section_cut_by_its_cap_stays_one_bar(table):
    clauses = tuple(reason("plus", 3, 10, kind="section") if each.clause == "points.plus" else each for each in reasons())
    assert Step("Điểm thưởng", Fraction(3), Fraction(10)) in steps_of(explanation("65.5", clauses), table)


def test_what_the_whole_table_cuts_has_a_bar_of_its_own(table):
    assert steps_of(explanation("70"), table)[-1] == Step("phần điều chỉnh theo mức trần, mức sàn của cả bảng", Fraction("2.5"), None)


@given(st.integers(0, 50), st.fractions(0, 30), st.integers(0, 10), st.integers(0, 20), st.fractions(-200, 200))
def test_the_bars_add_up_to_the_total(quality, tasks, ideas, late, total):
    steps = steps_of(explanation(total, reasons(quality, tasks, ideas, late)), criteria())
    assert abs(sum(step.points for step in steps) - total) <= Fraction(10, 10**9)


def test_a_set_without_points_has_no_picture(table):
    with pytest.raises(RunError) as refused:
        draw_waterfall(explanation(None, ()), table)
    assert refused.value.fields["code"] == "CL005"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_picture_is_the_same_every_time_and_has_words(table, lang):
    first, second = (draw_waterfall(explanation(), table, lang) for _ in range(2))
    assert first.to_svg() == second.to_svg()
    assert first.to_png() == second.to_png()
    assert ("67,5" if lang == "vi" else "67.5") in first.says
    assert all(word in first.alt for word in (["Chất lượng 40/50", "Báo cáo chậm −2"] if lang == "vi" else ["Quality 40/50", "Late reports −2"]))


def test_the_sentence_names_where_most_points_were_lost(table):
    assert draw_waterfall(explanation(), table).says == "Tổng 67,5 điểm; phần mất nhiều điểm nhất là “Chất lượng” (10 điểm)."
    full = explanation("80", reasons(50, 30, 0, 0))  # a bonus nobody got is not lost
    assert draw_waterfall(full, table, "en").says == "80 points in all, none lost anywhere."


def test_a_bar_without_a_most_is_told_with_its_sign():
    told = describe_waterfall([Step("a", Fraction(2), None), Step("b", Fraction(-1), None)], Fraction(1), "en")
    assert "a +2; b −1" in told


def test_names_of_classes_never_meet_and_say_where_each_begins(table):
    drawn = draw_waterfall(explanation(), table)
    drawn.figure.draw_without_rendering()
    panel = drawn.figure.axes[0]
    names = [text for text in panel.texts if "từ" in text.get_text()]
    assert [text.get_text() for text in names] == ["Hoàn thành xuất sắc: từ 90 trở lên "]
    boxes = [text.get_window_extent() for text in panel.texts if text.get_text()]
    assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_the_key_names_what_is_drawn(table):
    (key,) = draw_waterfall(explanation(), table).figure.legends
    assert [text.get_text() for text in key.get_texts()] == ["điểm được tính", "điểm chưa đạt được", "điểm trừ"]
    (key,) = draw_waterfall(explanation("80", reasons(50, 30, 0, 0)), table, "en").figure.legends
    assert [text.get_text() for text in key.get_texts()] == ["points given", "points not reached"]


def test_nothing_taken_off_has_no_sign():
    assert "a 0" in describe_waterfall([Step("a", Fraction(0), None)], Fraction(0), "en")
