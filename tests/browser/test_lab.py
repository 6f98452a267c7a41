"""JupyterLab in a browser, as `tieuchi lab` opens it: on the page that says where to begin, in Vietnamese, quiet, and alone with this machine."""

from __future__ import annotations

import time
from contextlib import contextmanager

import pytest

from tests.browser.conftest import asked_of_others, complaints, running, skip_without_chromium, window
from tests.browser.page import text, wait
from tests.small_hanoi import furnish_small

pytestmark = pytest.mark.browser
OPEN = ".jp-NotebookPanel:not(.lm-mod-hidden) "


@contextmanager
def lab(folder, *arguments):
    """Open JupyterLab on a folder with rules and questions but no notebooks, with settings nobody has touched, and give the address it prints."""
    skip_without_chromium()
    place = folder / "place"
    place.mkdir()
    furnish_small(place)
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    own |= {"JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"), "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings")}
    with running(folder, ["lab", "--workspace", str(place), *arguments], **own) as (address, _):
        yield address


def choose(driver, selector, words):
    wait(driver, lambda: words in text(driver, selector))
    next(each for each in driver.find_elements("css selector", selector) if each.text.startswith(words)).click()


def test_it_opens_where_to_begin_in_vietnamese_and_asks_nobody_outside(tmp_path):
    with lab(tmp_path) as address, window() as driver:
        driver.get(address)
        wait(driver, lambda: "Bắt đầu từ đâu" in text(driver, ".jp-Notebook .jp-RenderedMarkdown h1"))
        wait(driver, lambda: "bàn soạn thảo" in text(driver, ".jp-Notebook"))
        wait(driver, lambda: "Thử tiêu chí khen thưởng" in driver.title)  # the name of the open page comes before it
        menus = wait(driver, lambda: text(driver, "#jp-MainMenu").split())
        assert {"Tệp", "Chạy"} <= set(menus), menus
        assert "File" not in menus
        # A link opens the tour beside it, in the same window.
        driver.execute_script("[...document.querySelectorAll('.jp-Notebook a')].find(each => each.href.includes('02_score')).click()")
        wait(driver, lambda: "Chấm điểm, xét một hồ sơ" in text(driver, OPEN + "h1"))
        # It is run as the tour says: menu Chạy, Run All Cells.
        choose(driver, "#jp-MainMenu .lm-MenuBar-item", "Chạy")
        choose(driver, ".lm-Menu .lm-Menu-item", "Run All Cells")
        wait(driver, lambda: "Sáng kiến được công nhận: hiện là 0, cần là 1" in text(driver, OPEN + ".jp-OutputArea"))
        wait(driver, lambda: "Thông tin phục vụ kiểm chứng" in text(driver, OPEN + ".jp-OutputArea"))
        assert "Error" not in text(driver, OPEN + ".jp-OutputArea")
        time.sleep(2)  # a question about news would have been asked by now
        assert not driver.find_elements("css selector", ".jp-Dialog, .Toastify__toast")
        assert asked_of_others(driver) == set()
        assert complaints(driver) == []


def test_it_opens_in_english_when_asked(tmp_path):
    with lab(tmp_path, "--lang", "en") as address, window() as driver:
        driver.get(address)
        wait(driver, lambda: "Where to begin" in text(driver, ".jp-Notebook h1"))
        assert {"File", "Run"} <= set(wait(driver, lambda: text(driver, "#jp-MainMenu").split()))
