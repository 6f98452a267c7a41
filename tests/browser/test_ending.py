"""A page that nobody answers any more says so within seconds, and is loaded anew only by a hand."""

from __future__ import annotations

import pytest

from simulator.presentation.i18n import translate
from tests.browser.conftest import QUICK, serving, skip_without_chromium
from tests.browser.page import SPACE, open_page, press, shown, tab, text, visible, wait

pytestmark = pytest.mark.browser
SECONDS = 15
NOTICE = "#tieuchi-cut"


@pytest.fixture(scope="module")
def own_server(workspace, tmp_path_factory):
    """Serve pages that may be broken; the last test breaks the server."""
    skip_without_chromium()
    with serving(tmp_path_factory.mktemp("broken"), workspace) as served_here:
        yield served_here


def the_server(served):
    """Give the process that serves, between the command and the kernels."""
    return next(each for each in served.process.children(recursive=True) if "voila" in each.cmdline() and "ipykernel_launcher" not in each.cmdline())


def is_told(browser, key):
    """Tell whether the notice that is seen begins as a message does."""
    return text(browser, NOTICE).startswith(translate(key, "vi", lost="", program="").partition(":")[0])


def test_a_kernel_that_has_ended_is_told_with_the_way_on_and_gives_up_its_place_but_not_the_work(browser, own_server):
    open_page(browser, own_server.address, "training")
    browser.find_element("css selector", ".tieuchi .widget-radio-box input").send_keys(SPACE)
    press(browser, "Ghi dự đoán")
    wait(browser, lambda: "Đã ghi dự đoán" in text(browser, "body"))
    tab(browser, "Đóng vai")
    press(browser, "Nhận đơn vị")
    press(browser, "Năm nay không đề nghị ai")
    told = wait(browser, lambda: visible(browser, ".tieuchi p", "Năm 1: đã đề nghị"))[0].text
    assert browser.title == translate("page.training.title", "vi")
    assert not shown(browser, NOTICE)
    browser.execute_script("window.isTheSame = true")
    own_server.kernels()[0].kill()
    wait(browser, lambda: is_told(browser, "page.ended"), SECONDS)
    code = text(browser, NOTICE).partition("nhập mã ")[2].partition(".")[0]
    assert len(code) == 10
    assert own_server.kernels() == []
    assert browser.execute_script("return window.isTheSame")
    shown(browser, f"{NOTICE} button")[0].click()
    assert wait(browser, lambda: visible(browser, ".tieuchi p", "Năm 1: đã đề nghị"))[0].text == told, "the seat is there again"
    tab(browser, "Tám bài")
    wait(browser, lambda: "Đã ghi dự đoán" in text(browser, "body"))
    assert not shown(browser, NOTICE)
    assert len(own_server.kernels()) == 1


def test_a_server_that_is_silent_for_a_while_is_told_until_it_answers_and_one_that_has_ended_stays_told(browser, own_server):
    open_page(browser, own_server.address, QUICK)
    server = the_server(own_server)
    server.suspend()
    try:
        wait(browser, lambda: is_told(browser, "page.cut"), SECONDS)
    finally:
        server.resume()
    wait(browser, lambda: not shown(browser, NOTICE), SECONDS)
    server.kill()
    wait(browser, lambda: is_told(browser, "page.cut"), SECONDS)
    assert "Các bản thảo đã lưu" in text(browser, NOTICE)
    assert shown(browser, ".tieuchi svg.figure")
