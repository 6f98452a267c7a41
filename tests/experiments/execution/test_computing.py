from __future__ import annotations

from simulator.experiments.execution.computing import Computing


def test_nobody_else_computes_and_nothing_is_kept_unless_that_is_asked_for():
    assert Computing() == Computing(workers=1, scheduler=None, store=None, progress=None)
