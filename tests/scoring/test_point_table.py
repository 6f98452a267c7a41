"""Scoring tables: real examples, a slow reading of thousands of random tables, and what no table may do."""

from __future__ import annotations

import re
from copy import copy
from fractions import Fraction

import numpy as np
import pytest
from pydantic import TypeAdapter

from simulator.rules.conditions import Condition
from tests.examples import how_many
from tests.scoring.point_tables import level, part, scale, scored
from tests.scoring.random_tables import RandomTable, luck_of
from tests.scoring.rosters import make_roster
from tests.scoring.slow_points import all_parts, slow_classes, slow_condition, slow_table


def score_random(table, roster=None, **changes):
    data = {**table.data, **changes}
    return scored(
        data["points"],
        roster or table.roster(),
        classes=data.get("classes"),
        vetoes=data.get("vetoes"),
        scale_clause=scale(**data["scale"]) if "scale" in data else None,
    )


@pytest.fixture(scope="module")
def done():
    """Random tables, each with how its nominees come out: what any change of a table is compared with."""
    luck = luck_of(9)
    return [(table, score_random(table)) for table in (RandomTable(luck) for _ in range(how_many(150, 500)))]


@pytest.fixture(scope="module")
def tame_done():
    """The same of tables whose every number can be multiplied."""
    luck = luck_of(11)
    return [(table, score_random(table)) for table in (RandomTable(luck, is_tame=True) for _ in range(how_many(60, 150)))]


@pytest.mark.parametrize("grain", ["fine_grain", "coarse_grain"])
@pytest.mark.parametrize("seed", [*range(2), *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(2, 44))])
def test_a_slow_reader_agrees_on_every_point_class_veto_and_condition(seed, grain, request):
    request.getfixturevalue(grain)
    luck = luck_of(seed)
    for _ in range(100):
        table = RandomTable(luck)
        rows = table.rows()
        slow = slow_table(table.data, rows, table.groups)
        fast = score_random(table)
        for path in [*(path for path, _ in all_parts(table.points)), "total"]:
            points = [found[path] for found in slow]
            assert [fast.exact_points(position, path) for position in range(table.n_rows)] == points, path
            for nano, is_exact, value in zip(fast.nanos(path).tolist(), fast.is_exact(path).tolist(), points, strict=True):
                assert abs(value * 10**9 - nano) <= (0 if is_exact else fast.points.columns[path].slack + 1), path
            assert fast.rank_keys(path).tolist() == [sorted(set(points)).index(value) for value in points], path
        classes = slow_classes(table.data, slow, rows, table.groups)
        assert [fast.class_of(position) for position in range(table.n_rows)] == [after for _, after, _, _ in classes]
        assert fast.is_barred.tolist() == [barred for _, _, _, barred in classes]
        for veto_id, is_met in fast.vetoes.items():
            assert is_met.tolist() == [met[veto_id] for _, _, met, _ in classes]
        for _ in range(2):
            condition = table.condition(depth=3, has_class=True)
            expected = [slow_condition(condition, table.data, slow, table.groups, i, rows[i], classes[i][1]) for i in range(table.n_rows)]
            assert fast.meets(read_condition(condition)).tolist() == expected, condition


def read_condition(data):
    return VETO.validate_python(data)


VETO = TypeAdapter(Condition)

NGHE_AN = {
    "excellent": {"at_least": 90, "requires": {"points": "every-criterion", "at_least_share": 0.85}},
    "good": {"at_least": 80, "below": 90, "requires": {"points": "every-criterion", "at_least_share": 0.8}},
    "done": {"at_least": 70, "below": 80, "requires": {"points": "every-criterion", "at_least_share": 0.7}},
    "failed": {"below": 70},
}


def nghe_an(rows):
    """T3: four criteria of 25 points; what a bonus gives is no criterion of the floor."""
    points = {f"c{index}": part("mark", 25) for index in range(4)} | {"bonus": part("bonus", 5, parts={"extra": part("mark", 5)})}
    numbers = {f"c{index}": [row[index] for row in rows] for index in range(4)} | {"extra": [row[4] if len(row) > 4 else 0 for row in rows]}
    result = scored(points, make_roster(numbers=numbers), classes=NGHE_AN, scale_clause=scale(100))
    return [(result.exact_points(i), result.class_of(i)) for i in range(len(rows))]


def test_t3_ninety_points_with_one_criterion_at_84_percent_are_not_excellent():
    rows = [(23, 23, 23, 21), (22.75, 22.75, 22.75, 21.75), (23, 23, 23, "21.25"), (25, 25, 25, "19.99"), (25, 25, 25, "17.49"), (25, 20, 22, 22, 5)]
    assert nghe_an(rows) == [
        (90, "good"),
        (90, "excellent"),
        (Fraction("90.25"), "excellent"),
        (Fraction("94.99"), "done"),
        (Fraction("92.49"), "failed"),
        (94, "good"),
    ]


