"""Numbers as people type them: with a comma or a point, with or without a percent sign."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}\s*%?\s*$", re.ASCII)
_TYPED: Final = re.compile(r"\s*([-−]?)\s*(\d{1,9})(?:[.,](\d{1,9}))?\s*%?\s*", re.ASCII)


def read_typed(text: str) -> Decimal | None:
    """Read a typed number exactly; ``None`` for anything else, and for what could mean two numbers: 1.234 is a thousand in Vietnamese.

    Examples
    --------
    >>> read_typed("12,5"), read_typed("12.5 %"), read_typed("1.234,5"), read_typed("1.234")
    (Decimal('12.5'), Decimal('12.5'), None, None)
    """
    match = _TYPED.fullmatch(text)
    if match is None or _THOUSANDS.search(text):
        return None
    sign, whole, rest = match.groups()
    return Decimal(f"{'-' if sign else ''}{whole}.{rest or '0'}")
