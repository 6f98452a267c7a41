from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from simulator.rules.points import Count, Deduct, Event, Steps, Threshold
from simulator.scoring.edges import edges_of, points_at, widest_of

GROUND = {"title": {"vi": "Mục", "en": "Part"}, "assumption": {"vi": "Giả định", "en": "Assumed"}, "points": 10}


def part(model, **fields):
    return TypeAdapter(model).validate_python(GROUND | fields)


STEPS = part(Steps, kind="steps", bands=[{"at_least": 5, "below": 9.5, "points": 4}, {"at_least": 9.5, "points": 10}])


def test_the_numbers_on_both_sides_of_each_edge_are_tried():
    assert set(edges_of(STEPS, "x", 10)) == {49, 50, 51, 94, 95, 96}
    assert {8, 9, 10, 11} >= set(edges_of(STEPS, "x", 1)) - {4, 5, 6}


def test_what_is_counted_is_tried_until_more_no_longer_matters():
    assert list(edges_of(part(Count, kind="count", each=3), "x", 1)) == [0, 1, 2, 3, 4]
    assert list(edges_of(part(Event, kind="event", each=-5, at_most_times=1), "x", 1)) == [0, 1]


@pytest.mark.parametrize(("value", "points"), [("4.9", 0), ("5", 4), ("9.49", 4), ("9.5", 10)])
def test_points_of_bands(value, points):
    assert points_at(STEPS, "x")(Fraction(value)) == points


def test_points_of_bounds_counts_and_events():
    assert [points_at(part(Threshold, kind="threshold", at_least=3), "x")(Fraction(value)) for value in (2, 3)] == [0, 10]
    assert [points_at(part(Threshold, kind="threshold", at_most=3), "x")(Fraction(value)) for value in (3, 4)] == [10, 0]
    assert [points_at(part(Count, kind="count", each=4), "x")(Fraction(value)) for value in (1, 3, 9)] == [4, 12, 12]
    deduct = part(Deduct, kind="deduct", events={"late": {"title": {"vi": "Chậm", "en": "Late"}, "minus": 2, "at_most_times": 2}})
    assert [points_at(deduct, "x.late")(Fraction(value)) for value in (0, 1, 5)] == [0, -2, -4]


def test_the_farthest_number_a_clause_draws():
    assert widest_of(STEPS, "x") == Fraction("9.5")
    assert widest_of(part(Count, kind="count", each=4), "x") == 3
