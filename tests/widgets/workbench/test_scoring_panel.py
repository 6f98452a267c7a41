from __future__ import annotations

import base64
import html
import io
import re
import tempfile

import openpyxl
import pytest

from simulator.presentation.scores.scores import ROWS_SHOWN
from simulator.widgets.drafting.state import State
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.scoring_panel import LIST, ScoringPanel
from simulator.workspace import find_workspace
from tests.widgets.workbench.handed_lists import AWARD, NAME, QUOTA, YEAR, as_csv, as_xlsx, handed, nominees, with_macros


class Bench:
    """A panel with its state and its alarm."""

    def __init__(self, lang="vi", handed_before=None):
        self.state, self.alarm = State(find_workspace(), "decree-91"), Alarm(lang)
        self.panel = ScoringPanel(self.state, lang, self.alarm, handed_before)
        self.panel.show(self.state.draft)

    def turn(self, share):
        self.state.turn(QUOTA, "share", share)
        self.panel.show(self.state.draft)


@pytest.fixture
def bench():
    bench = Bench()
    yield bench
    assert bench.alarm.trace == ""


def linked(html):
    return base64.b64decode(re.search(r"base64,([^\"]+)", html)[1])


@pytest.mark.parametrize(("name", "content"), [("ds.csv", as_csv(nominees())), ("ds.xlsx", as_xlsx(nominees()))])
def test_a_list_is_scored_by_the_draft_as_it_stands(bench, name, content):
    bench.turn(0.0)
    handed(bench.panel.upload, name, content)
    assert {str(word) for word in bench.panel.scores.result().considered} == {
        "outside the quota"
    } or bench.panel.scores.result().places.n_places.tolist() == [0]
    assert f"{NAME} 1, CB01" in bench.panel.table.value
    assert bench.panel.results.layout.display == ""


def test_rows_that_are_not_shown_are_counted_and_had_by_a_button_not_by_a_command(bench):
    handed(bench.panel.upload, "ds.csv", as_csv(nominees(ROWS_SHOWN + 3)))
    assert f"Còn 3 dòng không hiện ở đây; nút “{bench.panel.book.description}”" in html.unescape(bench.panel.table.value)
    assert not re.search(r"\s--?\w", re.sub(r"<[^>]*>", "", bench.panel.table.value))


def test_who_stands_differently_is_told_only_when_something_is_changed(bench):
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()))
    assert "<table" not in bench.panel.changed.value
    bench.turn(1.0)
    assert "Chấm lại" in bench.panel.status.value
    bench.panel.again.click()
    assert "12 trên 12 kết quả thay đổi" in bench.panel.changed.value
    assert "số suất: 2" in bench.panel.changed.value
    assert "Chấm lại" not in bench.panel.status.value


def test_reasons_are_told_for_whom_one_asks(bench):
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()))
    assert bench.panel.asked.reasons.value == ""
    bench.panel.asked.who.value = bench.panel.asked.who.options[3][1]
    assert "CB03" in bench.panel.asked.reasons.value
    assert "khoản 3 Điều 2" in bench.panel.asked.reasons.value
    bench.panel.asked.who.value = 0
    assert bench.panel.asked.reasons.value == ""


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", with_macros(as_xlsx(nominees())), "WB504"),
        ("a.xlsx", b"%PDF-1.7", "WB507"),
        ("a.csv", b"", "WB502"),
        ("a.csv", as_csv(nominees(without=f"rating:{YEAR}")), "WB514"),
        ("MẬT - a.csv", as_csv(nominees()), "WB510"),
    ],
)
def test_a_wrong_list_is_refused_as_the_program_refuses_it(bench, name, content, code):
    handed(bench.panel.upload, "good.csv", as_csv(nominees()))
    handed(bench.panel.upload, name, content)
    said = bench.panel.status.value + bench.panel.upload.said.value
    assert re.search(rf'<li class="tieuchi-error">Cần sửa\. .+ <small>\({code}\)</small></li>', said)
    assert name.partition(".")[0] not in said.replace("a.", "") or name.startswith("a.")
    assert ("“Tải biểu mẫu danh sách” có đủ các cột này" in said) == (code == "WB514")
    assert NAME not in bench.panel.status.value
    assert tempfile.gettempdir() not in bench.panel.status.value
    assert (bench.panel.table.value, bench.panel.scores, bench.panel.results.layout.display) == ("", None, "none")


def test_a_list_that_does_not_say_its_year_is_of_the_year_on_the_page(bench):
    bench.panel.year.value = YEAR
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()[1:]))
    assert bench.panel.scores.roster.year == YEAR


def test_the_year_of_the_list_goes_before_that_of_the_page_and_is_said(bench):
    bench.panel.year.value = YEAR + 1
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()))
    assert bench.panel.scores.roster.year == YEAR
    assert f"chấm theo năm {YEAR}; năm xét {YEAR + 1}" in bench.panel.status.value
    bench.panel.year.value = YEAR
    bench.panel.again.click()
    assert "chấm theo năm" not in bench.panel.status.value


@pytest.mark.parametrize(("name", "code"), [("a.xlsm", "WB504"), ("a.png", "WG607")])
def test_of_a_file_the_button_refuses_no_result_is_shown_and_none_is_held(bench, name, code):
    handed(bench.panel.upload, "good.csv", as_csv(nominees()))
    assert len(bench.panel.upload.button.value) == 1
    handed(bench.panel.upload, name, as_xlsx(nominees()))
    assert code in bench.panel.upload.said.value
    assert (bench.panel.table.value, bench.panel.results.layout.display) == ("", "none")
    assert "Hiện không có danh sách đề nghị nào đang dùng." in bench.panel.held.value
    assert (bench.panel.upload.button.value, bench.panel.again.disabled) == ((), True)
    handed(bench.panel.upload, "good.csv", as_csv(nominees()))
    assert bench.panel.upload.said.value == ""
    assert bench.panel.results.layout.display == ""


