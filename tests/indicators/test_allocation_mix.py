"""The four-cause picture gives back what was put in, and is a least-squares fit like any other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.history import Role
from simulator.indicators.allocation_mix import CAUSES_ALIKE, AllocationMix
from simulator.indicators.family import TOO_FEW_YEARS
from simulator.indicators.measurement import measure
from simulator.indicators.panel import Panel
from simulator.indicators.values import values_of
from tests.indicators.lists import (
    MIXED_SIZES,
    by_lot,
    by_merit,
    by_one_of,
    by_post,
    by_turn,
    list_of,
    read_slowly,
    shuffled,
    untidy_list,
    write_list,
)


def mix(history):
    return list(AllocationMix(Panel(history)).values().values())


def slow_mix(history):
    """Regress A − p on D − p, W − p and P − p by numpy's own least squares."""
    candidates = read_slowly(history)
    causes = np.array([[c.deserving - c.p, c.turn - c.p, c.post - c.p] for c in candidates])
    awarded = np.array([c.won - c.p for c in candidates])
    parts = np.linalg.lstsq(causes, awarded, rcond=None)[0].tolist()
    return [*parts, 1 - sum(parts)]


@pytest.mark.parametrize("history", [*(untidy_list(seed) for seed in range(6)), untidy_list(7, with_ties=True)])
def test_the_mix_agrees_with_least_squares(history):
    assert mix(history) == pytest.approx(slow_mix(history), abs=1e-9)
    assert mix(shuffled(history)) == pytest.approx(mix(history), abs=1e-9)


@pytest.mark.parametrize("sizes", [[20] * 10, MIXED_SIZES], ids=["units of 20", "units of 3 to 120"])
def test_perfect_merit_is_all_merit(sizes):
    assert mix(write_list(sizes, 6, by_merit)) == pytest.approx([1, 0, 0, 0], abs=1e-12)


@pytest.mark.parametrize(("size", "k"), [(6, 2), (9, 3), (20, 10)])
def test_strict_turns_are_all_turns(size, k):
    """Exact while the two years of memory tell everybody's turn, so for cycles of up to three years."""
    assert mix(write_list([size] * 20, 8, by_turn, n_places=lambda _size: k)) == pytest.approx([0, 1, 0, 0], abs=1e-12)


def test_turns_of_longer_cycles_are_all_turns_on_average():
    assert mix(write_list([20] * 60, 12, by_turn, n_places=lambda _size: 4)) == pytest.approx([0, 1, 0, 0], abs=0.06)


def test_posts_first_is_all_posts_when_there_are_as_many_places_as_leaders():
    assert mix(write_list([20] * 10, 6, by_post, n_places=lambda _size: 3)) == pytest.approx([0, 0, 1, 0], abs=1e-12)


def test_a_lottery_is_unexplained():
    assert mix(write_list([20] * 70, 12, by_lot)) == pytest.approx([0, 0, 0, 1], abs=0.05)


def test_a_planted_mixture_is_given_back():
    """Half by merit, a quarter by turn, 15 % by post, a tenth by lot, drawn for each unit and year."""
    history = write_list([20] * 120, 14, by_one_of(merit=0.5, turn=0.25, post=0.15, lot=0.10))
    assert mix(history) == pytest.approx([0.50, 0.25, 0.15, 0.10], abs=0.03)


def test_shares_add_up_to_one():
    assert sum(mix(untidy_list(1))) == pytest.approx(1)


def test_a_cause_without_any_variation_gets_nothing():
    """Without leaders all posts are equal, so nothing can go by post."""
    merit, turn, post, unexplained = mix(write_list([20] * 10, 6, by_merit, n_leaders=lambda _size: 0))
    assert (merit, post) == (pytest.approx(1), 0)
    assert (turn, unexplained) == (pytest.approx(0, abs=1e-12), pytest.approx(0, abs=1e-12))


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_without_leaders_merit_and_turn_are_fitted_as_ever(seed):
    history = replace(untidy_list(seed), role=np.zeros(len(untidy_list(seed).year), dtype=np.int64))
    assert mix(history) == pytest.approx(slow_mix(history), abs=1e-9)


