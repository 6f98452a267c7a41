"""Intervals hold the truth as often as they say, whatever the sizes of the units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.indicators.intervals import BOOTSTRAP, FEWEST_UNITS, RANDOMISATION, draw_units, sampling_intervals


def ratio(sums):
    with np.errstate(invalid="ignore", divide="ignore"):
        return {"ratio": sums[:, 0] / sums[:, 1]}


def unequal_units(n_units, luck):
    """Draw units of 3 to 120, whose parts scatter as much as their size lets them, around a ratio of 0.3."""
    size = np.exp(luck.uniform(np.log(3), np.log(120), n_units))
    return np.column_stack([size * 0.3 + np.sqrt(size) * luck.standard_normal(n_units) + size * 0.1 * luck.standard_normal(n_units), size])


def intervals_of(by_unit, weights):
    return sampling_intervals(ratio, by_unit, weights, {"ratio": by_unit.any(axis=1)})


def interval_of(by_unit, seed=1):
    return intervals_of(by_unit, draw_units(len(by_unit), 499, seed)).get("ratio")


@pytest.mark.parametrize("n_units", [6, 7, 9, 12, 19, 20, 60])
def test_intervals_hold_the_truth_nineteen_times_out_of_twenty(n_units):
    luck = np.random.default_rng(n_units)
    held = 0
    for _ in range(400):
        low, high, _ = interval_of(unequal_units(n_units, luck))
        held += low <= 0.3 <= high
    # Three standard errors of 400 lists are .033; the bootstrap of twenty units is known to hold a little less.
    assert 0.90 <= held / 400 <= 0.995


@pytest.mark.parametrize(("n_units", "method"), [(5, None), (6, RANDOMISATION), (FEWEST_UNITS - 1, RANDOMISATION), (FEWEST_UNITS, BOOTSTRAP)])
def test_the_number_of_units_decides_how(n_units, method):
    found = interval_of(unequal_units(n_units, np.random.default_rng(3)))
    assert (found.method if found else None) == method


def test_units_that_take_no_part_do_not_count():
    by_unit = np.vstack([unequal_units(10, np.random.default_rng(2)), np.zeros((15, 2))])
    assert interval_of(by_unit).method == RANDOMISATION
    assert interval_of(by_unit)[:2] == pytest.approx(interval_of(by_unit[:10])[:2])


def test_units_that_say_nothing_by_themselves_still_shape_the_value():
    """Eight units hold what is above the line and sixteen what is below it: the interval is that of all of them."""
    luck = np.random.default_rng(5)
    held = 0
    for _ in range(300):
        by_unit = np.zeros((24, 2))
        by_unit[:8, 0], by_unit[8:, 1] = luck.normal(3, 0.3, 8), luck.normal(5, 1.5, 16)
        low, high, method = sampling_intervals(ratio, by_unit, draw_units(24, 0, 1), {"ratio": by_unit[:, 0] > 0})["ratio"]
        assert method == RANDOMISATION
        held += low <= 8 * 3 / (16 * 5) <= high
    assert 0.90 <= held / 300 <= 0.995


@pytest.mark.parametrize(("n_units", "reason"), [(5, "too few"), (8, "undefined"), (25, "undefined")])
def test_a_value_that_one_unit_alone_defines_has_no_interval_and_that_is_told_from_too_few(n_units, reason):
    by_unit = np.zeros((n_units, 2))
    by_unit[:, 0] = 1
    by_unit[3, 1] = 2
    found = intervals_of(by_unit, draw_units(n_units, 499, 1))
    assert found == ({} if reason == "too few" else {"ratio": None})


@pytest.mark.parametrize("n_undefined", [0, 1, 25, 26, 1000])
def test_up_to_one_draw_in_forty_may_be_undefined(n_undefined):
    """A draw that holds the first unit alone is undefined; the others are as ever."""
    by_unit = unequal_units(30, np.random.default_rng(4))
    by_unit[0] = (1, 0)
    weights = draw_units(30, 1000, 2)
    weights[:n_undefined] = np.eye(30)[0]
    found = intervals_of(by_unit, weights)["ratio"]
    assert (found is None) == (n_undefined > 25)
    if found:
        rest = weights[n_undefined:] @ by_unit
        assert found[:2] == pytest.approx(tuple(np.quantile(rest[:, 0] / rest[:, 1], [0.025, 0.975])))


def test_six_units_alike_in_size_span_their_own_values():
    """Of 63 subsets one is cut off at each end: the unit with the least and the one with the most."""
    values = np.array([0.1, 0.2, 0.25, 0.3, 0.4, 0.7])
    low, high, _ = interval_of(np.column_stack([values, np.ones(6)]))
    assert (low, high) == pytest.approx((0.1, 0.7))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000), n_units=st.integers(6, 25))
def test_the_value_lies_inside_and_order_of_units_does_not_matter_much(seed, n_units):
    by_unit = unequal_units(n_units, np.random.default_rng(seed))
    low, high, _ = interval_of(by_unit)
    assert low <= ratio(by_unit.sum(axis=0, keepdims=True))["ratio"][0] <= high
    turned = interval_of(by_unit[::-1])
    tolerance = 0 if n_units <= 11 else 0.3 * (high - low)
    assert (turned.low, turned.high) == pytest.approx((low, high), abs=tolerance + 1e-12)


def test_no_list_no_interval():
    assert intervals_of(np.zeros((0, 2)), draw_units(0, 99, 1)) == {}


def test_without_draws_many_units_have_no_interval():
    assert intervals_of(unequal_units(3000, np.random.default_rng(1)), np.empty((0, 3000))) == {}
