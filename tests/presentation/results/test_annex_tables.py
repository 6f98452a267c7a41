from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.indicators.measurement import INDICATORS
from simulator.presentation.registers.measurement_table import QUESTIONS
from simulator.presentation.results.annex_tables import annex_tables, undefined_names
from simulator.presentation.results.procedure_cost import procedure_cost_table
from simulator.presentation.results.results_table import results_table
from simulator.presentation.wording import indicator_name, sentence_case
from tests.presentation.specimen import specimen_comparison


@pytest.fixture
def empty_body(monkeypatch):
    """Have the body of the report tell of no indicator, so that the annex holds all of them."""
    monkeypatch.setattr("simulator.presentation.results.annex_tables.shown_names", lambda _comparison: [])
    monkeypatch.setattr("simulator.presentation.results.annex_tables.WORK", ())


def tables(comparison, lang="vi"):
    return {table.id: table for table in annex_tables(comparison, lang)}


def of_all_indicators(*others):
    """Return the specimen with every indicator there is, and others."""
    comparison = specimen_comparison()
    item = comparison.options[0].indicators["award_rate"]
    names = [*INDICATORS, *others]
    options = [replace(option, indicators={name: replace(item, name=name) for name in names}) for option in comparison.options]
    return replace(comparison, options=options)


def test_what_a_table_of_the_body_tells_is_not_printed_again():
    comparison = of_all_indicators()
    told = {group.title for table in results_and_work(comparison) for group in table.groups}
    annexed = [group.title for table in annex_tables(comparison, "vi") for group in table.groups]
    assert annexed
    assert not told.intersection(annexed)
    assert len(told) + len(annexed) == len(INDICATORS)


def results_and_work(comparison):
    money = procedure_cost_table(comparison, "vi")
    return [results_table(comparison, "vi"), *([] if money is None else [money])]


@pytest.mark.usefixtures("empty_body")
def test_every_indicator_stands_in_the_annex_once_in_the_group_of_its_question(monkeypatch):
    monkeypatch.setattr("simulator.presentation.results.results_table.name_in", lambda _comparison, name, _lang: name)
    found = tables(of_all_indicators("some_other"))
    titles = {name: [group.title.split(" ")[0].lower() for group in table.groups] for name, table in found.items()}
    assert titles == {**{f"annex-{question}": list(names) for question, names in QUESTIONS.items()}, "annex-other": ["some_other"]}


@pytest.mark.usefixtures("empty_body")
def test_a_row_tells_value_lawful_best_difference_interval_and_verdict():
    table = tables(specimen_comparison())["annex-rotation"]
    assert table.columns == ("Phương án", "Giá trị", "Khi áp dụng đúng", "Chênh lệch", "Khoảng tin cậy 95% của chênh lệch", "Đánh giá")
    rows = {row.header: row.cells for row in table.groups[0].rows}
    assert rows["Giữ nguyên quy định"] == ("0,21", "0,02", "–", "–", "phương án đối chiếu")
    assert rows["Thêm Công văn 3959"] == ("0,13", "0,02", "−0,08", "[−0,09;\u00a0−0,08]", "rõ (do giả định)")
    assert table.is_simulated


@pytest.mark.usefixtures("empty_body")
def test_units_of_value_and_difference_stand_beside_the_name():
    titles = [group.title for table in annex_tables(specimen_comparison(), "vi") for group in table.groups]
    assert "Tỷ lệ lãnh đạo, quản lý trong số được khen (%; chênh lệch: điểm %)" in titles
    assert sentence_case(indicator_name("equal_opportunity_difference", "vi")) + " (điểm %)" in titles
    assert "Mức độ biểu hiện luân phiên" in titles


@pytest.mark.usefixtures("empty_body")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_unknown_or_absent_leaves_words(lang):
    comparison = specimen_comparison()
    blank = {"value": None, "low": None, "high": None, "difference": None, "difference_low": None, "difference_high": None, "verdict": "not clear"}
    option = comparison.options[1]
    holed = {name: replace(item, **blank, caveat="caveat.undefined") for name, item in option.indicators.items() if name != "leader_share"}
    found = tables(replace(comparison, options=[comparison.options[0], replace(option, indicators=holed)]), lang)
    cells = {row.header: row.cells for row in found["annex-rotation"].groups[0].rows}[option.title[lang]]
    assert cells[3] == "–"
    assert cells[0] == cells[2]
    assert len(found["annex-rotation"].notes) == 1
    leaders = next(group for group in found["annex-leaders"].groups if indicator_name("leader_share", lang) in group.title.lower())
    assert leaders.rows[1].cells == ("–",) * 5


@pytest.mark.usefixtures("empty_body")
def test_what_is_undefined_under_every_option_is_named_and_has_no_rows():
    comparison = specimen_comparison()
    gone = {"value": None, "lawful_best": None, "difference": None, "difference_low": None, "difference_high": None}

    def without(name, *options):
        changed = [
            replace(option, indicators={**option.indicators, name: replace(option.indicators[name], **gone)}) if option.id in options else option
            for option in comparison.options
        ]
        return replace(comparison, options=changed)

    every = [option.id for option in comparison.options]
    title = next(group.title for group in tables(comparison)["annex-rotation"].groups)
    nowhere, somewhere = without("turn_taking_index", *every), without("turn_taking_index", *every[1:])
    assert undefined_names(nowhere) == ["turn_taking_index"]
    assert title not in [group.title for table in annex_tables(nowhere, "vi") for group in table.groups]
    assert undefined_names(somewhere) == undefined_names(comparison) == []
    assert title in [group.title for table in annex_tables(somewhere, "vi") for group in table.groups]
