from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from simulator.rules.conditions import AllOf, AnyOf, Condition, Not, iter_single_tests
from simulator.rules.histories import ways
from simulator.rules.nominees import NotDecidedError, find_nominee, negation
from tests.rules.strategies import conditions

CONDITION = TypeAdapter(Condition)
FEW = settings(max_examples=150, deadline=None)


def read(value):
    return CONDITION.validate_python(value)


def nominee(*values):
    return find_nominee([read(value) for value in values], {"total": 100})


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([{"not": {"fact": "is-woman"}}], "∅"),
        ([{"fact": "is-woman"}], "is-woman"),
        ([{"fact": "service-months", "at_least": 10}, {"not": {"fact": "service-months", "at_least": 12}}], "service-months 10"),
        ([{"fact": "award-run", "award": "a", "at_least": 2}], "a (0, -1)"),
        ([{"fact": "award-count", "award": "a", "within_years": 5, "at_least": 2}, {"not": {"fact": "awarded-this-year", "award": "a"}}], None),
        ([{"fact": "rating-run", "rating": "excellent", "at_least": 2}, {"fact": "rating", "at_least": "completed"}], "rating excellent (0, -1)"),
        ([{"fact": "unused-initiatives", "at_least": 2, "scope": "province", "consumed": True}], "unused-initiatives 2, province 2"),
        ([{"points": "total", "at_least": 90}], "total 90"),
        ([{"points": "total", "at_least_share": 0.5}], "total 50"),
        ([{"class": ["good"]}], "class good"),
        ([{"fact": "women-share", "at_least_share": 0.5}, {"not": {"fact": "women-share", "more_than_share": 0.5}}], "women-share 0.5"),
        ([{"fact": "women-share", "more_than_share": 0.5}], "women-share 0.500001"),
        ([{"fact": "leave-days", "below": 40}], "∅"),
        ([{"not": {"fact": "leave-days", "below": 40}}], "leave-days 40"),
        ([{"not": {"fact": "years-since-discipline", "at_least": 3}}], "years-since-discipline 0"),
        ([{"any": [{"fact": "award-run", "award": "a", "at_least": 3}, {"fact": "is-woman"}]}], "is-woman"),
        ([{"fact": "sector", "one_of": ["enterprise"]}], "sector enterprise"),
    ],
)
def test_the_smallest_nominee(values, shown):
    found = nominee(*values)
    assert found is not None
    if shown is not None:
        assert found.show() == shown
    assert all(found.meets(read(value)) for value in values)


@pytest.mark.parametrize(
    "values",
    [
        [{"fact": "is-woman"}, {"not": {"fact": "is-woman"}}],
        [{"points": "total", "at_least": 101}],
        [{"points": "total", "at_least": 90}, {"points": "total", "below_share": 0.9}],
        [{"class": ["good"]}, {"class": ["poor"]}],
        [{"fact": "women-share", "more_than_share": 1}],
        [{"fact": "women-share", "more_than_share": 0.5}, {"not": {"fact": "women-share", "at_least_share": 0.5}}],
        [{"fact": "leave-days", "below": 0}],
        [{"fact": "award-run", "award": "a", "at_least": 3}, {"not": {"fact": "award-count", "award": "a", "within_years": 5, "at_least": 3}}],
        [
            {"fact": "unused-initiatives", "at_least": 2, "scope": "nation", "consumed": True},
            {"not": {"fact": "unused-initiatives", "at_least": 1, "consumed": True}},
        ],
        [{"fact": "rating", "at_least": "excellent"}, {"not": {"fact": "rating", "at_least": "completed"}}],
    ],
)
def test_nobody(values):
    assert nominee(*values) is None


def test_means_of_the_group_are_free_of_points():
    assert nominee({"points": "total", "at_least_share_of_mean": 0.8}, {"points": "total", "below": 10}) is not None


def _holds(condition, answers):
    match condition:
        case AllOf():
            return all(_holds(part, answers) for part in condition.all)
        case AnyOf():
            return any(_holds(part, answers) for part in condition.any)
        case Not():
            return not _holds(condition.not_, answers)
        case _:
            return answers[condition]


def _can_be(condition):
    """Try every combination of the ways the tests can come out."""
    combined = [{}]
    for group in ways((test for _place, test in iter_single_tests(condition)), {}):
        combined = [{**chosen, **way.answers} for chosen in combined for way in group]
    return any(_holds(condition, answers) for answers in combined)


@FEW
@given(conditions(["worker", "fighter"]).map(read))
def test_the_search_finds_somebody_exactly_where_there_is_somebody(condition):
    try:
        found, other = find_nominee([condition], {}), find_nominee([negation(condition)], {})
    except NotDecidedError:
        return
    assert (found is not None) == _can_be(condition)
    assert found is not None or other is not None, "whoever does not meet a condition meets its contrary"
    if found is not None:
        assert _holds(condition, found.answers)


@given(st.integers(1, 4), st.integers(1, 6), st.integers(1, 6))
def test_counts_and_runs_of_one_award_agree(at_least, within, run):
    both = [
        {"fact": "award-run", "award": "a", "at_least": run},
        {"not": {"fact": "award-count", "award": "a", "within_years": within, "at_least": at_least}},
    ]
    assert (nominee(*both) is None) == (min(run, within) >= at_least)


def test_too_many_facts_are_left_undecided():
    """Seven pigeons in six holes: nobody can meet it, and no search finds that out quickly."""
    sits = [[{"fact": "awarded-this-year", "award": f"p{pigeon}-h{hole}"} for hole in range(6)] for pigeon in range(7)]
    each_sits = [{"any": row} for row in sits]
    never_two = [{"not": {"all": [one[hole], other[hole]]}} for hole in range(6) for one in sits for other in sits if one is not other]
    with pytest.raises(NotDecidedError):
        nominee(*each_sits, *never_two)
