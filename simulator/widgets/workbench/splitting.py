"""The effect of a draft split over its clauses, worked out beside the page by a thread that can be stopped."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from simulator.errors import TieuchiError
from simulator.experiments.attribution.attribute import attribute

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.experiments.attribution.attribute import Attribution
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.widgets.workbench.running import Phase
    from simulator.workspace import Workspace

Name = tuple[str, str]


class _StoppedError(Exception):
    """Somebody waits for this no longer."""


def name_of(scenario: Scenario) -> Name:
    """Tell one draft beside its base from another."""
    return scenario.baseline.content_hash, scenario.options[-1].key


class Splitting:
    """One draft at a time, and what came of the last one. It outlives the panel that shows it, which may be laid out in another language.

    A thread, and no process of its own, because a small sample is split in the time in which another process would begin; that it shares the processor with
    the picture that follows a hand is why the panel stops it as soon as the draft moves on.

    Attributes
    ----------
    phase
        Where it is.
    name
        Which draft it is about.
    done, total
        How many replications of how many are finished.
    attribution
        What was found.
    seconds
        How long it took.
    reason
        Why nothing could be found.
    on_change
        Called whenever something of this changes; in the loop of the page where it has one, for figures are drawn by one thread only.
    """

    def __init__(self) -> None:
        self.phase: Phase = "idle"
        self.name: Name | None = None
        self.done = self.total = 0
        self.attribution: Attribution | None = None
        self.seconds = 0.0
        self.reason = ""
        self.on_change: Callable[[], None] = lambda: None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, scenario: Scenario, workspace: Workspace) -> None:
        """Split the effect of a scenario's options; nothing while that is being done for another already.

        Parameters
        ----------
        scenario
            The draft is its last option.
        workspace
            Where instruments are looked up.
        """
        if self.phase == "running":
            return
        with suppress(RuntimeError):  # outside a page there is no loop
            self._loop = asyncio.get_running_loop()
        self.phase, self.name, self.attribution = "running", name_of(scenario), None
        self.done = self.total = 0
        self._thread = threading.Thread(target=self._work, args=(scenario, workspace, self._thread), daemon=True)
        self.on_change()
        self._thread.start()

    def cancel(self) -> None:
        """Stop; the thread ends with the replications it is at."""
        if self.phase == "running":
            self.phase = "cancelled"
            self.on_change()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the work has ended."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _work(self, scenario: Scenario, workspace: Workspace, former: threading.Thread | None) -> None:
        if former is not None:
            former.join()
        begun = time.monotonic()
        try:
            self._count(0, 0)
            found = attribute(scenario, workspace=workspace, progress=self._count)
        except _StoppedError:
            return
        except Exception as problem:  # noqa: BLE001 - what a thread raises is seen by nobody
            self._end("failed", reason=str(problem) if isinstance(problem, TieuchiError) else type(problem).__name__)
        else:
            self._end("done", found, seconds=time.monotonic() - begun)

    def _is_wanted(self) -> bool:
        return self.phase == "running" and threading.current_thread() is self._thread

    def _count(self, done: int, total: int) -> None:
        if not self._is_wanted():
            raise _StoppedError
        self.done, self.total = done, total
        self._tell()

    def _end(self, phase: Phase, attribution: Attribution | None = None, *, seconds: float = 0.0, reason: str = "") -> None:
        if self._is_wanted():
            self.attribution, self.seconds, self.reason, self.phase = attribution, seconds, reason, phase
            self._tell()

    def _tell(self) -> None:
        if self._loop is None:
            self.on_change()
            return
        with suppress(RuntimeError):  # the page is closed
            self._loop.call_soon_threadsafe(self.on_change)
