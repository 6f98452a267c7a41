"""What of a register may leave the office: nothing that a few people could be made out from.

All numbers are pooled over units, so that no unit is ever told. What is left to hide: counts from 1 to 4, counts that leave so few besides the awards or the
answered, numbers that rest on so few observations, awards or different winners, numbers that tell of so few different people who were left out of an award, and numbers about leaders where so few lead, or where so few awards went to leaders or to all others, that the share gives
the count away. Leaders who lead their unit alone do not count among those who are enough to be told of: whoever knows the unit knows them. Of shares that add up to the whole, none is told alone from
which the one that is hidden could be worked out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import Role
from simulator.indicators.careers import Careers, are_known
from simulator.indicators.coverage import YEARS_BEFORE
from simulator.indicators.measurement import awards_judged, winners_judged
from simulator.indicators.register_findings import listed_ids
from simulator.presentation.registers.anonymity import LEAST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray
    from simulator.history import History
    from simulator.indicators.measurement import Measured, Measurement

OF_LEADERS: Final = frozenset({"equal_opportunity_difference", "post_worth", "leader_risk_ratio", "unexplained_gap", "leader_share"})
"""What tells of leaders apart from others."""
OF_DIRECT_WORKERS: Final = frozenset({"direct_worker_share"})
OF_THE_UNAWARDED: Final = frozenset({"award_rate", "five_year_coverage", "gini", "win_dispersion"})
"""What may tell how many people were left out in some year."""
OF_THE_NEVER_AWARDED: Final = frozenset({"five_year_coverage", "gini"})
"""What may tell how many people were left out in all years."""
OF_POSTS: Final = frozenset({"post", "unexplained"})
"""Parts of the mix that tell of leaders: the second is what the others leave."""
BY_TRACK: Final = frozenset({"ratchet_index"})
"""What is told of each track by itself, which may be of a few people: that is left out."""
HIDDEN: Final = "caveat.hidden"


def anonymous_measurement(measurement: Measurement, history: History) -> Measurement:
    """Return a measurement of a list as it may leave the office."""
    found = {**measurement.indicators, **measurement.allocation_mix}
    n_awards, n_winners = awards_judged(history), winners_judged(history)
    rests_on = {name: (measured.n or 0, n_awards[name], n_winners[name]) for name, measured in found.items()}
    people = _People.of(history)
    hidden = _hidden_names(history) | people.hidden() | {name for name, counts in rests_on.items() if any(map(_is_few, counts))}
    untold = (
        frozenset(found)
        if people.hides_counts
        else frozenset(name for name, (n, *_) in rests_on.items() if _is_few(abs(n - _part(name, found, n_awards))))
    )
    return replace(
        measurement,
        award=listed_ids([measurement.award]),
        n_members=_count(measurement.n_members),
        n_units=_count(measurement.n_units),
        n_awards=None if people.hides_counts else _count(measurement.n_awards),
        indicators=_shown(measurement.indicators, hidden, untold),
        allocation_mix=_shown(measurement.allocation_mix, hidden, untold),
    )


def _hidden_names(history: History) -> frozenset[str]:
    judged = np.isin(history.year, history.judged_years)
    awarded = history.is_awarded & judged
    n_awards = int(awarded.sum())
    leading = int((awarded & history.is_leader).sum())
    direct = int((awarded & (history.role == Role.DIRECT)).sum())
    is_leading = judged & history.is_leader
    n_leaders = len(np.unique(history.member[is_leading]))
    n_beside_others = len(np.unique(history.member[is_leading & _is_beside_others(history, is_leading)]))
    n_others = len(np.unique(history.member[judged & ~history.is_leader]))
    hidden: frozenset[str] = frozenset()
    if (n_leaders and n_beside_others < LEAST_SHOWN) or any(map(_is_few, (n_others, leading, n_awards - leading))):
        hidden |= OF_LEADERS | OF_POSTS
    if any(map(_is_few, (direct, n_awards - direct))):
        hidden |= OF_DIRECT_WORKERS
    # All awards without the direct workers' are the leaders', give or take the few of other staff; and the other way about.
    others = n_awards - leading - direct
    if history.knows_direct and others < LEAST_SHOWN and hidden & (OF_DIRECT_WORKERS | OF_LEADERS):
        hidden |= OF_DIRECT_WORKERS | {"leader_share"}
    elif history.knows_direct and _is_few(others):  # with both shares told, the few would be what they leave
        hidden |= OF_DIRECT_WORKERS
    return hidden


@dataclass(frozen=True)
class _People:
    """How many different people a list tells of: one who is awarded, or left out, year after year makes many rows, and is one person all the same.

    Attributes
    ----------
    awarded, left_out, never_awarded
        In some judged year; in some; in none.
    covered, uncovered
        With and without an award in five years, of the years that have all five.
    """

    awarded: int
    left_out: int
    never_awarded: int
    covered: int
    uncovered: int

    @classmethod
    def of(cls, history: History) -> _People:
        judged = np.isin(history.year, history.judged_years)
        careers = Careers(history)
        whole = judged & are_known(careers.years, YEARS_BEFORE)[careers.year_index]
        is_covered = history.is_awarded | careers.any_before(history.is_awarded, YEARS_BEFORE)
        awarded, listed, left_out, covered, uncovered = (
            np.unique(history.member[rows])
            for rows in (judged & history.is_awarded, judged, judged & ~history.is_awarded, whole & is_covered, whole & ~is_covered)
        )
        return cls(len(awarded), len(left_out), len(listed) - len(awarded), len(covered), len(uncovered))

    @property
    def hides_counts(self) -> bool:
        """Whether so few were awarded, or left out, that even the number of awards beside that of people tells of them."""
        return _is_few(self.awarded) or _is_few(self.left_out)

    def hidden(self) -> frozenset[str]:
        """Name what tells of so few people."""
        hidden: frozenset[str] = OF_THE_UNAWARDED if _is_few(self.left_out) else frozenset()
        hidden |= OF_THE_NEVER_AWARDED if _is_few(self.never_awarded) else frozenset()
        return hidden | {"five_year_coverage"} if _is_few(self.covered) or _is_few(self.uncovered) else hidden


def _is_beside_others(history: History, is_leading: BoolArray) -> BoolArray:
    """(n_rows,) whether the unit has several leaders in that year."""
    _, place = np.unique(np.stack([history.unit, history.year]), axis=1, return_inverse=True)
    place = place.reshape(-1)
    several: BoolArray = np.bincount(place[is_leading], minlength=len(place))[place] > 1
    return several


def _part(name: str, found: Mapping[str, Measured], n_awards: Mapping[str, int]) -> int:
    """Count those of the observations who are told of elsewhere, so that the others could be worked out."""
    whole_of = {"recognised_within_12_months": "time_to_award_months"}
    return found[whole_of[name]].n or 0 if name in whole_of and whole_of[name] in found else n_awards[name]


def _shown(found: Mapping[str, Measured], hidden: frozenset[str], untold: frozenset[str]) -> dict[str, Measured]:
    shown = {}
    for name, measured in found.items():
        n = None if name in untold else _count(measured.n)
        told = _hide(measured) if name in hidden else measured
        shown[name] = replace(told, n=n, beside={} if name in BY_TRACK else told.beside)
    return shown


def _hide(measured: Measured) -> Measured:
    # What was not known before is not made to look as if it were.
    caveat = HIDDEN if measured.value is not None or measured.low is not None else measured.caveat
    return replace(measured, value=None, low=None, high=None, caveat=caveat, value_all=None, beside={}, method=None)


def _count(count: int | None) -> int | None:
    return None if _is_few(count or 0) else count


def _is_few(count: int) -> bool:
    return 0 < count < LEAST_SHOWN
