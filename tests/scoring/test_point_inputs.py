"""What a criterion looks at: levels, events and achievements counted, and nothing made up for a number that is missing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.rules.points import Section
from simulator.scoring.point_inputs import inputs_of
from simulator.scoring.roster import Achievement
from tests.scoring.point_tables import deduction, holds_by_answers, level, part
from tests.scoring.rosters import make_roster


def inputs(kind, roster, **fields):
    table = Section.model_validate(part("section", parts={"c": part(kind, **fields)}))
    return inputs_of(table.parts["c"], "c", roster, holds_by_answers(roster))


def test_numbers_keep_their_decimals():
    found = inputs("proportional", make_roster(numbers={"c": ["1.5", "2"], "c:target": ["3", "4"]}), target="own")
    assert [found.values(row) for row in range(2)] == [(Fraction(3, 2), 3), (2, 4)]


def test_a_number_that_is_missing_is_not_made_up():
    with pytest.raises(KeyError):
        inputs("proportional", make_roster(1))


def test_earlier_marks_are_looked_at_only_where_they_count():
    roster = make_roster(numbers={"c@cluster": ["7.5"]})
    assert inputs("mark", roster, by=["self", "cluster"]).values(0) == (Fraction(15, 2),)
    with pytest.raises(KeyError):
        inputs("mark", roster, by=["self", "cluster"], counts="mean")


def test_an_event_without_a_column_never_happened():
    found = inputs("deduct", make_roster(numbers={"c.late": [2, 0]}), events={"late": deduction(1), "lost": deduction(1)})
    assert [found.values(row) for row in range(2)] == [(2, 0), (0, 0)]


def test_levels_are_answered_by_columns_or_by_facts():
    roster = make_roster(answers={"c.city": [1, 0], "is-woman": [0, 1]})
    found = inputs("highest", roster, levels={"city": level(1), "state": level(2, {"fact": "is-woman"}), "world": level(3)})
    assert [found.values(row) for row in range(2)] == [(1, 0, 0), (0, 1, 0)]


def test_an_answer_a_bound_and_a_fact_each_answer_a_threshold():
    roster = make_roster(numbers={"c": ["7.5"]}, answers={"c": [1], "is-woman": [1]})
    assert inputs("threshold", roster).values(0) == (1,)
    assert inputs("threshold", roster, at_least=3).values(0) == (Fraction(15, 2),)
    assert inputs("threshold", roster, when={"fact": "is-woman"}).values(0) == (1,)


def test_the_same_achievement_counts_once_at_its_highest_level():
    won = [
        ("c", "song", "city"),
        ("c", "song", "state"),
        ("c", "song", "city"),
        ("c", "run", "city"),
        ("other", "run", "state"),
        ("c", "chess", "moon"),
    ]
    roster = make_roster(2, achievements=[[Achievement(*one) for one in won], []])
    found = inputs("achievements", roster, levels={"city": level(1), "state": level(2)})
    assert [found.values(row) for row in range(2)] == [(1, 1), (0, 0)]
