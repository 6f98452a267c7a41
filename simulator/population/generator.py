"""Make a population from its description.

Nothing is drawn here: sizes are the quantiles of the described spread, so a population is the same for every seed and two
runs differ only in what people do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import FIRST_LEADING_ROLE, Role
from simulator.lookups import fixed
from simulator.ranking import Groups, tied_rank_share
from simulator.replications import MOST_REPLICATIONS, SideBySide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.population.spec import KindOfUnit, PopulationSpec

MOST_POSTS_SIDE_BY_SIDE: Final = 2**14
"""How many posts a replication may have to lie beside others: their people of 255 years are fewer than 2²², which a member's identifier and the head's, 32 bits
further up, leave room for."""

_AGE_STEP: Final = 7
_OLDEST: Final = 60


@dataclass(frozen=True)
class Population:
    """Posts side by side, unit after unit. What follows from them is worked out once and kept; nobody may write on it.

    Attributes
    ----------
    groups
        The units members lie in.
    kind
        (n_units,) position of the unit's kind in ``kinds``.
    kinds
        Identifiers of the kinds.
    role
        (n_members,) int8 :class:`~simulator.history.Role` of each post.
    cluster
        (n_units,) number of each unit's emulation cluster, ascending from 0; a cluster has units of one kind only.
    sectors
        Sector of each kind.
    age
        (n_units,) years since the unit was established, at the year 0.
    n_units_of_each
        Units of each of the replications that lie here side by side (:func:`lay_side_by_side`); none where they are all of one. Nothing reaches from one replication
        into another: no unit, cluster or pool.
    """

    groups: Groups
    kind: IndexArray
    kinds: tuple[str, ...]
    role: IndexArray
    cluster: IndexArray
    sectors: tuple[str, ...]
    age: IndexArray
    n_units_of_each: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Check that units of one kind, and of one cluster, lie side by side, as pools do."""
        into_next = np.diff(self.cluster)
        if any(np.any(np.diff(self.kind[units]) < 0) for units in self.units.slices):
            message = "Units of one kind must lie side by side, kind after kind."
            raise ValueError(message)
        if np.any((into_next != 0) & (into_next != 1)) or np.any(self.cluster[:1]):
            message = "Units of one cluster must lie side by side; clusters are numbered from 0."
            raise ValueError(message)
        if np.any((np.diff(self._number_of_kind) != 0) & (into_next == 0)):
            message = "The units of one cluster must be of one kind."
            raise ValueError(message)

    def side_by_side(self, n_replications: int) -> Population:
        """Lay the same posts out several times (:func:`lay_side_by_side`)."""
        return lay_side_by_side([self] * n_replications)

    @cached_property
    def units(self) -> SideBySide:
        """Which units are of which replication."""
        return SideBySide(self.n_units_of_each or (self.n_units,))

    @cached_property
    def posts(self) -> SideBySide:
        """Which posts are of which replication."""
        return SideBySide(tuple(int(self.groups.size[units].sum()) for units in self.units.slices))

    @property
    def n_replications(self) -> int:
        """How many replications lie here."""
        return len(self.units)

    @property
    def n_members(self) -> int:
        """Posts in the population, those of all replications."""
        return len(self.role)

    @property
    def n_units(self) -> int:
        """Units in the population, those of all replications."""
        return len(self.kind)

    def by_replication(self, positions: IndexArray, is_counted: BoolArray | None = None) -> IndexArray:
        """Count posts, given by their positions, or those of them that are marked, replication by replication: (n_replications,) int64."""
        return self.posts.count_of(positions if is_counted is None else positions.compress(is_counted))

    @cached_property
    def _number_of_kind(self) -> IndexArray:
        """(n_units,) number of the unit's kind, told apart by replication."""
        return fixed(self.units.spread(np.arange(self.n_replications) * max(len(self.kinds), 1)) + self.kind)

    @property
    def n_clusters(self) -> int:
        """Emulation clusters in the population."""
        return int(self.cluster[-1]) + 1 if self.n_units else 0

    @cached_property
    def is_leader(self) -> BoolArray:
        """(n_members,) whether the post leads or manages."""
        return fixed(self.role >= FIRST_LEADING_ROLE)

    @cached_property
    def is_direct(self) -> BoolArray:
        """(n_members,) whether the post is one of direct work."""
        return fixed(self.role == Role.DIRECT)

    @cached_property
    def rank_share_of_post(self) -> FloatArray:
        """(n_members,) float32 rank share of the post inside the unit, 1 for the highest; equals share the middle of their places."""
        return fixed(tied_rank_share(self.role, self.groups))

    @cached_property
    def pools_by_kind(self) -> tuple[Groups, IndexArray]:
        """The members of all units of a kind together, and the first unit of each kind."""
        return _together(self._number_of_kind, self.groups)

    @cached_property
    def pools_by_cluster(self) -> tuple[Groups, IndexArray]:
        """The members of all units of a cluster together, and the first unit of each cluster."""
        return _together(self.cluster, self.groups)

    @cached_property
    def pool_of_all(self) -> tuple[Groups, IndexArray]:
        """All members of a replication together, and its first unit."""
        return _together(self.units.spread(np.arange(self.n_replications)), self.groups)


