"""The smallest nominee of whom a condition is true, if there is one: a search over abstract nominees, exact and without any roster."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from simulator.rules.conditions import AllOf, AnyOf, Not, iter_single_tests
from simulator.rules.histories import ways

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from simulator.rules.conditions import Condition, SingleTest
    from simulator.rules.histories import Way
    from simulator.rules.intervals import Interval

MOST_STEPS = 4_000


class NotDecidedError(Exception):
    """The search was stopped: too many facts for the time a linter has."""


@dataclass(frozen=True)
class Nominee:
    """An abstract nominee.

    Attributes
    ----------
    facts
        What it has, in the words of a file; empty for one that has nothing.
    answers
        Whether each test holds for it; a test that does not matter may be missing.
    """

    facts: tuple[str, ...]
    answers: Mapping[SingleTest, bool]

    def meets(self, condition: Condition) -> bool:
        """Tell whether a condition holds for it, a test that does not matter counting as failed."""
        return bool(_holds(condition, self.answers))

    def show(self) -> str:
        """Write what it has on one line."""
        return ", ".join(self.facts) or "∅"


def find_nominee(
    conditions: Sequence[Condition], most: Mapping[str, Fraction], fits: Callable[[Mapping[str, Interval]], bool] | None = None
) -> Nominee | None:
    """Find the smallest nominee who meets every condition, or None when nobody can.

    Parameters
    ----------
    conditions
        What must hold.
    most
        The most each part of the scoring table can give.
    fits
        Tells whether parts of the table can lie in these spans all at once; every part is free of the others without it.
    """
    tests = list(dict.fromkeys(test for condition in conditions for _place, test in iter_single_tests(condition)))
    groups = ways(tests, most)
    groups.sort(key=len)
    # Numbers stand for tests: thousands of steps ask for their answers, and to look up a test takes twenty times as long.
    numbers: dict[SingleTest, int] = {test: number for number, test in enumerate(tests)}
    asked = [_numbered(condition, numbers) for condition in conditions]
    answered: dict[int, dict[int, bool]] = {}

    def answers_of(way: Way) -> dict[int, bool]:
        if id(way) not in answered:
            answered[id(way)] = {numbers[test]: held for test, held in way.answers.items()}
        return answered[id(way)]

    queue: list[tuple[int, int, int, tuple[Way, ...]]] = [(0, 0, 0, ())]
    n_steps = 0
    while queue:
        size, _depth, _order, chosen = heapq.heappop(queue)
        n_steps += 1
        if n_steps > MOST_STEPS:
            raise NotDecidedError
        known = {number: held for way in chosen for number, held in answers_of(way).items()}
        verdicts = [_is_met(condition, known) for condition in asked]
        if False in verdicts or (fits is not None and not fits(dict(way.span for way in chosen if way.span is not None))):
            continue
        is_open = fits is not None and any(group[0].span is not None for group in groups[len(chosen) :])
        if len(chosen) == len(groups) or (None not in verdicts and not is_open):
            rest = groups[len(chosen) :]
            answers = {test: held for way in (*chosen, *(group[0] for group in rest)) for test, held in way.answers.items()}
            return Nominee(tuple(way.shown for way in (*chosen, *(group[0] for group in rest)) if way.shown), answers)
        for way in groups[len(chosen)]:
            heapq.heappush(queue, (size + way.size, -len(chosen), n_steps * 10_000 + len(queue), (*chosen, way)))
    return None


class _AllOrAny(NamedTuple):
    """All of, or any of, with tests as numbers."""

    is_all: bool
    parts: tuple[_Asked, ...]


class _Contrary(NamedTuple):
    """What must not hold, with tests as numbers."""

    part: _Asked


_Asked: TypeAlias = "int | _AllOrAny | _Contrary"


def _numbered(condition: Condition, numbers: Mapping[SingleTest, int]) -> _Asked:
    """Write a condition with numbers in place of tests."""
    match condition:
        case Not():
            return _Contrary(_numbered(condition.not_, numbers))
        case AllOf():
            return _AllOrAny(True, tuple(_numbered(part, numbers) for part in condition.all))
        case AnyOf():
            return _AllOrAny(False, tuple(_numbered(part, numbers) for part in condition.any))
        case _:
            return numbers[condition]


def _is_met(asked: _Asked, answers: Mapping[int, bool]) -> bool | None:
    """Tell whether what is asked holds, or None while that is open."""
    if isinstance(asked, int):
        return answers.get(asked)
    if isinstance(asked, _Contrary):
        inner = _is_met(asked.part, answers)
        return None if inner is None else not inner
    is_open = False
    for part in asked.parts:
        verdict = _is_met(part, answers)
        if verdict is not asked.is_all and verdict is not None:
            return verdict
        is_open |= verdict is None
    return None if is_open else asked.is_all


def negation(condition: Condition) -> Not:
    """Give the condition that holds exactly where another does not."""
    return Not(**{"not": condition})


def _holds(condition: Condition, answers: Mapping[SingleTest, bool]) -> bool | None:
    """Tell whether a condition holds, or None while that is open."""
    if isinstance(condition, Not):
        inner = _holds(condition.not_, answers)
        return None if inner is None else not inner
    if isinstance(condition, AllOf | AnyOf):
        is_all = isinstance(condition, AllOf)
        parts = {_holds(part, answers) for part in (condition.all if isinstance(condition, AllOf) else condition.any)}
        if (not is_all) in parts:
            return not is_all
        return None if None in parts else is_all
    return answers.get(condition)
