"""A batch: some runs that are sent to a process together, and what is done with them there.

Sending costs; so a scenario is packed once however many of its runs are sent, and a process that has unpacked it keeps it for the batches that follow. A
process computes one run at a time, or some small ones side by side (:mod:`~simulator.experiments.runs.wide`), and lets go of them before it begins the next, so
that a sweep of any length needs the memory of one.
"""

from __future__ import annotations

import gc
import pickle
import threading
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

from simulator.errors import TieuchiError
from simulator.experiments.runs.code_version import CODE_VERSION
from simulator.experiments.runs.results import ReplicationFailure, tried
from simulator.experiments.runs.run import run_replication
from simulator.experiments.runs.wide import in_batches, run_side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from simulator.experiments.runs.plan import PlannedRun
    from simulator.experiments.scenarios.scenario import Scenario

Result = TypeVar("Result")

Run: TypeAlias = "Callable[[Scenario, int], Result]"


@runtime_checkable
class RunTogether(Protocol[Result]):
    """A run of which several, by their numbers, can be had for little more than the cost of one."""

    @property
    def n_together(self) -> int:
        """How many are worth running at once."""

    def kind_of(self, scenario: Scenario, number: int) -> Hashable:
        """Tell runs apart that cannot be run side by side."""

    def together(self, scenario: Scenario, numbers: Sequence[int]) -> list[Result]:
        """Run some of one kind side by side: what each gives by itself."""

    def __call__(self, scenario: Scenario, number: int, /) -> Result:
        """Run one."""


Parcel: TypeAlias = bytes
"""A scenario on its way to another process."""

_ONE_AT_A_TIME: Final = threading.Lock()
"""A process that is given several batches at once would only let them fight over one interpreter."""
_N_KEPT: Final = 4


class OtherVersionError(TieuchiError):
    """Whoever should compute is not the same program as the one that asks."""


@dataclass(frozen=True, slots=True)
class BatchResult(Generic[Result]):
    """What came of a batch: a result or failure for each run, in order, and how long it took, seconds."""

    results: list[Result | ReplicationFailure]
    seconds: float


def pack(scenario: Scenario) -> Parcel:
    """Make a scenario small, to be sent."""
    return zlib.compress(pickle.dumps(scenario), level=1)


def run_parcels(code_version: str, run: Run[Result], parcels: Sequence[tuple[Parcel, int]]) -> BatchResult[Result]:
    """Run a batch that was sent to this process.

    Parameters
    ----------
    code_version
        The program that asks.
    run
        What is done with a replication.
    parcels
        For each run, its scenario and the number of its replication.

    Raises
    ------
    OtherVersionError
        If this process runs another version, whose results could differ.
    """
    if code_version != CODE_VERSION:
        raise OtherVersionError
    started = time.perf_counter()
    results = list(_attempt_all(run, ((_unpack(parcel), replication) for parcel, replication in parcels)))
    return BatchResult(results, time.perf_counter() - started)


def run_here(run: Run[Result], plan: Sequence[PlannedRun]) -> Iterator[Result | ReplicationFailure]:
    """Run one after the other in this process."""
    yield from _attempt_all(run, ((planned.scenario, planned.replication) for planned in plan))


def _attempt_all(run: Run[Result], runs: Iterable[tuple[Scenario, int]]) -> Iterator[Result | ReplicationFailure]:
    """Attempt runs in their order; those of one scenario that follow one another go side by side as far as they can."""
    for _, stretch in groupby(runs, key=lambda one: id(one[0])):
        scenarios, numbers = zip(*stretch, strict=True)
        if run is run_replication:
            yield from _attempt_replications(scenarios[0], numbers)
        elif isinstance(run, RunTogether):
            yield from _attempt_together(run, scenarios[0], numbers)
        else:
            yield from (attempt(run, scenarios[0], number) for number in numbers)


def _attempt_replications(scenario: Scenario, replications: Sequence[int]) -> Iterator[Any]:
    for batch in in_batches(scenario, replications):
        with _ONE_AT_A_TIME, _nothing_held():
            results = run_side_by_side(scenario, batch)
        yield from results


def _attempt_together(run: RunTogether[Result], scenario: Scenario, numbers: Sequence[int]) -> Iterator[Result | ReplicationFailure]:
    """Attempt as many at a time as go together; where that fails, each by itself, so that a failure is told of those it befell."""
    for _, alike in groupby(numbers, key=lambda number: _kind_of(run, scenario, number)):
        rest = list(alike)
        while rest:
            batch, rest = rest[: run.n_together], rest[run.n_together :]
            try:
                with _ONE_AT_A_TIME, _nothing_held():
                    results: list[Any] = run.together(scenario, batch)
            except Exception:  # noqa: BLE001 - who failed, and why, is found out below
                results = [attempt(run, scenario, number) for number in batch]
            yield from results


def order_of(run: Run[Any], plan: Sequence[PlannedRun]) -> list[int]:
    """Give the positions of a plan in the order in which its runs are best attempted: those that can be run side by side follow one another."""
    if not isinstance(run, RunTogether):
        return list(range(len(plan)))
    alike: dict[Hashable, list[int]] = {}
    for position, planned in enumerate(plan):
        alike.setdefault((id(planned.scenario), _kind_of(run, planned.scenario, planned.replication)), []).append(position)
    return list(chain.from_iterable(alike.values()))


def _kind_of(run: RunTogether[Any], scenario: Scenario, number: int) -> Hashable:
    """Ask for the kind of a run; one of which it cannot be told is of a kind of its own, and will say why when it is attempted."""
    try:
        return run.kind_of(scenario, number)
    except Exception:  # noqa: BLE001 - a failure of this run alone
        return number


def attempt(run: Run[Result], scenario: Scenario, replication: int) -> Result | ReplicationFailure:
    """Run one replication; whatever goes wrong in it is a failure of this one, and no memory is held afterwards."""
    with _ONE_AT_A_TIME, _nothing_held():
        return tried(run, scenario, replication)


@lru_cache(maxsize=_N_KEPT)
def _unpack(parcel: Parcel) -> Scenario:
    scenario: Scenario = pickle.loads(zlib.decompress(parcel))  # noqa: S301 - packed by the process that started this one, or by the owner of the cluster
    return scenario


@cache
def _nobody_else_sets_aside() -> bool:
    """Tell whether this program alone sets things aside; asked once, because the answer is counted object by object."""
    return gc.get_freeze_count() == 0


@contextmanager
def _nothing_held() -> Iterator[None]:
    """Free what a run leaves behind, models being cyclic; what was there before is set aside, so that looking for it costs next to nothing."""
    is_ours = _nobody_else_sets_aside()
    if is_ours:
        gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        if is_ours:
            gc.unfreeze()
