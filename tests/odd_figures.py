"""Figures that ``docs/odd.md`` and its Vietnamese page state in their tables, so that a test holds the pages to what the model gives."""

from __future__ import annotations

import re
from pathlib import Path

ODD = Path(__file__).resolve().parents[1] / "docs" / "odd.md"
ODD_VI = ODD.with_suffix(".vi.md")


def stated(row: str, section: int = 8, page: Path = ODD) -> list[float]:
    """Read the **bold** figures of one row, in their order.

    Parameters
    ----------
    row
        What stands in its first cell.
    section
        Number of the section the table stands in.
    page
        The page; its decimal sign may be a comma.
    """
    return [float(figure.replace("−", "-").replace(",", ".")) for figure in re.findall(r"\*\*([−\d.,]+)\*\*", _row(row, section, page))]


def _row(row: str, section: int, page: Path) -> str:
    found = [line for line in _part(section, page).splitlines() if line.startswith(f"| {row} |")]
    assert len(found) == 1, (row, section)
    return found[0]


def _part(section: int, page: Path) -> str:
    parts = [part for part in re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE) if part.startswith(f"{section}. ")]
    assert len(parts) == 1, (section, page)
    return parts[0]


def rows(section: int, page: Path = ODD) -> list[str]:
    """Give the first cells of the table of a section."""
    cells = [line.split("|")[1].strip() for line in _part(section, page).splitlines() if line.startswith("| ")]
    return [cell for cell in cells if cell != "#"]


def named_tests(section: int) -> set[str]:
    """Give the names of tests that a section's table names."""
    return set(re.findall(r"`(test_\w+)`", _part(section, ODD)))
