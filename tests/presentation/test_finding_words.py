from __future__ import annotations

import pytest

from simulator.model.playable import REASONS, Refusal
from simulator.presentation.finding_words import field_words
from simulator.presentation.i18n import catalogue
from simulator.rules.checks.telling import conditions_marker, nominee_marker, source_marker
from simulator.rules.citation import Source, load_instruments
from simulator.rules.conditions import PointsTest
from simulator.rules.facts import Test
from simulator.workspace import find_workspace
from tests.rules.specimen import stack_texts
from tests.rules.table_specimen import TABLE

CRITERIA = stack_texts(TABLE)


@pytest.mark.parametrize(
    ("code", "name", "value", "vi", "en"),
    [
        ("RL336", "most", "1000", "1.000", "1,000"),
        ("RL336", "band", "900 ≤ x < 1050.5", "900 ≤ x < 1.050,5", "900 ≤ x < 1,050.5"),
        ("RL353", "given", "12.5%", "12,5%", "12.5%"),
        ("RL332", "first", "x ≤ 2", "x ≤ 2", "x ≤ 2"),
        ("RL320", "first", "points.2019", "points.2019", "points.2019"),
        ("RL353", "instrument", "decree-152-2025", "decree-152-2025", "decree-152-2025"),
        ("CS103", "found", "0.5", "0.5", "0.5"),
        ("WB546", "step", "0.5", "0,5", "0.5"),
        ("WB519", "high", "1000.5", "1.000,5", "1,000.5"),
        ("WB519", "low", "−∞", "−∞", "−∞"),
        ("WB519", "found", "90.5", "90.5", "90.5"),
        ("CS103", "expected", "@number", "số", "a number"),
        (
            "RG405",
            "expected",
            "direct, staff, deputy, head",
            "người lao động trực tiếp (direct), nhân viên khác (staff), cấp phó (deputy), cấp trưởng (head)",
            "direct worker (direct), other staff (staff), deputy head (deputy), head of the unit (head)",
        ),
        ("RG405", "found", "head", "head", "head"),
        ("RG405", "expected", "0, 1", "không (0), có (1)", "no (0), yes (1)"),
        ("RG438", "expected", "1", "1", "1"),
        (
            "RG404",
            "column",
            "role / is_leader",
            "Vai trò (role) / Là lãnh đạo, quản lý (is_leader)",
            "Role (role) / Is a leader (is_leader)",
        ),
        ("CS103", "column", "role", "role", "role"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(code, name, value, vi, en):
    assert [field_words(code, name, value, "vi"), field_words(code, name, value, "en")] == [vi, en]


def test_conditions_are_sentences():
    one = conditions_marker(CRITERIA, [PointsTest(points="results.budget", below=1000)])
    assert field_words("RL371", "tests", one, "vi") == "điểm “Ngân sách” dưới 1.000 điểm"
    two = conditions_marker(CRITERIA, [PointsTest(points="total", at_least=90), Test(fact="is-woman")])
    assert field_words("RL372", "tests", two, "vi") == "(1) tổng điểm đạt từ 90 điểm trở lên; (2) là nữ"


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ([], "người không có thành tích hay thông tin gì đặc biệt"),
        (["is-woman"], "là nữ"),
        (["service-months 10"], "Số tháng công tác: 10"),
        (["best (0, -1)"], "“Danh hiệu mẫu”: năm xét và 1 năm trước"),
        (["rating excellent (0); completed (-1)"], "hoàn thành xuất sắc nhiệm vụ: năm xét; hoàn thành nhiệm vụ: 1 năm trước"),
        (["class good", "results.budget 12.5"], "được xếp “Tốt”; điểm “Ngân sách”: 12,5"),
        (["women-share 0.5"], "tỷ lệ nữ: 0,5"),
        (["unused-initiatives 2, province 2"], "Sáng kiến được công nhận: 2, cấp bộ, cấp tỉnh: 2"),
        (["sector enterprise"], "Lĩnh vực: doanh nghiệp"),
        (["is-woman"] * 8, "là nữ; là nữ; là nữ; là nữ; là nữ; là nữ; …"),
    ],
)
def test_a_nominee_is_told_by_what_it_has(facts, shown):
    told = field_words("RL357", "case", nominee_marker(CRITERIA, facts), "vi")
    assert told == f"Trường hợp đơn giản nhất đáp ứng các điều kiện khác ({shown}) vẫn không đáp ứng điều kiện cuối. "


def test_no_nominee_is_no_sentence():
    assert field_words("RL357", "case", nominee_marker(CRITERIA, None), "en") == ""


def test_what_a_case_expected_is_told_in_words():
    told = [field_words("SR451", name, value, "vi") for name, value in (("what", "first_failed"), ("expected", "none"), ("got", "true"))]
    assert told == ["điều khoản đầu tiên không đạt", "không có", "có"]
    assert field_words("SR451", "what", "points.results", "vi") == "points.results"


def test_a_percentage_is_written_as_its_reader_writes_it():
    assert field_words("RL317", "share", "12.5%", "vi") == "12,5%"
    assert field_words("RL317", "share", "12.5%", "en") == "12.5%"
    assert field_words("RL317", "clause", "v1.5", "vi") == "v1.5"


def test_a_source_is_cited_as_in_an_official_text():
    source, register = Source(instrument="decree-91-2017", provision="Điều 45 khoản 10", confidence="read"), load_instruments(find_workspace())
    assert field_words("RL381", "source", source_marker(source, register), "vi") == "khoản 10 Điều 45 Nghị định số 91/2017/NĐ-CP"
    assert field_words("RL381", "source", source_marker(source, None), "vi") == "khoản 10 Điều 45 decree-91-2017"


@pytest.mark.parametrize(
    ("key", "vi", "en"),
    [
        ("is_direct_worker", "“có” hoặc “không”", "“yes” or “no”"),
        ("is_woman", "“nữ” (cũng có thể ghi “có”) hoặc “nam” (“không”)", "“female” (or “yes”) or “male” (or “no”)"),
    ],
)
def test_what_a_column_of_answers_calls_yes_and_no_is_told(key, vi, en):
    assert [field_words("WB517", "expected", f"@yes-or-no:{key}", lang) for lang in ("vi", "en")] == [vi, en]


def test_a_cell_is_named_with_its_sheet():
    assert field_words("WB517", "cell", "Danh sách!C7", "vi") == "C7 (trang “Danh sách”)"
    assert field_words("WB522", "other", "A!B!AA12", "en") == "AA12 (sheet “A!B”)"
    assert field_words("WB517", "cell", "C7", "vi") == "C7"  # a file of text has one table
    assert field_words("WB517", "found", "Danh sách!C7", "vi") == "Danh sách!C7"


def test_every_reason_against_playing_a_set_has_its_words():
    words = {key.removeprefix("finding.refused.") for key in catalogue("vi") if key.startswith("finding.refused.")}
    for word in words:
        refusal = Refusal("", word, "case-pending")
        assert str(refusal), "the model knows it, too"
        said = {lang: field_words("SC321", "reason", refusal.as_field, lang) for lang in ("vi", "en")}
        assert said["vi"] != said["en"]
        assert all(
            "@" not in text and ("case-pending" in text) == ("{found}" in catalogue(lang)[f"finding.refused.{word}"]) for lang, text in said.items()
        )
    assert words == set(REASONS)
