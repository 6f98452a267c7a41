from __future__ import annotations

from simulator.rules.clause_conditions import iter_conditions
from tests.rules.specimen import SET, stack_texts
from tests.rules.table_specimen import TABLE


def places(text):
    return [f"{path}.{place}" for path, clause in stack_texts(text).iter_clauses() for place, _condition in iter_conditions(clause)]


def test_conditions_are_found_wherever_they_stand():
    text = TABLE.replace("points: 10}\n          state", "points: 10, when: {fact: is-woman}}\n          state")
    text = text.replace("        kind: count\n", "        kind: threshold\n").replace("        each: 5\n", "        when: {fact: case-pending}\n")
    assert places(text) == [
        "procedure.enterprises.requires",
        "procedure.equals.prefer.0.who",
        "classes.excellent.requires",
        "vetoes.disciplined.when",
        "points.results.merit.levels.city.when",
        "points.extra.ideas.when",
        "best.class.requires",
        "best.enough.requires",
    ]


def test_clauses_without_a_condition_have_none():
    assert places(SET) == ["worker.rating.requires", "fighter.standard.requires"]
