"""Bound excess inflation where ratings hide how merit changed.

A rating of a few classes does not tell whether people moved inside their class; a rating with a cap does not tell what happened above it; and a rating whose top
fills up may have been given more freely. So the growth of merit, and with it ``excess_inflation``, is not identified (model.md correction 00.10). Two things
are assumed: in year 0 better ratings did not lower the award points expected, g(c) of class c (made so by isotonic regression), and nobody deserves more points
than the most anybody got in year 0.

- *Most favourable:* ratings mean what they meant, and everybody has risen inside the class to the standing of the class above:
  V*_T = Σ_c n_c g(c + 1), and for the highest class the most anybody got.
- *Least favourable:* no gain in ratings is a gain in merit: V*_T = V*_0; or, where ratings fell, V*_T = Σ_c n_c g(c).

Marks with many values that pile up at the top are read in steps of 1/8 standard deviation of year 0, so little is hidden below the top. The bounds hold no
sampling error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from simulator._types import FloatArray, IndexArray

NOT_IDENTIFIED = "caveat.not-identified"
FEW_VALUES: Final = 10
"""So many different values of merit are ratings, not marks, unless each of a few people has one of their own."""
PILED_UP: Final = 0.05
"""So large a share at the highest value of either year shows that marks stop there, if it is not one person alone."""
_FEWEST_IN_A_PILE: Final = 2
"""On a list of twenty the best alone are that share."""
_STEP: Final = 0.125


class Standing(NamedTuple):
    """Merit and award points of one year.

    Attributes
    ----------
    merit
        (n,) known merit.
    points
        (n,) award points.
    """

    merit: FloatArray
    points: FloatArray


def hides_change(before: Standing, later: Standing) -> bool:
    """Say whether merit has few different values in two years together, which several share, or piles up at the highest of them."""
    if not len(before.merit) or not len(later.merit):
        return False
    highest = max(before.merit.max(), later.merit.max())
    at_the_top = [(int((year.merit == highest).sum()), len(year.merit)) for year in (before, later)]
    is_piled_up = any(n_top >= _FEWEST_IN_A_PILE and n_top >= PILED_UP * n for n_top, n in at_the_top)
    n_values = _n_values(before, later)
    return is_piled_up or (n_values <= FEW_VALUES and n_values < len(before.merit) + len(later.merit))


def bound_excess(before: Standing, later: Standing) -> tuple[float, float | None] | None:
    """Bound ln(V_T/V_0) − ln(V*_T/V*_0), over the whole period.

    Parameters
    ----------
    before, later
        Year 0, and the year compared with it.

    Returns
    -------
        The most and the least favourable value, or ``None`` where one of the years has no award points. The second is ``None`` where ratings fell so far that
        nobody would deserve anything: then there is no upper bound.
    """
    if not before.points.any() or not later.points.any():
        return None
    growth = float(np.log(later.points.mean() / before.points.mean()))
    class_before, class_later, n_classes = _classes(before, later)
    from scipy.optimize import isotonic_regression  # noqa: PLC0415  # slow to load; who only reads results, as a report does, needs none

    n_before = np.bincount(class_before, minlength=n_classes)
    is_used = n_before > 0  # classes nobody had in year 0 take the standing of those around them
    points = np.bincount(class_before, weights=before.points, minlength=n_classes)[is_used] / n_before[is_used]
    fitted = isotonic_regression(points, weights=n_before[is_used]).x
    used = np.flatnonzero(is_used)
    above = np.append(fitted, before.points.max())[np.searchsorted(used, class_later, side="right")]
    at = np.append(0.0, fitted)[np.searchsorted(used, class_later, side="right")]
    deserved_before = float(before.points.mean())
    favourable = max(float(above.mean()), deserved_before)
    unfavourable = min(float(at.mean()), deserved_before)
    highest = growth - float(np.log(unfavourable / deserved_before)) if unfavourable > 0 else None
    return growth - float(np.log(favourable / deserved_before)), highest


def _n_values(before: Standing, later: Standing) -> int:
    return len(np.unique(np.concatenate([before.merit, later.merit])))


def _classes(before: Standing, later: Standing) -> tuple[IndexArray, IndexArray, int]:
    """Give numbers to the classes of merit of two years, 0 to the lowest: each value of a rating, each step of marks."""
    merit = np.concatenate([before.merit, later.merit])
    if _n_values(before, later) > FEW_VALUES:
        merit = np.where(merit == merit.max(), np.inf, np.floor(merit / ((before.merit.std() or 1.0) * _STEP)))  # the top stands alone
    values, position = np.unique(merit, return_inverse=True)
    position = position.reshape(-1)
    return position[: len(before.merit)], position[len(before.merit) :], len(values)
