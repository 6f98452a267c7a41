"""Replications that lie side by side: what of a column belongs to which of them.

*Which question does this module answer?* Whose post, unit, pool or row is this, when many small histories are lived through as one? *What does it refuse to
know?* What the column says. *Where to start:* :class:`SideBySide`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.lookups import fixed

if TYPE_CHECKING:
    from simulator._types import IndexArray

REPLICATION_STEP: Final = 2**54
"""What an identifier is more in each replication that is simulated beside the first."""
MOST_REPLICATIONS: Final = 2**9
"""How many lie side by side at most: identifiers are whole numbers of 64 bits with a sign."""


@dataclass(frozen=True)
class SideBySide:
    """So many things of one kind in each replication; those of one lie together, after those of the one before.

    Attributes
    ----------
    counts
        How many each replication has.
    """

    counts: tuple[int, ...]

    def __len__(self) -> int:
        """Count the replications."""
        return len(self.counts)

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """Where the things of each replication lie."""
        return tuple(slice(*ends) for ends in pairwise((0, *accumulate(self.counts))))

    @cached_property
    def start(self) -> IndexArray:
        """(n_replications,) position of the first thing of each replication."""
        return fixed(np.cumsum(self.count) - self.count)

    @cached_property
    def count(self) -> IndexArray:
        """(n_replications,) int64; the counts as a column."""
        return fixed(np.array(self.counts, dtype=np.int64))

    @cached_property
    def _replication(self) -> IndexArray:
        return fixed(self.spread(np.arange(len(self.counts), dtype=np.int32)))

    @cached_property
    def _into_ids(self) -> IndexArray:
        """(n_replications,) what is added to positions to tell the same place of several replications apart by :data:`REPLICATION_STEP`."""
        return fixed(np.arange(len(self.counts), dtype=np.int64) * REPLICATION_STEP - self.start)

    @property
    def ids(self) -> IndexArray:
        """(n_things,) int64 by which each has luck of its own: its place among those of its replication, told apart from the same place of the others."""
        ids: IndexArray = np.arange(sum(self.counts), dtype=np.int64)
        ids += self.spread(self._into_ids)
        return ids

    @property
    def place(self) -> IndexArray:
        """(n_things,) place of each among those of its replication."""
        place: IndexArray = np.arange(sum(self.counts)) - self.spread(self.start)
        return place

    def joined(self, n_together: tuple[int, ...]) -> SideBySide:
        """Take replications that follow one another together, so many at a time; none: each by itself."""
        return _joined(self, n_together) if n_together else self

    def replication_of(self, positions: IndexArray) -> IndexArray:
        """Tell in which replication things lie, given by their positions: (n,) from 0."""
        return np.zeros(len(positions), dtype=np.int32) if len(self.counts) == 1 else self._replication.take(positions)

    def ids_of(self, positions: IndexArray) -> IndexArray:
        """Give the identifiers of some things, given by their positions: (n,) int64."""
        return positions if len(self.counts) == 1 else positions + self._into_ids.take(self.replication_of(positions))

    def per_thing(self, of_each: np.ndarray, positions: IndexArray) -> np.ndarray:
        """Give things, by their positions, what holds in their replication: (n,), or (1,) for all where there is but one."""
        return of_each if len(self.counts) == 1 else of_each.take(self.replication_of(positions))

    def count_of(self, positions: IndexArray) -> IndexArray:
        """(n_replications,) how many of some things, given by their positions, each replication has."""
        if len(self.counts) == 1:
            return np.array([len(positions)])
        return np.bincount(self._replication.take(positions), minlength=len(self.counts))

    def spread(self, of_each: np.ndarray) -> np.ndarray:
        """Give every thing what holds in its replication."""
        return np.repeat(of_each, self.counts)


@lru_cache(maxsize=64)
def _joined(things: SideBySide, n_together: tuple[int, ...]) -> SideBySide:
    ends = (0, *accumulate(n_together))
    return SideBySide(tuple(sum(things.counts[first:end]) for first, end in pairwise(ends)))
