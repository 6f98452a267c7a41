from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from simulator.experiments.comparing.ensemble import lay_side_by_side
from simulator.experiments.results.comparison import STRUCTURES_CAVEAT, Estimate, PhaseUsed
from simulator.model.behaviour import STRUCTURES
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import Scale
from simulator.presentation.results.group_table import draw_groups, group_name
from simulator.presentation.style import Drawing
from simulator.presentation.wording import indicator_name, name_in, scale_of, verdict_words
from simulator.reporting.pages import scenario as scenario_pages
from simulator.reporting.pages.scenario import ScenarioPages
from tests.presentation.ladders import FLAT, STEEP, with_ladders
from tests.presentation.results.power_specimen import power
from tests.presentation.results.test_procedure_cost import with_costs
from tests.presentation.specimen import specimen_comparison
from tests.presentation.test_wording import of_collectives
from tests.reporting.number_reader import ends_told, read
from tests.reporting.specimen import ORDER, evidence_of

pytestmark = pytest.mark.usefixtures("_blank_pictures")  # each figure is written down where it is drawn, in tests/presentation

VERDICTS = ["clear", "small", "not clear"]


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
        "Thời điểm của kịch bản: ngày 10 tháng 11 năm 2021",
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
    front = words(pages_of(specimen_comparison(), "vi", "2026-01-05").front())
    assert "Ngày 05 tháng 01 năm 2026" in front
    assert "Thời điểm của kịch bản" not in front


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


@pytest.mark.parametrize(("turn", "is_said"), [(-0.95, True), (0.05, False)])
def test_a_part_below_zero_is_explained_where_it_is_drawn(turn, is_said):
    comparison = specimen_comparison()
    mix = {"merit": 0.15, "turn": turn, "post": 0.5, "unexplained": 0.3}
    options = [
        replace(option, allocation_mix={cause: Estimate(value, None, None, 20) for cause, value in mix.items()}) for option in comparison.options
    ]
    texts = [block.text for block in pages_of(replace(comparison, options=options), "vi").mix().blocks if block.block == "paragraph"]
    assert any(text.startswith("Tỷ lệ dưới 0 hoặc trên 100 không phải là lỗi") for text in texts) is is_said


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


def test_the_annex_holds_what_the_body_leaves_out_and_each_points_to_the_other():
    pages = pages_of(specimen_comparison(), "vi")
    annex, results = pages.annex(), pages.results()
    tables = [block.table for block in annex.blocks if block.block == "table"]
    *of_indicators, by_group = tables
    in_body = next(block.table for block in results.blocks if block.block == "table")
    assert sum(len(table.groups) for table in (*of_indicators, in_body)) == len(specimen_comparison().options[0].indicators)
    assert f"“{results.title}”" in words(annex)
    assert by_group == draw_groups(specimen_comparison(), "vi")
    assert f"“{annex.title}”" in words(results)


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


def test_of_rules_that_follow_one_another_the_clauses_are_those_of_the_last_and_the_reader_is_told():
    comparison = specimen_comparison()
    assert "lần lượt có hiệu lực" not in words(pages_of(comparison, "vi").clauses())
    *others, last = comparison.options
    followed = replace(comparison, options=[*others, replace(last, phases=[PhaseUsed(1, "law-2022"), PhaseUsed(3, last.criteria)])])
    section = pages_of(followed, "vi").clauses()
    assert f"lần lượt có hiệu lực (“{last.title['vi']}”)" in words(section)
    assert section.blocks[-1].block == "table"
    reverted = words(pages_of(replace(followed, clauses=[]), "vi").clauses())
    assert "Các phương án không thay đổi điều khoản nào" not in reverted
    assert "áp dụng sau cùng của các phương án không khác hiện trạng" in reverted


# --- every number that is stated is the number of the data ---------------------------------------------------------------------


def unit_factor(name):
    return {Scale.PLAIN: 1, Scale.AMOUNT: 1, Scale.MONTHS: 1}.get(scale_of(name), 100)


def named(text, comparison, lang):
    """Say which indicator a sentence or a heading is about: the one with the longest name found in it."""
    names = {name_in(comparison, name, lang): name for name in comparison.options[0].indicators}
    found = [words for words in names if words.lower() in text.lower()]
    return names[max(found, key=len)] if found else None


