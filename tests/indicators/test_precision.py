"""Precision is 1 under merit, the share of places under a lottery; and agrees with a count by hand."""

from __future__ import annotations

import math

import pytest

from simulator.indicators.panel import Panel
from simulator.indicators.precision import PrecisionAtK
from tests.indicators.lists import MIXED_SIZES, by_lot, by_merit, by_turn, read_slowly, shuffled, untidy_list, write_list


def precision(history):
    return PrecisionAtK(Panel(history)).values()["precision_at_k"]


@pytest.mark.parametrize("history", [*(untidy_list(seed) for seed in range(6)), untidy_list(7, with_ties=True)])
def test_it_agrees_with_a_count_by_hand(history):
    candidates = read_slowly(history)
    by_hand = math.fsum(c.deserving for c in candidates if c.won) / sum(c.won for c in candidates)
    assert precision(history) == pytest.approx(by_hand, abs=1e-12)
    assert precision(shuffled(history)) == pytest.approx(precision(history), abs=1e-12)


def test_perfect_merit_is_exactly_one_in_units_of_every_size():
    assert precision(write_list(MIXED_SIZES, 5, by_merit)) == 1


@pytest.mark.parametrize("choose", [by_lot, by_turn])
def test_what_has_nothing_to_do_with_merit_reads_the_share_of_places(choose):
    """Three of twenty; 2,100 awards, so three standard errors are .023."""
    assert precision(write_list([20] * 70, 12, choose)) == pytest.approx(0.15, abs=0.024)