def test_causes_that_cannot_be_told_apart_share_the_awards_and_none_gets_less_than_nothing():
    """The best is also the head, and wins every year: who deserves it and who holds the post is the same person."""

    def merit_of(member, _year):
        return 1.0 if member % 10 == 0 else 0.0

    history = write_list([10] * 5, 5, by_post, n_places=lambda _size: 1, n_leaders=lambda _size: 1, merit=merit_of)
    merit, turn, post, unexplained = mix(history)
    assert merit + post == pytest.approx(1)
    assert min(merit, post) >= 0
    assert (turn, unexplained) == pytest.approx((0, 0), abs=1e-9)


def test_what_can_be_told_apart_is_told_apart_beside_what_cannot():
    """The three best are the three leaders; whether turns decide is still seen, and equals a fit on merit and turn alone."""

    def merit_of(member, year):
        return np.sin(member * 7.1 + year) + (5 if member % 20 < 3 else 0)

    history = write_list([20] * 40, 8, by_one_of(post=0.6, turn=0.4), n_places=lambda _size: 3, merit=merit_of)
    candidates = read_slowly(history)
    causes = np.array([[c.deserving - c.p, c.turn - c.p] for c in candidates])
    expected = np.linalg.lstsq(causes, np.array([c.won - c.p for c in candidates]), rcond=None)[0]
    assert min(expected) > 0
    merit, turn, post, _ = mix(history)
    assert (merit + post, turn) == pytest.approx(tuple(expected), abs=1e-6)
    assert min(merit, post) >= 0


def test_it_needs_memory():
    assert AllocationMix(Panel(replace(untidy_list(1), n_history_years=1))).missing() == TOO_FEW_YEARS


def static_awards(n_units):
    """Ten people, two places, the same two winners every year: a head among equals at the cut, and the best, who leads in every second unit."""
    rows = []
    for unit in range(n_units):
        best = 0 if unit % 2 else 9
        for year in range(2018, 2021):
            for j in range(10):
                merit = 4.0 if j == best else 3.0 if j in {1, 2, 3, 4} else 2.0
                role = Role.HEAD if j == 1 else Role.DEPUTY if j == 0 else Role.DIRECT
                rows.append((year, unit, 10 * unit + j, role, merit, j in {1, best}))
    return list_of(rows)


@pytest.mark.parametrize("n_units", [1, 6, 20])
def test_awards_that_never_change_are_given_no_share_beyond_reason(n_units):
    """Least squares says turn −400 %: nobody's turn ever comes."""
    history = static_awards(n_units)
    assert slow_mix(history)[1] == pytest.approx(-4)
    shares = mix(history)
    assert sum(shares) == pytest.approx(1)
    assert min(shares[:3]) >= 0
    assert max(shares) <= 1.5
    assert AllocationMix(Panel(history)).caution() == CAUSES_ALIKE


def test_replications_are_averaged_as_least_squares_gives_them():
    assert list(AllocationMix(Panel(static_awards(6))).values_to_average().values()) == pytest.approx(slow_mix(static_awards(6)))
    assert values_of(static_awards(6))[0]["turn"] == pytest.approx(-4)
    assert measure(static_awards(6), n_draws=0).allocation_mix["turn"].value >= 0


def heads_but_for(n_exceptions):
    luck = np.random.default_rng(2)
    rows = [
        (year, unit, 10 * unit + j, Role.DIRECT if j else Role.HEAD, luck.normal(), j == (5 if year == 2018 and unit < n_exceptions else 0))
        for unit in range(30)
        for year in range(2015, 2021)
        for j in range(10)
    ]
    return list_of(rows)


@pytest.mark.parametrize(("n_exceptions", "caution"), [(0, CAUSES_ALIKE), (1, CAUSES_ALIKE), (20, None)])
def test_causes_that_can_hardly_be_told_apart_are_said(n_exceptions, caution):
    """Heads always win, so that a post and having won last year are nearly the same; the more exceptions, the less so."""
    assert AllocationMix(Panel(heads_but_for(n_exceptions))).caution() == caution


@pytest.mark.parametrize("choose", [by_merit, by_turn, by_lot, by_one_of(merit=0.5, turn=0.25, post=0.15, lot=0.10)])
def test_causes_that_differ_need_no_caution(choose):
    assert AllocationMix(Panel(write_list([20] * 10, 6, choose))).caution() is None
    assert AllocationMix(Panel(write_list([20] * 10, 6, choose, n_leaders=lambda _size: 0))).caution() is None
