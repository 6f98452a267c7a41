from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.presentation.group_table import draw_groups
from simulator.reporting.scenario_pages import ScenarioPages
from tests.presentation.specimen import specimen_comparison
from tests.reporting.specimen import ORDER, evidence_of


def pages_of(comparison, lang, date=""):
    return ScenarioPages(evidence_of(comparison, lang=lang, date=date), lang, date)


def words(section):
    return json.dumps(section.to_dict(), ensure_ascii=False)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ORDER)
def test_every_section_has_a_title_and_content(name, lang):
    section = getattr(pages_of(specimen_comparison(), lang), name)()
    assert section.id == name
    assert section.title
    assert section.blocks
    assert section.is_front == (name == "front")


def test_the_front_page_is_a_draft_annex_with_date_question_and_results():
    front = words(pages_of(specimen_comparison(), "vi").front())
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


def test_the_main_results_warn_of_few_replications_and_only_of_few():
    few, enough = (words(pages_of(replace(specimen_comparison(), replications=n), "vi").front()) for n in (7, 8))
    warning = "Chỉ có 7 lượt mô phỏng"
    assert few.index("Kết quả chính") < few.index(warning)
    assert "Chỉ có 8" not in enough


def test_a_date_given_replaces_the_scenarios_own():
    assert "Ngày 05 tháng 01 năm 2026" in words(pages_of(specimen_comparison(), "vi", "2026-01-05").front())


def test_the_options_say_what_the_sets_ask_to_have_printed_once():
    text = words(pages_of(specimen_comparison(), "vi").options())
    assert text.count("nêu ở đây để minh họa") == 1
    assert "Bộ tiêu chí gốc: Nghị định số 91/2017/NĐ-CP" in text


def test_the_options_say_what_befalls_everybody():
    shock = {"vi": "Dịch bệnh trong hai năm; con số là giả định.", "en": "An epidemic; assumed."}
    assert "như nhau cho mọi phương án: Dịch bệnh trong hai năm" in words(pages_of(replace(specimen_comparison(), shock=shock), "vi").options())
    assert "Biến cố" not in words(pages_of(specimen_comparison(), "vi").options())


def test_the_mechanisms_stand_beside_the_mix_and_say_what_below_zero_means():
    section = pages_of(specimen_comparison(), "vi").mix()
    figures = [block for block in section.blocks if block.block == "figure"]
    assert [figure.id for figure in figures] == ["mix-figure", "mechanisms-figure"]
    assert [table.id for table in figures[1].data] == ["mechanisms"]
    assert "hướng tới những người khác với những người thực sự được khen" in words(section)
    unasked = replace(specimen_comparison(), options=[replace(option, reasons={}) for option in specimen_comparison().options])
    assert "mechanisms" not in words(pages_of(unasked, "vi").mix())


def test_the_references_of_merit_stand_beside_the_agreement_with_merit():
    section = pages_of(specimen_comparison(), "en").merit()
    assert "change places" in words(section)
    assert "references" in [block.table.id for block in section.blocks if block.block == "table"]
    assert len(pages_of(replace(specimen_comparison(), references=[]), "en").merit().blocks) == 1


def test_the_assumptions_begin_with_structure_and_learning_and_the_command_for_all_five():
    for comparison in (specimen_comparison(), replace(specimen_comparison(), assumptions=[])):
        first = pages_of(comparison, "vi").assumptions().blocks[0].text
        assert first.startswith("Cấu trúc hành vi: “")
        assert "Rút kinh nghiệm qua các năm: không" in first
        assert "tieuchi compare hanoi-2021 --structures" in first


def test_the_annex_holds_every_indicator_and_the_results_point_to_it():
    pages = pages_of(specimen_comparison(), "vi")
    tables = [block.table for block in pages.annex().blocks if block.block == "table"]
    *of_indicators, by_group = tables
    assert sum(len(table.groups) for table in of_indicators) == len(specimen_comparison().options[0].indicators)
    assert by_group == draw_groups(specimen_comparison(), "vi")
    assert f"“{pages.annex().title}”" in words(pages.results())


@pytest.mark.parametrize(("lang", "caveat"), [("vi", "chỉ mô tả, không đánh giá"), ("en", "describe and do not judge")])
def test_the_annex_says_that_groups_are_described_and_leaves_them_out_where_there_are_none(lang, caveat):
    comparison = specimen_comparison()
    assert caveat in words(pages_of(comparison, lang).annex())
    without = replace(comparison, options=[replace(option, by_group={}) for option in comparison.options])
    assert caveat not in words(pages_of(without, lang).annex())


def test_the_template_shows_every_section():
    cells = json.loads(Path("reports/templates/scenario.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = [source for cell in cells if (source := "".join(cell["source"])).startswith("pages.")]
    assert shown == [f"pages.{name}()" for name in ORDER]


def test_the_limits_say_who_counts_as_a_direct_worker():
    text = words(pages_of(specimen_comparison(), "vi").limits())
    assert "“người lao động trực tiếp” được hiểu là: người trực tiếp sản xuất, phục vụ và công chức" in text
    assert "Mô hình chưa được hiệu chỉnh" in text


def test_a_comparison_without_assumptions_or_clauses_still_makes_sections():
    bare = pages_of(replace(specimen_comparison(), assumptions=[], clauses=[]), "vi")
    assert "Không có giả định" in words(bare.assumptions())
    assert "không thay đổi điều khoản nào" in words(bare.clauses())
