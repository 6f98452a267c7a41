"""The training session in a browser, as a class has it: at 1366 × 768, with the keyboard, in Vietnamese first."""

from __future__ import annotations

import base64
import json
import re

import pytest

from tests.browser.conftest import ROOT, TOKEN, asked_of_others, complaints
from tests.browser.page import wait

pytestmark = pytest.mark.browser
RIGHT, SPACE, DOWN, ENTER = "\ue014", "\ue00d", "\ue015", "\ue007"
WITHOUT_DIALOGUE = """
HTMLInputElement.prototype.click = function () { window.chosen = this; this.style.display = "none"; document.body.appendChild(this); };
"""
CODE = []
"""The code of the work this file makes, once it is known."""


@pytest.fixture(scope="module")
def page(browser, served):
    browser.get(f"{served}/voila/render/training.ipynb?token={TOKEN}")
    wait(browser, lambda: shown(browser, ".tieuchi input[type=radio]"))
    wait(browser, lambda: "Phiên bản chương trình" in whole(browser))
    yield browser
    if CODE:  # what this class has kept is nobody's work
        (ROOT / "reports" / "output" / "training" / f"{CODE[0]}.json").unlink(missing_ok=True)


def shown(browser, selector):
    return [element for element in browser.find_elements("css selector", selector) if element.is_displayed()]


def whole(browser):
    return browser.find_element("tag name", "body").text


def button(browser, words):
    return next(each for each in shown(browser, ".tieuchi button") if each.text == words)


def press(browser, words):
    """Press a button with the keyboard."""
    element = button(browser, words)
    browser.execute_script("arguments[0].focus()", element)
    element.send_keys(SPACE)


def radio(browser, words):
    """Choose one of several answers with the keyboard."""
    label = next(each for each in shown(browser, ".tieuchi .widget-radio-box label") if each.text == words)
    element = label.find_element("css selector", "input")
    browser.execute_script("arguments[0].focus()", element)
    element.send_keys(SPACE)


def tab(browser, words):
    """Go to a tab with the keyboard: along the tabs, and in."""
    current = next(each for each in shown(browser, ".tieuchi [role=tab]") if each.get_attribute("tabindex") == "0")
    browser.execute_script("arguments[0].focus()", current)
    for _ in range(8):
        focused = browser.switch_to.active_element
        if words in focused.text:
            focused.send_keys(ENTER)
            return
        focused.send_keys(RIGHT)
    pytest.fail(f"no key leads to {words}")


def carried(browser, end):
    link = wait(browser, lambda: shown(browser, f".tieuchi a[download$='{end}']"))[0]
    return base64.b64decode(link.get_attribute("href").partition(",")[2]).decode()


def hand_over(browser, path):
    """Choose a file as a hand would; the window of the system, which nobody can operate here, is passed over."""
    browser.execute_script(WITHOUT_DIALOGUE)
    next(each for each in shown(browser, ".tieuchi button") if each.text.startswith("Chọn tệp bài làm")).click()
    browser.execute_script("return window.chosen").send_keys(str(path))


def test_it_opens_without_a_complaint_and_asks_nothing_of_others(page):
    assert complaints(page) == []
    assert asked_of_others(page) == set()
    assert "There was an error" not in page.page_source
    assert page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    assert all(label.size["height"] < 60 for label in shown(page, ".tieuchi .widget-radio-box label"))


def test_a_wrong_explanation_fails_and_the_right_one_solves_the_first_exercise(page):
    radio(page, "Tăng lên rõ rệt")
    press(page, "Ghi dự đoán")
    wait(page, lambda: "Đã ghi dự đoán" in whole(page))
    wait(page, lambda: shown(page, ".tieuchi svg.figure"))
    handle = wait(page, lambda: shown(page, ".tieuchi .noUi-handle"))[0]
    wait(page, lambda: handle.get_attribute("aria-label") == "Mức đơn vị xét luân phiên")
    page.execute_script("arguments[0].focus()", handle)
    handle.send_keys(RIGHT)
    wait(page, lambda: "Chưa đạt yêu cầu" in whole(page))
    wait(page, lambda: "Kết quả tính được là: giảm đi rõ rệt" in whole(page))
    handle.send_keys(RIGHT * 5)
    wait(page, lambda: "Đã đạt yêu cầu" in whole(page))
    radio(page, "Vì thành tích của mọi người giảm đi")
    press(page, "Trả lời")
    wait(page, lambda: "Chưa đúng." in whole(page))
    radio(page, "Vì người vừa đạt phải nhường người khác, nên chuỗi ba năm luôn bị ngắt")
    press(page, "Trả lời")
    wait(page, lambda: "Luân phiên và điều kiện liên tục loại trừ nhau" in whole(page))
    wait(page, lambda: "hoàn thành" in shown(page, ".tieuchi select")[0].text.splitlines()[0])
    assert complaints(page) == []


