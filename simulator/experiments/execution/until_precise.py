"""Run the replications of a scenario one after the other until they are enough (:mod:`~simulator.experiments.results.stopping`), or as many as it allows."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from simulator.experiments.execution.executors import run_plan
from simulator.experiments.results.stopping import START, Watch, primary_differences
from simulator.experiments.runs.plan import plan_replications
from simulator.experiments.runs.results import ReplicationFailure, ReplicationRun

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.execution.executors import Outcome, Progress
    from simulator.experiments.results.stopping import Stopping
    from simulator.experiments.runs.plan import PlannedRun
    from simulator.experiments.scenarios.scenario import Scenario


def run_until_precise(scenario: Scenario, computing: Computing) -> tuple[list[ReplicationRun | ReplicationFailure], Stopping]:
    """Run replications until the primary differences of all options are known closely, at most as many as the scenario has.

    Parameters
    ----------
    scenario
        What to run.
    computing
        Who computes. Told of progress is (done, how many it will probably be): before the first run, with what the store holds as done, and after each.

    Returns
    -------
        The replications up to the last that was needed, in order, and why there are no more. Which they are does not depend on who computes.
    """
    report = computing.progress or (lambda _done, _total: None)
    watch = Watch(scenario.assumptions.margins, scenario.replications)
    found: dict[int, ReplicationRun | ReplicationFailure] = {}
    n_taken, n_told = 0, -1

    def tell(*_: int) -> None:
        nonlocal n_told
        if len(found) > n_told:
            n_told = len(found)
            report(n_told, _expected(watch, n_told))

    with closing(_outcomes(plan_replications(scenario), watch, computing, tell)) as outcomes:
        for outcome in outcomes:
            found[outcome.planned.replication] = outcome.result
            while n_taken in found and not watch.is_precise:
                _take(watch, found[n_taken], scenario)
                n_taken += 1
            if watch.is_precise:
                break
            if not outcome.is_recalled:
                tell()
    if watch.is_precise:
        report(n_taken, n_taken)
    if computing.store is not None:
        computing.store.tell_unusable()
    return [found[replication] for replication in range(n_taken)], watch.conclude()


def _expected(watch: Watch, done: int) -> int:
    """Guess how many replications it will have been, at least one more than there are where there may be more."""
    return max(watch.expected(), min(done + 1, watch.cap))


def conclude_asked(scenario: Scenario, results: Iterable[ReplicationRun | ReplicationFailure]) -> Stopping:
    """Say how closely the primary differences are known after a number of replications that was fixed beforehand."""
    watch = Watch(scenario.assumptions.margins, scenario.replications)
    for result in results:
        _take(watch, result, scenario)
    return watch.conclude(is_asked=True)


def _take(watch: Watch, result: ReplicationRun | ReplicationFailure, scenario: Scenario) -> None:
    if isinstance(result, ReplicationRun):
        values = {key: of.values for key, of in result.by_rules.items()}
        watch.take(primary_differences(values, scenario.baseline.content_hash, [(option.id, option.key) for option in scenario.options]))


def _outcomes(plan: Sequence[PlannedRun], watch: Watch, computing: Computing, tell: Progress) -> Generator[Outcome, None, None]:
    """Give outcomes as they are there, with as little beyond the last needed as can be; ``tell`` is called when what the store holds has been given.

    Processes are handed a few runs at a time, so the rest is never begun. This one would lay many small runs side by side; it is given as many as will
    probably be needed.
    """
    stage = len(plan) if computing.workers > 1 or computing.scheduler is not None else START
    done = 0
    while done < len(plan):
        if done:
            stage = max(watch.expected() - done, 1)
        part = plan[done : done + stage]
        done += len(part)
        with closing(run_plan(part, workers=computing.workers, scheduler=computing.scheduler, store=computing.store, progress=tell)) as outcomes:
            yield from outcomes
