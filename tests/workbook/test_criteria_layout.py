from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from simulator.workbook.criteria_fields import model_of
from simulator.workbook.criteria_layout import data_of, is_award, is_path, place_of, values_of, values_of_set
from tests.rules.random_sets import as_set, sets


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)
@given(sets())
def test_values_are_the_clause_and_nothing_is_left_out(data):
    for path, values in values_of_set(as_set(data)).items():
        assert is_path(path)
        assert values_of(data_of(values)) == values
        content = data_of(values) | ({"clauses": {}} if is_award(path) else {})
        model_of(values["kind"], is_award=is_award(path)).model_validate(content)


@pytest.mark.parametrize(
    ("clause", "field", "place"),
    [
        ("points.a", "kind", ("points", "", "kind")),
        ("points.a.b", "levels.gold.title.vi", ("bands", "levels.gold", "title.vi")),
        ("points.a.b", "levels.gold.when.fact", ("clauses", "levels.gold.when.fact", "value")),
        ("points.a.b", "when.fact", ("clauses", "when.fact", "value")),
        ("classes.good", "at_least", ("bands", "", "at_least")),
        ("classes.good", "title.vi", ("bands", "", "title.vi")),
        ("classes.good", "assumption.vi", ("clauses", "kind", "assumption.vi")),
        ("fighter", "level", ("clauses", "level", "value")),
    ],
)
def test_each_value_has_its_place(clause, field, place):
    assert place_of(clause, field) == place


def test_numbers_only_tell_items_of_lists_apart():
    assert data_of({"all.7.fact": "b", "all.2.fact": "a"}) == {"all": [{"fact": "a"}, {"fact": "b"}]}
    assert data_of({"levels.1.points": 5, "levels.all.points": 3}) == {"levels": {"1": {"points": 5}, "all": {"points": 3}}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", True),
        ("a.b", True),
        ("points.a.b.c", True),
        ("points", False),
        ("procedure.a", True),
        ("procedure.a.b", False),
        ("Ấ", False),
        ("a..b", False),
    ],
)
def test_what_is_a_path_is_known(text, expected):
    assert is_path(text) == expected
