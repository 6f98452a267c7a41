"""The parts of a compound condition as a reader counts them, and which of them one nominee meets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from simulator.rules.conditions import EVERY_CRITERION, AllOf, AnyOf, PointsTest
from simulator.scoring.eligibility import meets
from simulator.scoring.point_tests import is_of_mean, meets_points, required_points
from simulator.scoring.trace import ReasonPart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from simulator._types import BoolArray
    from simulator.rules.conditions import Condition
    from simulator.scoring.facts import Facts
    from simulator.scoring.point_table import TablePoints
    from simulator.scoring.questions import Question
    from simulator.scoring.scores import AwardResult

    See: TypeAlias = Callable[[Question], dict[str, Any]]

OF_MEAN: Final = "of_mean"
"""Says that the points needed are a share of the mean of the group."""


def numbered_parts(condition: Condition) -> tuple[Condition, ...]:
    """Give the parts a reader sees as (1), (2) …; none where there is only one thing to meet."""
    if not isinstance(condition, AllOf | AnyOf):
        return ()
    parts = condition.all if isinstance(condition, AllOf) else condition.any
    return parts if len(parts) > 1 else numbered_parts(parts[0])


def parts_of(asked: Question, seen: See, table: TablePoints | None, result: AwardResult | None, position: int) -> Iterator[ReasonPart]:
    """Say of each part of a compound clause whether one nominee meets it, and of each criterion that stays below what every criterion must reach.

    Parameters
    ----------
    asked
        What the clause asks.
    seen
        Gives what the list says of the nominee, of everything a question looks at.
    table
        The points; None where there is no table.
    result
        The award whose clause it is; None for a class or a veto.
    position
        The nominee.
    """
    facts = None if result is None else result.facts
    met = _who_meets_parts(asked, table, result) if asked.parts else ()
    for number, (part, is_met) in enumerate(zip(asked.parts, met, strict=True), 1):
        if facts is None or not _cannot_be_asked(part, facts):
            floors = tuple(_below_floor(part.condition, table, position))
            observed = {} if _is_of_every_criterion(part.condition) else seen(part)
            yield ReasonPart(str(number), bool(is_met[position]), observed, part.required)
            yield from floors
    if not asked.parts:
        yield from _below_floor(asked.condition, table, position)


def hide_share_of_mean(required: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out how many points a share of the mean of a group is.

    Examples
    --------
    >>> hide_share_of_mean({"at_least": 40, "of_mean": True}), hide_share_of_mean({"at_least": 40})
    ({'of_mean': True}, {'at_least': 40})
    """
    return {OF_MEAN: required[OF_MEAN]} if OF_MEAN in required else dict(required)


def _who_meets_parts(asked: Question, table: TablePoints | None, result: AwardResult | None) -> tuple[BoolArray, ...]:
    """Tell who meets each part, as the clause itself was judged: a class or a veto sees the classes before vetoes, an award the facts of its turn."""
    kept = result.part_met if result is not None else table.part_met if table is not None else {}
    if asked.path not in kept:
        conditions = [part.condition for part in asked.parts if part.condition is not None]
        if result is not None and result.facts is not None:
            of_points = None if table is None else table.meets
            kept[asked.path] = tuple(meets(condition, result.facts, of_points) for condition in conditions)
        elif table is not None:
            before = replace(table, class_index=table.class_by_points)
            kept[asked.path] = tuple(before.meets(condition) for condition in conditions)
    return kept[asked.path]


def _cannot_be_asked(part: Question, facts: Facts) -> bool:
    """Tell whether a part asks only what such nominees cannot have."""
    return bool(part.columns) and not part.points and not part.looks_at_class and all(fact in facts.not_asked for fact, _ in part.columns)


def _is_of_every_criterion(condition: Condition | None) -> bool:
    test = None if condition is None else _single(condition)
    return isinstance(test, PointsTest) and test.points == EVERY_CRITERION


def _who_reaches(test: PointsTest, table: TablePoints) -> tuple[tuple[str, BoolArray], ...]:
    """Tell who passes a test of every criterion in each of them; asked once for a whole list."""
    if test not in table.floors:
        table.floors[test] = tuple(
            (path, meets_points(test.model_copy(update={"points": path}), table.points, table.group_of))
            for path in table.points.paths_of(test.points)
        )
    return table.floors[test]


def _below_floor(condition: Condition | None, table: TablePoints | None, position: int) -> Iterator[ReasonPart]:
    """Name each criterion that keeps one nominee from meeting a test of every criterion: its points, and how many it needs."""
    test = None if condition is None else _single(condition)
    if table is None or not isinstance(test, PointsTest) or test.points != EVERY_CRITERION:
        return
    word = "below" if any(value is not None for value in (test.below, test.below_share, test.below_share_of_mean)) else "at_least"
    for path, reaches in _who_reaches(test, table):
        if not reaches[position]:
            needed = required_points(test, path, table.points, table.group_of, position)
            key = f"points.{path}"
            required = {word: needed} | ({OF_MEAN: True} if is_of_mean(test) else {})
            yield ReasonPart(key, is_met=False, observed={key: table.exact_points(position, path)}, required=required)


def _single(condition: Condition) -> Condition:
    """Give what is asked without the lists of one part around it."""
    while isinstance(condition, AllOf | AnyOf):
        parts = condition.all if isinstance(condition, AllOf) else condition.any
        if len(parts) > 1:
            break
        condition = parts[0]
    return condition
