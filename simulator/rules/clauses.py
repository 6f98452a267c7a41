"""What a clause may say, kind by kind, and where each kind may stand.

A clause is one operative sentence of a rule. Every kind shares a title, the reason for the change (in an overlay), and its ground: a source, or an
assumption, or both (the words from the source, the number assumed). Ranges are the linter's business: a share of 1.5 can be read, and is wrong.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from simulator.rules.citation import Source
from simulator.rules.conditions import Condition
from simulator.rules.facts import RatingName
from simulator.rules.grounds import GroundedClause
from simulator.rules.points import Class, Criterion, Section, Veto
from simulator.rules.stages import AdHocTrack, Marking, Scale, SectorGate, Stage, TieBreak, Transition
from simulator.rules.values import FrozenModel, Identifier

Pooling: TypeAlias = Literal["unit", "kind", "cluster", "all"]
"""Whose places are counted together: each unit alone, all units of a kind, all units of an emulation cluster (cụm, khối), or everybody."""
Rounding: TypeAlias = Literal["floor", "nearest", "ceiling", "systematic"]
Authority: TypeAlias = Literal["unit", "province"]
Role: TypeAlias = Literal["direct", "staff", "deputy", "head"]


class Eligibility(GroundedClause):
    """A condition a nominee must meet; several clauses of one award must all be met."""

    kind: Literal["eligibility"]
    requires: Condition


class HoldersOf(FrozenModel):
    """Those who hold another award of the same year."""

    holders_of: Identifier


def _people_or_holders(value: Any) -> str:
    return "holders" if isinstance(value, Mapping | HoldersOf) else "people"


ShareOf: TypeAlias = Annotated[
    Annotated[Literal["staff", "eligible"], Tag("people")] | Annotated[HoldersOf, Tag("holders")],
    Discriminator(_people_or_holders),
]


class Limit(FrozenModel):
    """What a higher instrument allows at most, and where it says so."""

    share: float | None = None
    places: int | None = None
    source: Source

    @model_validator(mode="after")
    def _say_share_or_places(self) -> Self:
        if (self.share is None) == (self.places is None):
            raise PydanticCustomError("CS114", "share or places")
        return self


class Quota(GroundedClause):
    """How many places there are: a share of some people, or a fixed number; and what a higher instrument allows, where one does."""

    kind: Literal["quota"]
    share: float | None = None
    places: int | None = None
    of: ShareOf = "staff"
    pooling: Pooling
    rounding: Rounding = "floor"
    limit: Limit | None = None

    @model_validator(mode="after")
    def _say_share_or_places(self) -> Self:
        if (self.share is None) == (self.places is None):
            raise PydanticCustomError("CS114", "share or places")
        return self

    @property
    def listed_by(self) -> Pooling:
        """Over whom places are handed out from one list: a share rounded systematically goes from unit to unit, and each fills its own."""
        return "unit" if self.share is not None and self.rounding == "systematic" else self.pooling


class DirectWorkerFloor(GroundedClause):
    """At least this share of the places goes to direct workers; who counts as one is a local definition and is printed."""

    kind: Literal["direct-worker-floor"]
    share: float
    counts_as_direct: Annotated[tuple[Role, ...], Field(strict=False, min_length=1)] = ("direct", "staff")
    pooling: Pooling


class LeaderCap(GroundedClause):
    """At most this share of the places goes to deputies and heads."""

    kind: Literal["leader-cap"]
    share: float
    pooling: Pooling


class CoolingOff(GroundedClause):
    """A winner may not win the same award again for that many years."""

    kind: Literal["cooling-off"]
    years: int


class ScoreThreshold(GroundedClause):
    """The file score must reach this many standard deviations of merit; no law says so, hence always an assumption."""

    kind: Literal["score-threshold"]
    at_least: float


class Money(GroundedClause):
    """The bonus, as a multiple of the base salary."""

    kind: Literal["money"]
    multiple: float


class PayStep(GroundedClause):
    """A salary step before its time (nâng bậc lương trước thời hạn): for at most this share of the staff, at most so many months early."""

    kind: Literal["pay-step"]
    share: float
    months: int


class Weights(GroundedClause):
    """How much each criterion counts in the score of a file; only the proportions matter."""

    kind: Literal["weights"]
    results: float
    initiative: float
    scope: float
    conduct: float


class RatingCap(GroundedClause):
    """At most this share of those rated *good* may be rated *excellent*."""

    kind: Literal["rating-cap"]
    rating: RatingName
    share: float
    of: Literal["good"]


class Appraisal(GroundedClause):
    """How files are appraised at one level: by how many independent appraisers, and what share is audited."""

    kind: Literal["appraisal"]
    authority: Authority
    appraisers: int
    audit_share: float


class Compliance(FrozenModel):
    """How far an exhortation is followed: 0 not at all, 1 wholly; nobody has measured it, so it has a range."""

    value: float
    low: float
    high: float

    @model_validator(mode="after")
    def _stand_in_order(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise PydanticCustomError("CS118", "not in order")
        return self


class Move(FrozenModel):
    """What full compliance would set an assumed figure to."""

    assumption: Annotated[str, Field(min_length=1)]
    toward: float


class Exhortation(GroundedClause):
    """A sentence that urges without a number: it moves assumed figures by its compliance; with no moves it is recorded only."""

    kind: Literal["exhortation"]
    compliance: Compliance
    moves: Annotated[tuple[Move, ...], Field(strict=False)] = ()


class Statement(GroundedClause):
    """Words only: recorded, compared and printed, not simulated."""

    kind: Literal["statement"]


PrincipleClause: TypeAlias = Annotated[Exhortation | Statement, Field(discriminator="kind")]
ProcedureClause: TypeAlias = Annotated[
    Weights | RatingCap | Appraisal | Stage | AdHocTrack | Transition | SectorGate | Scale | Marking | TieBreak | Exhortation | Statement,
    Field(discriminator="kind"),
]
AwardClause: TypeAlias = Annotated[
    Eligibility | Quota | DirectWorkerFloor | LeaderCap | CoolingOff | ScoreThreshold | Money | PayStep | TieBreak | Exhortation | Statement,
    Field(discriminator="kind"),
]
Clause: TypeAlias = (
    Eligibility
    | Quota
    | DirectWorkerFloor
    | LeaderCap
    | CoolingOff
    | ScoreThreshold
    | Money
    | PayStep
    | Weights
    | RatingCap
    | Appraisal
    | Stage
    | AdHocTrack
    | Transition
    | SectorGate
    | Scale
    | Marking
    | TieBreak
    | Exhortation
    | Statement
    | Section
    | Criterion
    | Class
    | Veto
)
