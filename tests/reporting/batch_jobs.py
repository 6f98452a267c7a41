"""What reports of a batch may do, each in a process of its own. That process loads this file, so it stands apart from the tests, which load what tests are run with."""

from __future__ import annotations

import errno
import os
import signal
import tempfile
import time

from simulator.errors import Finding, InputError, RunError, Severity
from simulator.reporting.published import Published

NAME_OF_A_PERSON = "Nguyễn Thị Hương"


class UnpicklableError(Exception):
    def __init__(self, first, second):
        super().__init__(first)
        self.second = second


def write(folder, text="mới", title="Báo cáo"):
    folder.mkdir(exist_ok=True)
    files = (folder / "report.vi.html", folder / "comparison.json")
    for path in files:
        path.write_text(text, encoding="utf-8")
    return Published(files, title, "Vấn đề?", "Ngày 10", ("Chú ý.",), ("Giảm 0,20.",))


def slow(folder):
    time.sleep(0.4)
    return write(folder)


def refuse(folder):
    (folder / "half").write_text("x", encoding="utf-8")
    raise InputError([Finding("RP107", Severity.ERROR, "x", 1, {"found": "nosuch", "known": "hanoi-2021"})])


def fail(_folder):
    raise RunError("cell 3 failed", fields={"code": "RP201", "cell": "3", "error": "KeyError", "problem": NAME_OF_A_PERSON})


def stumble(_folder):
    raise UnpicklableError(NAME_OF_A_PERSON, 2)


def fill_the_disk(_folder):
    raise OSError(errno.ENOSPC, "No space left on device")


def die(folder):
    (folder / "half").write_text("x", encoding="utf-8")
    os._exit(9)


def die_once(mark, folder):
    if not mark.exists():
        mark.write_text("", encoding="utf-8")
        os._exit(9)
    return write(folder)


def say_where(folder):
    return write(folder, tempfile.gettempdir())


def interrupt_then_wait(parent, folder):
    os.kill(parent, signal.SIGINT)
    time.sleep(60)
    return write(folder)


def wait_for(mark, then, folder):
    deadline = time.monotonic() + 30
    while not mark.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return then(folder)
