from __future__ import annotations

import tempfile

import pytest

from simulator.indicators.measurement import measure
from simulator.presentation.registers.measurement_table import measurement_table
from simulator.rules.award_names import award_title
from simulator.widgets.drafting.state import State
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.measuring_panel import REGISTER, MeasuringPanel
from simulator.workbook.registers import read_register
from simulator.workspace import find_workspace
from tests.widgets.workbench.handed_lists import AWARD, NAME, as_csv, handed, nominees, register


@pytest.fixture
def panel():
    alarm = Alarm("vi")
    panel = MeasuringPanel(State(find_workspace(), "decree-91"), "vi", alarm)
    yield panel
    assert alarm.label.value == ""


def test_a_register_says_what_the_command_says(panel, tmp_path):
    handed(panel.uploads["register"], "ds.csv", register())
    (tmp_path / "ds.csv").write_bytes(register())
    measured = measure(read_register(tmp_path / "ds.csv"))
    assert panel.measurement.to_json() == measured.to_json()
    assert measurement_table(measured, "vi", award_title(AWARD, find_workspace())).to_html() in panel.results.value
    assert "<svg" in panel.results.value
    assert panel.status.value == ""


def test_a_wrong_register_is_refused_and_shows_no_results(panel):
    handed(panel.uploads["register"], "ds.csv", register())
    handed(panel.uploads["register"], "sai.csv", as_csv(nominees()))
    assert "sai.csv:1: RG427 error" in panel.status.value
    assert NAME not in panel.status.value
    assert tempfile.gettempdir() not in panel.status.value
    assert (panel.results.value, panel.measurement) == ("", None)


def test_of_a_register_the_button_refuses_no_result_is_shown(panel):
    handed(panel.uploads["register"], "ds.csv", register())
    handed(panel.uploads["register"], "ds.xlsm", register())
    assert "WB504" in panel.uploads["register"].said.value
    assert (panel.results.value, panel.held.value, panel.measurement, panel.again.disabled) == ("", "", None, True)
    assert panel.uploads["register"].button.value == ()


def test_winners_need_head_counts_which_are_handed_over_beside_them(panel):
    rows = [["year", "unit_id", "member_id", "role", "award"], *([year, "u1", f"m{year % 3}", "direct", AWARD] for year in range(2018, 2025))]
    counts = [["year", "unit_id", "role", "n_members"], *([year, "u1", "direct", 9] for year in range(2018, 2025))]
    handed(panel.uploads["headcount"], "so-nguoi.csv", as_csv(counts))
    assert panel.measurement is None
    handed(panel.uploads["register"], "ds.csv", as_csv(rows))
    assert panel.measurement.n_awards == 7
    assert panel.measurement.indicators["award_rate"].value == pytest.approx(1 / 9)
    assert "so-nguoi.csv" in panel.held.value


def test_small_numbers_are_hidden_where_that_is_asked(panel):
    handed(panel.uploads["register"], "ds.csv", register(n_units=1, n_members=4))
    shown = panel.measurement.to_json()
    panel.anonymous.value = True
    panel.again.click()
    assert panel.measurement.to_json() != shown


def test_an_award_that_is_not_in_the_list_is_told(panel):
    panel.award.value = "no-such-award"
    handed(panel.uploads["register"], "ds.csv", register())
    assert "error" in panel.status.value
    panel.award.value = AWARD
    panel.again.click()
    assert panel.measurement is not None


def test_files_are_forgotten_when_somebody_says_so(panel):
    handed(panel.uploads["register"], "ds.csv", register())
    panel.forget.click()
    assert (panel.handed.get(REGISTER), panel.results.value, panel.held.value, panel.again.disabled) == (None, "", "", True)
