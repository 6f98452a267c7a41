"""The shape of a criteria file: its header, its principles, its procedure, its scoring table, and its awards with their clauses."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.rules.clauses import AwardClause, PrincipleClause, ProcedureClause
from simulator.rules.points import Class, Part, Veto
from simulator.rules.values import FrozenModel, Identifier, Text

Status: TypeAlias = Literal["in-force", "repealed", "draft", "illustrative"]
DraftingState: TypeAlias = Literal["drafting", "consultation", "appraisal", "issued"]
"""Soạn thảo, xin ý kiến, thẩm định, ban hành."""

SECTIONS = ("principles", "procedure", "points", "classes", "vetoes", "awards")
FLAT_SECTIONS = ("principles", "procedure", "classes", "vetoes")
"""Sections that hold clauses by id, one beside the other; ``points`` nests them under ``parts``, ``awards`` under each award."""


def _not_a_section(award_id: str) -> str:
    if award_id in SECTIONS:
        raise PydanticCustomError("CS119", "{found}", {"found": award_id})
    return award_id


AwardId: TypeAlias = Annotated[Identifier, AfterValidator(_not_a_section)]


class Validity(FrozenModel):
    """From which day until which day a set applies; no end when it is left out."""

    start: date = Field(alias="from")
    end: date | None = Field(None, alias="until")


class Award(FrozenModel):
    """One award: who may get it, where it stands on the ladder, who decides, and its clauses; and, in an overlay, why its head was changed."""

    why: Text | None = None
    title: Text
    target: Literal["individual", "collective"]
    kind: Literal["merit", "ad-hoc", "thematic", "long-service"]
    level: Annotated[int, Field(ge=1)]
    authority: Literal["unit", "province", "state"]
    clauses: Mapping[Identifier, AwardClause]


class Rules(FrozenModel):
    """What a set or a stack of sets rules, after every overlay has been applied; ``points``, ``classes`` and ``vetoes`` are its scoring table."""

    principles: Mapping[Identifier, PrincipleClause] = {}
    procedure: Mapping[Identifier, ProcedureClause] = {}
    points: Mapping[Identifier, Part] = {}
    classes: Mapping[Identifier, Class] = {}
    vetoes: Mapping[Identifier, Veto] = {}
    awards: Mapping[AwardId, Award] = {}


class Supersession(FrozenModel):
    """An overlay's word that it prevails over an earlier overlay on one clause, and why."""

    set: Identifier
    clause: str
    why: Text


class Header(FrozenModel):
    """Who says it, on whose authority, since when, and when somebody last looked; only a draft may leave open from when it would apply."""

    id: Identifier
    title: Text
    status: Status
    drafting_state: DraftingState
    author: Text | None = None
    approver: Text | None = None
    valid: Validity | None = None
    checked_on: date
    instruments: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    note: Text | None = None
    extends: Identifier | None = None
    supersedes: Annotated[tuple[Supersession, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _say_since_when(self) -> Self:
        if self.valid is None and self.status != "draft":
            raise PydanticCustomError("CS127", "validity")
        return self


class CriteriaFile(Header, Rules):
    """A full set, as one file."""


class OverlayAward(FrozenModel):
    """What an overlay says of one award: why, any part of its head, and clauses; or that the whole award is taken away."""

    why: Any = None
    remove: Any = None
    title: Any = None
    target: Any = None
    kind: Any = None
    level: Any = None
    authority: Any = None
    clauses: Mapping[Identifier, Mapping[str, Any]] = {}


def _parts_are_mappings(part: Mapping[str, Any]) -> Mapping[str, Any]:
    parts = part.get("parts", {})
    if not isinstance(parts, Mapping):
        raise PydanticCustomError("CS123", "parts")
    for inner in parts.values():
        if not isinstance(inner, Mapping):
            raise PydanticCustomError("CS123", "parts")
        _parts_are_mappings(inner)
    return part


OverlayPart: TypeAlias = Annotated[Mapping[str, Any], AfterValidator(_parts_are_mappings)]
"""What an overlay says of one section or criterion, and of the parts inside it."""


class OverlayFile(Header):
    """An overlay: a header with ``extends``, and only what it changes; its clauses are checked once they are laid over the base."""

    principles: Mapping[Identifier, Mapping[str, Any]] = {}
    procedure: Mapping[Identifier, Mapping[str, Any]] = {}
    points: Mapping[Identifier, OverlayPart] = {}
    classes: Mapping[Identifier, Mapping[str, Any]] = {}
    vetoes: Mapping[Identifier, Mapping[str, Any]] = {}
    awards: Mapping[AwardId, OverlayAward] = {}