def _together(pool_of_unit: IndexArray, units: Groups) -> tuple[Groups, IndexArray]:
    """Lay units of one pool, which lie side by side, together: (pools of members, first unit of each pool)."""
    first_unit = fixed(np.flatnonzero(np.diff(pool_of_unit, prepend=-1)))
    return Groups.of_sizes(np.add.reduceat(units.size, first_unit)), first_unit


def lay_side_by_side(populations: Sequence[Population]) -> Population:
    """Lay populations out one after the other, a replication each, so that many small runs can be one large one.

    Parameters
    ----------
    populations
        Of one replication each, with the same kinds of unit; sizes and posts may differ.

    Raises
    ------
    ValueError
        If there are more than 512 of them, or more than 16,384 posts in one: the identifiers of their people would not be told apart for as many years as a run
        may have. If they are not of the same kinds.
    """
    if len(populations) == 1:
        return populations[0]
    largest = max((population.n_members for population in populations), default=0)
    if not 1 <= len(populations) <= MOST_REPLICATIONS or largest > MOST_POSTS_SIDE_BY_SIDE or any(one.n_replications > 1 for one in populations):
        message = f"{len(populations)} replications of up to {largest} posts cannot lie side by side."
        raise ValueError(message)
    first = populations[0]
    if any((one.kinds, one.sectors) != (first.kinds, first.sectors) for one in populations):
        message = "Only populations of the same kinds of unit lie side by side."
        raise ValueError(message)
    first_cluster = accumulate((one.n_clusters for one in populations[:-1]), initial=0)
    return replace(
        first,
        groups=Groups.of_sizes(np.concatenate([one.groups.size for one in populations])),
        kind=np.concatenate([one.kind for one in populations]),
        role=np.concatenate([one.role for one in populations]),
        cluster=np.concatenate([one.cluster + before for one, before in zip(populations, first_cluster, strict=True)]),
        age=np.concatenate([one.age for one in populations]),
        n_units_of_each=tuple(one.n_units for one in populations),
    )


def generate(spec: PopulationSpec) -> Population:
    """Lay out the described population, kind after kind."""
    sizes, kinds, roles, clusters = [], [], [], []
    n_clusters = 0
    for position, kind in enumerate(spec.kinds.values()):
        kind_sizes = unit_sizes(kind)
        sizes.append(kind_sizes)
        kinds.append(np.full(len(kind_sizes), position, dtype=np.int8))
        roles += [_roles(int(size), kind) for size in kind_sizes]
        clusters.append(clusters_of(kind.units, kind.units_per_cluster) + n_clusters)
        n_clusters = int(clusters[-1][-1]) + 1
    return Population(
        groups=Groups.of_sizes(np.concatenate(sizes)),
        kind=np.concatenate(kinds),
        kinds=tuple(spec.kinds),
        role=np.concatenate(roles),
        cluster=np.concatenate(clusters),
        sectors=tuple(kind.sector for kind in spec.kinds.values()),
        age=_ages(n_units=sum(kind.units for kind in spec.kinds.values())),
    )


