"""How many people there is room for at the pages: said before the server starts, and without what only a server needs.

Loading the server's own libraries takes longer than all else a command does before it starts the process that uses them.
"""

from __future__ import annotations

import os
from typing import Final

SEATS_VARIABLE: Final = "TIEUCHI_SEATS"
"""How many may work at once, where an office has more memory or less than a class of twenty needs."""
SEATS: Final = 20


def seats() -> str:
    """Give what was said of the number of seats; the server itself refuses what is no number."""
    return os.environ.get(SEATS_VARIABLE) or str(SEATS)
