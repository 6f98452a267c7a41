"""The description of a population: kinds of unit, their sizes and their posts (a file in ``scenarios/populations/``)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.rules.values import Identifier, Text

Share = Annotated[float, Field(ge=0, le=1)]


class KindOfUnit(BaseModel):
    """One kind of unit.

    Attributes
    ----------
    title
        Name in both languages.
    units
        How many units of this kind.
    mean_size
        Members per unit on average; the total is exactly ``round(units * mean_size)``.
    spread
        Standard deviation of the logarithm of the size: 0 makes all units equal.
    smallest
        No unit is smaller.
    leader_share
        Share of members who are heads or deputies; every unit has exactly one head.
    direct_share
        Share of direct workers among those who lead nothing; the rest are office staff.
    sector
        What a clause may ask about the unit: ``public``, ``enterprise`` …
    units_per_cluster
        Units that compete for the flag of one emulation cluster (cụm, khối thi đua), as nearly as whole clusters of like size allow.
    basis
        Where the figures come from, or that they are assumed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Text
    units: Annotated[int, Field(ge=1)]
    mean_size: Annotated[float, Field(ge=1)]
    spread: Annotated[float, Field(ge=0, le=2)] = 0.0
    smallest: Annotated[int, Field(ge=1)] = 1
    leader_share: Share
    direct_share: Share
    sector: Identifier = "public"
    units_per_cluster: Annotated[int, Field(ge=1)] = 8
    basis: Text

    @model_validator(mode="after")
    def _mean_is_not_below_the_smallest(self) -> KindOfUnit:
        if self.mean_size < self.smallest:
            message = f"mean_size {self.mean_size} is below smallest {self.smallest}"
            raise ValueError(message)
        return self


class PopulationSpec(BaseModel):
    """A population: its kinds of unit, by identifier."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str
    title: Text
    basis: Text
    kinds: Annotated[dict[str, KindOfUnit], Field(min_length=1)]
