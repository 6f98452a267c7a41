"""Excess inflation is what awards grow beyond merit: nothing without growth, nothing when merit grows, the log ratio when bars fall."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist, fmean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.history import History
from simulator.indicators import inflation as module
from simulator.indicators.family import NO_BASE_YEAR, NO_MERIT, TOO_FEW_YEARS
from simulator.indicators.inflation import NO_MERIT_OF_AWARDED, ExcessInflation, base_year, fit_award_probability
from simulator.indicators.panel import Panel
from tests.indicators.lists import TITLE, shuffled, untidy_list

N = 20_000
N_YEARS = 10
CUT = 1.0


def excess(history):
    return ExcessInflation(Panel(history)).values()["excess_inflation"]


def course(history):
    return ExcessInflation(Panel(history)).course()["excess_inflation"]


def list_of_years(merit, is_awarded, *, is_simulated=True, **more):
    """Make a history of (year 0 and the years after) × (members), in twenty units; year 0 is memory."""
    n_years, n = len(merit), len(merit[0])
    awards = is_awarded if isinstance(is_awarded, dict) else {TITLE: is_awarded}
    return History(
        year=np.repeat(np.arange(2000, 2000 + n_years), n),
        unit=np.tile(np.arange(n) % 20, n_years),
        member=np.tile(np.arange(n), n_years),
        role=np.zeros(n * n_years, np.int8),
        focus_award=TITLE,
        awards={award: np.concatenate(columns) for award, columns in awards.items()},
        merit=np.concatenate(merit),
        tie=np.zeros(n * n_years, np.uint16) if is_simulated else None,
        n_history_years=1,
        **more,
    )


@pytest.fixture(scope="module")
def merit():
    return np.random.default_rng(1).normal(size=N)


# --- what it must read ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fall", [0.02, 0.05, 0.07])
def test_falling_bars_on_lasting_merit_are_the_growth_of_awards(merit, fall):
    is_awarded = [merit >= CUT - fall * year for year in range(N_YEARS + 1)]
    found = excess(list_of_years([merit] * (N_YEARS + 1), is_awarded))
    assert found == pytest.approx(math.log(is_awarded[-1].sum() / is_awarded[0].sum()) / N_YEARS, abs=1e-12)
    upper = [1 - NormalDist().cdf(CUT - fall * year) for year in (0, N_YEARS)]
    assert found == pytest.approx(math.log(upper[1] / upper[0]) / N_YEARS, abs=0.006)
    assert found > 0


@pytest.mark.parametrize("growth", [0.02, 0.05, 0.1])
@pytest.mark.parametrize("is_simulated", [True, False])
def test_growing_merit_under_a_fixed_cut_is_no_inflation(merit, growth, is_simulated):
    """Found: at most .0008 a year, from reading merit in steps of an eighth; the promise is .02."""
    grown = [merit + growth * year for year in range(N_YEARS + 1)]
    history = list_of_years(grown, [values >= CUT for values in grown], is_simulated=is_simulated)
    assert abs(excess(history)) < 0.001


@pytest.mark.parametrize("noise", [0.5, 1.1])
def test_growing_merit_seen_through_noise_is_no_inflation_either(noise):
    """A sharp cut-off as the standard of year 0 would read about −.02 a year here."""
    luck = np.random.default_rng(2)
    grown = [luck.normal(size=N) + 0.05 * year for year in range(N_YEARS + 1)]
    history = list_of_years(grown, [values + noise * luck.normal(size=N) >= CUT for values in grown])
    assert abs(excess(history)) < 0.006


def test_no_growth_at_all_is_zero_in_expectation():
    """Thirty lists of 4,000 people and five years; the mean has a standard error of .001."""
    luck = np.random.default_rng(3)
    found = []
    for _ in range(30):
        years = [luck.normal(size=4000) for _ in range(6)]
        found.append(excess(list_of_years(years, [merit + luck.normal(size=4000) >= CUT for merit in years])))
    assert fmean(found) == pytest.approx(0, abs=4 * pstdev(found) / math.sqrt(30))
    assert pstdev(found) < 0.01


def test_exactly_the_same_people_and_awards_are_exactly_zero(merit):
    is_awarded = [merit >= CUT] * 4
    assert excess(list_of_years([merit] * 4, is_awarded)) == 0
    assert course(list_of_years([merit] * 4, is_awarded)).tolist() == [0, 0, 0]


def test_a_fixed_number_of_awards_while_merit_grows_is_deflation(merit):
    grown = [merit + 0.05 * year for year in range(N_YEARS + 1)]
    assert excess(list_of_years(grown, [merit >= CUT] * (N_YEARS + 1))) < -0.05


def test_simulated_merit_is_in_standard_deviations_already_and_read_as_it_is(merit):
    """A thousandth of a standard deviation is no merit to speak of, so what grows with it is inflation; marks out of 1 are marks."""
    small = [0.06 + 0.001 * (merit + year) for year in range(2)]
    is_awarded = [values >= 0.061 for values in small]
    growth = math.log(is_awarded[1].sum() / is_awarded[0].sum())
    assert excess(list_of_years(small, is_awarded)) == pytest.approx(growth, abs=0.01)
    assert excess(list_of_years(small, is_awarded, is_simulated=False)) == pytest.approx(0, abs=0.01)


def test_a_larger_membership_is_no_inflation(merit):
    history = list_of_years([merit] * 3, [merit >= CUT] * 3)
    doubled = np.concatenate([np.arange(len(history.year)), np.flatnonzero(history.year == 2002)])
    member = np.where(np.arange(len(doubled)) < len(history.year), history.member[doubled], history.member[doubled] + N)
    larger = replace(
        history,
        **{name: getattr(history, name)[doubled] for name in ("year", "unit", "role", "merit", "tie")},
        member=member,
        awards={TITLE: history.awards[TITLE][doubled]},
    )
    assert excess(larger) == pytest.approx(0, abs=1e-12)


def test_the_course_is_the_whole_excess_reached_by_each_year(merit):
    is_awarded = [merit >= CUT - 0.1 * year for year in range(4)]
    history = list_of_years([merit] * 4, is_awarded)
    assert course(history) == pytest.approx([math.log(is_awarded[year].sum() / is_awarded[0].sum()) for year in (1, 2, 3)])
    assert excess(history) == pytest.approx(course(history)[-1] / 3)


def test_histories_that_go_on_from_one_year_zero_fit_its_standards_once(merit, monkeypatch):
    fits = []
    monkeypatch.setattr(module, "fit_award_probability", lambda *counts: fits.append(1) or fit_award_probability(*counts))
    module._fitted.cache_clear()
    same, other = merit >= CUT, merit >= CUT - 0.3
    found = [excess(list_of_years([merit] * 2, years)) for years in ([same, same], [same, other], [other, same], [other, other])]
    assert len(fits) == 2
    module._fitted.cache_clear()
    assert found == [excess(list_of_years([merit] * 2, years)) for years in ([same, same], [same, other], [other, same], [other, other])]
    assert found[1] > 0 > found[2]


def test_dearer_awards_weigh_more(merit):
    """As many titles as before, and medals for all of their holders instead of the very best."""
    best = merit >= CUT
    awards = {TITLE: [best, best], "medal": [merit >= 2, best]}
    n_best, n_very_best = int(best.sum()), int((merit >= 2).sum())
    for worth in (1.0, 3.0):
        history = list_of_years([merit] * 2, awards, award_values={TITLE: 1.0, "medal": worth})
        expected = math.log((n_best + worth * n_best) / (n_best + worth * n_very_best))
        assert excess(history) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("scale", "shift"), [(10.0, 0.0), (0.01, 500.0)])
def test_marks_of_a_real_list_may_have_any_scale(merit, scale, shift):
    grown = [scale * (merit + 0.05 * year) + shift for year in range(4)]
    is_awarded = [merit >= CUT - 0.1 * year for year in range(4)]
    reference = list_of_years([merit + 0.05 * year for year in range(4)], is_awarded, is_simulated=False)
    assert excess(list_of_years(grown, is_awarded, is_simulated=False)) == pytest.approx(excess(reference), abs=0.001)


def test_the_order_of_rows_changes_nothing():
    history = replace(untidy_list(1), n_history_years=2)
    assert excess(shuffled(history)) == pytest.approx(excess(history), abs=1e-12)


# --- the slow reading ---------------------------------------------------------------------------------------------------------------


def slow_excess(history):
    """Fit the standards of year 0 person by person, and compare what they would have given with what was given."""
    years = sorted(set(history.year.tolist()))
    base, last = years[history.n_history_years - 1], years[-1]
    rows = [row for row in range(len(history.year)) if not math.isnan(history.merit[row])]
    marks = [float(mark) for mark, year in zip(history.merit, history.year, strict=True) if year == base and not math.isnan(mark)]
    centre, scale = fmean(marks), pstdev(marks)
    step = {row: (math.floor((history.merit[row] - centre) / scale * 8) + 0.5) / 8 for row in rows}
    points, expected = {base: 0.0, last: 0.0}, {base: 0.0, last: 0.0}
    for award, is_awarded in history.awards.items():
        worth = history.award_values.get(award, 1.0)
        a, b = slow_fit([(step[row], bool(is_awarded[row])) for row in rows if history.year[row] == base])
        for row in rows:
            year = int(history.year[row])
            if year in points:
                points[year] += worth * bool(is_awarded[row])
                expected[year] += worth / (1 + math.exp(-a - b * step[row]))
    return (math.log(points[last] / points[base]) - math.log(expected[last] / expected[base])) / (last - base)


def slow_fit(people):
    """Fit a logistic regression by Newton's method, one person after the other."""
    a = b = 0.0
    for _ in range(40):
        gradient_a = gradient_b = weight = weight_x = weight_xx = 0.0
        for x, won in people:
            p = 1 / (1 + math.exp(-a - b * x))
            gradient_a, gradient_b = gradient_a + won - p, gradient_b + (won - p) * x
            weight, weight_x, weight_xx = weight + p * (1 - p), weight_x + p * (1 - p) * x, weight_xx + p * (1 - p) * x * x
        determinant = weight * weight_xx - weight_x**2
        a += (weight_xx * gradient_a - weight_x * gradient_b) / determinant
        b += (weight * gradient_b - weight_x * gradient_a) / determinant
    return a, b


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_the_slow_reading(seed):
    history = replace(untidy_list(seed), n_history_years=2)
    medal = shuffled(history, seed).is_awarded
    history = replace(history, awards={**history.awards, "medal": medal}, award_values={TITLE: 1.0, "medal": 2.5})
    assert excess(history) == pytest.approx(slow_excess(history), abs=1e-5)


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0.1, 0.9)), min_size=2, max_size=20), st.integers(48, 72))
def test_a_fit_awards_as_many_as_there_were_and_of_the_same_merit(cells, first_bin):
    """The two equations that define a logistic fit, whenever some are and some are not awarded at more than one merit."""
    members, awarded = np.zeros((1, 128)), np.zeros((1, 128))
    for offset, (n, share) in enumerate(cells):
        members[0, first_bin + offset], awarded[0, first_bin + offset] = n, n * share
    probability = fit_award_probability(members, awarded)[0]
    centres = (np.arange(128) + 0.5) / 8 - 8
    assert (probability * members[0]).sum() == pytest.approx(awarded.sum(), abs=1e-3)
    assert (probability * members[0] * centres).sum() == pytest.approx((awarded[0] * centres).sum(), abs=1e-2)


