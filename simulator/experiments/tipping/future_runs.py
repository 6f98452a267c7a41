"""Run futures, keep each in the store as soon as it is finished, and lay what was read out in columns.

A future is named by everything that determines it: the scenario, what was drawn with which ranges and seed, and how far it is thinned. So a study that is
interrupted goes on where it was, and one of more futures runs only those that are new.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.execution.headline_runs import read_headlines, write_headlines
from simulator.experiments.execution.kept_runs import AsText, KeptAs, run_or_recall
from simulator.experiments.runs.plan import PlannedRun, fingerprint
from simulator.experiments.runs.results import ReplicationFailure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.execution.headline_runs import Headlines
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.tipping.futures import FutureRun


@dataclass(frozen=True)
class RunFutures:
    """What came of some futures, by their number: what was read, or why nothing could be."""

    by_number: dict[int, Headlines | str]

    def failures(self, numbers: Sequence[int]) -> dict[int, str]:
        """Give the reason of each of these that could not be run."""
        return {number: found for number in numbers if isinstance(found := self.by_number[number], str)}

    def column(self, key: str, indicator: str, numbers: Sequence[int]) -> FloatArray:
        """(n,) one indicator of an option, by its key, in these futures; NaN where it is undefined or could not be run."""
        found = (self.by_number[number] for number in numbers)
        return np.array([math.nan if isinstance(each, str) else each[key][indicator] for each in found])


def run_futures(scenario: Scenario, run: FutureRun, numbers: Sequence[int], computing: Computing) -> RunFutures:
    """Run futures, as far as the store does not hold them; one that fails is told in its place, and run again when it is next asked for."""
    name = name_of(scenario, run)
    plan = [PlannedRun(scenario, number) for number in numbers]
    names = [KeptAs(name, f"future-{number}") for number in numbers]
    form = AsText(write_headlines, lambda text: read_headlines(text, run.names))
    found: dict[int, Headlines | str] = {}
    for place, result in run_or_recall(run, plan, names, form, computing, computing.progress):
        found[numbers[place]] = result.error if isinstance(result, ReplicationFailure) else result
    return RunFutures({number: found[number] for number in numbers})


def name_of(scenario: Scenario, run: FutureRun) -> str:
    """Hash everything that determines the futures of a scenario, but for how many there are: 64 hexadecimal digits."""
    drawn = [each.to_dict() for each in run.futures.inputs]
    content = [fingerprint(scenario), "futures", drawn, list(run.names), run.members, run.replications, run.futures.seed]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
