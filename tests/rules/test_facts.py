from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from pydantic import ValidationError

from simulator.rules.facts import FACTS, RATINGS, SCOPES, FactName, RatingName, Scope, Test
from tests.rules.strategies import fact_tests


def refused_as(**keys):
    with pytest.raises(ValidationError) as caught:
        Test(**keys)
    (error,) = caught.value.errors()
    return error["type"], error.get("ctx", {})


def test_every_name_says_what_it_needs():
    assert tuple(FACTS) == get_args(FactName)
    assert get_args(RatingName) == RATINGS
    assert get_args(Scope) == SCOPES
    for needs in FACTS.values():
        assert not set(needs.keys) & set(needs.may)


def test_members_awarded_is_counted_or_a_share():
    assert Test(fact="members-awarded", award="worker", at_least=3).at_least == 3
    assert Test(fact="members-awarded", award="worker", at_least_share=0.7).at_least_share == 0.7
    assert refused_as(fact="members-awarded", award="worker") == ("CS112", {"fact": "members-awarded", "needed": "at_least_share"})


@pytest.mark.parametrize(
    "others", [{"fact": "members-awarded", "award": "worker"}, {"fact": "members-rated", "rating": "excellent"}, {"fact": "women-share"}]
)
def test_a_share_is_reached_or_passed_and_never_both(others):
    assert (Test(**others, at_least_share=0.5).share, Test(**others, more_than_share=0.5).share) == (0.5, 0.5)
    assert refused_as(**others)[0] == "CS112"
    assert refused_as(**others, at_least_share=0.5, more_than_share=0.5) == ("CS121", {"keys": "at_least_share, more_than_share"})


def test_only_facts_of_shares_take_one():
    assert Test(fact="is-woman").share is None
    assert refused_as(fact="is-woman", more_than_share=0.5) == ("CS113", {"fact": "is-woman", "key": "more_than_share"})


def test_an_initiative_may_say_its_scope_and_window():
    test = Test(fact="unused-initiatives", at_least=1, consumed=True, scope="province", within_years=2)
    assert (test.scope, test.within_years) == ("province", 2)
    assert refused_as(fact="service-months", at_least=1, scope="province") == ("CS113", {"fact": "service-months", "key": "scope"})


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"fact": "rating", "at_least": 2}, "CS104"),
        ({"fact": "service-months", "at_least": 0}, "CS105"),
        ({"fact": "members-awarded", "award": "a", "at_least": 0}, "CS105"),
        ({"fact": "role", "one_of": ()}, "too_short"),
        ({"fact": "leave-days", "below": -1}, "greater_than_equal"),
        ({"fact": "rating-count", "rating": "excellent", "within_years": 0, "at_least": 1}, "greater_than_equal"),
        ({"fact": "is-woman", "at_least": 1}, "CS113"),
    ],
)
def test_what_is_missing_too_much_or_out_of_range_is_said(keys, code):
    assert refused_as(**keys)[0] == code


@given(fact_tests(["worker"]))
def test_a_test_of_any_fact_survives_being_written_and_read(data):
    test = Test.model_validate(data)
    assert Test.model_validate(test.model_dump(mode="json", exclude_none=True)) == test
    assert test.model_dump(mode="json", exclude_none=True) == data
