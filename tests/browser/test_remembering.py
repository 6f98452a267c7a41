"""What a page has when it is loaded anew: the draft that was there, in this tab and in no other. More of it in ``test_leaving`` and ``test_ending``."""

from __future__ import annotations

import json

import pytest

from tests.browser.conftest import QUICK, complaints
from tests.browser.page import ALL, DOWN, ENTER, TAB, UP, button, field, focus, open_page, press, quota, shown, tab, text, visible, wait

pytestmark = pytest.mark.browser
_KEPT = "return Object.entries(sessionStorage).filter(([key]) => !key.endsWith(' typing'))"
_DAMAGE = """
for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, arguments[0]);
Storage.prototype.setItem = () => {};
"""
"""What is kept is damaged, and the page that is about to be left does not mend it."""
_CHOSEN = "return document.querySelector('.tieuchi select').selectedIndex"


@pytest.fixture(scope="module")
def page(browser, served):
    return open_page(browser, served, QUICK)


def type_in(page, number):
    field(page).send_keys(ALL, number + ENTER)
    wait(page, lambda: f"{number}%" in quota(page).text)


def written(workspace):
    """Give the files of a workspace, each known by when it was written last; other tests have made reports there."""
    return {(path, path.stat().st_mtime_ns) for path in workspace.rglob("*") if path.is_file()}


def kept_set(page):
    """Give the set that is kept as the open one."""
    ((_, kept),) = page.execute_script(_KEPT)
    return json.loads(kept)["expression"]


def working(server):
    """Give the processes that make a report."""
    started = (each for kernel in server.kernels() for each in kernel.children(recursive=True))
    return [each for each in started if "simulator.widgets.workbench.tethered" in each.cmdline()]


def test_what_is_kept_is_no_file_and_tells_of_no_place(page, workspace):
    before = written(workspace)
    type_in(page, "21")
    visible(page, ".tieuchi-changed textarea")[0].send_keys("Vì thử." + TAB)
    type_in(page, "25")
    button(page, "Hoàn tác").click()
    wait(page, lambda: "21%" in quota(page).text)
    wait(page, lambda: any('"share",0.21' in kept for _, kept in page.execute_script(_KEPT)))
    ((key, kept),) = page.execute_script(_KEPT)
    assert str(workspace) not in key + kept
    assert set(json.loads(kept)) == {"form", "version", "lang", "room", "leaf", "expression", "sets", "words", "code"}
    assert not [path for path, _ in written(workspace) - before if b"0.21" in path.read_bytes()]


def test_a_page_loaded_anew_goes_on_in_its_language_its_set_and_its_tab_and_a_report_in_the_making_ends(page, server):
    press(page, "English")
    wait(page, lambda: visible(page, ".tieuchi button", "Undo"))
    tab(page, "Report")
    press(page, "Make the full report")
    work, first = wait(page, lambda: working(server)), kept_set(page)
    shown(page, ".tieuchi select")[0].send_keys(DOWN)
    wait(page, lambda: "choose that set to go on" in text(page, ".tieuchi"))
    wait(page, lambda: kept_set(page) != first)
    chosen = page.execute_script(_CHOSEN)
    page.refresh()
    wait(page, lambda: "choose that set to go on" in text(page, ".tieuchi"))
    assert page.execute_script(_CHOSEN) == chosen
    wait(page, lambda: visible(page, ".tieuchi button", "Make the full report"))  # the tab
    assert [each.is_enabled() for each in visible(page, ".tieuchi button", "Stop the report")] == [False]
    wait(page, lambda: visible(page, "[role=status]", "is open again"))
    wait(page, lambda: not any(each.is_running() for each in work), 30)
    focus(page, shown(page, ".tieuchi select")[0])
    page.switch_to.active_element.send_keys(UP)
    tab(page, "Edit")
    wait(page, lambda: "21%" in text(page, ".tieuchi-changed"))
    assert not visible(page, "[role=status]", "is open again")
    press(page, "Tiếng Việt")
    wait(page, lambda: visible(page, ".tieuchi button", "Hoàn tác"))
    wait(page, lambda: any(each.get_property("value") == "Vì thử." for each in visible(page, ".tieuchi-changed textarea")))
    button(page, "Làm lại").click()
    wait(page, lambda: "25%" in quota(page).text)
    assert complaints(page) == []


def test_what_is_damaged_is_told_and_the_page_begins_anew(page):
    page.execute_script(_DAMAGE, "<img src=x onerror=window.obeyed=1>")
    page.refresh()
    wait(page, lambda: visible(page, "[role=status]", "Không mở lại được"))
    assert field(page).get_property("value") == "15"
    assert page.execute_script("return window.obeyed === undefined && !document.querySelector('.tieuchi img')")
    type_in(page, "16")
    assert not visible(page, "[role=status]", "Không mở lại được")
    assert complaints(page) == []
