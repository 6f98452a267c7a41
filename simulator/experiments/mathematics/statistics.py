"""Intervals of paired replications, corrections for many comparisons, and the words *clear*, *small*, *not clear*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import FloatArray

Verdict: TypeAlias = Literal["clear", "small", "not clear"]

LEVEL: Final = 0.05
LEAST_SHARE_DEFINED: Final = 0.5
"""A difference that is defined in a smaller part of the replications is *not clear*, whatever its interval."""
PRIMARY: Final = ("turn_taking_index", "equal_opportunity_difference", "excess_inflation")
"""Declared beforehand; corrected by Holm among themselves. All others are corrected by Benjamini–Hochberg."""
COMPARED: Final = (*PRIMARY, "merit_kappa")
"""What comparisons show and studies of many runs follow: those declared beforehand, and the agreement with merit."""
_ROUNDING_ERROR: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over replications with its standard error.

    Attributes
    ----------
    value
        Mean over the replications in which the number is defined; NaN when there is none.
    error
        Standard error of the mean; NaN with fewer than two.
    n
        Replications in which the number is defined.
    """

    value: float
    error: float
    n: int

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """Give the two-sided interval by Student's t: (low, high), NaN with fewer than two replications."""
        from scipy.special import stdtrit  # noqa: PLC0415  # a slow import; who only reads results does without

        half = self.error * float(stdtrit(max(self.n - 1, 1), 1 - level / 2))
        return self.value - half, self.value + half

    @property
    def p_value(self) -> float:
        """Two-sided p-value against 0; 1 when the mean is 0 in every replication, NaN when undefined."""
        if not np.isfinite(self.error):
            return float("nan")
        if self.error <= _ROUNDING_ERROR:
            return 1.0 if abs(self.value) <= _ROUNDING_ERROR else 0.0
        from scipy.special import stdtr  # noqa: PLC0415  # as above

        return float(2 * stdtr(self.n - 1, -abs(self.value) / self.error))


def mean_of(values: Sequence[float] | FloatArray) -> Mean:
    """Average replications, leaving out those in which the number is undefined."""
    defined = np.asarray(values, dtype=np.float64)
    defined = defined[np.isfinite(defined)]
    n = len(defined)
    if n == 0:
        return Mean(float("nan"), float("nan"), 0)
    error = float(defined.std(ddof=1) / n**0.5) if n > 1 else float("nan")
    return Mean(float(defined.mean()), error, n)


def adjusted_levels(p_values: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Correct for looking at many indicators.

    Parameters
    ----------
    p_values
        Indicator → p-value of its difference; NaN where undefined.

    Returns
    -------
        Indicator → (adjusted p-value, level of the interval that belongs to it): the interval at that level excludes 0 exactly
        when the adjusted p-value is below 0.05.
    """
    defined = {name: p for name, p in p_values.items() if np.isfinite(p)}
    primary = {name: p for name, p in defined.items() if name in PRIMARY}
    others = {name: p for name, p in defined.items() if name not in PRIMARY}
    return holm(primary) | _benjamini_hochberg(others)


def verdict(low: float, high: float, value: float, margin: float) -> Verdict:
    """Say what a difference shows.

    *clear*: the interval excludes 0 and the difference reaches the margin; *small*: the interval lies inside ±margin, or there is no difference in any
    replication; *not clear*: all else, undefined included.
    """
    if not np.isfinite([low, high, value]).all():
        return "not clear"
    if max(abs(low), abs(high)) <= _ROUNDING_ERROR:
        return "small"
    if (low > 0 or high < 0) and abs(value) >= margin:
        return "clear"
    if -margin < low and high < margin:
        return "small"
    return "not clear"


def judged(mean: Mean, of: int, margin: float, level: float = LEVEL) -> Verdict:
    """Say what the mean of ``of`` paired differences shows, by its interval at a level; *not clear* where fewer than half of them are defined."""
    return verdict(*mean.interval(level), mean.value, margin) if mean.n >= LEAST_SHARE_DEFINED * of else "not clear"


def holm(p_values: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Correct p-values, all of them defined, by Holm; what is returned is as of :func:`adjusted_levels`."""
    adjusted: dict[str, tuple[float, float]] = {}
    worst, level, last = 0.0, LEVEL, float("nan")
    n = len(p_values)
    for rank, (name, p) in enumerate(sorted(p_values.items(), key=lambda item: item[1])):
        # After the first that does not pass nothing may pass, so the rest keep the level at which the procedure stopped; equals have equal levels.
        level = LEVEL / (n - rank) if worst < LEVEL and p != last else level
        worst, last = max(worst, min(1.0, (n - rank) * p)), p
        adjusted[name] = (worst, level)
    return adjusted


def _benjamini_hochberg(p_values: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    if not p_values:
        return {}
    p = np.array(list(p_values.values()))
    order = np.argsort(p)[::-1]
    # What scipy.stats calls false_discovery_control, whose module alone takes longer to load than a scenario.
    corrected = np.empty_like(p)
    corrected[order] = np.clip(np.minimum.accumulate(p[order] * (len(p) / np.arange(len(p), 0, -1))), 0, 1)
    n_found = int((corrected < LEVEL).sum())
    level = LEVEL * max(n_found, 1) / len(p_values)
    return {name: (float(each), level) for name, each in zip(p_values, corrected, strict=True)}
