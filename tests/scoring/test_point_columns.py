"""Columns of points: the grain, bounds that no grain can write, comparisons and ranks that are right to the last fraction."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.point_columns import (
    NANO,
    ROOM,
    PointColumn,
    PointsTooLargeError,
    bounded,
    choose_grain,
    clamp,
    constant,
    is_at_least,
    rank_keys,
    sum_of,
)

PER_POINT = NANO


def column_of(values):
    """Cut true values down to grains, as the arithmetic does."""
    grains = [value * PER_POINT for value in values]
    is_exact = np.array([grain.denominator == 1 for grain in grains], dtype=np.bool_)
    amounts = np.array([grain.numerator // grain.denominator for grain in grains], dtype=np.int64)
    return PointColumn(amounts) if is_exact.all() else PointColumn(amounts, is_exact, 1)


def truth(values):
    return lambda positions: [values[int(position)] for position in positions]


# Values that lie so close together that their grains often are the same.
close = st.builds(lambda whole, part: whole + part, st.integers(0, 2), st.sampled_from([Fraction(n, 3 * PER_POINT) for n in range(-4, 5)]))
values_lists = st.lists(close, min_size=1, max_size=8)


def test_the_grain_lets_as_many_divisions_as_possible_come_out_even():
    most = Fraction(10**8)
    assert choose_grain([], most) == 10 * NANO
    assert choose_grain([8, 1000, 5], most) == 10 * NANO
    assert choose_grain([7, 3], most) == 21 * NANO
    assert choose_grain([10**9 + 7, 3], most) == 3 * NANO  # the first would leave no room


def test_room_that_is_left_makes_the_grain_finer():
    assert choose_grain([3], Fraction(100)) == 3 * 10**15


def test_points_that_cannot_be_counted_are_refused():
    with pytest.raises(PointsTooLargeError):
        choose_grain([], Fraction(ROOM, NANO))
    assert choose_grain([], Fraction(ROOM, NANO) - 1) == NANO


def test_a_whole_number_is_kept_inside_the_room():
    assert [clamp(number) for number in (10**30, -(10**30), 5)] == [ROOM, -ROOM, 5]


def test_a_constant_that_no_grain_can_write_is_marked():
    assert constant(Fraction(5, 2), 2, PER_POINT).is_exact is None
    third = constant(Fraction(1, 3), 2, PER_POINT)
    assert (third.amounts.tolist(), third.exactness.tolist(), third.slack) == ([333333333] * 2, [False] * 2, 1)


@given(st.lists(st.tuples(close, close, close), min_size=1, max_size=6), st.sampled_from([Fraction(0), Fraction(1, 3)]), close)
def test_sums_and_bounds_never_lie_further_from_the_truth_than_they_say(rows, low, above):
    high = low + abs(above)
    columns = [column_of([row[index] for row in rows]) for index in range(3)]
    got = bounded(sum_of(columns[:2], columns[2:], len(rows)), low, high, PER_POINT)
    for row, amount, is_exact in zip(rows, got.amounts.tolist(), got.exactness.tolist(), strict=True):
        right = max(low, min(high, row[0] + row[1] - row[2])) * PER_POINT
        assert abs(right - amount) <= (0 if is_exact else got.slack)


def test_what_lies_beyond_a_bound_that_no_grain_can_write_is_marked():
    column = column_of([Fraction(5), Fraction(1, 4), Fraction(0)])
    below, above = bounded(column, Fraction(0), Fraction(1, 3), PER_POINT), bounded(column, Fraction(1, 3), Fraction(9), PER_POINT)
    assert (below.amounts.tolist(), below.exactness.tolist()) == ([333333333, 250000000, 0], [False, True, True])
    assert (above.amounts.tolist(), above.exactness.tolist()) == ([5 * NANO, 333333333, 333333333], [True, False, False])


@given(values_lists, close, st.booleans())
def test_a_bound_is_reached_exactly(values, bound, is_strict):
    reached = is_at_least(column_of(values), bound, PER_POINT, truth(values), is_strict=is_strict)
    assert reached.tolist() == [value > bound if is_strict else value >= bound for value in values]


@given(values_lists)
def test_bounds_far_away_ask_nobody_for_fractions(values):
    def refuse(_positions):
        raise AssertionError

    assert is_at_least(column_of(values), Fraction(-(10**30)), PER_POINT, refuse).all()
    assert not is_at_least(column_of(values), Fraction(10**30), PER_POINT, refuse).any()


@given(values_lists)
def test_keys_are_equal_exactly_where_points_are(values):
    ordered = sorted(set(values))
    assert rank_keys(column_of(values), truth(values)).tolist() == [ordered.index(value) for value in values]


def test_nobody_has_no_keys():
    assert rank_keys(PointColumn(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_), 1), truth([])).tolist() == []
