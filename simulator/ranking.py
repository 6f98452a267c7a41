"""Rank people inside their groups: the one sort the whole house uses.

A rank is needed five times a year for every member, so it is one in-place sort of 64-bit integer keys instead of a
multi-column sort. Some whole groups are sorted at a time: what fits the processor's nearest memory is sorted faster, and no column as long as the
population is made on the way. A key holds, from the high bits down: the group, the score on a fixed grid (inverted, best first),
the first bits of a tie-breaking draw, and the place among those sorted at the time, which tells whose key it is. The few who are still equal are put in
the order of their whole draws afterwards.

::

    group (14 bits) | score (22 bits) | tie (10 bits) | place (14 bits)

A group of more than 16,384 is sorted alone, and its places take the bits of the groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.lookups import fixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator._types import BoolArray, FloatArray, GridArray, IndexArray, KeyArray

N_SCORE_BITS: Final = 22
N_TIE_BITS: Final = 10
SCORE_STEP: Final = 2.0**-18
"""Scores, in standard deviations of merit, are compared on this grid (about 0.000004)."""

_HALF_RANGE: Final = 2 ** (N_SCORE_BITS - 1)
_HIGHEST_GRID_SCORE: Final = 2**N_SCORE_BITS - 1
_PRIORITY_SCALE: Final = 2.0**N_SCORE_BITS - 1
_BLOCK: Final = 2**14
_FEW_VALUES: Final = 32
"""With more of them, a table of groups and values is so much longer than their members that fewer are counted at a time."""


def to_score_grid(scores: FloatArray) -> GridArray:
    """Put scores in standard deviations on the fixed grid; the ends are ±8.

    Returns
    -------
        (n,) int32 from 0 to 2**22 - 1, higher is better.
    """
    return _whole_steps(scores, 1 / SCORE_STEP, -_HALF_RANGE, _HALF_RANGE - 1) + np.int32(_HALF_RANGE)


def to_priority_grid(priorities: FloatArray) -> GridArray:
    """Put priorities, float32 on [0, 1], on the fixed grid; higher is better."""
    # Weights that add up to a little more than 1 in float32 must not spill into the bits of the group.
    return _whole_steps(priorities, _PRIORITY_SCALE, 0, _HIGHEST_GRID_SCORE)


def _whole_steps(values: FloatArray, per_unit: float, lowest: int, highest: int) -> GridArray:
    """Count the steps in each value, rounded, within limits: (n,) int32."""
    steps: FloatArray = values * values.dtype.type(per_unit)
    np.rint(steps, out=steps)
    np.maximum(steps, lowest, out=steps)  # quicker for few values than to clip
    np.minimum(steps, highest, out=steps)
    return steps.astype(np.int32)


@dataclass(frozen=True)
class Groups:
    """Members lying side by side in groups.

    Attributes
    ----------
    start
        (n_groups,) position of each group's first member.
    size
        (n_groups,) members in each group; groups may be empty.
    of_member
        (n_members,) int32 group of each member, ascending.
    """

    start: IndexArray
    size: IndexArray
    of_member: IndexArray

    @classmethod
    def of_sizes(cls, size: IndexArray) -> Groups:
        """Lay out groups of these sizes one after the other."""
        size = np.asarray(size, dtype=np.int64)
        start = np.cumsum(size) - size
        return cls(start=start, size=size, of_member=np.repeat(np.arange(len(size), dtype=np.int32), size))

    @property
    def n_members(self) -> int:
        """Members in all groups."""
        return len(self.of_member)

    @property
    def place_of_member(self) -> IndexArray:
        """(n_members,) place in the group, 0 for its first member; what is kept is made of it, so it is not kept itself."""
        place: IndexArray = np.arange(self.n_members) - self.spread(self.start)
        return place

    @cached_property
    def share_of_place(self) -> FloatArray:
        """(n_members,) float32 share on [0, 1] of each place in a ranking of everybody: 1 for the first of a group, 0 for the last, ½ for one alone."""
        last = self.spread(np.maximum(self.size - 1, 1).astype(np.float32))
        share = (last - self.place_of_member.astype(np.float32)) / last
        share[self.spread(self.size <= 1)] = 0.5
        return fixed(share)

    def spread(self, per_group: FloatArray | IndexArray | BoolArray) -> np.ndarray:
        """Give every member the value of the group."""
        return np.repeat(per_group, self.size)

    def count(self, is_counted: BoolArray) -> IndexArray:
        """Count the marked members of each group: (n_groups,) int64."""
        return self.add_up(is_counted, np.dtype(np.int64))

    def add_up(self, column: np.ndarray, dtype: np.dtype) -> np.ndarray:
        """Add up a column of the members group by group: (n_groups,); nothing where a group is empty."""
        has_members = self.size > 0
        total = np.zeros(len(self.size), dtype=dtype)
        if has_members.any():
            total[has_members] = np.add.reduceat(column, self.start[has_members], dtype=dtype)
        return total


@dataclass(frozen=True)
class Ranking:
    """The order of some members inside their groups, best first.

    Attributes
    ----------
    member
        (n_ranked,) positions of the ranked members, group after group, best first inside a group.
    size
        (n_groups,) how many of each group are ranked.
    """

    member: IndexArray
    size: IndexArray

    @cached_property
    def start(self) -> IndexArray:
        """(n_groups,) where the ranked members of each group begin."""
        return np.cumsum(self.size) - self.size

    @cached_property
    def group(self) -> IndexArray:
        """(n_ranked,) the group of each."""
        return np.repeat(np.arange(len(self.size)), self.size)

    @cached_property
    def place(self) -> IndexArray:
        """(n_ranked,) 0 for the best of the group, 1 for the next."""
        return np.arange(len(self.member)) - np.repeat(self.start, self.size)

    def best(self, n_best: IndexArray) -> IndexArray:
        """Give the positions of the ``n_best[group]`` best members of each group."""
        return self._stretches(self.start, self._taken(n_best))

    def beyond(self, n_best: IndexArray) -> IndexArray:
        """Give the positions of all but the ``n_best[group]`` best members of each group."""
        n_taken = self._taken(n_best)
        return self._stretches(self.start + n_taken, self.size - n_taken)

    def _taken(self, n_best: IndexArray) -> IndexArray:
        """(n_groups,) how many there are of so many."""
        n_taken: IndexArray = np.minimum(np.maximum(n_best, 0), self.size)
        return n_taken

    def _stretches(self, first: IndexArray, length: IndexArray) -> IndexArray:
        """Give the members of one stretch of the ranking for each group."""
        before = np.cumsum(length) - length
        members: IndexArray = self.member.take(np.arange(length.sum()) + np.repeat(first - before, length))
        return members


def rank_within_groups(grid_scores: GridArray, tie: KeyArray, groups: Groups, *, among: IndexArray | None = None) -> Ranking:
    """Rank members inside their groups.

    Parameters
    ----------
    grid_scores
        (n_members,) scores on a grid of 22 bits (:func:`to_score_grid`, :func:`to_priority_grid`), higher is better.
    tie
        (n_members,) uint64 tie-breaking draws; the lower goes first.
    groups
        The groups all members lie in.
    among
        (n_ranked,) ascending positions of the members to rank; everybody by default.

    Returns
    -------
        Ranking of the members asked for. Only members with the same score and the same draw keep their order in the group.
    """
    if among is None:
        return _rank(grid_scores, tie, groups.of_member, groups.size)
    return rank_those(among, grid_scores.take(among), tie.take(among), groups)


def rank_those(who: IndexArray, grid_scores: GridArray, tie: KeyArray, groups: Groups) -> Ranking:
    """Rank some members inside their groups, of whom alone scores and draws are given.

    Parameters
    ----------
    who
        (n_ranked,) ascending positions of the members to rank.
    grid_scores, tie
        (n_ranked,) as :func:`rank_within_groups` has them of everybody.
    groups
        The groups all members lie in.
    """
    group = groups.of_member.take(who)
    ranking = _rank(grid_scores, tie, group, np.bincount(group, minlength=len(groups.size)))
    return Ranking(member=who.take(ranking.member), size=ranking.size)


def _rank(grid_scores: GridArray, tie: KeyArray, group: IndexArray, size: IndexArray) -> Ranking:
    """Rank (n,) people who lie group by group, as many in each as ``size`` says."""
    ranked = np.empty(len(group), dtype=np.int64)
    for of_groups, place in _blocks(size):
        key = (group[place] - np.int32(of_groups.start)).astype(np.uint64)
        key <<= np.uint64(N_SCORE_BITS)
        key |= (np.int32(_HIGHEST_GRID_SCORE) - grid_scores[place]).astype(np.uint64)
        key <<= np.uint64(N_TIE_BITS)
        key |= tie[place] >> np.uint64(64 - N_TIE_BITS)
        order = _sort(key)
        order += place.start
        _finish_ties(order, key, tie)
        ranked[place] = order
    return Ranking(member=ranked, size=size)


def _blocks(size: IndexArray, most: int = _BLOCK) -> Iterator[tuple[slice, slice]]:
    """Cut groups of these sizes into stretches of whole groups: the groups, and their members. At most ``most`` of either, but for one group that has more members."""
    end = np.cumsum(size)
    first_group = first = 0
    while first_group < len(size):
        n_that_fit = int(np.searchsorted(end, first + most, side="right")) - first_group
        last_group = first_group + min(max(n_that_fit, 1), most)
        last = int(end[last_group - 1])
        if last > first:
            yield slice(first_group, last_group), slice(first, last)
        first_group, first = last_group, last


def _sort(key: KeyArray) -> IndexArray:
    """Sort keys where they stand, equal ones as they stood, and tell where each stood before."""
    n_bits = np.uint64((len(key) - 1).bit_length())
    key <<= n_bits
    key |= np.arange(len(key), dtype=np.uint64)
    key.sort()
    stood = (key & ((np.uint64(1) << n_bits) - np.uint64(1))).view(np.int64)
    key >>= n_bits
    return stood


def stable_order(numbers: IndexArray) -> IndexArray:
    """Give the positions of (n,) whole numbers of at least 0 in ascending order, equal ones as they stand: one sort of packed keys, many times faster than of positions.

    Numbers and positions must fit into 63 bits together.
    """
    n_bits = max(len(numbers) - 1, 0).bit_length()
    key = numbers.astype(np.int64) << n_bits
    key |= np.arange(len(key))
    key.sort()
    return key & ((1 << n_bits) - 1)


def _finish_ties(ranked: IndexArray, key: KeyArray, tie: KeyArray) -> None:
    """Order, by the whole draw, the few whose group, score and first bits of the draw are equal; row order must not matter."""
    is_same = key[1:] == key[:-1]
    if not is_same.any():
        return
    is_tied = np.zeros(len(key), dtype=np.bool_)
    is_tied[1:] |= is_same
    is_tied[:-1] |= is_same
    tied = np.flatnonzero(is_tied)
    ranked[tied] = ranked[tied][np.lexsort((tie[ranked[tied]], key[tied]))]


def rank_share(ranking: Ranking, groups: Groups) -> FloatArray:
    """Turn a ranking of everybody into shares on [0, 1]: 1 for the best of a group, 0 for the last, ½ for one alone.

    Returns
    -------
        (n_members,) float32, in the members' own order.
    """
    share = np.empty(groups.n_members, dtype=np.float32)
    share[ranking.member] = groups.share_of_place
    return share


def tied_rank_share(values: IndexArray, groups: Groups) -> FloatArray:
    """Rank small whole numbers, higher is better; equals share the middle of their places.

    Small numbers are counted rather than sorted: one cell for each group and number.

    Parameters
    ----------
    values
        (n_members,) non-negative integers, for example years waited or posts; the work grows with groups × largest.

    Returns
    -------
        (n_members,) float32 on [0, 1].
    """
    n_values = int(values.max(initial=0)) + 1
    share = np.empty(groups.n_members, dtype=np.float32)
    for of_groups, members in _blocks(groups.size, _BLOCK if n_values <= _FEW_VALUES else _BLOCK // 2):
        size = groups.size[of_groups]
        cell = np.repeat(np.arange(len(size)) * n_values, size)
        cell += values[members]
        n_equal = np.bincount(cell, minlength=len(size) * n_values)
        # Twice the middle place from the bottom is a whole number, so nothing is rounded before the one division.
        twice_from_bottom = np.cumsum(n_equal)
        twice_from_bottom *= 2
        twice_from_bottom -= n_equal
        of_cell = twice_from_bottom.reshape(-1, n_values)
        of_cell -= 2 * (groups.start[of_groups] - members.start)[:, None] + 1
        share_of_cell: FloatArray = of_cell.astype(np.float32)
        share_of_cell /= np.maximum(2 * (size - 1), 1).astype(np.float32)[:, None]
        share_of_cell[size == 1] = 0.5
        share_of_cell.take(cell, out=share[members], mode="clip")  # no cell lies outside; other modes would copy
    return share
