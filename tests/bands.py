"""Bands of Monte-Carlo error, narrow enough that an error of 2 % of a quantity falls out of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulator.indicators.family import Family

N_STANDARD_ERRORS = 3
WIDEST_BAND = 0.01
"""A band of 1 % on either side: a quantity that is wrong by 2 % then lies outside unless luck takes back three standard errors."""


def assert_near(value: float, expected: float, standard_error: float) -> None:
    """Hold a quantity to three standard errors, after making sure that the world is large enough for them to be at most 1 % of it."""
    band = N_STANDARD_ERRORS * standard_error
    assert band <= WIDEST_BAND * abs(expected), f"the world is too small: a band of {band:.5f} about {expected:.5f}"
    assert abs(value - expected) <= band, f"{value:.5f} is not {expected:.5f} ± {band:.5f}"


def assert_nothing(value: float, standard_error: float) -> None:
    """Hold a quantity that must be 0, on a scale whose whole range is 1, to three standard errors, at most a hundredth of the scale."""
    band = N_STANDARD_ERRORS * standard_error
    assert band <= WIDEST_BAND, f"the world is too small: a band of {band:.5f}"
    assert abs(value) <= band, f"{value:.5f} is not 0 ± {band:.5f}"


def error_of_share(share: float, n: int) -> float:
    """Give the standard error of a share of n independent trials."""
    return math.sqrt(share * (1 - share) / n)


def value_with_error(family: Family, name: str, n_parts: int = 50) -> tuple[float, float]:
    """Read an indicator off a world of equal units, and its standard error off the spread between parts of the world."""
    by_unit = family.components("unit")
    of_parts = np.add.reduceat(by_unit, np.linspace(0, len(by_unit), n_parts, endpoint=False, dtype=np.int64))
    spread = np.std(family.combine(of_parts)[name], ddof=1)
    return float(family.values()[name]), float(spread / math.sqrt(n_parts))