def check_front(comparison, lang):
    (table,) = [block.table for block in pages_of(comparison, lang).front().blocks if block.block == "table"]
    for row in table.groups[0].rows:
        name = named(row.header, comparison, lang)
        factor = unit_factor(name)
        for option, cell in zip(comparison.options, row.cells, strict=True):
            item = option.indicators[name]
            is_reference = option.id == comparison.baseline_option
            is_told = not (is_reference or item.difference is None or is_nothing(item.difference, item.difference_low, item.difference_high))
            ends = ends_told(cell, item.difference_low, item.difference_high, factor, lang) if is_told else []
            numbers = [item.value, item.lawful_best] if is_reference else [item.difference, *ends]
            known = [number for number in numbers if number is not None]
            written = read(cell, lang)
            assert len(written) == len(known), (row.header, cell)
            assert all(each.says(number, factor) for each, number in zip(written, known, strict=True)), (cell, known)
            assert is_reference or item.difference is None or verdict_words(item, lang) in cell
    (bullets,) = [block for block in pages_of(comparison, lang).front().blocks if block.block == "bullets"]
    names = [named(row.header, comparison, lang) for row in table.groups[0].rows]
    others = [option for option in comparison.options if option.id != comparison.baseline_option]
    for option, line in zip(others, bullets.items, strict=False):
        said = {name: how_told(option.indicators[name]) for name in names}
        counts = [list(said.values()).count(way) for way in ("small", "unmoved", "unclear") if way in said.values()]
        assert [int(each.value) for each in read(line, lang)] == counts
        surely = [option.indicators[name] for name, way in said.items() if way == "surely"]
        assert all(verdict_words(item, lang).split(", ")[1] in line for item in surely)
    return len(table.groups[0].rows)


def how_told(item):
    """Say whether a line of the summary names an indicator, clearly or surely one way, or only counts it."""
    low, high = item.difference_low, item.difference_high
    if is_nothing(item.difference, low, high):
        return "unmoved"
    if item.verdict != "not clear":
        return item.verdict
    is_one_way = low is not None and high is not None and not low <= 0 <= high
    return "surely" if is_one_way and item.caveat != STRUCTURES_CAVEAT else "unclear"


def is_nothing(*numbers):
    return all(number == 0 for number in numbers)


def check_impacts(comparison, lang):
    blocks = pages_of(comparison, lang).impacts().blocks
    tables = [block.table for block in blocks if block.block == "table" and block.table.id.startswith("impacts-")]
    rules = [
        block.text for before, block in pairwise(blocks) if block.block == "paragraph" and before.block == "paragraph" and before.role == "heading"
    ]
    n_told = 0
    for option, table, told in zip(comparison.options, tables, rules[: len(tables)], strict=True):
        clauses = [clause for clause in comparison.clauses if clause.option == option.id]
        counts = [len(clauses), sum(clause.simulated for clause in clauses)] if clauses else []
        assert [int(each.value) for each in read(told, lang)] == counts
        rates = {group_name(comparison, division, name, lang): of[name].award_rate for division, of in option.by_group.items() for name in of}
        for row in (row for group in table.groups for row in group.rows):
            titles = re.findall(r"“([^”]*)”", row.header)
            n_told += check_impact(comparison, option, row, [rates[title] for title in titles], lang)
    return n_told


def check_impact(comparison, option, row, rates, lang):
    """Hold a row of the table of an option against its indicator, or against the award rates of the groups it names."""
    item = rates[0] if rates else option.indicators[named(row.header, comparison, lang)]
    factor = 100 if rates else unit_factor(item.name)
    levels = [rate.value for rate in rates] or [item.value, None if item.value is None else item.lawful_best]
    changes = []
    if option.id != comparison.baseline_option and item.value is not None and item.difference is not None:
        of_line = rates or [item]
        differences = [each.difference for each in of_line]
        changes = [min(differences), max(differences), min(each.difference_low for each in of_line), max(each.difference_high for each in of_line)]
    known = [number for number in levels if number is not None]
    written, of_change = [each for cell in row.cells[:2] for each in read(cell, lang)], [each for cell in row.cells[2:3] for each in read(cell, lang)]
    if rates and len(written) == 1:  # groups whose rates read alike
        written *= len(known)
    if is_nothing(*changes):
        changes = changes[:1]
    elif changes:
        changes[2:] = ends_told(row.cells[2], *changes[2:], factor, lang)
    if len(of_change) == len(changes) - 1:  # one change, and the interval of all
        of_change.insert(0, of_change[0])
    assert len(written) == len(known), row
    assert len(of_change) == len(changes), row
    pairs = [*zip(written, known, strict=True), *zip(of_change, changes, strict=True)]
    assert all(each.says(number, factor) for each, number in pairs), (row, known, changes)
    return len(known) + len(changes)


