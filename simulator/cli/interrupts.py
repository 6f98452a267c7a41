"""Ctrl-C, and the request to end that the system sends: answered at once the first time, and ignored while everything is being stopped."""

from __future__ import annotations

import _thread
import signal
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from simulator.presentation.terminal import say_stopping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import FrameType

    from simulator.presentation.numbers import Lang

    _Answer = Callable[[int, FrameType | None], object] | int | None

INTERRUPTED = 130
SECONDS_TO_STOP = 3.0
_CODE_OF_SIGNAL: Final = 128
_USUAL: Final[Mapping[signal.Signals, _Answer]] = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
"""Signal → how Python answers it by itself. Windows sends the second to nobody: it ends a process without asking."""


class Stop:
    """Answers Ctrl-C and the request to end, and knows which of them came first.

    Attributes
    ----------
    code
        The exit code that says so: 128 and the number of the signal, as shells have it.
    """

    def __init__(self) -> None:
        self.code = INTERRUPTED
        self.lang: Lang = "vi"
        self.is_stopping, self.is_over = threading.Event(), threading.Event()
        self._is_retry = threading.Event()

    def answer(self, number: int, _frame: FrameType | None) -> None:
        """Stop the work, the first time and whenever Python swallowed that."""
        if self.is_stopping.is_set() and not self._is_retry.is_set():
            return
        self._is_retry.clear()
        if not self.is_stopping.is_set():
            self.is_stopping.set()
            self.code = _CODE_OF_SIGNAL + number
            warnings.simplefilter("ignore")  # a library in whose hands the interrupt falls may wonder aloud
            say_stopping(self.lang)
            threading.Thread(target=self._insist, args=(number,), daemon=True).start()
        raise KeyboardInterrupt

    def _insist(self, number: int) -> None:
        # An interrupt that falls into the end of an object's life is swallowed by Python; then it is sent again.
        while not self.is_over.wait(SECONDS_TO_STOP):
            self._is_retry.set()
            if hasattr(signal, "pthread_kill"):  # wakes a thread that sleeps or waits; elsewhere it is told when it next computes
                signal.pthread_kill(threading.main_thread().ident or 0, number)
            else:
                _thread.interrupt_main(signal.Signals(number))


@contextmanager
def stopping_at_once(lang: Lang, stop: Stop | None = None) -> Iterator[None]:
    """Answer the first Ctrl-C or request to end at once, and let the following ones pass while everything is being stopped."""
    stop = stop or Stop()
    stop.lang = lang
    # Whoever called may have ideas of its own.
    ours = [number for number, usual in _USUAL.items() if signal.getsignal(number) is usual]
    if threading.current_thread() is not threading.main_thread() or not ours:
        yield
        return
    answer = stop.answer
    for number in ours:
        signal.signal(number, answer)
    try:
        with warnings.catch_warnings():
            yield
    finally:
        stop.is_over.set()
        for number in ours:
            if signal.getsignal(number) is answer:
                # Once stopped, further ones pass until the process has ended.
                signal.signal(number, signal.SIG_IGN if stop.is_stopping.is_set() else _USUAL[number])


def leave_to_others() -> None:
    """Give Ctrl-C and the request to end back to Python, for a program that asks before it stops and may be told no."""
    if threading.current_thread() is threading.main_thread():
        for number, usual in _USUAL.items():
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, usual)
