"""How few repeats chance would give: the years of each unit in random order.

Within one unit with T years let c_st be how many won in both s and t. In a random order the repeats are R = Σ c over pairs of years that
come to stand in sequence, n_e of them. With S = Σ c and Q = Σ c² over ordered pairs of different years, and r_s = Σ_t c_st:

- E R = n_e S / T(T − 1);
- E R² = n_e Q / T(T − 1) + 2 n_a (Σ r² − Q) / T(T − 1)(T − 2) + 2 n_d (S² − 4 Σ r² + 2 Q) / T(T − 1)(T − 2)(T − 3),

with n_a the pairs of sequences that share a year and n_d those that share none. These moments are exact; the p-value is that of a normal
distribution with their sums over units (model.md 00.6).
"""

from __future__ import annotations

import math
from itertools import combinations
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import ratio

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray


def spread_of_repeats(won: BoolArray, unit_of_member: IndexArray, is_listed: BoolArray, years: IndexArray) -> FloatArray:
    """Give the variance of each unit's repeats when its years come in random order.

    Parameters
    ----------
    won
        (n_members, n_years) who won when.
    unit_of_member
        (n_members,) the unit each member is counted in.
    is_listed
        (n_units, n_years) the years each unit has a list for.
    years
        (n_years,) calendar years, ascending; only years that follow one another make a repeat.

    Returns
    -------
        (n_units,) variances, in repeats squared.
    """
    n_units, n_years = is_listed.shape
    may_repeat = won.sum(axis=1) > 1
    won, unit_of_member = won[may_repeat], unit_of_member[may_repeat]
    squares, rows = np.zeros(n_units), np.zeros((n_units, n_years))
    for s, t in combinations(range(n_years), 2):
        both = np.bincount(unit_of_member[won[:, s] & won[:, t]], minlength=n_units).astype(np.float64)
        squares += 2 * both**2
        rows[:, s] += both
        rows[:, t] += both
    everything, of_rows = rows.sum(axis=1), (rows**2).sum(axis=1)
    n = is_listed.sum(axis=1).astype(np.float64)
    sequences = is_listed[:, 1:] & is_listed[:, :-1] & (np.diff(years) == 1)
    n_sequences = sequences.sum(axis=1).astype(np.float64)
    n_sharing = (sequences[:, 1:] & sequences[:, :-1]).sum(axis=1).astype(np.float64)
    n_apart = n_sequences * (n_sequences - 1) / 2 - n_sharing
    pairs = n * (n - 1)
    mean = n_sequences * ratio(everything, pairs)
    mean_square = (
        n_sequences * ratio(squares, pairs)
        + 2 * n_sharing * np.nan_to_num(ratio(of_rows - squares, pairs * (n - 2)))
        + 2 * n_apart * np.nan_to_num(ratio(everything**2 - 4 * of_rows + 2 * squares, pairs * (n - 2) * (n - 3)))
    )
    variance: FloatArray = np.clip(np.nan_to_num(mean_square - mean**2), 0.0, None)
    return variance


def chance_of_so_few(observed: float, expected: float, variance: float) -> float:
    """Give the chance of at most so many repeats (normal, corrected by half a repeat); NaN where every order gives as many."""
    rounding = 1e-9
    if not variance > rounding:
        return math.nan
    return NormalDist().cdf((observed - expected + 0.5) / math.sqrt(variance))
