"""Tell whether the next award is always a higher one (khen lần sau cao hơn lần trước).

``ratchet_index``
    P(next award higher) − P(next lower), over members whose next award on the same track differs in level from the one before. 1: always a step up; 0: up as
    often as down; −1: always down. Perfect merit without a ladder, when merit is as likely to rise as to fall, reads 0 in expectation.

After model.md A.3 with correction 00.19. Tracks are followed apart: the yearly round, ad hoc and thematic awards; what one track gives is no step of another, and the
ups and downs of all are pooled. Awards without a level stand on no ladder and are left out, and so are awards for long service. In the yearly round a year has no
order: titles nested in one year are one step, the highest. Outside it decisions follow one another by their days, those of one day being one step; where a day of
a member's year is not known, that year of the track is one step. A missing year breaks the sequence. A ladder without a way down holds the index above 0
even where merit alone decides: it is read beside its lawful best.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.history import Track
from simulator.indicators.family import TOO_FEW_YEARS, Family, ratio, split
from simulator.ranking import stable_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import FloatArray, IndexArray
    from simulator.history import History

NO_LEVELS = "caveat.no-levels"
_N_TRACKS: Final = len(Track)


class Steps(NamedTuple):
    """Changes of level from one award to the next on the same track, in the order of tracks, members and time.

    Attributes
    ----------
    row
        (n,) row of the history in which the later award stands.
    track
        (n,) of :class:`~simulator.history.Track`.
    change
        (n,) levels up; below 0 where the later award is the lower one; never 0.
    """

    row: IndexArray
    track: IndexArray
    change: IndexArray


class _Given(NamedTuple):
    """Awards with a level, as (n,) columns; ``day`` orders those of one member, year and track, and is 0 where they have no order."""

    row: IndexArray
    track: IndexArray
    day: FloatArray
    level: IndexArray

    @classmethod
    def joined(cls, parts: Sequence[_Given]) -> _Given:
        """Put parts after one another."""
        row, track, level = (np.concatenate(columns) for columns in zip(*((part.row, part.track, part.level) for part in parts), strict=True))
        return cls(row, track, np.concatenate([part.day for part in parts]), level)

    def at(self, positions: IndexArray) -> _Given:
        """Take some of them, in the order given."""
        return _Given(self.row[positions], self.track[positions], self.day[positions], self.level[positions])


class RatchetIndex(Family):
    """Steps up beyond steps down."""

    names = ("ratchet_index",)

    def missing(self) -> str | None:
        """Need levels, and a year before one that is judged; the first year of a list has no award before it."""
        if not self.panel.history.awards_on_the_ladder:
            return NO_LEVELS
        return None if len(self.panel.judged_years) and len(self.panel.history.years) > 1 else TOO_FEW_YEARS

    def components(self, by: str) -> FloatArray:
        """Count next awards that were higher, and lower, on each track, where the member works when the next one comes."""
        group, (row, track, change) = self.panel.grouping_of_history(by), self._steps
        cell = group.label[row] * (2 * _N_TRACKS) + track + np.where(change > 0, 0, _N_TRACKS)
        return np.bincount(cell, minlength=group.n_groups * 2 * _N_TRACKS).reshape(group.n_groups, 2 * _N_TRACKS).astype(np.float64)

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count changes of level, on whatever track."""
        return {"ratchet_index": round(sums.sum())}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide the difference by all changes, those of all tracks together."""
        up, down = (part.sum(axis=1) for part in split(sums, _N_TRACKS, _N_TRACKS))
        return {"ratchet_index": ratio(up - down, up + down)}

    def beside(self) -> Mapping[str, Mapping[str, float]]:
        """Give the index of each track by itself, where the list tells tracks apart; undefined (NaN) where nothing changed."""
        if not self.panel.history.outside:
            return {}
        up, down = split(self.components("all"), _N_TRACKS, _N_TRACKS)
        of_track = ratio(up - down, up + down)[0]
        return {"ratchet_index": {track.name.lower(): float(of_track[track]) for track in Track}}

    @cached_property
    def _steps(self) -> Steps:
        """The changes of judged years."""
        steps = steps_of(self.panel.history)
        is_judged = self.panel.is_judged[steps.row]
        return Steps(*(column[is_judged] for column in steps))


def steps_of(history: History) -> Steps:
    """Compare each award with the member's award before it on the same track."""
    given = _given(history)
    member = history.member_number[given.row]
    place = (given.track.astype(np.int64) * history.n_people + member) * len(history.years) + history.year_index[given.row]
    order = stable_order(place) if not given.day.any() else np.lexsort((given.day, place))
    row, track, day, level = given.at(order)
    if not len(row):
        return Steps(row, track, level)
    is_new = np.ones(len(row), dtype=np.bool_)
    is_new[1:] = (np.diff(row) != 0) | (np.diff(track) != 0) | (np.diff(day) != 0)
    start = np.flatnonzero(is_new)
    level, row, track, member = np.maximum.reduceat(level, start), row[start], track[start], member[order][start]
    change, stretch = np.diff(level), _stretch_of_years(history.years)[history.year_index[row]]
    follows = (np.diff(member) == 0) & (np.diff(track) == 0) & (np.diff(stretch) == 0)
    later = np.flatnonzero(follows & (change != 0)) + 1
    return Steps(row[later], track[later], change[later - 1])


def _given(history: History) -> _Given:
    """List the awards that have a level: of the yearly round the highest of each row, outside it each decision."""
    highest = np.zeros(len(history.year), dtype=np.int32)
    outside = []
    for award in history.awards_on_the_ladder:
        level = history.award_levels.get(award, 0)
        given = np.flatnonzero(history.in_the_round(award))
        highest[given] = np.maximum(highest[given], history.row_levels[award][given] if award in history.row_levels else level)
        if award in history.outside:
            times = history.outside[award]
            of_time = np.full(len(times.row), level) if times.level is None else times.level
            outside.append(_Given(times.row, times.track, times.decided_at, of_time).at(np.flatnonzero(of_time)))
    row = np.flatnonzero(highest)
    in_round = _Given(row, np.full(len(row), Track.ANNUAL), np.zeros(len(row)), highest[row])
    if not outside:
        return in_round
    joined = _Given.joined(outside)
    place = joined.row.astype(np.int64) * _N_TRACKS + joined.track
    has_order = ~np.isin(place, place[np.isnan(joined.day)])
    return _Given.joined([in_round, joined._replace(day=np.where(has_order, joined.day, 0.0))])


def _stretch_of_years(years: IndexArray) -> IndexArray:
    """(n_years,) number of the run of years without a gap to which each of some ascending years belongs."""
    stretch: IndexArray = np.cumsum(np.diff(years, prepend=years[:1]) > 1)
    return stretch
