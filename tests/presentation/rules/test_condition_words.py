from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter

from simulator.presentation.rules.condition_words import band_words, condition_text, is_of_several, list_quoted, names_of, part_words, sector_words
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
            {"fact": "members-awarded", "award": "worker", "at_least": 1},
            "có ít nhất 1 thành viên đạt “Lao động tiên tiến” trong năm",
            "at least 1 member holds “Lao động tiên tiến” of this year",
        ),
        (
            {"not": {"fact": "members-disciplined", "at_least": 1}},
            "không thuộc trường hợp có ít nhất 1 thành viên bị kỷ luật trong năm",
            "not: at least 1 member was disciplined this year",
        ),
        (
            {"fact": "rating-run", "rating": "excellent", "at_least": 1},
            "được xếp loại hoàn thành xuất sắc nhiệm vụ trong năm",
            "graded excellent this year",
        ),
        ({"fact": "award-run", "award": "worker", "at_least": 1}, "đạt “Lao động tiên tiến” trong năm", "holds “Lao động tiên tiến” of this year"),
        ({"fact": "service-months", "at_least": 1}, "có ít nhất 1 tháng công tác", "at least 1 month of service"),
        (
            {"fact": "unused-initiatives", "at_least": 1, "consumed": True, "scope": "province", "within_years": 2},
            (
                "có ít nhất 1 sáng kiến, đề tài được công nhận có phạm vi ảnh hưởng từ cấp bộ, cấp tỉnh trở lên trong 2 năm, kể cả năm xét, "
                "chưa dùng để xét khen thưởng; đã dùng thì không dùng lại"
            ),
            (
                "at least 1 recognised initiative or study reaching the ministry or province or further within 2 years, this one included, "
                "not yet used for an award and not used again"
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


def counted(within, n, award="worker"):
    return {"fact": "award-count", "award": award, "within_years": within, "at_least": n}


def earlier(years=2, ever=31):
    counts = [{"all": [counted(ever, n), {"not": counted(years, n)}]} for n in range(1, years + 1)]
    return {"any": [*counts, counted(ever, years + 1)]}


def test_what_a_list_can_hold_is_never_told_as_a_number_of_years_of_the_law():
    assert condition_text(READ(counted(31, 1)), "vi", NAMES) == "đã từng đạt “Lao động tiên tiến”"
    assert condition_text(READ(counted(31, 3)), "vi", NAMES) == "đã có ít nhất 3 lần đạt “Lao động tiên tiến”"
    assert condition_text(READ(counted(30, 1)), "vi", NAMES) == "trong 30 năm, kể cả năm xét, có ít nhất 1 lần đạt “Lao động tiên tiến”"


def test_an_award_before_the_last_years_is_one_thing_however_it_is_written():
    assert condition_text(READ(earlier()), "vi", NAMES) == "có ít nhất một lần đạt “Lao động tiên tiến” trước 2 năm gần nhất (kể cả năm xét)"
    inside = condition_text(READ({"all": [earlier(5), {"fact": "is-woman"}]}), "en", NAMES)
    assert inside.count("“Lao động tiên tiến” at least once before the last 5 years, this one included") == 1
    assert not is_of_several(READ(earlier()))
    assert is_of_several(READ({"all": [counted(31, 1), counted(5, 1)]}))
    assert not is_of_several(READ({"all": [counted(31, 1)]}))


@pytest.mark.parametrize(
    "other",
    [
        {"any": earlier()["any"][:-1]},  # who had it every one of the last years as well is left out
        {"any": [*earlier()["any"][:-1], counted(31, 4)]},
        {"any": [*earlier()["any"][:-1], counted(31, 3, "fighter")]},
        {"all": earlier()["any"]},
        earlier(ever=10),
    ],
)
def test_what_only_looks_alike_is_told_as_it_is_written(other):
    assert "trước 2 năm gần nhất" not in condition_text(READ(other), "vi", NAMES)


def test_the_short_words_hold_exactly_where_the_long_condition_does():
    for years in range(2**6):  # every history of six years, the last bit being the year decided
        given = [bool(years >> at & 1) for at in range(6)]
        in_all, of_late = sum(given), sum(given[:2])
        written = any(in_all >= n and of_late < n for n in (1, 2)) or in_all >= 3
        assert written is (sum(given[2:]) >= 1)