CELLS = {
    "far from zero": (32, [(49, 0.5625), (1, 0.5), (1, 0.125), (34, 0.125), (1, 0.125), (1, 0.5), (42, 0.890625)]),
    "the better the fewer": (48, [*[(1, 0.5)] * 13, (19, 0.25)]),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_fit_is_found_wherever_merit_lies_and_whichever_way_awards_go(case):
    first_bin, cells = CELLS[case]
    members, awarded = np.zeros((1, 128)), np.zeros((1, 128))
    for offset, (n, share) in enumerate(cells):
        members[0, first_bin + offset], awarded[0, first_bin + offset] = n, n * share
    probability = fit_award_probability(members, awarded)[0]
    centres = (np.arange(128) + 0.5) / 8 - 8
    assert (probability * members[0]).sum() == pytest.approx(awarded.sum(), abs=1e-3)
    assert (probability * members[0] * centres).sum() == pytest.approx((awarded[0] * centres).sum(), abs=1e-2)


def test_nobody_everybody_and_a_sharp_cut_can_be_fitted():
    members = np.full((3, 128), 5.0)
    awarded = np.stack([np.zeros(128), np.full(128, 5.0), np.where(np.arange(128) >= 72, 5.0, 0.0)])
    nobody, everybody, sharp = fit_award_probability(members, awarded)
    assert set(nobody.tolist()) == {0}
    assert set(everybody.tolist()) == {1}
    assert sharp[:70].max() < 0.01
    assert sharp[74:].min() > 0.9


def test_a_sharp_cut_is_fitted_with_as_many_awards_as_there_were():
    centres = (np.arange(128) + 0.5) / 8 - 8
    members = np.round(1000 * np.exp(-(centres**2) / 2))
    awarded = np.where(centres > 2, members, 0.0)
    probability = fit_award_probability(members[None], awarded[None])[0]
    assert (probability * members).sum() == pytest.approx(awarded.sum(), rel=0.01)


@pytest.mark.parametrize("seed", range(5))
def test_lists_fitted_together_are_fitted_as_each_alone(seed):
    """To the last bit: one list takes as many steps as its own slowest award, and bins that hold nobody move no digit."""
    luck = np.random.default_rng(seed)
    centres = (np.arange(128) + 0.5) / 8 - 8
    members = luck.poisson(40 * np.exp(-((centres - luck.normal(0, 2, size=(6, 1, 1))) ** 2) / 2), size=(6, 1, 128)).repeat(3, axis=1)
    chance = 1 / (1 + np.exp(-luck.normal(0, 2, size=(6, 3, 1)) * (centres - luck.normal(0, 2, size=(6, 3, 1)))))
    awarded = luck.binomial(members, chance)
    together = fit_award_probability(members.astype(np.float64), awarded.astype(np.float64))
    for of_list, of_awarded, fitted in zip(members, awarded, together, strict=True):
        assert fitted.tobytes() == fit_award_probability(of_list.astype(np.float64), of_awarded.astype(np.float64)).tobytes()


# --- when nothing can be known ---------------------------------------------------------------------------------------------------------


def test_year_zero_is_the_last_year_of_memory_or_the_first_of_a_list():
    history = untidy_list(1)
    assert [base_year(replace(history, n_history_years=n)) for n in (0, 1, 2, 4)] == [2010, 2010, 2011, 2013]


def reason(history):
    return ExcessInflation(Panel(history)).missing()


def test_the_reasons_for_not_knowing(merit):
    history = list_of_years([merit] * 3, [merit >= CUT] * 3)
    assert reason(history) is None
    assert reason(replace(history, merit=None)) == NO_MERIT
    assert reason(replace(history, n_history_years=3)) == TOO_FEW_YEARS
    assert reason(list_of_years([merit], [merit >= CUT])) == TOO_FEW_YEARS
    assert reason(replace(list_of_years([merit], [merit >= CUT]), n_history_years=0)) == TOO_FEW_YEARS
    assert reason(list_of_years([merit] * 2, [merit >= 99, merit >= CUT])) == NO_BASE_YEAR


@pytest.mark.parametrize("year", [0, 1])
def test_awards_of_people_whose_merit_is_missing_are_no_lack_of_awards(merit, year):
    is_won = merit >= CUT
    known = [merit, merit]
    known[year] = np.where(is_won, np.nan, merit)
    assert reason(list_of_years(known, [is_won] * 2, is_simulated=False)) == NO_MERIT_OF_AWARDED
    known[year] = np.where(is_won & (np.cumsum(is_won) > 5), np.nan, merit)
    assert reason(list_of_years(known, [is_won] * 2, is_simulated=False)) is None


def test_growth_to_nothing_is_undefined(merit):
    assert math.isnan(excess(list_of_years([merit] * 2, [merit >= CUT, merit >= 99])))


def test_a_year_zero_in_which_nobodys_merit_is_known_is_undefined(merit):
    history = list_of_years([np.full(N, np.nan), merit], [merit >= CUT] * 2, is_simulated=False)
    found = reason(history)
    assert found is not None or math.isnan(excess(history))
