from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter

from simulator.presentation.rules.condition_words import band_words, condition_text, list_quoted, names_of, part_words, sector_words
from simulator.rules.conditions import Condition
from simulator.rules.facts import FACTS
from simulator.rules.points import Band
from tests.rules.random_sets import conditions
from tests.rules.specimen import SET, stack_texts

READ = TypeAdapter(Condition).validate_python
NAMES = {"worker": "Lao động tiên tiến", "points.results.budget": "Ngân sách", "classes.good": "Tốt"}


@pytest.mark.parametrize(
    ("condition", "vi", "en"),
    [
        (
            {"fact": "rating", "at_least": "completed-well"},
            "được xếp loại hoàn thành tốt nhiệm vụ trở lên trong năm",
            "graded completed well or better this year",
        ),
        ({"fact": "awarded-this-year", "award": "worker"}, "đạt “Lao động tiên tiến” trong năm", "holds “Lao động tiên tiến” of this year"),
        ({"not": {"fact": "disciplined-this-year"}}, "không bị kỷ luật trong năm", "not disciplined this year"),
        ({"not": {"fact": "is-woman"}}, "không thuộc trường hợp là nữ", "not: is a woman"),
        ({"fact": "leave-days", "below": 40}, "nghỉ dưới 40 ngày làm việc trong năm", "fewer than 40 working days of leave this year"),
        ({"fact": "women-share", "at_least_share": 0.705}, "có tỷ lệ nữ từ 70,5% trở lên", "the share of women is at least 70.5%"),
        ({"fact": "women-share", "more_than_share": 0.705}, "có tỷ lệ nữ trên 70,5%", "the share of women is more than 70.5%"),
        (
            {"fact": "members-rated", "rating": "completed", "more_than_share": 0.5},
            "có trên 50% số thành viên được xếp loại hoàn thành nhiệm vụ trở lên trong năm",
            "more than 50% of the members are graded completed or better this year",
        ),
        (
            {"fact": "members-awarded", "award": "worker", "more_than_share": 0.5, "at_least": 2},
            "có ít nhất 2 và trên 50% số thành viên đạt “Lao động tiên tiến” trong năm",
            "at least 2 and more than 50% of the members hold “Lao động tiên tiến” of this year",
        ),
        (
            {"fact": "members-awarded", "award": "worker", "at_least_share": 0.7, "at_least": 2},
            "có ít nhất 2 và không dưới 70% số thành viên đạt “Lao động tiên tiến” trong năm",
            "at least 2 and no less than 70% of the members hold “Lao động tiên tiến” of this year",
        ),
        (
            {"fact": "unused-initiatives", "at_least": 1, "consumed": True, "scope": "province", "within_years": 2},
            (
                "có ít nhất 1 sáng kiến, đề tài được công nhận có phạm vi ảnh hưởng từ cấp bộ, cấp tỉnh trở lên trong 2 năm, kể cả năm xét, "
                "chưa dùng để xét khen thưởng; đã dùng thì không dùng lại"
            ),
            (
                "at least 1 recognised initiatives or studies that reach the ministry or province or further within 2 years, this one included, "
                "not yet used for an award; once used they do not serve again"
            ),
        ),
        (
            {"points": "every-criterion", "at_least_share": 0.85},
            "điểm của từng tiêu chí, không kể điểm thưởng và điểm trừ, đạt từ 85% mức điểm tối đa trở lên",
            None,
        ),
        ({"points": "results.budget", "below": 7.5}, "điểm “Ngân sách” dưới 7,5 điểm", "“Ngân sách” has fewer than 7.5 points"),
        ({"class": ["good", "fair"]}, "được xếp “Tốt” hoặc “fair”", "classed as “Tốt” or “fair”"),
        (
            {"any": [{"fact": "is-woman"}, {"all": [{"fact": "leads-cluster"}, {"fact": "is-direct-worker"}]}]},
            "đáp ứng một trong các điều kiện: (1) là nữ; (2) (dẫn đầu cụm, khối thi đua và là người lao động trực tiếp)",
            None,
        ),
        ({"all": [{"fact": "is-woman"}]}, "là nữ", "is a woman"),
    ],
)
def test_a_condition_is_said_with_every_number(condition, vi, en):
    assert condition_text(READ(condition), "vi", NAMES) == vi
    if en is not None:
        assert condition_text(READ(condition), "en", NAMES) == en


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(conditions())
def test_any_condition_can_be_said(condition):
    for lang in ("vi", "en"):
        assert condition_text(READ(condition), lang)


def test_every_fact_has_words():
    from simulator.presentation.i18n import catalogue  # noqa: PLC0415

    assert {f"condition.{fact}" for fact in FACTS} <= set(catalogue("vi"))


@pytest.mark.parametrize(
    ("bounds", "vi"),
    [
        ({"at_least": 80, "below": 90}, "từ 80 đến dưới 90"),
        ({"above": 80, "at_most": 90}, "trên 80 đến 90"),
        ({"at_least": 90}, "từ 90 trở lên"),
        ({"at_most": 1234.5}, "từ 1.234,5 trở xuống"),
        ({"below": 50}, "dưới 50"),
        ({}, "ở mọi mức"),
    ],
)
def test_a_band_is_said(bounds, vi):
    assert band_words(Band(**bounds), "vi") == vi


def test_names_are_titles_of_awards_parts_and_classes():
    assert names_of(stack_texts(SET), "en") == {"worker": "Worker", "fighter": "Fighter"}
    assert list_quoted(("worker", "x"), "vi", NAMES) == "“Lao động tiên tiến” và “x”"
    assert part_words("total", "vi") == "tổng điểm"


def test_a_sector_is_named_in_words_and_one_nobody_has_worded_stands_in_quotes():
    assert sector_words("enterprise", "vi") == "doanh nghiệp"
    assert sector_words("trong-trot", "vi") == "“trong-trot”"
    assert condition_text(READ({"fact": "sector", "one_of": ["enterprise"]}), "vi") == "thuộc lĩnh vực doanh nghiệp"
