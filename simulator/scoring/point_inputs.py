"""What a roster says to each criterion: the columns its arithmetic takes, as whole numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.award_names import same_words
from simulator.rules.points import Achievements, Deduct, Event, Highest, Mark, Threshold
from simulator.rules.values import exact
from simulator.scoring.part_columns import input_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from simulator._types import BoolArray
    from simulator.rules.conditions import Condition
    from simulator.rules.points import Criterion
    from simulator.scoring.point_columns import Amounts
    from simulator.scoring.roster import Roster

    Holds = Callable[[Condition], BoolArray]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one criterion looks at.

    Attributes
    ----------
    columns
        (n,) mantissas, counts, or 1 for yes and 0 for no.
    scales
        Decimals of each column.
    """

    columns: tuple[Amounts, ...]
    scales: tuple[int, ...]

    def values(self, position: int) -> tuple[Fraction, ...]:
        """Give the numbers of one nominee exactly."""
        return tuple(Fraction(int(column[position]), 10**scale) for column, scale in zip(self.columns, self.scales, strict=True))

    @classmethod
    def whole(cls, columns: Iterable[Amounts | BoolArray]) -> Inputs:
        """Make inputs of counts and answers."""
        found = tuple(column.astype(np.int64) for column in columns)
        return cls(found, (0,) * len(found))


def inputs_of(criterion: Criterion, column: str, roster: Roster, holds: Holds) -> Inputs:
    """Collect what one criterion looks at.

    What only happens now and then (events, answers, achievements) is none where the roster has no such column; a number must be there. Of marks
    of which the last one counts, only the last is looked at.

    Parameters
    ----------
    criterion
        The criterion.
    column
        Its column, from :func:`simulator.scoring.part_columns.criterion_columns`.
    roster
        The nominees.
    holds
        Tells who meets a condition about facts.
    """
    names = input_columns(criterion, column)
    if isinstance(criterion, Mark) and criterion.counts == "last":
        names = names[-1:]
    match criterion:
        case Threshold(when=None, at_least=None, at_most=None):
            return Inputs.whole([_answers(roster, column)])
        case Threshold(when=condition) if condition is not None:
            return Inputs.whole([holds(condition)])
        case Highest():
            levels = criterion.levels.items()
            return Inputs.whole(_answers(roster, f"{column}.{key}") if level.when is None else holds(level.when) for key, level in levels)
        case Achievements():
            return Inputs.whole(_counts_of_levels(criterion, column, roster, holds))
        case Deduct() | Event():
            none = np.zeros(roster.n_nominees, dtype=np.int64)
            return Inputs(tuple(roster.numbers.get(name, none) for name in names), tuple(roster.scales.get(name, 0) for name in names))
        case _:
            return Inputs(tuple(roster.numbers[name] for name in names), tuple(roster.scales[name] for name in names))


def _answers(roster: Roster, column: str) -> BoolArray:
    answers = roster.answers.get(column)
    return np.zeros(roster.n_nominees, dtype=np.bool_) if answers is None else answers


def _counts_of_levels(criterion: Achievements, column: str, roster: Roster, holds: Holds) -> list[Amounts]:
    """Count, level by level, the achievements that reached it and no higher one; a name counts once, however it is written."""
    points = {key: exact(level.points) for key, level in criterion.levels.items()}
    counts = {
        key: np.zeros(roster.n_nominees, dtype=np.int64) if level.when is None else holds(level.when).astype(np.int64)
        for key, level in criterion.levels.items()
    }
    for row, achievements in enumerate(roster.achievements):
        if achievements:
            reached = [(found.name, found.level) for found in achievements if found.criterion == column and found.level in points]
            for level, count in Counter(_highest_of_each_name(reached, points)).items():
                counts[level][row] += count
    return list(counts.values())


def _highest_of_each_name(reached: Iterable[tuple[str, str]], points: Mapping[str, Fraction]) -> Iterable[str]:
    highest: dict[str, str] = {}
    for written, level in reached:
        name = same_words(written)
        if name not in highest or points[level] > points[highest[name]]:
            highest[name] = level
    return highest.values()
