"""A history of awards, the one table that indicators read: who could have been awarded, and who was, in which unit and year, be it simulated or copied from lists."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.errors import TieuchiError
from simulator.lookups import codes, stretches
from simulator.replications import SideBySide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.lookups import ColumnInParts


class Role(IntEnum):
    """What a member does in the unit; the order is the order of posts."""

    DIRECT = 0
    STAFF = 1
    DEPUTY = 2
    HEAD = 3


FIRST_LEADING_ROLE = Role.DEPUTY
"""Deputies and heads are leaders (lãnh đạo, quản lý)."""


class Track(IntEnum):
    """The way by which an award comes; awards for long service, which come by length of service alone, are in no history."""

    ANNUAL = 0
    AD_HOC = 1
    THEMATIC = 2


class HistoryError(TieuchiError):
    """Columns that do not make a history: their lengths differ, they name rows that are not there, or the focus award is not among the awards."""


@dataclass(frozen=True)
class Achievements:
    """Achievements with their months: what somebody did that deserved an award, and when it was answered.

    Attributes
    ----------
    member, unit
        (n,) whole-number labels, those of the history.
    year
        (n,) year of the achievement.
    achieved_at, awarded_at
        (n,) float64, months since the year 0 began (month 0 is the first of that year); ``awarded_at`` is NaN while nothing has answered.
    is_ad_hoc
        (n,) whether the answer came outside the yearly round.
    """

    member: IndexArray
    unit: IndexArray
    year: IndexArray
    achieved_at: FloatArray
    awarded_at: FloatArray
    is_ad_hoc: BoolArray

    def __post_init__(self) -> None:
        """Check lengths."""
        if len({len(column) for column in (self.member, self.unit, self.year, self.achieved_at, self.awarded_at, self.is_ad_hoc)}) > 1:
            message = "The columns of achievements must be equally long."
            raise HistoryError(message)


@dataclass(frozen=True)
class OutsideTheRound:
    """The times at which one award came outside the yearly round, one row for each time.

    Attributes
    ----------
    row
        (n,) row of the history it belongs to: that of the member and the year.
    track
        (n,) ad hoc or thematic, of :class:`Track`.
    decided_at
        (n,) float64, the day of the decision in months since the year 0 began; NaN where it is not known.
    is_in_round_too
        (n,) whether the yearly round gave the member the same award in that year as well.
    level
        (n,) level of each time, 0 where it is not known, of an award that stands at several levels; else ``None``.
    """

    row: IndexArray
    track: IndexArray
    decided_at: FloatArray
    is_in_round_too: BoolArray
    level: IndexArray | None = None

    def __post_init__(self) -> None:
        """Check lengths."""
        columns = (self.row, self.track, self.decided_at, self.is_in_round_too, self.row if self.level is None else self.level)
        if len({len(column) for column in columns}) > 1:
            message = "The columns of awards outside the round must be equally long."
            raise HistoryError(message)


@dataclass(frozen=True)
class History:
    """One row for each (year, member).

    Attributes
    ----------
    year
        (n_rows,) calendar or simulated year.
    unit
        (n_rows,) whole-number label of the unit.
    member
        (n_rows,) whole-number label of the member, the same over the years.
    role
        (n_rows,) :class:`Role`.
    focus_award
        The award whose allocation is judged.
    awards
        Award id → (n_rows,) whether the member got it in that year. Holds the focus award.
    award_values
        Award id → worth of one award (the statutory bonus, in multiples of the base salary, or 1).
    merit
        (n_rows,) float, standard deviations of merit, or ``None`` where unknown.
    is_merit_of_winners
        Whether merit was told of winners of the focus award only; then ``merit`` is ``None``, for nobody else can be compared with them.
    is_eligible
        (n_rows,) whether the rules allowed the focus award, or ``None`` where unknown.
    is_noise_choice
        (n_rows,) who would have been chosen by merit seen through the appraisers' noise alone, or ``None``.
    tie
        (n_rows,) the draws that broke ties, or ``None``.
    n_history_years
        First years that serve as memory only (who won before) and are not judged.
    knows_direct
        Whether direct workers are told from staff; if not, everybody who does not lead counts as staff.
    marks_direct
        Whether anybody is marked as a direct worker. Where a list marks nobody, who is one may not have been noted.
    knows_members
        Whether everybody is named. If not, only winners are; the others are known by number, and who of them was there in which years is not known.
    knows_unawarded
        Whether those without an award are listed, or at least counted. If not, the rows are those of winners, and what needs the others is not known.
    post_rank
        (n_rows,) rank of the post inside the unit, 1 the highest, or ``None``: then the role stands for it.
    award_levels
        Award id → level on the ladder, 1 the lowest; empty where unknown.
    row_levels
        Award id → (n_rows,) level at which the yearly round gave it, 0 where it did not or it is not known: of awards at several levels, not among ``award_levels``.
    outside
        Award id → the times at which it came outside the yearly round; awards that are not named always came by the round. ``awards`` holds both.
    references
        Name → (n_rows,) merit by another fixed reference (results only, the office's own …); ``merit`` itself is not among them.
    is_nominated
        (n_rows,) whose file for the focus award reached a council, or ``None``.
    place_share
        (n_rows,) the row's part of the places of the focus award: places of its pool / members of its pool, or ``None``.
    n_dossiers
        (n_rows,) files written for the member in that year, for whatever award, or ``None``.
    is_choice_without_claims
        (n_rows,) who would have won the focus award had nobody claimed more than was achieved, or ``None``.
    achievements
        What was achieved when, and answered when, or ``None``.
    base_salary
        VND of one base salary, or ``None``.
    bonuses
        First year of each set of rules that ruled, in order, and what it gives: award id → bonus in multiples of the base salary. Empty: ``award_values``.
    cluster
        (n_rows,) whole-number label of the units that belong together over the years, such as units that were merged and what they became: intervals
        resample them as one. ``None``: each unit by itself. Members compete inside ``unit``, the unit of that year.
    unit_kind
        (n_rows,) position of the kind of unit among ``unit_kinds``, or ``None`` where it is not known.
    unit_kinds
        Identifiers of the kinds of unit.
    rows_of_replications, units_of_replications
        Which rows, and which units, belong to which of the simulated histories that stand here one after the other, of the same years each; ``None``: all to one.
        :func:`split` parts them.
    member_step
        What members' labels are more in each replication than in the one before; their units' labels go on from replication to replication.
    """

    year: IndexArray
    unit: IndexArray
    member: IndexArray
    role: IndexArray
    focus_award: str
    awards: Mapping[str, BoolArray]
    award_values: Mapping[str, float] = field(default_factory=dict)
    merit: FloatArray | None = None
    is_merit_of_winners: bool = False
    is_eligible: BoolArray | None = None
    is_noise_choice: BoolArray | None = None
    tie: IndexArray | ColumnInParts | None = None
    n_history_years: int = 2
    knows_direct: bool = True
    marks_direct: bool = True
    knows_members: bool = True
    knows_unawarded: bool = True
    post_rank: IndexArray | None = None
    award_levels: Mapping[str, int] = field(default_factory=dict)
    row_levels: Mapping[str, IndexArray] = field(default_factory=dict)
    outside: Mapping[str, OutsideTheRound] = field(default_factory=dict)
    references: Mapping[str, FloatArray] = field(default_factory=dict)
    is_nominated: BoolArray | None = None
    place_share: FloatArray | ColumnInParts | None = None
    n_dossiers: IndexArray | None = None
    is_choice_without_claims: BoolArray | None = None
    achievements: Achievements | None = None
    base_salary: float | None = None
    bonuses: tuple[tuple[int, Mapping[str, float]], ...] = ()
    cluster: IndexArray | None = None
    unit_kind: IndexArray | None = None
    unit_kinds: tuple[str, ...] = ()
    rows_of_replications: SideBySide | None = None
    units_of_replications: SideBySide | None = None
    member_step: int = 0

    def __post_init__(self) -> None:
        """Check lengths, and that the focus award is among the awards."""
        if self.focus_award not in self.awards:
            message = f"The focus award {self.focus_award!r} is not among the awards {sorted(self.awards)}."
            raise HistoryError(message)
        optional = (
            *(self.merit, self.is_eligible, self.is_noise_choice, self.tie, self.post_rank, *self.references.values()),
            *(self.is_nominated, self.place_share, self.n_dossiers, self.is_choice_without_claims, self.cluster, self.unit_kind),
        )
        lengths = [len(column) for column in (self.unit, self.member, self.role, *self.awards.values(), *self.row_levels.values())]
        lengths += [len(column) for column in optional if column is not None]
        lengths.append(sum(self.rows.counts))
        if any(length != len(self.year) for length in lengths):
            message = "The columns of a history must be equally long."
            raise HistoryError(message)
        if self.unit_kind is not None and not 0 <= self.unit_kind.min(initial=0) <= self.unit_kind.max(initial=0) < max(len(self.unit_kinds), 1):
            message = "Kinds of unit must be positions among those named."
            raise HistoryError(message)
        if any(times.row.max(initial=-1) >= len(self.year) or times.row.min(initial=0) < 0 for times in self.outside.values()):
            message = "Awards outside the round must belong to rows of the history."
            raise HistoryError(message)

    @property
    def is_awarded(self) -> BoolArray:
        """(n_rows,) whether the member got the focus award in that year."""
        return self.awards[self.focus_award]

    @property
    def awards_on_the_ladder(self) -> tuple[str, ...]:
        """Awards whose level is known."""
        return tuple(award for award in self.awards if award in self.award_levels or award in self.row_levels)

    def in_the_round(self, award: str) -> BoolArray:
        """(n_rows,) whether the yearly round gave the member that award in that year."""
        if (outside := self.outside.get(award)) is None:
            return self.awards[award]
        is_given = self.awards[award].copy()
        is_given[outside.row[~outside.is_in_round_too]] = False
        return is_given

    @cached_property
    def is_leader(self) -> BoolArray:
        """(n_rows,) whether the member holds a leading or managerial post."""
        return self.role >= FIRST_LEADING_ROLE

    @cached_property
    def award_points(self) -> FloatArray:
        """(n_rows,) float64 the worth of all awards of the member in that year; an award whose worth is not known weighs 1."""
        points, given = np.zeros(len(self.year)), {award: column for award, column in self.awards.items() if column.any()}
        for rows in stretches(len(points)):
            for award, is_awarded in given.items():
                points[rows] += is_awarded[rows] * self.award_values.get(award, 1.0)
        points.flags.writeable = False
        return points

    @cached_property
    def years(self) -> IndexArray:
        """(n_years,) the years, ascending; the same in every replication."""
        year = self.year[self.rows.slices[0]]
        if np.all(year[1:] >= year[:-1]):  # year after year, as in a simulated history: nothing need be sorted
            return np.concatenate([year[:1], year[1:][year[1:] != year[:-1]]])
        return np.unique(year)

    @cached_property
    def year_index(self) -> IndexArray:
        """(n_rows,) int16 position of the row's year among the years."""
        if len(years := self.years) and int(years[-1]) - int(years[0]) == len(years) - 1:
            year_index = np.empty(len(self.year), dtype=np.int16)
            return np.subtract(self.year, int(years[0]), out=year_index, casting="unsafe")
        return np.searchsorted(years, self.year).astype(np.int16)

    @cached_property
    def rows_of_years(self) -> list[slice | IndexArray]:
        """For each year its rows, in order: a stretch where the list goes year by year, as a simulated one does, else their positions."""
        year_index, n_years = self.year_index, len(self.years)
        if np.all(year_index[1:] >= year_index[:-1]):
            return [slice(*ends) for ends in pairwise(np.searchsorted(year_index, np.arange(n_years + 1, dtype=np.int16)).tolist())]
        return [np.flatnonzero(year_index == position) for position in range(n_years)]

    @cached_property
    def member_number(self) -> IndexArray:
        """(n_rows,) int32 number of the row's member, from 0 without gaps."""
        return codes(self.member, np.int32).astype(np.int32, copy=False)

    @cached_property
    def unit_number(self) -> IndexArray:
        """(n_rows,) int32 number of the row's unit, from 0 without gaps."""
        return codes(self.unit, np.int32).astype(np.int32, copy=False)

    @cached_property
    def unit_year(self) -> IndexArray:
        """(n_rows,) int32 number of the row's unit and year: replication after replication, year after year, unit after unit."""
        unit_year = np.empty(len(self.year), dtype=np.int32)
        for rows, units in zip(self.rows.slices, self.units.slices, strict=True):
            np.multiply(self.year_index[rows], np.int32(units.stop - units.start), out=unit_year[rows])
            unit_year[rows] += np.int32(units.start * (len(self.years) - 1))
        unit_year += self.unit_number
        return unit_year

    @cached_property
    def replication(self) -> IndexArray:
        """(n_rows,) int32 number of the row's replication."""
        numbers = np.arange(self.n_replications, dtype=np.int32)
        return np.broadcast_to(numbers, len(self.year)) if self.n_replications == 1 else self.rows.spread(numbers)

    @property
    def n_replications(self) -> int:
        """How many simulated histories stand here."""
        return len(self.rows)

    @property
    def rows(self) -> SideBySide:
        """Which rows are of which replication."""
        return self.rows_of_replications or SideBySide((len(self.year),))

    @property
    def units(self) -> SideBySide:
        """Which units are of which replication."""
        return self.units_of_replications or SideBySide((self.n_units,))

    @cached_property
    def n_units(self) -> int:
        """How many units."""
        return int(self.unit_number.max(initial=-1)) + 1

    @cached_property
    def n_people(self) -> int:
        """How many members over all the years."""
        return int(self.member_number.max(initial=-1)) + 1

    @property
    def judged_years(self) -> IndexArray:
        """(n_years - n_history_years,) the years indicators speak about."""
        return self.years[self.n_history_years :]


def split(history: History) -> list[History]:
    """Part the replications of a history that stand one after the other: each as it would stand by itself."""
    if history.n_replications == 1:
        return [history]
    return [
        _replication(history, number, rows, units) for number, (rows, units) in enumerate(zip(history.rows.slices, history.units.slices, strict=True))
    ]


def _replication(history: History, number: int, rows: slice, units: slice) -> History:

    def part(column: np.ndarray) -> np.ndarray:
        return column[rows]

    def given(times: OutsideTheRound) -> OutsideTheRound:
        is_here = (times.row >= rows.start) & (times.row < rows.stop)
        return OutsideTheRound(times.row[is_here] - rows.start, times.track[is_here], times.decided_at[is_here], times.is_in_round_too[is_here])

    of_rows = {entry.name: value for entry in fields(History) if isinstance(value := getattr(history, entry.name), np.ndarray)}
    achievements = history.achievements
    if achievements is not None:
        is_here = (achievements.unit >= units.start) & (achievements.unit < units.stop)
        own = {entry.name: getattr(achievements, entry.name)[is_here] for entry in fields(Achievements)}
        own |= {"unit": own["unit"] - own["unit"].dtype.type(units.start), "member": own["member"] - number * history.member_step}
        achievements = Achievements(**own)
    columns: dict[str, Any] = {name: part(column) for name, column in of_rows.items()}
    columns |= {"unit": columns["unit"] - columns["unit"].dtype.type(units.start), "member": columns["member"] - number * history.member_step}
    return replace(
        history,
        **columns,
        awards={award: part(column) for award, column in history.awards.items()},
        outside={award: given(times) for award, times in history.outside.items()},
        references={name: part(column) for name, column in history.references.items()},
        achievements=achievements,
        rows_of_replications=None,
        units_of_replications=None,
        member_step=0,
    )
