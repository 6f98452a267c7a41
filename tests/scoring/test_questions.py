from __future__ import annotations

from simulator.rules.loading import load_criteria
from simulator.scoring.questions import conditions_of, questions_of
from tests.scoring.sets import eligible, make_set


def test_every_clause_has_its_question():
    criteria = load_criteria("law-2022-decree-152")
    assert list(questions_of(criteria, 2025)) == [path for path, _ in criteria.iter_clauses()]


def test_a_set_is_asked_once():
    criteria = load_criteria("decree-91")
    assert questions_of(criteria, 2021) is questions_of(criteria, 2021)
    assert questions_of(criteria, 2021) is not questions_of(criteria, 2022)


def test_a_question_names_columns_points_and_class():
    asks = eligible({"all": [{"fact": "is-woman"}, {"points": "total", "at_least": 5}, {"not": {"class": ["rest"]}}]})
    question = questions_of(make_set(points={"it": {"kind": "count", "points": 9, "each": 1}}, awards={"t": {"clauses": {"asks": asks}}}), 2025)[
        "t.asks"
    ]
    assert [(fact, column.id) for fact, column in question.columns] == [("is-woman", "is_woman")]
    assert (question.points, question.looks_at_class) == (("total",), True)
    assert question.required == {"all": [{"fact": "is-woman"}, {"points": "total", "at_least": 5.0}, {"not": {"class": ["rest"]}}]}


def test_parts_know_the_most_and_whether_they_take_off():
    late = {"kind": "event", "points": 5, "each": 2}
    questions = questions_of(make_set(points={"faults": {"kind": "penalty", "points": 5, "parts": {"late": late}}, "other": late}), 2025)
    assert [(part.part_path, part.takes_off) for part in questions.parts] == [("faults", True), ("faults.late", True), ("other", False)]
    assert questions.parts[0].most == 5
    assert questions.parts[0].required == {"section": "penalty"}


def test_conditions_of_levels_are_among_those_of_a_criterion():
    levels = {"a": {"points": 5, "when": {"fact": "is-woman"}}, "b": {"points": 3}}
    criteria = make_set(points={"it": {"kind": "highest", "points": 5, "levels": levels}})
    assert [condition.fact for condition in conditions_of(criteria.points["it"])] == ["is-woman"]