def check_results(comparison, lang):
    (table,) = [block.table for block in pages_of(comparison, lang).results().blocks if block.block == "table"]
    n_told = 0
    for group in table.groups:
        name = named(group.title, comparison, lang)
        for option, row in zip(comparison.options, group.rows, strict=True):
            item, factor = option.indicators[name], unit_factor(name)
            numbers = [item.value, item.lawful_best]
            if option.id != comparison.baseline_option:
                ends = (item.difference_low, item.difference_high)
                has_interval = None not in ends and not is_nothing(*ends)
                numbers += [item.difference, *(ends_told(row.cells[2], *ends, factor, lang) if has_interval else ())]
                for cell, part in zip(row.cells[3:], (item.by_rule, item.by_practice), strict=False):
                    has_interval = part.value is not None and not is_nothing(part.value, part.low, part.high)
                    numbers += [part.value, *(ends_told(cell, part.low, part.high, factor, lang) if has_interval else ())]
            written = [each for cell in row.cells for each in read(cell, lang)]
            known = [number for number in numbers if number is not None]
            assert len(written) == len(known), (group.title, row)
            assert all(each.says(number, factor) for each, number in zip(written, known, strict=True)), (group.title, row, known)
            n_told += len(known)
    return n_told


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("comparison", [specimen_comparison(), with_costs(), of_collectives()], ids=["specimen", "with costs", "collectives"])
def test_every_number_read_back_is_the_number_of_the_data(comparison, lang, monkeypatch):
    monkeypatch.setattr(scenario_pages, "draw_comparisons", lambda *_: [Drawing("figure", lang, Figure(), "", "", "")])
    assert check_front(comparison, lang) >= 3
    assert check_impacts(comparison, lang) >= 20
    assert check_results(replace(comparison, options=[without_money(option) for option in comparison.options]), lang) >= 100


def without_money(option):
    return replace(option, indicators={name: item for name, item in option.indicators.items() if name != "cost_vnd"})


SOME = st.floats(-0.9, 0.9, allow_nan=False).map(lambda number: round(number, 6))


@st.composite
def comparisons(draw):
    """Draw comparisons of the specimen's shape with other numbers, some of them undefined, some intervals narrow, some differences nothing."""
    comparison = specimen_comparison()
    options = []
    for option in comparison.options:
        indicators = {}
        for name, item in option.indicators.items():
            value, best, difference = draw(SOME), draw(st.none() | SOME), 0.0
            half = 0.0
            if option.id != comparison.baseline_option:
                difference, half = draw(st.none() | st.just(0.0) | SOME), draw(st.sampled_from([0.0, 1e-5, 0.004, 0.07]))
            ends = (None, None) if difference is None else (difference - half, difference + half)
            fields = {"difference": difference, "difference_low": ends[0], "difference_high": ends[1], "verdict": draw(st.sampled_from(VERDICTS))}
            parts = {
                name: Estimate(number, number - half, number + half, 20) for name, number in (("by_rule", draw(SOME)), ("by_practice", draw(SOME)))
            }
            parts |= dict.fromkeys(parts, Estimate(None, None, None, 0, "caveat.undefined")) if best is None else {}
            indicators[name] = replace(item, value=value, low=value - 0.01, high=value + 0.01, lawful_best=best, **parts, **fields)
        options.append(replace(option, indicators=indicators))
    return replace(comparison, options=options)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(comparison=comparisons(), lang=st.sampled_from(["vi", "en"]))
def test_whatever_the_data_every_number_read_back_is_theirs(comparison, lang, monkeypatch):
    monkeypatch.setattr(scenario_pages, "draw_comparisons", lambda *_: [Drawing("figure", lang, Figure(), "", "", "")])
    check_front(comparison, lang)
    check_impacts(comparison, lang)
    check_results(comparison, lang)


def test_a_report_without_any_date_leaves_a_line_to_write_it_on():
    assert "Ngày … tháng … năm …" in words(pages_of(replace(specimen_comparison(), as_of=""), "vi").front())
    assert "Ngày … tháng" not in words(pages_of(specimen_comparison(), "vi").front())


def test_the_main_results_tell_what_the_question_asks_about():
    asked = replace(specimen_comparison(), asked=["direct_worker_share"])
    tables = [[block.table for block in pages_of(each, "vi").front().blocks if block.block == "table"] for each in (asked, specimen_comparison())]
    first, usual = ([row.header for row in table.groups[0].rows] for (table,) in tables)
    assert first[0].startswith("Tỷ lệ người lao động trực tiếp trong số được khen")  # first, for it is what was asked
    assert first[1:] == usual


