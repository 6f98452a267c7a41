"""A page that is left gives its place back: the next person of a class finds it free."""

from __future__ import annotations

import pytest

from simulator.widgets.served import COMPANY_VARIABLE
from tests.browser.conftest import QUICK, complaints
from tests.browser.page import TAB, field, open_page, text, visible, wait

pytestmark = pytest.mark.browser
SECONDS = 15
"""A kernel ends within one or two; the net below this, for pages that cannot say that they are left, takes a minute."""


@pytest.fixture(scope="module")
def page(browser, served):
    """Give a page that each test leaves open, and the last leaves behind."""
    return open_page(browser, served, QUICK)


def newest(server):
    """Give the process of the page opened last."""
    return max(server.kernels(), key=lambda each: each.create_time())


def test_closing_a_tab_ends_its_kernel_and_no_other(page, server):
    mine, others = page.current_window_handle, set(server.kernels())
    page.switch_to.new_window("tab")
    open_page(page, server.address, QUICK)
    (kernel,) = set(server.kernels()) - others
    page.close()
    page.switch_to.window(mine)
    wait(page, lambda: not kernel.is_running(), SECONDS)
    field(page).send_keys("\ue009a\ue000", "22\ue007")
    wait(page, lambda: "22%" in page.find_element("tag name", "body").text)


def test_loading_it_anew_before_the_answer_has_come_goes_on_with_the_draft_and_the_words_in_the_same_place(page, server):
    kernel, n_kernels = newest(server), len(server.kernels())
    field(page).send_keys("\ue009a\ue000", "23\ue007")
    wait(page, lambda: any('"share",0.23' in kept for kept in page.execute_script("return Object.values(sessionStorage)")))
    wait(page, lambda: visible(page, ".tieuchi-changed textarea"))[0].send_keys("Vì chưa ")
    page.refresh()
    wait(page, lambda: visible(page, "[role=status]", "Đã mở lại bản thảo"))
    wait(page, lambda: field(page).get_property("value") == "23" and "23%" in text(page, ".tieuchi-changed"))
    reason = wait(page, lambda: next((each for each in visible(page, ".tieuchi-changed textarea") if each.get_property("value") == "Vì chưa "), None))
    assert page.switch_to.active_element == reason
    reason.send_keys("viết xong" + TAB)
    wait(page, lambda: any('"vi":"Vì chưa viết xong"' in kept for kept in page.execute_script("return Object.values(sessionStorage)")))
    wait(page, lambda: not kernel.is_running() and len(server.kernels()) == n_kernels, SECONDS)
    assert COMPANY_VARIABLE not in newest(server).environ(), "it is answered as quickly as before"


def test_going_elsewhere_ends_the_kernel(page, server):
    kernel = newest(server)
    complaints(page)
    page.get("about:blank")
    wait(page, lambda: not kernel.is_running(), SECONDS)
    assert complaints(page) == []
