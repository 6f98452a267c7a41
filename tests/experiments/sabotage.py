"""Runs that go wrong in ways a model does not, for processes to import."""

from __future__ import annotations

import os
import signal
import time


def tell_who(scenario, replication):
    """Tell by whom a replication was run, without running it."""
    return replication, os.getpid()


def die_at_two(scenario, replication):
    """End the process at replication 2, whoever runs it and however often."""
    if replication == 2:
        time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    return replication


def die_always(scenario, replication):
    """End the process at once."""
    os._exit(3)


def raise_at_one(scenario, replication):
    """Go wrong at replication 1."""
    if replication == 1:
        raise ArithmeticError("no such luck")
    return replication


def linger(scenario, replication):
    """Take a third of a second."""
    time.sleep(1 / 3)
    return replication
