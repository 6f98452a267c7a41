from __future__ import annotations

import re
from typing import get_args

import pytest

from simulator.rules.clauses import Pooling, Rounding
from simulator.rules.facts import Scope
from simulator.rules.said_words import _SAID, agrees_in_number, said_of, says_in_a_row
from simulator.rules.stages import Level


@pytest.mark.parametrize(("key", "kind"), [("pooling", Pooling), ("rounding", Rounding), ("scope", Scope), ("level", Level)])
def test_only_words_a_file_may_have_are_known(key, kind):
    assert set(_SAID[key]) <= set(get_args(kind))


def test_every_pattern_can_be_looked_for():
    assert all(re.compile(pattern) for words in _SAID.values() for pattern in words.values())


@pytest.mark.parametrize(
    ("key", "value", "title", "found"),
    [
        ("pooling", "unit", "At most 15% of the unit's holders", "the unit"),
        ("pooling", "unit", "tính chung cho các đơn vị cùng loại", None),
        ("pooling", "kind", "tính chung cho các đơn vị cùng loại", "đơn vị cùng loại"),
        ("pooling", "unheard-of", "của đơn vị", None),
        ("share", 0.5, "của đơn vị", None),
        ("consumed", True, "chưa sử dụng để xét khen thưởng", "chưa sử dụng"),
    ],
)
def test_the_words_of_a_value_are_found(key, value, title, found):
    assert said_of(key, value, title) == found


def test_years_in_a_row_are_told_in_both_languages():
    assert says_in_a_row("Ba lần liên tục") == "liên tục"
    assert says_in_a_row("three times in a row") == "in a row"
    assert says_in_a_row("three times") is None


@pytest.mark.parametrize(
    ("title", "end", "is_one", "expected"),
    [
        ("one years in a row", 3, True, "one year in a row"),
        ("two recognised initiative or study", 3, False, "two recognised initiatives or study"),
        ("two, and a flag", 3, False, "two, and a flag"),
    ],
)
def test_what_is_counted_agrees_in_english(title, end, is_one, expected):
    assert agrees_in_number(title, end, "en", is_one=is_one) == expected
    assert agrees_in_number(title, end, "vi", is_one=is_one) == title