def test_t2_a_past_flag_adds_ten():
    points = {
        "work": part("mark", 100),
        "past": part("bonus", 15, parts={"flag": part("highest", 15, levels={"city": level(10), "government": level(15)})}),
    }
    roster = make_roster(numbers={"work": [97, 97, 97, 97]}, answers={"flag.city": [1, 0, 1, 0], "flag.government": [0, 1, 1, 0]})
    result = scored(points, roster, scale_clause=scale(100))
    assert [result.exact_points(i) for i in range(4)] == [107, 112, 112, 97]
    assert result.rank_keys().tolist() == [1, 2, 2, 0]


def test_t6_ninety_four_percent_quality_gives_twelve():
    bands = [(95, None, 15), (90, 95, 12), (80, 90, 10), (70, 80, 8), (60, 70, 5)]
    steps = [{"at_least": low, "points": points} | ({"below": high} if high else {}) for low, high, points in bands]
    roster = make_roster(numbers={"quality": ["94", "95", "94.999", "100", "60", "59.99", "0"]})
    result = scored({"quality": part("steps", 15, bands=steps)}, roster)
    assert [result.exact_points(i) for i in range(7)] == [12, 15, 12, 15, 5, 0, 0]


def test_points_that_no_decimal_can_write_reach_their_bound_exactly(coarse_grain):
    # 3 × 10 × 1/3 of own targets of 3: each third is cut down, the sum is ten all the same.
    points = {name: part("proportional", 10, target="own") for name in "abc"}
    columns = (
        {name: ["1", "1", "1"] for name in "abc"} | {f"{name}:target": ["3", "3", "3"] for name in "ab"} | {"c:target": ["3", "3.0001", "2.9999"]}
    )
    result = scored(points, make_roster(numbers=columns), classes={"in": {"at_least": 10}, "over": {"above": 10}, "rest": {}})
    assert result.points.columns["total"].is_exact.tolist() == [False, False, False]
    assert [result.class_of(i) for i in range(3)] == ["in", "rest", "over"]
    assert result.rank_keys().tolist() == [1, 0, 2]


def test_a_veto_on_the_class_looks_at_the_class_before_vetoes():
    classes = {"high": {"at_least": 8}, "middle": {"at_least": 5}, "low": {}}
    vetoes = {
        "late": {"when": {"fact": "case-pending"}, "effect": "down-one-class"},
        "again": {"when": {"class": ["high"]}, "effect": "down-one-class"},
        "out": {"when": {"fact": "is-woman"}},
    }
    answers = {"case-pending": [1, 1, 1, 0, 0], "is-woman": [0, 0, 0, 0, 1]}
    result = scored({"m": part("mark", 10)}, make_roster(numbers={"m": [9, 6, 1, 9, 9]}, answers=answers), classes=classes, vetoes=vetoes)
    assert [result.class_of(i) for i in range(5)] == ["low", "low", None, "middle", None]
    assert result.is_barred.tolist() == [False, False, False, False, True]
    assert [result.class_ids[i] for i in result.class_by_points] == ["high", "middle", "low", "high", "high"]


def test_classes_may_stand_in_any_order():
    classes = {"rest": {}, "middle": {"at_least": 5, "below": 8}, "high": {"at_least": 8}, "top": {"above": 8}}
    result = scored({"m": part("mark", 10)}, make_roster(numbers={"m": ["8.01", 8, 5, 1]}), classes=classes)
    assert [result.class_of(i) for i in range(4)] == ["top", "high", "middle", "rest"]


def test_a_roster_of_nobody_can_be_scored():
    luck = luck_of(5)
    for _ in range(50):
        table = RandomTable(luck, n_rows=1)
        columns = {column: [] for column in table.columns}
        full = table.roster()
        empty = make_roster(
            0,
            numbers={column: columns[column] for column in full.numbers},
            answers={column: [] for column in full.answers},
        )
        result = score_random(table, empty)
        assert result.rank_keys().tolist() == result.class_index.tolist() == []


def permuted(table, order):
    """Give a random table with its nominees in another order."""
    table = copy(table)
    table.columns = {column: [values[i] for i in order] for column, values in table.columns.items()}
    table.facts = {fact: [values[i] for i in order] for fact, values in table.facts.items()}
    table.groups = [table.groups[i] for i in order]
    return table


def outcome(result):
    paths = list(result.points.columns)
    return [
        (*(result.exact_points(i, path) for path in paths), result.class_of(i), bool(result.is_barred[i])) for i in range(result.points.n_nominees)
    ]


