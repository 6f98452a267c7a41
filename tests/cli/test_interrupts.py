"""Ctrl-C and a request to end stop everything at once, once, and says so in one line."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from simulator.cli import interrupts
from simulator.experiments.store.results_file import FILE_NAME
from simulator.presentation.i18n import catalogue
from tests.experiments.shelf import kept


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt is no signal there")
def test_an_interrupt_is_told_in_one_line(place):
    arguments = [sys.executable, "-m", "simulator", "--workspace", str(place), "compare", "hanoi-2021", "--replications", "900", "--workers", "1"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as child:
        child.stderr.readline()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert out == ""
    assert catalogue("vi")["cli.stopped"] in err.splitlines()[-2:]


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt is no signal there")
@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        # One that works alone is stopped before it begins in the test above.
        pytest.param("compare", 0.0, id="compare-before-workers", marks=pytest.mark.deep),
        pytest.param("compare", 0.4, id="compare-as-workers-start"),
        pytest.param("compare", None, id="compare-at-work"),
        # Until a report is written its command starts and stops the same processes.
        pytest.param("report", 0.0, id="report-before-workers", marks=pytest.mark.deep),
        pytest.param("report", 0.4, id="report-as-workers-start", marks=pytest.mark.deep),
        pytest.param("report", None, id="report-at-work", marks=pytest.mark.deep),
    ],
)
def test_two_interrupts_stop_all_processes_at_once_and_leave_nothing(brief, tmp_path, command, seconds):
    """A terminal sends Ctrl-C to every process of the group, and an impatient user sends it twice; at work are those of whom a result has been kept."""
    place = tmp_path / "w"
    shutil.copytree(brief, place, ignore=shutil.ignore_patterns("reports"))
    arguments = ["--workspace", str(place), command, "hanoi-2021", "--replications", "900", "--workers", "2", "--lang", "en"]
    arguments += ["-o", str(tmp_path / "report")] if command == "report" else []
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as child:
        child.stderr.readline()
        time.sleep(seconds or 0)
        deadline = time.monotonic() + 60
        while seconds is None and not kept(place / "reports" / "store") and time.monotonic() < deadline:
            time.sleep(0.02)
        started = time.monotonic()
        os.killpg(child.pid, signal.SIGINT)
        time.sleep(0.1)
        os.killpg(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=60)
        lasted = time.monotonic() - started
    words = catalogue("en")
    said = [line for line in err.splitlines() if line and not re.fullmatch(r"[\d/ ]*.*900.*", line)]
    told = [words["cli.stopped-kept"]] if (place / "reports" / "store" / FILE_NAME).exists() else []
    assert (child.returncode, out, said) == (130, "", [words["cli.stopping"], words["cli.stopped"], *told])
    assert lasted < 5  # a second, on a machine that does nothing else
    assert not (tmp_path / "report").exists()
    deadline = time.monotonic() + 15  # the system may take seconds to bury what has ended
    while is_alive(child.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(child.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="no request to end is sent there")
@pytest.mark.parametrize("is_in_background", [pytest.param(False, id="in-front", marks=pytest.mark.deep), pytest.param(True, id="in-background")])
def test_a_request_to_end_stops_a_report_and_leaves_nothing(brief, tmp_path, is_in_background):
    """The system sends it to the program alone; a shell lets what runs in the background ignore Ctrl-C."""
    arguments = [
        "--workspace",
        str(brief),
        "report",
        "hanoi-2021",
        "--replications",
        "2",
        "--workers",
        "1",
        "--lang",
        "en",
        "-o",
        str(tmp_path / "report"),
    ]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if is_in_background else signal.getsignal(signal.SIGINT)
    try:
        child = subprocess.Popen(
            [sys.executable, "-m", "simulator", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with child:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("report/.unfinished-*")) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert list(tmp_path.glob("report/.unfinished-*"))
        child.terminate()
        out, err = child.communicate(timeout=60)
    words = catalogue("en")
    assert (child.returncode, out, err.splitlines()[-3:]) == (143, "", [words["cli.stopping"], words["cli.stopped"], words["cli.stopped-kept"]])
    assert list(tmp_path.glob("report*")) == []
    deadline = time.monotonic() + 15
    while is_alive(child.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(child.pid)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_python_swallows_is_sent_again(monkeypatch):
    """An interrupt that falls into the end of an object's life is only printed by Python, and the work would go on."""

    class Fragile:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(interrupts, "SECONDS_TO_STOP", 0.05)
    try:
        with pytest.raises(KeyboardInterrupt), interrupts.stopping_at_once("en"):  # noqa: PT012 - the work goes on after the swallowing
            Fragile()
            time.sleep(20)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def is_alive(group):
    """Tell whether any process of a group lives."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_program_that_asks_before_it_stops_gets_its_interrupts_back():
    before = signal.getsignal(signal.SIGINT)
    try:
        with interrupts.stopping_at_once("en"):
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
            interrupts.leave_to_others()
            assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGINT, before)
