"""Wait until a hand rests: of many calls in quick succession only the last is made."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Waiting:
    """Makes the last of several calls, once nothing new has come for a while; where no event loop is running, at once.

    Parameters
    ----------
    seconds
        How long nothing new must come.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._timer: asyncio.TimerHandle | None = None

    def call(self, function: Callable[[], None]) -> None:
        """Ask for a call; it takes the place of one that is still waiting."""
        self.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            function()
            return
        self._timer = loop.call_later(self.seconds, function)

    def cancel(self) -> None:
        """Forget the call that is still waiting, if any."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
