"""Merit alignment: how far awards and merit agree, beside the best that noisy appraisal allows.

``merit_kappa``
    κ = Σ(|A∩D| − ad/n) / Σ(min(a,d) − ad/n), summed over unit-years; 1 when the best are awarded, 0 under a lottery.
``merit_ceiling``
    The same κ for those who would have been chosen by merit seen through the appraisers' noise alone, without turn, post,
    prestige or claims: what this appraisal could reach at most.

After model.md A.4 with correction 00.11. As many are called deserving as were awarded, so d = a.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from simulator.indicators.family import NO_RELIABILITY, Family, ratio, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray


class MeritKappa(Family):
    """Agreement of awards and merit."""

    names: ClassVar[tuple[str, ...]] = ("merit_kappa",)
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, and places that somebody did not get."""
        return self._missing_contest()

    def caution(self) -> str | None:
        """Say so where many places are shared by equals."""
        return self._caution_of_ties()

    def components(self, by: str) -> FloatArray:
        """Sum the agreement beyond chance, and the most it could be."""
        panel = self.panel
        group, deserving, share, chosen = panel.grouping(by), panel.deserving, panel.share_awarded, self._chosen()
        agreement = group.add_up_each(lambda rows: chosen[rows] * deserving[rows] - deserving[rows] * share[rows])
        most = group.add_up_each(lambda rows: deserving[rows] - deserving[rows] * share[rows])
        return np.hstack([agreement, most])

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Divide."""
        agreement, most = split(sums, 1, 1)
        return {self.names[0]: ratio(agreement[:, 0], most[:, 0])}

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count places of contested unit-years, for which there are as many deserving."""
        del sums
        return {self.names[0]: int(self.panel.is_awarded.sum())}

    def _chosen(self) -> BoolArray:
        return self.panel.is_awarded


class MeritCeiling(MeritKappa):
    """Agreement that appraisal noise alone would allow."""

    names = ("merit_ceiling",)

    def missing(self) -> str | None:
        """Need to know how reliable appraisal is; real lists do not say."""
        return NO_RELIABILITY if self.panel.history.is_noise_choice is None else super().missing()

    def _chosen(self) -> BoolArray:
        choice = self.panel.history.is_noise_choice
        assert choice is not None  # noqa: S101 - ``missing`` has said so; this tells mypy
        return choice[self.panel.rows]
