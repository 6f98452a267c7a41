from __future__ import annotations

from itertools import pairwise, permutations

import numpy as np
import pytest

from simulator.history import History
from simulator.indicators.measurement import measure
from simulator.indicators.panel import Panel
from simulator.indicators.repetition import Repetition


def history_of(won, *, years=None, units=None):
    """Make a list without merit from (n_years, n_members) wins."""
    won = np.asarray(won, dtype=bool)
    n_years, n = won.shape
    return History(
        year=np.repeat(np.arange(2000, 2000 + n_years) if years is None else np.asarray(years), n),
        unit=np.tile(np.zeros(n, int) if units is None else units, n_years),
        member=np.tile(np.arange(n), n_years),
        role=np.zeros(n_years * n, dtype=int),
        focus_award="x",
        awards={"x": won.reshape(-1)},
        n_history_years=0,
    )


def values(history):
    return Repetition(Panel(history)).values()


def test_expected_repeats_are_the_mean_over_all_orders_of_the_years():
    won = np.random.default_rng(4).random((5, 8)) < 0.35
    repeats = [sum((won[a] & won[b]).sum() for a, b in pairwise(order)) for order in permutations(range(5))]
    observed = sum((won[t] & won[t + 1]).sum() for t in range(4))
    assert values(history_of(won))["repeat_deficit"] == pytest.approx(1 - observed / np.mean(repeats))


def test_the_same_people_every_year():
    won = np.tile(np.arange(10) < 3, (6, 1))
    assert values(history_of(won)) == {"repeat_deficit": pytest.approx(0), "win_dispersion": pytest.approx(6)}


def test_whole_cycles_of_turns_are_perfectly_even():
    won = [[(m + y) % 4 == 0 for m in range(8)] for y in range(8)]
    assert values(history_of(won)) == {"repeat_deficit": 1, "win_dispersion": 0}


def test_a_lottery_reads_one_and_zero():
    generator = np.random.default_rng(1)
    n_units, size, k, n_years = 400, 20, 3, 10
    won = np.zeros((n_years, n_units * size), dtype=bool)
    for year in range(n_years):
        order = generator.random((n_units, size)).argsort(axis=1)[:, :k] + np.arange(n_units)[:, None] * size
        won[year, order.reshape(-1)] = True
    found = values(history_of(won, units=np.repeat(np.arange(n_units), size)))
    assert found["repeat_deficit"] == pytest.approx(0, abs=0.05)
    assert found["win_dispersion"] == pytest.approx(1, abs=0.05)


def test_a_missing_year_breaks_a_repeat_and_is_not_expected():
    won = np.tile(np.arange(6) < 2, (4, 1))
    assert np.isnan(values(history_of(won[:3], years=[2000, 2002, 2004]))["repeat_deficit"])
    assert values(history_of(won, years=[2000, 2001, 2003, 2004]))["repeat_deficit"] == pytest.approx(0)


def test_two_years_are_too_few():
    measured = measure(history_of([[1, 0, 0], [0, 1, 0]])).indicators["repeat_deficit"]
    assert (measured.value, measured.caveat) == (None, "caveat.too-few-years")


def test_a_list_without_merit_still_has_intervals():
    generator = np.random.default_rng(2)
    won = generator.random((6, 300)) < 0.2
    measured = measure(history_of(won, units=np.repeat(np.arange(30), 10))).indicators["win_dispersion"]
    assert measured.low < measured.value < measured.high
