"""How far several people agree in their marks.

Krippendorff's α for numbers is written after K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011); the intraclass correlation ICC(2,1), the
reliability of one appraiser drawn at random, and its interval after P. E. Shrout and J. L. Fleiss, *Intraclass Correlations: Uses in Assessing Rater
Reliability*, Psychological Bulletin 86 (1979). The tests hold the worked examples of both.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.widgets.training.readings import Reading

if TYPE_CHECKING:
    from simulator._types import FloatArray

_LEVEL: Final = 0.05
_FEWEST: Final = 2
_NOISE: Final = 1e-12
"""What floating-point arithmetic leaves of sums of squares that are nothing."""


def krippendorff_alpha(marks: FloatArray) -> float:
    """Give Krippendorff's α for numbers.

    Parameters
    ----------
    marks
        (n_appraisers, n_files) marks; NaN where somebody did not mark a file.

    Returns
    -------
        1 where all agree, 0 where they agree as by chance; NaN where nothing can be compared.
    """
    marks = np.asarray(marks, dtype=np.float64)
    n_marks = np.isfinite(marks).sum(axis=0)
    marks, n_marks = marks[:, n_marks >= _FEWEST], n_marks[n_marks >= _FEWEST]
    n = int(n_marks.sum())
    if n < _FEWEST:
        return math.nan
    observed = float((2 * n_marks * (np.nanvar(marks, axis=0) * n_marks) / (n_marks - 1)).sum()) / n
    every = marks[np.isfinite(marks)]
    expected = 2 * n * float(every.var()) * n / (n * (n - 1))
    return 1 - observed / expected if expected > 0 else math.nan


def single_appraiser_reliability(marks: FloatArray) -> Reading:
    """Give ICC(2,1): which part of the variance of one appraiser's marks is that of the files, with its 95 % interval.

    Parameters
    ----------
    marks
        (n_appraisers, n_files), all of them given.
    """
    table = np.asarray(marks, dtype=np.float64).T
    n, k = table.shape
    if n < _FEWEST or k < _FEWEST:
        return Reading(math.nan, math.nan, math.nan)
    mean = table.mean()
    of_files = k * float(((table.mean(axis=1) - mean) ** 2).sum()) / (n - 1)
    of_appraisers = n * float(((table.mean(axis=0) - mean) ** 2).sum()) / (k - 1)
    whole = float(((table - mean) ** 2).sum())
    rest = (whole - (n - 1) * of_files - (k - 1) * of_appraisers) / ((n - 1) * (k - 1))
    below = of_files + (k - 1) * rest + k * (of_appraisers - rest) / n
    rest = 0.0 if rest <= _NOISE * whole else rest
    if below <= 0:
        return Reading(math.nan, math.nan, math.nan)
    if rest == 0 and of_appraisers <= _NOISE * whole:
        return Reading.exactly(1.0)
    value = (of_files - rest) / below
    return Reading(value, *_interval(of_files, of_appraisers, rest, n, k, value))


def _interval(of_files: float, of_appraisers: float, rest: float, n: int, k: int, value: float) -> tuple[float, float]:
    from scipy.special import fdtri  # noqa: PLC0415 - a slow import

    own, others = k * value * of_appraisers, (n * (1 + (k - 1) * value) - k * value) * rest  # nothing is divided by the rest: it may be nothing
    freedom = (k - 1) * (n - 1) * (own + others) ** 2 / ((n - 1) * own**2 + others**2)
    upper = float(fdtri(n - 1, freedom, 1 - _LEVEL / 2))
    lower = float(fdtri(freedom, n - 1, 1 - _LEVEL / 2))
    scale = k * of_appraisers + (k * n - k - n) * rest
    low = n * (of_files - upper * rest) / (upper * scale + n * of_files)
    high = n * (lower * of_files - rest) / (scale + n * lower * of_files)
    return low, high
