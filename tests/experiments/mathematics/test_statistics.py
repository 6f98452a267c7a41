"""Intervals, corrections and verdicts, against slow textbook versions."""

from __future__ import annotations

import math
import subprocess
import sys
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiments.mathematics.statistics import (
    COMPARED,
    LEVEL,
    PRIMARY,
    Mean,
    _benjamini_hochberg,
    adjusted_levels,
    holm,
    judged,
    mean_of,
    verdict,
)
from simulator.indicators.measurement import INDICATORS

SOME = st.lists(st.floats(-10, 10), min_size=2, max_size=30).filter(lambda values: stdev(values) > 1e-6)
P_VALUES = st.fixed_dictionaries({}, optional=dict.fromkeys(INDICATORS, st.floats(0, 1) | st.just(math.nan)))
OTHERS = [name for name in INDICATORS if name not in PRIMARY]


# --- means ------------------------------------------------------------------------------------------------------------------------


@given(SOME)
def test_a_mean_has_the_standard_error_of_the_textbook(values):
    mean = mean_of(values)
    assert mean.n == len(values)
    assert mean.value == pytest.approx(fmean(values), abs=1e-9)
    assert mean.error == pytest.approx(stdev(values) / math.sqrt(len(values)), abs=1e-9)


@pytest.mark.parametrize(("n", "quantile"), [(2, 12.706), (5, 2.776), (10, 2.262), (20, 2.093), (61, 2.000)])
def test_the_interval_is_students(n, quantile):
    low, high = Mean(1.0, 0.5, n).interval()
    assert (low, high) == pytest.approx((1 - 0.5 * quantile, 1 + 0.5 * quantile), abs=5e-4)


def test_a_stricter_level_is_wider():
    mean = Mean(1.0, 0.5, 10)
    assert mean.interval(0.01)[0] < mean.interval(0.05)[0]
    assert mean.interval(0.01) == pytest.approx((1 - 0.5 * 3.250, 1 + 0.5 * 3.250), abs=5e-4)


def test_undefined_replications_are_left_out():
    mean = mean_of([1.0, math.nan, 3.0, math.inf])
    assert (mean.value, mean.n) == (2.0, 2)


@pytest.mark.parametrize("values", [[], [math.nan], [math.nan, math.nan]])
def test_nothing_defined_is_undefined_and_no_crash(values):
    mean = mean_of(values)
    assert mean.n == 0
    assert math.isnan(mean.value)
    assert all(math.isnan(end) for end in mean.interval())
    assert math.isnan(mean.p_value)


def test_one_replication_has_a_value_without_an_interval():
    mean = mean_of([4.0])
    assert (mean.value, mean.n) == (4.0, 1)
    assert all(math.isnan(end) for end in mean.interval())
    assert math.isnan(mean.p_value)


@pytest.mark.parametrize(("values", "p_value"), [([0.0] * 5, 1.0), ([0.3] * 5, 0.0), ([-0.3] * 2, 0.0), ([1e-17, -1e-17], 1.0)])
def test_differences_without_any_spread_are_certain(values, p_value):
    assert mean_of(values).p_value == p_value


@given(SOME, st.sampled_from([0.2, 0.05, 0.01]))
def test_the_interval_excludes_zero_exactly_when_the_p_value_is_below_the_level(values, level):
    mean = mean_of(values)
    low, high = mean.interval(level)
    if abs(mean.p_value - level) > 1e-9:
        assert (low > 0 or high < 0) == (mean.p_value < level)


# --- corrections -----------------------------------------------------------------------------------------------------------------------


def slow_holm(p_values):
    """Multiply the smallest by m, the next by m − 1, …; never let a larger p-value end up smaller."""
    ordered = sorted(p_values, key=p_values.get)
    return {
        name: max(min(1.0, (len(ordered) - j) * p_values[earlier]) for j, earlier in enumerate(ordered[: i + 1])) for i, name in enumerate(ordered)
    }


