"""Run a server until it stops, and do one thing as soon as it listens."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SECONDS_BETWEEN_LOOKS: Final = 0.2


def watch(
    command: Sequence[str], environment: Mapping[str, str], *, greet: Callable[[int], bool], stop: Callable[[subprocess.Popen[bytes]], None]
) -> int:
    """Start a server, look until it listens, wait until it ends, and return its exit code.

    Parameters
    ----------
    command, environment
        What starts the server, and in which environment.
    greet
        Is given the server's process id every now and then until it says that it has found the server listening and has told so.
    stop
        What to do with the server on an interrupt, which it received too; afterwards its end is waited for.
    """
    server = subprocess.Popen(command, env=environment)  # noqa: S603  # our own interpreter and our own words
    is_greeted = False
    while True:
        try:
            return server.wait(None if is_greeted else SECONDS_BETWEEN_LOOKS)
        except subprocess.TimeoutExpired:
            is_greeted = greet(server.pid)
        except KeyboardInterrupt:
            stop(server)
