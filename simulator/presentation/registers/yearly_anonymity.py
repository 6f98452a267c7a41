"""What of the single years of a list may leave the office, so that nothing hidden can be worked out from what stands beside it.

Years are hidden whole. What a reader can work out by subtraction from the whole list is then the sum over the hidden years, and years are hidden until that sum,
too, is of nobody or of five at least. Levels and tracks with few awards are told together; of each group, focus awards and awards of other kinds count apart, as
the focus awards of a year are told elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.measurement import Measured
from simulator.presentation.registers.anonymity import LEAST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator._types import BoolArray, IndexArray
    from simulator.history import History
    from simulator.indicators.measurement import Measurement
    from simulator.indicators.yearly import AwardCounts, MeasuredYear

REST: Final = "rest"
"""The group in which groups of few awards stand together."""
_HIDDEN: Final = "caveat.hidden"
_GROWTH: Final = ("award_volume_growth", "award_level_growth", "excess_inflation")
"""What tells, as its observations, the awards of all kinds in the first and the last year."""


@dataclass(frozen=True, slots=True)
class ToldCounts:
    """Awards of all kinds by level or by track, as they may be told.

    Attributes
    ----------
    by
        ``level`` or ``track``.
    groups
        The groups; the last may be ``rest``, the groups of few awards together.
    years
        The years; none where too few of them could be told.
    counts
        Year by year, one count for each group; ``None`` where the year must not be told.
    """

    by: str
    groups: tuple[str, ...]
    years: tuple[int, ...]
    counts: tuple[tuple[int, ...] | None, ...]


def told_years(years: Sequence[MeasuredYear], history: History, told: Measurement) -> list[MeasuredYear]:
    """Return the years as they may be told.

    Parameters
    ----------
    years
        From ``measure_by_year``.
    history
        The list.
    told
        Its measurement as it may be told (``anonymous_measurement``): what is hidden of the whole list is told of no year.
    """
    hides = {name: told.indicators[name].caveat == _HIDDEN for name in ("award_rate", "leader_share", "turn_taking_index")}
    members, awards = (np.array([getattr(year, name) or 0 for year in years], dtype=np.int64) for name in ("n_members", "n_awards"))
    is_hidden = hidden_years(np.stack([members, awards, members - awards], axis=1))
    if hides["award_rate"] or None in {told.n_members, told.n_awards}:
        is_hidden[:] = True
    leading = np.bincount(history.year_index[history.is_awarded & history.is_leader], minlength=len(years))
    is_hidden_of_leaders = hidden_years(
        np.stack([leading, awards - leading], axis=1), is_hidden, lambda rows: _has_few_leaders(history, np.isin(history.year_index, rows))
    )
    if hides["leader_share"]:
        is_hidden_of_leaders[:] = True
    result = []
    for position, year in enumerate(years):
        of_turns = year.indicators["turn_taking_index"]
        withheld = {
            "award_rate": bool(is_hidden[position]),
            "leader_share": bool(is_hidden_of_leaders[position]),
            "turn_taking_index": bool(is_hidden[position]) or hides["turn_taking_index"] or _is_few(of_turns.n or 0),
        }
        indicators = {name: _told(found, is_withheld=withheld[name]) for name, found in year.indicators.items()}
        told_of = (None, None) if is_hidden[position] else (year.n_members, year.n_awards)
        result.append(replace(year, n_members=told_of[0], n_awards=told_of[1], indicators=indicators))
    return result


def hidden_years(
    counts: IndexArray, is_hidden: BoolArray | None = None, is_told_of_few: Callable[[IndexArray], bool] = lambda _rows: False
) -> BoolArray:
    """Say which years must be hidden so that no count from 1 to 4 is told, nor can be worked out where the sums over all years are known.

    Parameters
    ----------
    counts
        (n_years, n_counts) counts of each year.
    is_hidden
        (n_years,) years that are hidden already.
    is_told_of_few
        Whether these years, by position, tell of too few for another reason.

    Examples
    --------
    >>> hidden_years(np.array([[20], [3], [9], [30]]))  # the 3 would be what the others leave of 62
    array([False,  True,  True, False])
    """
    n_years = len(counts)
    hidden = np.zeros(n_years, dtype=np.bool_) if is_hidden is None else is_hidden.copy()
    hidden |= _few(counts).any(axis=1)
    hidden |= np.array([is_told_of_few(np.array([year])) for year in range(n_years)], dtype=np.bool_)
    while hidden.any() and not hidden.all():
        rows = np.flatnonzero(hidden)
        if len(rows) > 1 and not _few(counts[rows].sum(axis=0)).any() and not is_told_of_few(rows):
            break
        shown = np.flatnonzero(~hidden)
        hidden[shown[np.argmin(counts[shown].sum(axis=1))]] = True
    return hidden


def told_counts(counted: AwardCounts, years: Sequence[MeasuredYear]) -> ToldCounts:
    """Return awards by level or track as they may be told: rare groups together, as many groups apart as leave half of the years to be told.

    Parameters
    ----------
    counted
        From ``count_awards``.
    years
        The years as :func:`told_years` gives them.
    """
    focus, others = np.array(counted.focus, dtype=np.int64), np.array(counted.others, dtype=np.int64)
    is_untold = np.array([year.n_awards is None for year in years], dtype=np.bool_)
    by_size = np.argsort(-(focus + others).sum(axis=0), kind="stable")
    for n_apart in (n for n in range(len(counted.groups), 0, -1) if n != len(counted.groups) - 1):
        apart, together = sorted(by_size[:n_apart]), sorted(by_size[n_apart:])
        parts = [_joined(table, apart, together) for table in (focus, others)]
        both = parts[0] + parts[1]
        is_hidden = is_untold | _few(np.hstack([*parts, both, others.sum(axis=1, keepdims=True)])).any(axis=1)
        if is_hidden[0] != is_hidden[-1]:  # what the first and the last year have together is told as the observations of growth
            is_hidden[[0, -1]] = True
        if 2 * is_hidden.sum() <= len(is_hidden):
            groups = (*(counted.groups[group] for group in apart), *([REST] if together else []))
            rows = tuple(None if hides else tuple(map(int, row)) for hides, row in zip(is_hidden, both, strict=True))
            return ToldCounts(counted.by, groups, counted.years, rows)
    return ToldCounts(counted.by, counted.groups, (), ())


def without_telling_growth(told: Measurement, years: Sequence[MeasuredYear], counted: Sequence[AwardCounts]) -> Measurement:
    """Leave out what growth would tell of the first and the last year.

    Growth is the ratio of the awards of these two years: where one of them is not told, the other, or the awards of all years, would give it. How many awards of all kinds
    growth rests on is left out where the focus awards of these years leave few other awards of it.
    """
    indicators = dict(told.indicators)
    grown = indicators["award_volume_growth"]
    if years and None in {years[0].n_awards, years[-1].n_awards} and (grown.value is not None or grown.low is not None):
        indicators["award_volume_growth"] = Measured(None, None, None, grown.n, _HIDDEN)
    ends = [sum(each.others[0]) + sum(each.others[-1]) for each in counted]
    if any(map(_is_few, ends)):
        indicators |= {name: replace(indicators[name], n=None) for name in _GROWTH}
    return replace(told, indicators=indicators)


def _joined(table: IndexArray, apart: Sequence[int], together: Sequence[int]) -> IndexArray:
    columns = [table[:, list(apart)], *([table[:, list(together)].sum(axis=1, keepdims=True)] if together else [])]
    return np.hstack(columns)


def _has_few_leaders(history: History, listed: BoolArray) -> bool:
    """Tell whether leaders beside another leader of their unit are too few to be told of in these rows."""
    leading = listed & history.is_leader
    if not leading.any():
        return False
    place = history.unit_year
    several = np.bincount(place[leading], minlength=int(place.max()) + 1)[place] > 1
    return len(np.unique(history.member[leading & several])) < LEAST_SHOWN


def _told(found: Measured, *, is_withheld: bool) -> Measured:
    if is_withheld:
        return Measured(None, None, None, None, found.caveat if found.value is None and found.low is None else _HIDDEN)
    return replace(found, n=None, beside={})


def _few(counts: IndexArray) -> BoolArray:
    few: BoolArray = (counts > 0) & (counts < LEAST_SHOWN)
    return few


def _is_few(count: int) -> bool:
    return 0 < count < LEAST_SHOWN
