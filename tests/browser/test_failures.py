"""What a user is told when something goes wrong, and when there is no seat left."""

from __future__ import annotations

import json

import pytest

from tests.browser.conftest import QUICK, TOKEN, copy_of_workspace, serving, skip_without_chromium
from tests.browser.page import TAB, field, open_page, quota, shown, text, wait

pytestmark = pytest.mark.browser
N_BYTES = 12_000_000
"""Of a file carried away: many times what a server passes on of printed words, and what an address may be long."""
FULL = ("cho 1 người cùng lúc", "no free place: 1 at most")
"""What the one is told for whom there is no seat, in both languages."""
RAISING = f"""
import ipywidgets
from IPython.display import display
from simulator.widgets.workbench.downloads import link_to

carried = ipywidgets.HTML()
display(carried)

def fail(*given):
    carried.value = link_to("lon.bin", bytes({N_BYTES}), "vi")
    raise ZeroDivisionError("a secret of the machine")

workbench.findings.show = fail
"""


@pytest.fixture(scope="module")
def failing(tmp_path_factory):
    """Serve a workbench in which one callback raises, to one person at a time."""
    skip_without_chromium()
    workspace = copy_of_workspace(tmp_path_factory.mktemp("failing"))
    path = workspace / "notebooks" / f"{QUICK}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"].append({"cell_type": "code", "id": "raising", "execution_count": None, "metadata": {}, "outputs": [], "source": RAISING})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with serving(tmp_path_factory.mktemp("served"), workspace, TIEUCHI_SEATS="1") as served_here:
        yield served_here.address


def test_a_callback_that_raises_says_so_in_vietnamese_and_the_page_lives_on(browser, failing):
    open_page(browser, failing, QUICK)
    field(browser).send_keys("\ue009a\ue000", "12" + TAB)
    alert = wait(browser, lambda: shown(browser, "[role=alert]"))
    assert alert[0].text.startswith("Chưa thực hiện được (ZeroDivisionError)")
    assert "a secret" not in text(browser, "body")
    field(browser).send_keys("\ue009a\ue000", "13" + TAB)
    wait(browser, lambda: field(browser).get_property("value") == "13")


def test_a_large_file_is_carried_away_whole(browser, failing, tmp_path):
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    wait(browser, lambda: shown(browser, "a[download='lon.bin']"))[0].click()
    saved = tmp_path / "lon.bin"
    wait(browser, lambda: saved.is_file() and saved.stat().st_size == N_BYTES, 30)


def test_the_one_for_whom_there_is_no_seat_is_told_when_to_come_again(browser, failing):
    mine = browser.current_window_handle
    browser.switch_to.new_window("window")
    try:
        browser.get(f"{failing}/voila/render/{QUICK}.ipynb?token={TOKEN}")
        wait(browser, lambda: [words in alert.text for words, alert in zip(FULL, shown(browser, "[role=alert]"), strict=False)] == [True, True])
    finally:
        browser.close()
        browser.switch_to.window(mine)
    assert quota(browser).is_displayed()


def test_loading_a_page_anew_in_a_full_room_ends_on_the_page(browser, failing):
    browser.get(f"{failing}/voila/render/{QUICK}.ipynb?token={TOKEN}")
    wait(browser, lambda: field(browser).get_property("value") == "13")
