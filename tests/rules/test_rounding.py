from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.rounding import round_places

FIFTEEN = Fraction(15, 100)


@pytest.mark.parametrize(
    ("n_people", "floor", "nearest", "ceiling"),
    [(3, 0, 0, 1), (6, 0, 1, 1), (7, 1, 1, 2), (10, 1, 2, 2), (20, 3, 3, 3), (0, 0, 0, 0)],
)
def test_fifteen_per_cent_of_small_units(n_people, floor, nearest, ceiling):
    assert round_places(FIFTEEN, n_people, "floor") == floor
    assert round_places(FIFTEEN, n_people, "nearest") == nearest
    assert round_places(FIFTEEN, n_people, "ceiling") == ceiling
    assert round_places(FIFTEEN, n_people, "systematic") == ceiling


@given(st.fractions(0, 1, max_denominator=1000), st.integers(0, 10_000), st.sampled_from(["floor", "nearest", "ceiling", "systematic"]))
def test_places_lie_within_one_of_the_share_and_never_exceed_the_people(share, n_people, rounding):
    places = round_places(share, n_people, rounding)
    assert abs(places - share * n_people) < 1
    assert 0 <= places <= n_people
