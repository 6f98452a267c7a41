from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.rules.criteria import WHOLE
from simulator.rules.overlays import Stack
from simulator.rules.schema import Rules
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts
from tests.rules.table_specimen import TABLE

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


def test_an_award_is_taken_away_with_its_clauses_and_the_reason_is_kept():
    stack = stack_texts(SET, overlay(f"awards:\n  fighter: {{remove: true, {WHY}}}\n"))
    assert list(stack.awards) == ["worker"]
    (change,) = stack.changes
    assert (change.clause, change.field, change.after, change.why.en) == ("fighter", WHOLE, None, "Reason")
    assert set(change.before["clauses"]) == {"standard", "quota", "floor", "money"}


def test_the_reason_for_another_head_is_kept():
    stack = stack_texts(SET, overlay(f"awards:\n  fighter: {{level: 3, {WHY}}}\n"))
    (change,) = stack.changes
    assert (change.field, change.why.en) == ("level", "Reason")
    assert stack.awards["fighter"].why.en == "Reason"


def test_taking_away_an_award_another_overlay_changes_is_a_conflict_that_can_be_settled():
    away = f"awards:\n  fighter: {{remove: true, {WHY}}}\n"
    assert findings_of(SET, OVERLAY, overlay(away, "harsher"))[0][0] == "OV204"
    settled = f"supersedes: [{{set: stricter, clause: fighter, {WHY}}}]\n{away}"
    assert list(stack_texts(SET, OVERLAY, overlay(settled, "harsher")).awards) == ["worker"]
    assert findings_of(SET, overlay(away, "harsher"), OVERLAY)[0][0] == "OV201"


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
        (f"awards:\n  nobody: {{remove: true, {WHY}}}\n", "OV201", "  nobody"),
        ("awards:\n  fighter: {remove: true}\n", "OV202", "  fighter"),
        (f"awards:\n  fighter: {{remove: false, {WHY}}}\n", "OV203", "  fighter"),
        (f"awards:\n  fighter: {{remove: true, level: 3, {WHY}}}\n", "OV203", "  fighter"),
        (f"awards:\n  fighter:\n    remove: true\n    {WHY}\n    clauses:\n      quota: {{{WHY}, share: 0.1}}\n", "OV203", "  fighter"),
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


def over_table(body: str) -> str:
    return overlay(body, extends="table")


def test_a_part_deep_in_the_table_is_changed_and_the_way_to_it_is_not():
    text = over_table(f"points:\n  results:\n    parts:\n      budget:\n        {WHY}\n        points: 25\n")
    stack = stack_texts(TABLE, text)
    assert stack.clause("points.results.budget").points == 25
    assert stack.clause("points.results.budget").loses.points == 2
    assert [(change.clause, change.field, change.before, change.after) for change in stack.changes] == [("points.results.budget", "points", 30, 25)]
    assert stack.location("points.results.budget.points") == ("layer-1.yaml", line_of(text, "points: 25"))
    assert stack.location("points.results.budget.loses") == ("layer-0.yaml", line_of(TABLE, "loses:"))
    assert stack.location("points.results.points") == ("layer-0.yaml", line_of(TABLE, "points: 60"))
    assert stack.location("points.results.quality.bands.1.points")[0] == "layer-0.yaml"


def test_a_part_is_added_beside_the_others():
    text = over_table(f"points: {{conduct: {{parts: {{team: {{kind: count, title: {{vi: Mới, en: New}}, {WHY}, points: 5, each: 1}}}}}}}}\n")
    stack = stack_texts(TABLE, text)
    assert list(stack.points["conduct"].parts) == ["order", "opinion", "team"]
    assert [(change.clause, change.field) for change in stack.changes] == [("points.conduct.team", WHOLE)]
    assert stack.location("points.conduct.team.each")[0] == "layer-1.yaml"


def test_a_part_is_taken_away_and_so_is_a_section_with_all_it_holds():
    stack = stack_texts(TABLE, over_table(f"points: {{results: {{parts: {{quality: {{remove: true, {WHY}}}}}}}, faults: {{remove: true, {WHY}}}}}\n"))
    assert list(stack.points["results"].parts) == ["budget", "merit"]
    assert "faults" not in stack.points
    assert [(change.clause, change.after) for change in stack.changes] == [("points.results.quality", None), ("points.faults", None)]


