"""How a share of people becomes a whole number of places; exact, for one unit at a time."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from simulator.rules.clauses import DirectWorkerFloor, LeaderCap, PayStep, Quota, RatingCap
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.rules.clauses import Pooling, Rounding
    from simulator.rules.criteria import CriteriaSet

_HALF = Fraction(1, 2)
UNIT_SIZES = (3, 7, 12, 20)
"""Units a percentage is tried on; small ones, because that is where rounding decides."""


class LensRow(NamedTuple):
    """What one share becomes in small units.

    Attributes
    ----------
    clause
        Path of the clause.
    kind
        Its kind.
    share
        The share, exactly.
    pooling
        Whose places are counted together; None where the clause does not say.
    rounding
        How the share is rounded: a floor up, a cap down, a quota as it says.
    places
        Places (or people) for each of :data:`UNIT_SIZES`, when the share is taken of everybody in such a unit; a floor and a cap are taken of so many
        places.
    """

    clause: str
    kind: str
    share: Fraction
    pooling: Pooling | None
    rounding: Rounding
    places: tuple[int, ...]


def rounding_lens(criteria: CriteriaSet) -> list[LensRow]:
    """Show what every share of a set does to units of 3, 7, 12 and 20 people: rows of a table a drafter can paste."""
    return list(_iter_rows(criteria))


def _iter_rows(criteria: CriteriaSet) -> Iterator[LensRow]:
    by: Pooling | None
    rounding: Rounding
    for path, clause in criteria.iter_clauses():
        match clause:
            case Quota(share=float() as share, pooling=by, rounding=how):
                rounding = how
            case DirectWorkerFloor(share=share, pooling=by):
                rounding = "ceiling"
            case LeaderCap(share=share, pooling=by):
                rounding = "floor"
            case PayStep(share=share) | RatingCap(share=share):
                by, rounding = None, "floor"
            case _:
                continue
        if 0 <= share <= 1:
            places = tuple(round_places(exact(share), size, rounding) for size in UNIT_SIZES)
            yield LensRow(path, clause.kind, exact(share), by, rounding, places)


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
