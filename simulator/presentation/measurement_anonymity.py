"""What of a register may leave the office: nothing that a few people could be made out from.

All numbers are pooled over units, so that no unit is ever told. What is left to hide: counts from 1 to 4, counts that leave so few besides the awards or the
answered, numbers that rest on so few observations or awards, and numbers about leaders where so few lead, or where so few awards went to leaders or to all others, that the share gives
the count away. Leaders who lead their unit alone do not count among those who are enough to be told of: whoever knows the unit knows them. Of shares that add up to the whole, none is told alone from
which the one that is hidden could be worked out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import Role
from simulator.indicators.measurement import awards_judged
from simulator.indicators.register_findings import listed_ids
from simulator.presentation.anonymity import LEAST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray
    from simulator.history import History
    from simulator.indicators.measurement import Measured, Measurement

OF_LEADERS: Final = frozenset({"equal_opportunity_difference", "post_worth", "leader_risk_ratio", "unexplained_gap", "leader_share"})
"""What tells of leaders apart from others."""
OF_DIRECT_WORKERS: Final = frozenset({"direct_worker_share"})
OF_THE_UNAWARDED: Final = frozenset({"award_rate"})
OF_POSTS: Final = frozenset({"post", "unexplained"})
"""Parts of the mix that tell of leaders: the second is what the others leave."""
BY_TRACK: Final = frozenset({"ratchet_index"})
"""What is told of each track by itself, which may be of a few people: that is left out."""
HIDDEN: Final = "caveat.hidden"


def anonymous_measurement(measurement: Measurement, history: History) -> Measurement:
    """Return a measurement of a list as it may leave the office."""
    found = {**measurement.indicators, **measurement.allocation_mix}
    n_awards = awards_judged(history)
    hidden = _hidden_names(history) | {name for name, measured in found.items() if _is_few(measured.n or 0) or _is_few(n_awards[name])}
    untold = frozenset(name for name, measured in found.items() if _is_few(abs((measured.n or 0) - _part(name, found, n_awards))))
    return replace(
        measurement,
        award=listed_ids([measurement.award]),
        n_members=_count(measurement.n_members),
        n_units=_count(measurement.n_units),
        n_awards=_count(measurement.n_awards),
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
    return hidden | OF_THE_UNAWARDED if _is_few(int(judged.sum()) - n_awards) else hidden


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
