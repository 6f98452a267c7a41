"""Run the program for as long as the page that started it holds on to it: ``python -m simulator.widgets.workbench.tethered FOLDER report …``.

The page holds the other end of our input. It lets go when somebody cancels, when the session is closed, and when it is lost in whatever way; then the work is
stopped as by a request to end, and the folder it was done in is taken away.
"""

from __future__ import annotations

import _thread
import os
import runpy
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import Final

SECONDS_TO_STOP: Final = 10.0
"""How long the program may take to end by itself."""
_LAST: Final = 137
_POLITE: Final = 10


def main() -> None:
    """Run the program on what stands after the folder."""
    folder, sys.argv[1:] = Path(sys.argv[1]), sys.argv[2:]
    if hasattr(os, "nice"):
        os.nice(_POLITE)  # pages that follow a hand come first
    is_let_go = threading.Event()
    threading.Thread(target=_hold, args=(folder, is_let_go), daemon=True).start()
    try:
        runpy.run_module("simulator", run_name="__main__")
    finally:
        if is_let_go.is_set():
            _tidy(folder)


def _hold(folder: Path, is_let_go: threading.Event) -> None:
    """Wait until nobody holds on any more; then stop the program."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    is_let_go.set()
    last = threading.Timer(SECONDS_TO_STOP, _end, (folder,))
    last.daemon = True
    last.start()
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGTERM)
    else:
        _thread.interrupt_main()


def _end(folder: Path) -> None:
    """End what did not end by itself, with the processes it started."""
    _tidy(folder)
    if hasattr(os, "killpg"):
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(_LAST)


def _tidy(folder: Path) -> None:
    os.chdir(folder.parent)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
