"""The main quantities of all options, side by side."""

from __future__ import annotations

import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.results.paperwork_brief import BRIEF, brief_table
from simulator.presentation.results.paperwork_table import paperwork_tables, quantity_table
from tests.presentation.results.paperwork_specimen import paperwork, paperwork_of_a_set

STEPS = {"dossiers": (130.0, 20.0), "council_hours": (-420.0, 10.0, "clear"), "total_vnd": (0.46e9, 0.03e9, "not clear")}


def cells(table):
    return {row.header: row.cells for group in table.groups for row in group.rows}


def test_each_option_has_value_difference_interval_and_verdict_beside_the_baseline():
    table = brief_table(paperwork(**STEPS), "vi")
    assert table.columns == ("Nội dung", "Giữ nguyên", "Kế hoạch")
    told = cells(table)
    assert told["Số hồ sơ – kết quả mô phỏng"] == ("14.300", "14.430\n+130\n[+110;\u00a0+150]\nnhỏ")
    assert told["Giờ họp hội đồng – theo quy định và giả định"][1].endswith("rõ")
    assert told["Tổng chi phí – theo quy định và giả định"][1].splitlines()[1:] == [
        "+460\u00a0triệu đồng",
        "[+430;\u00a0+490]",
        "tăng, chưa chắc đạt ngưỡng",
    ]
    assert told["Số chữ ký – theo quy định và giả định"][1] == f"{told['Số chữ ký – theo quy định và giả định'][0]}\nkhông đổi"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_tells_files_and_money_and_names_the_table_of_all_quantities(lang):
    told = paperwork(**STEPS)
    brief, whole = brief_table(told, lang), quantity_table(told, lang)
    assert {"dossiers", "total_vnd"} <= set(BRIEF)
    assert set(cells(brief)) <= {group.title for group in whole.groups}
    assert whole.caption in brief.notes[0]
    assert brief.is_simulated
    assert translate("paperwork.note.beside", lang) in brief.notes[1], "another number of people gives other amounts than the comparison"
    assert brief.notes[1].startswith(whole.notes[0])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_column_of_the_tables_begins_with_a_capital(lang):
    tables = [brief_table(paperwork(), lang), *paperwork_tables(paperwork(), lang), *paperwork_tables(paperwork_of_a_set(), lang)]
    assert [column for table in tables for column in table.columns if column[0].islower()] == []
