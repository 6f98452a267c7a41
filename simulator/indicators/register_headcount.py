"""Lists of winners only: everybody else is known by number alone.

A head-count tells how many people of each role a unit had in each year. A winner of one year is taken to have had a seat in the same unit and role in
the other years, as long as there are seats, the years nearest to the award first: without that, everybody would be seen only when winning. The seats that
are left are nobody's by name, and keep their number from year to year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.history import FIRST_LEADING_ROLE, Role
from simulator.indicators.register_years import report_short_years

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from simulator._types import IndexArray
    from simulator.history import History
    from simulator.indicators.register_cells import RegisterReader
    from simulator.indicators.register_succession import Succession

COLUMNS: Final = ("year", "unit_id", "role", "is_leader", "n_members")
MOST_SEATS: Final = 20_000_000
"""Every official of the country in ten years; more is a slip, and would not fit into memory."""
REQUIRED: Final = ("year", "unit_id", ("role", "is_leader"), "n_members")
_MOST_GROUPS: Final = 3
_FEWEST_OF_A_UNIT: Final = 3


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many people of each role a unit had in each year: one row of the file after the other, the units called as in the file."""

    reader: RegisterReader
    year: IndexArray
    unit: IndexArray
    role: IndexArray
    n_members: IndexArray

    @classmethod
    def of(cls, reader: RegisterReader, units: Mapping[str, int], role: IndexArray) -> Self:
        """Read the file, noting what cannot be read; ``units`` are the numbers they have already, ``role`` is that of each row."""
        year, unit = reader.years("year"), reader.labels("unit_id", known=units)
        report_short_years(reader, year, reader.unread("year"))
        is_known = ~(reader.unread("year") | reader.unread("unit_id") | reader.unread("role") | reader.unread("is_leader"))
        _report_repeats(reader, np.stack([year, unit, role]), np.flatnonzero(is_known))
        n_members = reader.whole_numbers("n_members")
        if sum(n_members.tolist()) > MOST_SEATS:
            row = int(n_members.argmax())
            reader.report("RG434", reader.line_of(row), n=str(sum(n_members.tolist())), most=str(MOST_SEATS))
        return cls(reader, year, unit, role, n_members)


class _Seats(NamedTuple):
    """Rows to add to a history."""

    year: IndexArray
    unit: IndexArray
    member: IndexArray
    role: IndexArray


def seat_the_unawarded(history: History, counts: HeadCount, after: Succession) -> History:
    """Add a row for everybody the head-count knows and the list of winners does not; nobody, with findings, where it lacks seats for winners.

    Parameters
    ----------
    history
        Of the winners alone.
    counts
        The head-count.
    after
        What became of the units.
    """
    year, role, reader = counts.year, counts.role, counts.reader
    unit = after.unit_in(year, counts.unit)
    listed = np.stack([history.year, history.unit, history.role])
    cells, index = np.unique(np.hstack([np.stack([year, unit, role]), listed]), axis=1, return_inverse=True)
    index = index.reshape(-1)
    of_count, of_listed = index[: len(year)], index[len(year) :]
    n_cells = cells.shape[1]
    n_seats = np.bincount(of_count, weights=counts.n_members, minlength=n_cells).astype(np.int64)
    free = n_seats - np.bincount(of_listed, minlength=n_cells)
    is_counted = np.bincount(of_count, minlength=n_cells) > 0
    if not is_counted.all():
        lacking = cells[:, ~is_counted]
        reader.report("RG422", 1, n=str(lacking.shape[1]), groups=_told_groups(lacking, history, counts, after))
    # Several rows may count the seats of one cell, as after a merger: its first row is named.
    is_first = np.isin(np.arange(len(year)), np.unique(of_count, return_index=True)[1])
    reader.report_rows("RG411", np.flatnonzero((free[of_count] < 0) & is_first))
    if reader.has_errors:
        return history
    known = _known_seats(history, cells, free, after)
    return _with_seats(history, known, _unnamed_seats(cells, free - _n_in(known, cells), int(history.member.max(initial=-1)) + 1))


def _told_groups(lacking: IndexArray, history: History, counts: HeadCount, after: Succession) -> str:
    """Name the first groups of year, unit and role. A unit that the head-count lacks and in which few have won may be a person whose name slipped there."""
    words = {int(unit): word for word, unit in counts.reader.labels_of("unit_id").items()}
    _, units = np.unique(np.stack([history.member, history.unit]), axis=1)
    n_members = np.bincount(units)
    is_told = (n_members[lacking[1]] >= _FEWEST_OF_A_UNIT) | np.isin(lacking[1], [counts.unit, after.unit_in(counts.year, counts.unit)])

    def tell(cell: int) -> str:
        year, unit, role = lacking[:, cell].tolist()
        role_word = Role(role).name.lower() if history.knows_direct else f"is_leader {int(role >= FIRST_LEADING_ROLE)}"
        return f"{year} / {words[unit] if is_told[cell] else '…'} / {role_word}"

    shown = [tell(cell) for cell in np.argsort(~is_told, kind="stable")[:_MOST_GROUPS].tolist()]
    return "; ".join([*shown, *(["…"] if lacking.shape[1] > _MOST_GROUPS else [])])


