"""Where a page finds the criteria sets: a served notebook need not lie beside them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from simulator.workspace import Workspace

WORKSPACE_VARIABLE: Final = "TIEUCHI_WORKSPACE"
"""Tells a served notebook where the sets are."""


def served_workspace() -> Workspace:
    """Give the workspace of the page a notebook is part of; of a notebook that is not served, the one it lies in."""
    named = os.environ.get(WORKSPACE_VARIABLE)
    return find_workspace(explicit=Path(named)) if named else find_workspace()
