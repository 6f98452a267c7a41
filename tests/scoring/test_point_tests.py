"""Tests of points: numbers, shares of the most, and shares of the mean of the group."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from simulator.rules.conditions import PointsTest
from simulator.scoring.point_columns import NANO, PointColumn
from simulator.scoring.point_tests import _sum_groups, groups_of, mean_points, meets_points, required_points
from tests.examples import how_many
from tests.scoring.point_tables import part, scale, scored
from tests.scoring.random_tables import RandomTable, luck_of
from tests.scoring.rosters import make_roster
from tests.scoring.slow_points import slow_points_test, slow_table
from tests.scoring.test_point_table import score_random

TABLE = {"a": part("mark", 10), "b": part("mark", 20), "bonus": part("bonus", 5, parts={"x": part("mark", 5)})}


def passed(test, a=(8, 5, 2), b=(17, 20, 8), **roster):
    made = make_roster(numbers={"a": a, "b": b, "x": [0] * len(a)}, **roster)
    points = scored(TABLE, made, scale_clause=scale(30)).points
    return meets_points(PointsTest.model_validate(test), points, groups_of(made)).tolist()


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ({"points": "total", "at_least": 25}, [True, True, False]),
        ({"points": "total", "below": 25}, [False, False, True]),
        ({"points": "a", "at_least_share": 0.5}, [True, True, False]),
        ({"points": "total", "at_least_share": 0.8}, [True, True, False]),
        ({"points": "every-criterion", "at_least_share": 0.8}, [True, False, False]),
        ({"points": "every-criterion", "below_share": 0.5}, [False, False, True]),
        ({"points": "a", "at_least_share_of_mean": 1}, [True, True, False]),
        ({"points": "a", "below_share_of_mean": 0.5}, [False, False, True]),
        ({"points": "every-criterion", "at_least_share_of_mean": 1}, [True, True, False]),
    ],
)
def test_each_comparison(test, expected):
    assert passed(test) == expected


def test_a_mean_is_taken_over_the_cluster_else_the_unit_else_everybody():
    test = {"points": "a", "at_least_share_of_mean": 1}
    assert passed(test, a=(8, 5, 2)) == [True, True, False]
    assert passed(test, a=(8, 5, 2), units=["u", "u", "v"]) == [True, False, True]
    assert passed(test, a=(8, 5, 2), units=["u", "u", "v"], clusters=["c", "d", "d"]) == [True, True, False]


def test_groups_are_numbered_by_the_names_the_roster_has():
    assert groups_of(make_roster(3)).tolist() == [0, 0, 0]
    assert groups_of(make_roster(units=["b", "a", "b"])).tolist() == [1, 0, 1]
    assert groups_of(make_roster(units=["b", "a", "b"], clusters=["", "c", "c"])).tolist() == [0, 1, 1]


def test_units_of_one_nominee_each_are_no_groups():
    """Collectives are put forward one a unit: each alone would be the first of one, and no part of a mean but its own."""
    alone = make_roster(units=["c", "a", "b"])
    assert groups_of(alone).tolist() == [0, 0, 0]
    assert groups_of(make_roster(units=["c", "a", "b"], clusters=["x", "y", "z"])).tolist() == [0, 1, 2]
    assert passed({"points": "a", "at_least_share_of_mean": 1}, a=(8, 5, 2), units=["c", "a", "b"]) == [True, True, False]


def test_everybody_at_a_mean_that_no_decimal_can_write_reaches_it(coarse_grain):
    roster = make_roster(numbers={"c": ["1", "2", "1"], "c:target": ["3", "6", "3.0000001"]})
    points = scored({"c": part("proportional", 10, target="own")}, roster).points
    group = np.zeros(3, dtype=np.int64)
    reached = meets_points(PointsTest(points="c", at_least_share_of_mean=1.0), points, group)
    assert reached.tolist() == [True, True, False]
    assert mean_points(points, "c", group, 0) == sum(points.exact_rows("c", np.arange(3))) / 3


def test_a_sum_of_thirds_reaches_the_mean_it_is_equal_to(coarse_grain):
    columns = {"a": ["1", "1"], "a:target": ["3", "2"], "b": ["2", "1"], "b:target": ["3", "2"]}
    roster = make_roster(numbers=columns)
    points = scored({name: part("proportional", 1, target="own") for name in "ab"}, roster).points
    assert points.columns["total"].amounts.tolist() == [NANO - 1, NANO]
    for name, share in (("total", 1.0), ("every-criterion", 0.5)):
        assert meets_points(PointsTest(points=name, at_least_share_of_mean=share), points, np.zeros(2, dtype=np.int64)).tolist() == [True, True]
    assert points.rank_keys().tolist() == [0, 0]


def test_what_a_test_asks_can_be_told():
    roster = make_roster(numbers={"a": [8, 5], "b": [1, 2], "x": [0, 0]})
    points = scored(TABLE, roster, scale_clause=scale(30)).points
    group = np.zeros(2, dtype=np.int64)
    asked = [
        required_points(PointsTest.model_validate(test), "a", points, group, 0)
        for test in ({"points": "a", "below": 3.5}, {"points": "a", "at_least_share": 0.85}, {"points": "a", "at_least_share_of_mean": 0.5})
    ]
    assert asked == [Fraction("3.5"), Fraction("8.5"), Fraction("3.25")]


def test_sums_too_large_for_one_number_are_taken_in_two_halves():
    huge = np.array([2**60, 2**60 - 1, 2**60 - 2, -(2**60), 5], dtype=np.int64)
    sums = _sum_groups(PointColumn(np.tile(huge, 10)), np.tile(np.array([0, 0, 0, 1, 1]), 10))
    assert sums.sums == (10 * (3 * 2**60 - 3), 10 * (5 - 2**60))
    assert sums.sizes == (30, 20)


@pytest.mark.sampled
@pytest.mark.parametrize("grain", ["fine_grain", "coarse_grain"])
def test_a_slow_reader_agrees_on_every_test(grain, request):
    request.getfixturevalue(grain)
    luck = luck_of(31)
    for _ in range(how_many(60, 200)):
        table = RandomTable(luck)
        slow = slow_table(table.data, table.rows(), table.groups)
        fast = score_random(table)
        for name in (*table.paths, "total", "every-criterion"):
            value = slow[0][name] if name in slow[0] and slow[0][name].denominator < NANO else luck.randint(0, 20)
            tests = [{key: float(value)} for key in ("at_least", "below") if Fraction(str(float(value))) == value]
            tests += [{f"{side}_share{of}": luck.choice([0, 0.5, 1, 1.1])} for side in ("at_least", "below") for of in ("", "_of_mean")]
            for test in tests:
                whole = {"points": name, **test}
                expected = [slow_points_test(whole, table.data, slow, table.groups, row) for row in range(table.n_rows)]
                assert meets_points(PointsTest.model_validate(whole), fast.points, fast.group_of).tolist() == expected, whole
