from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.intervals import HIGHEST, LOWEST, Interval, interval_of, uncovered
from simulator.rules.points import Band


@pytest.mark.parametrize(
    ("band", "shown"),
    [
        ({"at_least": 3, "below": 4}, "3 ≤ x < 4"),
        ({"above": 3, "at_most": 4.5}, "3 < x ≤ 4.5"),
        ({"at_least": 3, "at_most": 3}, "x = 3"),
        ({"above": 90}, "x > 90"),
        ({"at_least": 90}, "x ≥ 90"),
        ({"below": 0}, "x < 0"),
        ({"at_most": 0}, "x ≤ 0"),
        ({}, "x"),
    ],
)
def test_a_range_is_written_with_signs_every_reader_knows(band, shown):
    assert interval_of(Band(**band)).show() == shown


def test_a_band_from_high_to_low_is_empty():
    assert interval_of(Band(at_least=4, below=4)).is_empty
    assert interval_of(Band(above=4, at_most=4)).is_empty
    assert not interval_of(Band(at_least=4, at_most=4)).is_empty


def test_tenths_are_exact():
    pieces = [interval_of(Band(at_least=0.1, below=0.3)), interval_of(Band(at_least=0.3, below=0.7))]
    assert uncovered(interval_of(Band(at_least=0.1, below=0.7)), pieces) == []


NUMBERS = st.integers(0, 8)
SIDES = st.sampled_from([-1, 1])
EDGES = st.tuples((NUMBERS | st.fractions(0, 8, max_denominator=3)).map(Fraction), SIDES)
PROBES = st.integers(-1, 18).map(lambda half: Fraction(half, 2)) | st.fractions(-1, 9, max_denominator=6)
INTERVALS = st.builds(Interval, EDGES | st.just(LOWEST), EDGES | st.just(HIGHEST))


def _holds(interval, number):
    return interval.start <= (number, 0) <= interval.end


@given(INTERVALS, st.lists(INTERVALS, max_size=6), PROBES)
def test_what_is_uncovered_is_in_the_whole_and_in_no_piece(whole, pieces, number):
    expected = _holds(whole, number) and not any(_holds(piece, number) for piece in pieces)
    assert any(_holds(gap, number) for gap in uncovered(whole, pieces)) == expected


@given(INTERVALS, INTERVALS, PROBES)
def test_what_two_have_in_common_is_in_both(first, second, number):
    assert _holds(first.meet(second), number) == (_holds(first, number) and _holds(second, number))


def test_a_gap_between_two_pieces_and_one_after_them():
    pieces = [interval_of(Band(at_least=1, below=3)), interval_of(Band(above=4, at_most=5))]
    gaps = uncovered(interval_of(Band(at_least=0, at_most=6)), pieces)
    assert [gap.show() for gap in gaps] == ["0 ≤ x < 1", "3 ≤ x ≤ 4", "5 < x ≤ 6"]


@given(INTERVALS, st.lists(INTERVALS, max_size=6))
def test_what_is_uncovered_stands_in_order_apart_and_is_never_empty(whole, pieces):
    gaps = uncovered(whole, pieces)
    assert not any(gap.is_empty for gap in gaps)
    assert all(first.end < second.start for first, second in pairwise(gaps)), "two gaps without a piece between them are one"
    assert all(whole.start <= gap.start and gap.end <= whole.end for gap in gaps)
    assert all(gap.meet(piece).is_empty for gap in gaps for piece in pieces if not piece.is_empty)
    assert uncovered(whole, [*pieces, *gaps]) == []
