from __future__ import annotations

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


def test_a_history_too_long_to_try_is_taken_as_free():
    tests = [{"fact": "award-count", "award": "a", "within_years": 31, "at_least": times} for times in (1, 2)]
    assert len(answers(*tests)) == 4
    tests = [{"fact": "rating-run", "rating": word, "at_least": 20} for word in ("excellent", "completed")]
    assert len(answers(*tests)) == 4


def test_an_award_of_this_year_was_won_less_than_a_year_ago():
    """So a medal that asks for a certificate won five years ago cannot come in the certificate's own year."""
    tests = {"fact": "awarded-this-year", "award": "a"}, {"fact": "years-since-award", "award": "a", "at_least": 3}
    assert set(answers(*tests)) == {(False, True), (False, False), (True, False)}


def test_points_have_the_span_in_which_their_answers_hold():
    (group,) = ways([READ({"points": "total", "at_least": 90}), READ({"points": "total", "below": 40})], {"total": 100})
    assert [way.span[1].show() for way in group] == ["x < 40", "40 ≤ x < 90", "90 ≤ x ≤ 100"]
