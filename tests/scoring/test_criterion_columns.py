from __future__ import annotations

import pytest

from simulator.scoring.columns import Content
from simulator.scoring.criterion_columns import columns_of_criterion
from simulator.scoring.part_columns import input_columns
from tests.scoring.sets import make_set

PERCENT = {"vi": "%", "en": "%"}
WORKS = {"vi": "việc", "en": "tasks"}
EVENTS = {"late": {"minus": 1}, "lost": {"minus": 2}}
LEVELS = {"city": {"points": 5}, "ward": {"points": 3}}
CASES = [
    ({"kind": "proportional"}, [("it", Content.PERCENT)]),
    ({"kind": "proportional", "target": 40}, [("it", Content.NUMBER)]),
    ({"kind": "proportional", "target": 80, "unit": PERCENT}, [("it", Content.PERCENT)]),
    ({"kind": "proportional", "target": 120, "unit": PERCENT}, [("it", Content.PERCENT)]),
    ({"kind": "proportional", "target": 100, "unit": WORKS}, [("it", Content.NUMBER)]),
    ({"kind": "proportional", "target": "own", "unit": PERCENT}, [("it", Content.PERCENT), ("it:target", Content.PERCENT)]),
    ({"kind": "proportional", "target": "own"}, [("it", Content.NUMBER), ("it:target", Content.NUMBER)]),
    ({"kind": "steps", "bands": [{"at_least": 5, "points": 3}]}, [("it", Content.NUMBER)]),
    ({"kind": "steps", "unit": PERCENT, "bands": [{"at_least": 5, "points": 3}]}, [("it", Content.PERCENT)]),
    ({"kind": "threshold", "at_least": 3, "unit": WORKS}, [("it", Content.NUMBER)]),
    ({"kind": "threshold", "at_most": 3, "unit": PERCENT}, [("it", Content.PERCENT)]),
    ({"kind": "threshold"}, [("it", Content.YES_NO)]),
    ({"kind": "threshold", "when": {"fact": "is-woman"}}, []),
    ({"kind": "count", "each": 2}, [("it", Content.COUNT)]),
    ({"kind": "event", "each": -2}, [("it", Content.COUNT)]),
    ({"kind": "deduct", "events": EVENTS}, [("it.late", Content.COUNT), ("it.lost", Content.COUNT)]),
    ({"kind": "highest", "levels": LEVELS}, [("it.city", Content.YES_NO), ("it.ward", Content.YES_NO)]),
    (
        {"kind": "highest", "levels": {**LEVELS, "known": {"points": 9, "when": {"fact": "is-woman"}}}},
        [("it.city", Content.YES_NO), ("it.ward", Content.YES_NO)],
    ),
    ({"kind": "achievements", "levels": LEVELS}, [("it", Content.ACHIEVEMENTS)]),
    ({"kind": "mark"}, [("it", Content.NUMBER)]),
    ({"kind": "mark", "by": ["self", "cluster"]}, [("it@self", Content.NUMBER), ("it@cluster", Content.NUMBER)]),
]


def made(fields):
    return make_set(points={"it": {"points": 10, **fields}}).points["it"]


@pytest.mark.parametrize(("fields", "expected"), CASES)
def test_each_kind_has_its_columns(fields, expected):
    found = list(columns_of_criterion(made(fields), "it"))
    assert [(column.id, column.content) for column in found] == expected
    assert tuple(column.id for column in found) == input_columns(made(fields), "it")


def test_marks_are_given_by_others_and_bounded():
    own, peers = columns_of_criterion(made({"kind": "mark", "by": ["self", "cluster"]}), "it")
    assert (own.giver, peers.giver, peers.high, peers.key, peers.is_actionable) == ("self", "cluster", 10, "mark", False)


@pytest.mark.parametrize(("counts", "needed"), [("last", [False, True]), ("mean", [True, True]), ("median", [True, True])])
def test_earlier_marks_are_needed_only_where_they_count(counts, needed):
    found = list(columns_of_criterion(made({"kind": "mark", "by": ["self", "cluster"], "counts": counts}), "it"))
    assert [column.is_required for column in found] == needed
    assert [not column.may_be_left_out for column in found] == needed


def test_a_reason_is_asked_where_several_mark():
    several, one = made({"kind": "mark", "by": ["self", "cluster"]}), made({"kind": "mark"})
    assert [column.id for column in columns_of_criterion(several, "it", asks_reasons=True)] == ["it@self", "it@cluster", "it:reason"]
    assert [column.id for column in columns_of_criterion(one, "it", asks_reasons=True)] == ["it"]


def test_achievements_take_the_levels_a_cell_may_name():
    (column,) = columns_of_criterion(made({"kind": "achievements", "levels": {**LEVELS, "known": {"points": 9, "when": {"fact": "is-woman"}}}}), "it")
    assert column.words == ("city", "ward")


@pytest.mark.parametrize(
    ("fields", "low"),
    [
        ({"kind": "proportional"}, 0),
        ({"kind": "proportional", "target": 80, "unit": PERCENT}, 0),
        ({"kind": "proportional", "target": 8, "unit": PERCENT}, None),
        ({"kind": "steps", "unit": PERCENT, "bands": [{"at_least": 90, "points": 3}]}, 0),
        ({"kind": "steps", "unit": PERCENT, "bands": [{"at_least": 5, "points": 3}]}, None),
        ({"kind": "steps", "unit": PERCENT, "bands": [{"at_least": 90, "points": 3}, {"above": -5, "points": 1}]}, None),
        ({"kind": "threshold", "at_least": 3, "unit": WORKS}, None),
        ({"kind": "count", "each": 2}, 0),
    ],
)
def test_a_rate_or_a_count_is_not_negative_and_growth_may_be(fields, low):
    assert next(columns_of_criterion(made(fields), "it")).low == low


def test_a_mark_goes_in_its_steps():
    assert next(columns_of_criterion(made({"kind": "mark", "step": 0.5}), "it")).step == 0.5
