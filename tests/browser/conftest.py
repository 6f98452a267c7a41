"""A served workbench and a browser without a window, for tests that do what a user does. Skipped only where no Chromium is installed.

One file is tried after the other, whichever worker has it: two browsers and two servers at once leave neither the processors it needs to answer in time.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

try:
    import fcntl
except ImportError:  # Windows has no such lock; its workers have a browser each
    fcntl = None

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1366,768", "--force-device-scale-factor=1",
)  # fmt: skip
TOKEN = "a-word-for-tests"  # noqa: S105 - no secret


def chromium():
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@pytest.fixture(scope="module", autouse=True)
def _one_file_at_a_time(tmp_path_factory):
    """Wait until no other worker of this run has a browser open."""
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp_path_factory.getbasetemp()
    with (shared / "browser.lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def serving(folder, workspace=ROOT, **variables):
    """Serve the pages as ``tieuchi app`` does; give an address without its notebook, and the process."""
    environment = {**os.environ, "JUPYTER_TOKEN": TOKEN, **variables}
    with socket.socket() as listener:  # a port of its own: another worker may be looking for one at the same moment
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "simulator", "app", "--no-browser", "--port", str(port), "--workspace", str(workspace)]
    with (folder / "log").open("wb") as log, (folder / "out").open("wb") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=log, start_new_session=True, cwd=folder)
        try:
            deadline = time.monotonic() + 120
            while not (address := (folder / "out").read_text(encoding="utf-8").strip()):
                assert server.poll() is None, (folder / "log").read_text(encoding="utf-8")
                assert time.monotonic() < deadline, (folder / "log").read_text(encoding="utf-8")
                time.sleep(0.2)
            yield Served(address.partition("/voila/")[0], psutil.Process(server.pid))
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=60)


class Served(NamedTuple):
    """Where pages are served, and by which process."""

    address: str
    process: psutil.Process

    def kernels(self):
        """Give the processes in which the pages of people are worked out."""
        return [each for each in self.process.children(recursive=True) if "ipykernel_launcher" in each.cmdline()]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Serve this workspace to every test."""
    if chromium() is None or shutil.which("chromedriver") is None:
        pytest.skip("no Chromium here")
    with serving(tmp_path_factory.mktemp("served")) as served_here:
        yield served_here


@pytest.fixture(scope="session")
def served(server):
    """Give the address of the pages without their notebook."""
    return server.address


@pytest.fixture(scope="module")
def browser(served):
    """A browser that remembers what it asked for and what it complained about."""
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


def complaints(driver):
    """Give what the page complained about as an error."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]


def asked_of_others(driver):
    """Give the addresses outside this machine the page asked for."""
    messages = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    asked = {message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"}
    return {address for address in asked if "127.0.0.1" not in address and not address.startswith(("data:", "blob:", "chrome"))}
