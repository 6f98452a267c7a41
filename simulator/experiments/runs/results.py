"""What one replication gave: small records of numbers, and a failure that is a record too.

Who only reads results, as a store or a report does, loads this and neither the model nor what it stands on.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator._types import FloatArray
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.indicators.breakdown import GroupOutcome
    from simulator.indicators.ladder_flow import Step, StepOutcome

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class OptionRun:
    """What one set of rules gave in one replication.

    Attributes
    ----------
    values, lawful_best
        Name → indicator or part of the mix, over all years: as practised, and applied perfectly. Undefined is NaN.
    course
        Name → (n_years,) headline indicator of each year, as practised.
    by_reference
        Reference of merit → name → value; empty but for the first replications.
    reasons
        Mechanism → part of the last year's awards; empty but for the first replication.
    by_group
        Division → group → what the group got, as practised.
    ladder
        Step of the ladder → how many get from its lower award to its upper one, and after how many years, as practised.
    """

    values: dict[str, float]
    lawful_best: dict[str, float]
    course: dict[str, FloatArray]
    by_reference: dict[str, dict[str, float]]
    reasons: dict[str, float]
    by_group: dict[str, dict[str, GroupOutcome]]
    ladder: dict[Step, StepOutcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReplicationRun:
    """All sets of rules in one replication, by the content hash of the set.

    Attributes
    ----------
    replication
        Its number.
    by_rules
        What each set gave.
    by_compliance
        What each set with exhortations gave when they were followed to different degrees: compliance → name → value; empty but
        for the first replications.
    """

    replication: int
    by_rules: dict[str, OptionRun]
    by_compliance: dict[str, dict[float, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class ReplicationFailure:
    """A replication that did not finish, and why."""

    replication: int
    error: str
    trace: str


@dataclass(frozen=True, slots=True)
class SealResult:
    """What the null reform gave: the largest difference of any indicator, and whether every award was the same."""

    max_abs_difference: float
    same_awards: bool
    baseline_hash: str
    rewording_hash: str


def tried(run: Callable[..., Result], scenario: Scenario, replication: int, *details: object) -> Result | ReplicationFailure:
    """Do something with one replication; whatever goes wrong in it is a failure of this one, not the end of a sweep."""
    try:
        return run(scenario, replication, *details)
    except Exception as error:  # noqa: BLE001 - any failure of one run is a row
        return ReplicationFailure(replication, f"{type(error).__name__}: {error}", traceback.format_exc())
