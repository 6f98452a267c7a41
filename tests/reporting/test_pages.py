from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from simulator.errors import RunError
from simulator.reporting.pages import ReportPages, open_report
from tests.presentation.specimen import specimen_comparison

ORDER = ["front", "options", "seal", "results", "mix", "years", "merit", "assumptions", "limits", "clauses", "provenance"]


@pytest.fixture
def results(tmp_path):
    path = tmp_path / "comparison.json"
    path.write_bytes(specimen_comparison().to_json().encode())
    return path


def words(section):
    return json.dumps(section.to_dict(), ensure_ascii=False)


def test_the_announced_results_are_opened(results):
    digest = hashlib.sha256(results.read_bytes()).hexdigest()
    pages = open_report(str(results), digest)
    assert pages.comparison == specimen_comparison()
    assert pages.comparison_hash == digest


def test_other_results_are_refused(results):
    digest = hashlib.sha256(results.read_bytes()).hexdigest()
    results.write_bytes(results.read_bytes() + b" ")
    with pytest.raises(RunError, match="was changed after the simulation"):
        open_report(str(results), digest)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ORDER)
def test_every_section_has_a_title_and_content(name, lang):
    section = getattr(ReportPages(specimen_comparison(), "f" * 64, lang), name)()
    assert section.id == name
    assert section.title
    assert section.blocks
    assert section.is_front == (name == "front")


def test_the_front_page_is_a_draft_annex_with_date_question_and_results():
    front = words(ReportPages(specimen_comparison(), "f", "vi").front())
    for part in (
        "DỰ THẢO",
        "Phụ lục",
        "Ngày 10 tháng 11 năm 2021",
        "làm thay đổi gì so với",
        "Kết quả mô phỏng, không phải số liệu thống kê",
        "không dự báo",
        "phụ thuộc vào mức tuân thủ giả định",
    ):
        assert part in front


def test_a_date_given_replaces_the_scenarios_own():
    assert "Ngày 05 tháng 01 năm 2026" in words(ReportPages(specimen_comparison(), "f", "vi", "2026-01-05").front())


def test_the_options_say_what_the_sets_ask_to_have_printed_once():
    text = words(ReportPages(specimen_comparison(), "f", "vi").options())
    assert text.count("nêu ở đây để minh họa") == 1
    assert "Bộ tiêu chí gốc: Nghị định số 91/2017/NĐ-CP" in text


def test_the_limits_say_who_counts_as_a_direct_worker():
    text = words(ReportPages(specimen_comparison(), "f", "vi").limits())
    assert "“người lao động trực tiếp” được hiểu là: người trực tiếp sản xuất, phục vụ và công chức" in text
    assert "Mô hình chưa được hiệu chỉnh" in text


def test_a_comparison_without_assumptions_or_clauses_still_makes_sections():
    bare = ReportPages(replace(specimen_comparison(), assumptions=[], clauses=[]), "f", "vi")
    assert "Không có giả định" in words(bare.assumptions())
    assert "không thay đổi điều khoản nào" in words(bare.clauses())
