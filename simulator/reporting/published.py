"""A report on the shelf, as a list of reports tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.errors import Finding
    from simulator.reporting.outline import Outline


@dataclass(frozen=True)
class Published:
    """A report on the shelf, and what its front says.

    Attributes
    ----------
    files
        The forms in the order they were asked for, then the numbers beside them.
    title, question, date
        As printed; question and date may be empty.
    notes
        Cautions that belong to the findings.
    findings
        The main results, a sentence each.
    """

    files: tuple[Path, ...]
    title: str
    question: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a report that was asked for: it is on the shelf, or there are reasons why it is not."""

    name: str
    published: Published | None = None
    failure: tuple[Finding, ...] = ()


def published(outline: Outline, files: tuple[Path, ...]) -> Published:
    """Take from the front of a report what a list of reports says of it."""
    blocks = [placed.block for placed in outline.front.blocks]
    by_role = {role: [block.text for block in blocks if block.block == "paragraph" and block.role == role] for role in ("lead", "date", "note")}
    findings = next((tuple(block.items) for block in blocks if block.block == "bullets"), ())
    question, date = (" ".join(by_role[role][:1]) for role in ("lead", "date"))
    return Published(files, outline.title, question, date, tuple(by_role["note"]), findings)
