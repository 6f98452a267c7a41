"""What the columns of one criterion hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from simulator.rules.points import Achievements, Count, Deduct, Event, Highest, Mark, Proportional, Steps, Threshold
from simulator.scoring.columns import Column, Content
from simulator.scoring.part_columns import input_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from simulator.rules.points import Criterion

_WHOLE_TARGET: Final = 100
_LEAST_RATE: Final = 50
"""A percent measured against this much or more is a rate of something done, and cannot be negative; against less, it may be one of growth."""


def columns_of_criterion(part: Criterion, name: str, *, asks_reasons: bool = False) -> Iterator[Column]:
    """Say what the columns of a criterion hold; their names are :func:`~simulator.scoring.part_columns.input_columns`.

    Parameters
    ----------
    part
        The criterion.
    name
        Its column.
    asks_reasons
        Whether a mark that departs from an earlier one needs a reason.
    """
    inputs = input_columns(part, name)
    if inputs:
        yield from _COLUMNS[type(part)](part, Column(name, Content.NUMBER, part.title, unit=part.unit, is_actionable=True), inputs)
    if isinstance(part, Mark) and asks_reasons and len(part.by) > 1:
        yield Column(f"{name}:reason", Content.TEXT, part.title, "reason", is_required=False, may_be_left_out=True)


def _of_proportional(part: Proportional, plain: Column, inputs: tuple[str, ...]) -> Iterator[Column]:
    is_of_whole = part.unit is None and part.target == _WHOLE_TARGET
    content = Content.PERCENT if is_of_whole or _is_percent(part) else Content.NUMBER
    low = 0 if part.target == _WHOLE_TARGET or (content is Content.PERCENT and part.target != "own" and part.target >= _LEAST_RATE) else None
    yield replace(plain, content=content, low=low)
    for target in inputs[1:]:
        yield replace(plain, id=target, content=content, key="target", low=0, is_actionable=False)


def _of_measure(part: Steps | Threshold, plain: Column, _inputs: tuple[str, ...]) -> Iterator[Column]:
    if isinstance(part, Threshold) and part.at_least is None and part.at_most is None:
        yield replace(plain, content=Content.YES_NO)
    else:
        is_rate = _is_percent(part) and all(bound >= 0 for bound in _bounds(part)) and any(bound >= _LEAST_RATE for bound in _bounds(part))
        yield replace(plain, content=Content.PERCENT if _is_percent(part) else Content.NUMBER, low=0 if is_rate else None)


def _is_percent(part: Proportional | Steps | Threshold) -> bool:
    return part.unit is not None and "%" in part.unit.vi


def _bounds(part: Steps | Threshold) -> list[float]:
    """List the numbers a measure is compared with."""
    if isinstance(part, Threshold):
        return [bound for bound in (part.at_least, part.at_most) if bound is not None]
    return [bound for band in part.bands for bound in (band.at_least, band.above, band.at_most, band.below) if bound is not None]


def _of_count(_part: Count | Event, plain: Column, _inputs: tuple[str, ...]) -> Iterator[Column]:
    yield replace(plain, content=Content.COUNT, low=0, is_required=False)


def _of_deduct(part: Deduct, plain: Column, inputs: tuple[str, ...]) -> Iterator[Column]:
    for column, event in zip(inputs, part.events.values(), strict=True):
        yield replace(plain, id=column, content=Content.COUNT, title=event.title, low=0, is_required=False)


def _of_highest(part: Highest, plain: Column, inputs: tuple[str, ...]) -> Iterator[Column]:
    titles = [level.title for level in part.levels.values() if level.when is None]
    for column, title in zip(inputs, titles, strict=True):
        yield replace(plain, id=column, content=Content.YES_NO, title=title, is_required=False, is_actionable=False)


def _of_achievements(part: Achievements, plain: Column, _inputs: tuple[str, ...]) -> Iterator[Column]:
    words = tuple(level_id for level_id, level in part.levels.items() if level.when is None)
    yield replace(plain, content=Content.ACHIEVEMENTS, words=words, is_required=False)


def _of_mark(part: Mark, plain: Column, inputs: tuple[str, ...]) -> Iterator[Column]:
    for column, giver in zip(inputs, part.by, strict=True):
        may_lack = part.counts == "last" and column != inputs[-1]
        mark = replace(plain, id=column, key="mark", low=0, high=part.points, step=part.step, giver=giver, is_actionable=False)
        yield replace(mark, is_required=not may_lack, may_be_left_out=may_lack)


_COLUMNS: Final[Mapping[type, Callable[..., Iterator[Column]]]] = {
    Proportional: _of_proportional,
    Steps: _of_measure,
    Threshold: _of_measure,
    Count: _of_count,
    Event: _of_count,
    Deduct: _of_deduct,
    Highest: _of_highest,
    Achievements: _of_achievements,
    Mark: _of_mark,
}
