from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from simulator.rules.conditions import Condition
from simulator.rules.histories import ways

READ = TypeAdapter(Condition).validate_python


def answers(*tests, most=None):
    read = [READ(test) for test in tests]
    (group,) = ways(read, most or {})
    return [tuple(way.answers[test] for test in read) for way in group]


def test_a_number_turns_at_its_bounds_and_leave_the_other_way():
    assert answers({"fact": "service-months", "at_least": 10}, {"fact": "service-months", "at_least": 12}) == [
        (False, False),
        (True, False),
        (True, True),
    ]
    assert answers({"fact": "leave-days", "below": 40}, {"fact": "leave-days", "below": 20}) == [(True, True), (True, False), (False, False)]


def test_a_run_of_three_is_a_run_of_two():
    runs = [{"fact": "award-run", "award": "a", "at_least": years} for years in (2, 3)]
    assert set(answers(*runs)) == {(False, False), (True, False), (True, True)}


def test_gradings_are_nested_and_year_by_year():
    tests = {"fact": "rating", "at_least": "excellent"}, {"fact": "rating-run", "rating": "completed", "at_least": 2}
    assert set(answers(*tests)) == {(False, False), (True, False), (False, True), (True, True)}
    tests = {"fact": "rating", "at_least": "excellent"}, {"fact": "rating", "at_least": "completed"}
    assert set(answers(*tests)) == {(False, False), (False, True), (True, True)}


def test_discipline_of_this_year_leaves_no_clean_year():
    tests = {"fact": "disciplined-this-year"}, {"fact": "years-since-discipline", "at_least": 2}
    assert set(answers(*tests)) == {(False, True), (False, False), (True, False)}


def test_scopes_are_nested():
    wide, any_scope = (
        {"fact": "unused-initiatives", "at_least": 1, "consumed": True, "scope": "nation"},
        {
            "fact": "unused-initiatives",
            "at_least": 1,
            "consumed": True,
        },
    )
    assert set(answers(wide, any_scope)) == {(False, False), (False, True), (True, True)}


def test_points_stay_within_what_can_be_had():
    assert answers({"points": "total", "at_least": 90}, most={"total": 80}) == [(False,)]
    assert answers({"points": "total", "at_least": 90}, most={"total": 90}) == [(False,), (True,)]


def test_a_nominee_has_one_class_and_one_role():
    assert answers({"class": ["a"]}, {"class": ["a", "b"]}) == [(False, False), (True, True), (False, True)]
    roles = {"fact": "role", "one_of": ["direct", "staff"]}, {"fact": "role", "one_of": ["deputy", "head"]}
    assert set(answers(*roles)) == {(True, False), (False, True)}, "everybody has one of the four"


def award_test(fact, at_least=None, within_years=None):
    given = {"fact": fact, "award": "a", "at_least": at_least, "within_years": within_years}
    return READ({key: value for key, value in given.items() if value is not None})


award_tests = st.one_of(
    st.just(award_test("awarded-this-year")),
    st.builds(award_test, st.sampled_from(["award-run", "years-since-award"]), st.integers(1, 7)),
    st.builds(award_test, st.just("award-count"), st.integers(1, 7), st.integers(1, 9)),
)


def holds(test, won):
    """Tell whether a test of an award holds for the years in which it was won, this year first."""
    match test.fact:
        case "awarded-this-year":
            return won[0]
        case "award-run":
            return all(won[: test.at_least])
        case "years-since-award":
            return not any(won[: test.at_least])
        case _:
            return sum(won[: test.within_years]) >= test.at_least


@given(st.lists(award_tests, min_size=1, max_size=6, unique=True))
def test_awards_come_out_in_every_way_in_which_some_history_of_them_does_and_in_no_other(tests):
    (group,) = ways(tests, {})
    every = list(product((False, True), repeat=9))
    fewest = {}
    for won in every:
        key = tuple(holds(test, won) for test in tests)
        fewest[key] = min(fewest.get(key, 9), sum(won))
    assert {tuple(way.answers[test] for test in tests): way.size for way in group} == fewest


def test_how_often_an_award_was_won_in_thirty_years_is_gone_through_and_not_taken_as_free():
    tests = [{"fact": "award-count", "award": "a", "within_years": 31, "at_least": times} for times in (1, 2)]
    assert answers(*tests) == [(False, False), (True, False), (True, True)]


def test_histories_too_many_to_try_are_taken_as_free_each_test_by_itself():
    """All the ways of so many tests together would fill the memory."""
    runs = [READ({"fact": "rating-run", "rating": word, "at_least": years}) for word in ("excellent", "completed") for years in range(10, 30)]
    assert [[way.answers for way in group] for group in ways(runs, {})] == [[{test: False}, {test: True}] for test in runs]
    counts = [award_test("award-count", times, within) for times, within in zip(range(1, 31), range(1, 60, 2), strict=True)]
    assert sum(map(len, ways(counts, {}))) == 2 * len(counts)


def test_an_award_of_this_year_was_won_less_than_a_year_ago():
    """So a medal that asks for a certificate won five years ago cannot come in the certificate's own year."""
    tests = {"fact": "awarded-this-year", "award": "a"}, {"fact": "years-since-award", "award": "a", "at_least": 3}
    assert set(answers(*tests)) == {(False, True), (False, False), (True, False)}


def test_points_have_the_span_in_which_their_answers_hold():
    (group,) = ways([READ({"points": "total", "at_least": 90}), READ({"points": "total", "below": 40})], {"total": 100})
    assert [way.span[1].show() for way in group] == ["x < 40", "40 ≤ x < 90", "90 ≤ x ≤ 100"]
