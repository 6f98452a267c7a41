"""Runs with the numbers that are hardest to write, and how they are compared."""

from __future__ import annotations

import math

import numpy as np

from simulator.experiments.runs.results import OptionRun, ReplicationRun
from simulator.indicators.breakdown import GroupOutcome
from simulator.indicators.ladder_flow import StepOutcome


def option_run(**changes):
    """Give what one set of rules might give, with the numbers that are hardest to write."""
    values = {"a": 0.1 + 0.2, "b": math.nan, "c": -0.0, "d": 5e-324, "e": math.inf, "f": -math.inf, "g": 1.7976931348623157e308}
    parts = {
        "values": values,
        "lawful_best": {"a": 1 / 3},
        "course": {"a": np.array([0.1, math.nan])},
        "by_reference": {"r": {"a": 2.0}},
        "reasons": {},
        "by_group": {"role": {"head": GroupOutcome(1.5, 3, 1, 1 / 3, math.nan, 0.1)}},
        "ladder": {("a", "b"): StepOutcome((7, 5), (0, 2)), ("b", "c"): StepOutcome((), ())},
    }
    return OptionRun(**parts | changes)


RESULT = ReplicationRun(3, {"k2": option_run(), "k1": option_run(reasons={"merit": 0.7})}, {"k2": {0.0: {"a": 1.5}, 0.25: {"a": math.nan}}})


def bits(value):
    """Give a value so that it equals another only where every bit, type and order does."""
    if isinstance(value, float):
        return type(value).__name__, value.hex()
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.tobytes().hex()
    if isinstance(value, dict):
        return [(bits(key), bits(entry)) for key, entry in value.items()]
    if isinstance(value, (ReplicationRun, OptionRun, GroupOutcome, StepOutcome)):
        return [(name, bits(getattr(value, name))) for name in value.__slots__]
    return type(value).__name__, value
