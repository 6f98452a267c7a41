"""Careers tell what a member got in the calendar years before, as a slow reading does."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.history import History
from simulator.indicators.careers import Careers, are_known
from tests.indicators.full_lists import full_list, renamed
from tests.indicators.lists import take

LISTS = [full_list(1), full_list(2, with_gaps=False), renamed(full_list(3))]


@pytest.mark.parametrize("history", LISTS)
@pytest.mark.parametrize("n_years", [1, 2, 4, 5])
def test_awards_before_a_row_are_told_by_calendar_years(history, n_years):
    won = {(int(m), int(y)) for m, y, is_awarded in zip(history.member, history.year, history.is_awarded, strict=True) if is_awarded}
    rows = list(zip(history.member.tolist(), history.year.tolist(), strict=True))
    lately = [any((member, year - back) in won for back in range(1, n_years + 1)) for member, year in rows]
    assert Careers(history).any_before(history.is_awarded, n_years).tolist() == lately


@pytest.mark.parametrize("history", LISTS)
def test_each_of_the_eight_years_before_is_told_apart(history):
    won = {(int(m), int(y)) for m, y, is_awarded in zip(history.member, history.year, history.is_awarded, strict=True) if is_awarded}
    years = Careers(history).years_before(history.is_awarded)
    assert years.dtype == np.uint8
    rows = zip(history.member.tolist(), history.year.tolist(), strict=True)
    assert years.tolist() == [sum(1 << (back - 1) for back in range(1, 9) if (member, year - back) in won) for member, year in rows]


@pytest.mark.parametrize(("gap", "marked"), [(1, 1), (8, 128), (9, 0), (300, 0)])
def test_what_was_long_ago_is_forgotten_and_nothing_else_is_marked_for_it(gap, marked):
    history = History(
        year=np.array([1, 1 + gap]),
        unit=np.array([1, 1]),
        member=np.array([5, 5]),
        role=np.array([0, 0]),
        focus_award="title",
        awards={"title": np.array([True, True])},
    )
    assert Careers(history).years_before(history.is_awarded).tolist() == [0, marked]


def test_tables_hold_members_by_years():
    history = LISTS[2]
    careers = Careers(history)
    flags = careers.flags(history.is_awarded)
    assert flags.shape == (len(np.unique(history.member)), len(history.years))
    assert flags[careers.member, careers.year_index].tolist() == history.is_awarded.tolist()
    assert flags.sum() == history.is_awarded.sum()


def test_nobody_at_all_has_no_career():
    nobody = take(LISTS[0], np.arange(0))
    assert Careers(nobody).flags(nobody.is_awarded).shape == (0, 0)
    assert Careers(nobody).any_before(nobody.is_awarded, 2).tolist() == []


@pytest.mark.parametrize(
    ("years", "n_before", "known"),
    [([1, 2, 3, 4], 2, [0, 0, 1, 1]), ([1, 2, 4, 5, 6], 2, [0, 0, 0, 0, 1]), ([3], 0, [1]), ([3], 1, [0]), ([], 2, [])],
)
def test_a_year_is_known_back_to_the_first_gap(years, n_before, known):
    assert are_known(np.array(years, dtype=np.int64), n_before).tolist() == known
