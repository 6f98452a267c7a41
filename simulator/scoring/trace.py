"""Why each nominee stands where it stands, as data: clause, observed, required, points, source. Words come afterwards, in other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from simulator.rules.citation import Source


class Considered(StrEnum):
    """Whether a nominee is put forward: within the places, outside them, tied at the last place, or unknown for want of a head-count."""

    YES = "yes"
    NO = "no"
    COUNCIL_DECIDES = "council decides"
    NOT_COUNTED = "not counted"
    """The number of places cannot be told: the head-count it is a share of is missing."""


@dataclass(frozen=True, slots=True)
class ReasonPart:
    """One part of a compound clause applied to one nominee.

    Attributes
    ----------
    place
        Number of the part in its list, from 1; or the path of a criterion that stays below what every criterion must reach.
    is_met
        Whether the part is met.
    observed, required
        As those of a :class:`Reason`.
    """

    place: str
    is_met: bool
    observed: Mapping[str, Any]
    required: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause applied to one nominee.

    Attributes
    ----------
    clause
        Path of the clause: ``chien-si-thi-dua-co-so.initiative``, ``points.results.budget``, ``vetoes.discipline``.
    kind
        ``eligibility``, ``veto``, ``criterion``, ``section``, ``class``, ``quota``, ``gate``, ``tie-break``, ``cooling-off``.
    is_met
        Whether the clause is met; for a criterion, whether it gave all its points.
    observed
        What the roster says, as plain data (number, word, list of years); by column where several are looked at.
    required
        What the clause asks, as plain data.
    points, most
        Points given and the most that could be had; None for a clause without points.
    source
        Where the clause was read.
    parts
        Of a clause that asks several things, each of them with what came of it; and each criterion below what every criterion must reach.
    """

    clause: str
    kind: str
    is_met: bool
    observed: Mapping[str, Any]
    required: Mapping[str, Any]
    points: Fraction | None = None
    most: Fraction | None = None
    source: Source | None = None
    parts: tuple[ReasonPart, ...] = ()
