"""Who computes runs, and where finished ones are looked for: what every experiment is told the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.experiments.execution.executors import Progress
    from simulator.experiments.store.store import Store


@dataclass(frozen=True)
class Computing:
    """Who computes.

    Attributes
    ----------
    workers
        Processes of this machine.
    scheduler
        Address of a Dask scheduler whose workers compute instead.
    store
        Finished runs and studies; without one, everything is run.
    progress
        Called with (done, total) before the first run where the store holds some, and after each run or block of runs.
    measuring
        Called so after each part of a list that is measured.
    writing
        Called so after each part of a report that is written.
    """

    workers: int = 1
    scheduler: str | None = None
    store: Store | None = None
    progress: Progress | None = None
    measuring: Progress | None = None
    writing: Progress | None = None
