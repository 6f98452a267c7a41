"""Whole columns of points: the quick way and the long way say the same, and no number is too large for both."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from simulator.rules.points import Section, iter_parts
from simulator.scoring import points as points_module
from simulator.scoring.exact_points import exact_points
from simulator.scoring.part_columns import criterion_columns
from simulator.scoring.point_columns import NANO
from simulator.scoring.point_inputs import inputs_of
from simulator.scoring.points import divisors_of, gains_of, most_met, score_criterion
from tests.examples import how_many
from tests.scoring.point_tables import deduction, holds_by_answers, level, part
from tests.scoring.random_tables import RandomTable, luck_of
from tests.scoring.rosters import make_roster


def criteria_of(table):
    """Give the criteria of a random table with what they look at."""
    roster = table.roster()
    parts = Section.model_validate(part("section", parts=table.points)).parts
    names = criterion_columns(parts)
    for path, one in iter_parts(parts):
        if path in names:
            yield one, inputs_of(one, names[path], roster, holds_by_answers(roster))


def right(criterion, inputs, column, per_point):
    """Check a column against the long way."""
    for row, (amount, is_exact) in enumerate(zip(column.amounts.tolist(), column.exactness.tolist(), strict=True)):
        grains = exact_points(criterion, inputs.values(row)) * per_point
        assert amount == math.floor(grains)
        assert is_exact == (grains.denominator == 1)


@pytest.mark.sampled
@pytest.mark.parametrize("per_point", [NANO, 3 * 7 * NANO])
def test_every_kind_is_worked_out_as_one_by_one(per_point):
    luck = luck_of(21)
    seen = set()
    for _ in range(how_many(150, 400)):
        for criterion, inputs in criteria_of(RandomTable(luck, n_rows=8)):
            right(criterion, inputs, score_criterion(criterion, inputs, per_point), per_point)
            seen.add(criterion.kind)
    assert len(seen) == 9


def test_the_quick_way_is_taken_for_ordinary_tables(monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(points_module, "_by_fractions", refuse)
    roster = make_roster(
        numbers={name: ["94.25", "3", "17"] for name in "abcdefg"}
        | {"b:target": ["95", "3.5", "18"], "f.x": [1, 2, 3], "i@self": [1, 2, 3], "i@cluster": [4, 5, 6]},
        answers={"h.x": [1, 0, 1]},
    )
    table = {
        "a": part("proportional", 30, target=7),
        "b": part("proportional", 20, target="own", loses={"points": 0.5, "per_percent": 3, "counted": "started-steps"}, nothing_below=50),
        "c": part("steps", bands=[{"at_least": 5.5, "points": 3}]),
        "d": part("threshold", at_least=4.75),
        "e": part("count", each=0.3),
        "f": part("deduct", events={"x": deduction(0.5)}),
        "g": part("event", each=-0.5),
        "h": part("highest", levels={"x": level(5)}),
        "i": part("mark", by=["self", "cluster"], counts="mean", round_to=0.25),
    }
    parts = Section.model_validate(part("section", parts=table)).parts
    for name, criterion in parts.items():
        inputs = inputs_of(criterion, name, roster, holds_by_answers(roster))
        right(criterion, inputs, score_criterion(criterion, inputs, NANO), NANO)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("proportional", {"target": 0.123456789012345}),
        ("proportional", {"target": 123456789012345}),
        ("proportional", {"loses": {"points": 0.123456789012345, "per_percent": 0.987654321098765}}),
        ("proportional", {"loses": {"points": 0.123456789012345, "per_percent": 3, "counted": "whole-steps"}}),
        ("steps", {"bands": [{"at_least": 0.123456789012345, "points": 0.123456789012345}]}),
        ("count", {"each": 0.123456789012345}),
        ("event", {"each": -0.123456789012345}),
        ("deduct", {"events": {"x": deduction(0.123456789012345)}}),
        ("mark", {"round_to": 0.123456789012345}),
        ("threshold", {"points": 0.123456789012345, "at_least": 1e15}),
    ],
)
def test_constants_of_fifteen_decimals_go_the_long_way(kind, fields):
    column = "c.x" if kind == "deduct" else "c"
    values = ["0", "0.1", "1", "0.123456789012345", "99", "-3", "8000"]
    numbers = values if kind not in {"deduct", "event", "count"} else ["0", "1", "2", "3", "4", "5", str(10**18)]
    criterion = Section.model_validate(part("section", parts={"c": part(kind, **fields)})).parts["c"]
    inputs = inputs_of(criterion, "c", make_roster(numbers={column: numbers}), lambda _: None)
    right(criterion, inputs, score_criterion(criterion, inputs, NANO), NANO)


@pytest.mark.parametrize("scale", [0, 3, 18])
def test_the_largest_numbers_a_roster_can_hold_do_not_wrap(scale):
    edge = np.iinfo(np.int64)
    mantissas = np.array([edge.max, edge.min, edge.max - 1, 1, 0, -1, 10**18], dtype=np.int64)
    roster = make_roster(numbers={"a": ["0"]})
    numbers = dict.fromkeys(("c", "c:target", "c@self", "c@cluster"), mantissas)
    roster = type(roster)(
        **{**vars(roster), "rows": np.arange(7), "numbers": numbers, "scales": dict.fromkeys(numbers, scale) | {"c@self": 0, "c": 0}}
    )
    for kind, fields in [
        ("proportional", {"target": "own"}),
        ("proportional", {"target": "own", "loses": {"points": 1, "per_percent": 0.3}, "nothing_below": 33.3}),
        ("proportional", {"target": 9999999}),
        ("mark", {"by": ["self", "cluster"], "counts": "mean"}),
        ("mark", {"by": ["self", "cluster"], "counts": "median"}),
        ("steps", {"bands": [{"at_least": 9223372036854775807, "points": 1}, {"at_most": -9223372036854775808, "points": 2}]}),
        ("count", {"each": 0.1}),
        ("event", {"each": -0.1}),
    ]:
        criterion = Section.model_validate(part("section", parts={"c": part(kind, **fields)})).parts["c"]
        inputs = inputs_of(criterion, "c", roster, lambda _: None)
        right(criterion, inputs, score_criterion(criterion, inputs, NANO), NANO)


def test_a_literal_target_names_what_a_point_is_divided_by():
    criterion = Section.model_validate(part("section", parts={"c": part("proportional", 10, target=7)})).parts["c"]
    inputs = inputs_of(criterion, "c", make_roster(numbers={"c": ["1", "2"]}), lambda _: None)
    per_point = math.lcm(NANO, *divisors_of(criterion, inputs))
    assert score_criterion(criterion, inputs, per_point).is_exact is None
    assert score_criterion(criterion, inputs, NANO).exactness.tolist() == [False, False]


def test_what_a_criterion_gives_bounds_the_sums_on_the_way():
    criterion = Section.model_validate(part("section", parts={"c": part("deduct", 10, events={"x": deduction(4), "y": deduction(1)})})).parts["c"]
    assert gains_of(criterion) == [4, 1]
    assert most_met(criterion) == Fraction(4 * (10 + 2 * 4))
