from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.results.comparison import PhaseUsed, RunFailure
from simulator.presentation.results.describing import describe_allocation_mix
from simulator.presentation.results.tables import by_year_tables, draw_table, mix_table
from simulator.presentation.table_layout import display_width
from simulator.presentation.wording import indicator_name, sentence_case
from tests.presentation.specimen import specimen_comparison


def rows_of(table, title):
    return {row.header: row.cells for group in table.groups if group.title == title for row in group.rows}


def test_the_main_table_says_value_lawful_best_difference_and_verdict():
    rows = rows_of(draw_table(specimen_comparison(), "vi"), "Mức độ biểu hiện luân phiên")
    assert rows["giá trị"] == ("0,21", "0,22", "0,13", "0,14")
    assert rows["khi áp dụng đúng"] == ("0,02",) * 4
    assert rows["chênh lệch"] == ("0", "+0,004 [−0,002;\u00a0+0,010]", "−0,08 [−0,09;\u00a0−0,08]", "−0,08 [−0,09;\u00a0−0,07]")
    assert rows["đánh giá"] == ("phương án đối chiếu", "nhỏ (do hành vi)", "rõ (do giả định)", "rõ (do giả định)")


def test_a_structure_or_learning_of_ones_own_is_told_in_the_last_line():
    comparison = specimen_comparison()
    assert not any("Cấu trúc hành vi" in note for note in draw_table(comparison, "vi").notes)
    for changes, words in (
        ({"structure": "near-ties"}, "Rút kinh nghiệm qua các năm: không"),
        ({"learning": True}, "Rút kinh nghiệm qua các năm: có"),
    ):
        last = draw_table(replace(comparison, **changes), "vi").notes[-1]
        assert last.startswith("Cấu trúc hành vi: “")
        assert words in last


def test_few_replications_and_rules_beyond_the_last_year_are_told_before_all_else():
    comparison = specimen_comparison()
    late = replace(comparison.options[1], phases=[PhaseUsed(comparison.years[-1] + 2, "law-2022")])
    notes = draw_table(replace(comparison, replications=4, options=[comparison.options[0], late, *comparison.options[2:]]), "vi").notes
    assert notes[0].startswith("Chỉ có 4 lượt mô phỏng")
    assert notes[1].startswith(f"Không mô phỏng quy định áp dụng từ năm thứ {comparison.years[-1] + 2}")
    many = draw_table(replace(comparison, replications=8), "vi").notes
    assert not any(note.startswith(("Chỉ có", "Không mô phỏng")) for note in many)


def test_what_the_question_is_about_is_printed_whatever_it_shows():
    comparison = specimen_comparison()
    options = [replace(option, indicators=option.indicators | {"fill_rate": option.indicators["award_rate"]}) for option in comparison.options]
    comparison = replace(comparison, options=options)
    title = sentence_case(indicator_name("fill_rate", "vi"))
    assert not any(group.title == title for group in draw_table(comparison, "vi").groups)
    assert any(group.title == title for group in draw_table(replace(comparison, asked=["fill_rate"]), "vi").groups)


def test_units_stand_in_the_row_headers():
    rows = rows_of(draw_table(specimen_comparison(), "vi"), "Tỷ lệ lãnh đạo, quản lý trong số được khen")
    assert rows["giá trị (%)"][0] == "31,2"
    assert rows["chênh lệch (điểm %)"][1] == "−7,1 [−7,4;\u00a0−6,8]"


def test_the_most_that_appraisal_allows_stands_before_what_no_error_of_appraisal_would_give():
    rows = rows_of(draw_table(specimen_comparison(), "en"), "Agreement of awards with merit")
    assert rows["most with the present quality of appraisal"] == ("0.41", "0.41", "0.44", "0.44")
    assert list(rows)[:3] == ["value", "most with the present quality of appraisal", "lawful best"]
    assert list(rows_of(draw_table(specimen_comparison(), "vi"), "Mức phù hợp giữa khen thưởng và thành tích"))[1].startswith(
        "mức tối đa với chất lượng"
    )


def test_collectives_are_no_people_and_their_baseline_has_its_own_title():
    comparison = specimen_comparison()
    of_collectives = replace(
        comparison, options=[replace(option, by_group={"unit_kind": option.by_group["unit_kind"]}) for option in comparison.options]
    )
    for drawn, is_there, is_not in ((of_collectives, "tập thể", "người"), (comparison, "người", "tập thể")):
        table = draw_table(drawn, "vi")
        assert f"Mức giảm khả năng được khen của {is_there} vừa được khen" in [group.title for group in table.groups]
        (best,) = [note for note in table.notes if note.startswith("Khi áp dụng đúng")]
        assert f"những {is_there} có thành tích cao nhất" in best
        assert f"những {is_not}" not in best
    options = [
        replace(option, indicators=option.indicators | {"gini": replace(option.indicators["award_rate"], verdict="small")})
        for option in comparison.options
    ]
    (others,) = [note for note in draw_table(replace(comparison, options=options), "vi").notes if note.startswith("Các chỉ số khác")]
    assert "so với phương án “Giữ nguyên quy định”" in others


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_four_options_fit_a_terminal(lang):
    text = draw_table(specimen_comparison(), lang).to_text()
    assert max(display_width(line) for line in text.splitlines()) <= 110


def test_the_baseline_among_options_differs_by_exactly_nothing():
    table = draw_table(specimen_comparison(), "vi")
    for group in table.groups:
        differences = [row.cells[0] for row in group.rows if row.header.startswith("chênh lệch")]
        assert differences == ["0"]


