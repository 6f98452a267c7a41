"""Tell how many awards are owed to claims beyond what was achieved.

``awards_owed_to_chasing``
    1 − |A ∩ A₀| / |A|, A the focus awards made and A₀ those of the same year and the same luck had nobody claimed more than was achieved. 0: claims
    decided nothing.

After model.md A.8. Only a simulation knows A₀; on a real list this is undefined, and bunching of marks just above a line is no substitute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import Family, ratio, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray

NO_CLAIMS = "caveat.no-claims"


class AwardsOwedToChasing(Family):
    """The share of awards that would have gone elsewhere without claims."""

    names = ("awards_owed_to_chasing",)

    def missing(self) -> str | None:
        """Need to know who would have won without claims."""
        return NO_CLAIMS if self.panel.history.is_choice_without_claims is None else None

    def components(self, by: str) -> FloatArray:
        """Count awards, and those that claims did not decide."""
        history, group = self.panel.history, self.panel.grouping_of_history(by)
        is_awarded = self.panel.is_judged & history.is_awarded
        is_kept = is_awarded & np.asarray(history.is_choice_without_claims, dtype=np.bool_)
        return np.hstack([group.add_up(is_awarded), group.add_up(is_kept)])

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count awards."""
        return {"awards_owed_to_chasing": round(sums[0])}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        awarded, kept = (part[:, 0] for part in split(sums, 1, 1))
        return {"awards_owed_to_chasing": 1 - ratio(kept, awarded)}
