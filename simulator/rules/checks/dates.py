"""The dates of a set: whether they are in order, and whether anybody has looked lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject

LONGEST_UNCHECKED = timedelta(days=365)


def check(subject: Subject) -> Iterator[Finding]:
    """Look for validity out of order and for sets nobody has checked for a year."""
    for position, header in enumerate(subject.criteria.headers):
        start, end = (None, None) if header.valid is None else (header.valid.start, header.valid.end)
        if start is not None and end is not None and end < start:
            yield subject.find_in_header("RL314", position, "valid", start=start.isoformat(), end=end.isoformat())
        if subject.on is None:
            continue
        fields = {"checked_on": header.checked_on.isoformat(), "on": subject.on.isoformat()}
        if header.checked_on > subject.on:
            yield subject.find_in_header("RL316", position, "checked_on", **fields)
        elif subject.on - header.checked_on > LONGEST_UNCHECKED:
            yield subject.find_in_header("RL313", position, "checked_on", **fields)
        if header.status == "in-force" and start is not None and end is not None and start <= end < subject.on:
            yield subject.find_in_header("RL315", position, "status", end=end.isoformat())
