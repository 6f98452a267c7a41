"""How a list is laid out: units, their sizes, their leaders, and the places each had in each year; nobody's name, merit or award is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.errors import RunError

if TYPE_CHECKING:
    from simulator._types import FloatArray, IndexArray
    from simulator.history import History


@dataclass(frozen=True)
class Layout:
    """Units in which places were contested.

    Attributes
    ----------
    size, n_leaders
        (n_units,) members, and leaders among them, on an average year.
    places
        (n_units, n_years) focus awards given in each year looked at.
    n_units_left_out
        Units in which nobody, or everybody, was awarded in every year: they tell no test anything.
    """

    size: IndexArray
    n_leaders: IndexArray
    places: IndexArray
    n_units_left_out: int

    @property
    def n_units(self) -> int:
        """How many units."""
        return len(self.size)

    @property
    def n_years(self) -> int:
        """How many years were looked at."""
        return int(self.places.shape[1])

    @property
    def cycle(self) -> float:
        """Years until everybody has had a turn: members per place and year."""
        return float(self.size.sum() / self.places.mean(axis=1).sum())


def layout_of(history: History, *, judged_only: bool = False) -> Layout:
    """Read how a list is laid out.

    Parameters
    ----------
    history
        A register, or a simulated history.
    judged_only
        Whether years that serve as memory only are left aside, as those before the rules of a scenario begin.

    Raises
    ------
    RunError
        If those without an award are not even counted, or no unit had places that somebody did not get.
    """
    if not history.knows_unawarded:
        raise RunError("the size of units is not known", fields={"code": "CL021"})
    years = history.judged_years if judged_only else history.years
    is_read = np.isin(history.year, years)
    unit, year = history.unit_number[is_read], np.searchsorted(years, history.year[is_read])

    def count(is_counted: np.ndarray) -> FloatArray:
        table = np.zeros((history.n_units, len(years)))
        np.add.at(table, (unit, year), is_counted[is_read])
        return table

    n, leaders, places = (count(column) for column in (np.ones(len(history.year)), history.is_leader, history.is_awarded))
    is_contested = ((places > 0) & (places < n)).any(axis=1)
    if not is_contested.any():
        raise RunError("no unit had places that somebody did not get", fields={"code": "CL022"})
    n_listed = np.maximum((n > 0).sum(axis=1), 1)
    size = np.rint(n.sum(axis=1) / n_listed).astype(np.int64)
    is_kept = is_contested & (size > 1)
    size = size[is_kept]
    return Layout(
        size=size,
        n_leaders=np.minimum(np.rint(leaders.sum(axis=1) / n_listed).astype(np.int64)[is_kept], size),
        places=np.minimum(places[is_kept].astype(np.int64), size[:, None]),
        n_units_left_out=int(len(is_kept) - is_kept.sum()),
    )
