from __future__ import annotations

import pytest

from simulator.model.ladder import ladders_of, value_of, wanted_tests
from simulator.model.regime import LadderTest
from simulator.rules.conditions import read_condition
from simulator.rules.loading import load_criteria
from tests.worlds import FOCUS, award, clause, criteria


def built_on(title, *asked, bonus=6.0):
    """Give the steps on a title when ``upper`` asks so, and the dearest award of the set is worth 12."""
    conditions = [clause(f"c{place}", "eligibility", f"requires: {words}") for place, words in enumerate(asked)]
    upper = award("upper", *conditions, clause("bonus", "money", f"multiple: {bonus}"), level=3)
    dearest = award("dearest", clause("bonus", "money", "multiple: 12.0"), level=4)
    return ladders_of(criteria(award(FOCUS), upper, dearest).awards)[title]


def test_a_run_is_a_step_worth_its_bonus_over_the_largest():
    assert built_on(FOCUS, f"{{fact: award-run, award: {FOCUS}, at_least: 3}}") == (LadderTest(3, None, 0.5),)


def test_so_many_times_in_a_window_are_a_step():
    assert built_on(FOCUS, f"{{fact: award-count, award: {FOCUS}, within_years: 5, at_least: 2}}") == (LadderTest(2, 5, 0.5),)


@pytest.mark.parametrize("within", [31, 60])
def test_ever_before_is_no_step(within):
    assert built_on(FOCUS, f"{{fact: award-count, award: {FOCUS}, within_years: {within}, at_least: 1}}") == ()


def test_what_must_not_be_is_no_step():
    run = f"{{fact: award-run, award: {FOCUS}, at_least: 3}}"
    assert built_on(FOCUS, f"{{not: {run}}}") == ()
    assert built_on(FOCUS, f"{{all: [{{not: {{any: [{run}]}}}}, {{fact: rating, at_least: excellent}}]}}") == ()


def test_every_branch_is_a_way_up_and_what_is_said_twice_counts_once():
    three = f"{{fact: award-run, award: {FOCUS}, at_least: 3}}"
    two = f"{{fact: award-count, award: {FOCUS}, within_years: 4, at_least: 2}}"
    assert built_on(FOCUS, f"{{any: [{three}, {two}]}}", three) == (LadderTest(2, 4, 0.5), LadderTest(3, None, 0.5))


def test_waiting_and_this_years_award_are_no_steps():
    assert built_on(FOCUS, f"{{fact: years-since-award, award: {FOCUS}, at_least: 2}}", f"{{fact: awarded-this-year, award: {FOCUS}}}") == ()


def test_an_award_without_a_bonus_is_worth_one_and_bonuses_of_nothing_are_no_reason():
    bare, worthless = criteria(award("a")).awards["a"], criteria(award("a", clause("m", "money", "multiple: 0.0")), award("b")).awards
    assert value_of(bare) == 1.0
    assert value_of(worthless["a"]) == 0.0
    assert ladders_of({"a": worthless["a"]}) == {"a": ()}


def test_wanted_tests_leave_out_points_and_whatever_is_denied():
    words = {
        "all": [{"fact": "case-pending"}, {"not": {"fact": "is-woman"}}, {"any": [{"points": "total", "at_least": 1}, {"fact": "leads-cluster"}]}]
    }
    assert [test.fact for test in wanted_tests(read_condition(words))] == ["case-pending", "leads-cluster"]


def test_the_ladder_of_the_former_decree_is_three_titles_in_a_row():
    ladders = ladders_of(load_criteria("decree-91").awards)
    assert ladders[FOCUS] == (LadderTest(3, None, 3.0 / 18.0),)
    assert ladders["lao-dong-tien-tien"] == ()