@pytest.mark.sampled
def test_the_order_of_the_rows_changes_nothing(done):
    luck = luck_of(9)
    for table, scored_before in done[:300]:
        before, keys = outcome(scored_before), scored_before.rank_keys()
        order = luck.sample(range(table.n_rows), table.n_rows)
        after = score_random(permuted(table, order))
        assert outcome(after) == [before[i] for i in order]
        assert after.rank_keys().tolist() == keys[order].tolist()


NEW_NAMES = dict(zip("abcd", ("zz", "yy-1", "m", "0b"), strict=True))


def renamed(value):
    """Rename the parts in the data of a table; its conditions follow."""
    if isinstance(value, list):
        return [renamed(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        NEW_NAMES.get(key, key): renamed_path(inner) if key == "points" and isinstance(inner, str) else renamed(inner) for key, inner in value.items()
    }


def renamed_path(path):
    return path if path in {"total", "every-criterion"} else ".".join(NEW_NAMES.get(step, step) for step in path.split("."))


@pytest.mark.sampled
def test_the_names_of_people_groups_and_parts_change_nothing(done):
    for before, scored_before in done[:300]:
        table, data = copy(before), renamed(before.data)
        table.columns = {re.sub(r"[a-d](?=[.:@]|$)", lambda match: NEW_NAMES[match[0]], column): values for column, values in table.columns.items()}
        table.groups = [{"A": "z", "B": "c"}[group] for group in table.groups]
        assert outcome(score_random(table, **data)) == outcome(scored_before)


POINT_KEYS = {"points", "each", "minus", "round_to", "total", "bonus", "lowest"}
BOUND_KEYS = {"at_least", "below", "above"}


def times(value, factor):
    return float(Fraction(str(value)) * factor) if Fraction(str(value)) * factor % 1 else int(Fraction(str(value)) * factor)


def scaled(value, factor, *, bounds=False):
    """Multiply all points in the data of a table; bounds of points too, but not those of observed numbers."""
    if isinstance(value, list):
        return [scaled(inner, factor, bounds=bounds) for inner in value]
    if not isinstance(value, dict):
        return value
    keys = POINT_KEYS | (BOUND_KEYS if bounds else set())
    return {
        key: times(inner, factor) if key in keys and not isinstance(inner, str | dict) else scaled(inner, factor, bounds=bounds)
        for key, inner in value.items()
    }


@pytest.mark.sampled
@pytest.mark.parametrize("factor", [Fraction(2), Fraction(10), Fraction(1, 2), Fraction(37, 10)])
def test_scaling_a_whole_table_changes_no_rank_and_no_class(factor, tame_done):
    for drawn, before in tame_done:
        table = copy(drawn)  # marks are points too
        table.columns = table.columns | {column: [str(times(value, factor)) for value in table.columns[column]] for column in table.marks}
        rules = {key: scaled(table.data[key], factor, bounds=True) for key in ("classes", "vetoes") if key in table.data}
        rest = {key: scaled(table.data[key], factor) for key in ("points", "scale") if key in table.data}
        after = score_random(table, **rules, **rest)
        assert after.rank_keys().tolist() == before.rank_keys().tolist()
        assert after.class_index.tolist() == before.class_index.tolist()
        assert after.is_barred.tolist() == before.is_barred.tolist()
        assert [after.exact_points(i) for i in range(table.n_rows)] == [before.exact_points(i) * factor for i in range(table.n_rows)]


@pytest.mark.sampled
def test_adding_a_veto_never_raises_anyone(done):
    luck = luck_of(12)
    for drawn, before in done[:300]:
        table = copy(drawn)
        table.luck = luck
        veto = {"when": table.condition(has_class=True), "effect": luck.choice(["not-considered", "down-one-class"])}
        after = score_random(table, vetoes={**table.data.get("vetoes", {}), "new": veto})
        assert after.rank_keys().tolist() == before.rank_keys().tolist()
        lowest = len(before.class_ids)
        worse = np.where(after.class_index < 0, lowest, after.class_index)
        assert (worse >= np.where(before.class_index < 0, lowest, before.class_index)).all()
        assert (after.is_barred >= before.is_barred).all()


@pytest.mark.sampled
def test_points_stay_within_their_bounds(done):
    for table, result in done:
        for path, one in all_parts(table.points):
            low = Fraction(0) if "parts" in one or one["kind"] in {"proportional", "threshold", "deduct", "mark"} else -Fraction(str(one["points"]))
            points = [result.exact_points(i, path) for i in range(table.n_rows)]
            assert low <= min(points), path
            assert max(points) <= Fraction(str(one["points"])), path
        lowest = Fraction(str(table.data.get("scale", {}).get("lowest", 0)))
        assert min(result.exact_points(i) for i in range(table.n_rows)) >= lowest
