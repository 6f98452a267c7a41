"""Follow the winners of one award to the next one above it: how many get there within the years judged, and after how many years.

The numbers describe careers, and judge nothing: of those who win a rung in the last years, few have had the time to win the next. Definitions follow
``docs/indicators.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator._types import IndexArray
    from simulator.history import History

Step: TypeAlias = tuple[str, str]
"""An award, and the next one of its ladder."""


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """One step of a ladder in one history.

    Attributes
    ----------
    holders
        Members who won the lower award in a judged year.
    reached
        Those of them who won the upper award in the same or a later judged year.
    reached_share
        Their part; NaN where nobody holds the lower award.
    median_years
        Median of the years between their first lower and the upper award that followed it; NaN where nobody reached it.
    """

    holders: int
    reached: int
    reached_share: float
    median_years: float


def follow_steps(history: History, steps: Iterable[Step]) -> dict[Step, StepOutcome]:
    """Follow everybody who wins the lower award of each step in a judged year.

    Parameters
    ----------
    history
        Whose awards. Years before the judged ones are not looked at: whoever won long before would seem to have climbed at once.
    steps
        Pairs of awards.

    Returns
    -------
        Step → outcome; a step whose awards are not both in the history is left out.
    """
    won: dict[str, tuple[IndexArray, IndexArray]] = {}
    outcomes = {}
    for lower, upper in steps:
        if lower not in history.awards or upper not in history.awards:
            continue
        for award in (lower, upper):
            if award not in won:
                won[award] = _winners(history, award)
        outcomes[lower, upper] = _follow(won[lower], won[upper], history.n_people)
    return outcomes


def _winners(history: History, award: str) -> tuple[IndexArray, IndexArray]:
    """Give number and year of everybody who won an award in a judged year, the latest first."""
    rows = np.flatnonzero(history.in_the_round(award))
    years = history.judged_years
    rows = rows[history.year[rows] >= years[0]] if len(years) else rows[:0]
    latest_first = np.argsort(-history.year[rows].astype(np.int64), kind="stable")
    return history.member_number[rows][latest_first], history.year[rows][latest_first].astype(np.int64)


def _follow(lower: tuple[IndexArray, IndexArray], upper: tuple[IndexArray, IndexArray], n_people: int) -> StepOutcome:
    never = np.iinfo(np.int64).max
    first = np.full(n_people, never)
    member, year = lower
    first[member] = year  # the latest were written first, so the earliest stays
    member, year = upper
    is_after = year >= first[member]
    then = np.full(n_people, never)
    then[member[is_after]] = year[is_after]
    is_holder, has_reached = first < never, then < never
    holders, reached = int(is_holder.sum()), int(has_reached.sum())
    return StepOutcome(
        holders=holders,
        reached=reached,
        reached_share=reached / holders if holders else float("nan"),
        median_years=float(np.median(then[has_reached] - first[has_reached])) if reached else float("nan"),
    )
