from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.rounding import round_places, rounding_lens
from tests.rules.specimen import SET, stack_texts

FIFTEEN = Fraction(15, 100)


CAP = """\
      cap: {kind: leader-cap, title: {vi: "Trần", en: "Cap"}, share: 0.25, pooling: unit}
      step: {kind: pay-step, title: {vi: "Nâng lương", en: "Step"}, share: 0.1, months: 12}
"""


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


def test_the_lens_shows_every_share_in_small_units():
    rows = rounding_lens(stack_texts(SET + CAP))
    assert [(row.clause, row.kind, row.share, row.pooling, row.rounding, row.places) for row in rows] == [
        ("fighter.quota", "quota", Fraction(1, 2), "unit", "nearest", (2, 4, 6, 10)),
        ("fighter.floor", "direct-worker-floor", Fraction(1, 5), "unit", "ceiling", (1, 2, 3, 4)),
        ("fighter.cap", "leader-cap", Fraction(1, 4), "unit", "floor", (0, 1, 3, 5)),
        ("fighter.step", "pay-step", Fraction(1, 10), None, "floor", (0, 0, 1, 2)),
    ]


def test_a_number_of_places_and_a_share_that_is_none_are_not_in_the_lens():
    assert [row.clause for row in rounding_lens(stack_texts(SET.replace("share: 0.5", "places: 3")))] == ["fighter.floor"]
    assert [row.clause for row in rounding_lens(stack_texts(SET.replace("share: 0.5", "share: 15")))] == ["fighter.floor"]
