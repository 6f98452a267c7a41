"""The four-cause picture: of a hundred awards, how many go by merit, by turn, by post, and how many are not explained.

Least squares over candidates: A − p = μ(D − p) + ρ(W − p) + γ(P − p) + error, with D, W and P the shares of a place a
candidate would have if places went by merit, by turn or to the highest posts (model.md A.9, corrections 00.5 and 00.12). The
rest is *unexplained*; it holds honest appraisal noise and is never called chance.

Where the condition number of the design exceeds 30 the causes nearly say the same thing, and the picture carries a caveat. Where a share comes out
below −½ or above 1½, which no way of choosing means, the best fit without negative shares stands in its place, with the same caveat. Replications, which
are averaged, keep the plain fit: cutting each at the bounds would pull their mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.family import Family
from simulator.indicators.panel import WINDOW_OF_WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray
    from simulator.indicators.family import Told

_N_CAUSES = 3
_UPPER = np.triu_indices(_N_CAUSES)
_WORST_CONDITION = 1e9
_CONDITION_WORTH_A_WORD = 30.0
_LOWEST_SHARE, _HIGHEST_SHARE = -0.5, 1.5

CAUSES_ALIKE: Final = "caveat.causes-alike"
OUTSIDE_SHARES: Final = "caveat.outside-shares"
"""Goes with a mean of plain fits that lies outside 0 to 1."""


class AllocationMix(Family):
    """Shares of awards by cause; they add up to 1."""

    names = ("merit", "turn", "post", "unexplained")
    n_memory_years = WINDOW_OF_WAITING
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, memory, and places that somebody did not get."""
        return self._missing_contest()

    def caution(self) -> str | None:
        """Say so where the causes can hardly be told apart."""
        squares, cross, _ = _normal_equations(self.components("all"))
        # The products have the square of the design's condition number.
        if np.linalg.cond(squares[0]) > _CONDITION_WORTH_A_WORD**2 or _is_beyond_reason(np.linalg.solve(squares[0], cross[0])):
            return CAUSES_ALIKE
        return None

    def components(self, by: str) -> FloatArray:
        """Sum the products of the normal equations."""
        panel = self.panel
        group, p = panel.grouping(by), panel.share_awarded
        columns = (panel.deserving, panel.turn, panel.post, panel.is_awarded)

        def product(one: int, other: int) -> FloatArray:
            return group.add_up_each(lambda rows: (columns[one][rows] - p[rows]) * (columns[other][rows] - p[rows]))

        squares = [product(int(i), int(j)) for i, j in zip(*_UPPER, strict=True)]
        return np.hstack([*squares, *(product(_N_CAUSES, cause) for cause in range(_N_CAUSES))])

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count, for each cause, the units in which it points at some rather than at others; the rest is no surer than the cause that does so in the fewest."""
        merit, turn, post = causes = (by_unit[:, : len(_UPPER[0])][:, _UPPER[0] == _UPPER[1]] > 0).T
        rarest = min((cause for cause in causes if cause.any()), key=np.sum, default=merit)
        return {"merit": merit, "turn": turn, "post": post, "unexplained": rarest}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Solve the normal equations; where the causes cannot be told apart or a share is beyond reason, take the best fit without negative shares."""
        return _shares(sums, is_within_reason=True)

    def averages_of(self, told: Told) -> Mapping[str, FloatArray]:
        """Solve the normal equations, whatever the shares; where the causes cannot be told apart, take the best fit without negative shares."""
        return _shares(told.sums, is_within_reason=False)


def _shares(sums: FloatArray, *, is_within_reason: bool) -> Mapping[str, FloatArray]:
    squares, cross, is_anything = _normal_equations(sums)
    parts = np.full((len(sums), _N_CAUSES), np.nan)
    is_distinct = is_anything & (np.linalg.cond(squares) < _WORST_CONDITION)
    parts[is_distinct] = np.linalg.solve(squares[is_distinct], cross[is_distinct, :, None])[:, :, 0]
    is_fitted = is_distinct & ~_is_beyond_reason(parts) if is_within_reason else is_distinct
    for row in np.flatnonzero(is_anything & ~is_fitted):
        parts[row] = _fit_without_negative_shares(squares[row], cross[row])
    merit, turn, post = parts.T
    return {"merit": merit, "turn": turn, "post": post, "unexplained": 1 - merit - turn - post}


def _normal_equations(sums: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Give (n, 3, 3) products of the causes, (n, 3) products with the awards, and (n,) whether there is anything to fit."""
    n_products = len(_UPPER[0])
    squares = np.zeros((len(sums), _N_CAUSES, _N_CAUSES))
    squares[:, _UPPER[0], _UPPER[1]] = sums[:, :n_products]
    squares[:, _UPPER[1], _UPPER[0]] = sums[:, :n_products]
    is_anything = np.asarray(squares.any(axis=(1, 2)))
    # A cause without any variation (a list without leaders) explains nothing; the others are fitted as ever.
    own = np.diagonal(squares, axis1=1, axis2=2)
    squares += np.eye(_N_CAUSES) * np.where(own == 0, np.maximum(own.max(axis=1, keepdims=True), 1.0), 0.0)[:, None, :]
    return squares, sums[:, n_products:], is_anything


def _is_beyond_reason(parts: FloatArray) -> BoolArray:
    """(…,) whether a share of (…, 3), or what they leave unexplained, lies outside −½ to 1½; what is not fitted does not."""
    shares = np.concatenate([parts, 1 - parts.sum(axis=-1, keepdims=True)], axis=-1)
    return np.asarray(((shares < _LOWEST_SHARE) | (shares > _HIGHEST_SHARE)).any(axis=-1))


def _fit_without_negative_shares(squares: FloatArray, cross: FloatArray) -> FloatArray:
    """Minimise x'Sx − 2c'x over x ≥ 0; S may be singular.

    If the same leaders win every year, "not their turn" and "their post" say the same thing with opposite signs: without
    negative shares, it is the post.
    """
    spread, directions = np.linalg.eigh(squares)
    from scipy.optimize import nnls  # noqa: PLC0415  # slow to load; who only reads results, as a report does, needs none

    is_used = spread > spread.max() / _WORST_CONDITION
    root = np.sqrt(spread[is_used])
    design = root[:, None] * directions[:, is_used].T
    shares: FloatArray = nnls(design, directions[:, is_used].T @ cross / root)[0]
    return shares
