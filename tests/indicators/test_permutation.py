"""The moments of repeats are those over all orders of the years, counted one by one."""

from __future__ import annotations

import math
from itertools import pairwise, permutations

import numpy as np
import pytest

from simulator.indicators.permutation import chance_of_so_few, spread_of_repeats


def by_hand(won, years):
    """Count repeats in every order of the years."""
    steps = [position for position, (this, after) in enumerate(pairwise(years)) if after - this == 1]
    return [sum(int((won[:, order[step]] & won[:, order[step + 1]]).sum()) for step in steps) for order in permutations(range(len(years)))]


@pytest.mark.parametrize(
    "years", [[2001, 2002], [2001, 2002, 2003], [2001, 2002, 2004, 2005], list(range(2001, 2007)), [2001, 2003, 2004, 2005, 2007]]
)
def test_the_variance_is_that_over_all_orders(years):
    generator = np.random.default_rng(len(years))
    won = generator.random((30, len(years))) < 0.4
    unit = np.repeat([0, 1], 15)
    found = spread_of_repeats(won, unit, np.ones((2, len(years)), np.bool_), np.array(years))
    assert found == pytest.approx(np.array([np.var(by_hand(won[unit == u], years)) for u in (0, 1)]), abs=1e-9)


def test_years_without_a_list_of_the_unit_are_no_part_of_its_order():
    won = np.random.default_rng(3).random((20, 6)) < 0.5
    won[:, 5] = False
    is_listed = np.array([[True] * 5 + [False]])
    found = spread_of_repeats(won, np.zeros(20, np.int64), is_listed, np.arange(2001, 2007))
    assert found[0] == pytest.approx(np.var(by_hand(won[:, :5], list(range(2001, 2006)))), abs=1e-9)


def test_a_p_value_is_a_share_of_orders():
    """Twelve units of twenty, three winners each: as near to 20,000 orders drawn by chance as those are to one another."""
    generator = np.random.default_rng(5)
    n_units, n_years = 12, 5
    won = np.zeros((n_units * 20, n_years), np.bool_)
    for year in range(n_years):
        won[(generator.random((n_units, 20)).argsort(axis=1)[:, :3] + 20 * np.arange(n_units)[:, None]).reshape(-1), year] = True
    unit = np.repeat(np.arange(n_units), 20)
    overlap = np.stack([won[unit == u].T.astype(int) @ won[unit == u].astype(int) for u in range(n_units)])
    orders = generator.random((20_000, n_units, n_years)).argsort(axis=2)
    drawn = sum(overlap[np.arange(n_units), orders[:, :, t], orders[:, :, t + 1]] for t in range(n_years - 1)).sum(axis=1)
    variance = spread_of_repeats(won, unit, np.ones((n_units, n_years), np.bool_), np.arange(n_years)).sum()
    assert variance == pytest.approx(drawn.var(), rel=0.05)
    for observed in range(int(drawn.min()), int(drawn.max())):
        assert chance_of_so_few(observed, drawn.mean(), variance) == pytest.approx((drawn <= observed).mean(), abs=0.03)


def test_where_every_order_gives_as_many_there_is_no_chance_to_speak_of():
    assert math.isnan(chance_of_so_few(3, 3, 0.0))
