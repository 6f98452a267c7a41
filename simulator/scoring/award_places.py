"""How many places an award has on a list: pools of nominees, head-counts, shares and their rounding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.clauses import HoldersOf
from simulator.rules.values import exact
from simulator.scoring.name_order import name_key
from simulator.scoring.quotas import places
from simulator.scoring.standing import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import BoolArray, IndexArray
    from simulator.rules.clauses import Pooling, Quota
    from simulator.scoring.roster import Roster


@dataclass(frozen=True)
class Pools:
    """The nominees that share places.

    Attributes
    ----------
    of_nominee
        (n,) pool of each nominee.
    names
        Name of each pool: of the unit, of the cluster, or empty for everybody.
    """

    of_nominee: IndexArray
    names: tuple[str, ...]


@dataclass(frozen=True)
class AwardPlaces:
    """The places of one award.

    Attributes
    ----------
    pools
        Who shares them.
    n_places
        (n_pools,) places; −1 where a head-count they are a share of is not given.
    rounding
        How a share was rounded; None for a fixed number of places.
    uncounted
        Units whose head-count is not given.
    """

    pools: Pools
    n_places: IndexArray
    rounding: str | None
    uncounted: tuple[str, ...] = ()


def pools_of(roster: Roster, pooling: Pooling) -> Pools:
    """Lay together the nominees of one unit, of one cluster (also where a rule says *kind*), or all."""
    if pooling == "all":
        return Pools(np.zeros(roster.n_nominees, dtype=np.int64), ("",))
    labels = roster.units if pooling == "unit" else roster.clusters
    names = tuple(dict.fromkeys(labels))
    index = {name: position for position, name in enumerate(names)}
    return Pools(np.array([index[label] for label in labels], dtype=np.int64), names)


def count_places(quota: Quota, roster: Roster, is_eligible: BoolArray) -> AwardPlaces:
    """Count the places of one award.

    A share is taken of the staff or of the holders of another award, as the head-counts of the list say, or of the eligible on the list. Where a head-count is
    missing, the places of its pool are unknown: the nominees on a list are not taken for everybody. A cluster is the units its nominees come from;
    everybody is every unit with a head-count.

    With systematic rounding each unit has its own places, and what one loses by rounding is carried over to the next of its pool, beginning with a half: units
    in the order of their names (that of the Vietnamese alphabet), so that the order of rows decides nothing.
    """
    if quota.places is not None:
        pools = pools_of(roster, quota.pooling)
        return AwardPlaces(pools, np.full(len(pools.names), quota.places, dtype=np.int64), None)
    if quota.rounding == "systematic":
        return _carry_over(quota, roster, is_eligible)
    pools = pools_of(roster, quota.pooling)
    n_people, uncounted = _people(quota, roster, pools, is_eligible)
    return AwardPlaces(pools, _places(quota, n_people), quota.rounding, uncounted)


def _carry_over(quota: Quota, roster: Roster, is_eligible: BoolArray) -> AwardPlaces:
    units = pools_of(roster, "unit")
    if quota.of == "eligible":
        order: Sequence[str] = sorted(units.names, key=name_key)
        counted = dict(zip(units.names, np.bincount(units.of_nominee[is_eligible], minlength=len(units.names)).tolist(), strict=True))
    else:
        column = _column(quota)
        counted = {unit: counts[column] for unit, counts in roster.headcounts.items() if column in counts}
        order = sorted({*roster.headcounts, *units.names}, key=name_key)
    # Without clusters that part them, all units are one chain, as in the model.
    clusters = dict(zip(roster.units, roster.clusters, strict=True)) if quota.pooling in {"kind", "cluster"} else {}
    found: dict[str, int] = {}
    for cluster in dict.fromkeys(clusters.get(unit, "") for unit in order):
        chain = [unit for unit in order if clusters.get(unit, "") == cluster]
        n_people = np.array([counted.get(unit, UNKNOWN) for unit in chain], dtype=np.int64)
        is_whole = (n_people != UNKNOWN).all()
        n_places = places(exact(quota.share or 0), n_people, "systematic") if is_whole else np.full(len(chain), UNKNOWN)
        found.update(zip(chain, n_places.tolist(), strict=True))
    uncounted = tuple(unit for unit in order if unit not in counted)
    return AwardPlaces(units, np.array([found[unit] for unit in units.names], dtype=np.int64), quota.rounding, uncounted)


def groups_of_places(pools: Pools, otherwise: IndexArray) -> IndexArray:
    """Give numbers to those who share places, for they are who is ranked together; (n,) ``otherwise`` where each nominee has places of its own.

    Groups are numbered in the order of their names.
    """
    if len(pools.names) == len(pools.of_nominee):
        return otherwise
    return np.unique(np.array(pools.names, dtype=np.str_)[pools.of_nominee], return_inverse=True)[1].astype(np.int64)


def units_not_pooled(quota: Quota, roster: Roster) -> tuple[str, ...]:
    """Name the units with a head-count that no nominee comes from, where clusters are counted together: nobody says which cluster they belong to."""
    if quota.share is None or quota.of == "eligible" or quota.pooling not in {"kind", "cluster"}:
        return ()
    return tuple(unit for unit, counts in roster.headcounts.items() if unit not in set(roster.units) and _column(quota) in counts)


def _people(quota: Quota, roster: Roster, pools: Pools, is_eligible: BoolArray) -> tuple[IndexArray, tuple[str, ...]]:
    """Count the people a share is taken of, in each pool; and name the units nobody has counted."""
    if quota.of == "eligible":
        return np.bincount(pools.of_nominee[is_eligible], minlength=len(pools.names)), ()
    column = _column(quota)
    pairs = dict.fromkeys(zip(pools.of_nominee.tolist(), roster.units, strict=True))
    if quota.pooling == "all":
        pairs |= {(0, unit): None for unit in roster.headcounts}
    n_people = np.zeros(len(pools.names), dtype=np.int64)
    uncounted = []
    for pool, unit in pairs:
        count = roster.headcounts.get(unit, {}).get(column)
        if count is None:
            uncounted.append(unit)
            n_people[pool] = UNKNOWN
        elif n_people[pool] != UNKNOWN:
            n_people[pool] += count
    return n_people, tuple(dict.fromkeys(uncounted))


def _places(quota: Quota, n_people: IndexArray) -> IndexArray:
    counted = places(exact(quota.share or 0), np.maximum(n_people, 0), quota.rounding)
    return np.where(n_people == UNKNOWN, UNKNOWN, counted)


def _column(quota: Quota) -> str:
    return f"holders:{quota.of.holders_of}" if isinstance(quota.of, HoldersOf) else "staff"
