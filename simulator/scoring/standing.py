"""Who stands where on a list of real nominees, and who has a place: equals stay equal, and nobody's tie is broken silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.scoring.trace import Considered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from simulator._types import BoolArray, IndexArray
    from simulator.scoring.quotas import Reservation

UNKNOWN = -1
"""Places of a pool whose head-count is not given."""


@dataclass(frozen=True)
class Posts:
    """What floors and caps look at.

    Attributes
    ----------
    is_leader, is_direct
        (n,) bool; nobody is both.
    """

    is_leader: BoolArray
    is_direct: BoolArray


def combine_keys(keys: Iterable[IndexArray], n_nominees: int) -> IndexArray:
    """Make one key of several, the first weighing most: (n,) int64 from 0, higher is better, equal exactly where all of them are equal."""
    combined = np.zeros(n_nominees, dtype=np.int64)
    for key in keys:
        _, dense = np.unique(key, return_inverse=True)
        _, combined = np.unique(combined * (n_nominees + 1) + dense, return_inverse=True)
    return combined


def rank_nominees(key: IndexArray, is_ranked: BoolArray, group: IndexArray) -> IndexArray:
    """Rank nominees inside their groups: equals share the smaller rank (1, 2, 2, 4); 0 for who is not ranked."""
    rank = np.zeros(len(key), dtype=np.int64)
    rank[is_ranked] = _n_better(key[is_ranked], group[is_ranked]) + 1
    return rank


def find_equals(key: IndexArray, is_ranked: BoolArray, group: IndexArray) -> BoolArray:
    """Tell who shares the key with another of the same group: (n,) bool."""
    is_equal = np.zeros(len(key), dtype=np.bool_)
    cell = group[is_ranked] * (int(key.max(initial=0)) + 1) + key[is_ranked]
    _, place, n_same = np.unique(cell, return_inverse=True, return_counts=True)
    is_equal[is_ranked] = n_same[place] > 1
    return is_equal


def consider(
    key: IndexArray, is_eligible: BoolArray, pool: IndexArray, n_places: IndexArray, reservation: Reservation, posts: Posts | None
) -> NDArray[np.str_]:
    """Tell who has a place: (n,) words of :class:`~simulator.scoring.trace.Considered`.

    Places go to the eligible of a pool in the order of their keys. With a floor for direct workers or a cap for leaders, the best are taken one after the
    other, and who would pass a limit is left out; a place reserved for a direct worker stays empty where there is none.

    Ties at the cut are decided by what every possible order of the equals has in common. Of nominees with the same key, one has a place (*yes*) if each order
    of equals gives it one, has none (*no*) if no order does, and is left to the council otherwise. So equals of different posts may be told apart by a limit:
    where a leader and a direct worker are equal at the last place and the cap for leaders is used up, the direct worker has the place. Equals of the same
    kind of post are always treated alike.

    Limits lie one inside the other (leaders are among those who are not direct workers, these among all), so the number of places a set of nominees can
    fill is ``min(N, direct + min(limit, others + min(cap, leaders)))``. One of equals surely has a place exactly when the set of all who stand as high fills
    fewer places without it; it surely has none exactly when those who stand higher fill as many places without it as with it.

    Parameters
    ----------
    key
        (n,) higher is better.
    is_eligible
        (n,) who may have a place at all.
    pool
        (n,) pool of each nominee.
    n_places
        (n_pools,) places; ``UNKNOWN`` where nobody can tell.
    reservation
        Floor and cap.
    posts
        Who leads and who works directly; None where no limit binds.
    """
    n = len(key)
    answer = np.full(n, Considered.NO.value, dtype="<U16")
    is_counted = n_places[pool] != UNKNOWN
    answer[is_eligible & ~is_counted] = Considered.NOT_COUNTED.value
    rows = np.flatnonzero(is_eligible & is_counted)
    if not len(rows):
        return answer
    known = np.maximum(n_places, 0)
    kinds = _kinds(posts, n)[rows]
    limits = np.stack([known, reservation.most_others(known), reservation.most_leaders(known)], axis=1)[pool[rows]]
    better, same = _counts_above(key[rows], pool[rows], kinds)
    own = np.eye(3, dtype=np.int64)[kinds]
    is_out = _n_filled(better + own, limits) == _n_filled(better, limits)
    is_in = _n_filled(better + same, limits) > _n_filled(better + same - own, limits)
    answer[rows] = np.where(is_out, Considered.NO.value, np.where(is_in, Considered.YES.value, Considered.COUNCIL_DECIDES.value))
    return answer


def _kinds(posts: Posts | None, n: int) -> IndexArray:
    """Tell the kind of each nominee: 0 direct worker, 1 neither, 2 leader; without posts nobody is limited."""
    if posts is None:
        return np.zeros(n, dtype=np.int64)
    return np.where(posts.is_direct, 0, np.where(posts.is_leader, 2, 1))


def _n_filled(counts: IndexArray, limits: IndexArray) -> IndexArray:
    """Count the places that sets of so many (direct, others, leaders) fill under limits (all, not direct, leaders)."""
    leaders = np.minimum(counts[:, 2], limits[:, 2])
    not_direct = np.minimum(counts[:, 1] + leaders, limits[:, 1])
    filled: IndexArray = np.minimum(counts[:, 0] + not_direct, limits[:, 0])
    return filled


def _counts_above(key: IndexArray, pool: IndexArray, kinds: IndexArray) -> tuple[IndexArray, IndexArray]:
    """Count, by kind, the nominees of the same pool with a higher key, and those with the same one, itself included: (m, 3) each."""
    order = np.lexsort((-key, pool))
    counted = np.eye(3, dtype=np.int64)[kinds[order]]
    upto = np.concatenate([np.zeros((1, 3), dtype=np.int64), np.cumsum(counted, axis=0)])
    first_of_pool, first_of_tie, end_of_tie = _runs(key[order], pool[order])
    better, same = np.empty_like(counted), np.empty_like(counted)
    better[order] = upto[first_of_tie] - upto[first_of_pool]
    same[order] = upto[end_of_tie] - upto[first_of_tie]
    return better, same


def _n_better(key: IndexArray, group: IndexArray) -> IndexArray:
    order = np.lexsort((-key, group))
    first_of_group, first_of_tie, _ = _runs(key[order], group[order])
    n_better = np.empty(len(key), dtype=np.int64)
    n_better[order] = first_of_tie - first_of_group
    return n_better


def _runs(key: IndexArray, group: IndexArray) -> tuple[IndexArray, IndexArray, IndexArray]:
    """Find, in sorted rows, where the group and the run of equals of each begin, and where the run ends."""
    place = np.arange(len(key))
    begins_group = np.concatenate([[True], group[1:] != group[:-1]])[: len(key)]
    begins_tie = begins_group | np.concatenate([[True], key[1:] != key[:-1]])[: len(key)]
    first_of_group = np.maximum.accumulate(np.where(begins_group, place, 0))
    first_of_tie = np.maximum.accumulate(np.where(begins_tie, place, 0))
    starts = np.concatenate([np.flatnonzero(begins_tie), [len(key)]])
    end_of_tie = starts[np.cumsum(begins_tie)] if len(key) else place
    return first_of_group, first_of_tie, end_of_tie
