"""Follow the winners of one award to the next one above it: how many get there, after how many years, and how many could still have.

Whoever won the lower award before the judged years has been on the way for a time, and would seem to climb at once; so only first awards are followed. Whoever
leaves, or is still on the way when the years end, is counted for the years in which the upper award could be seen, and no longer. Definitions follow
``docs/indicators.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator._types import BoolArray, IndexArray
    from simulator.history import History

Step: TypeAlias = tuple[str, str]
"""An award, and the next one of its ladder."""

_NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """One step of a ladder in one history, by years since the first lower award; 0 is the same year.

    Attributes
    ----------
    at_risk
        (n_years,) of those followed, who is there so many years later and did not win the upper award before that.
    arrived
        (n_years,) who of them wins it in that year.
    """

    at_risk: tuple[int, ...]
    arrived: tuple[int, ...]

    @property
    def followed(self) -> int:
        """Members whose first lower award falls into a judged year, and who had not won the upper one before that year."""
        return self.at_risk[0] if self.at_risk else 0

    def __add__(self, other: StepOutcome) -> StepOutcome:
        """Join what other people of the same history do."""
        at_risk, arrived = (
            tuple(one + more for one, more in zip(own, others, strict=True))
            for own, others in ((self.at_risk, other.at_risk), (self.arrived, other.arrived))
        )
        return StepOutcome(at_risk, arrived)


def follow_steps(history: History, steps: Iterable[Step], won_before: Mapping[str, IndexArray] | None = None) -> dict[Step, StepOutcome]:
    """Follow everybody whose first lower award of a step falls into a judged year, until the upper award, the last year in the history, or the last of all years.

    Parameters
    ----------
    history
        Whose awards; those of the years before the judged ones tell who is no newcomer to an award.
    steps
        Pairs of awards.
    won_before
        Award → labels of members who won it at any time before the judged years, as far as the history does not tell.

    Returns
    -------
        Step → outcome; a step whose awards are not both in the history is left out.
    """
    known = [(lower, upper) for lower, upper in steps if lower in history.awards and upper in history.awards]
    years = history.judged_years
    if not known or not len(years):
        return dict.fromkeys(known, StepOutcome((), ()))
    first_judged = int(years[0])
    n_years = int(years[-1]) - first_judged + 1
    last_seen = np.full(history.n_people, -1, dtype=np.int64)
    np.maximum.at(last_seen, history.member_number, history.year.astype(np.int64))
    label = np.empty(history.n_people, dtype=history.member.dtype)
    label[history.member_number] = history.member
    before = won_before or {}
    first = {
        award: _first_wins(history, award, np.isin(label, before[award]) if award in before else np.zeros(history.n_people, dtype=np.bool_))
        for award in dict.fromkeys(award for step in known for award in step)
    }
    return {(lower, upper): _follow(first[lower], first[upper], last_seen, first_judged, n_years) for lower, upper in known}


def _first_wins(history: History, award: str, won_before: BoolArray) -> IndexArray:
    """Give the year in which each member first won an award in the yearly round: of those who won it before, the year before all."""
    rows = np.flatnonzero(history.in_the_round(award))
    first = np.full(history.n_people, _NEVER)
    np.minimum.at(first, history.member_number[rows], history.year[rows].astype(np.int64))
    first[won_before] = int(history.years[0]) - 1
    return first


def _follow(lower: IndexArray, upper: IndexArray, last_seen: IndexArray, first_judged: int, n_years: int) -> StepOutcome:
    is_followed = (lower >= first_judged) & (lower < _NEVER) & (upper >= lower)
    start, end = lower[is_followed], upper[is_followed]
    arrives = end < _NEVER
    n_arrived = np.bincount((end - start)[arrives], minlength=n_years)
    # Who does not arrive is watched up to the last year in which it would have been seen.
    n_lost = np.bincount((last_seen[is_followed] - start)[~arrives], minlength=n_years)
    at_risk = (n_arrived + n_lost)[::-1].cumsum()[::-1]
    return StepOutcome(tuple(at_risk.tolist()), tuple(n_arrived.tolist()))