def slow_benjamini_hochberg(p_values):
    """Divide by the share of p-values as small; never let a smaller one end up larger."""
    ordered = sorted(p_values, key=p_values.get)
    m = len(ordered)
    return {name: min(1.0, *(m / (j + 1) * p_values[later] for j, later in enumerate(ordered) if j >= i)) for i, name in enumerate(ordered)}


@given(P_VALUES)
def test_the_declared_three_are_corrected_by_holm_and_the_others_by_benjamini_and_hochberg(p_values):
    defined = {name: p for name, p in p_values.items() if not math.isnan(p)}
    expected = slow_holm({name: p for name, p in defined.items() if name in PRIMARY})
    expected |= slow_benjamini_hochberg({name: p for name, p in defined.items() if name not in PRIMARY})
    found = {name: p for name, (p, _) in adjusted_levels(p_values).items()}
    assert found == pytest.approx(expected, abs=1e-12)


def test_the_primary_indicators_are_the_three_declared_beforehand():
    assert PRIMARY == ("turn_taking_index", "equal_opportunity_difference", "excess_inflation")
    assert COMPARED[: len(PRIMARY)] == PRIMARY


def test_a_textbook_example_of_each():
    holm = adjusted_levels(dict(zip(PRIMARY, [0.01, 0.04, 0.03], strict=True)))
    assert [holm[name][0] for name in PRIMARY] == pytest.approx([0.03, 0.06, 0.06])
    found = adjusted_levels(dict(zip(OTHERS, [0.01, 0.02, 0.03, 0.04], strict=False)))
    assert [found[name][0] for name in OTHERS[:4]] == pytest.approx([0.04] * 4)
    assert [found[name][1] for name in OTHERS[:4]] == [LEVEL] * 4


def test_undefined_differences_take_no_part():
    with_undefined = adjusted_levels({PRIMARY[0]: 0.02, PRIMARY[1]: math.nan, OTHERS[0]: math.nan})
    assert with_undefined == adjusted_levels({PRIMARY[0]: 0.02})
    assert adjusted_levels({}) == {}
    assert adjusted_levels({OTHERS[0]: math.nan}) == {}


@given(st.lists(st.floats(-6, 6), min_size=len(INDICATORS), max_size=len(INDICATORS)), st.integers(2, 30))
def test_the_printed_interval_excludes_zero_exactly_when_the_adjusted_p_value_is_below_five_percent(distances, n):
    """Words and intervals in one table must not contradict each other."""
    means = {name: Mean(distance, 1.0, n) for name, distance in zip(INDICATORS, distances, strict=True)}
    for name, (p_adjusted, level) in adjusted_levels({name: mean.p_value for name, mean in means.items()}).items():
        low, high = means[name].interval(level)
        if abs(p_adjusted - LEVEL) > 1e-9:
            assert (low > 0 or high < 0) == (p_adjusted < LEVEL), name


@pytest.mark.parametrize("p_values", [[0.02, 0.02, 0.02], [0.001, 0.03, 0.04], [0.02, 0.024, 0.9], [0.016, 0.026, 0.03], [0.01, 0.02, 0.049]])
def test_after_the_first_that_does_not_pass_no_interval_excludes_zero(p_values):
    """Holm stops: a p-value that would pass a later, milder step must not pass."""
    corrected = adjusted_levels(dict(zip(PRIMARY, p_values, strict=True)))
    for name, p in zip(PRIMARY, p_values, strict=True):
        p_adjusted, level = corrected[name]
        assert (p < level) == (p_adjusted < LEVEL)


