"""Numbers of rules and behaviour, as what they are multiplied with needs them.

Replications that lie side by side live under one regime or each under its own. Where they agree on a number it is one number; where they do not it is a column. Whatever is
worked out of several numbers is worked out of plain ones, regime by regime, before it becomes a column, so that nothing differs from a run of its own by a single bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from simulator._types import IndexArray
    from simulator.model.regime import Regime
    from simulator.replications import SideBySide

    Read: TypeAlias = Callable[[Regime], float]


def of_each(numbers: Iterable[float], dtype: type[np.floating[Any]] = np.float64) -> Any:
    """Give the number of every regime: one number where they agree, else (n_replications,)."""
    first, *others = numbers
    if all(other == first for other in others):
        return first if dtype is np.float64 else dtype(first)  # a plain number leaves columns of 32 bits what they are
    return np.array([first, *others], dtype=dtype)


def of_things(numbers: Iterable[float], things: SideBySide, at: IndexArray | None = None, *, dtype: type[np.floating[Any]] = np.float32) -> Any:
    """Give things of some kind, or those at some positions, the number of the regime they live under: one number where all agree, else a column of as many."""
    number = of_each(numbers, dtype)
    if not isinstance(number, np.ndarray):
        return number
    return things.spread(number) if at is None else things.per_thing(number, at)


def regime_of_each(regimes: Sequence[Regime], n_under_each: Sequence[int]) -> list[Regime]:
    """Give the regime of every replication, or the one of all."""
    return [regime for regime, n in zip(regimes, n_under_each or (1,), strict=True) for _ in range(n)]
