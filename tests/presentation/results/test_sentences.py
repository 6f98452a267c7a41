from __future__ import annotations

import re
from dataclasses import replace

import pytest

from simulator.experiments.results.comparison import Estimate, NullReform
from simulator.model.behaviour import STRUCTURES
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number
from simulator.presentation.results.sentences import (
    say_allocation_mix,
    say_behaviour,
    say_by_year,
    say_comparison,
    say_compliance,
    say_course,
    say_merit,
    say_null_reform,
    say_size,
)
from tests.presentation.specimen import specimen_comparison


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_structure_and_learning_are_said(structure, lang):
    comparison = replace(specimen_comparison(), structure=structure, learning=True)
    assert translate(f"structure.{structure}", lang) in say_behaviour(comparison, lang)
    assert say_behaviour(comparison, lang) != say_behaviour(replace(comparison, learning=False), lang)


def changed(option_id, name, **fields):
    """Return the specimen with one indicator of one option changed."""
    comparison = specimen_comparison()
    options = [
        replace(option, indicators={**option.indicators, name: replace(option.indicators[name], **fields)}) if option.id == option_id else option
        for option in comparison.options
    ]
    return replace(comparison, options=options)


def with_mix(*merits):
    comparison = specimen_comparison()
    options = [
        replace(option, allocation_mix={**option.allocation_mix, "merit": Estimate(merit, merit, merit, 20)})
        for option, merit in zip(comparison.options, merits, strict=True)
    ]
    return replace(comparison, options=options)


def with_verdict(verdict):
    comparison = specimen_comparison()
    options = [
        replace(option, indicators={name: replace(item, verdict=verdict) for name, item in option.indicators.items()})
        for option in comparison.options
    ]
    return replace(comparison, options=options)


def test_the_clearest_change_is_the_largest_in_margins():
    assert say_comparison(specimen_comparison(), "vi") == (
        "So với phương án “Giữ nguyên quy định”, thay đổi rõ nhất (so với ngưỡng đáng kể) là mức phù hợp giữa khen thưởng và thành tích: tăng 0,05 "
        "(khoảng tin cậy 95%: từ +0,05 đến +0,06) ở phương án “Thêm cả hai văn bản”. Hình có 12 chênh lệch "
        "(4 chỉ số, 3 phương án): 5 rõ, 6 nhỏ và 1 chưa đủ căn cứ."
    )
    stronger = changed("letter-3959", "turn_taking_index", difference=-0.09, difference_low=-0.1, difference_high=-0.08)
    assert "turn-taking index: down 0.09 (95% interval: −0.10 to −0.08) under “Add letter 3959”" in say_comparison(stronger, "en")


@pytest.mark.parametrize("verdict", ["small", "not clear"])
def test_without_a_clear_change_it_says_so(verdict):
    sentence = say_comparison(with_verdict(verdict), "vi")
    assert "không có chỉ số nào trong hình thay đổi ở mức rõ" in sentence
    assert ("12 nhỏ" in sentence) == (verdict == "small")


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "Hình có 2 chênh lệch (2 chỉ số, 1 phương án): "), ("en", "2 differences (2 indicators, 1 option): ")]
)
def test_only_what_is_drawn_is_counted(lang, said):
    whole = specimen_comparison()
    sentence = say_comparison(replace(whole, options=whole.options[:2]), lang, ["turn_taking_index", "leader_share"])
    assert said in sentence
    assert translate("indicator.merit_kappa", lang) not in sentence


def test_with_the_baseline_alone_there_is_nothing_to_compare():
    comparison = specimen_comparison()
    assert "không có chênh lệch" in say_comparison(replace(comparison, options=comparison.options[:1]), "vi")


def test_results_that_rest_on_an_assumed_compliance_say_so():
    comparison = specimen_comparison()
    assert say_compliance(comparison, "vi") == (
        "Các kết quả này phụ thuộc vào mức tuân thủ giả định của các yêu cầu không kèm con số (xem mục “Các giả định mà kết quả phụ thuộc vào”)."
    )
    without = replace(comparison, options=[replace(option, compliance=[]) for option in comparison.options])
    assert say_compliance(without, "en") is not None
    assert say_compliance(replace(without, clauses=[]), "en") is None


