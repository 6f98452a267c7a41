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

from simulator.experiments.executors import run_plan_with
from simulator.experiments.plan import PlannedRun, fingerprint
from simulator.experiments.run import ReplicationFailure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray
    from simulator.experiments.computing import Computing
    from simulator.experiments.futures import FutureRun
    from simulator.experiments.headline_runs import Headlines
    from simulator.experiments.scenario import Scenario


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
    store, report = computing.store, computing.progress or (lambda _done, _total: None)
    found: dict[int, Headlines | str] = {}
    for number in numbers:
        kept = None if store is None else _read(store.get_study(name, _entry(number)))
        if kept is not None:
            found[number] = kept
    missing = [number for number in numbers if number not in found]
    if found:
        report(len(found), len(numbers))
    plan = [PlannedRun(scenario, number) for number in missing]
    for position, result in run_plan_with(run, plan, workers=computing.workers, scheduler=computing.scheduler):
        number = missing[position]
        if isinstance(result, ReplicationFailure):
            found[number] = result.error
        else:
            found[number] = result
            if store is not None:
                store.add_study(name, _entry(number), _write(result))
        report(len(found), len(numbers))
    return RunFutures({number: found[number] for number in numbers})


def name_of(scenario: Scenario, run: FutureRun) -> str:
    """Hash everything that determines the futures of a scenario, but for how many there are: 64 hexadecimal digits."""
    drawn = [each.to_dict() for each in run.futures.inputs]
    content = [fingerprint(scenario), "futures", drawn, list(run.names), run.members, run.replications, run.futures.seed]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _entry(number: int) -> str:
    return f"future-{number}"


def _write(found: Headlines) -> str:
    """Write numbers so that they come back bit for bit; strict JSON has no NaN."""
    return json.dumps(
        {key: {name: value if math.isfinite(value) else str(value) for name, value in values.items()} for key, values in found.items()},
        allow_nan=False,
    )


def _read(text: str | None) -> Headlines | None:
    if text is None:
        return None
    try:
        return {key: {name: float(value) for name, value in values.items()} for key, values in json.loads(text).items()}
    except (AttributeError, TypeError, ValueError):  # changed by hand: as good as none
        return None
