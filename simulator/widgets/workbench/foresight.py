"""What a hand is likely to ask for next, worked out while nobody waits for anything."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from simulator.widgets.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable

_DECIMALS = 9


def next_value(former: Any, value: Any) -> Any:
    """Guess what a value is turned to next: as far again, the same way. What is no number, or was not moved, goes nowhere: ``None``."""
    are_numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in (former, value))
    if not are_numbers or value == former:
        return None
    return type(value)(round(value + (value - former), _DECIMALS))


class Foresight:
    """Works one thing out ahead, in a thread beside the page, once the page has rested; of several the last counts, and none is waited for.

    A thread, because whoever turns something else meanwhile is answered as before: the page goes on, and only another simulation waits its turn. Where no event
    loop is running, nobody looks at a page, and nothing is done.

    Parameters
    ----------
    seconds
        How long nothing must have happened before the work begins.
    """

    def __init__(self, seconds: float) -> None:
        self._rest = Waiting(seconds)
        self._thread: threading.Thread | None = None

    def expect(self, work: Callable[[], None]) -> None:
        """Ask for something to be worked out; nothing while other work is still being done."""
        with suppress(RuntimeError):
            asyncio.get_running_loop()
            self._rest.call(lambda: self._begin(work))

    def forget(self) -> None:
        """Take back what has not begun."""
        self._rest.cancel()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the work has ended."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _begin(self, work: Callable[[], None]) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=_tried, args=(work,), daemon=True)
            self._thread.start()


def _tried(work: Callable[[], None]) -> None:
    """Do it; what fails now fails again when it is asked for, and is told then."""
    with suppress(Exception):
        work()
