"""Points in proportion: the amounts on both sides of every edge, and numbers at the end of int64."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.points import Section
from simulator.scoring.exact_points import exact_points
from simulator.scoring.point_columns import NANO
from simulator.scoring.point_inputs import Inputs
from simulator.scoring.proportional import proportional_divisors, score_proportional
from tests.scoring.point_tables import part


def criterion_of(most=10, **fields):
    return Section.model_validate(part("section", parts={"c": part("proportional", most, **fields)})).parts["c"]


def rough_of(criterion, *columns, scales=None):
    arrays = tuple(np.array(column, dtype=np.int64) for column in columns)
    return score_proportional(criterion, Inputs(arrays, scales or (0,) * len(arrays)), NANO)


def points_of(criterion, *columns, scales=None):
    return [Fraction(amount, NANO) for amount in rough_of(criterion, *columns, scales=scales).amounts.tolist()]


LOSS = {"points": 1, "per_percent": 2}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [0, 0, Fraction("9.4"), Fraction("9.9"), 10, 10]),
        ({"nothing_below": 95}, [0, 0, 0, Fraction("9.9"), 10, 10]),
        ({"loses": LOSS}, [0, 0, 7, Fraction("9.5"), 10, 10]),
        ({"loses": {**LOSS, "counted": "whole-steps"}}, [0, 0, 7, 10, 10, 10]),
        ({"loses": {**LOSS, "counted": "started-steps"}}, [0, 0, 7, 9, 10, 10]),
    ],
)
def test_points_below_at_and_above_a_target(fields, expected):
    observed = [-5, 0, 94, 99, 100, 250]
    assert points_of(criterion_of(**fields), observed) == expected
    assert points_of(criterion_of(target="own", **fields), observed, [100] * 6)[1:] == expected[1:]


def test_columns_of_different_decimals_are_brought_together():
    assert points_of(criterion_of(target="own"), [15, 5], [2, 20], scales=(1, 0)) == [Fraction("7.5"), Fraction("0.25")]


def test_an_own_target_of_nothing_is_reached_by_anything():
    assert points_of(criterion_of(target="own"), [0, 5, -1], [0, -3, 0]) == [10, 10, 0]


def test_what_does_not_fit_is_marked_and_not_worked_out():
    edge = np.iinfo(np.int64)
    rough = rough_of(criterion_of(target="own"), [edge.max, edge.min, 5, 3], [edge.max, 7, edge.min, 4])
    assert rough.is_unfit.tolist() == [True, True, True, False]
    assert rough_of(criterion_of(target=0.123456789012345), [1]) is None


def test_more_missing_than_everything_goes_the_long_way():
    rough = rough_of(criterion_of(target="own", loses={"points": 0.1, "per_percent": 50}), [-(10**12), -1, 0], [1, 10, 10])
    assert rough.is_unfit.tolist() == [True, True, False]
    assert rough.amounts[2] == 9_800_000_000


@given(
    st.sampled_from([7, 12.5, 30, 100, 0.3, 1100]),
    st.none() | st.sampled_from([(1, 2), (0.3, 0.7), (2, 5), (0.5, 100), (3, 7)]),
    st.sampled_from(["pro-rata", "whole-steps", "started-steps"]),
    st.none() | st.sampled_from([33.3, 80]),
    st.lists(st.integers(-2000, 150_000), min_size=1, max_size=6),
    st.booleans(),
)
def test_each_row_is_the_rule_cut_down_to_a_billionth(target, loss, counted, nothing_below, observed, is_own):
    loses = {} if loss is None else {"loses": {"points": loss[0], "per_percent": loss[1], "counted": counted}}
    floor = {} if nothing_below is None else {"nothing_below": nothing_below}
    criterion = criterion_of(9.5, target="own" if is_own else target, **loses, **floor)
    targets = [[int(target * 100)] * len(observed)] if is_own else []
    rough = rough_of(criterion, observed, *targets, scales=(2, 2)[: 1 + is_own])
    if rough is None:  # constants that do not come out even go the long way
        assert loss in {(0.3, 0.7), (3, 7)}  # sevenths of a point
        return
    for row, amount in enumerate(rough.amounts.tolist()):
        if rough.is_unfit is None or not rough.is_unfit[row]:
            values = [Fraction(observed[row], 100), *(Fraction(own[row], 100) for own in targets)]
            grains = exact_points(criterion, values) * NANO
            assert amount == grains.numerator // grains.denominator
            assert (rough.is_cut is not None and bool(rough.is_cut[row])) == (grains.denominator != 1)


def test_the_divisors_of_a_target_let_its_points_come_out_even():
    def inputs(*columns):
        return Inputs(tuple(np.array(column, dtype=np.int64) for column in columns), (0,) * len(columns))

    assert 7 in set(proportional_divisors(criterion_of(target=7), inputs([1])))
    assert set(proportional_divisors(criterion_of(target="own"), inputs([1, 1, 1, 1], [11, 11, 40, -3]))) == {11, 4}
    assert set(proportional_divisors(criterion_of(target="own"), inputs(range(100), range(100)))) == set()
    few_at_first = [*[3] * 2000, *range(1, 100)]
    assert set(proportional_divisors(criterion_of(target="own"), inputs(few_at_first, few_at_first))) == set()
