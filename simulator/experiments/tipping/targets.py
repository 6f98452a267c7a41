"""What a set of rules should reach, and whether it does: targets a scenario states, or else *no further from 0 than the rules as they are*.

The three indicators declared beforehand are 0 where awards follow merit alone and standards stay; either side of it is a fault: turns or always the same
people, leaders preferred or passed over, inflation or a rising bar. So without a stated target an option is asked not to be a margin or more further from 0
than the baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from simulator.experiments.mathematics.statistics import PRIMARY
from simulator.experiments.results.records import Record

if TYPE_CHECKING:
    from simulator._types import FloatArray
    from simulator.experiments.scenarios.scenario import Scenario

_ROUNDING_ERROR: Final = 1e-12
TargetRule = Literal["not-further", "at-most", "at-least"]


@dataclass(frozen=True)
class Target(Record):
    """What one indicator should reach.

    ``not-further``: not a margin or more further from 0 than under the baseline; ``at-most`` and ``at-least``: ``bound`` is the last value that will do.
    """

    indicator: str
    rule: TargetRule
    margin: float
    bound: float | None = None

    def is_missed(self, option: FloatArray, baseline: FloatArray) -> FloatArray:
        """(n,) 1 where the option misses it, 0 where it does not, NaN where an indicator is undefined."""
        bound = 0.0 if self.bound is None else self.bound
        match self.rule:
            case "not-further":
                missed = np.abs(option) - np.abs(baseline) >= self.margin - _ROUNDING_ERROR
                unknown = np.isnan(option) | np.isnan(baseline)
            case "at-most":
                missed, unknown = option > bound, np.isnan(option)
            case "at-least":
                missed, unknown = option < bound, np.isnan(option)
        return np.where(unknown, np.nan, missed.astype(np.float64))

    def cost(self, option: FloatArray) -> FloatArray:
        """(n,) how far from what is wanted, in margins; less is better."""
        match self.rule:
            case "not-further":
                return np.asarray(np.abs(option) / self.margin)
            case "at-most":
                return np.asarray(option / self.margin)
            case "at-least":
                return np.asarray(-option / self.margin)


def targets_of(scenario: Scenario) -> tuple[Target, ...]:
    """Give the targets a scenario states, or else those of the indicators declared beforehand."""
    margins, stated = scenario.assumptions.margins, scenario.targets
    found = [Target(name, "at-most", margins.get(name, 1.0), bound) for name, bound in stated.at_most.items()]
    found += [Target(name, "at-least", margins.get(name, 1.0), bound) for name, bound in stated.at_least.items()]
    return tuple(found) or tuple(Target(name, "not-further", margins[name]) for name in PRIMARY)