def test_a_bar_is_told_of_a_hundred_awards():
    assert say_allocation_mix(specimen_comparison(), "vi") == (
        "Trong 100 lượt khen ở phương án “Giữ nguyên quy định”, khoảng 36 lượt theo thành tích, 16 lượt theo thứ tự luân phiên, "
        "8 lượt gắn với chức vụ và 40 lượt chưa giải thích được. Phần theo thành tích lớn nhất ở phương án “Thêm cả hai văn bản” "
        "(khoảng 43 lượt), nhỏ nhất ở phương án “Giữ nguyên quy định” (khoảng 36 lượt)."
    )


def test_parts_that_do_not_make_a_hundred_say_that_they_are_rounded():
    comparison = specimen_comparison()
    mix = comparison.options[0].allocation_mix
    for cause, share in zip(("merit", "turn", "post", "unexplained"), (0.216, 0.266, 0.356, 0.162), strict=True):
        mix[cause] = replace(mix[cause], value=share)
    assert "Do làm tròn, tổng các phần có thể không đúng bằng 100." in say_allocation_mix(comparison, "vi")
    assert "làm tròn" not in say_allocation_mix(specimen_comparison(), "vi")


def test_options_that_read_the_same_are_named_together():
    assert "lớn nhất ở phương án “Thêm Công văn 3959” và “Thêm cả hai văn bản” (khoảng 37 lượt)" in say_allocation_mix(
        with_mix(0.25, 0.26, 0.369, 0.371), "vi"
    )
    assert "như nhau ở mọi phương án (khoảng 25 lượt)" in say_allocation_mix(with_mix(0.25, 0.251, 0.249, 0.25), "vi")


@pytest.mark.parametrize(("unexplained", "is_rounded"), [(1.26, False), (1.25, True)])
def test_a_share_below_zero_or_above_all_is_said_as_it_is_drawn(unexplained, is_rounded):
    comparison = specimen_comparison()
    mix = {"merit": 0.15, "turn": -0.95, "post": 0.54, "unexplained": unexplained}
    shares = {cause: Estimate(value, None, None, 20) for cause, value in mix.items()}
    told = say_allocation_mix(replace(comparison, options=[replace(option, allocation_mix=shares) for option in comparison.options]), "vi")
    assert "khoảng 15 lượt theo thành tích, −95 lượt theo thứ tự luân phiên, 54 lượt gắn với chức vụ" in told
    assert (translate("table.mix.rounded", "vi") in told) is is_rounded, "what adds up to a hundred is not said to be rounded"


def test_an_unknown_share_is_said_to_be_unknown():
    assert "Chưa xác định được" in say_allocation_mix(with_mix(None, 0.1, 0.1, 0.1), "vi")
    assert "không xác định" not in say_allocation_mix(with_mix(0.3, None, 0.1, 0.1), "vi")


def scaled_courses(scale):
    comparison = specimen_comparison()
    options = [
        replace(option, by_year={name: [Estimate(0.2 + scale * position, 0.19, 0.21 + scale, 20)] * 10 for name in option.by_year})
        for position, option in enumerate(comparison.options)
    ]
    return replace(comparison, options=options)


def test_years_are_summed_up_where_options_lie_furthest_apart():
    assert say_by_year(specimen_comparison(), "vi").startswith(
        "Đến năm thứ 10, các phương án cách nhau nhiều nhất (so với ngưỡng đáng kể) ở mức độ biểu hiện luân phiên: từ 0,14"
    )
    assert "chưa tới ngưỡng đáng kể" in say_by_year(scaled_courses(0.016), "vi")  # .048 in all, the margin is .05
    assert "cách nhau nhiều nhất" in say_by_year(scaled_courses(0.017), "vi")  # .051


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "Mức độ biểu hiện luân phiên: {first} ở năm thứ 1, {last} ở năm thứ 10 (phương án “Giữ nguyên quy định”); "),
        ("en", "Turn-taking index: {first} in year 1, {last} in year 10 (“Keep as is”); "),
    ],
)
def test_of_one_option_alone_the_ends_are_told(lang, said):
    whole = specimen_comparison()
    alone = replace(whole, options=whole.options[:1])
    course = alone.options[0].by_year["turn_taking_index"]
    first, last = (format_number(course[year].value, lang, 2) for year in (0, -1))
    words = say_course(alone, "turn_taking_index", lang)
    assert words.startswith(said.format(first=first, last=last))
    assert translate("figure.by-year.one.undefined", lang, year="10", indicator="")[:20] not in words


