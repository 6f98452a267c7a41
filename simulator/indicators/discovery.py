"""Tell whether new deserving people are found (phát hiện nhân tố mới).

``discovery_recall``
    P(award | deserving, no focus award in the five years before), the deserving being the k best by merit whom the rules allowed; equals at the cut count as
    neither. Exactly 1 under perfect merit, the award rate in expectation under a lottery; turns in their first cycle reach 2/(n/k + 1), more than a lottery:
    never read alone.

After model.md A.7. Two years of memory are needed; up to five are used, as far as the list goes. A newcomer is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.careers import Careers, any_of_last
from simulator.indicators.family import Family, ratio, split
from simulator.indicators.panel import WINDOW_OF_WAITING, Panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray
    from simulator.history import History

YEARS_OF_BEING_NEW: Final = 5
"""Years without an award after which somebody is new again."""


class DiscoveryRecall(Family):
    """The share of the new and deserving who are awarded."""

    names = ("discovery_recall",)
    n_memory_years = WINDOW_OF_WAITING
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, memory, and places that somebody did not get."""
        return self._missing_contest()

    def components(self, by: str) -> FloatArray:
        """Count the new and deserving, and the awarded among them."""
        group = self.panel.grouping(by)
        is_sought = (self.panel.deserving == 1) & self._is_new
        return np.hstack([group.add_up(is_sought & self.panel.is_awarded), group.add_up(is_sought)])

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count the new and deserving."""
        return {"discovery_recall": round(sums[1])}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        found, sought = (part[:, 0] for part in split(sums, 1, 1))
        return {"discovery_recall": ratio(found, sought)}

    @property
    def _is_new(self) -> BoolArray:
        return ~any_of_last(self.panel.won_before[self.panel.rows], YEARS_OF_BEING_NEW)


def discovery_lags(history: History) -> FloatArray:
    """Give the years from first deserving the focus award to first getting it.

    Returns
    -------
        (n_found_deserving,) years, one for each member who deserved it in a judged year without having had it before; 0 in the same year, NaN where the
        list ends without it.
    """
    if history.merit is None:
        return np.empty(0)
    panel, careers = Panel(history, n_memory_years=WINDOW_OF_WAITING), Careers(history)
    is_deserving = np.zeros(len(history.year), dtype=np.bool_)
    is_deserving[panel.rows[panel.deserving == 1]] = True
    never = np.iinfo(np.int64).max
    first_deserved, first_won = (_first_year(careers, flags, never) for flags in (is_deserving, history.is_awarded))
    is_sought = (first_deserved < never) & (first_won >= first_deserved)
    won, deserved = first_won[is_sought], first_deserved[is_sought]
    return np.where(won < never, won - deserved, np.nan)


def _first_year(careers: Careers, is_true: BoolArray, never: int) -> FloatArray:
    """(n_members,) the first year in which a flag holds."""
    table = careers.flags(is_true)
    if not table.shape[1]:
        return np.full(len(table), never)
    return np.where(table.any(axis=1), careers.years.astype(np.int64)[table.argmax(axis=1)], never)
