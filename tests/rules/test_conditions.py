from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simulator.rules.conditions import AllOf, AnyOf, Condition, Not, iter_tests, necessary_tests
from simulator.rules.facts import FACTS, Test

CONDITION = TypeAdapter(Condition)

GOOD = {"fact": "rating", "at_least": "completed-well"}
TITLE = {"fact": "awarded-this-year", "award": "worker"}
RUN = {"fact": "award-run", "award": "fighter", "at_least": 3}

A_TEST_OF_EACH_FACT = [
    GOOD,
    {"fact": "rating-run", "rating": "excellent", "at_least": 2},
    TITLE,
    RUN,
    {"fact": "award-count", "award": "fighter", "within_years": 5, "at_least": 3},
    {"fact": "years-since-award", "award": "fighter", "at_least": 2},
    {"fact": "unused-initiatives", "at_least": 1, "consumed": False},
    {"fact": "disciplined-this-year"},
    {"fact": "service-months", "at_least": 10},
    {"fact": "leave-days", "below": 40},
]


def read(value):
    return CONDITION.validate_python(value)


def test_there_is_an_example_of_each_fact():
    assert [test["fact"] for test in A_TEST_OF_EACH_FACT] == list(FACTS)


@pytest.mark.parametrize("test", A_TEST_OF_EACH_FACT, ids=list(FACTS))
def test_each_fact_takes_exactly_what_it_needs(test):
    assert read(test) == Test(**test)
    for key in test.keys() - {"fact"}:
        with pytest.raises(ValidationError, match="CS112"):
            read({name: value for name, value in test.items() if name != key})
    for key, value in {"award": "x", "rating": "failed", "below": 1, "within_years": 1, "consumed": True}.items():
        if key not in test:
            with pytest.raises(ValidationError):
                read({**test, key: value})


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"all": []},
        {"all": [GOOD], "any": [GOOD]},
        {**GOOD, "not": GOOD},
        "rating",
        None,
        [GOOD],
        {"fact": "luck"},
        {"fact": "rating", "at_least": 2},
        {"fact": "award-run", "award": "fighter", "at_least": "excellent"},
        {"fact": "award-run", "award": "fighter", "at_least": True},
        {"fact": "award-run", "award": "fighter", "at_least": 0},
    ],
)
def test_what_is_no_condition_is_refused(value):
    with pytest.raises(ValidationError):
        read(value)


def test_tests_are_found_with_their_places():
    condition = read({"all": [GOOD, {"any": [TITLE, {"not": RUN}]}]})
    assert [(place, test.fact) for place, test in iter_tests(condition)] == [
        ("requires.all.0", "rating"),
        ("requires.all.1.any.0", "awarded-this-year"),
        ("requires.all.1.any.1.not", "award-run"),
    ]


def test_what_must_hold_whichever_way_the_condition_is_met():
    condition = read({"all": [GOOD, {"any": [{"all": [TITLE, RUN]}, RUN]}, {"not": TITLE}]})
    assert necessary_tests(condition) == {Test(**GOOD), Test(**RUN)}


def _holds(condition, true_tests):
    match condition:
        case AllOf():
            return all(_holds(part, true_tests) for part in condition.all)
        case AnyOf():
            return any(_holds(part, true_tests) for part in condition.any)
        case Not():
            return not _holds(condition.not_, true_tests)
        case _:
            return condition in true_tests


TESTS = st.sampled_from([Test(**test) for test in A_TEST_OF_EACH_FACT])
CONDITIONS = st.recursive(
    TESTS,
    lambda parts: (
        st.builds(lambda some: AllOf(all=tuple(some)), st.lists(parts, min_size=1, max_size=3))
        | st.builds(lambda some: AnyOf(any=tuple(some)), st.lists(parts, min_size=1, max_size=3))
        | st.builds(lambda part: Not(**{"not": part}), parts)
    ),
    max_leaves=8,
)


@given(CONDITIONS, st.sets(TESTS))
def test_whoever_meets_a_condition_meets_what_is_necessary(condition, true_tests):
    if _holds(condition, true_tests):
        assert necessary_tests(condition) <= true_tests


@given(CONDITIONS)
def test_a_condition_survives_being_written_and_read(condition):
    assert read(CONDITION.dump_python(condition, mode="json", exclude_none=True)) == condition
