"""Awards owed to chasing: none when claims decide nothing, all when every winner is another."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.chasing import NO_CLAIMS, AwardsOwedToChasing
from tests.indicators.full_lists import assert_adds_up, assert_names_do_not_matter, full_list, panel_of, reason, values_of
from tests.indicators.lists import TITLE, by_lot, by_merit, by_turn, write_list

NOBODY_LIES = [by_merit, by_lot, by_turn]


def owed(history):
    return values_of(AwardsOwedToChasing, history)["awards_owed_to_chasing"]


@pytest.mark.parametrize("choose", NOBODY_LIES)
def test_without_claims_nothing_is_owed_to_them(choose):
    history = write_list([20] * 5, 4, choose)
    assert owed(replace(history, is_choice_without_claims=history.is_awarded)) == 0


def test_when_every_winner_would_be_another_everything_is():
    history = write_list([20] * 5, 4, by_merit)
    assert owed(replace(history, is_choice_without_claims=~history.is_awarded)) == 1


def test_one_of_three_winners_is_a_third_and_years_of_memory_are_not_counted():
    history = write_list([20] * 5, 4, lambda line, k, luck: line[:3])
    others = history.member % 20
    without = (others < 2) | (others == 7)
    assert owed(replace(history, is_choice_without_claims=without)) == pytest.approx(1 / 3)
    in_memory = np.where(history.year < 2003, False, without)
    assert owed(replace(history, is_choice_without_claims=in_memory, n_history_years=2)) == pytest.approx(1 / 3)
    assert panel_of(AwardsOwedToChasing, replace(history, is_choice_without_claims=without)).course()["awards_owed_to_chasing"] == pytest.approx(
        [1 / 3] * 2
    )


@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_the_slow_reading(seed):
    history = full_list(seed)
    both = sum(bool(a) and bool(b) for a, b in zip(history.is_awarded, history.is_choice_without_claims, strict=True))
    assert owed(history) == pytest.approx(1 - both / int(history.is_awarded.sum()))
    assert_adds_up(AwardsOwedToChasing, history)
    assert_names_do_not_matter(AwardsOwedToChasing, history)


def test_what_is_not_known_is_said():
    history = write_list([20] * 5, 4, by_merit)
    assert reason(AwardsOwedToChasing, history) == NO_CLAIMS
    nobody = np.zeros(len(history.year), np.bool_)
    assert math.isnan(owed(replace(history, awards={TITLE: nobody}, is_choice_without_claims=nobody)))
