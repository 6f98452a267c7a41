"""Several simulated histories side by side."""

from __future__ import annotations

import pytest

from simulator.indicators.measurement import Measured
from simulator.presentation.registers.measurements_beside import SHOWN, draw_measurements
from tests.presentation.measured import measurement


@pytest.fixture
def measured():
    less, more = Measured(0.1, 0.05, 0.15, 900), Measured(0.4, 0.35, 0.45, 900)
    return {"usual": measurement(turn_taking_index=less), "own": measurement(mix=(0.1, 0.8, 0.05, 0.05), turn_taking_index=more)}


def test_each_history_has_a_column(measured):
    table = draw_measurements(measured, "en")
    assert table.columns[1:] == ("usual", "own")
    rows = {row.header: [cell.replace("\u00a0", " ") for cell in row.cells] for group in table.groups for row in group.rows}
    assert rows["Turn-taking index"] == ["0.10 [0.05; 0.15]", "0.40 [0.35; 0.45]"]
    assert [cells[0] for cells in rows["By turn"]] == ["2", "8"]
    assert rows["Agreement of awards with merit"] == ["undefined"] * 2
    assert len(table.groups[0].rows) == len(SHOWN)
    assert len(table.groups[1].rows) == 4


@pytest.mark.parametrize(("lang", "words"), [("vi", "kết quả mô phỏng, không phải số liệu thống kê"), ("en", "simulated results, not statistics")])
def test_it_says_that_it_is_simulated_and_that_one_replication_is_no_proof(measured, lang, words):
    table = draw_measurements(measured, lang)
    assert words in table.to_text()
    assert len(table.notes) == 1
