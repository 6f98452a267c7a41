"""Columns an office often has and a set may not ask for: offered by the sheet to fill, known on reading, and used only by a set that needs them."""

from __future__ import annotations

from typing import Final

from simulator.scoring.columns import Column, Content
from simulator.scoring.fact_columns import PLAIN_COLUMNS

_OFFERED: Final = ("is-woman", "role", "is-direct-worker", "works-in-hard-job", "works-in-hard-area", "leave-days", "old-unit-agrees")
OPTIONAL_COLUMNS: Final[tuple[Column, ...]] = (
    *(column for fact in _OFFERED for column in PLAIN_COLUMNS[fact]),
    Column("note", Content.TEXT, key="note", is_required=False, may_be_left_out=True),
)
"""Sex, post, direct worker, hard or toxic job, border or island area, days of leave, the old unit's opinion after a transfer, and a note."""
