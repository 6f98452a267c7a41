from __future__ import annotations

import numpy as np
import pytest

from simulator.history import FIRST_LEADING_ROLE
from simulator.widgets.training.seat import FOCUS, LOWER, MEMBERS, OWN, RULES, YEARS, Seat
from simulator.workspace import find_workspace

QUOTA, FLOOR, REST = f"{FOCUS}.quota", f"{FOCUS}.direct-worker-floor", f"{FOCUS}.cooling-off"


def lived(seed, pick, n=3):
    seat = Seat(find_workspace(), seed)
    while not seat.is_over:
        seat.choose([colleague.number for colleague in sorted(seat.colleagues(), key=pick)[:n]])
    return seat


@pytest.fixture(scope="module")
def by_score():
    return lived(1, lambda colleague: -colleague.score)


def test_who_is_put_forward_is_awarded_or_refused_and_nobody_else_is_awarded(by_score):
    assert len(by_score.choices) == YEARS
    for rule in RULES:
        for year, chosen in enumerate(by_score.choices, start=1):
            refused = [refusal.number for refusal in by_score.refusals(year, rule)]
            assert sorted([*by_score.awarded(year, rule), *refused]) == list(chosen)


def test_a_head_who_puts_nobody_forward_gets_nobody_awarded():
    seat = Seat(find_workspace(), 4)
    before = Seat(find_workspace(), 4)
    for _ in range(2):
        seat.choose([])
    history, _ = seat._live("as-is", 2)
    assumed, _ = before._live("as-is", 2)
    assert [seat.awarded(year) for year in (1, 2)] == [[], []]
    assert assumed.is_awarded[(assumed.unit == OWN) & (assumed.year >= 1)].any()
    same = (history.unit != OWN) & (history.year == 1)
    assert (history.is_awarded[same] == assumed.is_awarded[same]).all()


def test_of_more_than_there_are_places_the_higher_files_are_awarded_and_the_others_refused_by_the_quota():
    seat = Seat(find_workspace(), 1)
    colleagues = seat.colleagues()
    seat.choose(range(1, MEMBERS + 1))
    won, refused = seat.awarded(1), seat.refusals(1)
    score = {colleague.number: colleague.score for colleague in colleagues}
    without = [refusal for refusal in refused if refusal.ground == "place"]
    assert without
    assert {refusal.clauses for refusal in without} == {(QUOTA,)}
    assert min(score[number] for number in won) >= max(score[refusal.number] for refusal in without)


def test_a_refusal_names_the_clauses_that_are_not_met():
    seat = Seat(find_workspace(), 1)
    colleagues = {colleague.number: colleague for colleague in seat.colleagues()}
    seat.choose(range(1, MEMBERS + 1))
    refused = {refusal.number: refusal for refusal in seat.refusals(1)}
    needs = f"{FOCUS}.excellent-or-initiative"
    for number, colleague in colleagues.items():
        falls_short = colleague.rating != "excellent" and not colleague.n_initiatives
        assert (number in refused and needs in refused[number].clauses) == falls_short
        if colleague.rating in {"failed", "completed"}:
            assert f"{LOWER}.rating" in refused[number].clauses
    assert any(not colleague.has_lower for colleague in colleagues.values())


def test_other_choices_give_other_awards_with_the_same_files(by_score):
    other = lived(1, lambda colleague: colleague.score)
    assert other.choices != by_score.choices
    assert Seat(find_workspace(), 1).colleagues() == Seat(find_workspace(), 1).colleagues()
    assert other.result("as-is").n_best <= by_score.result("as-is").n_best


def test_the_same_choices_meet_other_rules_with_the_same_luck(by_score):
    results = {rule: by_score.result(rule) for rule in RULES}
    assert results["as-is"].n_awards == sum(len(by_score.awarded(year)) for year in range(1, YEARS + 1)) > 0
    assert results == {rule: by_score.result(rule) for rule in RULES}
    assert results["rest"] != results["as-is"]


def test_nobody_awarded_waits_less_than_the_rule_says_and_who_would_is_refused_by_it(by_score):
    years = [set(by_score.awarded(year, "rest")) for year in range(1, YEARS + 1)]
    assert all(not years[k] & years[k + 1] for k in range(YEARS - 1))
    assert all(not years[k] & years[k + 2] for k in range(YEARS - 2))
    assert any(REST in refusal.clauses for year in range(1, YEARS + 1) for refusal in by_score.refusals(year, "rest"))
    assert not any(REST in refusal.clauses for year in range(1, YEARS + 1) for refusal in by_score.refusals(year))


def test_a_floor_of_seventy_percent_keeps_leaders_out_of_two_places_and_says_so():
    seat = lived(2, lambda colleague: (colleague.role not in {"head", "deputy"}, not colleague.has_lower), n=4)
    assert seat.result("as-is").n_leaders > 0
    assert seat.result("floor").n_leaders == 0
    refused = [refusal for year in range(1, YEARS + 1) for refusal in seat.refusals(year, "floor")]
    assert any(refusal.clauses == (FLOOR,) for refusal in refused)


def test_others_are_counted_apart_from_the_own_unit(by_score):
    history, _ = by_score._live("as-is", YEARS)
    is_theirs = (history.unit != OWN) & (history.year == 3) & history.is_awarded
    found = by_score.others(3)
    assert (found.n_units, found.n_awards) == (19, int(is_theirs.sum()))
    assert found.n_leaders == int((history.role[is_theirs] >= FIRST_LEADING_ROLE).sum())
    won_before = set(history.member[(history.unit != OWN) & (history.year == 2) & history.is_awarded].tolist())
    assert found.n_again == sum(member in won_before for member in history.member[is_theirs].tolist())
    all_years = by_score.result_of_others("as-is")
    assert all_years.n_awards == sum(by_score.others(year).n_awards for year in range(1, YEARS + 1))
    assert np.isclose(all_years.n_units, 19)


def test_nobody_from_elsewhere_and_nothing_after_the_last_year(by_score):
    with pytest.raises(ValueError, match="members of the unit"):
        Seat(find_workspace(), 2).choose([MEMBERS + 1])
    with pytest.raises(ValueError, match="not decided"):
        by_score.choose([1])
