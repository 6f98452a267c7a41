"""When replications are enough: exact on planted differences, and as honest after stopping as before."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from simulator.experiments.mathematics.statistics import PRIMARY, adjusted_levels, mean_of, verdict
from simulator.experiments.results.stopping import LOOK_AHEAD, SHARE_OF_DIFFERENCE, SHARE_OF_MARGIN, START, Watch, primary_differences

MARGINS = dict(zip(PRIMARY, (0.05, 0.05, 0.02), strict=True))
TTI, EOD, X = (("draft", name) for name in PRIMARY)


def watch_until(luck, cap=200):
    """Feed a watch from an endless row of replications; give it with what it took."""
    watch, taken = Watch(MARGINS, cap), []
    while not watch.is_precise and watch.n < cap:
        taken.append(next(luck))
        watch.take(taken[-1])
    return watch, taken


def endless(seed, **planted):
    """Give replications whose differences have a planted mean and spread: indicator → (mean, standard deviation)."""
    luck = np.random.default_rng(seed)
    while True:
        yield {("draft", name): mean + sd * luck.standard_normal() for name, (mean, sd) in planted.items()}


def slow_stop(rows, cap):
    """Find where the rule stops by looking at every number of replications anew."""

    def is_narrow(n):
        for name in rows[0]:
            values = np.array([row[name] for row in rows[:n]])
            half = student.ppf(0.975, n - 1) * values.std(ddof=1) / math.sqrt(n)
            if half > max(MARGINS[name[1]] / 5, 0.05 * abs(values.mean())):
                return False
        return True

    for n in range(START + LOOK_AHEAD, cap + 1):
        if all(is_narrow(m) for m in range(n - LOOK_AHEAD, n + 1)):
            return n
    return cap


@pytest.mark.parametrize("seed", range(12))
def test_it_stops_where_looking_at_every_number_anew_stops(seed):
    luck = endless(seed, turn_taking_index=(0.1, 0.03), equal_opportunity_difference=(-0.4, 0.05), excess_inflation=(0.0, 0.002))
    rows = [next(luck) for _ in range(80)]
    watch, taken = watch_until(iter(rows), cap=80)
    assert watch.n == len(taken) == slow_stop(rows, 80)


def test_what_never_varies_stops_after_ten_and_five_more():
    watch, _ = watch_until(iter([{TTI: 0.2, EOD: 0.0, X: 0.0}] * 50))
    found = watch.conclude()
    assert (watch.n, found.reason, found.wide, found.cap) == (START + LOOK_AHEAD, "precise", [], 200)


def test_an_interval_that_is_narrow_by_luck_is_watched_for_five_more():
    """Ten equal values, then one far away: without looking ahead, it would have stopped at ten."""
    rows = [{TTI: 0.2}] * START + [{TTI: 0.2}] * 2 + [{TTI: 0.9}] + [{TTI: 0.2}] * 150
    watch, taken = watch_until(iter(rows), cap=100)
    assert (watch.n, len(taken)) == (100, 100)
    assert watch.conclude().reason == "cap"
    assert [(each.option, each.indicator) for each in watch.conclude().wide] == [TTI]


@pytest.mark.parametrize(("factor", "is_precise"), [(0.999, True), (1.001, False)])
@pytest.mark.parametrize("mean", [0.0, 0.1, 3.0], ids=["margin", "margin-too", "of-the-difference"])
def test_the_bound_is_a_fifth_of_the_margin_or_five_percent_of_the_difference(mean, factor, is_precise):
    """Values alternate, so that the half-width of fifteen is known, and is the widest from ten to fifteen but for that of ten itself."""
    tolerance = max(SHARE_OF_MARGIN * 0.05, SHARE_OF_DIFFERENCE * mean)
    pattern = np.array([1.0, -1.0] * 5)
    half_of_ten = student.ppf(0.975, 9) * pattern.std(ddof=1) / math.sqrt(10)
    watch = Watch(MARGINS, 200)
    for sign in pattern:
        watch.take({TTI: mean + sign * factor * tolerance / half_of_ten})
    assert (not watch.conclude().wide) is is_precise
    assert watch.expected() >= START + LOOK_AHEAD


def test_one_wide_difference_of_one_option_is_enough_to_go_on():
    luck = endless(1, turn_taking_index=(0.0, 0.08))
    rows = ({**next(luck), ("other", PRIMARY[0]): 0.0, EOD: 0.0} for _ in range(400))
    watch, _ = watch_until(rows)
    assert START + LOOK_AHEAD < watch.n == 200 or watch.is_precise
    assert watch.n > 100, "two hundred and fifty would be needed, give or take luck"


def test_what_is_hardly_ever_defined_is_not_waited_for_and_what_is_half_the_time_is():
    def rows(share):
        defined = {0.3: (1, 4, 7), 0.7: (0, 2, 3, 5, 6, 8, 9)}[share]
        return ({TTI: 0.1 * (k % 4) if k % 10 in defined else math.nan, EOD: 0.0} for k in range(400))

    rare, usual = watch_until(rows(0.3))[0], watch_until(rows(0.7), cap=40)[0]
    assert (rare.n, rare.conclude().reason) == (15, "precise")
    assert (usual.n, usual.conclude().reason) == (40, "cap")


def test_an_indicator_without_a_margin_is_held_to_its_own_difference():
    watch = Watch({}, 100)
    for k in range(30):
        watch.take({TTI: 1.0 + 0.001 * (k % 2)})
    assert watch.is_precise


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=60), st.integers(2, 60))
def test_it_never_takes_fewer_than_fifteen_and_what_it_expects_lies_between_now_and_the_cap(values, cap):
    watch = Watch(MARGINS, cap)
    for k, value in enumerate(values[:cap], 1):
        watch.take({TTI: value})
        assert not watch.is_precise or k >= START + LOOK_AHEAD
        assert min(k, cap) <= watch.expected() <= cap
        if watch.is_precise:
            break


def test_what_it_expects_comes_true_within_a_third():
    luck = endless(5, turn_taking_index=(0.0, 0.04))
    watch, _ = watch_until(luck, cap=1000)
    early = Watch(MARGINS, 1000)
    luck = endless(5, turn_taking_index=(0.0, 0.04))
    for _ in range(40):
        early.take(next(luck))
    assert early.expected() == pytest.approx(watch.n, rel=1 / 3)


def test_differences_are_those_of_the_primary_indicators_of_all_options_but_the_baseline():
    values = {"b": dict.fromkeys(PRIMARY, 1.0), "d": dict(zip(PRIMARY, (1.5, 1.0, 0.0), strict=True)), "unused": {}}
    found = primary_differences(values, "b", [("keep", "b"), ("draft", "d"), ("same", "d")])
    assert found == {(option, name): value for option in ("draft", "same") for name, value in zip(PRIMARY, (0.5, 0.0, -1.0), strict=True)}


# --- honesty after stopping -----------------------------------------------------------------------------------------------------------------


def judged(taken):
    """Give, for each indicator, the adjusted interval and the word of a comparison that ended here."""
    means = {name: mean_of([row["draft", name] for row in taken]) for name in PRIMARY}
    found = {}
    for name, (_, level) in adjusted_levels({name: mean.p_value for name, mean in means.items()}).items():
        low, high = means[name].interval(level)
        found[name] = (*means[name].interval(), verdict(low, high, means[name].value, MARGINS[name]))
    return found


@pytest.mark.parametrize("spread", [0.02, 0.04, 0.07], ids=["at-once", "after-tens", "near-the-cap"])
@pytest.mark.parametrize("shape", ["normal", "skewed"])
def test_planted_effects_are_covered_and_planted_zeros_are_hardly_ever_clear_where_it_stops_by_itself(spread, shape):
    """Two hundred trials at fixed seeds, exact truth: effects inside their 95 % interval in 180 or more, zeros called clear in 16 or fewer."""
    effect, inside, clear, lengths = 0.08, 0, 0, set()
    for trial in range(200):
        luck = np.random.default_rng([2026, trial])

        def rows(luck=luck):
            while True:
                one, other = luck.standard_normal(2) if shape == "normal" else luck.exponential(size=2) - 1
                yield {TTI: effect + spread * one, EOD: spread * other, X: 0.0}

        watch, taken = watch_until(rows())
        found = judged(taken)
        lengths.add(watch.n)
        inside += found[PRIMARY[0]][0] <= effect <= found[PRIMARY[0]][1]
        clear += found[PRIMARY[1]][2] == "clear"
    assert inside >= 180
    assert clear <= 16
    assert (min(lengths) >= START + LOOK_AHEAD, max(lengths) <= 200) == (True, True)
