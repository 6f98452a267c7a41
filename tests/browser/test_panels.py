"""Lists handed to the page and what is taken from it, in a browser: good files and wrong ones, a report that is stopped and one that is finished."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys

import pytest

from tests.browser.conftest import complaints
from tests.browser.page import ALL, DOWN, ENTER, HOME, SPACE, alerts, focus, hand_over, open_page, press, shown, tab, text, visible, wait
from tests.widgets.workbench.handed_lists import NAME, as_csv, as_xlsx, nominees, register, with_macros

pytestmark = pytest.mark.browser
SECONDS_OF_REPORT = 180


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served)


def seen(page, selector):
    """Give what elements that are seen say."""
    return " ".join(each.text for each in visible(page, selector))


def tick(page, words):
    """Tick a box with the keyboard, or take the tick away."""
    box = visible(page, ".tieuchi .widget-checkbox", words)[0].find_element("css selector", "input")
    focus(page, box)
    box.send_keys(SPACE)


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_a_list_is_scored_with_reasons_and_the_changes_of_a_draft(page, written):
    tab(page, "Chấm thử danh sách")
    hand_over(page, "Chọn danh sách đề nghị", written("Nguyễn Văn Bí Mật.xlsx", as_xlsx(nominees())))
    wait(page, lambda: "Do hội đồng quyết định" in text(page, "#scores-table"))
    assert "CB01" in text(page, "#scores-table")
    wait(page, lambda: "Tệp đang dùng: tệp đã chọn (.xlsx, " in text(page, ".tieuchi"))
    assert "Nguyễn Văn Bí Mật" not in text(page, ".tieuchi")  # a file may be called by a person's name
    who = wait(page, lambda: visible(page, ".tieuchi select", "CB03"))[0]
    focus(page, who)
    who.send_keys(HOME + DOWN * 3)
    wait(page, lambda: "khoản 3 Điều 2" in text(page, "#explanation-table"))
    press(page, "Tải kết quả và lý do")
    wait(page, lambda: visible(page, "a[download='ket-qua-cham-decree-91.xlsx']"))
    press(page, "Tải biểu mẫu")
    wait(page, lambda: visible(page, "a[download='mau-danh-sach-de-nghi-decree-91.xlsx']"))
    assert complaints(page) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("macro.xlsm", with_macros(as_xlsx(nominees())), "WB504"),
        ("anh.png", b"\x89PNG", "WG607"),
        ("tro thanh.xlsx", b"%PDF-1.7", "WB507"),
        ("hong.xlsx", as_xlsx(nominees())[:2000], "WB508"),
        ("trong.csv", b"", "WB502"),
        ("thieu.csv", as_csv(nominees(without="rating:2025")), "WB514"),
        ("lon.csv", b"a;" * (6 * 2**20), "WG608"),
    ],
)
def test_a_wrong_list_is_refused_in_words_that_say_how_to_mend_it(page, written, name, content, said):
    tab(page, "Chấm thử danh sách")
    hand_over(page, "Chọn danh sách đề nghị", written(name, content))
    wait(page, lambda: said in alerts(page) and "Cần sửa." in alerts(page))
    assert name not in text(page, ".tieuchi")
    wait(page, lambda: "Tệp đang dùng" not in text(page, ".tieuchi"))
    assert NAME not in alerts(page)
    assert complaints(page) == []


def test_the_controls_around_a_list_do_what_they_say(page, written):
    tab(page, "Chấm thử danh sách")
    hand_over(page, "Chọn danh sách đề nghị", written("ds.xlsx", as_xlsx(nominees())))
    wait(page, lambda: NAME in text(page, "#scores-table"))
    tick(page, "Không hiện họ tên")
    wait(page, lambda: "CB01" not in text(page, "#scores-table") and text(page, "#scores-table"))
    assert NAME not in text(page, ".tieuchi")
    tick(page, "Không hiện họ tên")
    wait(page, lambda: "CB01" in text(page, "#scores-table"))
    number(page, "Năm xét").send_keys(ALL, "2024" + ENTER)
    press(page, "Chấm lại")
    wait(page, lambda: "năm xét 2024 nhập ở trên không được dùng" in text(page, ".tieuchi"))
    number(page, "Năm xét").send_keys(ALL, f"{datetime.datetime.now(tz=datetime.UTC).year}{ENTER}")
    press(page, "Xóa tệp khỏi phiên làm việc")
    wait(page, lambda: "Đã xóa tệp và kết quả" in text(page, ".tieuchi"))
    assert not visible(page, "#scores-table")
    assert complaints(page) == []


def test_whoever_a_long_list_does_not_offer_is_found_by_a_part_of_the_name_and_forgotten_with_the_file(page, written):
    tab(page, "Chấm thử danh sách")
    hand_over(page, "Chọn danh sách đề nghị", written("ds.xlsx", as_xlsx(nominees(620))))
    wait(page, lambda: "Tìm thấy 620 trong 620" in seen(page, ".tieuchi [role=status]"))
    field = visible(page, ".tieuchi .widget-text", "Tìm theo tên")[0].find_element("css selector", "input")
    focus(page, field)
    field.send_keys("bi mat danh 613")
    kept = page.execute_script("return Object.values(sessionStorage).join('')")
    assert kept
    assert "bi mat danh" not in kept
    field.send_keys(ENTER)
    wait(page, lambda: "Tìm thấy 1 trong 620" in seen(page, ".tieuchi [role=status]"))
    who = visible(page, ".tieuchi select", "CB613")[0]
    focus(page, who)
    who.send_keys(HOME + DOWN)
    wait(page, lambda: "khoản 3 Điều 2" in text(page, "#explanation-table"))
    press(page, "Xóa tệp khỏi phiên làm việc")
    wait(page, lambda: "Đã xóa tệp và kết quả" in text(page, ".tieuchi"))
    wait(page, lambda: NAME not in page.page_source)
    assert complaints(page) == []


def test_a_register_is_measured(page, written):
    tab(page, "Đọc danh sách khen thưởng")
    hand_over(page, "Chọn danh sách khen thưởng", written("ds.csv", register()))
    wait(page, lambda: "186" in text(page, "#measurement-table"))
    assert page.execute_script("return [...document.querySelectorAll('.tieuchi svg.figure')].some(each => each.getBoundingClientRect().width > 300)")
    for words in ("Che các số nhỏ", "Danh sách nêu đủ mọi người"):
        tick(page, words)
    field = visible(page, ".tieuchi .widget-text", "Danh hiệu cần đo")[0].find_element("css selector", "input")
    focus(page, field)
    field.send_keys(ALL, "chien-si-thi-dua-co-so" + ENTER)
    press(page, "Tính lại")
    wait(page, lambda: text(page, "#measurement-table") and not alerts(page))
    press(page, "Xóa tệp khỏi phiên làm việc")
    wait(page, lambda: not visible(page, "#measurement-table"))
    assert complaints(page) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("sai.csv", as_csv(nominees()), "RG404"),
        ("ds.exe", b"MZ", "WG607"),
        ("hong.xlsx", b"PK\x03\x04", "WB508"),
        ("lon.csv", b"a;" * (6 * 2**20), "WG608"),
    ],
)
def test_a_wrong_register_is_refused_in_words(page, written, name, content, said):
    tab(page, "Đọc danh sách khen thưởng")
    hand_over(page, "Chọn danh sách khen thưởng", written(name, content))
    wait(page, lambda: said in alerts(page) and "Cần sửa." in alerts(page))
    assert name not in text(page, ".tieuchi")
    assert "Tệp đang dùng" not in text(page, ".tieuchi")
    assert complaints(page) == []


def test_the_sheet_of_an_award_list_is_given(page):
    tab(page, "Đọc danh sách khen thưởng")
    press(page, "Tải biểu mẫu danh sách khen thưởng")
    wait(page, lambda: visible(page, "a[download='mau-danh-sach-khen-thuong.xlsx']"))
    assert complaints(page) == []


def options_of(comparison):
    return {option["id"]: option for option in comparison["options"]}


def test_an_unchanged_draft_makes_no_report(page):
    tab(page, "Báo cáo")
    press(page, "Lập báo cáo đầy đủ")
    wait(page, lambda: "Chưa sửa gì" in alerts(page))


def number(page, words):
    return next(each for each in visible(page, ".widget-inline-hbox", words)).find_element("css selector", "input")


def test_a_report_is_stopped_and_another_finished_while_the_page_stays_in_use(page, workspace):
    tab(page, "Sửa tiêu chí")
    quota = next(block for block in shown(page, ".tieuchi-clause") if "số cá nhân đạt danh hiệu" in block.text)
    quota.find_element("css selector", "input[type=text]").send_keys(ALL, "5" + ENTER)
    wait(page, lambda: "Không quá 5%" in text(page, ".tieuchi-clause"))
    tab(page, "Báo cáo")
    press(page, "Bảng so sánh (DOCX)")
    wait(page, lambda: visible(page, "a[download$='.docx']"))
    press(page, "Bảng so sánh (XLSX)")
    wait(page, lambda: visible(page, "a[download='bang-so-sanh-draft.xlsx']"))
    press(page, "Lập báo cáo đầy đủ")
    wait(page, lambda: "sai khác bằng 0" in text(page, ".tieuchi"), SECONDS_OF_REPORT)
    press(page, "Dừng lập báo cáo")
    wait(page, lambda: "Đã dừng" in text(page, ".tieuchi"))
    for words in ("Số lượt mô phỏng", "Số năm"):
        number(page, words).send_keys(ALL, "2" + ENTER)
    press(page, "Lập báo cáo đầy đủ")
    tab(page, "Chấm thử danh sách")
    press(page, "Tải biểu mẫu")
    wait(page, lambda: visible(page, "a[download='mau-danh-sach-de-nghi-decree-91.xlsx']"))
    tab(page, "Báo cáo")
    wait(page, lambda: "Báo cáo đã xong" in text(page, ".tieuchi"), SECONDS_OF_REPORT)
    for form in ("html", "docx", "pdf", "xlsx"):
        wait(page, lambda form=form: visible(page, f"a[download='draft.report.vi.{form}']"))
    assert complaints(page) == []


def test_a_report_of_the_page_has_the_numbers_of_the_command_to_the_last_digit(page, workspace):
    place = workspace / re.search(r"reports/output/draft-[0-9a-f]{8}", text(page, ".tieuchi"))[0]
    size = ["--replications", "2", "--years", "2", "--json", "--no-store", "--workspace", str(workspace)]
    command = [sys.executable, "-m", "simulator", "compare", "draft-against-base.yaml", *size]
    told = subprocess.run(command, cwd=place, capture_output=True, check=True, timeout=SECONDS_OF_REPORT).stdout
    ours, theirs = (options_of(json.loads(content)) for content in ((place / "comparison.json").read_bytes(), told))
    assert ours == theirs
    assert len(ours) == 2
