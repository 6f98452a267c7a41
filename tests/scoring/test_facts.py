"""Years kept as bits tell the same as lists of years."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.facts import RATINGS
from simulator.scoring.facts import N_REMEMBERED_YEARS, RATING_OF_WORD, Facts, Rating, count_within, has_run, is_clear_since

# Each person's memory: how many years ago something happened; 0 is this year.
YEARS_AGO = st.lists(st.sets(st.integers(0, N_REMEMBERED_YEARS - 1)), min_size=1, max_size=20)
WINDOW = st.integers(0, N_REMEMBERED_YEARS - 1)


def as_bits(people):
    return np.array([sum(2**years_ago for years_ago in person) for person in people], dtype=np.uint32)


@given(YEARS_AGO, WINDOW)
def test_a_run_is_every_one_of_the_last_years(people, n_years):
    expected = [all(years_ago in person for years_ago in range(n_years)) for person in people]
    assert has_run(as_bits(people), n_years).tolist() == expected


@given(st.integers(0, 20), st.integers(1, 20))
def test_an_unbroken_past_is_a_run_of_its_length_and_no_longer(n_marked, n_years):
    person = [set(range(n_marked))]
    assert has_run(as_bits(person), n_years).tolist() == [n_marked >= n_years]


@given(YEARS_AGO, WINDOW)
def test_a_count_looks_at_the_last_years_only(people, n_years):
    expected = [sum(years_ago < n_years for years_ago in person) for person in people]
    assert count_within(as_bits(people), n_years).tolist() == expected


@given(YEARS_AGO, WINDOW)
def test_clear_means_none_of_the_years_before_this_one(people, n_years):
    expected = [not any(1 <= years_ago <= n_years for years_ago in person) for person in people]
    assert is_clear_since(as_bits(people), n_years).tolist() == expected


def test_this_year_does_not_count_against_being_clear():
    assert is_clear_since(as_bits([{0}]), 31).tolist() == [True]


def test_the_words_of_the_rules_are_the_ratings():
    assert tuple(RATING_OF_WORD) == RATINGS
    assert list(RATING_OF_WORD.values()) == sorted(Rating)


@pytest.fixture
def two_people():
    column = np.zeros(2, dtype=np.int8)
    return Facts(column, {}, {"title": np.array([1, 2], np.uint32)}, column, column.astype(np.bool_), column, column)


def test_an_award_nobody_ever_got_has_no_years(two_people):
    assert two_people.n_nominees == 2
    assert two_people.years_of_award("title").tolist() == [1, 2]
    assert two_people.years_of_award("another").tolist() == [0, 0]