def _report_repeats(reader: RegisterReader, keys: IndexArray, rows: IndexArray) -> None:
    """Report which of these rows stand twice."""
    _, first, index = np.unique(keys[:, rows], axis=1, return_index=True, return_inverse=True)
    original = np.arange(keys.shape[1])
    original[rows] = rows[first[index.reshape(-1)]] if len(rows) else rows
    is_copy = original != np.arange(keys.shape[1])
    reader.report_rows("RG407", np.flatnonzero(is_copy), lambda row: {"first_line": str(reader.line_of(original[row]))})


def _known_seats(history: History, cells: IndexArray, free: IndexArray, after: Succession) -> _Seats:
    """Give winners a seat in the years in which they won nothing, in the unit and role of the nearest award."""
    years = np.unique(cells[0])
    members, member = np.unique(history.member, return_inverse=True)
    row = np.full((len(members), len(years)), -1, dtype=np.int64)
    row[member.reshape(-1), np.searchsorted(years, history.year)] = np.arange(len(history.year))
    nearest, distance = _nearest(row, years)
    who, when = np.nonzero((row < 0) & (nearest >= 0))
    of_award = nearest[who, when]
    year = years[when]
    unit, role = after.unit_in(year, history.unit[of_award]) if len(who) else history.unit[of_award], history.role[of_award]
    cell = _find(np.stack([year, unit, role]), cells)
    wanted = np.flatnonzero(cell >= 0)
    order = wanted[np.lexsort((who[wanted], distance[who, when][wanted], cell[wanted]))]
    place = np.arange(len(order)) - np.searchsorted(cell[order], cell[order])
    taken = order[place < free[cell[order]]]
    return _Seats(year[taken], unit[taken], members[who[taken]], role[taken])


def _nearest(row: IndexArray, years: IndexArray) -> tuple[IndexArray, IndexArray]:
    """(n_members, n_years) the row of the nearest award, the earlier of two as near, and its distance in years."""
    nearest = row.copy()
    distance = np.where(row >= 0, 0, np.iinfo(np.int64).max)
    for step in (1, -1):
        places = range(len(years)) if step == 1 else range(len(years) - 1, -1, -1)
        last, last_year = np.full(len(row), -1, dtype=np.int64), np.zeros(len(row), dtype=np.int64)
        for place in places:
            is_here = row[:, place] >= 0
            last, last_year = np.where(is_here, row[:, place], last), np.where(is_here, years[place], last_year)
            apart = np.abs(years[place] - last_year)
            is_nearer = (last >= 0) & (apart < distance[:, place])
            nearest[is_nearer, place], distance[is_nearer, place] = last[is_nearer], apart[is_nearer]
    return nearest, distance


def _find(keys: IndexArray, cells: IndexArray) -> IndexArray:
    """(n,) the column of ``cells`` that equals each column of ``keys``, or -1."""
    n_units, n_roles = int(max(cells[1].max(initial=0), keys[1].max(initial=0))) + 1, int(max(cells[2].max(initial=0), keys[2].max(initial=0))) + 1

    def code(columns: IndexArray) -> IndexArray:
        coded: IndexArray = (columns[0] * n_units + columns[1]) * n_roles + columns[2]
        return coded

    known = code(cells)  # ascending, as the cells are
    place = np.minimum(np.searchsorted(known, code(keys)), len(known) - 1)
    return np.where(known[place] == code(keys), place, -1)


def _n_in(seats: _Seats, cells: IndexArray) -> IndexArray:
    return np.bincount(_find(np.stack([seats.year, seats.unit, seats.role]), cells), minlength=cells.shape[1])


def _unnamed_seats(cells: IndexArray, n_free: IndexArray, first_label: int) -> _Seats:
    """Give the seats that are left in each unit and role numbers; the same number is the same person over the years."""
    cell = np.repeat(np.arange(len(n_free)), n_free)
    number = np.arange(len(cell)) - np.repeat(np.cumsum(n_free) - n_free, n_free)
    year, unit, role = cells[:, cell]
    seat = (unit * (int(role.max(initial=0)) + 1) + role) * (int(number.max(initial=0)) + 1) + number
    return _Seats(year, unit, first_label + np.unique(seat, return_inverse=True)[1].reshape(-1), role)


def _with_seats(history: History, *more: _Seats) -> History:
    n_new = sum(len(seats.year) for seats in more)
    nobody = np.zeros(n_new, dtype=np.bool_)

    def joined(name: str) -> IndexArray:
        return np.concatenate([getattr(history, name), *(getattr(seats, name) for seats in more)])

    return replace(
        history,
        knows_members=False,
        year=joined("year"),
        unit=joined("unit"),
        member=joined("member"),
        role=joined("role"),
        awards={award: np.concatenate([given, nobody]) for award, given in history.awards.items()},
        row_levels={award: np.concatenate([level, np.zeros(n_new, dtype=np.int64)]) for award, level in history.row_levels.items()},
        post_rank=None,  # that of people nobody has named is not known, so roles stand for it
    )