def uniform_population(
    n_units: int, sizes: int | Sequence[int], *, n_leaders: int | None = None, direct_share: float = 1.0, units_per_cluster: int = 8
) -> Population:
    """Lay out simple units, for experiments and tests.

    Parameters
    ----------
    n_units
        Number of units.
    sizes
        One size for all, or one for each unit.
    n_leaders
        Leaders in each unit (one of them the head); 15 % of the members, at least one, by default.
    direct_share
        Share of direct workers among the others.
    units_per_cluster
        Units of one emulation cluster, as nearly as whole clusters allow.
    """
    size = np.broadcast_to(np.asarray(sizes, dtype=np.int64), (n_units,))
    roles = [_fill_roles(int(n), max(1, round(0.15 * int(n))) if n_leaders is None else n_leaders, direct_share) for n in size]
    return Population(
        groups=Groups.of_sizes(size),
        kind=np.zeros(n_units, np.int8),
        kinds=("unit",),
        role=np.concatenate(roles),
        cluster=clusters_of(n_units, units_per_cluster),
        sectors=("public",),
        age=_ages(n_units),
    )


def unit_sizes(kind: KindOfUnit) -> IndexArray:
    """Give (units,) sizes: quantiles of a lognormal spread, rounded so that the total is exact.

    Returns
    -------
        int64, ascending, none below ``kind.smallest``, summing to ``round(units * mean_size)``.
    """
    total = round(kind.units * kind.mean_size)
    normal = NormalDist()
    quantiles = [normal.inv_cdf((i + 0.5) / kind.units) for i in range(kind.units)]
    # Rounded before use: the mathematics library of another platform may differ in the last bit.
    weight = np.array([round(math.exp(kind.spread * q), 9) for q in quantiles])
    spare = total - kind.units * kind.smallest
    wanted = kind.smallest + spare * weight / weight.sum()
    sizes = np.floor(wanted + 1e-9).astype(np.int64)
    short = total - int(sizes.sum())
    by_remainder = np.argsort(-np.round(wanted - sizes, 6), kind="stable")
    sizes[by_remainder[:short]] += 1
    return np.sort(sizes)


def clusters_of(n_units: int, units_per_cluster: int) -> IndexArray:
    """Put units into clusters, side by side, whose numbers of units differ by one at most.

    Returns
    -------
        (n_units,) int64 cluster of each unit, ascending from 0; ``n_units / units_per_cluster`` of them, rounded half up, at least one.
    """
    n_clusters = max(1, (2 * n_units + units_per_cluster) // (2 * units_per_cluster))
    return np.arange(n_units, dtype=np.int64) * min(n_clusters, n_units) // n_units


def _ages(n_units: int) -> IndexArray:
    """Give units ages from 1 to 60 years, so mixed that neighbours have their anniversaries in different years."""
    return _AGE_STEP * np.arange(n_units, dtype=np.int64) % _OLDEST + 1


def _roles(size: int, kind: KindOfUnit) -> IndexArray:
    return _fill_roles(size, max(1, round(kind.leader_share * size)), kind.direct_share)


def _fill_roles(size: int, n_leaders: int, direct_share: float) -> IndexArray:
    role = np.full(size, Role.STAFF, dtype=np.int8)
    n_leaders = min(n_leaders, size)
    role[:n_leaders] = Role.DEPUTY
    role[: min(n_leaders, 1)] = Role.HEAD
    n_direct = round(direct_share * (size - n_leaders))
    role[size - n_direct :] = Role.DIRECT
    return role
