from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.results.comparison import STRUCTURES_CAVEAT
from simulator.presentation.results.headline_table import headline_table, say_headlines
from simulator.presentation.results.tables import draw_table
from tests.presentation.specimen import specimen_comparison

NAMES = ["turn_taking_index", "leader_share"]


def test_an_indicator_is_a_row_of_where_things_stand_and_of_every_option_with_interval_and_verdict():
    table = headline_table(specimen_comparison(), NAMES, "vi")
    assert table.columns == ("Chỉ số", *(option.title["vi"] for option in specimen_comparison().options))
    turns, leaders = table.groups[0].rows
    assert turns.header == "Mức độ biểu hiện luân phiên"
    assert turns.cells[0] == "0,21\n(khi áp dụng đúng: 0,02)"
    assert turns.cells[2].splitlines()[0] == "−0,08"
    assert turns.cells[2].splitlines()[2] == "rõ (do giả định)"
    assert leaders.cells[3] == "−8,6\n[−8,9;\xa0−8,3]\nrõ (do quy định)"
    assert table.is_simulated


@pytest.mark.parametrize(("n_others", "is_turned"), [(4, False), (5, True)])
def test_many_options_stand_one_below_the_other(n_others, is_turned):
    whole = specimen_comparison()
    reference, option = whole.options[0], whole.options[1]
    many = replace(whole, options=[reference, *(replace(option, id=f"option-{number}") for number in range(n_others))])
    table = headline_table(many, NAMES, "vi")
    corner = "Phương án" if is_turned else "Chỉ số"
    assert (table.columns[0], len(table.columns), len(table.groups[0].rows)) == (corner, *((3, 6) if is_turned else (6, 2)))
    assert table.notes[0].startswith("Dòng “Giữ nguyên quy định” là giá trị" if is_turned else "Cột “Giữ nguyên quy định” là giá trị")
    assert table.groups[0].rows[1].cells[1] == headline_table(whole, NAMES, "vi").groups[0].rows[1].cells[1]  # on the diagonal, either way


def test_what_is_undefined_is_said_without_interval_or_verdict():
    comparison = specimen_comparison()
    items = comparison.option("both").indicators
    items["leader_share"] = replace(items["leader_share"], difference=None, difference_low=None, difference_high=None)
    baseline = comparison.option("keep-as-is").indicators
    baseline["leader_share"] = replace(baseline["leader_share"], lawful_best=None)
    (row,) = headline_table(comparison, ["leader_share"], "en").groups[0].rows
    assert row.cells[-1] == "undefined"
    assert row.cells[0] == "31.2"
    del items["leader_share"]
    assert headline_table(comparison, ["leader_share"], "en").groups[0].rows[0].cells[-1] == "–"


def test_the_words_follow_the_verdicts_and_count_what_is_not_clear():
    comparison = specimen_comparison()
    said = say_headlines(comparison, [*NAMES, "direct_worker_share"], "vi")
    assert said == [
        (
            "Phương án “Thêm Kế hoạch 115”: tăng rõ tỷ lệ người lao động trực tiếp trong số được khen; giảm rõ tỷ lệ lãnh đạo, quản lý trong số được khen; "
            "thay đổi nhỏ ở 1 chỉ số."
        ),
        (
            "Phương án “Thêm Công văn 3959”: giảm rõ mức độ biểu hiện luân phiên; tỷ lệ người lao động trực tiếp trong số được khen tăng, chưa chắc đạt ngưỡng; "
            "tỷ lệ lãnh đạo, quản lý trong số được khen giảm, chưa chắc đạt ngưỡng."
        ),
        (
            "Phương án “Thêm cả hai văn bản”: tăng rõ tỷ lệ người lao động trực tiếp trong số được khen; giảm rõ mức độ biểu hiện luân phiên và "
            "tỷ lệ lãnh đạo, quản lý trong số được khen."
        ),
    ]
    assert say_headlines(replace(comparison, options=comparison.options[:1]), NAMES, "vi") == []
    assert say_headlines(comparison, [], "en")[0] == "“Add plan 115”: –."
    words_only = replace(comparison, clauses=[replace(clause, simulated=False) for clause in comparison.clauses])
    assert "chỉ được ghi nhận, chưa được mô phỏng" in say_headlines(words_only, NAMES, "vi")[2]


def test_what_surely_goes_one_way_is_named_and_not_counted_among_what_nothing_is_known_of():
    comparison = specimen_comparison()
    items = comparison.option("both").indicators
    known = {"difference": -0.02, "difference_low": -0.03, "difference_high": -0.01, "verdict": "not clear", "caveat": None}
    for changes, words in (
        ({}, "tỷ lệ lãnh đạo, quản lý trong số được khen giảm, chưa chắc đạt ngưỡng"),
        (
            {"difference": 0.02, "difference_low": 0.01, "difference_high": 0.03},
            "tỷ lệ lãnh đạo, quản lý trong số được khen tăng, chưa chắc đạt ngưỡng",
        ),
        ({"difference_high": 0.01}, "chưa đủ căn cứ kết luận về 1 chỉ số"),
        ({"caveat": STRUCTURES_CAVEAT}, "chưa đủ căn cứ kết luận về 1 chỉ số"),
    ):
        items["leader_share"] = replace(items["leader_share"], **(known | changes))
        assert words in say_headlines(comparison, ["leader_share"], "vi")[-1]


def test_where_no_other_table_follows_it_explains_its_verdicts_itself():
    comparison = specimen_comparison()
    pointing = headline_table(comparison, NAMES, "vi").notes
    alone = headline_table(comparison, NAMES, "vi", is_alone=True).notes
    assert any("dưới bảng so sánh các phương án" in note for note in pointing)
    assert not any("dưới bảng so sánh các phương án" in note for note in alone)
    assert set(alone[1:]) <= set(draw_table(comparison, "vi").notes) | {alone[-1]}
    assert alone[-1].startswith("Ngưỡng đáng kể: ")
