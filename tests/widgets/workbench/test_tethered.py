from __future__ import annotations

import subprocess
import sys
import time

from simulator.widgets.workbench import tethered
from simulator.widgets.workbench.running import program


def started(folder, *arguments):
    """Start the program with its result beside the folder."""
    folder.mkdir()
    with (folder.parent / "said").open("wb") as said:
        return program(folder, arguments, said)


def test_the_program_runs_as_ever_while_somebody_holds_on(tmp_path):
    process = started(tmp_path / "work", "list", "--lang", "en")
    assert process.wait(60) == 0
    assert "decree-91" in (tmp_path / "said").read_text(encoding="utf-8")
    assert (tmp_path / "work").exists()
    process.stdin.close()
    process.stderr.close()


def test_what_is_let_go_of_ends_and_takes_its_folder_away(tmp_path):
    process = started(tmp_path / "work", "report", "hanoi-2021", "--no-store", "-o", "made")
    assert process.stderr.readline()
    process.stdin.close()  # as when the session that held it is gone, in whatever way
    begun = time.monotonic()
    process.wait(60)
    assert time.monotonic() - begun < tethered.SECONDS_TO_STOP + 5
    assert process.returncode != 0
    assert not (tmp_path / "work").exists()
    process.stderr.close()


def test_what_does_not_end_by_itself_is_ended(tmp_path):
    (tmp_path / "work").mkdir()
    code = (
        "import signal, sys, threading, time; from pathlib import Path; from simulator.widgets.workbench import tethered\n"
        "tethered.SECONDS_TO_STOP = 0.2\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "threading.Thread(target=tethered._hold, args=(Path(sys.argv[1]), threading.Event()), daemon=True).start()\ntime.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "work")], stdin=subprocess.PIPE, start_new_session=True)
    process.stdin.close()
    assert process.wait(30) != 0
    assert not (tmp_path / "work").exists()
