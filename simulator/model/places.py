"""The places of one award in one year: how many each unit or pool has, how many files a unit sends for them, and who may take them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.model.norms import AT
from simulator.replications import SideBySide
from simulator.rules.clauses import HoldersOf
from simulator.rules.values import exact
from simulator.scoring.quotas import Limits, places

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator._types import BoolArray, FloatArray, GridArray, IndexArray, KeyArray
    from simulator.model.cycle import Cycle
    from simulator.model.regime import AwardRule
    from simulator.population.generator import Population
    from simulator.ranking import Groups
    from simulator.rules.clauses import Pooling, Quota

_CARRY_STEPS: Final = 2**16
_FILES_FOR_PLACES: Final = np.array([[4, 5], [1, 1], [5, 4]])  # under, at, over: ⌈0.8·K⌉, K, ⌈1.25·K⌉


def pools_of(pooling: Pooling, population: Population) -> tuple[Groups, IndexArray]:
    """Lay units of one pool together: (pools of members, first unit of each pool). Places of units alone are rounded over all of them."""
    match pooling:
        case "kind":
            return population.pools_by_kind
        case "cluster":
            return population.pools_by_cluster
        case _:
            return population.pool_of_all


def lists_of(rule: AwardRule, population: Population) -> tuple[Groups, IndexArray]:
    """Give the groups that each have places of their own: units, or the pools a council has a list for; and the first unit of each."""
    if rule.quota is None or rule.is_filled_by_units:
        return _each_unit(population)
    return pools_of(rule.quota.pooling, population)


def _each_unit(population: Population) -> tuple[Groups, IndexArray]:
    return population.groups, np.arange(population.n_units)


def count_places(rule: AwardRule, is_eligible: BoolArray, cycle: Cycle) -> IndexArray | None:
    """Count the places of each list; ``None`` where the award has no quota.

    Returns
    -------
        (n_lists,) int64.
    """
    quota = rule.quota
    if quota is None:
        return None
    lists, _ = lists_of(rule, cycle.population)
    if quota.places is not None:
        return np.full(len(lists.size), quota.places, dtype=np.int64)
    n_people, share = _count_people(quota, lists, is_eligible, cycle), exact(quota.share or 0)
    if quota.rounding != "systematic":
        return places(share, n_people, quota.rounding)
    _, first_unit = pools_of(quota.pooling, cycle.population)
    return _carried_over(share, n_people, first_unit, cycle)


def _count_people(quota: Quota, lists: Groups, is_eligible: BoolArray, cycle: Cycle) -> IndexArray:
    if isinstance(quota.of, HoldersOf):
        years = cycle.members.award_years.get(quota.of.holders_of)
        return np.zeros_like(lists.size) if years is None else lists.count((years & np.uint32(1)).astype(np.bool_))
    return lists.size if quota.of == "staff" else lists.count(is_eligible)


def _carried_over(share: Fraction, n_people: IndexArray, first_unit: IndexArray, cycle: Cycle) -> IndexArray:
    """Round systematically inside each pool, which begins with a carry of its own, so that no unit is always the lucky one.

    The carry is c/2¹⁶, c the lowest 16 bits of the draw ``quota.carry`` of the pool: the same as :func:`~simulator.scoring.quotas.places` for each
    pool by itself.
    """
    pools = SideBySide(tuple(cycle.population.units.count_of(first_unit).tolist()))
    bits = cycle.streams.bits("quota.carry", year=cycle.year, ids=pools.ids)
    carry = (bits % np.uint64(_CARRY_STEPS)).astype(np.int64)
    wanted = np.asarray(n_people, dtype=np.int64) * share.numerator
    upto = np.cumsum(wanted)
    n_units = np.diff(first_unit, append=len(wanted))
    upto -= np.repeat(upto[first_unit] - wanted[first_unit], n_units)
    given = (upto * _CARRY_STEPS + np.repeat(carry, n_units) * share.denominator) // (share.denominator * _CARRY_STEPS)
    before = np.concatenate([[0], given[:-1]])
    before[first_unit] = 0
    of_units: IndexArray = given - before
    return of_units


def count_files(rule: AwardRule, n_places: IndexArray | None, cycle: Cycle) -> IndexArray | None:
    """Count the files each unit sends for its places, by its volume strategy; ``None`` where it just fills them, or has none of its own.

    Returns
    -------
        (n_units,) int64.
    """
    volume = cycle.norms.volume
    if cycle.is_perfect or n_places is None or not rule.is_filled_by_units or bool((volume == AT).all()):
        return None
    numerator, denominator = _FILES_FOR_PLACES[volume].T
    n_files: IndexArray = -(-n_places * numerator // denominator)
    return n_files


def limits_of(rule: AwardRule, priority: GridArray, tie: KeyArray, population: Population, *, among_lists: bool) -> Limits | None:
    """Say what floors and caps ask of a list; ``None`` where they ask nothing.

    Parameters
    ----------
    rule
        The award.
    priority, tie
        (n_members,) order inside a pool.
    population
        Posts.
    among_lists
        Whether places lie with the lists of :func:`lists_of`, not with units.
    """
    if rule.reservation.is_slack:
        return None
    if rule.reservation_pooling == "unit":
        pools, first_unit = _each_unit(population)
    else:
        pools, first_unit = pools_of(rule.reservation_pooling, population)
    limits = Limits(
        reservation=rule.reservation,
        is_leader=population.is_leader,
        is_counted_as_direct=np.isin(population.role, [int(role) for role in rule.counted_as_direct]),
        pools=pools,
        first_group_of_pool=first_unit,
        priority=priority,
        tie=tie,
    )
    if not among_lists:
        return limits
    _, first_unit_of_list = lists_of(rule, population)
    return replace(limits, first_group_of_pool=np.searchsorted(first_unit_of_list, first_unit))


def places_of_units(rule: AwardRule, n_places: IndexArray | None, population: Population) -> FloatArray:
    """Give each unit's places, (n_units,) float64: its own; its part of a pool's, by members; or one for each member where the award has no quota."""
    size = population.groups.size.astype(np.float64)
    if n_places is None:
        return size
    if rule.is_filled_by_units:
        return n_places.astype(np.float64)
    lists, first_unit = lists_of(rule, population)
    share = n_places / np.maximum(lists.size, 1)
    return np.repeat(share, np.diff(first_unit, append=len(size))) * size


def share_of_places(rule: AwardRule, n_places: IndexArray | None, population: Population) -> FloatArray:
    """Give, unit by unit, each member's part of the places: places of the pool over members of the pool, (n_units,) float64; 1 where the award has no quota."""
    if n_places is None or rule.quota is None:
        return np.ones(population.n_units)
    lists, first_unit = lists_of(rule, population)
    if rule.is_filled_by_units and rule.quota.rounding == "systematic" and rule.quota.places is None:
        lists, first_unit = pools_of(rule.quota.pooling, population)
        n_places = np.add.reduceat(n_places, first_unit)
    share: FloatArray = np.repeat(n_places / np.maximum(lists.size, 1), np.diff(first_unit, append=population.n_units))
    return share
