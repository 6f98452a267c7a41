"""What is wrong with a draft, told where a drafter looks: below the control, above the picture, beside what was kept and made. The hand stays where it was."""

from __future__ import annotations

from contextlib import suppress

import pytest
from selenium.common.exceptions import ElementNotInteractableException

from tests.browser.conftest import QUICK, complaints
from tests.browser.page import (
    ALL,
    DOWN,
    ENTER,
    TAB,
    UP,
    button,
    field,
    focus,
    handle,
    open_page,
    picture,
    press,
    quota,
    shown,
    tab,
    text,
    visible,
    wait,
)

pytestmark = pytest.mark.browser
_CLAUSE = "return [...document.querySelectorAll('.tieuchi-clause')].find(each => each.innerText.includes(arguments[0]))"
_WHERE = """
const control = arguments[0].closest('.widget-text').getBoundingClientRect();
const remark = [...arguments[0].closest('.tieuchi-clause').querySelectorAll('[role=alert]')].find(each => each.offsetParent !== null);
const style = getComputedStyle(arguments[0]);
return remark && {below: remark.getBoundingClientRect().top - control.bottom, text: remark.innerText, title: arguments[0].title, border: style.borderTopColor};
"""
"""How far below a field its remark stands, and how the field is marked."""
_FOCUSED = "const here = document.activeElement; return here === arguments[0] || arguments[0].contains(here)"
_OPACITY = "return parseFloat(getComputedStyle(document.querySelector('.tieuchi svg.figure')).opacity)"


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served, QUICK)


def initiative(page):
    return page.execute_script(_CLAUSE, "sáng kiến hoặc đề tài nghiên cứu").find_element("css selector", "input[type=text]")


def test_a_refusal_stands_directly_below_the_field_which_is_marked_until_it_is_mended(page):
    before = field(page).value_of_css_property("border-top-color")
    field(page).send_keys(ALL, "mười" + ENTER)
    found = wait(page, lambda: page.execute_script(_WHERE, field(page)))
    assert 0 <= found["below"] < 40
    assert "mười" in found["text"]
    assert "mười" in found["title"], "the reason is read out with the name of the field"
    assert found["border"] != before
    assert field(page).get_property("value") == "mười"
    assert len(visible(page, "[role=alert]")) == 1, "nothing is told at the top of the page"
    field(page).send_keys(ALL, "12" + ENTER)
    wait(page, lambda: not visible(page, "[role=alert]"))
    assert field(page).value_of_css_property("border-top-color") != found["border"]
    assert complaints(page) == []


def test_a_value_that_makes_no_rule_is_refused_at_its_field_and_the_picture_and_the_other_clauses_stay(page):
    wait(page, lambda: "12%" in quota(page).text)
    press(page, "Xem bảng số liệu chính")  # what is asked last is answered last: the picture is that of the draft
    wait(page, lambda: visible(page, ".tieuchi-pane table"))
    before = picture(page)
    initiative(page).send_keys(ALL, "0" + ENTER)
    assert "từ 1 đến 20" in wait(page, lambda: page.execute_script(_WHERE, initiative(page)))["text"]
    assert picture(page) == before
    assert page.execute_script(_OPACITY) == 1, "the picture is that of the draft, which has kept its 1"
    assert "12%" in quota(page).text, "the other clauses keep their words"
    initiative(page).send_keys(ALL, "2" + ENTER)
    wait(page, lambda: "hai sáng kiến" in text(page, ".tieuchi-changed"))
    assert not visible(page, "[role=alert]")
    assert complaints(page) == []


def test_the_hand_stays_where_it_was_while_the_form_is_shown_anew(page):
    focus(page, handle(page))
    handle(page).send_keys("\ue014" * 2)
    wait(page, lambda: "14%" in quota(page).text)
    assert page.execute_script(_FOCUSED, handle(page))
    undo = button(page, "Hoàn tác")
    focus(page, undo)
    undo.send_keys(" ")
    wait(page, lambda: "12%" in quota(page).text)
    assert page.execute_script(_FOCUSED, undo)
    while undo.is_enabled():
        former = text(page, ".tieuchi-pane")
        with suppress(ElementNotInteractableException):  # the last step may just have been taken back
            undo.send_keys(" ")
        wait(page, lambda former=former: text(page, ".tieuchi-pane") != former or not undo.is_enabled())
    wait(page, lambda: page.execute_script(_FOCUSED, button(page, "Làm lại")))


def test_what_was_kept_and_made_says_when_it_is_older_than_the_draft(page):
    field(page).send_keys(ALL, "10" + ENTER)
    wait(page, lambda: "10%" in quota(page).text)
    tab(page, "Giữ lại bản thảo")
    for label, typed in (("Mã bản thảo", "giam-chi-tieu"), ("Lý do sửa đổi", "Giảm số lượng.")):
        row = visible(page, ".widget-text, .widget-textarea", label)[0]
        row.find_element("css selector", "input, textarea").send_keys(typed)  # and pressed at once: not a letter is lost
    press(page, "Tải tệp về máy")
    wait(page, lambda: shown(page, "a[download='giam-chi-tieu.yaml']"))
    assert not visible(page, ".tieuchi-warning", "trước lần sửa gần nhất")
    field(page).send_keys(ALL, "9" + ENTER)
    wait(page, lambda: visible(page, ".tieuchi-warning", "trước lần sửa gần nhất"))
    button(page, "Hoàn tác").click()
    wait(page, lambda: not visible(page, ".tieuchi-warning", "trước lần sửa gần nhất"))
    tab(page, "Báo cáo")
    press(page, "Bảng so sánh (XLSX)")
    wait(page, lambda: shown(page, "a[download$='.xlsx']"))
    tab(page, "Sửa tiêu chí")
    field(page).send_keys(ALL, "9" + ENTER)
    wait(page, lambda: "9%" in quota(page).text)
    tab(page, "Báo cáo")
    wait(page, lambda: visible(page, ".tieuchi-warning", "đã được sửa sau đó"))
    assert complaints(page) == []


def test_a_draft_left_for_another_set_waits_there_and_markup_in_what_is_typed_is_only_words(page):
    tab(page, "Sửa tiêu chí")
    tab(page, "Giữ lại bản thảo")
    why = visible(page, ".widget-textarea", "Lý do sửa đổi")[0].find_element("css selector", "textarea")
    why.send_keys(ALL, "<img src=x onerror=window.obeyed=1>" + TAB)
    wait(page, lambda: "<img src=x" in quota(page).text)
    assert page.execute_script("return window.obeyed === undefined && !document.querySelector('.tieuchi img')")
    chooser = shown(page, ".tieuchi select")[0]
    chooser.send_keys(DOWN)
    wait(page, lambda: "chọn lại bộ đó" in text(page, ".tieuchi"))
    wait(page, lambda: not button(page, "Hoàn tác").is_enabled())
    chooser.send_keys(UP)
    wait(page, lambda: button(page, "Hoàn tác").is_enabled())
    wait(page, lambda: "9%" in quota(page).text)
    assert "chọn lại bộ đó" not in text(page, ".tieuchi")
    assert complaints(page) == []
