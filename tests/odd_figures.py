"""Figures that ``docs/odd.md`` states in its tables, so that a test holds the page to what the model gives."""

from __future__ import annotations

import re
from pathlib import Path

ODD = Path(__file__).resolve().parents[1] / "docs" / "odd.md"


def stated(row: str, section: int = 8) -> list[float]:
    """Read the **bold** figures of one row, in their order.

    Parameters
    ----------
    row
        What stands in its first cell.
    section
        Number of the section the table stands in.
    """
    return [float(figure.replace("−", "-")) for figure in re.findall(r"\*\*([−\d.]+)\*\*", _row(row, section))]


def _row(row: str, section: int) -> str:
    text = ODD.read_text(encoding="utf-8")
    part = re.split(r"^## ", text, flags=re.MULTILINE)[section]
    assert part.startswith(f"{section}. "), part[:20]
    found = [line for line in part.splitlines() if line.startswith(f"| {row} |")]
    assert len(found) == 1, (row, section)
    return found[0]


def rows(section: int) -> list[str]:
    """Give the first cells of the table of a section."""
    part = re.split(r"^## ", ODD.read_text(encoding="utf-8"), flags=re.MULTILINE)[section]
    cells = [line.split("|")[1].strip() for line in part.splitlines() if line.startswith("| ")]
    return [cell for cell in cells if cell != "#"]


def named_tests(section: int) -> set[str]:
    """Give the names of tests that a section's table names."""
    part = re.split(r"^## ", ODD.read_text(encoding="utf-8"), flags=re.MULTILINE)[section]
    return set(re.findall(r"`(test_\w+)`", part))
