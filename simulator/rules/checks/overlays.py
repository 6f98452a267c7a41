"""The overlays: whether each changes something, and only what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.criteria import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Look for overlays that change nothing, and for fields given the value they already had."""
    criteria = subject.criteria
    changing = {change.set for change in criteria.changes}
    for position, header in enumerate(criteria.headers[1:], start=1):
        if header.id not in changing:
            yield subject.find_in_header("RL318", position, "id", set=header.id)
    for change in criteria.idle:
        if change.set in changing and change.field != WHOLE:
            yield subject.find("RL323", f"{change.clause}.{change.field}", clause=change.clause, field=change.field)
