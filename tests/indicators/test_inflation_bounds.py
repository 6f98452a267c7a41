"""Where ratings hide how merit changed, excess inflation has bounds: from everybody a class better to nobody better at all."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.indicators.inflation import ExcessInflation
from simulator.indicators.inflation_bounds import NOT_IDENTIFIED, Standing, bound_excess, hides_change
from simulator.indicators.measurement import measure
from simulator.indicators.panel import Panel
from tests.indicators.lists import TITLE, by_merit, shuffled, write_list


def year_of(classes, n_awarded):
    """Make a year from the members of each class, the lowest first, and how many of each are awarded."""
    merit = np.repeat(np.arange(len(classes), dtype=np.float64), classes)
    points = np.concatenate([np.arange(n) < k for n, k in zip(classes, n_awarded, strict=True)]).astype(np.float64)
    return Standing(merit, points)


BASE = year_of([10, 60, 30], [0, 6, 18])


def test_with_ratings_as_they_were_the_bounds_are_a_class_up_and_no_change():
    """V₀ = .24; a class up everybody: 10 at 6/60, 60 at 18/30, 30 at the most anybody got, 1: .67."""
    low, high = bound_excess(BASE, BASE)
    assert high == 0
    assert low == pytest.approx(-math.log((10 * 0.1 + 60 * 0.6 + 30) / 24))


def test_ratings_that_rise_with_the_awards_are_inflation_at_worst_and_none_at_best():
    later = year_of([0, 40, 60], [0, 4, 36])
    low, high = bound_excess(BASE, later)
    assert high == pytest.approx(math.log(40 / 24))  # nobody is better, only the ratings
    assert low == pytest.approx(math.log(40 / 24) - math.log((40 * 0.6 + 60) / 24))
    assert low < 0 < high


def test_more_awards_than_the_best_reading_of_ratings_allows_are_inflation_for_certain():
    base = year_of([80, 20], [0, 2])
    low, high = bound_excess(base, year_of([80, 20], [80, 20]))
    assert low == pytest.approx(math.log(100 / 2) - math.log((80 * 0.1 + 20) / 2))
    assert 0 < low < high == pytest.approx(math.log(50))


def test_ratings_that_fall_make_the_unfavourable_bound_worse():
    low, high = bound_excess(BASE, year_of([20, 70, 10], [0, 14, 10]))
    assert high == pytest.approx(-math.log((70 * 0.1 + 10 * 0.6) / 24))
    assert low < high


def test_ratings_that_fall_to_where_nobody_was_awarded_have_no_upper_bound():
    low, high = bound_excess(BASE, year_of([100, 0, 0], [24, 0, 0]))
    assert high is None
    assert low == 0  # a class up is .1 a head, less than before: the most favourable reading is that nothing changed


def test_a_class_nobody_had_in_year_zero_stands_between_its_neighbours():
    base = Standing(np.repeat([0.0, 2.0], [70, 30]), np.concatenate([np.zeros(70), np.arange(30) < 15]).astype(np.float64))
    later = Standing(np.repeat([0.0, 1.0, 2.0], [50, 20, 30]), base.points)
    low, high = bound_excess(base, later)
    assert high == 0
    assert low == pytest.approx(-math.log((70 * 0.5 + 30) / 15))


def test_no_awards_in_either_year_have_no_bounds():
    nothing = year_of([10, 60, 30], [0, 0, 0])
    assert bound_excess(nothing, BASE) is None
    assert bound_excess(BASE, nothing) is None


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=2, max_size=5),
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=2, max_size=5),
)
def test_no_change_at_all_always_lies_within_the_bounds(first, second):
    base, later = (year_of([n for n, _ in classes], [min(n, k) for n, k in classes]) for classes in (first, second))
    bounds = bound_excess(base, later)
    if bounds is not None:
        growth = math.log(later.points.mean() / base.points.mean())
        assert bounds[0] <= growth + 1e-9
        assert bounds[1] is None or bounds[1] >= growth - 1e-9


@pytest.mark.parametrize("drift", [-0.3, 0.0, 0.3])
@pytest.mark.parametrize("generosity", [0.0, 0.4])
def test_the_truth_lies_within_the_bounds(drift, generosity):
    """Merit moves and ratings grow generous, up to a class; with the standards of year 0 unchanged, true excess is the growth beyond what they give."""
    luck = np.random.default_rng(1)
    merit = luck.normal(size=50_000)
    later_merit = luck.normal(size=50_000) + max(drift, 0.0)
    fall = -min(drift, 0.0)
    edges = np.array([-1.5, 0.0, 1.2])
    base = Standing(np.digitize(merit, edges).astype(np.float64), (merit > 1).astype(np.float64))
    later = Standing(np.digitize(later_merit + generosity, edges).astype(np.float64), (later_merit > 1 - fall).astype(np.float64))
    truth = math.log(later.points.mean() / base.points.mean()) - math.log((later_merit > 1).mean() / (merit > 1).mean())
    low, high = bound_excess(base, later)
    assert low - 0.03 <= truth <= high + 0.03


# --- when bounds are given instead of a value ------------------------------------------------------------------------------------------


def test_ratings_and_marks_that_pile_up_hide_change_and_marks_do_not():
    luck = np.random.default_rng(2)
    marks = luck.normal(80, 8, 1000)
    nobody = np.zeros(1000)

    def hides(first, second):
        return hides_change(Standing(first, nobody), Standing(second, nobody))

    assert hides(np.digitize(marks, [60, 75, 90]).astype(float), np.digitize(marks, [60, 75, 90]).astype(float))
    assert not hides(marks, marks + 1)
    assert not hides(np.round(marks), np.round(marks) + 1)
    assert hides(np.minimum(marks, 100), np.minimum(marks + 10, 100))
    assert not hides(np.minimum(marks, 100), np.minimum(marks, 100))  # one in two hundred at the top
    assert not hides(marks[:0], marks)


@pytest.mark.parametrize("n", [1, 3, 5, 10, 20])
def test_the_best_of_a_few_are_no_pile(n):
    """One of twenty is five in a hundred; and five people with marks of their own have ten marks in two years."""
    luck = np.random.default_rng(n)
    marks, later = luck.normal(80, 8, n), luck.normal(82, 8, n)
    assert not hides_change(Standing(marks, marks), Standing(later, later))
    assert not hides_change(Standing(marks, marks), Standing(marks + 100, later))


@pytest.mark.parametrize(("n", "is_piled_up"), [(20, True), (40, True), (41, False)])
def test_two_at_the_top_are_a_pile_where_they_are_one_in_twenty(n, is_piled_up):
    marks = np.arange(float(n))
    marks[-2] = marks[-1]
    assert hides_change(Standing(marks, marks), Standing(marks[: n // 2] - 0.5, marks[: n // 2])) == is_piled_up


def test_ranks_of_a_few_people_are_ratings():
    ranks = np.arange(5.0)
    assert hides_change(Standing(ranks, ranks), Standing(ranks, ranks))


def test_marks_that_pile_up_are_bounded_more_narrowly_than_ratings():
    luck = np.random.default_rng(3)
    marks, later = luck.normal(80, 8, 20_000), luck.normal(84, 8, 20_000)
    awarded, awarded_later = (marks > 92).astype(float), (later > 92).astype(float)
    capped = bound_excess(Standing(np.minimum(marks, 95), awarded), Standing(np.minimum(later, 95), awarded_later))
    classes = [60, 75, 90]
    rated = bound_excess(
        Standing(np.digitize(marks, classes).astype(float), awarded), Standing(np.digitize(later, classes).astype(float), awarded_later)
    )
    assert capped[0] <= 0.02  # the truth is 0
    assert capped[1] >= 0
    assert rated[0] < capped[0]


RATED = write_list([20] * 25, 6, by_merit)
RATED = replace(RATED, merit=np.digitize(RATED.merit, [-1.5, 0, 1.2]).astype(np.float64))


def test_a_list_of_ratings_reads_bounds_without_a_value():
    found = measure(RATED, n_draws=30).indicators["excess_inflation"]
    assert (found.value, found.caveat) == (None, NOT_IDENTIFIED)
    assert found.low < 0 <= found.high


def test_bounds_are_a_year_and_the_order_of_rows_changes_nothing():
    family = ExcessInflation(Panel(RATED))
    first, last = (Standing(RATED.merit[RATED.year == year], RATED.awards[TITLE][RATED.year == year].astype(float)) for year in (2002, 2006))
    low, high = bound_excess(first, last)
    assert family.bounds()["excess_inflation"] == pytest.approx((low / 4, high / 4))
    assert ExcessInflation(Panel(shuffled(RATED))).bounds()["excess_inflation"] == pytest.approx((low / 4, high / 4))


def test_simulated_merit_is_merit_itself_and_is_never_bounded():
    simulated = replace(RATED, tie=np.zeros(len(RATED.year), np.uint16))
    family = ExcessInflation(Panel(simulated))
    assert family.missing() is None
    assert family.bounds() == {}
