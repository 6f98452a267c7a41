"""What a class of twenty at the workbench takes of one machine: memory, and how long each waits for a picture.

``.venv/bin/python benchmarks/sessions.py`` serves the pages as ``tieuchi app`` does, opens ``--sessions`` of them at the same moment and then one too many, turns
one number in each (all at the same moment, then one after the other), and prints one JSON object. Memory is counted as the system divides it: what several processes
share is counted once. No browser is needed: what it would send and receive is sent and received here.
"""

# ruff: noqa: INP001 - a script beside the house, not a room of it
from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Final

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPError
from tornado.websocket import WebSocketClientConnection, websocket_connect

from simulator.widgets.serving.app import app_command, app_environment, is_listening
from simulator.widgets.serving.room import SEATS
from simulator.workspace import find_workspace

TOKEN: Final = "a-word-for-measuring"  # noqa: S105 - no secret
CLAUSE: Final = "Chiến sĩ thi đua cơ sở"
SECONDS_TO_OPEN: Final = 600.0
SECONDS_TO_REST: Final = 20.0
"""After opening, until every page has lived through the years before."""
_FAILED: Final = "There was an error when executing cell"
_KERNEL: Final = re.compile(r'"kernelId":\s*"([0-9a-f-]+)"')


class Page:
    """One page: a kernel, the connection a browser would have with it, and the widgets it shows."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.states: dict[str, dict[str, Any]] = {}
        self.arrived: dict[str, float] = {}
        self.socket: WebSocketClientConnection

    async def open(self) -> float:
        """Open the page and return how long that took."""
        started = time.perf_counter()
        address = f"http://127.0.0.1:{self.port}/voila/render/workbench.ipynb?token={TOKEN}"
        answer = await AsyncHTTPClient().fetch(address, request_timeout=SECONDS_TO_OPEN)
        found = _KERNEL.search(answer.body.decode())
        if found is None or _FAILED in answer.body.decode():
            raise RuntimeError(answer.body.decode()[:500])
        self.socket = await websocket_connect(f"ws://127.0.0.1:{self.port}/api/kernels/{found[1]}/channels?token={TOKEN}", max_message_size=1 << 27)
        control = uuid.uuid4().hex
        await self._say("comm_open", {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}})
        await self._say("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        while not self.states:
            await self._hear()
        return time.perf_counter() - started

    async def turn(self, percent: float) -> float:
        """Turn the share of awards and return how long the picture took to come."""
        slider = next(
            each
            for each, state in self.states.items()
            if state.get("_model_name") == "FloatSliderModel" and state.get("max") == 100  # noqa: PLR2004
        )
        started = time.perf_counter()
        await self._say("comm_msg", {"comm_id": slider, "data": {"method": "update", "state": {"value": percent}, "buffer_paths": []}})
        while True:
            told = await self._hear()
            if "trial-figure" in told.get("state", {}).get("value", ""):
                return time.perf_counter() - started

    async def _say(self, kind: str, content: dict[str, Any]) -> None:
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "username": "",
            "session": "measuring",
            "version": "5.3",
            "date": "2026-01-05T00:00:00Z",
        }
        message = {"header": header, "parent_header": {}, "metadata": {"version": "1.0.0"}, "content": content, "buffers": [], "channel": "shell"}
        await self.socket.write_message(json.dumps(message))

    async def _hear(self) -> dict[str, Any]:
        heard = await asyncio.wait_for(self.socket.read_message(), SECONDS_TO_OPEN)
        if heard is None:
            raise RuntimeError("the connection ended")
        if isinstance(heard, bytes):  # a message with buffers: how many parts, where each begins, then the message
            begin, end = int.from_bytes(heard[4:8], "big"), int.from_bytes(heard[8:12], "big")
            heard = heard[begin:end].decode()
        message = json.loads(heard)
        data = message["content"].get("data", {}) if message["header"]["msg_type"] == "comm_msg" else {}
        if data.get("method") == "update_states":
            self.states = {key: state["state"] | {"_model_name": state["model_name"]} for key, state in data["states"].items()}
        return dict(data)


def memory_of(server: int) -> int:
    """Give the megabytes a server and all its children hold, what they share counted once."""
    process = psutil.Process(server)
    total = 0
    for each in [process, *process.children(recursive=True)]:
        try:
            total += each.memory_full_info().pss if sys.platform == "linux" else each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total >> 20


async def measure(port: int, server: int, n_sessions: int) -> dict[str, Any]:
    """Open pages, turn a number in each, and tell what that took."""
    pages = [Page(port) for _ in range(n_sessions)]
    empty = memory_of(server)
    opened = await asyncio.gather(*(page.open() for page in pages))
    await asyncio.sleep(SECONDS_TO_REST)
    warm = memory_of(server)
    first = await asyncio.gather(*(page.turn(10.0) for page in pages))
    at_once = await asyncio.gather(*(page.turn(12.0) for page in pages))
    alone = [await page.turn(14.0) for page in pages]
    full = memory_of(server)
    return {
        "sessions": n_sessions,
        "one_too_many": await refused(port) if n_sessions == SEATS else None,
        "megabytes": {"server": empty, "opened": warm, "after_turning": full, "each": round((full - empty) / n_sessions)},
        "seconds": {name: spread(each) for name, each in (("open", opened), ("first_turn", first), ("all_at_once", at_once), ("one_by_one", alone))},
        "processors": os.cpu_count(),
    }


async def refused(port: int) -> int | None:
    """Give the status the page beyond the last seat is answered with; ``None`` where it is let in."""
    try:
        await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/voila/render/workbench.ipynb?token={TOKEN}", request_timeout=SECONDS_TO_OPEN)
    except HTTPError as problem:
        return int(problem.code)
    return None


def spread(seconds: list[float]) -> dict[str, float]:
    """Give the middle and the longest of several times."""
    return {"median": round(statistics.median(seconds), 2), "longest": round(max(seconds), 2)}


def main() -> None:
    """Serve, measure, print, stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=SEATS)
    given = parser.parse_args()
    AsyncHTTPClient.configure(None, max_clients=given.sessions + 1)
    workspace = find_workspace(explicit=Path(__file__).resolve().parents[1])
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(app_command(workspace, port), env=app_environment(workspace, TOKEN), stdout=quiet, stderr=quiet)  # noqa: S603
    try:
        while not is_listening(port):
            time.sleep(0.2)
        sys.stdout.write(json.dumps(asyncio.run(measure(port, server.pid, given.sessions)), indent=2) + "\n")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


if __name__ == "__main__":
    main()
