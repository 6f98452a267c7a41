"""What a reader types to give a command: the launcher of a bare clone and an installed program have different names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

PROGRAM_VARIABLE: Final = "TIEUCHI_PROGRAM"
"""Set by the launcher ``run``: what was typed, so that help, errors and pages show commands that work where they are read."""
_INSTALLED: Final = "tieuchi"
_LAUNCHERS: Final = {"run": "run.cmd", "./run": "run"}
"""What the launcher is called where it lies, and its file."""
_CLONE: Final = Path(__file__).resolve().parents[2]


def program_name() -> str:
    """Name the program as it was started."""
    return os.environ.get(PROGRAM_VARIABLE) or _INSTALLED


def program_from_anywhere() -> str:
    """Name the program for a command that is given in another folder: a launcher lies in one folder only, so it is named with it."""
    name = program_name()
    launcher = _CLONE / _LAUNCHERS[name] if name in _LAUNCHERS else None
    if launcher is None or not launcher.is_file():
        return name
    return f'"{launcher}"' if " " in str(launcher) else str(launcher)
