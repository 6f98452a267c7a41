from __future__ import annotations

import asyncio

from simulator.widgets.waiting import Waiting


def test_without_a_loop_the_call_is_made_at_once():
    made = []
    Waiting(10.0).call(lambda: made.append(1))
    assert made == [1]


def test_of_many_calls_the_last_is_made():
    made = []

    async def move():
        waiting = Waiting(0.01)
        for position in range(50):
            waiting.call(lambda position=position: made.append(position))
        assert made == []
        await asyncio.sleep(0.05)

    asyncio.run(move())
    assert made == [49]


def test_a_call_can_be_forgotten():
    made = []

    async def move():
        waiting = Waiting(0.01)
        waiting.call(lambda: made.append(1))
        waiting.cancel()
        await asyncio.sleep(0.03)

    asyncio.run(move())
    assert made == []
