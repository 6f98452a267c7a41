from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiments.mathematics.shapley import all_coalitions, coalitions_along, draw_orders, interactions, shapley_values, values_along


@st.composite
def games(draw, most=5):
    """Give a number of players, and what each coalition is worth by two measures."""
    n_players = draw(st.integers(1, most))
    number = st.floats(-1e3, 1e3, allow_nan=False)
    return n_players, {each: np.array([draw(number), draw(number)]) for each in all_coalitions(n_players)}


@given(games())
def test_values_add_up_to_what_all_are_worth(game):
    n_players, worths = game
    values = shapley_values(n_players, worths.__getitem__)
    np.testing.assert_allclose(values.sum(axis=0), worths[frozenset(range(n_players))] - worths[frozenset()], rtol=1e-12, atol=1e-12 * 1e3)


@given(games())
def test_values_are_the_average_over_all_orders(game):
    n_players, worths = game
    orders = list(permutations(range(n_players)))
    np.testing.assert_allclose(shapley_values(n_players, worths.__getitem__), values_along(orders, worths.__getitem__), atol=1e-9)


@given(games(most=4))
def test_players_who_add_the_same_have_the_same_bit_for_bit(game):
    n_players, worths = game
    twin = n_players

    def worth(coalition):
        return worths[coalition - {twin} | ({0} if twin in coalition else frozenset())]

    values = shapley_values(n_players + 1, worth)
    assert (values[0] == values[twin]).all()


@given(games(most=4))
def test_a_player_who_never_adds_anything_has_exactly_nothing(game):
    n_players, worths = game

    def worth(coalition):
        return worths[coalition - {n_players}]

    assert (shapley_values(n_players + 1, worth)[n_players] == 0).all()
    assert (values_along(draw_orders(n_players + 1, 4, 7), worth)[n_players] == 0).all()


@given(games(), st.integers(0, 2**63 - 1))
def test_sampled_orders_add_up_too(game, seed):
    n_players, worths = game
    values = values_along(draw_orders(n_players, 4, seed), worths.__getitem__)
    np.testing.assert_allclose(values.sum(axis=0), worths[frozenset(range(n_players))] - worths[frozenset()], rtol=1e-12, atol=1e-12 * 1e3)


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=6), st.floats(-5, 5))
def test_what_is_planted_is_found(effects, together):
    def worth(coalition):
        return np.array([sum(effects[player] for player in coalition) + (together if {0, 1} <= coalition else 0.0)])

    n_players = len(effects)
    values = shapley_values(n_players, worth)[:, 0]
    planted = np.array(effects)
    planted[:2] += together / 2
    np.testing.assert_allclose(values, planted, atol=1e-9)
    found = interactions(n_players, worth)
    assert found[0, 1][0] == pytest.approx(together, abs=1e-9)
    assert all(abs(value[0]) < 1e-9 for pair, value in found.items() if pair != (0, 1))


def test_each_coalition_is_listed_once_the_smallest_first():
    assert all_coalitions(3) == [frozenset(some) for size in range(4) for some in combinations(range(3), size)]
    assert coalitions_along([(0, 1), (1, 0)]) == [frozenset(), {0}, {0, 1}, {1}]


def test_orders_come_with_their_reverse_and_depend_on_the_seed_alone():
    first, second, third, fourth = draw_orders(9, 4, 3)
    assert (second, fourth) == (first[::-1], third[::-1])
    assert sorted(first) == sorted(third) == list(range(9))
    assert first != third
    assert draw_orders(9, 4, 3) == [first, second, third, fourth] != draw_orders(9, 4, 4)


def test_orders_are_drawn_evenly():
    firsts = [draw_orders(3, 1, seed)[0][0] for seed in range(600)]
    assert all(150 < firsts.count(player) < 250 for player in range(3))