def test_a_report_on_collectives_speaks_of_collectives():
    pages = pages_of(of_collectives(), "vi")
    text = " ".join(words(getattr(pages, name)()) for name in ("options", "mix", "limits", "annex"))
    assert "20.000 người" not in text.replace("(gồm 20.000 người)", "")
    assert "những người khác" not in text
    assert "Đối tượng được xét là tập thể" in text


# --- verdicts under every structure of behaviour ---------------------------------------------------------------------------------


def turned(comparison):
    """Turn every difference of a comparison round."""
    options = [
        replace(option, indicators={name: replace(item, difference=-(item.difference or 0.0)) for name, item in option.indicators.items()})
        for option in comparison.options
    ]
    return replace(comparison, options=options)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_opposite_signs_under_other_structures_leave_no_clear_verdict_anywhere(lang):
    comparison = specimen_comparison()
    structures = lay_side_by_side({name: comparison if name == "weighted" else turned(comparison) for name in STRUCTURES})
    pages = ScenarioPages(replace(evidence_of(comparison, lang=lang), structures=structures), lang)
    alone, differs = {"vi": ("rõ (do", "khác nhau giữa các giả thuyết hành vi"), "en": ("clear (", "differs between hypotheses")}[lang]
    sections = {name: getattr(pages, name)() for name in ("front", "impacts", "results", "annex")}
    for name, section in sections.items():
        assert alone in words(getattr(pages_of(comparison, lang), name)())
        assert not re.search(rf"(?<!not ){re.escape(alone)}", words(section).replace("(differs", "")), name
        assert differs in words(section)
    (figure,) = [block for block in sections["results"].blocks if block.block == "figure"]
    assert {"vi": "chưa đủ căn cứ vì khác nhau", "en": "not clear because they differ"}[lang] in figure.says
    assert "--structures" not in words(pages.assumptions())
    assert "--structures" in words(pages_of(comparison, lang).assumptions())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_heads_of_columns_begin_with_a_large_letter(lang):
    comparison = with_ladders(STEEP, FLAT)
    pages = pages_of(replace(comparison, asked=["leader_share"]), lang)
    blocks = [block for name in ORDER if (section := getattr(pages, name)()) is not None for block in section.blocks]
    tables = [table for block in blocks for table in ([block.table] if block.block == "table" else getattr(block, "data", []))]
    assert len(tables) > 8
    assert [head for table in tables for head in table.columns if head[:1].islower()] == []


def test_what_real_lists_will_show_stands_after_the_limits_where_it_was_tried():
    evidence = evidence_of()
    assert [block.block for block in ScenarioPages(evidence, "vi").limits().blocks] == ["bullets"]
    shown = ScenarioPages(replace(evidence, power=power()), "vi").limits()
    assert [block.block for block in shown.blocks] == ["bullets", "paragraph", "paragraph", "table", "figure", "figure", "paragraph"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_of_one_option_alone_no_difference_is_drawn(lang):
    comparison = specimen_comparison()
    alone = replace(comparison, options=comparison.options[:1], clauses=[])
    several, one = (ScenarioPages(replace(evidence_of(), comparison=each), lang).results().blocks for each in (comparison, alone))
    assert [block.block for block in several].count("figure") == 1
    assert "figure" not in [block.block for block in one]
    assert translate("figure.comparison.nothing", lang) in [block.text for block in one if block.block == "paragraph"]
    front = ScenarioPages(replace(evidence_of(), comparison=alone), lang).front().blocks
    (table,) = [block.table for block in front if block.block == "table"]
    assert table.notes == (translate("table.headline.note.elsewhere", lang),)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_undefined_everywhere_is_named_once_in_the_annex(lang):
    comparison = specimen_comparison()
    gone = {"value": None, "lawful_best": None, "difference": None, "difference_low": None, "difference_high": None}
    options = [
        replace(option, indicators={**option.indicators, "gini": replace(option.indicators["award_rate"], name="gini", **gone)})
        for option in comparison.options
    ]
    blocks = ScenarioPages(replace(evidence_of(), comparison=replace(comparison, options=options)), lang).annex().blocks
    told = [block.text for block in blocks if block.block == "paragraph"]
    assert translate("report.annex.undefined", lang, indicators=indicator_name("gini", lang)) in told


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_text_ends_in_words_whatever_was_studied(lang):
    for evidence in (evidence_of(), replace(evidence_of(), power=power())):
        last = ScenarioPages(evidence, lang).limits().blocks[-1]
        assert last.block in {"bullets", "paragraph"}
        assert (last.items[-1] if last.block == "bullets" else last.text) == translate("report.limits.answer", lang)
