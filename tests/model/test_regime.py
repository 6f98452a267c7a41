from __future__ import annotations

import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.compiling import compile_regime
from tests.worlds import FOCUS, award, clause, criteria, one_award, quota


def regime_of(*clauses, behaviour=None, **words):
    return compile_regime(one_award(*clauses, **words), behaviour or Behaviour(), focus_award=FOCUS)


@pytest.mark.parametrize(("reliability", "variance"), [(1.0, 0.0), (0.5, 1.0), (0.45, 1 / 0.45 - 1)])
def test_the_error_of_an_appraiser_follows_reliability(reliability, variance):
    assert regime_of(behaviour=Behaviour(appraisal_reliability=reliability)).error_sd ** 2 == pytest.approx(variance)


def test_an_award_is_worth_its_bonus_and_what_part_of_a_pay_step_falls_on_it():
    bonus, step = clause("bonus", "money", "multiple: 1.5"), clause("step", "pay-step", "share: 0.05, months: 12")
    office = Behaviour(stakes=2.0, pay_step_worth=3.0)
    assert regime_of(quota(0.2), bonus, behaviour=office).worth_of_focus == 2 * 1.5
    assert regime_of(quota(0.2), bonus, step, behaviour=office).worth_of_focus == pytest.approx(2 * (1.5 + 3 * 0.25))
    assert regime_of(quota(0.02), bonus, step, behaviour=office).worth_of_focus == pytest.approx(2 * (1.5 + 3))
    half_a_year = clause("step", "pay-step", "share: 0.2, months: 6")
    assert regime_of(quota(0.2), half_a_year, behaviour=office).worth_of_focus == pytest.approx(2 * (1 + 3 / 2))


@pytest.mark.parametrize(
    ("words", "is_of_units"),
    [
        ({"pooling": "unit"}, True),
        ({"pooling": "all"}, False),
        ({"pooling": "cluster"}, False),
        ({"pooling": "kind", "rounding": "systematic"}, True),
    ],
)
def test_units_fill_places_of_their_own_and_those_carried_over_between_them(words, is_of_units):
    assert regime_of(quota(0.15, **words)).focus.is_filled_by_units is is_of_units
    assert not regime_of().focus.is_filled_by_units


@pytest.mark.parametrize(("authority", "is_asked_for"), [("unit", False), ("province", True), ("state", True)])
def test_units_ask_for_what_others_give(authority, is_asked_for):
    regime = compile_regime(criteria(award(FOCUS, authority=authority)), Behaviour(), focus_award=FOCUS)
    assert regime.focus.is_asked_for is is_asked_for


def test_bars_drift_from_the_first_year_on():
    regime = regime_of(behaviour=Behaviour(council_bar_province=1.0, bar_drift=0.1))
    assert [regime.bar("province", year) for year in (-4, 0, 2)] == pytest.approx([1.0, 1.0, 1.2])
    assert regime.bar("unit", 2) == float("-inf")


@pytest.mark.parametrize(
    ("n_bodies", "days", "transparency"),
    [(0, 0, 0.0), (1, 0, 0.5), (3, 0, 0.5), (0, 5, 0.25), (0, 20, 1.0), (1, 5, 0.75), (2, 10, 1.0), (1, 15, 1.0)],
)
def test_transparency_is_half_what_is_consulted_and_a_twentieth_for_each_day_of_posting(n_bodies, days, transparency):
    bodies = ", ".join(["{vi: Thuế, en: Tax}"] * n_bodies)
    stage = clause("s", "stage", f"level: unit, order: 1, consults: [{bodies}], posting_days: {days}")
    assert regime_of(procedure=(stage,)).focus.procedure.transparency == transparency
