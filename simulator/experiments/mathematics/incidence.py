"""Which part has arrived after so many years: the cumulative incidence of Kaplan and Meier over all replications, with intervals that stay between 0 and 1.

Who leaves is followed until then. Replications are drawn independently, members of one are not: intervals leave out one replication after the other (the
jackknife) and lie on the scale log(−log(1 − part)).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.mathematics.statistics import LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray, IndexArray
    from simulator.indicators.ladder_flow import StepOutcome

FEWEST_ARRIVED: Final = 5
"""Of fewer who arrive in all replications together no part is told."""
_HALF: Final = 0.5
_ROUNDING: Final = 1e-12


@dataclass(frozen=True)
class Incidence:
    """Who could be seen to arrive, and who did: (n_replications, n_years) counts, by years since the start."""

    at_risk: IndexArray
    arrived: IndexArray

    @classmethod
    def of(cls, outcomes: Sequence[StepOutcome]) -> Incidence:
        """Put together what the replications gave."""
        at_risk = np.array([outcome.at_risk for outcome in outcomes], dtype=np.int64)
        return cls(at_risk, np.array([outcome.arrived for outcome in outcomes], dtype=np.int64))

    @cached_property
    def curve(self) -> FloatArray:
        """(n_years,) part that has arrived, all replications together; NaN where nobody can be seen any more."""
        return _curve(self.at_risk.sum(axis=0), self.arrived.sum(axis=0))

    @cached_property
    def without_one(self) -> FloatArray:
        """(n_replications, n_years) the same without each replication in turn."""
        return _curve(self.at_risk.sum(axis=0) - self.at_risk, self.arrived.sum(axis=0) - self.arrived)

    @cached_property
    def intervals(self) -> FloatArray:
        """(2, n_years) low and high ends; NaN where they cannot be told: where nobody or everybody arrives, or only those of one replication do."""
        with np.errstate(divide="ignore", invalid="ignore"):
            value, others = np.log(-np.log1p(-self.curve)), np.log(-np.log1p(-self.without_one))
            half = _half_width(others)
            ends: FloatArray = -np.expm1(-np.exp(np.stack([value - half, value + half])))
        return ends

    @property
    def observed_years(self) -> int:
        """The longest time after which anybody could be seen; 0 where nobody was followed."""
        return max(int(np.count_nonzero(self.at_risk.sum(axis=0))) - 1, 0)

    def at(self, years: int) -> float:
        """Give the part that has arrived after so many years."""
        return float(self.curve[years])

    def n_at_risk(self, years: int) -> int:
        """Count who can be seen so many years later and did not arrive before, in all replications."""
        return int(self.at_risk[:, years].sum())

    def n_arrived(self, years: int) -> int:
        """Count who arrives within so many years, in all replications."""
        return int(self.arrived[:, : years + 1].sum())

    def n_known_with(self, other: Incidence, years: int) -> int:
        """Count the replications in which somebody can be seen so many years later here and in the other."""
        return int(((self._is_known(years)) & (other._is_known(years))).sum())

    def is_enough(self, years: int) -> bool:
        """Whether enough arrive within so many years, in enough replications, to tell a part."""
        if not self.at_risk.shape[1] or self.n_arrived(years) < FEWEST_ARRIVED or 2 * self.n_known_with(self, years) < len(self.at_risk):
            return False
        return bool(np.isfinite(self.intervals[:, years]).all()) or self.at(years) > 1 - _ROUNDING

    def interval(self, years: int) -> tuple[float | None, float | None]:
        """Give the 95 % interval of the part; None where everybody arrives."""
        low, high = self.intervals[:, years].tolist()
        # Going to the other scale and back may round past the part itself.
        return (min(low, self.at(years)), max(high, self.at(years))) if np.isfinite(low) and np.isfinite(high) else (None, None)

    def difference(self, reference: Incidence, years: int) -> tuple[float, float | None, float | None]:
        """Give the difference from a reference on the same replications, and its 95 % interval, which stays between −1 and 1."""
        value = self.at(years) - reference.at(years)
        half = float(_half_width(self.without_one[:, years] - reference.without_one[:, years]))
        return (value, max(value - half, -1.0), min(value + half, 1.0)) if np.isfinite(half) else (value, None, None)

    def median(self) -> tuple[int | None, int | None, int | None]:
        """Give the year in which half have arrived, and its 95 % interval: the years in which the ends of the curve's interval pass the half.

        The median is not told where fewer than half arrive, or where too few do; an end is not told where it lies beyond the years that can be seen.
        """
        median = _first_half(self.curve)
        return (
            (median, _first_half(self.intervals[1]), _first_half(self.intervals[0])) if median is not None and self.is_enough(median) else (None,) * 3
        )

    def _is_known(self, years: int) -> np.ndarray:
        return self.at_risk[:, years] > 0


def _curve(at_risk: IndexArray, arrived: IndexArray) -> FloatArray:
    """Give 1 − Π (1 − arrived / at risk); where nobody is at risk the last part stays if it is 1, and is not known otherwise."""
    stays = 1.0 - np.divide(arrived, at_risk, out=np.zeros(at_risk.shape), where=at_risk > 0)
    part: FloatArray = 1.0 - np.cumprod(stays, axis=-1)
    part[(at_risk == 0) & (part < 1)] = np.nan
    return part


def _half_width(without_one: FloatArray) -> FloatArray:
    """Give half the 95 % interval from what is left without each replication: (n_replications, …) → (…)."""
    from scipy.special import stdtrit  # noqa: PLC0415  # a slow import; who only reads results does without

    n = len(without_one)
    if n == 1:
        return np.full(without_one.shape[1:], np.nan)
    error = np.sqrt((n - 1) / n * ((without_one - without_one.mean(axis=0)) ** 2).sum(axis=0))
    half: FloatArray = np.asarray(error * float(stdtrit(n - 1, 1 - LEVEL / 2)))
    return half


def _first_half(part: FloatArray) -> int | None:
    is_half = np.flatnonzero(np.nan_to_num(part) >= _HALF - _ROUNDING)
    return int(is_half[0]) if len(is_half) else None
