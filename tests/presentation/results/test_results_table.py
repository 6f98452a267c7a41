from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.results.comparison import Estimate
from simulator.presentation.results.results_table import COLUMNS, results_table
from simulator.presentation.results.tables import draw_table, shown_names
from tests.presentation.specimen import specimen_comparison


def rows_of(comparison, title, lang="vi"):
    return {row.header: row.cells for group in results_table(comparison, lang).groups if group.title.startswith(title) for row in group.rows}


def test_each_option_is_a_row_with_the_lawful_best_and_the_two_parts_of_its_difference():
    rows = rows_of(specimen_comparison(), "Mức độ biểu hiện luân phiên")
    assert rows["Giữ nguyên quy định"] == ("0,21", "0,02", "–", "–", "–", "phương án đối chiếu")
    assert rows["Thêm Công văn 3959"] == ("0,13", "0,02", "−0,08\n[−0,09;\u00a0−0,08]", "0,00", "−0,08\n[−0,09;\u00a0−0,08]", "rõ (do giả định)")


@pytest.mark.parametrize(
    ("part", "cell"),
    [
        (None, "–"),
        (Estimate(None, None, None, 0, "caveat.undefined"), "–"),
        (Estimate(0.0, 0.0, 0.0, 20), "0,00"),
        (Estimate(0.0, -0.01, 0.01, 20), "0,00\n[−0,01;\u00a0+0,01]"),
        (Estimate(-0.08, None, None, 1), "−0,08"),
        (Estimate(-0.08, -0.1, -0.06, 20), "−0,08\n[−0,10;\u00a0−0,06]"),
    ],
)
def test_parts_have_intervals_of_their_own_and_are_undefined_where_they_are(part, cell):
    comparison = specimen_comparison()
    option = comparison.option("letter-3959")
    for place, name in ((3, "by_rule"), (4, "by_practice")):
        item = replace(option.indicators["turn_taking_index"], **{name: part})
        changed = replace(option, indicators=option.indicators | {"turn_taking_index": item})
        options = [changed if each is option else each for each in comparison.options]
        assert rows_of(replace(comparison, options=options), "Mức độ biểu hiện luân phiên")["Thêm Công văn 3959"][place] == cell


def test_however_many_options_there_are_the_table_stays_as_wide():
    comparison = specimen_comparison()
    more = [replace(comparison.options[1], id=f"more-{k}", title={"vi": f"Thêm {k}", "en": f"More {k}"}) for k in range(5)]
    wide = replace(comparison, options=[*comparison.options, *more])
    assert len(results_table(wide, "vi").columns) == len(COLUMNS) == 7
    assert len(rows_of(wide, "Mức độ biểu hiện luân phiên")) == 9


def test_it_shows_what_the_main_table_shows_and_explains_the_same():
    comparison = specimen_comparison()
    table = results_table(comparison, "vi")
    assert len(table.groups) == len(shown_names(comparison)) == len(draw_table(comparison, "vi").groups)
    assert "Phần do quy định" in table.notes[0]
    assert set(draw_table(comparison, "vi").notes) >= set(table.notes[2:])
    assert not any("mức tối đa với chất lượng thẩm định" in note for note in table.notes)
    assert not any("--json" in note for note in table.notes)
