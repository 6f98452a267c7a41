"""Concentration at its anchors: lasting merit, whole cycles of turns, a lottery; and a Gini coefficient by its double sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from simulator.indicators.concentration import Concentration
from simulator.indicators.family import NOTHING_AWARDED
from simulator.indicators.measurement import measure
from simulator.indicators.panel import Panel
from tests.indicators.lists import TITLE, by_lot, by_merit, by_post, by_turn, list_of, shuffled, untidy_list, write_list


def lasting(member, _year):
    return float(member)


def concentration(history):
    found = Concentration(Panel(replace(history, n_history_years=0)))
    values = found.values()
    return values["gini"], found.beside()["gini"]["uncorrected"], values["effective_winners"]


def slow_concentration(history):
    """Gini as the mean absolute difference over twice the mean, without and with n/(n − 1); and the inverse of the mean of Σ s²."""
    units = {}
    for unit, member, won in zip(history.unit.tolist(), history.member.tolist(), history.is_awarded.tolist(), strict=True):
        units.setdefault(unit, Counter())[member] += won
    raw, corrected, squares, people = [], [], [], []
    for wins in units.values():
        x, n, total = list(wins.values()), len(wins), sum(wins.values())
        if total and n > 1:
            gini = sum(abs(a - b) for a in x for b in x) / (2 * n * total)
            raw.append(n * gini)
            corrected.append(n * gini * n / (n - 1))
            people.append(n)
        if total:
            squares.append(sum(a * a for a in x) / total**2)
    return sum(corrected) / sum(people), sum(raw) / sum(people), len(squares) / sum(squares)


@pytest.mark.parametrize("seed", range(6))
def test_it_agrees_with_double_sums(seed):
    history = untidy_list(seed)
    assert concentration(history) == pytest.approx(slow_concentration(history), abs=1e-12)
    assert concentration(shuffled(history)) == pytest.approx(concentration(history), abs=1e-12)


@pytest.mark.parametrize(("n", "k"), [(20, 3), (10, 1), (5, 4)])
def test_lasting_merit_is_exact(n, k):
    """Model.md A.5: before the factor for small units 1 − k/n, and k effective winners."""
    gini, uncorrected, winners = concentration(write_list([n] * 4, 6, by_merit, n_places=lambda _size: k, merit=lasting))
    assert uncorrected == pytest.approx(1 - k / n, abs=1e-12)
    assert gini == pytest.approx((1 - k / n) * n / (n - 1), abs=1e-12)
    assert winners == pytest.approx(k, abs=1e-9)


def test_posts_alone_are_as_concentrated():
    _, uncorrected, winners = concentration(write_list([20] * 4, 6, by_post, n_places=lambda _size: 3))
    assert (uncorrected, winners) == pytest.approx((1 - 3 / 20, 3), abs=1e-9)


@pytest.mark.parametrize(("n", "k"), [(20, 4), (6, 2), (10, 10)])
def test_whole_cycles_of_turns_are_perfectly_even(n, k):
    gini, uncorrected, winners = concentration(write_list([n] * 4, 2 * n // k, by_turn, n_places=lambda _size: k))
    assert (gini, uncorrected) == (0, 0)
    assert winners == pytest.approx(n, abs=1e-9)


def test_a_lottery_has_the_winners_of_theory():
    """n / (1 + (1 − p)/(Tp)); and .35 for the Gini of one in ten over twenty years, given before the factor for small units."""
    n, k, years = 10, 1, 20
    _, uncorrected, winners = concentration(write_list([n] * 300, years, by_lot, n_places=lambda _size: k))
    assert winners == pytest.approx(n / (1 + (1 - k / n) / (years * k / n)), rel=0.02)
    assert uncorrected == pytest.approx(0.35, abs=0.02)


def test_one_person_alone_has_no_gini_coefficient_and_shares_with_nobody():
    """Ten units of five in which one wins every year, and ninety of one: the coefficient is that of the ten."""
    rows = [(year, unit, 10 * unit + i, 0, 0.0, i == 0) for year in range(2000, 2003) for unit in range(100) for i in range(5 if unit < 10 else 1)]
    assert concentration(list_of(rows)) == pytest.approx((1, 0.8, 1))
    alone = list_of([row for row in rows if row[1] >= 10], n_history_years=0)
    assert concentration(alone) == pytest.approx((np.nan, np.nan, 1), nan_ok=True)
    assert measure(alone, n_draws=0).indicators["gini"].n == 0


def test_each_year_is_measured_by_itself():
    history = replace(write_list([10] * 3, 4, by_lot, n_places=lambda _size: 2), n_history_years=0)
    course = Concentration(Panel(history)).course()
    assert course["effective_winners"] == pytest.approx(np.full(4, 2.0))
    assert course["gini"] == pytest.approx(np.full(4, 0.8 * 10 / 9))


def test_other_names_of_people_and_units_change_nothing():
    history = untidy_list(3)
    renamed = replace(history, member=history.member * 31 + 5, unit=history.unit * -7)
    assert concentration(renamed) == pytest.approx(concentration(history), abs=1e-12)


def test_without_any_award_nothing_can_be_concentrated():
    history = untidy_list(1)
    nobody = replace(history, awards={TITLE: np.zeros(len(history.year), np.bool_)})
    assert Concentration(Panel(nobody)).missing() == NOTHING_AWARDED