def test_a_new_section_brings_its_parts():
    idea = f"idea: {{kind: count, title: {{vi: Mới, en: New}}, {WHY}, points: 5, each: 1}}"
    text = over_table(
        f"points:\n  digital:\n    kind: section\n    title: {{vi: Số, en: Digital}}\n    {WHY}\n    points: 5\n    parts:\n      {idea}\n"
    )
    stack = stack_texts(TABLE, text)
    assert stack.clause("points.digital.idea").points == 5
    assert [(change.clause, change.field) for change in stack.changes] == [("points.digital", WHOLE), ("points.digital.idea", WHOLE)]
    assert stack.location("points.digital.idea") == ("layer-1.yaml", line_of(text, "      idea:"))


def test_a_section_and_a_part_of_it_are_changed_together():
    text = over_table(f"points: {{results: {{{WHY}, points: 55, parts: {{budget: {{{WHY}, points: 25}}}}}}}}\n")
    stack = stack_texts(TABLE, text)
    assert [(change.clause, change.field, change.after) for change in stack.changes] == [
        ("points.results", "points", 55),
        ("points.results.budget", "points", 25),
    ]
    assert list(stack.points["results"].parts) == ["budget", "quality", "merit"]


@pytest.mark.parametrize(
    ("body", "code", "at"),
    [
        (f"points:\n  result: {{parts: {{budget: {{{WHY}, points: 25}}}}}}\n", "OV201", "  result:"),
        (f"points:\n  results:\n    parts:\n      budge: {{{WHY}, points: 25}}\n", "OV201", "      budge:"),
        ("points:\n  results:\n    parts:\n      budget: {points: 25}\n", "OV202", "      budget:"),
        (f"points:\n  results:\n    parts:\n      budget: {{{WHY}, point: 25}}\n", "CS101", "      budget:"),
        ("points:\n  results:\n    parts: 3\n", "CS123", "    parts: 3"),
        (f"classes:\n  god: {{{WHY}, at_least: 85}}\n", "OV201", "  god:"),
        (f"vetoes:\n  disciplined:\n    {WHY}\n    effect: none\n", "CS104", "    effect: none"),
    ],
)
def test_a_broken_overlay_of_a_table_gives_one_error_with_its_line(body, code, at):
    text = over_table(body)
    (found,) = findings_of(TABLE, text)
    assert found[:2] == (code, "layer-1.yaml")
    assert found[2] in {line_of(text, at), line_of(text, at) - 1}


def test_classes_and_vetoes_are_changed_like_clauses():
    stack = stack_texts(
        TABLE, over_table(f"classes: {{good: {{{WHY}, at_least: 75}}}}\nvetoes: {{disciplined: {{{WHY}, effect: down-one-class}}}}\n")
    )
    assert (stack.classes["good"].at_least, stack.vetoes["disciplined"].effect) == (75, "down-one-class")
    assert [(change.clause, change.field) for change in stack.changes] == [("classes.good", "at_least"), ("vetoes.disciplined", "effect")]


def test_what_a_clause_cited_before_is_remembered():
    assert stack_texts(SET, OVERLAY).former_sources == {("stricter", "fighter.quota"): "decree-example"}


def test_laying_an_overlay_leaves_the_base_as_it_was():
    before = stack_texts(SET).content_hash
    stack_texts(SET, OVERLAY)
    assert stack_texts(SET).content_hash == before


def test_a_stack_is_taken_up_where_it_was_left():
    before = stack_texts(SET, OVERLAY)
    stack = Stack.of(before)
    assert (stack.ids, stack.changes, stack.former_sources) == (["specimen", "stricter"], list(before.changes), dict(before.former_sources))
    assert Rules.model_validate(stack.data) == before.rules
    sections = {"awards": {"fighter": {"clauses": {"quota": {"why": {"vi": "A", "en": "B"}, "share": 0.2}}}}}
    assert stack.supersessions(sections) == [{"set": "stricter", "clause": "fighter.quota", "why": {"vi": "A", "en": "B"}}]
    sections["awards"]["fighter"]["clauses"]["quota"]["share"] = 0.3
    assert stack.supersessions(sections) == []
    sections["awards"]["fighter"]["clauses"]["quota"] = {"why": {"vi": "A", "en": "B"}, "remove": True}
    assert [each["set"] for each in stack.supersessions(sections)] == ["stricter"]
