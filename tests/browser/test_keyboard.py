"""The workbench without a mouse: every control is reached, says what it is, and shows that it is the one."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.action_chains import ActionChains

from tests.browser.conftest import QUICK
from tests.browser.page import TAB, open_page

pytestmark = pytest.mark.browser
MOST_STOPS = 80
_STOP = """
const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
const names = [here.getAttribute('aria-label'), here.labels?.[0]?.textContent, here.innerText, here.title];
return {page: here === document.body, name: names.find(each => each && each.trim()) || '', ring: style.outlineStyle, width: parseFloat(style.outlineWidth),
        is_seen: box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth, is_ours: here.closest('.tieuchi') !== null,
        kind: here.className.includes('noUi-handle') ? 'slider' : here.tagName.toLowerCase()};
"""


@pytest.fixture(scope="module")
def stops(browser, served):
    """Give where each press of the key leads, until the page begins anew."""
    page = open_page(browser, served, QUICK)
    found = []
    for _ in range(MOST_STOPS):
        ActionChains(page).send_keys(TAB).perform()
        stop = page.execute_script(_STOP)
        if stop["page"]:
            break
        found.append(stop)
    return [stop for stop in found if stop["is_ours"]]


def test_every_control_is_reached_from_the_choice_of_a_set_to_the_last_tab(stops):
    kinds = [stop["kind"] for stop in stops]
    assert {"slider", "input", "select", "button", "li"} <= set(kinds)
    names = [stop["name"] for stop in stops]
    assert names[0] == "Bộ tiêu chí"
    assert names.index("Đang sửa") < names.index("cách làm tròn") < names.index("Xem bảng số liệu chính, kèm mức áp dụng đúng quy định")
    assert "Sửa tên điều khoản" in names


def test_each_says_what_it_is(stops):
    assert [stop for stop in stops if not stop["name"]] == []


def test_each_shows_that_it_has_the_focus_where_it_can_be_seen(stops):
    assert [stop for stop in stops if stop["ring"] == "none" or stop["width"] < 2 or not stop["is_seen"]] == []
