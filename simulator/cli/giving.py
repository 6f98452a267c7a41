"""The result on stdout, alone: text as it is, data as strict JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def give(result: str | dict[str, Any]) -> None:
    """Write the result: text as it is, data as strict UTF-8 JSON."""
    text = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the result has read enough; the interpreter must not complain at its exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def short(path: Path) -> str:
    """Name a file from the current folder where it lies inside."""
    return str(path.relative_to(Path.cwd())) if path.is_absolute() and path.is_relative_to(Path.cwd()) else str(path)
