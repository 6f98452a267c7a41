from __future__ import annotations

import base64
import io
import re
import tempfile

import openpyxl
import pytest

from simulator.indicators.measurement import measure
from simulator.presentation.i18n import translate
from simulator.presentation.registers.measurement_table import measurement_table
from simulator.presentation.style import Drawing
from simulator.rules.award_names import award_title
from simulator.widgets.drafting.state import State
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.measuring_panel import REGISTER, MeasuringPanel
from simulator.workbook.registers import read_register
from simulator.workspace import find_workspace
from tests.reporting.pictures import blank
from tests.widgets.workbench.handed_lists import AWARD, NAME, as_csv, handed, nominees, register


@pytest.fixture
def panel(monkeypatch):
    """Give a panel whose pictures are blank: to write them down takes longer than to measure a small list."""
    monkeypatch.setattr(Drawing, "to_svg", blank)
    alarm = Alarm("vi")
    panel = MeasuringPanel(State(find_workspace(), "decree-91"), "vi", alarm)
    yield panel
    assert alarm.label.value == ""


def test_a_register_says_what_the_command_says_with_its_pictures(panel, tmp_path, monkeypatch):
    monkeypatch.undo()
    handed(panel.uploads["register"], "ds.csv", register())
    (tmp_path / "ds.csv").write_bytes(register())
    measured = measure(read_register(tmp_path / "ds.csv"))
    assert panel.measurement.to_json() == measured.to_json()
    assert measurement_table(measured, "vi", award_title(AWARD, find_workspace())).to_html() in panel.results.value
    assert '<svg class="figure"' in panel.results.value
    assert "<path" in panel.results.value
    assert panel.status.value == ""


def test_what_takes_long_is_told_while_it_lasts(panel, monkeypatch):
    seen = []
    panel.status.observe(lambda change: seen.append(change["new"]), names="value")
    monkeypatch.setattr("simulator.presentation.terminal._WORTH_TELLING", 0)
    handed(panel.uploads["register"], "ds.csv", register())
    told = [each for each in seen if "nhóm chỉ số" in each]
    assert len(told) > 2
    assert "còn khoảng" in told[0]
    assert panel.status.value == ""


def test_a_wrong_register_is_refused_and_shows_no_results(panel):
    handed(panel.uploads["register"], "ds.csv", register())
    handed(panel.uploads["register"], "sai.csv", as_csv(nominees()))
    assert "Cần sửa. Dòng 2: Thiếu cột Danh hiệu, hình thức khen thưởng (award)" in panel.status.value
    assert "<small>(RG404)</small>" in panel.status.value
    handed(panel.uploads["register"], "sai.csv", b"Ghi;Gi\n1;2\n")
    assert "<small>(RG427)</small>" in panel.status.value
    assert NAME not in panel.status.value
    assert tempfile.gettempdir() not in panel.status.value
    assert (panel.results.value, panel.measurement) == ("", None)


def test_of_a_register_the_button_refuses_no_result_is_shown(panel):
    handed(panel.uploads["register"], "ds.csv", register())
    handed(panel.uploads["register"], "ds.xlsm", register())
    assert "WB504" in panel.uploads["register"].said.value
    assert (panel.results.value, panel.measurement, panel.again.disabled) == ("", None, True)
    assert panel.uploads["register"].button.value == ()


def test_winners_need_head_counts_which_are_handed_over_beside_them(panel):
    rows = [["year", "unit_id", "member_id", "role", "award"], *([year, "u1", f"m{year % 3}", "direct", AWARD] for year in range(2018, 2025))]
    counts = [["year", "unit_id", "role", "n_members"], *([year, "u1", "direct", 9] for year in range(2018, 2025))]
    handed(panel.uploads["headcount"], "so-nguoi.csv", as_csv(counts))
    assert panel.measurement is None
    handed(panel.uploads["register"], "ds.csv", as_csv(rows))
    assert panel.measurement.n_awards == 7
    assert panel.measurement.indicators["award_rate"].value == pytest.approx(1 / 9)
    assert "bảng số người – tệp đã chọn (.csv, " in panel.held.value


