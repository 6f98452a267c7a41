"""Tell how far the places are used, and how many of the nominated are approved (tràn lan as a level).

``fill_rate``
    Focus awards / places the rules allowed, over the judged years; 1: every place is used. Above 1 where awards were made outside the places.
``approval_rate``
    Of those whose file for the focus award reached a council, the share awarded.

After model.md correction 00.10. Neither needs merit; both need a list that tells places, or nominations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import Family, ratio, split
from simulator.lookups import stretches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray

NO_PLACES = "caveat.no-places"
NO_NOMINATIONS = "caveat.no-nominations"


class FillRate(Family):
    """Awards made of places allowed."""

    names = ("fill_rate",)

    def missing(self) -> str | None:
        """Need the places."""
        return NO_PLACES if self.panel.history.place_share is None else None

    def components(self, by: str) -> FloatArray:
        """Sum awards and places; rows whose places are not known count in neither."""
        history, group = self.panel.history, self.panel.grouping_of_history(by)
        places, is_judged = history.place_share, self.panel.is_judged
        assert places is not None  # noqa: S101 - ``missing`` has said so; this tells mypy
        awarded = is_judged & history.is_awarded
        for rows in stretches(len(places)):
            awarded[rows] &= ~np.isnan(places[rows])
        return np.hstack(
            [group.add_up(awarded), group.add_up_each(lambda rows: np.nan_to_num(np.asarray(places[rows], dtype=np.float64)) * is_judged[rows])]
        )

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count places."""
        return {"fill_rate": round(sums[1])}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        awarded, places = (part[:, 0] for part in split(sums, 1, 1))
        return {"fill_rate": ratio(awarded, places)}


class ApprovalRate(Family):
    """Awarded of nominated."""

    names = ("approval_rate",)

    def missing(self) -> str | None:
        """Need the nominations."""
        return NO_NOMINATIONS if self.panel.history.is_nominated is None else None

    def components(self, by: str) -> FloatArray:
        """Count the nominated, and the awarded among them."""
        history, group = self.panel.history, self.panel.grouping_of_history(by)
        is_nominated = self.panel.is_judged & np.asarray(history.is_nominated, dtype=np.bool_)
        is_approved = is_nominated & history.is_awarded
        return np.hstack([group.add_up(is_approved), group.add_up(is_nominated)])

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count nominations."""
        return {"approval_rate": round(sums[1])}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        approved, nominated = (part[:, 0] for part in split(sums, 1, 1))
        return {"approval_rate": ratio(approved, nominated)}
