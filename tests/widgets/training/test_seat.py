from __future__ import annotations

import pytest

from simulator.widgets.training.seat import MEMBERS, RULES, YEARS, Seat
from simulator.workspace import find_workspace


def lived(seed, pick):
    seat = Seat(find_workspace(), seed)
    while not seat.is_over:
        allowed = [colleague for colleague in seat.colleagues() if colleague.is_eligible]
        seat.choose([colleague.number for colleague in sorted(allowed, key=pick)[: seat.n_places()]])
    return seat


@pytest.fixture(scope="module")
def by_score():
    return lived(1, lambda colleague: -colleague.score)


def test_choices_are_what_is_awarded_under_the_rule_as_it_is(by_score):
    assert len(by_score.choices) == YEARS
    assert [tuple(by_score.awarded(year)) for year in range(1, YEARS + 1)] == list(by_score.choices)


def test_other_choices_give_other_awards_with_the_same_files(by_score):
    other = lived(1, lambda colleague: colleague.score)
    assert other.choices != by_score.choices
    assert Seat(find_workspace(), 1).colleagues() == Seat(find_workspace(), 1).colleagues()
    assert other.result("as-is").n_best <= by_score.result("as-is").n_best


def test_where_nobody_chooses_the_unit_does_as_assumed(by_score):
    free = Seat(find_workspace(), 1)
    history, _ = free._live("as-is", YEARS)
    chosen, _ = by_score._live("as-is", YEARS)
    own = history.unit == 0
    same_year = history.year == 1
    others = ~own & same_year & (chosen.year == 1)
    assert (history.is_awarded[others] == chosen.is_awarded[others]).all()


def test_the_same_choices_meet_other_rules_with_the_same_luck(by_score):
    results = {rule: by_score.result(rule) for rule in RULES}
    assert results["as-is"].n_kept == results["as-is"].n_chosen == results["as-is"].n_awards
    assert results["rest"].n_people >= results["as-is"].n_people
    assert results == {rule: by_score.result(rule) for rule in RULES}


def test_nobody_awarded_waits_less_than_the_rule_says(by_score):
    years = [set(by_score.awarded(year, "rest")) for year in range(1, YEARS + 1)]
    assert all(not years[k] & years[k + 1] for k in range(YEARS - 1))
    assert all(not years[k] & years[k + 2] for k in range(YEARS - 2))


def test_a_floor_of_seventy_percent_keeps_leaders_out_of_two_places(by_score):
    assert by_score.result("floor").n_leaders == 0


def test_only_the_eligible_and_as_many_as_there_are_places():
    seat = Seat(find_workspace(), 2)
    colleagues = seat.colleagues()
    assert len(colleagues) == MEMBERS
    shut_out = next(colleague.number for colleague in colleagues if not colleague.is_eligible)
    with pytest.raises(ValueError, match="eligible"):
        seat.choose([shut_out] * seat.n_places())
    with pytest.raises(ValueError, match="as many"):
        seat.choose([])


def test_after_the_last_year_nothing_is_decided(by_score):
    with pytest.raises(ValueError, match="chosen"):
        by_score.choose([1])