def test_an_exact_exercise_is_solved_by_keys(page):
    press(page, "Sang bài tiếp theo")
    wait(page, lambda: any(each.text == "Không còn suất nào" for each in shown(page, ".tieuchi .widget-radio-box label")))
    radio(page, "Không còn suất nào")
    press(page, "Ghi dự đoán")
    wait(page, lambda: "Đã ghi dự đoán" in whole(page))
    handle = shown(page, ".tieuchi .noUi-handle")[0]
    page.execute_script("arguments[0].focus()", handle)
    handle.send_keys(RIGHT * 7)
    wait(page, lambda: "Kết quả tính được đúng như vậy" in whole(page))
    pooling = shown(page, ".tieuchi select")[1]
    page.execute_script("arguments[0].focus()", pooling)
    pooling.send_keys(DOWN)
    wait(page, lambda: "Đã đạt yêu cầu" in whole(page))
    radio(page, "Vì 70% của 3 là 2,1 suất, phải làm tròn lên thành 3")
    press(page, "Trả lời")
    wait(page, lambda: "2,1 thành 3" in whole(page))
    assert complaints(page) == []


def test_the_sheet_tells_what_was_done_and_names_nobody(page):
    tab(page, "Phiếu")
    wait(page, lambda: button(page, "Lập phiếu và tệp để tải"))
    press(page, "Lập phiếu và tệp để tải")
    CODE.append(re.search(r"Mã bài làm: ([a-z0-9]{10})", whole(page))[1])
    sheet = carried(page, ".html")
    assert "PHIẾU KẾT QUẢ THỰC HÀNH" in sheet
    assert "Hoàn thành 2 trên 8 bài." in sheet
    assert "khác kết quả" in sheet
    work = json.loads(carried(page, ".json"))
    assert work["exercises"]["turns-and-ladder"]["wrong_answers"] == 1
    assert set(work) == {"form", "version", "exercises"}


def test_a_wrong_file_is_told_in_vietnamese_and_the_right_one_is_opened(page, tmp_path):
    work = carried(page, ".json")
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"form": "other"}', encoding="utf-8")
    hand_over(page, wrong)
    alert = wait(page, lambda: shown(page, "[role=alert]"))
    assert "không phải bài làm" in alert[0].text
    right = tmp_path / "right.json"
    right.write_text(work, encoding="utf-8")
    hand_over(page, right)
    wait(page, lambda: "Đã mở lại bài làm: 2 bài hoàn thành." in whole(page))
    wait(page, lambda: not shown(page, "[role=alert]"))


def test_a_file_is_marked_and_the_seat_is_taken(page):
    tab(page, "Chấm chung")
    wait(page, lambda: "Hồ sơ 1/12" in whole(page))
    press(page, "Ghi điểm, sang mục tiếp")
    wait(page, lambda: "Hồ sơ 2/12" in whole(page))
    tab(page, "Đóng vai")
    wait(page, lambda: button(page, "Nhận đơn vị"))
    press(page, "Nhận đơn vị")
    wait(page, lambda: "Năm 1 trên 5" in whole(page))
    assert complaints(page) == []


def test_the_other_language_says_everything_in_english_and_keeps_the_work(page):
    press(page, "English")
    wait(page, lambda: "Year 1 of 5" in whole(page))  # the tab stays
    tab(page, "Eight exercises")
    wait(page, lambda: any("solved" in each.text for each in shown(page, ".tieuchi select")))
    assert complaints(page) == []
