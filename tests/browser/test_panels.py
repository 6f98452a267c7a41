"""Lists handed to the page and what is taken from it, in a browser: good files and wrong ones, a report that is stopped and one that is finished."""

from __future__ import annotations

import re
import shutil
import time

import pytest

from tests.browser.conftest import ROOT, TOKEN, complaints
from tests.browser.page import shown
from tests.browser.page import wait as wait_for
from tests.widgets.workbench.handed_lists import NAME, as_csv, as_xlsx, nominees, register, with_macros

pytestmark = pytest.mark.browser
RIGHT, ENTER = "\ue014", "\ue007"
SECONDS, SECONDS_OF_REPORT = 30, 180
_SEEN = """
return [...document.querySelectorAll(arguments[0])].filter(each => each.offsetParent !== null && each.innerText.includes(arguments[1]));
"""
_SEEN_IN_WORDS = (
    "selector => [...document.querySelectorAll(selector)].filter(each => each.offsetParent !== null).map(each => each.innerText).join(' ')"
)
_WITHOUT_DIALOGUE = """
HTMLInputElement.prototype.click = function () { window.chosen = this; this.style.display = "none"; document.body.appendChild(this); };
"""


@pytest.fixture(scope="module")
def page(browser, served):
    browser.get(f"{served}/voila/render/workbench.ipynb?token={TOKEN}")
    wait(browser, lambda: shown(browser, ".tieuchi svg.figure"), SECONDS_OF_REPORT)
    wait(browser, lambda: "giây" in text(browser, ".tieuchi"), SECONDS_OF_REPORT)
    return browser


def wait(page, condition, seconds=SECONDS):
    return wait_for(page, condition, seconds)


def tab(page, words):
    """Go to a tab, and wait until what it holds is there."""
    next(each for each in shown(page, ".tieuchi [role=tab]") if each.text == words).click()
    time.sleep(0.3)


def visible(page, selector, words=""):
    """Give the elements that are seen and say some words; all in one look, for the page may change between two."""
    return page.execute_script(_SEEN, selector, words)


def text(page, selector):
    return page.execute_script(f"return ({_SEEN_IN_WORDS})(...arguments)", selector)


def button(page, words):
    return wait(page, lambda: next(iter(visible(page, ".tieuchi button", words)), None))


def hand_over(page, words, path):
    """Choose a file as a hand would; the window of the system, which nobody can operate here, is passed over."""
    page.execute_script(_WITHOUT_DIALOGUE)
    button(page, words).click()
    page.execute_script("return window.chosen").send_keys(str(path))


def alerts(page):
    return text(page, "[role=alert]")


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_a_list_is_scored_with_reasons_and_the_changes_of_a_draft(page, written):
    tab(page, "Chấm thử danh sách")
    hand_over(page, "Chọn danh sách đề nghị", written("danh sách.xlsx", as_xlsx(nominees())))
    wait(page, lambda: "Do hội đồng quyết định" in text(page, "#scores-table"))
    assert "CB01" in text(page, "#scores-table")
    assert "danh sách.xlsx" in text(page, ".tieuchi")
    wait(page, lambda: visible(page, ".tieuchi select", "CB03"))[0].send_keys("NNN")
    wait(page, lambda: "khoản 3 Điều 2" in text(page, "#explanation-table"))
    button(page, "Tải kết quả và lý do").click()
    wait(page, lambda: visible(page, "a[download='ket-qua-cham.xlsx']"))
    button(page, "Tải biểu mẫu").click()
    wait(page, lambda: visible(page, "a[download='decree-91.xlsx']"))
    assert complaints(page) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("macro.xlsm", with_macros(as_xlsx(nominees())), "WB504"),
        ("anh.png", b"\x89PNG", "WG607"),
        ("tro thanh.xlsx", b"%PDF-1.7", "WB507"),
        ("trong.csv", b"", "WB502"),
        ("thieu.csv", as_csv(nominees(without="rating:2025")), "WB514"),
        ("lon.csv", b"a;" * (6 * 2**20), "WG608"),
    ],
)
def test_a_wrong_list_is_refused_in_words_that_say_how_to_mend_it(page, written, name, content, said):
    tab(page, "Chấm thử danh sách")
    hand_over(page, "Chọn danh sách đề nghị", written(name, content))
    wait(page, lambda: said in alerts(page) and name in alerts(page))
    assert NAME not in alerts(page)
    assert complaints(page) == []


