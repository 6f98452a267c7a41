"""A workspace with the shipped law and questions, in which Hà Nội has a tenth of its units: what does not depend on size costs seconds less."""

from __future__ import annotations

import re
import shutil

from simulator.workspace import Workspace, find_workspace


def furnish_small(folder):
    """Put the shipped rules and scenarios into a folder, with a tenth of the units."""
    ours = find_workspace().root
    for name in ("criteria", "scenarios"):
        shutil.copytree(ours / name, folder / name)
    population = folder / "scenarios" / "populations" / "hanoi.yaml"
    text = population.read_text(encoding="utf-8")
    smaller = re.sub(r"units: (\d+)0\b", r"units: \1", text)
    assert smaller != text
    population.write_text(smaller, encoding="utf-8")
    return Workspace(folder)
