"""The shape of a scenario file ``scenarios/<id>.yaml``: what it may say, before anything it names is loaded."""

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from simulator.experiments.results.stopping import CAP
from simulator.experiments.scenarios.framing import Grounded, RecommendationEntry
from simulator.indicators.measurement import INDICATORS
from simulator.model.behaviour import Structure
from simulator.randomness import LARGEST_SEED
from simulator.rules.values import FrozenModel, Identifier, Text

YearUnderOptions = Annotated[int, Field(ge=1, le=50)]


class PhaseEntry(FrozenModel):
    """Rules that take over in some year."""

    from_year: YearUnderOptions
    criteria: str


class OptionEntry(FrozenModel):
    """An option as it stands in the file.

    Attributes
    ----------
    id, title
        Its name, and what readers call it.
    criteria
        Its rules.
    from_year
        First year under them; until then the baseline goes on.
    then
        Rules that take over later, in the order of their years.
    """

    id: Identifier
    title: Text
    criteria: str
    from_year: YearUnderOptions = 1
    then: Annotated[tuple[PhaseEntry, ...], Field(strict=False)] = ()


class ShockEntry(FrozenModel):
    """Something that befalls some kinds of unit in some years, such as an epidemic.

    Attributes
    ----------
    years
        In which years.
    kinds, roles
        Which kinds of unit of the population, and which posts in them.
    deeds
        How many times as frequent outstanding deeds are.
    merit
        What is added to the merit of those concerned, in standard deviations.
    why
        What it stands for, and that its figures are assumed.
    """

    years: Annotated[tuple[YearUnderOptions, ...], Field(strict=False, min_length=1)]
    kinds: Annotated[tuple[Identifier, ...], Field(strict=False, min_length=1)]
    roles: Annotated[tuple[Literal["direct", "staff", "deputy", "head"], ...], Field(strict=False, min_length=1)]
    deeds: Annotated[float, Field(ge=1, le=100)] = 1.0
    merit: Annotated[float, Field(ge=-2, le=2)] = 0.0
    why: Text


IndicatorName = Literal[INDICATORS]  # type: ignore[valid-type]


class TargetsEntry(FrozenModel):
    """What options should reach: indicator → the last value that will do."""

    at_most: Mapping[IndicatorName, float] = {}
    at_least: Mapping[IndicatorName, float] = {}


class ScenarioFile(FrozenModel):
    """A file ``scenarios/<id>.yaml``; ``replications`` are the most that are run, ``indicators`` those its question is about, which its table prints whatever they show.

    ``problem``, ``aim`` and ``recommendation`` are words for its report.
    """

    id: Identifier
    title: Text
    question: Text
    as_of: datetime.date
    baseline: str
    options: Annotated[tuple[OptionEntry, ...], Field(strict=False, min_length=1)]
    focus_award: Identifier
    population: Identifier
    years: YearUnderOptions
    warm_up_years: Annotated[int, Field(ge=2, le=50)]
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)]
    replications: Annotated[int, Field(ge=2, le=1000)] = CAP
    structure: Structure = "weighted"
    learning: bool = False
    shock: ShockEntry | None = None
    indicators: Annotated[tuple[Literal[INDICATORS], ...], Field(strict=False)] = ()  # type: ignore[valid-type]
    assumptions: Mapping[str, float] = {}
    targets: TargetsEntry = TargetsEntry()
    problem: Grounded = ()
    aim: Grounded = ()
    recommendation: RecommendationEntry | None = None
