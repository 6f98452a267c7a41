from __future__ import annotations

import asyncio
import threading

import pytest

from simulator.widgets.workbench.foresight import Foresight, next_value


@pytest.mark.parametrize(
    ("former", "value", "expected"),
    [
        (0.15, 0.14, 0.13),
        (0.1, 0.3, 0.5),
        (3, 4, 5),
        (5, 2, -1),
        (0.2, 0.2, None),
        (True, False, None),
        ("floor", "ceiling", None),
        (None, 3, None),
    ],
)
def test_the_next_step_goes_as_far_again_the_same_way(former, value, expected):
    found = next_value(former, value)
    assert found == expected
    assert type(found) is type(expected)


def test_of_several_things_the_last_is_worked_out_in_a_thread_of_its_own():
    done = []

    async def look():
        foresight = Foresight(0.01)
        for number in range(5):
            foresight.expect(lambda number=number: done.append((number, threading.current_thread() is threading.main_thread())))
        assert done == []
        await asyncio.sleep(0.05)
        foresight.wait()

    asyncio.run(look())
    assert done == [(4, False)]


def test_what_has_not_begun_can_be_taken_back():
    done = []

    async def look():
        foresight = Foresight(0.01)
        foresight.expect(lambda: done.append(1))
        foresight.forget()
        await asyncio.sleep(0.05)
        foresight.wait()

    asyncio.run(look())
    assert done == []


def test_nothing_else_begins_while_something_is_worked_out():
    done, may_end = [], threading.Event()

    async def look():
        foresight = Foresight(0.0)
        foresight.expect(lambda: may_end.wait(10))
        await asyncio.sleep(0.02)
        foresight.expect(lambda: done.append("meanwhile"))
        await asyncio.sleep(0.02)
        may_end.set()
        foresight.wait()
        foresight.expect(lambda: done.append("afterwards"))
        await asyncio.sleep(0.02)
        foresight.wait()

    asyncio.run(look())
    assert done == ["afterwards"]


def test_a_failure_is_left_to_whoever_asks_for_it():
    async def look():
        foresight = Foresight(0.0)
        foresight.expect(lambda: 1 / 0)
        await asyncio.sleep(0.02)
        foresight.wait()

    asyncio.run(look())


def test_without_a_loop_nobody_looks_and_nothing_is_done():
    done = []
    foresight = Foresight(0.0)
    foresight.expect(lambda: done.append(1))
    foresight.wait()
    assert done == []
