"""Tell whether the next award is always a higher one (khen lần sau cao hơn lần trước).

``ratchet_index``
    P(next award higher) − P(next lower), over members whose next award differs in level from the one before; a member's level in a year is the
    highest award of that year. 1: always a step up; 0: up as often as down; −1: always down. Perfect merit without a ladder, when merit is as likely to rise
    as to fall, reads 0 in expectation.

After model.md A.3 with correction 00.19. Awards without a level stand on no ladder and are left out, so ad hoc awards neither raise nor lower it.
Within a year there is no order: titles nested in one year are one step. A missing year breaks the sequence. A ladder without a way down holds the index above 0
even where merit alone decides: it is read beside its lawful best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.careers import Careers
from simulator.indicators.family import TOO_FEW_YEARS, Family, ratio, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray, IndexArray
    from simulator.history import History

NO_LEVELS = "caveat.no-levels"


class RatchetIndex(Family):
    """Steps up beyond steps down."""

    names = ("ratchet_index",)

    def missing(self) -> str | None:
        """Need levels, and a year before one that is judged; the first year of a list has no award before it."""
        if not set(self.panel.history.award_levels) & set(self.panel.history.awards):
            return NO_LEVELS
        return None if len(self.panel.judged_years) and len(self.panel.history.years) > 1 else TOO_FEW_YEARS

    def components(self, by: str) -> FloatArray:
        """Count next awards that were higher, and lower, where the member works when the next one comes."""
        group = self.panel.grouping_of_history(by)
        step = steps_of(self.panel.history) * self.panel.is_judged
        return np.hstack([group.add_up((step > 0).astype(np.float64)), group.add_up((step < 0).astype(np.float64))])

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide the difference by all changes."""
        up, down = (part[:, 0] for part in split(sums, 1, 1))
        return {"ratchet_index": ratio(up - down, up + down)}


def steps_of(history: History) -> IndexArray:
    """Compare the highest award of each row with the member's award before it.

    Returns
    -------
        (n_rows,) int8 levels up (down: negative); 0 where the level is the same, where there is no award, or none before.
    """
    careers = Careers(history)
    level = np.zeros(len(history.year), dtype=np.int8)
    for award, of_award in history.award_levels.items():
        if award in history.awards:
            np.maximum(level, np.where(history.awards[award], of_award, 0).astype(np.int8), out=level)
    table = careers.levels(level)
    step, last = np.zeros_like(table), np.zeros(careers.n_members, dtype=np.int8)
    follows = np.diff(careers.years, prepend=careers.years[:1]) == 1
    for position, current in enumerate(table.T):
        if not follows[position]:
            last[:] = 0
        is_next = (current > 0) & (last > 0)
        step[is_next, position] = current[is_next] - last[is_next]
        last = np.where(current > 0, current, last)
    of_row: IndexArray = step[careers.member, careers.year_index]
    return of_row
