from __future__ import annotations

import math

import pytest

from simulator.widgets.training.tendencies import design_of, tendencies_of, weights_of_reasons
from tests.widgets.training.answering import person


def test_what_was_planted_in_one_person_is_found():
    found = tendencies_of([person(4, merit=0, leader=3, aside=2)])
    assert found.leader.value == pytest.approx(3)
    assert found.last_year.value == pytest.approx(-2)
    assert found.merit.value == pytest.approx(0, abs=1e-9)


def test_a_class_is_the_mean_of_its_people_with_their_spread():
    people = [person(seed, merit=0, leader=leader) for seed, leader in enumerate((1, 2, 3, 2))]
    found = tendencies_of(people)
    assert found.leader.value == pytest.approx(2)
    assert found.leader.low < 2 < found.leader.high
    assert found.n == 4


def test_who_goes_by_merit_alone_shows_no_tendency():
    found = tendencies_of([person(seed, merit=9, level=1) for seed in range(8)])
    assert found.leader.direction == "same"
    assert found.last_year.direction == "same"
    assert found.merit.value == pytest.approx(9, abs=0.3)


def test_of_nobody_nothing_is_told():
    assert math.isnan(tendencies_of([]).leader.value)


def test_effects_become_weights_of_an_index():
    weights = weights_of_reasons([person(seed, merit=4, leader=2, aside=2) for seed in range(12)])
    assert weights["rank_weight"].value == pytest.approx(0.25, abs=0.04)
    assert weights["turn_weight"].value == pytest.approx(0.25, abs=0.04)
    assert weights["rank_weight"].low <= weights["rank_weight"].value <= weights["rank_weight"].high


def test_an_effect_against_leaders_is_no_weight():
    assert weights_of_reasons([person(seed, merit=4, leader=-2, level=4) for seed in range(5)])["rank_weight"].value == pytest.approx(0)


def test_of_two_people_no_weight_is_told():
    assert all(math.isnan(reading.value) for reading in weights_of_reasons([person(1), person(2)]).values())


def test_a_design_has_a_row_for_each_case():
    seen, ratings = design_of(person(1))
    assert seen.shape == (10, 4)
    assert ratings.shape == (10,)
