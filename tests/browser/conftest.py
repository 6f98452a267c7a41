"""A served workbench and a browser without a window, for tests that do what a user does. Skipped only where no Chromium is installed.

One worker has all of these files (``tests/dealing.py``), and one server and one browser for them: what a page is built from is fetched once.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTH, HEIGHT = 1366, 768
"""Of a screen as offices have them; what is left of its height for a page is less."""
SECONDS_TO_START, SECONDS_TO_END = 120, 30
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", f"--window-size={WIDTH},{HEIGHT}", "--force-device-scale-factor=1",
)  # fmt: skip
BUILT_APART = re.compile(
    r'"(Unsatisfied version [0-9.]+ from _JUPYTERLAB\.CORE_OUTPUT of shared singleton|No satisfying version \(\^[0-9.]+\) of shared) module @jupyterlab/'
    r"(console|coreutils|logconsole|mainmenu|notebook|outputarea|rendermime|services|settingregistry|statedb|translation)\b"
)
"""Voilà carries an older JupyterLab than the one for which the widgets were built, and says so of each part the two share. Neither is ours to build, and widgets
of that age would be too old for JupyterLab itself. Other parts are none of a page's, and nothing that asks for them is given to it."""
TOKEN = "a-word-for-tests"  # noqa: S105 - no secret
QUICK = "quick"
"""The workbench, which simulates each draft a few times over a few years: for what does not depend on how closely numbers are known."""


def chromium():
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def skip_without_chromium():
    if chromium() is None or shutil.which("chromedriver") is None:
        pytest.skip("no Chromium here")


@contextmanager
def running(folder, command, **variables):
    """Start ``tieuchi lab`` or ``tieuchi app`` on a port of its own; give the address it prints, and its process. Nothing it started outlives it."""
    with socket.socket() as listener:  # another worker may be looking for one at the same moment
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    told = [sys.executable, "-m", "simulator", *command, "--no-browser", "--port", str(port)]
    environment = {**os.environ, "JUPYTER_TOKEN": TOKEN, **variables}
    with (folder / "log").open("wb") as log, (folder / "out").open("wb") as out:
        server = psutil.Popen(told, env=environment, stdout=out, stderr=log, start_new_session=True, cwd=folder)
        try:
            deadline = time.monotonic() + SECONDS_TO_START
            while not (address := (folder / "out").read_text(encoding="utf-8").strip()):
                assert server.poll() is None, (folder / "log").read_text(encoding="utf-8")
                assert time.monotonic() < deadline, (folder / "log").read_text(encoding="utf-8")
                time.sleep(0.1)
            yield address, server
        finally:
            started = server.children(recursive=True) if server.is_running() else []
            server.terminate()
            _, orphans = psutil.wait_procs([server, *started], timeout=SECONDS_TO_END)
            for orphan in orphans:
                orphan.kill()
            psutil.wait_procs(orphans, timeout=SECONDS_TO_END)


@contextmanager
def serving(folder, workspace, **variables):
    """Serve the pages as ``tieuchi app`` does; give an address without its notebook, and the process."""
    with running(folder, ["app", "--workspace", str(workspace)], **variables) as (address, server):
        yield Served(address.partition("/voila/")[0], server)


class Served(NamedTuple):
    """Where pages are served, and by which process."""

    address: str
    process: psutil.Process

    def kernels(self):
        """Give the processes in which the pages of people are worked out."""
        return [each for each in self.process.children(recursive=True) if "ipykernel_launcher" in each.cmdline()]


def copy_of_workspace(place):
    """Copy what the pages need, so that what is kept while trying them is kept in the copy, and add the quick page."""
    for folder in ("criteria", "scenarios", "notebooks", "reports/templates"):
        shutil.copytree(ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    words = (place / "notebooks" / "workbench.ipynb").read_text(encoding="utf-8")
    for usual, few in (("replications = 30", "replications = 4"), ("years = 10", "years = 3")):
        assert words.count(usual) == 1
        words = words.replace(usual, few)
    (place / "notebooks" / f"{QUICK}.ipynb").write_text(words, encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    """Give the workspace every test has before it."""
    return copy_of_workspace(tmp_path_factory.mktemp("workspace"))


@pytest.fixture(scope="session")
def server(workspace, tmp_path_factory):
    """Serve a workspace to every test."""
    skip_without_chromium()
    with serving(tmp_path_factory.mktemp("served"), workspace) as served_here:
        yield served_here


@pytest.fixture(scope="session")
def served(server):
    """Give the address of the pages without their notebook."""
    return server.address


@contextmanager
def window():
    """Open a browser that remembers what it asked for and what it complained about."""
    skip_without_chromium()
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium()
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture(scope="session")
def only_browser():
    """Open the browser of all files."""
    with window() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(served, only_browser):
    """Give the browser to the tests of one file, and leave it behind as it was: on no page, of its own size, with nothing to complain of."""
    yield only_browser
    only_browser.get("about:blank")
    only_browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    only_browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "default"})
    for kind in ("browser", "performance"):
        only_browser.get_log(kind)


def complaints(driver):
    """Give what the page complained about since it was last asked, warnings too."""
    told = (entry["message"] for entry in driver.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"})
    return [message for message in told if not BUILT_APART.search(message)]


def asked_of_others(driver):
    """Give the addresses outside this machine the page asked for."""
    messages = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    asked = {message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"}
    return {address for address in asked if "127.0.0.1" not in address and not address.startswith(("data:", "blob:", "chrome"))}