def test_small_numbers_are_hidden_where_that_is_asked(panel):
    handed(panel.uploads["register"], "ds.csv", register(n_units=1, n_members=4))
    shown = panel.measurement.to_json()
    panel.anonymous.value = True
    panel.again.click()
    assert panel.measurement.to_json() != shown


def test_an_award_that_is_not_in_the_list_is_told(panel):
    panel.award.value = "no-such-award"
    handed(panel.uploads["register"], "ds.csv", register())
    assert "<small>(RG409)</small>" in panel.status.value
    panel.award.value = AWARD
    panel.again.click()
    assert panel.measurement is not None


def test_files_are_forgotten_when_somebody_says_so(panel):
    handed(panel.uploads["register"], "ds.csv", register())
    panel.forget.click()
    assert (panel.handed.get(REGISTER), panel.results.value, panel.again.disabled) == (None, "", True)


@pytest.mark.parametrize("lang", ["vi", pytest.param("en", marks=pytest.mark.deep)])
def test_the_sheet_to_fill_can_be_handed_back_as_each_of_the_three_files(lang, monkeypatch):
    monkeypatch.setattr(Drawing, "to_svg", blank)
    panel = MeasuringPanel(State(find_workspace(), "decree-91"), lang, Alarm(lang))
    panel.template.click()
    name = re.search(r'download="([^"]+)"', panel.form.value)[1]
    assert name == {"vi": "mau-danh-sach-khen-thuong.xlsx", "en": "award-list-to-fill.xlsx"}[lang]
    content = base64.b64decode(re.search(r"base64,([^\"]+)", panel.form.value)[1])
    handed(panel.uploads["register"], name, content)
    assert "<small>(RG403)</small>" in panel.status.value
    book = openpyxl.load_workbook(io.BytesIO(content))
    for kind, rows in {
        "register": [[year, "DV-A", f"CB{year % 3}", "", AWARD] for year in range(2018, 2025)],
        "headcount": [[year, "DV-A", "", 9] for year in range(2018, 2025)],
        "succession": [["DV-A", "DV-B", "2022"]],
    }.items():
        sheet = book[translate(f"sheet.{kind}", lang)]
        for line, row in enumerate(rows, 5):
            for place, value in enumerate(row, 1):
                sheet.cell(line, place).value = value or translate("register.word.direct", lang).partition("|")[0].strip()
    stream = io.BytesIO()
    book.save(stream)
    handed(panel.uploads["register"], name, stream.getvalue())
    assert panel.status.value.count("<small>(RG454)</small>") == 2
    assert panel.measurement.indicators["award_rate"].value == pytest.approx(1 / 9)
    for button in ("headcount", "succession"):
        handed(panel.uploads[button], name, stream.getvalue())
    assert panel.measurement.indicators["award_rate"].value == pytest.approx(1 / 9)
    assert "RG" not in panel.status.value


def test_what_is_wrong_with_one_of_three_files_names_it(panel):
    handed(panel.uploads["headcount"], "Nguyễn Thị Bí Mật.csv", as_csv([["year", "unit_id", "role", "n_members"], [2018, "u1", "direct", "Bí Mật"]]))
    handed(panel.uploads["register"], "ds.csv", register())
    assert "Cần sửa. Bảng số người, dòng 2: Cột Số người (n_members) ghi “…”" in panel.status.value
    assert "Mật" not in panel.status.value + panel.held.value


def test_a_list_of_winners_is_told_in_words_of_the_page(panel):
    rows = [["year", "unit_id", "member_id", "role", "award"], *([year, "u1", f"m{year % 3}", "direct", AWARD] for year in range(2018, 2025))]
    handed(panel.uploads["register"], "ds.csv", as_csv(rows))
    assert "Nên xem lại. Không năm nào" in panel.status.value
    assert "--" not in panel.status.value


def test_posts_that_were_taken_for_roles_are_told_beside_the_results(panel):
    handed(panel.uploads["register"], "ds.csv", register().replace(b"head", "Trưởng phòng".encode()))
    assert panel.measurement is not None
    assert "giả định “trưởng phòng” là cấp trưởng" in panel.status.value
    assert 'role="status"' in panel.status.value
