"""A server is started, greeted once it listens, and waited for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from simulator.widgets.serving import watching
from simulator.widgets.serving.watching import watch


def server(code):
    return [sys.executable, "-c", code]


def test_it_looks_until_the_server_listens_and_no_further(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "SECONDS_BETWEEN_LOOKS", 0.05)
    ready = tmp_path / "ready"
    looked = []

    def greet(process):
        looked.append(process)
        if len(looked) == 3:
            ready.touch()
        return len(looked) == 3

    code = f"import pathlib, sys, time\nwhile not pathlib.Path({str(ready)!r}).exists(): time.sleep(.02)\ntime.sleep(.4)\nsys.exit(5)"
    assert watch(server(code), dict(os.environ), greet=greet, stop=pytest.fail) == 5
    assert len(looked) == 3
    assert len(set(looked)) == 1


def test_it_starts_in_the_environment_it_is_given(monkeypatch):
    monkeypatch.delenv("WORD", raising=False)
    code = "import os, sys; sys.exit(7 if os.environ.get('WORD') == 'mine' else 1)"
    assert watch(server(code), {**os.environ, "WORD": "mine"}, greet=lambda _: False, stop=pytest.fail) == 7


def test_an_interrupt_stops_the_server_as_asked_and_its_end_is_waited_for(monkeypatch):
    class Interrupted(subprocess.Popen):
        is_interrupted = False

        def wait(self, timeout=None):
            if not self.is_interrupted:
                self.is_interrupted = True
                raise KeyboardInterrupt
            return super().wait(timeout)

    monkeypatch.setattr(watching.subprocess, "Popen", Interrupted)
    stopped = []

    def stop(process):
        stopped.append(process.pid)
        process.kill()

    assert watch(server("import time; time.sleep(60)"), dict(os.environ), greet=lambda _: True, stop=stop) != 0
    assert len(stopped) == 1
