"""Run a plan in this process, in several, or on the workers of a scheduler.

Results are the same bit for bit either way: a run's luck depends on its number, never on who computes it. Each is kept in the store as soon as it is there,
so that a sweep that is interrupted, at whatever moment and in whatever way, goes on where it was; only what is missing is run.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from simulator.errors import RunError
from simulator.experiments.execution.batch import OtherVersionError, RunTogether, order_of, pack, run_here, run_parcels
from simulator.experiments.execution.cluster import Cluster
from simulator.experiments.execution.processes import processes_for
from simulator.experiments.runs.code_version import CODE_VERSION
from simulator.experiments.runs.findings import CODES
from simulator.experiments.runs.plan import PlannedRun, identify, plan_replications
from simulator.experiments.runs.results import ReplicationFailure, ReplicationRun
from simulator.experiments.runs.run import run_replication

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import Self

    from simulator.experiments.execution.batch import BatchResult, Parcel, Result, Run
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.store.store import Store

Progress: TypeAlias = Callable[[int, int], None]
_SECONDS_OF_A_BATCH: Final = 0.2
_SECONDS_BETWEEN_LOOKS: Final = 1.0
_BATCHES_AHEAD: Final = 2
"""Batches handed over for each worker: one it computes, one that lies ready."""
_LOST_BEFORE_ANY: Final = 3
"""Runs that may be lost before there is any result; then nobody can compute at all."""
_WORKER_DIED: Final = "WorkerDied: each process that computed this run ended"
_PARCELS_KEPT: Final = 8


class Crew(Protocol):
    """Who computes."""

    deaths_allowed: int

    def n_workers(self) -> int:
        """Return how many batches can be computed at once."""

    def submit(self, task: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hand a task over."""

    def is_death(self, error: BaseException) -> bool:
        """Whether an error says that whoever computed died."""

    def check(self) -> None:
        """Raise when there is nobody left to wait for."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """A planned run and what came of it, now or when it was kept in the store."""

    planned: PlannedRun
    result: ReplicationRun | ReplicationFailure
    is_recalled: bool = False


def run_plan(
    plan: Sequence[PlannedRun], *, workers: int = 1, scheduler: str | None = None, store: Store | None = None, progress: Progress | None = None
) -> Generator[Outcome, None, None]:
    """Run a plan, and give each outcome as soon as it is there: what the store holds first, then the rest as it is finished.

    Who has heard enough closes it: the rest is not begun, and what is under way is given up.

    Parameters
    ----------
    plan
        What to run; replications of any number of variants.
    workers
        Processes; 1 stays in this one.
    scheduler
        Address of a Dask scheduler, whose workers then compute instead.
    store
        Where finished runs are looked for and kept.
    progress
        Called with (done, total) before the first run, with what the store holds as done, and after each: only what is run says how long the rest takes.

    Raises
    ------
    InputError
        If the scheduler cannot be used.
    RunError
        If those who compute are lost, or are another program. What was finished is in the store.
    """
    report = progress or (lambda _done, _total: None)
    names = identify(plan) if store is not None else []
    missing = []
    n_done = 0
    for place, planned in enumerate(plan):
        kept = None if store is None else store.get(names[place])
        if kept is None:
            missing.append(place)
            continue
        n_done += 1
        yield Outcome(planned, kept, is_recalled=True)
    if store is not None:
        store.tell_unusable()
    report(n_done, len(plan))
    for position, result in run_plan_with(run_replication, [plan[place] for place in missing], workers=workers, scheduler=scheduler):
        place = missing[position]
        if store is not None:
            if isinstance(result, ReplicationRun):
                store.add(names[place], result)
            else:
                store.add_failure(names[place], result.error)
        n_done += 1
        report(n_done, len(plan))
        yield Outcome(plan[place], result)


def run_replications(
    scenario: Scenario, *, workers: int = 1, scheduler: str | None = None, store: Store | None = None, progress: Progress | None = None
) -> list[ReplicationRun | ReplicationFailure]:
    """Run all replications of a scenario; see :func:`run_plan`.

    Returns
    -------
        One result or failure for each replication, in order.
    """
    plan = plan_replications(scenario)
    by_replication = {
        outcome.planned.replication: outcome.result
        for outcome in run_plan(plan, workers=workers, scheduler=scheduler, store=store, progress=progress)
    }
    return [by_replication[planned.replication] for planned in plan]


def run_each(
    run: Run[Result], scenario: Scenario, *, workers: int = 1, scheduler: str | None = None, progress: Progress | None = None
) -> list[Result | ReplicationFailure]:
    """Do something else with each replication of a scenario.

    Parameters
    ----------
    run
        What is done with a replication, by its number; a function of a module, so that other processes find it.
    scenario
        What to run.
    workers, scheduler, progress
        As in :func:`run_plan`.

    Returns
    -------
        One result for each replication, in order; a failure where it raised or a process ended.
    """
    plan = plan_replications(scenario)
    report = progress or (lambda _done, _total: None)
    results: dict[int, Result | ReplicationFailure] = {}
    for position, result in run_plan_with(run, plan, workers=workers, scheduler=scheduler):
        results[position] = result
        report(len(results), len(plan))
    return [results[position] for position in range(len(plan))]


def run_plan_with(
    run: Run[Result], plan: Sequence[PlannedRun], *, workers: int = 1, scheduler: str | None = None
) -> Iterator[tuple[int, Result | ReplicationFailure]]:
    """Do something else with each run of a plan, and give each result with its position in it, as it is finished.

    Parameters
    ----------
    run
        What is done with a replication of a scenario, by its number; a function of a module, so that other processes find it.
    plan, workers, scheduler
        As in :func:`run_plan`. Nothing is kept.
    """
    if not plan:
        return
    order = order_of(run, plan)
    in_order = [plan[place] for place in order]
    if scheduler is None and workers <= 1:
        yield from zip(order, run_here(run, in_order), strict=True)
        return
    crews: AbstractContextManager[Crew] = processes_for(len(plan), workers) if scheduler is None else Cluster(scheduler)
    with crews as crew:
        yield from ((order[position], result) for position, result in _Sweep(crew, run, in_order).results())


class _Sweep:
    """A plan on its way through a crew.

    Runs whose worker died are suspects: they wait until all others that were handed over are back, and are then computed alone, one after the other. The
    one that ends its worker each time is found so, and the others lose nothing but time.
    """

    def __init__(self, crew: Crew, run: Run[Any], plan: Sequence[PlannedRun]) -> None:
        self.crew = crew
        self.run = run
        self.plan = plan
        self.todo = deque(range(len(plan)))
        self.suspects: deque[int] = deque()
        self.deaths: Counter[int] = Counter()
        self.waiting: dict[Future[BatchResult[Any]], list[int]] = {}
        self.parcels: dict[int, Parcel] = {}
        self.is_alone = False
        self.seconds_per_run = math.inf
        self.n_finished = 0
        self.n_lost = 0

    def results(self) -> Iterator[tuple[int, Any]]:
        """Give each position with its result."""
        while self.todo or self.suspects or self.waiting:
            self._hand_over()
            done, _ = wait(self.waiting, timeout=_SECONDS_BETWEEN_LOOKS, return_when=FIRST_COMPLETED)
            if not done:
                self.crew.check()
            for future in done:
                yield from self._take(future, self.waiting.pop(future))

    def _hand_over(self) -> None:
        if self.suspects:
            if not self.waiting:
                self.is_alone = True
                self._send([self.suspects.popleft()])
            return
        if not self.waiting:
            self.is_alone = False
        while self.todo and not self.is_alone and len(self.waiting) < _BATCHES_AHEAD * self.crew.n_workers():
            self._send([self.todo.popleft() for _ in range(self._batch_size())])

    def _batch_size(self) -> int:
        """Give how many runs make a task worth its sending, and leave enough for everybody at the end."""
        worth_sending = math.ceil(_SECONDS_OF_A_BATCH / self.seconds_per_run) if self.seconds_per_run < math.inf else 1
        worth_sending = max(worth_sending, self.run.n_together if isinstance(self.run, RunTogether) else 1)
        return max(1, min(worth_sending, len(self.todo) // (_BATCHES_AHEAD * self.crew.n_workers())))

    def _send(self, positions: list[int]) -> None:
        runs = [self.plan[position] for position in positions]
        parcels = [(self._parcel(planned.scenario), planned.replication) for planned in runs]
        self.waiting[self.crew.submit(run_parcels, CODE_VERSION, self.run, parcels)] = positions

    def _parcel(self, scenario: Scenario) -> Parcel:
        if id(scenario) not in self.parcels:
            while len(self.parcels) >= _PARCELS_KEPT:
                del self.parcels[next(iter(self.parcels))]
            self.parcels[id(scenario)] = pack(scenario)
        return self.parcels[id(scenario)]

    def _take(self, future: Future[BatchResult[Any]], positions: list[int]) -> Iterator[tuple[int, Any]]:
        try:
            batch = future.result()
        except OtherVersionError as error:
            raise _run_error("SW204") from error
        except CancelledError:
            self.crew.check()
            self.suspects.extend(positions)
        except Exception as error:  # noqa: BLE001 - whatever befell those who compute is told in the rows it befell
            if self.crew.is_death(error):
                yield from self._lose(positions)
            else:
                yield from self._fail(positions, f"{type(error).__name__}: {error}")
        else:
            self.seconds_per_run = max(batch.seconds / len(positions), 1e-6)
            self.n_finished += len(positions)
            yield from zip(positions, batch.results, strict=True)

    def _lose(self, positions: list[int]) -> Iterator[tuple[int, ReplicationFailure]]:
        """Suspect all runs of a batch whose worker died; one that was alone is known to have ended it."""
        if self.is_alone:
            self.deaths[positions[0]] += 1
        if self.deaths[positions[0]] >= self.crew.deaths_allowed:
            yield from self._fail(positions, _WORKER_DIED)
        else:
            self.suspects.extend(positions)

    def _fail(self, positions: list[int], reason: str) -> Iterator[tuple[int, ReplicationFailure]]:
        self.n_lost += len(positions)
        if not self.n_finished and self.n_lost >= _LOST_BEFORE_ANY:
            raise _run_error("SW205", reason=reason)
        for position in positions:
            yield position, ReplicationFailure(self.plan[position].replication, reason, "")


def _run_error(code: str, **fields: str) -> RunError:
    return RunError(CODES[code].english.format(**fields), fields={"code": code, **fields})
