from __future__ import annotations

import pytest

from simulator.widgets.training.counted import CountedWorld
from simulator.widgets.training.exercise import exercises
from simulator.workspace import find_workspace

BY_ID = {exercise.id: exercise for exercise in exercises()}


@pytest.fixture(scope="module")
def six():
    return CountedWorld(BY_ID["quota-of-six"], BY_ID["quota-of-six"].world, find_workspace())


@pytest.fixture(scope="module")
def three():
    return CountedWorld(BY_ID["floor-of-three"], BY_ID["floor-of-three"].world, find_workspace())


@pytest.mark.parametrize(("rounding", "places"), [("floor", 0), ("nearest", 10), ("ceiling", 10), ("systematic", 9)])
def test_fifteen_percent_of_ten_units_of_six(six, rounding, places):
    reading = six.read({"rounding": rounding, "people": 6})
    assert reading["places_together"].value == places
    assert reading["share_reached"].value == pytest.approx(places / 60)
    assert all(number.is_exact for number in reading.values())


def test_the_share_is_that_of_the_set(six):
    assert six.criteria.clause("chien-si-thi-dua-co-so.quota").share == 0.15
    assert six.read({"rounding": "floor", "people": 20})["fewest_places"].value == 3


@pytest.mark.parametrize(
    ("floor", "pooling", "one", "ten"), [(0.0, "unit", 3, 30), (0.65, "unit", 1, 10), (0.7, "unit", 0, 0), (0.7, "all", 3, 9), (1.0, "all", 0, 0)]
)
def test_a_floor_in_a_unit_of_three_places_is_rounded_up(three, floor, pooling, one, ten):
    reading = three.read({"floor": floor, "pooling": pooling})
    assert (reading["open_to_leaders"].value, reading["open_to_leaders_together"].value) == (one, ten)


def test_any_place_matters_and_of_shares_half_a_hundredth(six):
    reading = six.read({"rounding": "floor", "people": 6})["share_reached"]
    assert six.margin("share_reached", reading) < six.margin("places_together", reading) < 1
