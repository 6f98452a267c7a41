from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

from simulator.presentation.i18n import catalogue
from simulator.widgets.served import COMPANY_VARIABLE
from simulator.widgets.serving.room import SEATS_VARIABLE
from simulator.widgets.serving.seats import Seats, no_room


class Kernels:
    """What is started and ended, without a process."""

    def __init__(self, monkeypatch):
        self.given = []

        async def start(manager, **named):
            await asyncio.sleep(0)
            name = str(len(self.given))
            self.given.append(named.get("env", {}))
            manager._kernels[name] = SimpleNamespace(last_activity=datetime.now(UTC))
            manager._kernel_connections[name] = 1
            return name

        async def end(manager, kernel_id, **_):
            manager._kernels.pop(kernel_id)

        monkeypatch.setattr(AsyncMappingKernelManager, "start_kernel", start)
        monkeypatch.setattr(AsyncMappingKernelManager, "shutdown_kernel", end)


@pytest.fixture
def kernels(monkeypatch):
    return Kernels(monkeypatch)


def come(manager, n_people):
    async def at_once():
        return await asyncio.gather(*(manager.start_kernel(env={}) for _ in range(n_people)), return_exceptions=True)

    return asyncio.run(at_once())


@pytest.mark.usefixtures("kernels")
def test_of_many_who_come_at_once_as_many_find_a_seat_as_there_are():
    answers = come(Seats(most=3), 5)
    assert answers[:3] == ["0", "1", "2"]
    assert [(type(answer), answer.status_code) for answer in answers[3:]] == [(HTTPError, 503)] * 2


def test_only_the_first_has_the_machine_to_itself(kernels):
    come(Seats(most=3), 3)
    assert [COMPANY_VARIABLE in env for env in kernels.given] == [False, True, True]


def test_who_loads_a_page_anew_is_no_company_of_their_own(kernels):
    manager = Seats(most=3)
    come(manager, 1)
    manager.notify_connect("0")
    manager._kernel_connections["0"] = 0  # the page is left, its kernel still there
    come(manager, 1)
    assert COMPANY_VARIABLE not in kernels.given[-1]
    come(manager, 1)  # the second is still opening
    assert COMPANY_VARIABLE in kernels.given[-1]


@pytest.mark.parametrize(
    ("was_there", "connections", "minutes", "is_free"),
    [(True, 0, 2, True), (True, 0, 0, False), (True, 1, 2, False), (False, 0, 2, False), (False, 0, 6, True)],
)
@pytest.mark.usefixtures("kernels")
def test_a_seat_is_free_again_when_its_page_has_been_gone_for_a_while(was_there, connections, minutes, is_free):
    manager = Seats(most=2)
    come(manager, 2)
    if was_there:
        manager.notify_connect("1")
    manager._kernels["1"].last_activity -= timedelta(minutes=minutes)
    manager._kernel_connections["1"] = connections
    (answer,) = come(manager, 1)
    assert isinstance(answer, str) is is_free
    assert ("1" in manager._kernels) is not is_free


@pytest.mark.parametrize(
    ("was_there", "connections", "seconds", "state", "is_ended"),
    [
        (True, 0, 70, "idle", True),
        (True, 0, 50, "idle", False),
        (True, 0, 70, "busy", False),
        (True, 1, 70, "idle", False),
        (True, 1, 31 * 60, "idle", True),
        (False, 0, 70, "starting", False),  # twenty open at once, on a busy machine
        (False, 0, 6 * 60, "starting", True),
    ],
)
@pytest.mark.usefixtures("kernels")
def test_a_kernel_ends_a_minute_after_its_page_has_gone_but_not_while_that_is_opening(was_there, connections, seconds, state, is_ended):
    manager = Seats(most=2, cull_idle_timeout=30 * 60, cull_connected=True)
    come(manager, 1)
    if was_there:
        manager.notify_connect("0")
    kernel = manager._kernels["0"]
    kernel.last_activity -= timedelta(seconds=seconds)
    kernel.execution_state, kernel.kernel_name, kernel.kernel_spec = state, "python3", SimpleNamespace(metadata={})
    manager._kernel_connections["0"] = connections
    asyncio.run(manager.cull_kernel_if_idle("0"))
    assert ("0" not in manager._kernels) is is_ended


def test_whoever_finds_no_seat_is_told_in_both_languages_and_how_many_there_are():
    told = no_room(7).splitlines()
    assert ["7" in line and SEATS_VARIABLE in line for line in told] == [True, True]
    assert told[0] == catalogue("vi")["app.full"].format(n=7, variable=SEATS_VARIABLE)


def test_a_server_can_end_all_its_kernels():
    """Voilà waits for the end of its kernels, and a manager that cannot be waited for breaks its leaving."""
    assert asyncio.iscoroutinefunction(Seats.shutdown_all)
