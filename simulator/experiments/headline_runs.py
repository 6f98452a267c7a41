"""Runs of which only the headline indicators are read: what studies with very many runs are made of.

Each run is kept in the results store as soon as it is finished, under the fingerprint of its scenario, so that a study that is interrupted goes on where it
was.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final, TypeAlias

from simulator.errors import RunError
from simulator.experiments.executors import run_plan_with
from simulator.experiments.plan import fingerprint
from simulator.experiments.run import ReplicationFailure, values_under
from simulator.experiments.statistics import PRIMARY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.computing import Computing
    from simulator.experiments.plan import PlannedRun
    from simulator.experiments.scenario import Scenario
    from simulator.experiments.store import Store

HEADLINES: Final = (*PRIMARY, "merit_kappa")
"""The indicators that studies of many runs follow: the three declared beforehand, and the agreement with merit."""
Headlines: TypeAlias = dict[str, dict[str, float]]
"""Key of an option → indicator → value; undefined is NaN."""


def run_headlines(scenario: Scenario, replication: int) -> Headlines:
    """Run every set of rules of a scenario once, as practised, and read the headline indicators alone."""
    return values_under(scenario, replication, HEADLINES)


def run_all(plan: Sequence[PlannedRun], computing: Computing) -> list[Headlines]:
    """Run a plan.

    Returns
    -------
        What each run gave, in the order of the plan.

    Raises
    ------
    RunError
        If a run fails: a study in which some assumption was left out would say that it does not matter.
    """
    report = computing.progress or (lambda _done, _total: None)
    hashes: dict[int, str] = {}
    for planned in plan:
        if id(planned.scenario) not in hashes:
            hashes[id(planned.scenario)] = fingerprint(planned.scenario)
    found: dict[int, Headlines] = {}
    for place, planned in enumerate(plan):
        kept = _kept(computing.store, hashes[id(planned.scenario)], planned.replication)
        if kept is not None:
            found[place] = kept
    missing = [place for place in range(len(plan)) if place not in found]
    if found:
        report(len(found), len(plan))
    runs = run_plan_with(run_headlines, [plan[place] for place in missing], workers=computing.workers, scheduler=computing.scheduler)
    for position, result in runs:
        if isinstance(result, ReplicationFailure):
            raise RunError(f"a run of the study failed: {result.error}", fields={"reason": result.error})
        place = missing[position]
        found[place] = result
        if computing.store is not None:
            name = _name(plan[place].replication)
            computing.store.add_study(hashes[id(plan[place].scenario)], name, _write(result))
        report(len(found), len(plan))
    return [found[place] for place in range(len(plan))]


def _name(replication: int) -> str:
    return f"headlines-{replication}"


def _write(headlines: Headlines) -> str:
    """Write numbers so that they come back bit for bit; strict JSON has no NaN."""
    return json.dumps(
        {key: {name: value if math.isfinite(value) else str(value) for name, value in values.items()} for key, values in headlines.items()},
        allow_nan=False,
    )


def _kept(store: Store | None, scenario: str, replication: int) -> Headlines | None:
    text = None if store is None else store.get_study(scenario, _name(replication))
    if text is None:
        return None
    try:
        return {key: {name: float(values[name]) for name in HEADLINES} for key, values in json.loads(text).items()}
    except (AttributeError, KeyError, TypeError, ValueError):  # changed by hand: as good as none
        return None
