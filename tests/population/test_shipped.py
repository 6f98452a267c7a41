"""The populations that come with the house are what their names say, and say where their figures come from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.history import Role
from simulator.population.generator import generate
from simulator.population.spec import PopulationSpec
from simulator.rules.reading import read_yaml

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "populations"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def described(name):
    return PopulationSpec.model_validate(read_yaml(FOLDER / f"{name}.yaml", name).data)


def test_these_are_shipped():
    assert NAMES == ["clusters", "enterprises-and-offices", "hanoi", "hospitals-and-schools", "units-of-three"]


@pytest.mark.parametrize("name", NAMES)
def test_a_population_has_the_name_of_its_file_and_owns_up_to_what_is_assumed(name):
    spec = described(name)
    assert spec.id == name
    assert "giả định" in spec.basis.vi
    assert "assumed" in spec.basis.en
    assert "No unit here is a real one" in spec.basis.en
    for kind in spec.kinds.values():
        assert any(word in kind.basis.vi.lower() for word in ("giả định", "tự tính"))
        assert any(word in kind.basis.en.lower() for word in ("assumed", "derived"))


@pytest.mark.parametrize("name", NAMES)
def test_clusters_are_as_large_as_described(name):
    spec = described(name)
    population = generate(spec)
    size = np.bincount(population.cluster)
    for position, kind in enumerate(spec.kinds.values()):
        of_kind = size[np.unique(population.cluster[population.kind == position])]
        assert of_kind.mean() == pytest.approx(kind.units_per_cluster, rel=0.1)
        assert np.ptp(of_kind) <= 1


def test_clusters_has_several_of_six_eight_and_ten_units():
    size = np.bincount(generate(described("clusters")).cluster)
    assert np.bincount(size)[[6, 8, 10]].tolist() == [10, 10, 10]


def test_enterprises_are_a_sector_of_their_own():
    population = generate(described("enterprises-and-offices"))
    assert dict(zip(population.kinds, population.sectors, strict=True)) == {"enterprise": "enterprise", "department": "public"}


def test_hospitals_have_a_front_line():
    population = generate(described("hospitals-and-schools"))
    of_hospitals = population.role[population.kind[population.groups.of_member] == population.kinds.index("hospital")]
    assert (of_hospitals == Role.DIRECT).mean() > 0.6


def test_a_unit_of_three_has_a_head_an_office_worker_and_a_direct_worker():
    population = generate(described("units-of-three"))
    assert (population.groups.size == 3).all()
    assert (population.role.reshape(-1, 3) == [Role.HEAD, Role.STAFF, Role.DIRECT]).all()
