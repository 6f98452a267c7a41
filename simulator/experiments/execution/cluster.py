"""Workers of a Dask scheduler that compute batches, on this machine or others.

Only the address is known here; starting a scheduler and workers is the business of whoever owns the machines, and so is who may reach them: what is sent
is run. Dask is an extra of the installation and is loaded only where an address is given. On each machine that computes, with the same version installed::

    dask scheduler --host 192.0.2.1 --port 8786          # on one of them
    dask worker tcp://192.0.2.1:8786 --nthreads 1        # one for each processor; a process computes one run at a time
"""

from __future__ import annotations

import gc
import time
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from simulator.errors import InputError, RunError
from simulator.experiments.runs.findings import CODES, make_finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from types import TracebackType
    from typing import Self

SECONDS_TO_ANSWER: Final = 10.0
SECONDS_WITHOUT_WORKERS: Final = 60.0
"""How long a sweep waits for workers once all are gone: nannies and administrators need time to start them again."""


class Cluster:
    """The workers of a scheduler; they may come and go.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://host:8786``.

    Raises
    ------
    InputError
        If Dask is not installed, nobody answers at the address, or there is nobody to work.
    """

    deaths_allowed = 1
    """The scheduler itself has tried a run on several workers before it tells of a death."""

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = import_module("distributed")  # an extra, loaded where it is asked for
        except ImportError as problem:
            raise InputError([make_finding("SW201", "tieuchi", 1)]) from problem
        self._address = address
        self._killed: type[Exception] = distributed.KilledWorker
        self._client = _connect(distributed, address)
        try:
            self._client.wait_for_workers(1, timeout=SECONDS_TO_ANSWER)
        except OSError as problem:
            self._client.close()
            raise InputError([make_finding("SW203", "tieuchi", 1, address=address)]) from problem
        # Nothing is assumed to be equal to anything: two runs with equal arguments would collapse into one.
        self._executor = self._client.get_executor(pure=False, retries=0)
        self._last_seen = time.monotonic()

    def n_workers(self) -> int:
        """Return how many batches can be computed at once, now."""
        return max(1, self._n_present())

    def submit(self, task: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hand a task over to the scheduler."""
        future: Future[Any] = self._executor.submit(task, *arguments)
        return future

    def is_death(self, error: BaseException) -> bool:
        """Whether an error says that the workers died which computed."""
        return isinstance(error, self._killed)

    def check(self) -> None:
        """Make sure that there is somebody to wait for.

        Raises
        ------
        RunError
            If the scheduler is lost, or there have been no workers for long.
        """
        if self._n_present():
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > SECONDS_WITHOUT_WORKERS:
            raise self._lost("SW203")

    def _n_present(self) -> int:
        try:
            return len(self._client.nthreads())
        except (OSError, RuntimeError, ValueError) as problem:
            raise self._lost("SW206") from problem

    def _lost(self, code: str) -> RunError:
        fields = {"code": code, "address": self._address}
        return RunError(CODES[code].english.format(**fields), fields=fields)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()


def _connect(distributed: Any, address: str) -> Any:
    """Make a client of a scheduler that answers."""
    with suppress(OSError, ValueError, ImportError):
        return distributed.Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False, name="tieuchi")
    # What was begun of the client closes itself when it is collected. Collected while another client is being made, it would wait for ever for the lock
    # which that one holds: so it is collected now.
    gc.collect()
    raise InputError([make_finding("SW202", "tieuchi", 1, address=address)])
