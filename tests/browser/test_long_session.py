"""A page that is used for hours, and two people at once."""

from __future__ import annotations

import pytest

from tests.browser.conftest import QUICK, complaints
from tests.browser.page import LEFT, RIGHT, field, focus, handle, open_page, picture, quota, rest, shown, wait

pytestmark = pytest.mark.browser
ROUNDS, MOVES = 10, 50
MEGABYTES_OF_KERNEL, NODES = 40, 1500


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served, QUICK)


def left_of_the_page(browser):
    """Give the nodes a page holds, those no longer shown too, after everything nobody needs has been thrown away."""
    browser.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    browser.execute_cdp_cmd("Performance.enable", {})
    return {each["name"]: each["value"] for each in browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]}["Nodes"]


def move(browser, key):
    """Move the slider many times, quickly, and wait until the clause says where it came to rest."""
    value = "65" if key == RIGHT else "15"
    focus(browser, handle(browser))
    handle(browser).send_keys(key * MOVES)
    wait(browser, lambda: field(browser).get_property("value") == value)
    wait(browser, lambda: f"{value}%" in quota(browser).text)


def test_memory_is_flat_over_five_hundred_changes(page, server):
    pictures = {}
    for key in (RIGHT, LEFT):
        move(page, key)
        pictures[key] = rest(page)
    assert pictures[RIGHT] != pictures[LEFT]
    kernel = max(server.kernels(), key=lambda each: each.create_time())
    nodes, held = left_of_the_page(page), kernel.memory_info().rss
    for number in range(ROUNDS):
        key = LEFT if number % 2 else RIGHT
        move(page, key)
        wait(page, lambda key=key: picture(page) == pictures[key])
    assert left_of_the_page(page) - nodes < NODES
    assert (kernel.memory_info().rss - held) >> 20 < MEGABYTES_OF_KERNEL
    assert complaints(page) == []


def test_what_one_session_does_is_invisible_to_another(page, served):
    field(page).send_keys("\ue009a\ue000", "22\ue007")
    wait(page, lambda: "22%" in quota(page).text)
    mine = page.current_window_handle
    page.switch_to.new_window("window")
    try:
        open_page(page, served, QUICK)
        assert field(page).get_property("value") == "15"
        assert not shown(page, ".tieuchi-changed")
        assert page.execute_script("return [sessionStorage.length, localStorage.length]") == [0, 0], "what one tab keeps, another has not"
        field(page).send_keys("\ue009a\ue000", "33\ue007")
        wait(page, lambda: "33%" in quota(page).text)
    finally:
        page.close()
        page.switch_to.window(mine)
    assert "22%" in quota(page).text
