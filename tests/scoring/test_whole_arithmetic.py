"""Whole numbers that are divided right, or not at all."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.point_columns import ROOM
from simulator.scoring.whole_arithmetic import line, multiply_share, of_whole, widest_whole

fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6)


def test_only_whole_numbers_that_fit_are_given():
    assert [of_whole(Fraction(value)) for value in (3, -3, ROOM, -ROOM)] == [3, -3, None, None]
    assert of_whole(Fraction(1, 2)) is None


@given(st.lists(st.integers(-(10**9), 10**9), max_size=5), fractions, fractions)
def test_a_line_is_cut_down_to_whole_numbers_or_refused(xs, slope, start):
    rough = line(np.array(xs, dtype=np.int64), slope, start)
    if rough is not None:
        values = [start + slope * x for x in xs]
        assert rough.amounts.tolist() == [floor(value) for value in values]
        assert ([False] * len(xs) if rough.is_cut is None else rough.is_cut.tolist()) == [value.denominator != 1 for value in values]


def test_a_line_that_might_not_fit_is_refused():
    assert line(np.array([2**31]), Fraction(2**30)) is None
    assert line(np.array([2**31]), Fraction(2**29)) is not None
    assert line(np.array([1]), Fraction(1, ROOM)) is None


@given(st.integers(0, ROOM - 1), st.lists(st.tuples(st.integers(1, widest_whole() - 1), st.fractions(0, 1)), min_size=1, max_size=5))
def test_a_share_of_a_number_is_divided_by_hand(number, pairs):
    whole = np.array([pair[0] for pair in pairs], dtype=np.int64)
    part = np.array([floor(pair[0] * pair[1]) for pair in pairs], dtype=np.int64)
    rough = multiply_share(number, part, whole)
    values = [Fraction(number * int(p), int(w)) for p, w in zip(part, whole, strict=True)]
    assert rough.amounts.tolist() == [floor(value) for value in values]
    assert rough.is_cut.tolist() == [value.denominator != 1 for value in values]
