"""How a share of people becomes a whole number of places; exact, for one unit at a time."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.rules.clauses import Rounding

_HALF = Fraction(1, 2)


def round_places(share: Fraction, n_people: int, rounding: Rounding) -> int:
    """Turn a share into places for one unit standing alone.

    Parameters
    ----------
    share
        Exact share, from 0 to 1.
    n_people
        People the share is taken of.
    rounding
        ``nearest`` rounds half up. ``systematic`` carries what is lost over to the next unit, so no unit is without a place for ever: standing alone
        it is counted as the ceiling.
    """
    places = share * n_people
    if rounding == "floor":
        return math.floor(places)
    if rounding == "nearest":
        return math.floor(places + _HALF)
    return math.ceil(places)
