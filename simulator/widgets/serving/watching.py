"""Run a server until it stops or is to end, and do one thing as soon as it listens."""

from __future__ import annotations

import signal
import subprocess
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import FrameType

SECONDS_BETWEEN_LOOKS: Final = 0.2
_CODE_OF_SIGNAL: Final = 128
_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The system asks to end, or the terminal was closed. Windows sends neither: it ends a process without asking."""


def watch(
    command: Sequence[str], environment: Mapping[str, str], *, greet: Callable[[int], bool], stop: Callable[[subprocess.Popen[bytes]], None]
) -> int:
    """Start a server, look until it listens, wait until it ends, and return its exit code.

    A request to end reaches this process alone, so it is handed on to the server, which would live on and keep its port. The exit code then is 128 and the
    number of the signal, as shells have it.

    Parameters
    ----------
    command, environment
        What starts the server, and in which environment.
    greet
        Is given the server's process id every now and then until it says that it has found the server listening and has told so.
    stop
        What to do with the server on an interrupt, which it received too; afterwards its end is waited for.
    """
    end = _End()
    with end.heard():
        server = subprocess.Popen(command, env=environment)  # noqa: S603  # our own interpreter and our own words
        end.comes_to(server)
        is_greeted = False
        try:
            while True:
                try:
                    try:
                        code = server.wait(None if is_greeted else SECONDS_BETWEEN_LOOKS)
                        return _CODE_OF_SIGNAL + end.number if end.number else code
                    except subprocess.TimeoutExpired:
                        is_greeted = greet(server.pid)
                except KeyboardInterrupt:  # while it is greeted, too
                    stop(server)
        except Exception:  # a server nobody watches would keep its port for ever
            server.terminate()
            server.wait()
            raise


class _End:
    """A request to end, and the server it is handed on to; one that comes before the server has started reaches it as soon as it has.

    Attributes
    ----------
    number
        The signal that came first; 0 while none has.
    """

    def __init__(self) -> None:
        self.number = 0
        self._server: subprocess.Popen[bytes] | None = None

    def comes_to(self, server: subprocess.Popen[bytes]) -> None:
        """Hand it on to this server from now on."""
        self._server = server
        if self.number:
            server.terminate()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen for it; what was to be ignored, as behind ``nohup``, stays ignored."""
        is_main = threading.current_thread() is threading.main_thread()
        former = {number: signal.getsignal(number) for number in _ENDING if is_main and signal.getsignal(number) is not signal.SIG_IGN}
        for number in former:
            signal.signal(number, self._answer)
        try:
            yield
        finally:
            for number, answer in former.items():
                signal.signal(number, answer)

    def _answer(self, number: int, _frame: FrameType | None) -> None:
        self.number = self.number or number
        if self._server is not None:
            self._server.terminate()
