"""The smallest change that satisfies a judge: fewest columns first, then the least sum of what each change costs.

Nothing here knows a rule. A lever is a column with the values it could take, nearest first; a judge says of many combinations at once which of them
are enough. Where a lever only ever helps more the further it is moved, the least move that is enough is bisected, so a column of a thousand steps
costs ten questions. Where it may overshoot (a class in the middle, a bound from above), its values are gone through one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb, prod
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray

MOST_AT_ONCE: Final = 50_000
"""Combinations a judge is asked about in one go."""
MOST_PREFIXES: Final = 200_000
"""Combinations of the levers before the bisected one that are gone through exactly; beyond, they are thinned out and the answer is marked so."""
MOST_SINGLES: Final = 2_000_000
"""Values of single levers that are gone through one by one where none may be bisected."""
MOST_IN_DOUBT: Final = 3
"""Where more may be too much, so many columns are tried together value by value, whatever their strongest values say."""
MOST_SUBSETS: Final = 10_000
"""Subsets of one size that are all looked at; beyond, only the one of the most promising levers."""
_DIGITS: Final = 12


@dataclass(frozen=True)
class Lever:
    """A column that could be changed.

    Attributes
    ----------
    column
        Its id.
    costs
        (n + 1,) what each value costs, dearer and dearer; position 0 is no change and costs nothing.
    is_monotone
        Whether a dearer value is enough whenever a cheaper one is, all else equal.
    strongest
        Position of the value that helps most.
    promise
        How much that value helps by itself; says which levers to look at where there are too many, and nothing else.
    """

    column: str
    costs: FloatArray
    is_monotone: bool
    strongest: int
    promise: float = 0.0

    @property
    def n_values(self) -> int:
        """Values it could take, apart from the one it has."""
        return len(self.costs) - 1


@dataclass(frozen=True)
class Found:
    """The smallest change: for each lever moved, its position and the position of its value; and whether nothing smaller was left untried."""

    moves: tuple[tuple[int, int], ...]
    is_exact: bool = True


def find_smallest(levers: Sequence[Lever], judge: Callable[[IndexArray], BoolArray]) -> Found | None:
    """Find the smallest change that is enough.

    Parameters
    ----------
    levers
        In the order in which ties are settled.
    judge
        Takes (n_combinations, n_levers) positions of values, 0 for no change, and tells which combinations are enough.
    """
    search = _Search(tuple(levers), judge)
    for size in range(1, len(levers) + 1):
        found = search.among_subsets_of(size)
        if found is not None:
            return found
        if size >= search.n_in_doubt and not search.is_enough_at_most():
            return None
    return None


class _Search:
    """One search: its levers, its judge."""

    def __init__(self, levers: tuple[Lever, ...], judge: Callable[[IndexArray], BoolArray]) -> None:
        self.levers = levers
        self.judge = judge

    @property
    def n_in_doubt(self) -> int:
        """So many columns are tried together even where everything at its strongest would not be enough: it may overshoot."""
        return 2 if all(lever.is_monotone for lever in self.levers) else MOST_IN_DOUBT

    def is_enough_at_most(self) -> bool:
        """Tell whether everything moved as far as it helps would be enough."""
        return bool(self._judge_all(np.array([[lever.strongest for lever in self.levers]], dtype=np.int64))[0])

    def among_subsets_of(self, size: int) -> Found | None:
        """Find the smallest change of exactly so many columns."""
        if comb(len(self.levers), size) > MOST_SUBSETS:
            subsets = [self._strongest_subset(size)]
            is_exact = False
        else:
            subsets = list(combinations(range(len(self.levers)), size))
            is_exact = True
        if size > 1:
            subsets = self._feasible(subsets, may_doubt=size <= MOST_IN_DOUBT)
        n_prefixes = sum(prod(self.levers[lever].n_values for lever in self._before_last(subset)) for subset in subsets)
        most_each = None if n_prefixes <= (MOST_SINGLES if size == 1 else MOST_PREFIXES) else max(1, MOST_PREFIXES // max(1, len(subsets)))
        rows, last = self._prefixes(subsets, most_each)
        best = self._cheapest(*self._finish(rows, last))
        if best is None:
            return None
        if most_each is not None:
            best = self._polish(best)
        return Found(tuple((int(lever), int(best[lever])) for lever in np.flatnonzero(best)), is_exact and most_each is None)

    def _before_last(self, subset: tuple[int, ...]) -> list[int]:
        """Give the levers gone through value by value: all but the longest of those that can be bisected."""
        monotone = [lever for lever in subset if self.levers[lever].is_monotone]
        last = max(monotone, key=lambda lever: self.levers[lever].n_values, default=None)
        return [lever for lever in subset if lever != last]

    def _prefixes(self, subsets: Iterable[tuple[int, ...]], most_each: int | None) -> tuple[IndexArray, IndexArray]:
        """Write out the combinations of every subset; the lever to be bisected is given beside each, -1 where there is none."""
        rows, last = [np.empty((0, len(self.levers)), dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for subset in subsets:
            before = self._before_last(subset)
            n_most = None if most_each is None else max(2, int(most_each ** (1 / max(1, len(before)))))
            values = [self._positions(lever, n_most) for lever in before]
            grid = np.stack([axis.ravel() for axis in np.meshgrid(*values, indexing="ij")], axis=1) if before else np.empty((1, 0), dtype=np.int64)
            block = np.zeros((len(grid), len(self.levers)), dtype=np.int64)
            block[:, before] = grid
            rows.append(block)
            rest = [lever for lever in subset if lever not in before]
            last.append(np.full(len(grid), rest[0] if rest else -1, dtype=np.int64))
        return np.concatenate(rows), np.concatenate(last)

    def _positions(self, lever: int, n_most: int | None) -> IndexArray:
        n_values = self.levers[lever].n_values
        if n_most is None or n_values <= n_most:
            return np.arange(1, n_values + 1)
        thinned: IndexArray = np.unique(np.linspace(1, n_values, n_most).round().astype(np.int64))
        return thinned

    def _finish(self, rows: IndexArray, last: IndexArray) -> tuple[IndexArray, BoolArray]:
        """Bisect the last lever of each combination: the least value that is enough, and whether any is."""
        rows = rows.copy()
        at = np.flatnonzero(last >= 0)
        lengths = np.array([lever.n_values for lever in self.levers], dtype=np.int64)
        rows[at, last[at]] = lengths[last[at]]
        is_enough = self._judge_all(rows)
        at = at[is_enough[at]]
        low, high = np.ones(len(at), dtype=np.int64), lengths[last[at]]
        while (is_open := low < high).any():
            open_at, middle = at[is_open], (low[is_open] + high[is_open]) // 2
            trial = rows[open_at]
            trial[np.arange(len(open_at)), last[open_at]] = middle
            is_reached = self._judge_all(trial)
            high[is_open] = np.where(is_reached, middle, high[is_open])
            low[is_open] = np.where(is_reached, low[is_open], middle + 1)
        rows[at, last[at]] = high
        return rows, is_enough

    def _cheapest(self, rows: IndexArray, is_enough: BoolArray) -> IndexArray | None:
        """Pick the cheapest combination that is enough; among equals, the one that moves the earlier columns."""
        rows = rows[is_enough]
        if not len(rows):
            return None
        order = np.lexsort((*((rows == 0)[:, lever] for lever in reversed(range(len(self.levers)))), self._cost(rows)))
        chosen: IndexArray = rows[order[0]]
        return chosen

    def _cost(self, rows: IndexArray) -> FloatArray:
        cost = np.zeros(len(rows))
        for position, lever in enumerate(self.levers):
            cost += lever.costs[rows[:, position]]
        return np.round(cost, _DIGITS)

    def _polish(self, row: IndexArray) -> IndexArray:
        """Take back from each lever in turn whatever is not needed, the dearest first."""
        moved = sorted(np.flatnonzero(row), key=lambda lever: -self.levers[lever].costs[row[lever]])
        for lever in moved:
            if self.levers[lever].is_monotone:
                rows, _ = self._finish(row[None, :], np.array([lever]))
                row = rows[0]
        return row

    def _feasible(self, subsets: list[tuple[int, ...]], *, may_doubt: bool) -> list[tuple[int, ...]]:
        """Keep the subsets that would be enough with every lever at its strongest; of levers that are not monotone this may be doubted."""
        rows = np.zeros((len(subsets), len(self.levers)), dtype=np.int64)
        strongest = np.array([lever.strongest for lever in self.levers])
        for position, subset in enumerate(subsets):
            rows[position, list(subset)] = strongest[list(subset)]
        is_doubtful = [may_doubt and not all(self.levers[lever].is_monotone for lever in subset) for subset in subsets]
        return [subset for subset, is_kept in zip(subsets, self._judge_all(rows) | is_doubtful, strict=True) if is_kept]

    def _strongest_subset(self, size: int) -> tuple[int, ...]:
        """Give the levers that promise most."""
        ordered = sorted(range(len(self.levers)), key=lambda lever: -self.levers[lever].promise)
        return tuple(sorted(ordered[:size]))

    def _judge_all(self, rows: IndexArray) -> BoolArray:
        parts = [self.judge(rows[start : start + MOST_AT_ONCE]) for start in range(0, len(rows), MOST_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.bool_)
