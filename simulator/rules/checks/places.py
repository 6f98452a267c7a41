"""What does a percentage do to a small unit? The rounding lens: a share that leaves units of 3, 7, 12 or 20 people without any place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.clauses import Quota
from simulator.rules.rounding import round_places
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject

UNIT_SIZES = (3, 7, 12, 20)


def check(subject: Subject) -> Iterator[Finding]:
    """Look for quotas, counted unit by unit, that round to nothing even when everybody in the unit is counted."""
    for path, clause in subject.criteria.iter_clauses():
        if not isinstance(clause, Quota) or clause.share is None or not 0 < clause.share <= 1 or clause.pooling != "unit":
            continue
        sizes = [size for size in UNIT_SIZES if round_places(exact(clause.share), size, clause.rounding) == 0]
        if sizes:
            fields = {
                "share": f"{float(exact(clause.share) * 100):g}%",
                "rounding": f"@{clause.rounding}",
                "sizes": ", ".join(str(size) for size in sizes),
            }
            yield subject.find("RL317", f"{path}.share", clause=path, **fields)
