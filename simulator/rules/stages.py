"""Procedure: the stages a file goes through, who marks and who may see the marks, and how equals are parted."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.rules.conditions import Condition
from simulator.rules.grounds import GroundedClause
from simulator.rules.points import Giver
from simulator.rules.values import FrozenModel, Identifier, Text, Words

Level: TypeAlias = Literal["unit", "cluster", "province", "state"]


class Vote(FrozenModel):
    """A council's vote: the share in favour that is needed, of whom, and how it is cast."""

    threshold: float
    counts: Literal["all-members", "present"]
    ballot: Literal["secret", "open"] | None = None


class Stage(GroundedClause):
    """One stage of the procedure; what it does not say is not ruled.

    Attributes
    ----------
    level
        Whose stage it is.
    order
        Stages are gone through in this order, 1 first.
    appraisers, audit_share
        Independent appraisers of a file; share of files that are checked again.
    strictness
        The lowest share of full marks a file must have to be passed on.
    vote
        The council's vote.
    posting_days
        Working days the list of nominees is posted for public opinion.
    consults
        Bodies whose opinion is asked.
    delay_days
        Working days the stage takes.
    awards
        Awards it is for; all of them when left out.
    """

    kind: Literal["stage"]
    level: Level
    order: Annotated[int, Field(ge=1)]
    appraisers: Annotated[int, Field(ge=0)] | None = None
    audit_share: float | None = None
    strictness: float | None = None
    vote: Vote | None = None
    posting_days: Annotated[int, Field(ge=0)] | None = None
    consults: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    delay_days: Annotated[int, Field(ge=0)] | None = None
    awards: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()


class AdHocTrack(GroundedClause):
    """Awards outside the yearly round (khen thưởng đột xuất): whether they count for the ladder, and how soon they are decided."""

    kind: Literal["ad-hoc-track"]
    counts_for_ladder: bool
    decided_within_days: Annotated[int, Field(ge=1)] | None = None


class Transition(GroundedClause):
    """What a title earned under a former set is worth under this one: the named award of this set, or nothing."""

    kind: Literal["transition"]
    award: Identifier
    of_set: Identifier
    counts_as: Identifier | None = None


class SectorGate(GroundedClause):
    """What nominees of one sector must meet besides, such as enterprises; for the awards named, or for all."""

    kind: Literal["sector-gate"]
    sector: Identifier
    requires: Condition
    awards: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()


class Scale(GroundedClause):
    """What a scoring table scores, and out of how much.

    Attributes
    ----------
    target
        Who is scored.
    total
        The most the sections give together, bonus sections apart.
    bonus
        The most all bonus sections give together; not bounded beyond their own caps when left out.
    lowest
        The total never falls below this.
    round_to
        The total is rounded to a multiple of this, half away from zero, when shown; classes and ranks compare it unrounded.
    """

    kind: Literal["scale"]
    target: Literal["individual", "collective"]
    total: Annotated[float, Field(gt=0)]
    bonus: Annotated[float, Field(ge=0)] | None = None
    lowest: float = 0
    round_to: Annotated[float, Field(gt=0)] | None = None


class Marking(GroundedClause):
    """Who may see the marks of whom, and that a mark which departs from an earlier one needs a reason."""

    kind: Literal["marking"]
    sees: Mapping[Giver, Annotated[tuple[Giver, ...], Field(strict=False)]] = {}
    reason_when_changed: bool = True


class Preference(FrozenModel):
    """One step of a tie-break: who meets the condition goes first, or who has more points in the part named."""

    who: Condition | None = None
    points: Words | None = None

    @model_validator(mode="after")
    def _say_one(self) -> Self:
        if (self.who is None) == (self.points is None):
            raise PydanticCustomError("CS121", "one comparison", {"keys": "who, points"})
        return self


class TieBreak(GroundedClause):
    """How equals are parted, step by step; who is still equal at the last place is left to the council."""

    kind: Literal["tie-break"]
    prefer: Annotated[tuple[Preference, ...], Field(strict=False, min_length=1)]
