from __future__ import annotations

import pytest

from simulator.presentation.results.describing import describe_allocation_mix, describe_by_year, describe_comparison, describe_course
from tests.presentation.specimen import specimen_comparison


def test_every_drawn_difference_is_told():
    text = describe_comparison(specimen_comparison(), "vi")
    assert "Mức độ biểu hiện luân phiên: Thêm Kế hoạch 115 +0,004 [−0,002;\u00a0+0,010], nhỏ (do hành vi); Thêm Công văn 3959 −0,08" in text
    assert text.count("rõ (") == 5


def test_every_bar_is_told():
    text = describe_allocation_mix(specimen_comparison(), "vi")
    assert "Giữ nguyên quy định: theo thành tích 36, theo thứ tự luân phiên 16, gắn với chức vụ 8, chưa giải thích được 40." in text
    assert "gắn với chức vụ −1" in text


def test_every_line_is_told_by_its_ends():
    text = describe_by_year(specimen_comparison(), "en")
    assert "Turn-taking index, first and last year: Keep as is from 0.21 to 0.22" in text
    assert "in all since year 0" in text


def test_one_course_is_told_without_the_others():
    text = describe_course(specimen_comparison(), "turn_taking_index", "en")
    assert "Turn-taking index, first and last year: Keep as is from 0.21 to 0.22" in text
    assert "in all since year 0" not in text


@pytest.mark.parametrize("describe", [describe_comparison, describe_allocation_mix, describe_by_year])
def test_descriptions_are_whole_sentences(describe):
    for lang in ("vi", "en"):
        text = describe(specimen_comparison(), lang)
        assert text.endswith(".")
        assert "{" not in text
