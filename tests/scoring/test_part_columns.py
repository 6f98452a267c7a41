"""Columns are named by the criterion where that says enough, and by its whole path where it does not."""

from __future__ import annotations

import pytest

from simulator.rules.points import Section
from simulator.scoring.part_columns import criterion_columns, input_columns
from tests.scoring.point_tables import part


def test_a_criterion_has_its_own_id_unless_another_has_it_too():
    points = {
        "results": part("section", points=10, parts={"budget": part("steps", bands=[{"points": 1}]), "quality": part("count", each=1)}),
        "bonus": part("bonus", points=5, parts={"quality": part("count", each=1)}),
    }
    table = Section.model_validate(part("section", points=10, parts=points)).parts
    assert criterion_columns(table) == {"results.budget": "budget", "results.quality": "results.quality", "bonus.quality": "bonus.quality"}


LEVELS = {
    "city": {"title": {"vi": "a", "en": "a"}, "points": 1},
    "state": {"title": {"vi": "a", "en": "a"}, "points": 2, "when": {"fact": "is-woman"}},
}


@pytest.mark.parametrize(
    ("kind", "fields", "columns"),
    [
        ("proportional", {}, ("c",)),
        ("proportional", {"target": "own"}, ("c", "c:target")),
        ("threshold", {"at_least": 3}, ("c",)),
        ("threshold", {}, ("c",)),
        ("threshold", {"when": {"fact": "is-woman"}}, ()),
        (
            "deduct",
            {"events": {"late": {"title": {"vi": "a", "en": "a"}, "minus": 1}, "lost": {"title": {"vi": "a", "en": "a"}, "minus": 1}}},
            ("c.late", "c.lost"),
        ),
        ("event", {"each": -1}, ("c",)),
        ("highest", {"levels": LEVELS}, ("c.city",)),
        ("achievements", {"levels": LEVELS}, ("c",)),
        ("mark", {}, ("c",)),
        ("mark", {"by": ["self", "standing-body"]}, ("c@self", "c@standing-body")),
    ],
)
def test_each_kind_names_its_columns(kind, fields, columns):
    table = Section.model_validate(part("section", points=10, parts={"c": part(kind, **fields)})).parts
    assert input_columns(table["c"], "c") == columns