def test_one_course_is_summed_up_by_its_ends_and_its_margin():
    says = say_course(specimen_comparison(), "turn_taking_index", "vi")
    last = [option.by_year["turn_taking_index"][-1].value for option in specimen_comparison().options]
    assert f"từ {format_number(min(last), 'vi', 2)} (phương án “" in says
    assert f"đến {format_number(max(last), 'vi', 2)} (phương án “" in says
    assert "chưa tới ngưỡng đáng kể" in say_course(scaled_courses(0.016), "turn_taking_index", "vi")
    assert "từ ngưỡng đáng kể trở lên" in say_course(scaled_courses(0.017), "turn_taking_index", "vi")
    known, unknown, *_ = specimen_comparison().options
    half = replace(specimen_comparison(), options=[known, replace(unknown, by_year={})])
    assert say_course(half, "turn_taking_index", "en") == "By year 10, there are not enough numbers to compare the options on the turn-taking index."


def test_courses_that_are_unknown_are_said_to_be():
    comparison = specimen_comparison()
    blank = [replace(option, by_year={name: [Estimate(None, None, None, 0)] * 10 for name in option.by_year}) for option in comparison.options]
    assert say_by_year(replace(comparison, options=blank), "vi") == "Chưa xác định được diễn biến qua các năm."
    assert say_by_year(replace(comparison, options=[replace(option, by_year={}) for option in comparison.options]), "en").startswith("The course")


@pytest.mark.parametrize(("difference", "is_same", "holds"), [(0.0, True, True), (1e-9, True, False), (0.0, False, False)])
def test_the_seal_holds_only_at_exactly_zero(difference, is_same, holds):
    sentence = say_null_reform(replace(specimen_comparison(), null_reform=NullReform(difference, "b", "1", is_same)), "vi")
    assert sentence.startswith("Đạt.") == holds
    assert sentence.startswith("Không đạt:") != holds


def test_merit_is_told_beside_its_ceiling():
    sentence = say_merit(specimen_comparison(), "vi")
    assert "phương án “Giữ nguyên quy định” đạt 0,25 trên mức tối đa 0,41" in sentence
    assert "phương án “Thêm cả hai văn bản” đạt 0,30 trên mức tối đa 0,44" in sentence
    comparison = specimen_comparison()
    assert "Chưa xác định" in say_merit(replace(comparison, options=[replace(option, indicators={}) for option in comparison.options]), "vi")


def test_every_number_of_the_size_is_there():
    sentence = say_size(specimen_comparison(), "vi")
    for number in ("20.000 người", "412 đơn vị", "10 năm", "12 năm khởi động", "20 lượt"):
        assert number in sentence


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sentences_have_no_unfilled_field(lang):
    comparison = specimen_comparison()
    for say in (say_comparison, say_allocation_mix, say_by_year, say_null_reform, say_merit, say_size):
        assert not re.search(r"[{}]|None|nan", say(comparison, lang))


def test_what_is_not_defined_is_not_counted_as_in_doubt():
    comparison = with_verdict("not clear")
    option = next(each.id for each in comparison.options if each.id != comparison.baseline_option)
    before = say_comparison(comparison, "vi")
    options = [
        replace(each, indicators={name: replace(item, difference=None) if name == "merit_kappa" else item for name, item in each.indicators.items()})
        if each.id == option
        else each
        for each in comparison.options
    ]
    after = say_comparison(replace(comparison, options=options), "vi")
    in_doubt = [int(re.search(r"(\d+) chưa đủ căn cứ", text)[1]) for text in (before, after)]
    assert in_doubt[1] == in_doubt[0] - 1
    assert "không xác định" not in before
    assert after.endswith("Có 1 kết quả không xác định.")
