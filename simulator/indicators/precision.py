"""Merit alignment, plainly: of the places given, the share given to the deserving.

``precision_at_k``
    P@k = Σ|A∩D| / Σk over contested unit-years. 1 when the best are awarded, k/n in expectation under a lottery. As many are called deserving as
    were awarded, so it is precision and recall in one; equals at the cut count with their shares of the places.

After model.md A.4. It rises with the quota by itself; :mod:`~simulator.indicators.merit_alignment` gives what lies beyond chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import Family, ratio, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray


class PrecisionAtK(Family):
    """The share of places given to the deserving."""

    names = ("precision_at_k",)
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, and places that somebody did not get."""
        return self._missing_contest()

    def caution(self) -> str | None:
        """Say so where many places are shared by equals."""
        return self._caution_of_ties()

    def components(self, by: str) -> FloatArray:
        """Count the deserving among the awarded, and the awarded."""
        panel = self.panel
        group, awarded, deserving = panel.grouping(by), panel.is_awarded, panel.deserving
        return np.hstack([group.add_up_each(lambda rows: awarded[rows] * deserving[rows]), group.add_up(awarded)])

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count places of contested unit-years."""
        return {"precision_at_k": round(sums[1])}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        hits, awarded = (part[:, 0] for part in split(sums, 1, 1))
        return {"precision_at_k": ratio(hits, awarded)}
