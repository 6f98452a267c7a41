"""A smaller population keeps whole units, its kinds, and its leaders."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.scenarios.thinning import members_of, thin
from simulator.population.generator import generate

SHIPPED = ["hanoi-2021", "epidemic-front-line", "enterprises", "clusters-and-flags"]


@pytest.fixture(params=SHIPPED)
def population(request):
    return load_scenario(request.param).population


def test_about_so_many_members_are_kept(population):
    assert members_of(thin(population, 2000)) == pytest.approx(2000, rel=0.1)
    assert generate(thin(population, 2000)).n_members == members_of(thin(population, 2000))


def test_units_stay_whole_and_every_kind_stays(population):
    small = thin(population, 2000)
    assert list(small.kinds) == list(population.kinds)
    for name, kind in small.kinds.items():
        assert kind.model_copy(update={"units": population.kinds[name].units}) == population.kinds[name]
        assert 1 <= kind.units < population.kinds[name].units


def test_leaders_are_as_frequent_as_before_in_every_kind(population):
    large, small = generate(population), generate(thin(population, 2000))
    for position in range(len(large.kinds)):
        shares = [people.is_leader[people.groups.spread(people.kind) == position].mean() for people in (large, small)]
        assert shares[1] == pytest.approx(shares[0], abs=0.02)


def test_a_population_hardly_larger_than_asked_for_stays_whole(population):
    assert thin(population, members_of(population)) is population
    assert thin(population, int(members_of(population) / 1.2)) is population
    assert thin(population, int(members_of(population) / 1.3)) is not population


def test_even_the_smallest_kind_keeps_a_unit(population):
    assert min(kind.units for kind in thin(population, 50).kinds.values()) == 1


def test_how_many_units_make_a_cluster_stays_as_described_though_clusters_do_not_stay_whole(population):
    """What the note of the study says: whole units, but clusters laid anew."""
    described = {name: kind.units_per_cluster for name, kind in population.kinds.items()}
    small = thin(population, 2000)
    assert {name: kind.units_per_cluster for name, kind in small.kinds.items()} == described
    people = generate(small)
    sizes = np.bincount(people.cluster)
    assert sizes.sum() == sum(kind.units for kind in small.kinds.values())
    assert sizes.max() <= 2 * max(described.values())
