from __future__ import annotations

import pytest

from tests.rules.table_specimen import TABLE, at, planted


@pytest.mark.parametrize(
    ("old", "new", "code", "part"),
    [
        ("at_least: 95, points: 15", "at_least: 95, points: 16", "RL340", None),
        ("at_least: 95, points: 15", "at_least: 95, points: 14", "RL341", "        points: 15\n        bands"),
        ('en: "State"}, points: 15', 'en: "State"}, points: 20', "RL340", None),
        ('en: "City"}, points: 10', 'en: "City"}, points: 15', "RL342", "          state:"),
        ("loses: {points: 2,", "loses: {points: 30,", "RL343", None),
        ("loses: {points: 2, per_percent: 1}", "nothing_below: 100", "RL343", None),
        ("        each: 5\n", "        each: 0\n", "RL344", None),
        ("        each: 8\n", "        each: 0\n", "RL344", None),
        ("        step: 0.5\n", "        step: 0.3\n", "RL345", None),
    ],
)
def test_a_number_that_contradicts_the_points(old, new, code, part):
    at(old, new, code, part)


def test_levels_may_stand_from_the_highest_down():
    city, state = (line for line in TABLE.splitlines(keepends=True) if '{title: {vi: "Cờ ' in line)
    assert planted(city + state, state + city) == []


def test_achievements_are_added_up_so_one_alone_need_not_give_all():
    assert planted("kind: highest\n", "kind: achievements\n") == []
    assert planted('en: "City"}, points: 10', 'en: "City"}, points: 3') == []


def test_who_sees_the_marks_where_nobody_marks():
    old = TABLE[TABLE.index("        kind: mark\n") : TABLE.index("  extra:")]
    new = old.replace("kind: mark", "kind: threshold").replace("        by: [self, standing-body]\n        step: 0.5\n", "        at_least: 3\n")
    at(old, new, "RL346", "  marking:")


def test_a_penalty_written_as_a_negative_number_is_one_error():
    at("        each: 8\n", "        each: -8\n", "RL375")
