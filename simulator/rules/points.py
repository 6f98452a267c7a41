"""The parts of a scoring table (bảng chấm điểm): sections to any depth, and the criteria inside them.

A section holds parts. A criterion is a leaf: it turns what is known of a nominee into points, by one of the kinds below. ``points`` is always the most
a part can give (in a penalty section: the most it can take). Numbers are read as exact decimals; nothing is rounded unless the table says so.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.rules.conditions import Condition
from simulator.rules.grounds import GroundedClause
from simulator.rules.values import FrozenModel, Identifier, Text

Giver: TypeAlias = Literal["self", "cluster", "standing-body"]
"""Who gives a mark: the nominee itself, the peers of its cluster, the standing body (cơ quan thường trực)."""

GIVERS: tuple[Giver, ...] = ("self", "cluster", "standing-body")


class Band(FrozenModel):
    """A range of numbers; a bound that is left out is open.

    Attributes
    ----------
    at_least, above
        The lower bound, itself inside or outside.
    at_most, below
        The upper bound, itself inside or outside.
    """

    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _bound_each_side_once(self) -> Self:
        if (self.at_least is not None and self.above is not None) or (self.at_most is not None and self.below is not None):
            raise PydanticCustomError("CS122", "two bounds on one side")
        return self


class _Part(GroundedClause):
    """What every part of a scoring table has."""

    points: Annotated[float, Field(ge=0)]


class Section(_Part):
    """Parts whose points are added up, and kept between 0 and ``points``.

    Attributes
    ----------
    kind
        ``section``; ``bonus``: its points come on top of the rest of the table; ``penalty``: its points are taken off.
    parts
        Sections and criteria, by id.
    """

    kind: Literal["section", "bonus", "penalty"]
    parts: Mapping[Identifier, "Part"] = {}


class _Criterion(_Part):
    """What every criterion has.

    Attributes
    ----------
    round_to
        Points are rounded to a multiple of this, half away from zero; they are not rounded when it is left out.
    unit
        What the column counts, as its reader knows it (%, việc, lượt).
    """

    round_to: Annotated[float, Field(gt=0)] | None = None
    unit: Text | None = None


class Loss(FrozenModel):
    """So many points lost for each so many percent of the target that are missing; the part of a step counts as a part unless ``counted`` says otherwise."""

    points: Annotated[float, Field(gt=0)]
    per_percent: Annotated[float, Field(gt=0)]
    counted: Literal["pro-rata", "whole-steps", "started-steps"] = "pro-rata"


class Proportional(_Criterion):
    """Full points at the target and above; below it, points in proportion, or so much lost per percent.

    Attributes
    ----------
    target
        The target; ``own``: each nominee's own, in a column of the roster.
    loses
        What is lost below the target; without it, points are in proportion to the target reached.
    nothing_below
        Below this percent of the target there are no points.
    """

    kind: Literal["proportional"]
    target: Annotated[float, Field(gt=0)] | Literal["own"] = 100.0
    loses: Loss | None = None
    nothing_below: float | None = None


class Step(Band):
    """A band and its points."""

    points: float


class Steps(_Criterion):
    """Points by the band the observed number falls in; no band, no points."""

    kind: Literal["steps"]
    bands: Annotated[tuple[Step, ...], Field(strict=False, min_length=1)]


class Threshold(_Criterion):
    """All points or none: when a number reaches a bound, when a condition holds, or when the answer is yes.

    At most one of ``at_least``, ``at_most`` and ``when``; with none of them the column is answered yes or no.
    """

    kind: Literal["threshold"]
    at_least: float | None = None
    at_most: float | None = None
    when: Condition | None = None

    @model_validator(mode="after")
    def _say_at_most_one(self) -> Self:
        if sum(value is not None for value in (self.at_least, self.at_most, self.when)) > 1:
            raise PydanticCustomError("CS121", "one comparison", {"keys": "at_least, at_most, when"})
        return self


class Count(_Criterion):
    """So many points for each, up to ``points``."""

    kind: Literal["count"]
    each: float


class Deduction(FrozenModel):
    """An event that takes points off, each time, perhaps no more than so often."""

    title: Text
    minus: Annotated[float, Field(gt=0)]
    at_most_times: Annotated[int, Field(ge=1)] | None = None


class Deduct(_Criterion):
    """Starts with full points, and each event takes some off, never below 0; each event has its column, named ``<criterion>.<event>``."""

    kind: Literal["deduct"]
    events: Annotated[Mapping[Identifier, Deduction], Field(min_length=1)]


class Event(_Criterion):
    """Adds or subtracts ``each``, every time it happens; ``points`` bounds the whole, up or down.

    In a penalty section ``each`` is written as what it takes off, a positive number.
    """

    kind: Literal["event"]
    each: float
    at_most_times: Annotated[int, Field(ge=1)] | None = None


class Level(FrozenModel):
    """One level of an achievement: its points, and the condition under which it is reached; without a condition a column answers yes or no."""

    title: Text
    points: float
    when: Condition | None = None


class Highest(_Criterion):
    """Levels of one thing of which only the highest reached counts, such as an award already held; each level without a condition has its column."""

    kind: Literal["highest"]
    levels: Annotated[Mapping[Identifier, Level], Field(min_length=1)]


class Achievements(_Criterion):
    """Any number of named achievements: each counts once, at its highest level; the sum goes up to ``points``."""

    kind: Literal["achievements"]
    levels: Annotated[Mapping[Identifier, Level], Field(min_length=1)]


class Mark(_Criterion):
    """Marks given by people.

    Attributes
    ----------
    by
        Who gives a mark, in this order; each has a column, named ``<criterion>@<giver>``, or only ``<criterion>`` where one gives it.
    counts
        ``last``: the mark of the last giver; ``mean`` or ``median`` of all givers.
    step
        Marks are multiples of this.
    """

    kind: Literal["mark"]
    by: Annotated[tuple[Giver, ...], Field(strict=False, min_length=1)] = ("standing-body",)
    counts: Literal["last", "mean", "median"] = "last"
    step: Annotated[float, Field(gt=0)] | None = None


Criterion: TypeAlias = Proportional | Steps | Threshold | Count | Deduct | Event | Highest | Achievements | Mark
Part: TypeAlias = Annotated[
    Section | Proportional | Steps | Threshold | Count | Deduct | Event | Highest | Achievements | Mark,
    Field(discriminator="kind"),
]
Section.model_rebuild()


class Class(GroundedClause, Band):
    """A class (hạng, mức xếp loại): its band of total points, and what else it asks for.

    Classes stand best first. A nominee gets the first class whose lower bound is reached and whose condition holds; the upper bounds are for the reader
    and the linter.
    """

    kind: Literal["class"] = "class"
    requires: Condition | None = None


class Veto(GroundedClause):
    """What keeps a nominee from being considered, or puts it one class lower, whatever the points."""

    kind: Literal["veto"] = "veto"
    when: Condition
    effect: Literal["not-considered", "down-one-class"] = "not-considered"


def iter_parts(parts: Mapping[str, Part], under: str = "") -> Iterator[tuple[str, Part]]:
    """Go through sections and criteria with their paths (``results.budget``), each section before what it holds."""
    for part_id, part in parts.items():
        path = f"{under}{part_id}"
        yield path, part
        if isinstance(part, Section):
            yield from iter_parts(part.parts, f"{path}.")


def can_give_points(part: Criterion) -> bool:
    """Tell whether anybody can get a positive number of points from a criterion; one that only takes points off can never give any."""
    match part:
        case _ if part.points == 0:
            return False
        case Count() | Event():
            return part.each > 0
        case Steps():
            return any(band.points > 0 for band in part.bands)
        case Highest() | Achievements():
            return any(level.points > 0 for level in part.levels.values())
        case _:
            return True


def every_criterion(parts: Mapping[str, Part]) -> tuple[str, ...]:
    """Name the criteria that ``every-criterion`` means: those outside bonus and penalty sections that can give points."""
    apart = tuple(f"{path}." for path, part in iter_parts(parts) if part.kind in {"bonus", "penalty"})
    return tuple(path for path, part in iter_parts(parts) if not isinstance(part, Section) and not path.startswith(apart) and can_give_points(part))
