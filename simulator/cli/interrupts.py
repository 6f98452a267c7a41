"""Ctrl-C: answered at once the first time, and ignored while everything is being stopped."""

from __future__ import annotations

import _thread
import signal
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator.presentation.terminal import say_stopping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from simulator.presentation.numbers import Lang

INTERRUPTED = 130
SECONDS_TO_STOP = 3.0


@contextmanager
def stopping_at_once(lang: Lang) -> Iterator[None]:
    """Answer the first Ctrl-C at once, and let the following ones pass while everything is being stopped."""
    is_possible = threading.current_thread() is threading.main_thread()
    is_stopping, is_retry, is_over = threading.Event(), threading.Event(), threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if is_stopping.is_set() and not is_retry.is_set():
            return
        is_retry.clear()
        if not is_stopping.is_set():
            is_stopping.set()
            warnings.simplefilter("ignore")  # a library in whose hands the interrupt falls may wonder aloud
            say_stopping(lang)
            threading.Thread(target=insist, daemon=True).start()
        raise KeyboardInterrupt

    def insist() -> None:
        # An interrupt that falls into the end of an object's life is swallowed by Python; then it is sent again.
        while not is_over.wait(SECONDS_TO_STOP):
            is_retry.set()
            if hasattr(signal, "pthread_kill"):  # wakes a thread that sleeps or waits; elsewhere it is told when it next computes
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            else:
                _thread.interrupt_main()

    before = signal.getsignal(signal.SIGINT)
    if not is_possible or before is not signal.default_int_handler:
        yield  # whoever called has ideas of its own
        return
    signal.signal(signal.SIGINT, stop)
    try:
        with warnings.catch_warnings():
            yield
    finally:
        is_over.set()
        if signal.getsignal(signal.SIGINT) is stop:
            # Once stopped, further ones pass until the process has ended.
            signal.signal(signal.SIGINT, signal.SIG_IGN if is_stopping.is_set() else before)


def leave_to_others() -> None:
    """Give Ctrl-C back to Python, for a program that asks before it stops and may be told no."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
