"""Units that were merged, divided or renamed: a dated table of what became of what.

Members always compete inside the unit of their year, so nothing of the past is put together that was apart. A unit of the year of the change
or later bears the name of what it became; and all units that became one another are resampled as one cluster (model.md 00.18). A unit that did
nothing but change its name is one unit in all years, so that everything is measured as if it had kept its name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from simulator.indicators.register_findings import FEWEST_OF_ONE_CAUSE
from simulator.lookups import codes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from simulator._types import IndexArray
    from simulator.indicators.register_cells import RegisterReader

_NEVER: Final = -1
COLUMNS: Final = ("unit_id", "successor_id", "from")


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of which unit.

    Attributes
    ----------
    old, new
        (n,) labels of units.
    year
        (n,) the first year of the new unit.
    labels
        Word → label, for every unit of the register and of the table.
    same
        (n_labels,) the label that stands for each label: another one where units are the same under two names. Empty where none is.
    """

    old: IndexArray
    new: IndexArray
    year: IndexArray
    labels: Mapping[str, int]
    same: IndexArray

    @classmethod
    def none(cls) -> Self:
        """Say that every unit stayed what it was."""
        nothing = np.empty(0, dtype=np.int64)
        return cls(nothing, nothing, nothing, {}, nothing)

    @classmethod
    def of(cls, reader: RegisterReader, known: Mapping[str, int]) -> Self:
        """Read the table, noting what cannot be read; ``known`` are the labels of the units of the register."""
        old = reader.labels("unit_id", known=known)
        new = reader.labels("successor_id", known=reader.labels_of("unit_id"))
        year = np.nan_to_num(reader.years_or_days("from")).astype(np.int64)
        if not reader.has_errors and min(old.min(), new.min()) >= len(known):
            reader.report("RG421", 1)
        return cls(old, new, year, reader.labels_of("successor_id"), np.empty(0, dtype=np.int64))

    def joining_renamed(self, year: IndexArray, unit: IndexArray) -> Self:
        """Take a unit for the same under both names where it alone became the other, which was nothing before: neither merged nor divided.

        Parameters
        ----------
        year, unit
            (n,) of the register and the head-count, units called as in the files.
        """
        n = int(max(self.old.max(initial=0), self.new.max(initial=0), unit.max(initial=0))) + 1
        first_year = np.full(n, np.iinfo(np.int64).max)
        np.minimum.at(first_year, unit, year)
        is_alone = (np.bincount(self.old, minlength=n)[self.old] == 1) & (np.bincount(self.new, minlength=n)[self.new] == 1)
        is_rename = is_alone & (first_year[self.new] >= self.year)
        together = _together(self.old[is_rename], self.new[is_rename], n)
        # The name that stands first in the file stands for all, so that units keep their order.
        return replace(self, same=np.unique(together, return_index=True)[1][together])

    def report_unmatched(self, reader: RegisterReader, year: IndexArray, unit: IndexArray) -> None:
        """Warn of rows that do nothing: their unit occurs nowhere, or its successor does not and nobody is left to be called by its name.

        Parameters
        ----------
        reader
            Of this table, row for row.
        year, unit
            (n,) of the register and the head-count, units called as in the files.
        """
        last_year = np.full(max(len(self.labels), int(unit.max(initial=0)) + 1), _NEVER)
        np.maximum.at(last_year, unit, year)
        is_old_met = (last_year[self.old] > _NEVER) | np.isin(self.old, self.new)
        is_renamed = last_year[self.old] >= self.year
        is_new_met = (last_year[self.new] > _NEVER) | np.isin(self.new, self.old) | is_renamed
        rows = np.flatnonzero(~(is_old_met & is_new_met))

        def tell(row: int) -> dict[str, str]:
            return {"column": ", ".join(name for name, is_met in (("unit_id", is_old_met), ("successor_id", is_new_met)) if not is_met[row])}

        if len(rows) < FEWEST_OF_ONE_CAUSE:
            reader.report_rows("RG431", rows, tell)
        else:
            reader.report("RG432", reader.line_of(int(rows[0])), **tell(int(rows[0])), n=str(len(rows)), n_rows=str(reader.n_rows))

    def unit_in(self, year: IndexArray, unit: IndexArray) -> IndexArray:
        """(n,) what each unit is called in its year: from the change on, by its successor; a divided unit keeps its name."""
        if not len(self.old):
            return unit
        called = self._called_in(year, unit)
        return self.same[called] if len(self.same) else called

    def _called_in(self, year: IndexArray, unit: IndexArray) -> IndexArray:
        years = np.unique(year)
        label = np.tile(np.arange(max(self.old.max(), self.new.max(), unit.max()) + 1), (len(years), 1))
        n_successors = np.bincount(self.old)
        for from_year in np.unique(self.year):
            at_once = np.flatnonzero((self.year == from_year) & (n_successors[self.old] == 1) & (self.old != self.new))
            successor = np.arange(label.shape[1])
            successor[self.old[at_once]] = self.new[at_once]
            for _ in at_once:  # a chain of one and the same year is as long as its links at most
                further = successor[successor]
                if np.array_equal(further, successor):
                    break
                successor = further
            is_later = years >= from_year
            label[is_later] = successor[label[is_later]]
        called: IndexArray = label[np.searchsorted(years, year), unit]
        return called

    def cluster_of(self, unit: IndexArray) -> IndexArray:
        """(n,) label of everything the unit ever was or became."""
        n = int(max(self.old.max(initial=0), self.new.max(initial=0), unit.max(initial=0))) + 1
        return codes(_together(self.old, self.new, n)[unit])


def _together(old: IndexArray, new: IndexArray, n: int) -> IndexArray:
    """(n,) the same number for labels that some chain of pairs links."""
    links = coo_array((np.ones(len(old)), (old, new)), shape=(n, n))
    together: IndexArray = connected_components(links, directed=False)[1].astype(np.int64)
    return together
