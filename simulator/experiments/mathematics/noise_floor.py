"""What is told from luck, when many differences are looked at together: by the paired changes themselves, and by how far luck alone moves them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from simulator.experiments.mathematics.statistics import LEAST_SHARE_DEFINED

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray

_FEWEST: int = 2
"""No spread without two."""


def noise_floor(dummies: FloatArray, replications: FloatArray | int, level: float) -> FloatArray:
    """Give how far the mean of so many replications moves, in all but ``level`` of the cases, when nothing but luck is another.

    Parameters
    ----------
    dummies
        (n_dummies, …) the same differences on so many lucks.
    replications
        Replications of the mean, and of that from which it is told.
    level
        Share of the cases in which it moves further.

    Returns
    -------
        (…) the floor; NaN with fewer than two defined dummies.
    """
    n, _, spread = _moments(dummies)
    return _quantile(n, level) * spread * (2 / np.maximum(replications, 1)) ** 0.5


def is_told_from_luck(changes: FloatArray, dummies: FloatArray, level: float) -> BoolArray:
    """Say whether the mean change is told from luck: its paired interval at this level excludes 0, and luck alone moves the mean less far.

    A change that is defined in fewer than half of the pairs is not told.

    Parameters
    ----------
    changes
        (n, …) paired changes.
    dummies
        As in :func:`noise_floor`.
    level
        Share of the cases in which luck alone would pass.
    """
    n, mean, spread = _moments(changes)
    is_paired = np.abs(mean) > _quantile(n, level) * spread / np.maximum(n, 1) ** 0.5
    return np.asarray((n >= LEAST_SHARE_DEFINED * len(changes)) & is_paired & (np.abs(mean) > noise_floor(dummies, n, level)))


def _moments(values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give how many are defined, their mean and their standard deviation, along the first axis."""
    defined = np.where(np.isfinite(values), values, np.nan)
    n = np.isfinite(defined).sum(axis=0)
    with warnings.catch_warnings():  # of nothing, or of one: NaN, as it should be
        warnings.simplefilter("ignore", RuntimeWarning)
        return n, np.nanmean(defined, axis=0), np.where(n >= _FEWEST, np.nanstd(defined, axis=0, ddof=1), np.nan)


def _quantile(n: FloatArray, level: float) -> FloatArray:
    return np.asarray(stdtrit(np.maximum(n - 1, 1), 1 - level / 2))
