from __future__ import annotations

import pytest

from simulator.rules.checks.column_names import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import line_of, stack_texts
from tests.rules.strategies import criteria_sets
from tests.rules.table_specimen import TABLE, at


def found(text):
    return [(finding.code, finding.line, finding.fields["column"]) for finding in check(Subject(stack_texts(text)))]


def test_two_criteria_of_one_name_go_by_their_paths():
    assert found(TABLE.replace("      opinion:\n", "      budget:\n")) == []


@pytest.mark.parametrize("name", ["id", "name", "unit", "cluster"])
def test_a_criterion_named_like_a_column_every_list_has(name):
    at("      ideas:\n", f"      {name}:\n", "RL347")


def test_a_giver_named_twice():
    at("by: [self, standing-body]", "by: [self, self]", "RL347", "      opinion:")


def test_an_event_that_meets_the_path_of_another():
    event = '      late: {kind: count, title: {vi: "A", en: "B"}, assumption: {vi: "A", en: "B"}, points: 1, each: 1}\n'
    text = TABLE.replace("  extra:\n", f'  order:\n    kind: bonus\n    title: {{vi: "A", en: "B"}}\n    points: 1\n    parts:\n{event}  extra:\n')
    text = text.replace("      ideas:\n", "      late:\n")
    assert found(text) == [("RL347", line_of(text, event), "order.late")]


def test_columns_of_targets_levels_and_events_are_named():
    assert criteria_sets is not None
    assert found(TABLE.replace("points: 30\n", "points: 30\n        target: own\n")) == []
