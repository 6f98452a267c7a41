from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.rules.criteria import WHOLE
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts

WHY = 'why: {vi: "Lý do", en: "Reason"}'
HEAD = OVERLAY[: OVERLAY.index("awards:")]


def overlay(body: str, set_id: str = "stricter", extends: str = "specimen") -> str:
    return HEAD.replace("id: stricter", f"id: {set_id}").replace("extends: specimen", f"extends: {extends}") + body


def findings_of(*texts: str) -> list[tuple[str, str, int]]:
    with pytest.raises(InputError) as caught:
        stack_texts(*texts)
    return [(finding.code, finding.file, finding.line) for finding in caught.value.findings]


def test_a_patch_changes_one_field_and_keeps_the_rest():
    stack = stack_texts(SET, OVERLAY)
    quota = stack.clause("fighter.quota")
    assert (quota.share, quota.rounding, quota.why.en) == (0.3, "nearest", "Fewer places")
    (change,) = stack.changes
    assert (change.set, change.clause, change.field, change.before, change.after) == ("stricter", "fighter.quota", "share", 0.5, 0.3)


def test_every_leaf_knows_the_file_it_now_comes_from():
    stack = stack_texts(SET, OVERLAY)
    assert stack.location("fighter.quota.share") == ("layer-1.yaml", line_of(OVERLAY, "share: 0.3"))
    assert stack.location("fighter.quota.pooling") == ("layer-0.yaml", line_of(SET, "pooling: unit\n        rounding"))
    assert stack.location("fighter.quota") == ("layer-1.yaml", line_of(OVERLAY, "      quota:"))
    assert stack.location("worker.rating") == ("layer-0.yaml", line_of(SET, "      rating:"))
    assert stack.header_location(1, "status") == ("layer-1.yaml", line_of(OVERLAY, "status:"))


def test_a_mistake_in_a_patch_is_told_at_its_own_line():
    text = replace(OVERLAY, "share: 0.3", "shar: 0.3")
    assert findings_of(SET, text) == [("CS101", "layer-1.yaml", line_of(text, "shar: 0.3"))]
    text = replace(OVERLAY, "share: 0.3", "places: 3")
    assert findings_of(SET, text) == [("CS114", "layer-1.yaml", line_of(text, "      quota:"))]


def test_a_whole_clause_replaces_and_forgets_the_old_places():
    body = f"awards:\n  fighter:\n    clauses:\n      quota: {{kind: quota, title: {{vi: Mới, en: New}}, {WHY}, places: 2, pooling: all}}\n"
    stack = stack_texts(SET, overlay(body))
    quota = stack.clause("fighter.quota")
    assert (quota.share, quota.places, quota.rounding, quota.source) == (None, 2, "floor", None)
    assert stack.location("fighter.quota.rounding")[0] == "layer-1.yaml"
    assert {change.field for change in stack.changes} == {"title", "places", "pooling", "share", "of", "rounding"}


def test_a_new_clause_is_one_change():
    body = f"awards:\n  fighter:\n    clauses:\n      rest: {{kind: cooling-off, title: {{vi: Nghỉ, en: Rest}}, {WHY}, years: 2}}\n"
    stack = stack_texts(SET, overlay(body))
    assert stack.clause("fighter.rest").years == 2
    assert [(change.clause, change.field, change.before) for change in stack.changes] == [("fighter.rest", WHOLE, None)]
    assert [clause for clause, _ in stack.iter_clauses()][-1] == "fighter.rest"


def test_a_clause_can_be_removed():
    stack = stack_texts(SET, overlay(f"principles:\n  fewer-leaders: {{remove: true, {WHY}}}\n"))
    assert stack.principles == {}
    assert [(change.field, change.after) for change in stack.changes] == [(WHOLE, None)]


def test_an_award_can_be_added_and_its_head_changed():
    body = f"""awards:
  fighter: {{level: 3}}
  champion:
    title: {{vi: Mới, en: New}}
    target: individual
    kind: merit
    level: 4
    authority: province
    clauses:
      standard: {{kind: eligibility, title: {{vi: a, en: b}}, {WHY}, requires: {{fact: award-run, award: fighter, at_least: 2}}}}
"""
    stack = stack_texts(SET, overlay(body))
    assert stack.awards["fighter"].level == 3
    assert list(stack.awards["fighter"].clauses) == ["standard", "quota", "floor", "money"]
    assert stack.awards["champion"].clauses["standard"].requires.at_least == 2
    assert [(change.clause, change.field) for change in stack.changes] == [("fighter", "level"), ("champion", WHOLE), ("champion.standard", WHOLE)]


@pytest.mark.parametrize(
    ("body", "code", "at"),
    [
        (f"procedure:\n  weigths: {{{WHY}, results: 0.8}}\n", "OV201", "  weigths"),
        (f"principles:\n  nothing: {{remove: true, {WHY}}}\n", "OV201", "  nothing"),
        ("awards:\n  nobody:\n    clauses: {}\n", "OV201", "  nobody"),
        (f"awards:\n  nobody:\n    clauses:\n      quota: {{{WHY}, share: 0.1}}\n", "OV201", "  nobody"),
        ("procedure:\n  weights: {results: 0.8}\n", "OV202", "  weights"),
        ('procedure:\n  weights: {results: 0.8, why: {vi: "Chỉ tiếng Việt"}}\n', "OV202", "  weights"),
        (f"procedure:\n  weights: {{remove: true, results: 0.8, {WHY}}}\n", "OV203", "  weights"),
        (f"procedure:\n  weights: {{remove: false, {WHY}}}\n", "OV203", "  weights"),
        ("procedure:\n  weights: 3\n", "CS103", "  weights"),
        ("awards:\n  fighter: {titel: {vi: a, en: b}}\n", "CS101", "  fighter"),
    ],
)
def test_a_broken_overlay_gives_one_error_with_its_line(body, code, at):
    text = overlay(body)
    assert findings_of(SET, text) == [(code, "layer-1.yaml", line_of(text, at))]


def test_what_is_given_again_is_idle_not_a_change():
    stack = stack_texts(SET, replace(OVERLAY, "share: 0.3", "share: 0.3\n        rounding: nearest"))
    assert [(change.clause, change.field) for change in stack.idle] == [("fighter.quota", "rounding")]
    assert [change.field for change in stack.changes] == ["share"]


def test_laying_an_overlay_leaves_the_base_as_it_was():
    before = stack_texts(SET).content_hash
    stack_texts(SET, OVERLAY)
    assert stack_texts(SET).content_hash == before