# --- verdicts --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "value", "margin", "word"),
    [
        (0.01, 0.20, 0.10, 0.05, "clear"),
        (-0.20, -0.01, -0.10, 0.05, "clear"),
        (0.01, 0.09, 0.05, 0.05, "clear"),  # the margin itself is reached
        (0.01, 0.08, 0.049, 0.05, "not clear"),  # not 0, but perhaps not worth a word either
        (0.0, 0.2, 0.1, 0.05, "not clear"),  # 0 belongs to the interval
        (-0.2, 0.0, -0.1, 0.05, "not clear"),
        (-0.04, 0.04, 0.0, 0.05, "small"),
        (0.01, 0.04, 0.02, 0.05, "small"),
        (0.0, 0.0, 0.0, 0.05, "small"),
        (0.0, 0.0, 0.0, 0.0, "small"),  # no difference at all, whatever the margin
        (-0.01, 0.01, 0.0, 0.0, "not clear"),
        (-0.05, 0.04, 0.0, 0.05, "not clear"),  # touching the margin is not inside
        (-0.04, 0.05, 0.0, 0.05, "not clear"),
        (-0.5, 0.5, 0.0, 0.05, "not clear"),
        (math.nan, math.nan, 0.3, 0.05, "not clear"),
        (math.nan, math.nan, math.nan, 0.05, "not clear"),
        (-math.inf, math.inf, 0.3, 0.05, "not clear"),
        (0.1, 0.2, math.nan, 0.05, "not clear"),
    ],
)
def test_a_verdict_is_clear_small_or_not_clear(low, high, value, margin, word):
    assert verdict(low, high, value, margin) == word


@pytest.mark.parametrize(("n_undefined", "word"), [(0, "clear"), (3, "clear"), (4, "not clear"), (5, "not clear"), (6, "not clear")])
def test_what_fewer_than_half_of_the_replications_define_is_not_clear(n_undefined, word):
    values = [0.30, 0.31, 0.29][: 6 - n_undefined] + [math.nan] * n_undefined + [0.3] * max(0, 3 - n_undefined)
    assert (len(values), judged(mean_of(values), 6, 0.05)) == (6, word)


@given(SOME, st.floats(0.001, 5))
def test_turning_the_sign_round_never_changes_the_verdict(values, margin):
    mean = mean_of(values)
    low, high = mean.interval()
    assert verdict(low, high, mean.value, margin) == verdict(-high, -low, -mean.value, margin)


def test_the_intervals_cover_as_often_as_they_say():
    """Two thousand samples of eight: 95 % within three standard errors of a share."""
    luck = np.random.default_rng(5)
    ends = [mean_of(luck.normal(1.0, 2.0, size=8)).interval() for _ in range(2000)]
    assert fmean(low <= 1.0 <= high for low, high in ends) == pytest.approx(0.95, abs=0.015)


def test_equal_p_values_have_equal_levels():
    found = holm({"a": 0.01, "b": 0.001, "c": 0.01, "d": 0.02})
    assert found["a"] == found["c"] == (pytest.approx(0.03), LEVEL / 3)
    assert found["b"] == (pytest.approx(0.004), LEVEL / 4)
    assert found["d"] == (pytest.approx(0.03), LEVEL)
    assert holm({"a": 0.03, "b": 0.03}) == {"a": (0.06, LEVEL / 2), "b": (0.06, LEVEL / 2)}


@given(st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.04, 1.0]), min_size=1, max_size=40))
def test_the_correction_is_to_the_last_bit_that_of_scipy(p_values):
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - slow to load, and only here

    corrected = [p for p, _ in _benjamini_hochberg({str(number): p for number, p in enumerate(p_values)}).values()]
    assert corrected == false_discovery_control(p_values, method="bh").tolist()


def test_statistics_need_no_module_that_takes_longer_to_load_than_a_scenario():
    code = (
        "import sys\nfrom simulator.experiments.mathematics.statistics import adjusted_levels, mean_of\n"
        "mean = mean_of([0.1, 0.2, 0.4])\nmean.interval()\nadjusted_levels({'award_rate': mean.p_value})\nsys.exit('scipy.stats' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
