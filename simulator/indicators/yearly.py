"""Measure each year of a list by itself, and count its awards by level and by track.

A year shows what the whole list adds up: who was considered, who was awarded, and, with the two years before it, whether awards went by turn. Intervals are of
sampling error, found as in :mod:`simulator.indicators.measurement`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import History, Track
from simulator.indicators.intervals import draw_units
from simulator.indicators.measurement import Measured, measure_family
from simulator.indicators.panel import Panel
from simulator.indicators.rotation import TurnTaking
from simulator.indicators.shares import Shares
from simulator.randomness import check_seed

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator._types import BoolArray, FloatArray, IndexArray

FOLLOWED: Final = ("award_rate", "leader_share", "turn_taking_index")
"""What is measured of each year."""
BY_LEVEL: Final = "level"
BY_TRACK: Final = "track"
UNKNOWN_LEVEL: Final = "unknown"
N_DRAWS: Final = 199
"""Bootstrap draws of whole units for a year: enough for the band of a line, and a list of a million rows stays within seconds."""


@dataclass(frozen=True, slots=True)
class MeasuredYear:
    """One year of a list.

    Attributes
    ----------
    year
        The year.
    n_members, n_awards
        Members listed and focus awards given; ``None`` where that must not be told.
    indicators
        Name → value with interval, of ``FOLLOWED``.
    """

    year: int
    n_members: int | None
    n_awards: int | None
    indicators: dict[str, Measured]


@dataclass(frozen=True, slots=True)
class AwardCounts:
    """Awards of all kinds, divided in one way, year by year.

    Attributes
    ----------
    by
        ``level`` or ``track``.
    groups
        The groups: levels as numbers from 1, the lowest, or ``unknown``; tracks by name.
    years
        The years.
    focus, others
        Year by year, one count for each group: focus awards, and awards of other kinds.
    """

    by: str
    groups: tuple[str, ...]
    years: tuple[int, ...]
    focus: tuple[tuple[int, ...], ...]
    others: tuple[tuple[int, ...], ...]


def measure_by_year(history: History, *, n_draws: int = N_DRAWS, seed: int = 0) -> list[MeasuredYear]:
    """Measure what can be followed over the years.

    Parameters
    ----------
    history
        One row for each year and member.
    n_draws
        Bootstrap draws of whole units.
    seed
        Of the bootstrap.
    """
    seed = check_seed(seed)
    # Years with as many units draw the same ones, so they are drawn once.
    draw = cache(lambda n_units: draw_units(n_units, n_draws, seed))
    return [_measure_year(history, position, draw) for position in range(len(history.years))]


def count_awards(history: History) -> list[AwardCounts]:
    """Count awards by level and by track, each where the list divides them in at least two groups."""
    return [counts for counts in (_by_level(history), _by_track(history)) if counts is not None]


def _measure_year(history: History, position: int, draw: Callable[[int], FloatArray]) -> MeasuredYear:
    indicators: dict[str, Measured] = {}
    for kind in (Shares, TurnTaking):
        n_before = min(position, kind.n_memory_years)
        part = _years_of(history, position - n_before, position + 1)
        family = kind(Panel(part, n_memory_years=kind.n_memory_years))
        indicators |= measure_family(family, draw(family.panel.n_units))
    listed = history.year_index == position
    return MeasuredYear(
        int(history.years[position]),
        int(listed.sum()),
        int((listed & history.is_awarded).sum()),
        {name: indicators[name] for name in FOLLOWED},
    )


def _years_of(history: History, first: int, last: int) -> History:
    """Take the rows of some years, with what the indicators of a year ask for."""
    rows = np.flatnonzero((history.year_index >= first) & (history.year_index < last))
    optional = {name: getattr(history, name) for name in ("merit", "is_eligible", "tie", "post_rank", "cluster")}
    return History(
        year=history.year[rows],
        unit=history.unit[rows],
        member=history.member[rows],
        role=history.role[rows],
        focus_award=history.focus_award,
        awards={history.focus_award: history.is_awarded[rows]},
        is_merit_of_winners=history.is_merit_of_winners,
        n_history_years=0,
        knows_direct=history.knows_direct,
        marks_direct=history.marks_direct,
        knows_members=history.knows_members,
        knows_unawarded=history.knows_unawarded,
        **{name: column[rows] for name, column in optional.items() if column is not None},
    )


def _by_level(history: History) -> AwardCounts | None:
    """Count by the level that each award, or each time of it, stands at."""
    counted: dict[str, dict[bool, IndexArray]] = {}

    def add(level: int, row: IndexArray, *, is_focus: bool) -> None:
        of_level = counted.setdefault(str(level) if level else UNKNOWN_LEVEL, {})
        of_level[is_focus] = of_level.get(is_focus, np.zeros(len(history.years), dtype=np.int64)) + _per_year(history, row)

    for award in history.awards:
        for level, row in _levels_of(history, award):
            add(level, row, is_focus=award == history.focus_award)
    known = sorted((name for name in counted if name != UNKNOWN_LEVEL), key=int)
    return _counts(BY_LEVEL, [*known, *({UNKNOWN_LEVEL} & counted.keys())], counted, history) if known else None


def _levels_of(history: History, award: str) -> list[tuple[int, IndexArray]]:
    """Give (level, rows) of an award, once for each time it was given; level 0 where it is not known."""
    outside = history.outside.get(award)
    in_round = np.flatnonzero(history.in_the_round(award))
    rows = in_round if outside is None else np.concatenate([in_round, outside.row])
    if award in history.row_levels:
        of_times = (
            np.zeros(0, dtype=np.int64) if outside is None else np.zeros(len(outside.row), dtype=np.int64) if outside.level is None else outside.level
        )
        levels = np.concatenate([history.row_levels[award][in_round], of_times])
    else:
        levels = np.full(len(rows), history.award_levels.get(award, 0), dtype=np.int64)
    return [(int(level), rows[levels == level]) for level in np.unique(levels)]


def _by_track(history: History) -> AwardCounts | None:
    counted: dict[str, dict[bool, IndexArray]] = {}
    for award in history.awards:
        outside, is_focus = history.outside.get(award), award == history.focus_award
        tracks: list[tuple[Track, IndexArray]] = [(Track.ANNUAL, np.flatnonzero(history.in_the_round(award)))]
        if outside is not None:
            tracks += [(track, outside.row[outside.track == track]) for track in (Track.AD_HOC, Track.THEMATIC)]
        for track, row in tracks:
            of_track = counted.setdefault(track.name.lower(), {})
            of_track[is_focus] = of_track.get(is_focus, np.zeros(len(history.years), dtype=np.int64)) + _per_year(history, row)
    return _counts(BY_TRACK, [track.name.lower() for track in Track], counted, history)


def _per_year(history: History, row: IndexArray) -> IndexArray:
    return np.bincount(history.year_index[row], minlength=len(history.years)).astype(np.int64)


def _counts(by: str, groups: list[str], counted: dict[str, dict[bool, IndexArray]], history: History) -> AwardCounts | None:
    nothing = np.zeros(len(history.years), dtype=np.int64)
    focus, others = (np.stack([counted.get(group, {}).get(is_focus, nothing) for group in groups], axis=1) for is_focus in (True, False))
    is_there: BoolArray = np.asarray((focus + others).any(axis=0))
    if is_there.sum() < 2:  # noqa: PLR2004 - one group divides nothing
        return None
    kept = tuple(group for group, is_kept in zip(groups, is_there, strict=True) if is_kept)
    rows = (tuple(tuple(map(int, row)) for row in table[:, is_there]) for table in (focus, others))
    return AwardCounts(by, kept, tuple(map(int, history.years)), *rows)
