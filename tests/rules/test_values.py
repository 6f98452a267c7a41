from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from simulator.rules.values import Text, exact, normalised


def test_a_text_is_said_in_each_language():
    text = Text(vi="Tiêu chí", en="Criterion")
    assert (text.in_language("vi"), text.in_language("en")) == ("Tiêu chí", "Criterion")


@pytest.mark.parametrize("value", [{"vi": "một"}, {"vi": "một", "en": " "}, {"vi": "một", "en": 1}, "một", None, {"vi": "a", "en": "b", "fr": "c"}])
def test_half_a_text_is_none(value):
    assert Text.read(value) is None


def test_values_do_not_change():
    text = Text(vi="a", en="b")
    with pytest.raises(ValidationError):
        text.vi = "c"


def test_numbers_are_exactly_what_was_written():
    assert exact(0.15) == Fraction(3, 20)
    assert exact(1) == 1


def test_tripled_weights_are_the_same_weights():
    weights = {"results": 0.5, "initiative": 0.2, "scope": 0.2, "conduct": 0.1}
    assert normalised(weights) == normalised({name: weight * 3 for name, weight in {"results": 5, "initiative": 2, "scope": 2, "conduct": 1}.items()})
    assert sum(normalised(weights).values()) == 1
