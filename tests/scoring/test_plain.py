from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.scoring.plain import as_number, as_plain


@pytest.mark.parametrize(
    ("value", "number"),
    [(Fraction(7), 7), (Fraction(181, 2), 90.5), (Fraction(1, 3), 0.333333333), (Fraction(-2, 3), -0.666666667), (Fraction(1, 2 * 10**9), 1e-09)],
)
def test_an_exact_number_is_written_as_a_decimal(value, number):
    assert as_number(value) == number


def test_plain_data_goes_all_the_way_down():
    assert as_plain({"a": [Fraction(1, 2), ("b", Fraction(3))]}) == {"a": [0.5, ["b", 3]]}
