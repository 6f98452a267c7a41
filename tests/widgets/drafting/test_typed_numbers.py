from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.presentation.numbers import format_shortest
from simulator.widgets.drafting.typed_numbers import read_typed


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), (" 12,5 ", "12.5"), ("12.5%", "12.5"), ("-0,5", "-0.5"), ("−1", "-1"), ("0.125", "0.125"), ("007", "7")],
)
def test_a_number_is_read_as_it_is_written_in_either_language(text, number):
    assert read_typed(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "x", "1,2,3", "1.234", "1.234,5", "1e3", "1_000", "٣", "nan", "½", "1 000", "--1", "1" * 30])
def test_whatever_else_is_no_number(text):
    assert read_typed(text) is None


@given(st.integers(0, 9999).map(lambda n: n / 100), st.sampled_from(["vi", "en"]))
def test_what_is_shown_can_be_typed(number, lang):
    assert read_typed(format_shortest(number, lang)) == Decimal(str(number))
