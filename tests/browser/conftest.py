"""A served workbench and a browser without a window, for tests that do what a user does. Skipped only where no Chromium is installed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1366,768", "--force-device-scale-factor=1",
)  # fmt: skip
TOKEN = "a-word-for-tests"  # noqa: S105 - no secret


def chromium():
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """Serve the pages as ``tieuchi app`` does, and give an address without its notebook."""
    if chromium() is None or shutil.which("chromedriver") is None:
        pytest.skip("no Chromium here")
    folder = tmp_path_factory.mktemp("served")
    environment = {**os.environ, "JUPYTER_TOKEN": TOKEN}
    with socket.socket() as listener:  # a port of its own: another worker may be looking for one at the same moment
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "simulator", "app", "--no-browser", "--port", str(port), "--workspace", str(ROOT)]
    with (folder / "log").open("wb") as log, (folder / "out").open("wb") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=log, start_new_session=True, cwd=folder)
        try:
            deadline = time.monotonic() + 120
            while not (address := (folder / "out").read_text(encoding="utf-8").strip()):
                assert server.poll() is None, (folder / "log").read_text(encoding="utf-8")
                assert time.monotonic() < deadline, (folder / "log").read_text(encoding="utf-8")
                time.sleep(0.2)
            yield address.partition("/voila/")[0]
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)


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
