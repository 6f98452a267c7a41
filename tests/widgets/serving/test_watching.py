"""A server is started, greeted once it listens, and waited for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import suppress

import psutil
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


def test_a_server_whose_greeting_fails_is_ended(monkeypatch):
    monkeypatch.setattr(watching, "SECONDS_BETWEEN_LOOKS", 0.05)
    greeted = []

    def greet(process):
        greeted.append(psutil.Process(process))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        watch(server("import time; time.sleep(60)"), dict(os.environ), greet=greet, stop=pytest.fail)
    assert psutil.wait_procs(greeted, timeout=20)[1] == []


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


def test_an_interrupt_while_it_is_greeted_stops_it_too():
    stopped = []

    def greet(_process):
        raise KeyboardInterrupt

    def stop(process):
        stopped.append(process.pid)
        process.kill()

    assert watch(server("import time; time.sleep(60)"), dict(os.environ), greet=greet, stop=stop) != 0
    assert len(stopped) == 1


WATCHER = """
    import os, signal, sys
    from simulator.widgets.serving.watching import watch

    def greet(process):
        print(process, flush=True)
        return {is_greeted}

    # Whoever starts the tests so that they outlive a terminal hands on that the signal is ignored.
    signal.signal(signal.{name}, signal.SIG_IGN if {is_ignored} else signal.SIG_DFL)
    sys.exit(watch([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ), greet=greet, stop=lambda server: None))
"""


def watcher(name, *, is_greeted=True, is_ignored=False):
    """Start a process that watches another, and give both."""
    code = textwrap.dedent(WATCHER.format(name=name, is_greeted=is_greeted, is_ignored=is_ignored))
    watching_one = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True)
    return watching_one, psutil.Process(int(watching_one.stdout.readline()))


@pytest.mark.skipif(os.name == "nt", reason="a process is asked to end by signal here")
@pytest.mark.parametrize(("name", "is_greeted"), [("SIGTERM", True), ("SIGTERM", False), ("SIGHUP", True)])
def test_a_request_to_end_ends_the_server_as_well(name, is_greeted):
    ours, theirs = watcher(name, is_greeted=is_greeted)
    with ours:
        try:
            ours.send_signal(signal.Signals[name])  # to this process alone, as a service manager does
            assert ours.wait(timeout=30) == 128 + signal.Signals[name]
            psutil.wait_procs([theirs], timeout=5)
            assert not theirs.is_running()
        finally:
            ours.kill()
            with suppress(psutil.NoSuchProcess):
                theirs.kill()


@pytest.mark.skipif(os.name == "nt", reason="there is no terminal to leave")
def test_what_is_to_outlive_its_terminal_does():
    ours, theirs = watcher("SIGHUP", is_ignored=True)
    with ours:
        ours.send_signal(signal.SIGHUP)
        time.sleep(0.5)  # time enough to end, as the test above shows
        assert theirs.is_running()
        ours.terminate()
        assert ours.wait(timeout=30) == 128 + signal.SIGTERM
    assert not theirs.is_running()
