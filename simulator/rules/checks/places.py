"""What does a percentage do to a small unit? The rounding lens: shares that leave units of 3, 7, 12 or 20 people nothing, or take everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.rounding import UNIT_SIZES, rounding_lens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Look for shares, counted unit by unit, that round to nothing or to everything even when everybody in the unit is counted, and for quotas of nothing."""
    for row in rounding_lens(subject.criteria):
        if row.kind == "quota" and row.share == 0:  # however places are counted and rounded
            yield subject.find("RL393", f"{row.clause}.share", clause=row.clause, share="0%")
        if row.pooling != "unit" or not 0 < row.share < 1:
            continue
        nothing = [size for size, places in zip(UNIT_SIZES, row.places, strict=True) if places == 0]
        everything = [size for size, places in zip(UNIT_SIZES, row.places, strict=True) if places == size]
        is_of_places = row.kind in {"direct-worker-floor", "leader-cap"}
        for code, sizes in (("RL364" if is_of_places else "RL317", nothing), ("RL366" if is_of_places else "RL363", everything)):
            if sizes:
                fields = {
                    "share": f"{float(row.share * 100):g}%",
                    "rounding": f"@{row.rounding}",
                    "sizes": ", ".join(str(size) for size in sizes),
                }
                yield subject.find(code, f"{row.clause}.share", clause=row.clause, **fields)
