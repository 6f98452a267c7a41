from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring import search
from simulator.scoring.search import Found, Lever, find_smallest


def lever(column, costs, *, monotone=True, strongest=None):
    costs = np.array([0.0, *costs])
    return Lever(column, costs, monotone, len(costs) - 1 if strongest is None else strongest)


def gains_judge(gains, needed):
    """Enough when the gains of the values chosen add up to what is needed."""
    return lambda rows: sum(np.asarray(gain)[rows[:, at]] for at, gain in enumerate(gains)) >= needed


def brute_force(levers, judge):
    rows = np.array(list(product(*(range(one.n_values + 1) for one in levers))))
    enough = [row for row in rows[judge(rows)] if row.any()]

    def rank(row):
        cost = round(sum(one.costs[value] for one, value in zip(levers, row, strict=True)), 12)
        return np.count_nonzero(row), cost, tuple(row == 0)

    return min(enough, key=rank, default=None), rank


def as_row(found, n_levers):
    row = np.zeros(n_levers, dtype=int)
    for at, value in found.moves:
        row[at] = value
    return row


def test_one_column_is_moved_no_further_than_needed():
    found = find_smallest([lever("a", range(1, 101))], gains_judge([range(101)], 37))
    assert found == Found(((0, 37),))


def test_fewest_columns_come_before_the_least_sum():
    levers = [lever("a", [0.1]), lever("b", [0.1]), lever("c", [0.9])]
    assert find_smallest(levers, gains_judge([[0, 1], [0, 1], [0, 2]], 2)) == Found(((2, 1),))


def test_equal_sums_go_to_the_earlier_column():
    levers = [lever("a", [0.5]), lever("b", [0.5])]
    assert find_smallest(levers, gains_judge([[0, 1], [0, 1]], 1)) == Found(((0, 1),))


def test_nothing_is_found_where_nothing_is_enough():
    levers = [lever("a", [1]), lever("b", [1])]
    assert find_smallest(levers, gains_judge([[0, 1], [0, 1]], 3)) is None
    assert find_smallest([], gains_judge([], 1)) is None


def test_a_value_that_helps_less_when_it_costs_more_is_still_found():
    levers = [lever("a", [1, 2, 3], monotone=False, strongest=2)]
    assert find_smallest(levers, gains_judge([[0, 1, 5, 2]], 4)) == Found(((0, 2),))


@given(st.data())
def test_nothing_smaller_is_enough(data):
    n_levers = data.draw(st.integers(1, 4))
    levers, gains = [], []
    for at in range(n_levers):
        n_values = data.draw(st.integers(1, 4))
        costs = np.cumsum(data.draw(st.lists(st.integers(1, 5), min_size=n_values, max_size=n_values)))
        steps = data.draw(st.lists(st.integers(0, 4), min_size=n_values, max_size=n_values))
        is_monotone = data.draw(st.booleans())
        gain = np.array([0, *(np.cumsum(steps) if is_monotone else steps)])
        levers.append(lever(f"c{at}", costs, monotone=is_monotone, strongest=int(np.argmax(gain[1:])) + 1))
        gains.append(gain)
    judge = gains_judge(gains, data.draw(st.integers(1, 25)))
    expected, rank = brute_force(levers, judge)
    found = find_smallest(levers, judge)
    if expected is None:
        assert found is None
    else:
        assert rank(as_row(found, n_levers)) == rank(expected)


def test_too_many_combinations_are_thinned_and_said_so(monkeypatch):
    monkeypatch.setattr(search, "MOST_PREFIXES", 50)
    levers = [lever(name, np.arange(1, 101) / 100) for name in "abc"]
    judge = gains_judge([range(101)] * 3, 250)
    found = find_smallest(levers, judge)
    assert not found.is_exact
    assert sum(value for _, value in found.moves) == 250


def test_of_too_many_subsets_the_most_promising_levers_are_taken(monkeypatch):
    monkeypatch.setattr(search, "MOST_SUBSETS", 10)
    gains = [1, 5, 2, 5, 1, 5]
    levers = [Lever(f"c{at}", np.array([0.0, 1.0]), True, 1, promise=gain) for at, gain in enumerate(gains)]
    assert find_smallest(levers, gains_judge([[0, gain] for gain in gains], 15)) == Found(((1, 1), (3, 1), (5, 1)), is_exact=False)


@pytest.mark.parametrize("needed", [7, 12, 20])
def test_too_many_subsets_still_give_an_answer(monkeypatch, needed):
    monkeypatch.setattr(search, "MOST_SUBSETS", 10)
    levers = [lever(f"c{at}", [1]) for at in range(20)]
    judge = gains_judge([[0, 1]] * 20, needed)
    found = find_smallest(levers, judge)
    assert len(found.moves) == needed
    assert judge(as_row(found, 20)[None, :])[0]
