"""A generated population is exactly as large as described, and every unit has its head."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.history import Role
from simulator.population.generator import clusters_of, generate, lay_side_by_side, uniform_population, unit_sizes
from simulator.population.spec import KindOfUnit, PopulationSpec
from simulator.rules.reading import read_yaml

WORDS = {"vi": "Thử", "en": "Trial"}


@st.composite
def kinds(draw):
    smallest = draw(st.integers(1, 12))
    return KindOfUnit.model_validate(
        {
            "title": WORDS,
            "basis": WORDS,
            "units": draw(st.integers(1, 60)),
            "smallest": smallest,
            "mean_size": smallest + draw(st.floats(0, 60)),
            "spread": draw(st.floats(0, 2)),
            "leader_share": draw(st.floats(0, 1)),
            "direct_share": draw(st.floats(0, 1)),
        }
    )


def population_of(*described):
    return PopulationSpec.model_validate(
        {"id": "trial", "title": WORDS, "basis": WORDS, "kinds": {f"kind-{i}": kind for i, kind in enumerate(described)}}
    )


@pytest.fixture(scope="module")
def hanoi():
    path = Path(__file__).resolve().parents[2] / "scenarios" / "populations" / "hanoi.yaml"
    return PopulationSpec.model_validate(read_yaml(path, "hanoi.yaml").data)


@given(kinds())
def test_sizes_add_up_exactly_and_none_is_below_the_smallest(kind):
    sizes = unit_sizes(kind)
    assert len(sizes) == kind.units
    assert sizes.sum() == round(kind.units * kind.mean_size)
    assert sizes.min() >= kind.smallest
    assert (np.diff(sizes) >= 0).all()


@given(kinds())
def test_without_spread_sizes_differ_by_one_at_most(kind):
    sizes = unit_sizes(kind.model_copy(update={"spread": 0.0}))
    assert sizes.max() - sizes.min() <= 1


def test_a_wider_spread_makes_sizes_differ_more():
    described = {"title": WORDS, "basis": WORDS, "units": 200, "mean_size": 100.0, "leader_share": 0.1, "direct_share": 0.5}
    deviations = [np.log(unit_sizes(KindOfUnit.model_validate(described | {"spread": spread}))).std() for spread in (0.1, 0.3, 0.6)]
    assert deviations == pytest.approx([0.1, 0.3, 0.6], rel=0.05)


@given(st.lists(kinds(), min_size=1, max_size=3))
def test_every_unit_has_one_head_first_and_the_leaders_staff_and_direct_workers_described(described):
    population = generate(population_of(*described))
    role = population.role.tolist()
    for unit, (start, size) in enumerate(zip(population.groups.start.tolist(), population.groups.size.tolist(), strict=True)):
        kind = described[population.kind[unit]]
        posts = role[start : start + size]
        n_leaders = max(1, round(kind.leader_share * size))
        n_direct = round(kind.direct_share * (size - n_leaders))
        expected = [Role.HEAD] + [Role.DEPUTY] * (n_leaders - 1) + [Role.STAFF] * (size - n_leaders - n_direct) + [Role.DIRECT] * n_direct
        assert posts == expected


@given(st.lists(kinds(), min_size=1, max_size=3))
def test_kinds_lie_one_after_the_other(described):
    population = generate(population_of(*described))
    assert population.kinds == tuple(f"kind-{i}" for i in range(len(described)))
    assert population.kind.tolist() == [position for position, kind in enumerate(described) for _ in range(kind.units)]
    assert population.n_units == len(population.kind)
    assert population.n_members == population.groups.n_members == len(population.role)


@given(kinds())
def test_the_same_description_gives_the_same_population(kind):
    one, other = generate(population_of(kind)), generate(population_of(kind))
    assert (one.role == other.role).all()
    assert (one.groups.size == other.groups.size).all()


def test_ha_noi_in_small_has_four_kinds_and_twenty_thousand_members(hanoi):
    population = generate(hanoi)
    assert population.kinds == ("department", "commune", "school", "service-unit")
    assert population.n_units == 420
    assert population.n_members == 20_000
    assert (population.role == Role.HEAD).sum() == 420
    leader_share = [population.is_leader[population.kind[population.groups.of_member] == position].mean() for position in range(4)]
    assert leader_share == pytest.approx([0.30, 0.33, 0.065, 0.15], abs=0.01)
    assert not (population.role[population.kind[population.groups.of_member] == 0] == Role.DIRECT).any()


def test_ha_noi_in_small_is_the_same_on_every_machine(hanoi):
    """Sizes come from a logarithm's quantiles, which must not depend on the last bit of somebody's mathematics library."""
    size = generate(hanoi).groups.size
    assert size[:5].tolist() == [39, 42, 43, 45, 46]
    assert size[-5:].tolist() == [114, 123, 135, 155, 200]
    assert (size * np.arange(420)).sum() == 4477294


# --- simple populations -----------------------------------------------------------------------------------------------------------


def test_simple_units_have_fifteen_percent_leaders_by_default():
    population = uniform_population(3, 20)
    assert population.groups.size.tolist() == [20, 20, 20]
    assert population.is_leader.reshape(3, 20).sum(axis=1).tolist() == [3, 3, 3]
    assert (population.role == Role.HEAD).sum() == 3
    assert (population.role == Role.STAFF).sum() == 0


def test_simple_units_may_each_have_their_size():
    population = uniform_population(3, [1, 5, 60])
    assert population.groups.size.tolist() == [1, 5, 60]
    assert [int(population.is_leader[population.groups.of_member == unit].sum()) for unit in range(3)] == [1, 1, 9]


def test_simple_units_may_have_no_leader_or_only_leaders_and_any_share_of_direct_workers():
    assert not uniform_population(2, 5, n_leaders=0).is_leader.any()
    assert uniform_population(2, 5, n_leaders=9).is_leader.all()
    population = uniform_population(1, 10, n_leaders=2, direct_share=0.25)
    assert population.role.tolist() == [Role.HEAD, Role.DEPUTY] + [Role.STAFF] * 6 + [Role.DIRECT] * 2


# --- clusters, sectors, ages ------------------------------------------------------------------------------------------------------


@given(st.integers(1, 200), st.integers(1, 20))
def test_clusters_lie_side_by_side_and_differ_by_one_unit_at_most(n_units, units_per_cluster):
    cluster = clusters_of(n_units, units_per_cluster)
    size = np.bincount(cluster)
    assert cluster[0] == 0
    assert set(np.diff(cluster).tolist()) <= {0, 1}
    assert np.ptp(size) <= 1
    assert len(size) == max(1, int(n_units / units_per_cluster + 0.5))


@given(st.lists(kinds(), min_size=1, max_size=3), st.integers(1, 12))
def test_a_cluster_has_units_of_one_kind_only(described, units_per_cluster):
    population = generate(population_of(*(kind.model_copy(update={"units_per_cluster": units_per_cluster}) for kind in described)))
    kinds_of_cluster = {(int(cluster), int(kind)) for cluster, kind in zip(population.cluster, population.kind, strict=True)}
    assert len(kinds_of_cluster) == population.n_clusters
    assert population.n_clusters == sum(int(clusters_of(kind.units, units_per_cluster)[-1]) + 1 for kind in described)


def test_every_kind_has_its_sector():
    described = kinds_of_two_sectors()
    assert generate(population_of(*described)).sectors == ("public", "enterprise")
    assert uniform_population(3, 5).sectors == ("public",)


def kinds_of_two_sectors():
    words = {"title": WORDS, "basis": WORDS, "units": 2, "mean_size": 5.0, "leader_share": 0.2, "direct_share": 0.5}
    return [KindOfUnit.model_validate(words | sector) for sector in ({}, {"sector": "enterprise"})]


def test_units_are_from_one_to_sixty_years_old_and_every_age_comes_once_in_sixty():
    age = uniform_population(120, 5).age
    assert age[:4].tolist() == [1, 8, 15, 22]
    assert sorted(age[:60].tolist()) == list(range(1, 61))
    assert (age[60:] == age[:60]).all()


def test_simple_units_lie_in_clusters_of_eight_unless_said_otherwise():
    assert np.bincount(uniform_population(24, 5).cluster).tolist() == [8, 8, 8]
    assert np.bincount(uniform_population(7, 5, units_per_cluster=3).cluster).tolist() == [4, 3]
    assert uniform_population(3, 5).n_clusters == 1


@pytest.mark.parametrize(
    ("kind", "cluster", "says"),
    [
        ([1, 0], [0, 1], "one kind must lie side by side"),
        ([0, 0], [1, 0], "one cluster must lie side by side"),
        ([0, 0], [0, 2], "one cluster must lie side by side"),
        ([0, 0], [1, 2], "numbered from 0"),
        ([0, 1], [0, 0], "must be of one kind"),
    ],
)
def test_units_out_of_order_are_refused(kind, cluster, says):
    population = uniform_population(2, 3)
    with pytest.raises(ValueError, match=says):
        replace(population, kind=np.array(kind), cluster=np.array(cluster))


@given(st.lists(kinds(), min_size=1, max_size=3), st.integers(1, 4))
def test_replications_lie_side_by_side_and_share_nothing(described, width):
    alone = generate(population_of(*described))
    wide = alone.side_by_side(width)
    assert wide.n_replications == width
    assert wide.n_members == width * alone.n_members
    assert wide.role.reshape(width, -1).tolist() == [alone.role.tolist()] * width
    for pools in ("pools_by_kind", "pools_by_cluster", "pool_of_all"):
        (members, first_unit), (of_one, first_of_one) = getattr(wide, pools), getattr(alone, pools)
        assert members.size.tolist() == of_one.size.tolist() * width
        assert first_unit.tolist() == [replication * alone.n_units + first for replication in range(width) for first in first_of_one.tolist()]
    assert (wide.units.ids.reshape(width, -1) % 2**54 == alone.units.ids).all()
    assert len(set(wide.units.ids.tolist())) == wide.n_units
    last_members = np.arange(width) * alone.n_members + alone.n_members - 1
    assert wide.posts.replication_of(last_members).tolist() == list(range(width))
    assert wide.by_replication(last_members[1:]).tolist() == [0] + [1] * (width - 1)
    assert wide.by_replication(last_members, last_members == last_members[0]).tolist() == [1] + [0] * (width - 1)


@given(st.lists(kinds(), min_size=1, max_size=3), st.lists(st.integers(1, 3), min_size=2, max_size=4))
def test_populations_of_different_sizes_lie_side_by_side(described, times):
    each = [generate(population_of(*(kind.model_copy(update={"units": n * kind.units}) for kind in described))) for n in times]
    wide = lay_side_by_side(each)
    assert (wide.n_replications, wide.n_units, wide.n_members) == (len(each), sum(one.n_units for one in each), sum(one.n_members for one in each))
    for one, units, posts in zip(each, wide.units.slices, wide.posts.slices, strict=True):
        for name in ("role", "is_leader", "rank_share_of_post"):
            assert getattr(wide, name)[posts].tolist() == getattr(one, name).tolist(), name
        assert (wide.kind[units].tolist(), wide.age[units].tolist()) == (one.kind.tolist(), one.age.tolist())
        assert (wide.cluster[units] - wide.cluster[units.start]).tolist() == one.cluster.tolist()
        assert (wide.units.ids[units] % 2**54).tolist() == one.units.ids.tolist()


def test_only_populations_of_the_same_kinds_lie_side_by_side():
    one = uniform_population(2, 3)
    with pytest.raises(ValueError, match="same kinds"):
        lay_side_by_side([one, replace(one, kinds=("other",))])


def test_too_many_posts_or_replications_do_not_lie_side_by_side():
    small, large = uniform_population(2, 3), uniform_population(1, 2**14 + 1)
    for population, width in ((small, 513), (small, 0), (small.side_by_side(2), 2), (large, 2)):
        with pytest.raises(ValueError, match="cannot lie side by side"):
            population.side_by_side(width)
    assert small.side_by_side(1) is small
