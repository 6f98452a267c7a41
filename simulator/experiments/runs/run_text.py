"""A run as one line of strict JSON, from which every number comes back bit for bit."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.errors import TieuchiError
from simulator.experiments.runs.results import OptionRun, ReplicationRun
from simulator.indicators.breakdown import GroupOutcome
from simulator.indicators.ladder_flow import StepOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NOT_A_RUN: Final = (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError, ValueError)


class NoRunError(TieuchiError):
    """A text is not the run it should be."""


def write_run(result: ReplicationRun) -> str:
    """Write a run as one line of ASCII."""
    return json.dumps(_encode(result), allow_nan=False, separators=(",", ":"))


def read_run(text: bytes, replication: int) -> ReplicationRun:
    """Read what :func:`write_run` wrote.

    Raises
    ------
    NoRunError
        If it is anything else.
    """
    try:
        return _decode(json.loads(text), replication)
    except _NOT_A_RUN as problem:
        raise NoRunError from problem


def _encode(result: ReplicationRun) -> dict[str, Any]:
    return {
        "by_rules": {
            key: {
                "values": _written(of.values),
                "lawful_best": _written(of.lawful_best),
                "course": {name: [json_number(value) for value in course.tolist()] for name, course in of.course.items()},
                "by_reference": {reference: _written(values) for reference, values in of.by_reference.items()},
                "reasons": _written(of.reasons),
                "by_group": {division: {group: _written(asdict(got)) for group, got in groups.items()} for division, groups in of.by_group.items()},
                "ladder": [[*step, got.at_risk, got.arrived] for step, got in of.ladder.items()],
            }
            for key, of in result.by_rules.items()
        },
        "by_compliance": {key: [[level, _written(values)] for level, values in by_level.items()] for key, by_level in result.by_compliance.items()},
    }


def _decode(content: Any, replication: int) -> ReplicationRun:
    return ReplicationRun(
        replication,
        {
            key: OptionRun(
                values=_told(of["values"]),
                lawful_best=_told(of["lawful_best"]),
                course={name: np.array([float(value) for value in course], dtype=np.float64) for name, course in of["course"].items()},
                by_reference={reference: _told(values) for reference, values in of["by_reference"].items()},
                reasons=_told(of["reasons"]),
                by_group={division: {group: _group(got) for group, got in groups.items()} for division, groups in of["by_group"].items()},
                ladder={(lower, upper): StepOutcome(_counts(at_risk), _counts(arrived)) for lower, upper, at_risk, arrived in of["ladder"]},
            )
            for key, of in content["by_rules"].items()
        },
        {key: {float(level): _told(values) for level, values in by_level} for key, by_level in content["by_compliance"].items()},
    )


def _written(values: Mapping[str, float]) -> dict[str, float | str]:
    return {name: json_number(value) for name, value in values.items()}


def json_number(value: float) -> float | str:
    """Give a number as JSON has it; what is undefined or infinite by its name, because strict JSON has none."""
    return float(value) if math.isfinite(value) else str(float(value))


def _group(got: Mapping[str, float | str]) -> GroupOutcome:
    counted = {name: int(got[name]) for name in ("member_years", "awards")}
    return GroupOutcome(**{name: float(value) for name, value in got.items()} | counted)  # type: ignore[arg-type]  # counts are whole


def _counts(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(int(number) for number in numbers)


def _told(values: Mapping[str, float | str]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}
