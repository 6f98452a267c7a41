"""What a served notebook is told by its server: where the criteria sets are, for it need not lie beside them, and whether it has company."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from simulator.workspace import Workspace

WORKSPACE_VARIABLE: Final = "TIEUCHI_WORKSPACE"
"""Tells a served notebook where the sets are."""
COMPANY_VARIABLE: Final = "TIEUCHI_COMPANY"
"""Tells a served notebook that others had their page open when it was opened, so that it leaves them their share of the machine."""

OLD_VARIABLE: Final = "TIEUCHI_OLD_NOTEBOOKS"
"""Tells a served notebook which notebooks of its workspace may be of another version of the program."""


def served_workspace() -> Workspace:
    """Give the workspace of the page a notebook is part of; of a notebook that is not served, the one it lies in."""
    named = os.environ.get(WORKSPACE_VARIABLE)
    return find_workspace(explicit=Path(named)) if named else find_workspace()


def is_alone() -> bool:
    """Say whether this page was the only one when it was opened; a notebook that is not served always is."""
    return not os.environ.get(COMPANY_VARIABLE)


def is_old(notebook: str) -> bool:
    """Say whether a notebook, by its name, may be of another version of the program; of one that is not served nobody knows."""
    return notebook in os.environ.get(OLD_VARIABLE, "").split(",")
