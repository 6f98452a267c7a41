"""What patterns should read: ``scenarios/patterns.yaml``, each target with its range, its source, and what is assumed of it.

A range is read as four standard deviations of what was observed, √V_obs = (high − low)/4; the discrepancy √V_disc is how far a good model may still miss,
because the figure comes from another country, service or scale. Both count on the scale of the target, plain or logarithmic.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self, get_args

import numpy as np
from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from simulator.errors import InputError
from simulator.rules.diagnosis import describe_validation
from simulator.rules.reading import read_yaml
from simulator.rules.values import FrozenModel, Text

if TYPE_CHECKING:
    from simulator._types import FloatArray
    from simulator.workspace import Workspace

FILE_NAME: Final = "patterns.yaml"
SMALLEST_ON_LOG_SCALE: Final = 1e-4

PatternName = Literal[
    "one_year_stability",
    "leader_rate_ratio",
    "gap_widening",
    "fall_of_standards",
    "low_tier_awards",
    "top_two_ratings",
    "failed_ratings",
    "later_success_ratio",
    "state_delay_months",
    "year_round_share",
    "recognised_within_12_months",
]
"""Patterns that :mod:`~simulator.experiments.calibration.pattern_runs` can read."""
PATTERNS: Final[tuple[PatternName, ...]] = get_args(PatternName)


class PatternTarget(FrozenModel):
    """What one pattern should read.

    Attributes
    ----------
    title
        What it is, in both languages.
    fact
        Number of the stylised fact in model.md C.7; 0 for a measurement of behaviour that is none of them.
    low, high
        The range observed.
    scale
        On which differences count.
    discrepancy
        √V_disc on that scale.
    source
        Where the range comes from.
    assumed
        What nobody has measured: the discrepancy, and how the source is read.
    """

    title: Text
    fact: Annotated[int, Field(ge=0)]
    low: float
    high: float
    scale: Literal["plain", "log"] = "plain"
    discrepancy: Annotated[float, Field(gt=0)]
    source: Text
    assumed: Text

    @model_validator(mode="after")
    def _stands_in_order(self) -> Self:
        if not self.low < self.high or (self.scale == "log" and self.low < SMALLEST_ON_LOG_SCALE):
            raise PydanticCustomError("CS118", "not in order")
        return self

    @property
    def centre(self) -> float:
        """Middle of the range, on the scale."""
        return (self._on_scale(self.low) + self._on_scale(self.high)) / 2

    @property
    def variance(self) -> float:
        """V_obs + V_disc, on the scale."""
        return ((self._on_scale(self.high) - self._on_scale(self.low)) / 4) ** 2 + self.discrepancy**2

    def scaled(self, values: FloatArray) -> FloatArray:
        """Put (n,) values on the scale; on the logarithmic one, what is next to nothing counts as 0.0001."""
        scaled: FloatArray = np.log(np.maximum(values, SMALLEST_ON_LOG_SCALE)) if self.scale == "log" else values
        return scaled

    def unscaled(self, value: float) -> float:
        """Turn a value on the scale back into one of the pattern."""
        return math.exp(value) if self.scale == "log" else value

    def _on_scale(self, value: float) -> float:
        return math.log(value) if self.scale == "log" else value


class PatternsFile(FrozenModel):
    """The file as a whole.

    Attributes
    ----------
    checked_on
        When somebody last looked at it.
    largest_implausibility
        Beyond so many standard deviations a set of numbers is ruled out.
    patterns
        The targets.
    """

    checked_on: datetime.date
    largest_implausibility: Annotated[float, Field(gt=0)]
    patterns: Annotated[Mapping[PatternName, PatternTarget], Field(min_length=1)]


def load_patterns(workspace: Workspace) -> PatternsFile:
    """Load the targets of a workspace.

    Raises
    ------
    InputError
        If the file cannot be read, or names a pattern nobody can read.
    """
    path = workspace.scenarios / FILE_NAME
    document = read_yaml(path, workspace.show(path))
    try:
        return PatternsFile.model_validate(document.data)
    except ValidationError as problem:
        raise InputError(describe_validation(problem, PatternsFile, document.data, document.location_of)) from problem