def test_names_give_way_to_rows_where_that_is_asked(bench):
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()))
    bench.panel.anonymous.value = True
    bench.panel.asked.who.value = bench.panel.asked.who.options[1][1]
    bench.panel.book.click()
    book = openpyxl.load_workbook(io.BytesIO(linked(bench.panel.carried.value)))
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    for shown in (bench.panel.table.value, bench.panel.asked.reasons.value, str(bench.panel.asked.who.options), cells):
        assert NAME not in shown
        assert "CB01" not in shown
    assert "dòng 3" in bench.panel.table.value


def test_the_results_are_carried_away_and_name_neither_file_nor_place(bench):
    handed(bench.panel.upload, "danh sách của tôi.csv", as_csv(nominees()))
    bench.panel.book.click()
    book = openpyxl.load_workbook(io.BytesIO(linked(bench.panel.carried.value)))
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert f"{NAME} 1" in cells
    assert "danh sách của tôi" not in cells
    assert tempfile.gettempdir() not in cells


def test_the_sheet_to_fill_is_that_of_the_award_and_can_be_handed_back(bench):
    bench.panel.year.value = YEAR
    bench.panel.template.click()
    handed(bench.panel.upload, "decree-91.xlsx", linked(bench.panel.form.value))
    assert "WB502" in bench.panel.status.value
    bench.panel.award.value = ""
    of_one = len(linked(bench.panel.form.value))
    bench.panel.template.click()
    assert len(linked(bench.panel.form.value)) > of_one


def test_the_sheet_of_a_draft_that_cannot_be_used_says_so_where_it_was_asked_for(bench):
    bench.state.turn("lao-dong-tien-tien.minimum-service", "requires.at_least", 0)
    bench.panel.template.click()
    assert "Chưa lập được biểu mẫu" in bench.panel.form.value
    assert bench.panel.alarm.label.value == ""
    bench.state.undo()
    bench.panel.template.click()
    assert linked(bench.panel.form.value)


def test_a_list_is_forgotten_when_somebody_says_so(bench):
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()))
    bench.panel.forget.click()
    assert bench.panel.handed.get(LIST) is None
    assert (bench.panel.table.value, bench.panel.again.disabled) == ("", True)
    assert "Hiện không có danh sách đề nghị nào đang dùng." in bench.panel.held.value


def test_the_list_stays_when_the_page_is_laid_out_in_another_language(bench):
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()))
    english = Bench("en", bench.panel.handed)
    assert "the chosen file (.csv, " in english.panel.held.value
    english.panel.again.click()
    assert "CB01" in english.panel.table.value


def test_another_set_offers_its_own_awards(bench):
    assert bench.panel.award.value == AWARD
    bench.state.open("nghe-an-2025")
    bench.panel.show(bench.state.draft)
    assert bench.panel.award.value == ""


def test_two_at_work_share_nothing(bench):
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()))
    other = ScoringPanel(bench.state, "vi", Alarm("vi"), {})
    assert other.handed.get(LIST) is None


def test_an_answer_that_is_none_is_told_with_the_words_of_its_column_and_where_it_stands(bench):
    rows = nominees()
    rows[4] = ["Chưa rõ" if value == "Không" else value for value in rows[4]]
    handed(bench.panel.upload, "ds.xlsx", as_xlsx(rows))
    place = f"Ô {chr(ord('A') + rows[1].index('Nữ *'))}5 (trang “Sheet”), cột “Nữ *”"
    assert (
        f"Cần sửa. {place}: ghi “…”; cần “nữ” (cũng có thể ghi “có”) hoặc “nam” (“không”). Hãy sửa ô này. <small>(WB517)</small>"
        in bench.panel.status.value
    )


def test_what_a_list_lacks_is_told_by_the_titles_of_the_clauses_that_need_it(bench):
    handed(bench.panel.upload, "ds.csv", as_csv(nominees(without=f"rating:{YEAR}")))
    (told,) = re.findall(r"Thiếu cột [^<]*", bench.panel.status.value)
    assert "cần cho: “" in told
    assert "chien-si" not in told
    assert "lao-dong" not in told


def test_what_is_made_by_a_draft_bears_its_title_and_its_id(bench):
    bench.turn(0.1)
    bench.state.words.overlay_id, bench.state.words.title = "giam-chi-tieu", "Giảm chỉ tiêu"
    bench.panel.template.click()
    assert re.search('download="[^"]*giam-chi-tieu', bench.panel.form.value)
    (heading,) = [
        row[0]
        for row in openpyxl.load_workbook(io.BytesIO(linked(bench.panel.form.value))).worksheets[0].iter_rows(max_row=1, max_col=1, values_only=True)
    ]
    assert "Giảm chỉ tiêu" in heading
    assert "chưa đặt tên" not in heading
    handed(bench.panel.upload, "ds.csv", as_csv(nominees()))
    bench.panel.book.click()
    assert re.search('download="[^"]*giam-chi-tieu', bench.panel.carried.value)
    said = [
        str(cell)
        for sheet in openpyxl.load_workbook(io.BytesIO(linked(bench.panel.carried.value)))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert any("Giảm chỉ tiêu" in cell for cell in said)
    assert not any("chưa đặt tên" in cell for cell in said)
