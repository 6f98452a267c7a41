"""How many places a share of people makes, and who may take them.

Shares are exact fractions and places whole numbers, so 15 % of 20 is 3 on every machine. Rounding is part of the rule: in a
unit of six, 15 % is no place at all by the floor and one by the ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from simulator.ranking import rank_within_groups

if TYPE_CHECKING:
    from simulator._types import BoolArray, GridArray, IndexArray, KeyArray
    from simulator.ranking import Groups, Ranking

Rounding = Literal["floor", "nearest", "ceiling", "systematic"]
_LARGEST: Final = 2**63 - 1


def places(share: Fraction, n_people: IndexArray, rounding: Rounding, *, start: Fraction | None = None) -> IndexArray:
    """Turn a share of people into whole places, group by group.

    Parameters
    ----------
    share
        Exact share, usually from 0 to 1.
    n_people
        (n_groups,) people the share is taken of.
    rounding
        ``floor``, ``nearest`` (half away from zero), ``ceiling``, or ``systematic``: what one group loses by rounding is
        carried over to the next, so the total is right to within one place.
    start
        Systematic rounding begins with this carry, from 0 (inclusive) to 1 (exclusive); ½ by default, drawn each year by the model
        so that no group is always the lucky one.

    Returns
    -------
        (n_groups,) int64 places.
    """
    numerator, denominator = share.numerator, share.denominator
    carry = Fraction(1, 2) if start is None else start
    people = np.asarray(n_people, dtype=np.int64)
    # A share drawn at random has many digits: where 64 bits might not hold what comes of it, whole numbers of any size do.
    if 2 * (int(people.sum()) + 1) * max(numerator, denominator) * carry.denominator > _LARGEST:
        people = people.astype(object)
    wanted = people * numerator
    match rounding:
        case "floor":
            found = wanted // denominator
        case "ceiling":
            found = -(-wanted // denominator)
        case "nearest":
            found = (2 * wanted + denominator) // (2 * denominator)
        case "systematic":
            upto = (np.cumsum(wanted) * carry.denominator + carry.numerator * denominator) // (denominator * carry.denominator)
            found = np.diff(upto, prepend=0)
    return found.astype(np.int64, copy=False)


@dataclass(frozen=True, slots=True)
class Reservation:
    """Who may take how many of the places of one award.

    Attributes
    ----------
    direct_worker_floor
        At least this share of the places goes to the roles counted as direct workers (rounded up).
    leader_cap
        At most this share of the places goes to leaders (rounded down).
    """

    direct_worker_floor: Fraction = Fraction(0)
    leader_cap: Fraction = Fraction(1)

    @property
    def is_slack(self) -> bool:
        """Whether it can never bind."""
        return self.direct_worker_floor == 0 and self.leader_cap == 1

    def most_leaders(self, n_places: IndexArray) -> IndexArray:
        """Give the most leaders among ``n_places``."""
        return places(self.leader_cap, n_places, "floor")

    def most_others(self, n_places: IndexArray) -> IndexArray:
        """Give the most members not counted as direct workers among ``n_places``."""
        return n_places - places(self.direct_worker_floor, n_places, "ceiling")


@dataclass(frozen=True, slots=True)
class Limits:
    """A reservation, with what is needed to apply it to one list of candidates.

    Attributes
    ----------
    reservation
        The shares.
    is_leader, is_counted_as_direct
        (n_members,) bool; nobody is both.
    pools
        The pools whose places are counted together; each holds whole groups, side by side.
    first_group_of_pool
        (n_pools,) first group of each pool.
    priority, tie
        (n_members,) order inside a pool, across its groups.
    """

    reservation: Reservation
    is_leader: BoolArray
    is_counted_as_direct: BoolArray
    pools: Groups
    first_group_of_pool: IndexArray
    priority: GridArray
    tie: KeyArray


def select(
    ranking: Ranking,
    n_places: IndexArray,
    groups: Groups,
    limits: Limits | None = None,
) -> IndexArray:
    """Fill the places of each group, best first, and let limited members take no more places than their pool allows.

    A limited member who would get a place is set aside when the pool has used up the places for such members; then the places
    are filled again without them. A place reserved for a direct worker stays empty when there is none.

    Parameters
    ----------
    ranking
        The candidates in order.
    n_places
        (n_groups,) places.
    groups
        The groups the ranking is about.
    limits
        Floor and cap, or ``None``.

    Returns
    -------
        Positions of the selected members, best first inside each group.
    """
    if limits is None or limits.reservation.is_slack:
        return ranking.best(n_places)
    is_allowed = np.ones(len(ranking.member), dtype=np.bool_)
    n_pool_places = np.add.reduceat(n_places, limits.first_group_of_pool)
    # Leaders are never counted as direct workers, so the second limit contains the first and this order is the best.
    for is_limited, most in (
        (limits.is_leader, limits.reservation.most_leaders(n_pool_places)),
        (~limits.is_counted_as_direct, limits.reservation.most_others(n_pool_places)),
    ):
        is_in_line = is_limited[ranking.member] & is_allowed
        would_win = is_in_line & (_place_among(is_allowed, ranking.group, groups) < n_places[ranking.group])
        in_pool = rank_within_groups(limits.priority, limits.tie, limits.pools, among=np.sort(ranking.member[would_win]))
        is_kept = np.zeros(groups.n_members, dtype=np.bool_)
        is_kept[in_pool.best(most)] = True
        is_allowed &= ~is_in_line | is_kept[ranking.member]
    place = _place_among(is_allowed, ranking.group, groups)
    return ranking.member[is_allowed & (place < n_places[ranking.group])]


def _place_among(is_marked: BoolArray, group: IndexArray, groups: Groups) -> IndexArray:
    """Give each ranked member's place (0 first) among the marked ones of the group; the unmarked get the next marked one's."""
    n_marked_upto: IndexArray = np.cumsum(is_marked) - is_marked
    n_marked = np.bincount(group[is_marked], minlength=len(groups.size))
    first = np.cumsum(n_marked) - n_marked
    return n_marked_upto - first[group]