def test_a_register_is_measured(page, written):
    tab(page, "Đọc danh sách khen thưởng")
    hand_over(page, "Chọn danh sách khen thưởng", written("ds.csv", register()))
    wait(page, lambda: "186" in text(page, "#measurement-table"))
    assert page.execute_script("return [...document.querySelectorAll('.tieuchi svg.figure')].some(each => each.getBoundingClientRect().width > 300)")
    hand_over(page, "Chọn danh sách khen thưởng", written("sai.csv", as_csv(nominees())))
    wait(page, lambda: "RG427" in alerts(page))
    assert complaints(page) == []


def test_an_unchanged_draft_makes_no_report(page):
    tab(page, "Báo cáo")
    button(page, "Lập báo cáo đầy đủ").click()
    wait(page, lambda: "Chưa sửa gì" in alerts(page))


def number(page, words):
    return next(each for each in visible(page, ".widget-inline-hbox", words)).find_element("css selector", "input")


def test_a_report_is_stopped_and_another_finished_while_the_page_stays_in_use(page):
    tab(page, "Sửa tiêu chí")
    quota = next(block for block in shown(page, ".tieuchi-clause") if "số cá nhân đạt danh hiệu" in block.text)
    quota.find_element("css selector", "input[type=text]").send_keys("\ue009a\ue000", "5" + ENTER)
    wait(page, lambda: "Không quá 5%" in text(page, ".tieuchi-clause"))
    tab(page, "Báo cáo")
    button(page, "Bảng so sánh (DOCX)").click()
    wait(page, lambda: visible(page, "a[download$='.docx']"))
    button(page, "Bảng so sánh (XLSX)").click()
    wait(page, lambda: visible(page, "a[download='bang-so-sanh.xlsx']"))
    button(page, "Lập báo cáo đầy đủ").click()
    wait(page, lambda: "sai khác bằng 0" in text(page, ".tieuchi"), SECONDS_OF_REPORT)
    button(page, "Dừng lập báo cáo").click()
    wait(page, lambda: "Đã dừng" in text(page, ".tieuchi"))
    for words in ("Số lượt mô phỏng", "Số năm"):
        number(page, words).send_keys("\ue009a\ue000", "2" + ENTER)
    button(page, "Lập báo cáo đầy đủ").click()
    tab(page, "Chấm thử danh sách")
    button(page, "Chấm lại").click()
    wait(page, lambda: "CB01" in text(page, "#scores-table") or alerts(page))
    tab(page, "Báo cáo")
    wait(page, lambda: "Báo cáo đã xong" in text(page, ".tieuchi"), SECONDS_OF_REPORT)
    shutil.rmtree(ROOT / re.search(r"reports/output/draft-[0-9a-f]{8}", text(page, ".tieuchi"))[0])
    for form in ("html", "docx", "pdf", "xlsx"):
        wait(page, lambda form=form: visible(page, f"a[download='report.vi.{form}']"))
    assert complaints(page) == []


def test_tabs_are_reached_and_changed_by_keys(page):
    chosen = next(each for each in shown(page, ".tieuchi [role=tab]") if each.get_attribute("aria-selected") == "true")
    page.execute_script("arguments[0].focus()", chosen)
    page.switch_to.active_element.send_keys(RIGHT + ENTER)
    wait(page, lambda: next(each for each in shown(page, ".tieuchi [role=tab]") if each.get_attribute("aria-selected") == "true") != chosen)
