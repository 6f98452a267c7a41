"""One criterion for one nominee: every kind on an example that can be worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.rules.points import Band, Section
from simulator.scoring.exact_points import exact_points, is_in_band, round_half_away
from tests.scoring.point_tables import deduction, level, part


def points(kind, values, most=10, **fields):
    table = Section.model_validate(part("section", 100, parts={"c": part(kind, most, **fields)}))
    return exact_points(table.parts["c"], [Fraction(str(value)) for value in values])


LEVELS = {"city": level(4), "state": level(7)}
EVENTS = {"late": deduction(2, at_most_times=2), "lost": deduction(5)}


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (points("proportional", [94]), Fraction("9.4")),
        (points("proportional", [120]), 10),
        (points("proportional", [-5]), 0),
        (points("proportional", [2], target=3), Fraction(20, 3)),
        (points("proportional", [2], target=3, round_to=0.25), Fraction("6.75")),
        (points("proportional", [79], nothing_below=80), 0),
        (points("proportional", [80], nothing_below=80), 8),
        (points("proportional", [50, 200], target="own"), Fraction("2.5")),
        (points("proportional", [0, 0], target="own"), 10),
        (points("proportional", [-1, 0], target="own"), 0),
        (points("proportional", ["96.5"], loses={"points": 1, "per_percent": 2}), Fraction("8.25")),
        (points("proportional", ["96.5"], loses={"points": 1, "per_percent": 2, "counted": "whole-steps"}), 9),
        (points("proportional", ["96.5"], loses={"points": 1, "per_percent": 2, "counted": "started-steps"}), 8),
        (points("proportional", [10], loses={"points": 1, "per_percent": 2}), 0),
        (points("steps", [90], bands=[{"above": 90, "points": 9}, {"at_least": 80, "points": 5}]), 5),
        (points("steps", [1], bands=[{"at_least": 80, "points": 5}]), 0),
        (points("steps", [90], bands=[{"at_least": 80, "points": 50}]), 10),
        (points("threshold", [3], at_least=3), 10),
        (points("threshold", ["3.01"], at_most=3), 0),
        (points("threshold", [1]), 10),
        (points("count", [3], each=1.5), Fraction("4.5")),
        (points("count", [300], each=1.5), 10),
        (points("deduct", [3, 1], events=EVENTS), 1),
        (points("deduct", [0, 3], events=EVENTS), 0),
        (points("event", [3], each=-2, at_most_times=2), -4),
        (points("event", [30], each=-2), -10),
        (points("highest", [1, 1], levels=LEVELS), 7),
        (points("highest", [0, 0], levels=LEVELS), 0),
        (points("achievements", [1, 1], levels=LEVELS), 10),
        (points("achievements", [2, 0], levels=LEVELS), 8),
        (points("mark", [7, 9, 8], by=["self", "cluster", "standing-body"]), 8),
        (points("mark", [7, 9], by=["self", "cluster"], counts="mean"), 8),
        (points("mark", [1, 9, 8], by=["self", "cluster", "standing-body"], counts="median"), 8),
        (points("mark", [1, 9], by=["self", "cluster"], counts="median"), 5),
        (points("mark", [11]), 10),
        (points("mark", ["9.7"], most=9.8, round_to=1), Fraction("9.8")),
    ],
)
def test_the_points_of_a_criterion(got, expected):
    assert got == expected


def test_halves_are_rounded_away_from_zero():
    assert [round_half_away(Fraction(value), Fraction("0.5")) for value in ("0.25", "-0.25", "0.24", "0.75", "-0.74")] == [
        Fraction("0.5"),
        Fraction("-0.5"),
        0,
        1,
        Fraction("-0.5"),
    ]


@pytest.mark.parametrize(
    ("bounds", "inside"), [({"at_least": 1, "below": 2}, [1]), ({"above": 1, "at_most": 2}, [2]), ({}, [1, 2]), ({"below": 1}, [])]
)
def test_a_bound_is_inside_or_outside_as_its_word_says(bounds, inside):
    assert [value for value in (1, 2) if is_in_band(Band(**bounds), Fraction(value))] == inside
