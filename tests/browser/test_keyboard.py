"""Pages without a mouse: every control is reached, says what it is, and shows that it is the one."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.action_chains import ActionChains

from tests.browser.conftest import QUICK
from tests.browser.page import SPACE, TAB, open_page, press, tab, visible, wait

pytestmark = pytest.mark.browser
MOST_STOPS = 80
SEATED = 18
_STOP = """
const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
const names = [here.getAttribute('aria-label'), here.labels?.[0]?.textContent, here.innerText, here.title];
return {page: here === document.body, name: names.find(each => each && each.trim()) || '', ring: style.outlineStyle, width: parseFloat(style.outlineWidth),
        is_seen: box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth, is_ours: here.closest('.tieuchi') !== null,
        is_pane: here.className.includes('tieuchi-pane'), kind: here.className.includes('noUi-handle') ? 'slider' : here.tagName.toLowerCase(), type: here.type ?? ''};
"""

_BEGIN = """
document.querySelector('#begin')?.remove();
const begin = document.createElement('span');
begin.id = 'begin';
begin.tabIndex = 0;
document.body.prepend(begin);
begin.focus();
"""
"""Puts the focus before all that is on the page: where it was, the browser would go on from there."""


def stops_of(page):
    """Give where each press of the key leads, from the top of the page until it begins anew."""
    page.execute_script(_BEGIN)
    found = []
    for _ in range(MOST_STOPS):
        ActionChains(page).send_keys(TAB).perform()
        stop = page.execute_script(_STOP)
        if stop["page"]:
            break
        found.append(stop)
    return [stop for stop in found if stop["is_ours"]]


@pytest.fixture(scope="module")
def stops(browser, served):
    """Give the stops of the workbench, and of the training: of an exercise that was foreseen, of the marking and of a seat."""
    found = {"workbench": stops_of(open_page(browser, served, QUICK))}
    page = open_page(browser, served, "training")
    page.find_element("css selector", ".tieuchi .widget-radio-box input").send_keys(SPACE)
    press(page, "Ghi dự đoán")
    wait(page, lambda: visible(page, ".tieuchi table"))
    found["exercise"] = stops_of(page)
    tab(page, "Chấm chung")
    wait(page, lambda: visible(page, ".tieuchi button", "Chọn các tệp của lớp"))
    found["marking"] = stops_of(page)
    tab(page, "Đóng vai")
    press(page, "Nhận đơn vị")
    wait(page, lambda: len(visible(page, ".tieuchi .widget-checkbox input")) == SEATED)
    found["seat"] = stops_of(page)
    return found


def test_every_control_is_reached_from_the_choice_of_a_set_to_the_last_tab(stops):
    kinds = [stop["kind"] for stop in stops["workbench"]]
    assert {"slider", "input", "select", "button", "li"} <= set(kinds)
    names = [stop["name"] for stop in stops["workbench"]]
    assert names[0] == "Bộ tiêu chí"
    assert names.index("Đang sửa") < names.index("cách làm tròn") < names.index("Xem bảng số liệu chính, kèm mức áp dụng đúng quy định")
    assert "Sửa tên điều khoản" in names


def test_every_control_of_the_training_is_reached_in_the_order_of_its_steps(stops):
    names = [stop["name"] for stop in stops["exercise"]]
    assert names.index("Bài") < names.index("Mức đơn vị xét luân phiên") < names.index("Đưa về mức ban đầu")
    assert [stop["kind"] for stop in stops["marking"]].count("slider") == 5
    assert names.index("Sang bài tiếp theo") < names.index("Đưa về mức ban đầu")
    assert sum(stop["type"] == "checkbox" for stop in stops["seat"]) == SEATED
    assert stops["seat"][-1]["name"] == "Bắt đầu lại với đơn vị khác"


PLACES = ("workbench", "exercise", "marking", "seat")


@pytest.mark.parametrize("place", PLACES)
def test_each_says_what_it_is(stops, place):
    assert [stop for stop in stops[place] if not stop["name"]] == []


@pytest.mark.parametrize("place", PLACES)
def test_each_shows_that_it_has_the_focus_where_it_can_be_seen(stops, place):
    shown = [stop for stop in stops[place] if not stop["is_pane"]]  # a column of text is scrolled by keys, and is longer than what is seen of it
    assert [stop for stop in shown if stop["ring"] == "none" or stop["width"] < 2 or not stop["is_seen"]] == []
