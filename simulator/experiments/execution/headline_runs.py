"""Runs of which only the headline indicators are read: what studies with very many runs are made of.

Each run is kept in the results store as soon as it is finished, under the fingerprint of its scenario, so that a study that is interrupted goes on where it
was.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from simulator.errors import RunError
from simulator.experiments.execution.kept_runs import AsText, KeptAs, run_or_recall
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.runs.plan import identify
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.run_text import json_number
from simulator.experiments.runs.wide import values_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.runs.plan import PlannedRun
    from simulator.experiments.scenarios.scenario import Scenario

Headlines: TypeAlias = dict[str, dict[str, float]]
"""Key of an option → indicator → value; undefined is NaN."""


def run_headlines(scenario: Scenario, replication: int) -> Headlines:
    """Run every set of rules of a scenario once, as practised, and read the headline indicators alone."""
    return values_under(scenario, replication, COMPARED)


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
    names = [KeptAs(run.scenario, f"headlines-{run.replication}") for run in identify(plan)]
    form = AsText(write_headlines, lambda text: read_headlines(text, COMPARED))
    found: dict[int, Headlines] = {}
    for place, result in run_or_recall(run_headlines, plan, names, form, computing, computing.progress):
        if isinstance(result, ReplicationFailure):
            raise RunError(f"a run of the study failed: {result.error}", fields={"reason": result.error})
        found[place] = result
    return [found[place] for place in range(len(plan))]


def write_headlines(headlines: Headlines) -> str:
    """Write what was read of a run as strict JSON, from which every number comes back bit for bit."""
    return json.dumps({key: {name: json_number(value) for name, value in values.items()} for key, values in headlines.items()}, allow_nan=False)


def read_headlines(text: str, names: Iterable[str]) -> Headlines | None:
    """Read what :func:`write_headlines` wrote: the indicators of these names; ``None`` if it is anything else."""
    try:
        return {key: {name: float(values[name]) for name in names} for key, values in json.loads(text).items()}
    except (AttributeError, KeyError, TypeError, ValueError):  # changed by hand: as good as none
        return None
