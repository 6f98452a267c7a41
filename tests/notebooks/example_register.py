"""The made-up award list of the tour on registers: two units of three give awards by turn, the third by merit, where a head has a lead."""

from __future__ import annotations

import random

AWARD = "chien-si-thi-dua-co-so"
ROLES = ("head", "deputy", "staff", *["direct"] * 7)
FIRST_YEAR, N_YEARS, N_UNITS, N_PLACES = 2018, 6, 24, 2
_LEAD = 8


def example_register() -> str:
    """Write the list as CSV; nobody in it is real."""
    luck = random.Random(2023)  # noqa: S311 - the luck of an example is no secret
    lines = ["year,unit_id,member_id,role,award,merit"]
    for unit in range(N_UNITS):
        merit = [luck.gauss(70, 8) for _ in ROLES]
        waits = [luck.random() for _ in ROLES]
        for year in range(FIRST_YEAR, FIRST_YEAR + N_YEARS):
            shown = [round(each + luck.gauss(0, 3)) for each in merit]
            by_merit = [each + _LEAD * (role == "head") for each, role in zip(shown, ROLES, strict=True)]
            wish = waits if unit % 3 else by_merit
            best = sorted(range(len(ROLES)), key=lambda member: (-wish[member], member))[:N_PLACES]
            waits = [0.0 if member in best else wait + 1 for member, wait in enumerate(waits)]
            for member, role in enumerate(ROLES):
                award = AWARD if member in best else ""
                lines.append(f"{year},u{unit + 1:02},u{unit + 1:02}-{member + 1:02},{role},{award},{shown[member]}")
    return "\n".join(lines) + "\n"
