from __future__ import annotations

import copy
from dataclasses import replace as replace_fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given

from simulator.rules.assembly import iter_set_files, read_criteria
from simulator.rules.diffing import diff, leaves
from simulator.rules.loading import criteria_from_text
from simulator.workspace import Workspace
from tests.examples import sampled
from tests.rules.random_sets import as_set, sets
from tests.rules.specimen import OVERLAY, SET, replace, stack_texts

WORKSPACE = Workspace(Path(__file__).parents[2])
SLOW = sampled(10, 20, suppress_health_check=list(HealthCheck))


def test_an_overlay_against_its_base_shows_exactly_what_it_changes():
    (row,) = diff(stack_texts(SET), stack_texts(SET, OVERLAY)).rows
    assert (row.clause, row.change) == ("fighter.quota", "changed")
    assert row.fields == (("share", 0.5, 0.3),)
    assert [why.en for why in row.why] == ["Fewer places"]
    assert row.source_before == row.source_after
    assert (row.place_before[0], row.place_after[0]) == ("layer-0.yaml", "layer-1.yaml")


@pytest.mark.parametrize("path", [path.stem for path in iter_set_files(WORKSPACE)])
def test_every_overlay_of_the_house_shows_what_it_changes_and_nothing_else(path):
    criteria = read_criteria(path, WORKSPACE)
    rows = diff(read_criteria(criteria.stack[0], WORKSPACE), criteria).rows
    assert {row.clause for row in rows} == {change.clause for change in criteria.changes}
    assert all(row.why for row in rows if row.after is None or row.after.why)


@SLOW
@given(sets())
def test_a_set_does_not_differ_from_itself(data):
    assert diff(as_set(data), as_set(copy.deepcopy(data))).rows == ()


@SLOW
@given(sets(), sets())
def test_what_one_way_adds_the_other_way_removes(data, other):
    forth, back = diff(as_set(data), as_set(other)), diff(as_set(other), as_set(data))
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(row.clause, opposite[row.change]) for row in forth.rows} == {(row.clause, row.change) for row in back.rows}
    values = {(row.clause, each.field): (each.before, each.after) for row in forth.rows for each in row.fields}
    assert values == {(row.clause, each.field): (each.after, each.before) for row in back.rows for each in row.fields}


def test_rows_stand_in_the_order_of_the_sets():
    text = replace(SET, "      floor:\n", "      extra:\n        kind: cooling-off\n        title: {vi: a, en: b}\n        years: 2\n      floor:\n")
    text = replace(text, "multiple: 1.0", "multiple: 2.0")
    text = replace(text, "    level: 1\n", "    level: 5\n")
    rows = diff(criteria_from_text(SET), criteria_from_text(text)).rows
    assert [(row.clause, row.change) for row in rows] == [("worker", "changed"), ("fighter.extra", "added"), ("fighter.money", "changed")]


def test_a_condition_is_compared_to_the_single_value():
    text = replace(SET, "{fact: unused-initiatives, at_least: 1, consumed: true}", "{fact: unused-initiatives, at_least: 2, consumed: true}")
    (row,) = diff(criteria_from_text(SET), criteria_from_text(text)).rows
    assert row.fields == (("requires.all.1.any.1.at_least", 1, 2),)


def test_a_default_written_out_is_no_difference():
    text = replace(SET, "        share: 0.2\n", "        share: 0.2\n        counts_as_direct: [direct, staff]\n")
    assert diff(criteria_from_text(SET), criteria_from_text(text)).rows == ()


def test_a_removed_section_takes_its_reason_to_its_parts():
    table = """points:
  results:
    kind: section
    title: {vi: Kết quả, en: Results}
    points: 10
    parts:
      budget: {kind: mark, title: {vi: Ngân sách, en: Budget}, points: 10}
"""
    overlay = """id: shorter
extends: specimen
title: {vi: Ngắn hơn, en: Shorter}
status: draft
drafting_state: drafting
valid: {from: 2021-01-01}
checked_on: 2026-10-01
points:
  results: {remove: true, why: {vi: Bỏ, en: Dropped}}
"""
    rows = diff(stack_texts(SET + table), stack_texts(SET + table, overlay)).rows
    assert [(row.clause, row.change, [why.en for why in row.why]) for row in rows] == [
        ("points.results", "removed", ["Dropped"]),
        ("points.results.budget", "removed", ["Dropped"]),
    ]


def test_a_settled_conflict_is_part_of_the_difference():
    second = replace(replace(OVERLAY, "id: stricter", "id: later"), "share: 0.3", "share: 0.2")
    second = replace(second, "awards:\n", "supersedes: [{set: stricter, clause: fighter.quota, why: {vi: Sau, en: Later}}]\nawards:\n")
    difference = diff(stack_texts(SET), stack_texts(SET, OVERLAY, second))
    assert [(each.prevailing_set, each.superseded_set, each.why.en) for each in difference.resolutions] == [("later", "stricter", "Later")]
    assert len(difference.rows[0].why) == 1  # both give the same reason, which is said once


def test_leaves_tell_empty_lists_apart_from_nothing():
    assert dict(leaves({"a": {"b": [1, {"c": 2}]}, "d": []})) == {"a.b.0": 1, "a.b.1.c": 2, "d": []}


def test_a_reason_given_before_both_is_not_given_again():
    second = replace(replace(OVERLAY, "id: stricter", "id: later"), "share: 0.3", "rounding: floor")
    second = replace(second, '{vi: "Giảm chỉ tiêu", en: "Fewer places"}', '{vi: "Làm tròn xuống", en: "Round down"}')
    (row,) = diff(stack_texts(SET, OVERLAY), stack_texts(SET, OVERLAY, second)).rows
    assert ([why.en for why in row.why], row.fields) == (["Round down"], (("rounding", "nearest", "floor"),))


def test_an_award_taken_away_is_one_row_with_its_reason():
    away = stack_texts(SET, OVERLAY[: OVERLAY.index("awards:")] + 'awards:\n  fighter: {remove: true, why: {vi: "Bỏ", en: "Drop"}}\n')
    (row,) = diff(stack_texts(SET), away).rows
    assert (row.clause, row.change, [why.en for why in row.why]) == ("fighter", "removed", ["Drop"])
    assert len(diff(stack_texts(SET), replace_fields(away, changes=())).rows) == 5  # without the overlay's word, each clause is told


def test_the_reason_for_another_head_of_an_award_is_given():
    other = stack_texts(SET, OVERLAY[: OVERLAY.index("awards:")] + 'awards:\n  fighter: {level: 3, why: {vi: "Nâng bậc", en: "Raise"}}\n')
    (row,) = diff(stack_texts(SET), other).rows
    assert (row.fields, [why.en for why in row.why]) == ((("level", 2, 3),), ["Raise"])
