from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from simulator.widgets.workbench.running import Run, let_go, program

SCENARIO = ["report", "hanoi-2021", "-o", "made", "--json", "--no-store"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A place of its own for folders of work, so that what is left there can be seen."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_the_program_makes_is_given_and_lies_nowhere(place):
    run, seen = Run(), []
    run.on_change = lambda: seen.append(run.phase)
    run.start(["diff", "decree-91", "law-2022", "--to", "md", "-o", "made", "--json", "--lang", "vi"], {"note.yaml": "x"})
    run.wait(60)
    assert (run.phase, list(run.files)) == ("done", ["decree-91--law-2022.vi.md"])
    assert b"|" in run.files["decree-91--law-2022.vi.md"]
    assert seen[0] == "running"
    assert seen[-1] == "done"
    assert list(place.iterdir()) == []


def test_a_refusal_is_told_in_the_words_of_the_program(place):
    run = Run()
    run.start(["diff", "decree-91", "no-such-set", "--json", "--lang", "vi"], {})
    run.wait(60)
    assert (run.phase, run.files) == ("failed", {})
    assert any("CS117" in line for line in run.lines)
    assert list(place.iterdir()) == []


def test_work_that_is_cancelled_leaves_nothing_and_other_work_can_follow_at_once(place):
    run = Run()
    run.start(SCENARIO, {})
    deadline = time.monotonic() + 60
    while not run.lines and time.monotonic() < deadline:
        time.sleep(0.05)
    first = run._follower
    run.cancel()
    assert run.phase == "cancelled"
    run.start(["list", "--lang", "vi"], {})
    run.start(["list"], {})  # one at a time
    first.join(60)
    run.wait(60)
    assert run.phase == "failed"  # a list makes no files
    assert list(place.iterdir()) == []


def test_work_that_is_forgotten_leaves_nothing_to_show(place):
    run, seen = Run(), []
    run.start(["diff", "decree-91", "law-2022", "--to", "md", "-o", "made", "--json"], {})
    run.wait(60)
    assert run.files
    run.on_change = lambda: seen.append(run.phase)
    run.forget()
    assert (run.phase, run.files, run.lines, seen) == ("idle", {}, [], ["idle"])
    run.start(SCENARIO, {})
    run.forget()
    run.wait(60)
    assert (run.phase, run.files) == ("idle", {})
    assert list(place.iterdir()) == []


def test_a_secret_of_the_server_is_not_handed_on(place, monkeypatch):
    monkeypatch.setenv("JUPYTER_TOKEN", "a-word")
    process = program(place, ["list"], None)
    try:
        environment = Path(f"/proc/{process.pid}/environ")
        if not environment.exists():
            pytest.skip("no such view of a process here")
        assert b"JUPYTER_TOKEN" not in environment.read_bytes()
    finally:
        let_go(process)
        process.wait(30)
        process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes are those of POSIX")
def test_what_ends_the_work_ends_nobody_else(place):
    process = program(place, ["list"], None)
    try:
        assert os.getpgid(process.pid) != os.getpgid(0)
    finally:
        let_go(process)
        process.wait(30)
        process.stderr.close()
