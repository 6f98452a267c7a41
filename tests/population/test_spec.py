"""A description of a population says what it needs, or is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from simulator.population.spec import KindOfUnit, PopulationSpec

WORDS = {"vi": "Thử", "en": "Trial"}
KIND = {"title": WORDS, "units": 10, "mean_size": 20.0, "leader_share": 0.2, "direct_share": 0.5, "basis": WORDS}


def test_a_kind_needs_numbers_of_units_members_and_posts_and_a_basis():
    kind = KindOfUnit.model_validate(KIND)
    assert (kind.spread, kind.smallest) == (0.0, 1)
    for field in KIND:
        with pytest.raises(ValidationError, match=field):
            KindOfUnit.model_validate({key: value for key, value in KIND.items() if key != field})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("units", 0),
        ("units", 1.0),
        ("units", "10"),
        ("units", True),
        ("mean_size", 0.5),
        ("mean_size", float("nan")),
        ("spread", -0.1),
        ("spread", 2.1),
        ("smallest", 0),
        ("leader_share", 1.1),
        ("leader_share", -0.1),
        ("direct_share", 1.1),
        ("direct_share", "half"),
        ("colour", "red"),
    ],
)
def test_what_no_unit_can_be_is_refused(field, value):
    with pytest.raises(ValidationError, match=field):
        KindOfUnit.model_validate(KIND | {field: value})


@pytest.mark.parametrize(("mean_size", "smallest", "is_possible"), [(20.0, 20, True), (20.0, 21, False), (20.5, 20, True)])
def test_a_mean_cannot_be_below_the_smallest(mean_size, smallest, is_possible):
    content = KIND | {"mean_size": mean_size, "smallest": smallest}
    if is_possible:
        assert KindOfUnit.model_validate(content).smallest == smallest
    else:
        with pytest.raises(ValidationError, match="below smallest"):
            KindOfUnit.model_validate(content)


def test_a_population_has_at_least_one_kind():
    content = {"id": "trial", "title": WORDS, "basis": WORDS, "kinds": {"office": KIND}}
    assert list(PopulationSpec.model_validate(content).kinds) == ["office"]
    with pytest.raises(ValidationError, match="kinds"):
        PopulationSpec.model_validate(content | {"kinds": {}})


def test_a_kind_is_public_and_its_clusters_have_eight_units_unless_said_otherwise():
    kind = KindOfUnit.model_validate(KIND)
    assert (kind.sector, kind.units_per_cluster) == ("public", 8)
    other = KindOfUnit.model_validate(KIND | {"sector": "enterprise", "units_per_cluster": 6})
    assert (other.sector, other.units_per_cluster) == ("enterprise", 6)


@pytest.mark.parametrize(("field", "value"), [("units_per_cluster", 0), ("units_per_cluster", 8.0), ("sector", "Doanh nghiệp"), ("sector", "")])
def test_what_no_cluster_or_sector_can_be_is_refused(field, value):
    with pytest.raises(ValidationError, match=field):
        KindOfUnit.model_validate(KIND | {field: value})
