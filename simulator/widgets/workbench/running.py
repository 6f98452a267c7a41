"""The program at work beside the page, in a process of its own: what it says as it goes, its end, and an end before that."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Phase = Literal["idle", "running", "done", "failed", "cancelled"]
_TETHERED: Final = "simulator.widgets.workbench.tethered"
_SECRET: Final = frozenset({"JUPYTER_TOKEN"})
_SAID: Final = "said.json"


def program(folder: Path, arguments: Sequence[str], said: Any) -> subprocess.Popen[str]:
    """Start the program in a folder: it ends when nobody holds on to its input any more.

    Parameters
    ----------
    folder
        Where it runs; it takes the folder away when it is let go of.
    arguments
        A command with its options.
    said
        A file that takes the result.
    """
    command = [sys.executable, "-m", _TETHERED, str(folder), *arguments]
    environment = {name: value for name, value in os.environ.items() if name not in _SECRET}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=said, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        errors="replace", **_apart(),
    )  # fmt: skip


def _apart() -> dict[str, Any]:
    """Make a group of its own: what ends it with the processes it starts ends nobody else."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def let_go(process: subprocess.Popen[str]) -> None:
    """Ask the program to end; it has some seconds for that."""
    with suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    if sys.platform != "win32" and process.poll() is None:
        with suppress(OSError):
            process.send_signal(signal.SIGTERM)


class Run:
    """One piece of work at a time, and what came of the last one. It outlives the panel that shows it, which may be laid out in another language.

    Attributes
    ----------
    phase
        Where it is.
    lines
        What the program said so far, apart from its result.
    files
        Names and contents of what it made.
    seconds
        How long it took.
    on_change
        Called, from another thread, whenever something of this changes.
    """

    def __init__(self) -> None:
        self.phase: Phase = "idle"
        self.lines: list[str] = []
        self.files: dict[str, bytes] = {}
        self.seconds = 0.0
        self.on_change: Callable[[], None] = lambda: None
        self._process: subprocess.Popen[str] | None = None
        self._follower: threading.Thread | None = None

    def start(self, arguments: Sequence[str], inputs: Mapping[str, str]) -> None:
        """Start the program in a folder that holds some files; nothing while it is at work already.

        Parameters
        ----------
        arguments
            A command with its options; ``--json`` must be among them, for the files it made are read from its result.
        inputs
            Name of a file → its content.
        """
        if self.phase == "running":
            return
        folder = Path(tempfile.mkdtemp(prefix="tieuchi-"))
        for name, content in inputs.items():
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
        with (folder / _SAID).open("wb") as said:
            self._process = program(folder, arguments, said)
        self.phase, self.lines, self.files = "running", [], {}
        self._follower = threading.Thread(target=self._follow, args=(self._process, folder), daemon=True)
        self._follower.start()
        self.on_change()

    def cancel(self) -> None:
        """End the work; nothing it made stays."""
        if self.phase == "running" and self._process is not None:
            self.phase = "cancelled"
            let_go(self._process)
            self.on_change()

    def forget(self) -> None:
        """Leave nothing of the last piece of work; one that is going on is ended."""
        self.cancel()
        self.phase, self.lines, self.files = "idle", [], {}
        self.on_change()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the work has ended."""
        if self._follower is not None:
            self._follower.join(seconds)

    def _follow(self, process: subprocess.Popen[str], folder: Path) -> None:
        begun = time.monotonic()
        for line in process.stderr or ():
            if line.strip() and self._process is process:
                self.lines.append(line.rstrip())
                self.on_change()
        code = process.wait()
        for pipe in (process.stdin, process.stderr):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        if self._process is process and self.phase == "running":  # another piece of work may have begun while this one was ending
            self.seconds = time.monotonic() - begun
            try:
                self.files = _made(folder) if code == 0 else {}
            except (OSError, ValueError, KeyError):
                self.files = {}
            self.phase = "done" if self.files else "failed"
            self.on_change()
        shutil.rmtree(folder, ignore_errors=True)


def _made(folder: Path) -> dict[str, bytes]:
    names = json.loads((folder / _SAID).read_text(encoding="utf-8"))["files"]
    return {Path(name).name: (folder / name).read_bytes() for name in names}
