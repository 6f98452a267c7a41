from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.results_table import COLUMNS, results_table, split_difference
from simulator.presentation.tables import draw_table, shown_names
from tests.presentation.specimen import specimen_comparison


def rows_of(comparison, title, lang="vi"):
    return {row.header: row.cells for group in results_table(comparison, lang).groups if group.title.startswith(title) for row in group.rows}


def test_each_option_is_a_row_with_the_lawful_best_and_the_two_parts_of_its_difference():
    rows = rows_of(specimen_comparison(), "Mức độ biểu hiện luân phiên")
    assert rows["Giữ nguyên quy định"] == ("0,21", "0,02", "–", "–", "–", "phương án đối chiếu")
    assert rows["Thêm Công văn 3959"] == ("0,13", "0,02", "−0,08\n[−0,09;\u00a0−0,08]", "0,00", "−0,08", "rõ (do giả định)")


def test_a_difference_is_the_sum_of_its_parts():
    comparison = specimen_comparison()
    reference = comparison.option("keep-as-is").indicators["leader_share"]
    item = replace(comparison.option("both").indicators["leader_share"], lawful_best=0.10)
    by_rule, by_practice = split_difference(item, reference)
    assert by_rule == pytest.approx(0.10 - reference.lawful_best)
    assert by_rule + by_practice == pytest.approx(item.difference)
    assert split_difference(replace(item, lawful_best=None), reference) == (None, None)


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
