"""How far a number measured on a list may be off because it rests on these units and not on others: sampling error.

Whole units are the ones drawn, for that is where places are fixed and colleagues compete; units that were merged count with what they became.
Of each number only those units count, as so many, that say something of it (:meth:`~simulator.indicators.family.Family.takes_part`).

Twenty units or more: *bootstrap*
    Units are drawn with replacement; the interval holds the middle 95 % of the values drawn.
Six to nineteen: *randomisation*
    From so few, the bootstrap holds the truth too seldom. The hypothesis tested is that the true value is t: then each unit's part in
    the value lies above t as easily as below it, so that the sign of its distance may be turned over. The interval holds every t that this test does not
    reject at 5 %. No unit need be like another in size or in spread. A unit's part is its jackknife pseudo-value, set so that the mean of all
    is the value measured; the test turned round is the middle 95 % of the means over all subsets of units.
Under six: none
    Five units have 32 patterns of signs, so nothing could be rejected at 5 %.
Often undefined: none
    Where more than 2.5 % of the draws leave the number undefined, or the list without one of its units does, the value hangs on a few units; the draws that are
    left would say how sure it is where they were drawn. Up to 2.5 % such draws are dropped.

After model.md 00.18; J. A. Hartigan, "Using subsample values as typical values", Journal of the American Statistical Association 64 (1969), and
I. A. Canay, J. P. Romano and A. M. Shaikh, "Randomization tests under an approximate symmetry assumption", Econometrica 85 (2017).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator._types import BoolArray, FloatArray

FEWEST_UNITS: Final = 20
"""Units from which on the bootstrap is used."""
FEWEST_UNITS_OF_SIGNS: Final = 6
"""Units from which on the test of signs can reject anything."""
BOOTSTRAP: Final = "bootstrap"
RANDOMISATION: Final = "randomisation"
_TAIL: Final = 0.025
_MOST_UNDEFINED: Final = 0.025
"""Share of the draws up to which those that leave a number undefined are dropped."""
_MOST_UNITS_IN_FULL: Final = 11
"""Up to so many units every subset is taken; of more, as many are drawn as eleven units have."""
_SEED_OF_SUBSETS: Final = 1969


class Interval(NamedTuple):
    """A 95 % interval of sampling error, and how it was found."""

    low: float
    high: float
    method: str


def draw_units(n_units: int, n_draws: int, seed: int) -> FloatArray:
    """Draw units with replacement.

    Returns
    -------
        (n_draws, n_units) how often each unit was drawn; no rows when there are too few units for a bootstrap.
    """
    if n_units < FEWEST_UNITS:
        return np.empty((0, n_units))
    generator = np.random.Generator(np.random.PCG64(seed))
    return generator.multinomial(n_units, np.full(n_units, 1 / n_units), size=n_draws).astype(np.float64)


def sampling_intervals(
    combine: Callable[[FloatArray], Mapping[str, FloatArray]], by_unit: FloatArray, weights: FloatArray, takes_part: Mapping[str, BoolArray]
) -> dict[str, Interval | None]:
    """Find the interval of every number that a family makes of its sums.

    Parameters
    ----------
    combine
        Turns (n, n_components) sums into (n,) values for each name.
    by_unit
        (n_units, n_components) sums of each unit.
    weights
        (n_draws, n_units) of :func:`draw_units`.
    takes_part
        Name → (n_units,) whether the unit says something of it.

    Returns
    -------
        Name → interval, or ``None`` where units drawn leave the number undefined too often; a name is missing where too few units take part.
    """
    n_units = {name: int(is_part.sum()) for name, is_part in takes_part.items()}
    has_draws = len(weights) > 0 and max(n_units.values(), default=0) >= FEWEST_UNITS
    drawn = combine(weights @ by_unit) if has_draws else {}
    intervals: dict[str, Interval | None] = {}
    for name, is_part in takes_part.items():
        if FEWEST_UNITS_OF_SIGNS <= n_units[name] < FEWEST_UNITS:
            intervals[name] = _by_randomisation(combine, name, _join_the_others(by_unit, is_part))
        elif n_units[name] >= FEWEST_UNITS and name in drawn:
            intervals[name] = _by_bootstrap(drawn[name])
    return intervals


def _by_bootstrap(drawn: FloatArray) -> Interval | None:
    """Take the middle 95 % of what was drawn; a value too often undefined has none."""
    kept = drawn[np.isfinite(drawn)]
    if len(kept) < (1 - _MOST_UNDEFINED) * len(drawn):
        return None
    low, high = np.quantile(kept, [_TAIL, 1 - _TAIL])
    return Interval(float(low), float(high), BOOTSTRAP)


def _join_the_others(by_unit: FloatArray, is_part: BoolArray) -> FloatArray:
    """(n_units, n_components) sums of the units that take part, the other units dealt out to them in turn.

    The others say nothing alone, but the value rests on them: leaders of one unit are compared with colleagues of another.
    """
    joined, others = by_unit[is_part].copy(), by_unit[~is_part]
    np.add.at(joined, np.arange(len(others)) % len(joined), others)
    return joined


def _by_randomisation(combine: Callable[[FloatArray], Mapping[str, FloatArray]], name: str, by_unit: FloatArray) -> Interval | None:
    """Turn the test of signs round into an interval; a value that rests on one unit alone has none."""
    n_units = len(by_unit)
    subsets = _subsets(n_units)
    n_cut = math.floor(_TAIL * (len(subsets) + 1))
    total = by_unit.sum(axis=0, keepdims=True)
    whole, left = combine(total)[name][0], combine(total - by_unit)[name]
    if not (np.isfinite(left).all() and np.isfinite(whole)):
        return None
    parts = whole + (n_units - 1) * (left.mean() - left)
    means = np.sort(subsets @ parts / subsets.sum(axis=1))
    return Interval(float(means[n_cut - 1]), float(means[-n_cut]), RANDOMISATION)


def _subsets(n_units: int) -> BoolArray:
    """(n_subsets, n_units) which units each subset holds, the empty one left out."""
    if n_units <= _MOST_UNITS_IN_FULL:
        number = np.arange(1, 2**n_units)
        return (number[:, None] >> np.arange(n_units) & 1).astype(np.bool_)
    number = np.random.Generator(np.random.PCG64(_SEED_OF_SUBSETS)).choice(2**n_units - 1, 2**_MOST_UNITS_IN_FULL - 1, replace=False) + 1
    return (number[:, None] >> np.arange(n_units) & 1).astype(np.bool_)
