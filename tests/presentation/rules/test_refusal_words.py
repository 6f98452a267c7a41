"""Whoever cannot simulate a set is told which of its parts stands in the way, and why."""

from __future__ import annotations

import pytest

from simulator.presentation.rules.refusal_words import refusal_words, say_refusals
from simulator.rules.loading import load_criteria
from tests.scoring.sets import eligible, make_set


@pytest.mark.parametrize(
    ("lang", "said"), [("vi", "cá nhân trong mô hình không có dữ kiện “case-pending”"), ("en", "simulated members have no fact “case-pending”")]
)
def test_a_reason_names_what_was_found(lang, said):
    assert refusal_words("fact-of-members", "case-pending", lang) == said


def test_parts_are_called_by_their_titles_one_reason_is_said_once_and_beyond_three_they_are_counted():
    asks = {f"asks-{fact}": eligible({"fact": fact}) for fact in ("case-pending", "is-woman")}
    more = {**asks, "again": eligible({"fact": "is-woman"}), "equals": {"kind": "tie-break", "prefer": [{"who": {"fact": "is-woman"}}]}}
    points = {"deeds": {"kind": "count", "points": 10, "each": 1}}
    made = make_set(awards={"title": {"clauses": more}}, points=points, classes={"good": {"at_least": 5}})
    titles = made.titles_in("en")
    table, case, woman, rest = say_refusals(made, "en").split("; ")
    assert table == f"“Scoring table” and “Classes”: {refusal_words('table', '', 'en')}"
    assert case == f"“{titles['title.asks-case-pending']}”: simulated members have no fact “case-pending”"
    assert woman.endswith(": simulated members have no fact “is-woman”")
    assert rest == "and 1 more"


def test_of_a_set_that_can_be_played_nothing_is_said():
    assert say_refusals(load_criteria("decree-91"), "vi") == ""
