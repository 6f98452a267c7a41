"""Margins in words: each written once, with the unit of the tables, and never as what floating-point arithmetic leaves."""

from __future__ import annotations

import pytest

from simulator.presentation.numbers import is_nothing
from simulator.presentation.results.margins import amount_words, margin_words, say_margins


@pytest.mark.parametrize(
    ("name", "amount", "kind", "words"),
    [
        ("turn_taking_index", 0.05, "difference", "0.05"),
        ("leader_share", 0.07, "difference", "7\N{NO-BREAK SPACE}pp"),  # 0.07 · 100 is 7.000000000000001
        ("leader_share", 0.07, "value", "7%"),
        ("time_to_award_months", 1.0, "difference", "1\N{NO-BREAK SPACE}months"),
    ],
)
def test_an_amount_has_the_unit_of_the_tables(name, amount, kind, words):
    assert amount_words(name, amount, kind, "en") == words


def test_margins_of_counts_and_money_are_a_share_of_the_baseline():
    assert margin_words("cost_vnd", 12_345.0, "en") == margin_words("dossiers", 5.0, "en") == "5% of the reference option"


def test_a_margin_that_several_indicators_share_is_written_once():
    names = ("turn_taking_index", "equal_opportunity_difference", "merit_kappa", "leader_share", "award_rate", "excess_inflation")
    margins = dict(zip(names, (0.05, 0.05, 0.03, 0.02, 0.02, 0.02), strict=True))
    told = say_margins(margins, "en", lambda name, _lang: name)
    assert told.count("0.05") == told.count("0.03") == 1
    assert "0.05 for turn_taking_index" in told
    assert "leader_share" not in told, "the unit says which are meant"


@pytest.mark.parametrize(
    ("numbers", "is_so"),
    [((0.0, 0.0, 0.0), True), ((0.0, -0.0, 0), True), ((0.0, None, None), False), ((None, None, None), False), ((0.0, -1e-300, 0.0), False)],
)
def test_exactly_nothing_is_a_difference_and_an_interval_of_nought(numbers, is_so):
    assert is_nothing(*numbers) is is_so
