"""How many people may work at the pages at once, and what is told to the one for whom there is no room."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Integer

from simulator.presentation.i18n import translate
from simulator.rules.values import LANGUAGES
from simulator.widgets.served import COMPANY_VARIABLE
from simulator.widgets.serving.room import SEATS, SEATS_VARIABLE

_TIME_TO_CONNECT: Final = timedelta(minutes=1)
"""How long a page that was there may be away."""
_TIME_TO_OPEN: Final = timedelta(minutes=5)
"""How long a page may take to come for the first time: where twenty open at once on a busy machine, a kernel alone takes more than a minute to begin."""


def no_room(n_seats: int) -> str:
    """Tell whoever finds every seat taken what to do, a line in each language."""
    return "\n".join(translate("app.full", lang, n=str(n_seats), variable=SEATS_VARIABLE) for lang in LANGUAGES)


class Seats(AsyncMappingKernelManager):
    """Kernels of the people at the pages: one each, and no more than there is memory for."""

    most = Integer(SEATS, min=1, help="How many kernels may run at once.").tag(config=True)

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)  # type: ignore[no-untyped-call]
        self._one_by_one = asyncio.Lock()
        self._met: set[str] = set()  # kernels to which a page has been connected

    async def start_kernel(self, **named: Any) -> str:  # type: ignore[override]
        """Start a kernel where there is a seat; one that its page has left is given up first.

        Raises
        ------
        HTTPError
            When every seat is taken.
        """
        async with self._one_by_one:  # else twenty who come at the same moment would all find the same last seat
            if len(self) >= self.most:
                await self._clear_one_left()
            if len(self) >= self.most:
                raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE, no_room(self.most))
            if self._is_company_there():
                named["env"] = {**named.get("env", os.environ), COMPANY_VARIABLE: "1"}
            return await super().start_kernel(**named)

    def notify_connect(self, kernel_id: str) -> None:
        """Take note that a page has come to its kernel."""
        self._met.add(kernel_id)
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]

    def _is_company_there(self) -> bool:
        """Tell whether somebody else has a page, or is just opening one; who loads a page anew has left the one before, whose kernel is still ending."""
        self._met &= set(self._kernels)
        return any(self._kernel_connections.get(kernel_id) or kernel_id not in self._met for kernel_id in self._kernels)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel its page has left, without the wait a page that is only looked at is given.

        A page says so itself when it is left, but the page of a machine that was switched off does not.
        """
        if self._is_left(kernel_id):
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
        else:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]

    async def _clear_one_left(self) -> None:
        """End the kernel no page has been connected to for longest."""
        left = [(kernel.last_activity, kernel_id) for kernel_id, kernel in self._kernels.items() if self._is_left(kernel_id)]
        if left:
            await self.shutdown_kernel(min(left)[1], now=True)  # type: ignore[no-untyped-call]

    def _is_left(self, kernel_id: str) -> bool:
        """Tell whether no page is connected to a kernel any more; one that is still opening works, or is given its time to come."""
        kernel = self._kernels[kernel_id]
        is_at_work = getattr(kernel, "execution_state", None) == "busy"
        time_given = _TIME_TO_CONNECT if kernel_id in self._met else _TIME_TO_OPEN
        return not self._kernel_connections.get(kernel_id) and not is_at_work and kernel.last_activity < datetime.now(UTC) - time_given
