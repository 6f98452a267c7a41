from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simulator.rules.conditions import AllOf, AnyOf, Condition, Not, iter_single_tests, iter_tests, necessary_tests, read_condition
from simulator.rules.facts import FACTS, Test

CONDITION = TypeAdapter(Condition)

GOOD = {"fact": "rating", "at_least": "completed-well"}
TITLE = {"fact": "awarded-this-year", "award": "worker"}
RUN = {"fact": "award-run", "award": "fighter", "at_least": 3}

A_TEST_OF_EACH_FACT = [
    GOOD,
    {"fact": "rating-run", "rating": "excellent", "at_least": 2},
    {"fact": "rating-count", "rating": "excellent", "within_years": 5, "at_least": 3},
    TITLE,
    RUN,
    {"fact": "award-count", "award": "fighter", "within_years": 5, "at_least": 3},
    {"fact": "years-since-award", "award": "fighter", "at_least": 2},
    {"fact": "unused-initiatives", "at_least": 1, "consumed": False},
    {"fact": "disciplined-this-year"},
    {"fact": "years-since-discipline", "at_least": 2},
    {"fact": "case-pending"},
    {"fact": "service-months", "at_least": 10},
    {"fact": "leave-days", "below": 40},
    {"fact": "old-unit-agrees"},
    {"fact": "years-in-post", "at_least": 5},
    {"fact": "role", "one_of": ["direct", "staff"]},
    {"fact": "sector", "one_of": ["enterprise"]},
    {"fact": "is-direct-worker"},
    {"fact": "is-woman"},
    {"fact": "works-in-hard-job"},
    {"fact": "works-in-hard-area"},
    {"fact": "members-awarded", "award": "worker", "at_least_share": 0.7},
    {"fact": "members-rated", "rating": "completed", "at_least_share": 1.0},
    {"fact": "members-disciplined", "at_least": 1},
    {"fact": "women-share", "at_least_share": 0.7},
    {"fact": "leads-cluster"},
    {"fact": "years-established", "at_least": 10},
]

SCORES = [
    {"points": "total", "at_least": 90},
    {"points": "results.budget", "below_share": 0.5},
    {"points": "every-criterion", "at_least_share": 0.85},
    {"class": ["excellent", "good"]},
]


def read(value):
    return CONDITION.validate_python(value)


@pytest.mark.parametrize("test", [test for test in A_TEST_OF_EACH_FACT if "at_least_share" in test], ids=lambda test: test["fact"])
def test_a_share_may_have_to_be_passed(test):
    share = test["at_least_share"]
    passed = {key: value for key, value in test.items() if key != "at_least_share"} | {"more_than_share": share}
    assert read(passed) == Test(**passed)
    with pytest.raises(ValidationError, match="CS121"):
        read({**test, "more_than_share": share})


def test_there_is_an_example_of_each_fact():
    assert [test["fact"] for test in A_TEST_OF_EACH_FACT] == list(FACTS)


@pytest.mark.parametrize("test", A_TEST_OF_EACH_FACT, ids=list(FACTS))
def test_each_fact_takes_exactly_what_it_needs(test):
    assert read(test) == Test(**test)
    for key in test.keys() - {"fact"}:
        with pytest.raises(ValidationError, match="CS112"):
            read({name: value for name, value in test.items() if name != key})
    for key, value in {"award": "x", "rating": "failed", "below": 1, "within_years": 1, "consumed": True}.items():
        if key not in test and key not in FACTS[test["fact"]].may:
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


def test_tests_of_points_and_classes_are_found_too():
    condition = read({"all": [GOOD, {"not": {"any": SCORES}}]})
    assert [place for place, _test in iter_tests(condition)] == ["requires.all.0"]
    assert [place for place, _test in iter_single_tests(condition, "when")] == ["when.all.0", *(f"when.all.1.not.any.{index}" for index in range(4))]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"points": "total"}, "CS121"),
        ({"points": "total", "at_least": 1, "below": 2}, "CS121"),
        ({"class": []}, "too_short"),
        ({"points": "total", "fact": "is-woman"}, "CS111"),
    ],
)
def test_points_are_compared_once_and_classes_are_named(value, code):
    with pytest.raises(ValidationError) as caught:
        read(value)
    assert caught.value.errors()[0]["type"] == code


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


TESTS = st.sampled_from([read(test) for test in [*A_TEST_OF_EACH_FACT, *SCORES]])
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


def test_what_is_no_condition_is_told_from_one():
    assert read_condition({"fact": "is-woman"}) is not None
    assert read_condition({"vi": "a", "en": "b"}) is None
    assert read_condition("total") is None
