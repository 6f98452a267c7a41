"""Sections, bonus and penalty: what adds to what, and where it stops."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.scoring import part_points
from simulator.scoring.part_points import bonus_sections, terms_of
from simulator.scoring.point_columns import NANO, PointsTooLargeError
from tests.scoring.point_tables import part, scale, scored, table_of
from tests.scoring.rosters import make_roster


def points(table, numbers, scale_clause=None):
    """Give the points of the only nominee, by path."""
    result = scored(table, make_roster(numbers={column: [value] for column, value in numbers.items()}), scale_clause=scale_clause)
    return {path: result.exact_points(0, path) for path in result.points.columns}


def test_a_section_stops_at_its_points_and_at_nothing():
    table = {"s": part("section", 12, parts={"a": part("mark"), "b": part("mark")}), "t": part("section", 12, parts={"c": part("event", each=-2)})}
    found = points(table, {"a": 8, "b": 9, "c": 3})
    assert (found["s"], found["t"], found["t.c"], found["total"]) == (12, 0, -6, 12)


def test_a_criterion_outside_any_section_may_take_off():
    assert points({"a": part("mark"), "b": part("event", each=-2)}, {"a": 8, "b": 3})["total"] == 2


def test_a_penalty_says_what_it_takes_off_and_takes_no_more():
    table = {"a": part("mark", 10), "p": part("penalty", 4, parts={"late": part("event", 10, each=3)})}
    found = points(table, {"a": 8, "late": 2})
    assert (found["p"], found["total"]) == (4, 4)


def test_the_total_never_falls_below_its_lowest():
    table = {"a": part("mark", 10), "p": part("penalty", 40, parts={"late": part("event", 40, each=30)})}
    assert points(table, {"a": 8, "late": 1})["total"] == 0
    assert points(table, {"a": 8, "late": 1}, scale(lowest=-10))["total"] == -10
    assert points(table, {"a": 8, "late": 1}, scale(lowest=-100))["total"] == -22


def test_bonus_comes_on_top_of_a_full_table_and_all_of_it_has_one_cap():
    bonus = {f"b{i}": part("bonus", 6, parts={f"x{i}": part("mark", 9)}) for i in range(2)}
    found = points({"a": part("mark", 100), **bonus}, {"a": 100, "x0": 8, "x1": 5})
    assert (found["b0"], found["b1"], found["total"]) == (6, 5, 111)
    assert points({"a": part("mark", 100), **bonus}, {"a": 100, "x0": 8, "x1": 5}, scale(bonus=10))["total"] == 110


def test_a_bonus_inside_a_section_comes_on_top_and_a_penalty_inside_is_taken_off_there():
    inner = {"a": part("mark"), "b": part("bonus", 5, parts={"x": part("mark")}), "p": part("penalty", 3, parts={"y": part("mark")})}
    found = points({"s": part("section", 10, parts=inner)}, {"a": 10, "x": 7, "y": 2})
    assert (found["s"], found["s.b"], found["s.p"], found["total"]) == (8, 5, 2, 13)


def test_what_adds_to_what_is_told_by_the_kinds():
    leaf = {"x": part("mark")}
    table = table_of(
        {
            "s": part(
                "section",
                parts={
                    "b": part("bonus", parts=leaf),
                    "p": part("penalty", parts={"y": part("mark"), "q": part("penalty", parts={"z": part("mark")})}),
                },
            ),
            "o": part("bonus", parts={"i": part("bonus", parts={"w": part("mark")})}),
        }
    )
    parts = dict(part_points.iter_parts(table.points))
    assert terms_of(parts, "total") == (["s"], [])
    assert terms_of(parts, "s") == ([], ["s.p"])
    assert terms_of(parts, "s.p") == (["s.p.y", "s.p.q"], [])
    assert terms_of(parts, "o") == (["o.i"], [])
    assert bonus_sections(parts) == ["s.b", "o"]


def test_the_most_of_a_part_is_its_points_and_of_the_total_its_scale():
    table = {"s": part("section", 30, parts={"a": part("mark", 12)}), "b": part("bonus", 5), "p": part("penalty", 5), "c": part("mark", 2.5)}
    roster = make_roster(numbers={"a": [1], "c": [1]})
    without, within = scored(table, roster).points, scored(table, roster, scale_clause=scale(99)).points
    assert [without.most(path) for path in ("s", "s.a", "b", "total")] == [30, 12, 5, Fraction("32.5")]
    assert within.most() == 99
    assert without.criteria_outside_bonus_and_penalty() == ("s.a", "c")
    assert without.paths_of("every-criterion") == ("s.a", "c")
    assert without.paths_of("s") == ("s",)


def test_a_cap_that_no_grain_can_write_is_still_exact():
    table = {"s": part("section", 3.333333333333, parts={"a": part("mark", 5)}), "b": part("mark", 1)}
    result = scored(
        table, make_roster(numbers={"a": ["4", "3.333333333333", "3.333333333332"], "b": [0, 0, 0]}), classes={"full": {"at_least": 3.333333333333}}
    )
    assert [result.class_of(i) for i in range(3)] == ["full", "full", None]
    assert result.rank_keys().tolist() == [1, 1, 0]


def test_equal_nominees_are_worked_out_once(coarse_grain, monkeypatch):
    calls = []
    monkeypatch.setattr(part_points, "exact_points", lambda criterion, values: calls.append(values) or values[0] / values[1])
    roster = make_roster(numbers={"a": ["1"] * 50, "a:target": ["3"] * 50, "b": ["2"] * 50, "b:target": ["3"] * 50})
    result = scored({name: part("proportional", 1, target="own") for name in "ab"}, roster)
    assert result.rank_keys().tolist() == [0] * 50
    assert [result.exact_points(row) for row in (0, 49)] == [1, 1]
    assert len(calls) == 2


def test_points_are_given_in_billionths_whatever_the_grain():
    result = scored({"a": part("proportional", 10, target=7)}, make_roster(numbers={"a": ["1", "7"]}))
    assert result.points.per_point % (7 * NANO) == 0
    assert result.nanos().tolist() == [1428571428, 10 * NANO]
    assert result.is_exact().tolist() == [False, True]
    assert result.exact_points(0) == Fraction(10, 7)


def test_a_table_of_more_points_than_can_be_counted_is_refused():
    table = table_of({"a": part("mark", 10**10)})
    with pytest.raises(PointsTooLargeError):
        part_points.score_parts(table.points, table.procedure, make_roster(numbers={"a": [1]}), lambda _condition: None)