def test_a_baseline_that_differs_from_itself_is_not_hidden():
    comparison = specimen_comparison()
    first = comparison.options[0]
    wrong = replace(first.indicators["award_rate"], difference=0.3)
    broken = replace(comparison, options=[replace(first, indicators={**first.indicators, "award_rate": wrong}), *comparison.options[1:]])
    assert "+30,0" in draw_table(broken, "vi").to_text()


def test_what_is_unknown_is_said_with_its_caveat():
    comparison = specimen_comparison()
    option = comparison.options[1]
    unknown = replace(option.indicators["excess_inflation"], value=None, difference=None, caveat="caveat.undefined")
    options = [comparison.options[0], replace(option, indicators={**option.indicators, "excess_inflation": unknown}), *comparison.options[2:]]
    table = draw_table(replace(comparison, options=options), "vi")
    rows = rows_of(table, "Mức tăng khen thưởng vượt mức tăng thành tích")
    assert rows["giá trị (%/năm)"][1] == "không xác định"
    assert rows["chênh lệch (điểm %/năm)"][1] == "không xác định"
    assert "Mức tăng khen thưởng vượt mức tăng thành tích: không xác định được với dữ liệu này." in table.notes


def test_the_margins_are_given_in_numbers():
    notes = draw_table(specimen_comparison(), "vi").notes
    (margins,) = [note for note in notes if note.startswith("Ngưỡng đáng kể: ")]
    assert margins == (
        "Ngưỡng đáng kể: 0,05 đối với mức độ biểu hiện luân phiên, 0,03 đối với mức phù hợp giữa khen thưởng và thành tích; 2\u00a0điểm %, "
        "riêng chênh lệch tỷ lệ được khen giữa lãnh đạo, quản lý và người lao động trực tiếp khi thành tích tương đương là 5\u00a0điểm %; "
        "2\u00a0điểm %/năm."
    )
    assert "Số liệu đã làm tròn nên có thể lệch nhau ở chữ số cuối." in notes


def test_failed_runs_are_owned_up_to():
    comparison = replace(specimen_comparison(), failures=[RunFailure("both", 3, "x")])
    assert "Có 1 lượt mô phỏng không hoàn thành" in draw_table(comparison, "vi").to_text()
    assert "không hoàn thành" not in draw_table(specimen_comparison(), "vi").to_text()


@pytest.mark.parametrize(
    ("share", "is_said"), [(-0.01, True), (-0.005, True), (-0.0049, False), (0.0, False), (1.0, False), (1.0049, False), (1.006, True)]
)
def test_a_share_that_reads_below_zero_or_above_a_hundred_is_explained_in_words(share, is_said):
    comparison = specimen_comparison()
    mix = {name: replace(part, value=0.2) for name, part in comparison.options[0].allocation_mix.items()}
    options = [replace(option, allocation_mix=mix) for option in comparison.options]
    options[-1] = replace(options[-1], allocation_mix=mix | {"post": replace(mix["post"], value=share)})
    changed = replace(comparison, options=options)
    for lang, words in (("vi", "Tỷ lệ dưới 0 hoặc trên 100 không phải là lỗi"), ("en", "A share below 0 or above 100 is no mistake")):
        assert any(note.startswith(words) for note in mix_table(changed, lang).notes) == is_said
        assert (words in describe_allocation_mix(changed, lang)) == is_said


def test_every_simulated_table_says_so():
    comparison = specimen_comparison()
    for table in (draw_table(comparison), mix_table(comparison, "vi"), *by_year_tables(comparison, "vi")):
        assert table.is_simulated


def test_the_numbers_behind_the_figures_are_given():
    assert mix_table(specimen_comparison(), "vi").groups[0].rows[0].cells[0] == "36 [34;\u00a038]"
    tables = by_year_tables(specimen_comparison(), "en")
    assert len(tables) == 3
    assert [row.header for row in tables[0].groups[0].rows] == [str(year) for year in range(1, 11)]
    assert tables[2].caption.endswith("in all since year 0 (%)")


def test_a_commendation_is_not_called_a_title():
    certificate = {"vi": "Bằng khen của Chủ tịch Ủy ban nhân dân cấp tỉnh", "en": "Certificate of Merit"}
    for draw in (draw_table, mix_table):
        assert "danh hiệu “Chiến sĩ thi đua cơ sở”" in draw(specimen_comparison(), "vi").caption
        assert "hình thức khen thưởng “Bằng khen của" in draw(replace(specimen_comparison(), focus_award_title=certificate), "vi").caption


@pytest.mark.parametrize(("low", "high", "is_told"), [(-0.3, 0.6, False), (-0.32, 0.0, True), (0.0, 0.7, True)])
def test_an_interval_that_leaves_less_than_nothing_of_a_share_or_more_than_all_is_told(low, high, is_told):
    comparison = specimen_comparison()
    first, option, *others = comparison.options
    item = replace(option.indicators["leader_share"], value=0.302, difference=-0.01, difference_low=low, difference_high=high)  # .312 before
    changed = replace(option, indicators={**option.indicators, "leader_share": item})
    notes = draw_table(replace(comparison, options=[first, changed, *others]), "en").notes
    assert any("beyond what the share can be" in note for note in notes) == is_told
    assert not any("beyond what the share can be" in note for note in draw_table(comparison, "en").notes)
