from __future__ import annotations

import pickle
from datetime import date

import pytest

from simulator.rules.loading import load_criteria
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts


def test_a_set_answers_for_its_clauses():
    criteria = stack_texts(SET)
    assert [path for path, _clause in criteria.iter_clauses()] == [
        "principles.fewer-leaders",
        "procedure.weights",
        "procedure.appraisal-at-unit",
        "worker.rating",
        "fighter.standard",
        "fighter.quota",
        "fighter.floor",
        "fighter.money",
    ]
    assert criteria.clause("specimen#fighter.quota") is criteria.clause("fighter.quota")
    with pytest.raises(KeyError):
        criteria.clause("fighter.nothing")


def test_awards_and_clauses_are_called_by_their_titles():
    criteria = stack_texts(SET)
    called = criteria.titles_in("en")
    assert called.keys() == {*criteria.awards, *(path for path, _clause in criteria.iter_clauses())}
    assert {path: called[path] for path in criteria.awards} == {path: award.title.en for path, award in criteria.awards.items()}
    assert all(criteria.titles_in("vi")[path] == clause.title.vi for path, clause in criteria.iter_clauses())


def test_places_are_found_down_to_the_leaf_and_else_around_it():
    criteria = stack_texts(SET)
    assert criteria.location("specimen#fighter.quota.share") == ("layer-0.yaml", line_of(SET, "share: 0.5"))
    assert criteria.location("fighter.standard.requires.all.1.any.0") == ("layer-0.yaml", line_of(SET, "at_least: excellent"))
    assert criteria.location("procedure.weights.scope") == ("layer-0.yaml", line_of(SET, "    scope: 0.2"))
    assert criteria.location("fighter.title") == ("layer-0.yaml", line_of(SET, 'title: {vi: "Chiến sĩ'))
    assert criteria.location("nowhere.at.all") == ("layer-0.yaml", 1)


def test_a_stack_joins_its_headers():
    stack = stack_texts(SET, OVERLAY)
    assert stack.id == "specimen+stricter"
    assert stack.stack == ("specimen", "stricter")
    assert stack.title.vi == "Bộ tiêu chí mẫu + Lớp phủ mẫu"
    assert stack.note.en == "Note"
    assert (stack.status, stack.drafting_state, stack.extends) == ("draft", "consultation", "specimen")
    assert (stack.valid_from, stack.valid_until, stack.checked_on) == (date(2021, 1, 1), date(2028, 6, 30), date(2026, 10, 1))
    assert stack.instruments == ("decree-example",)
    assert stack.files == ("layer-0.yaml", "layer-1.yaml")


def test_without_a_note_there_is_none():
    assert stack_texts(replace(SET, 'note: {vi: "Ghi chú", en: "Note"}\n', "")).note is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Tiền thưởng"', '"Mức tiền thưởng"'),
        ("share: 0.5", "share: 0.50001"),
        ("checked_on: 2026-11-22", "checked_on: 2026-11-21"),
        ("confidence: recalled", "confidence: unsure"),
    ],
)
def test_any_rewording_changes_the_fingerprint(old, new):
    assert stack_texts(replace(SET, old, new)).content_hash != stack_texts(SET).content_hash


def test_the_order_of_clauses_counts_and_the_layout_does_not():
    start, end = SET.index("      money:"), len(SET)
    money = SET[start:end]
    moved = replace(SET[:start], "      floor:", money + "      floor:")
    assert stack_texts(moved).content_hash != stack_texts(SET).content_hash
    relaid = "# a remark\n\n" + replace(SET, "valid: {from: 2020-01-01, until: 2030-12-31}", "valid:\n  until: 2030-12-31\n  from: 2020-01-01")
    assert stack_texts(relaid).content_hash == stack_texts(SET).content_hash


def test_a_set_travels_between_processes_and_is_itself():
    criteria = stack_texts(SET, OVERLAY)
    again = pickle.loads(pickle.dumps(criteria))  # noqa: S301 - our own
    assert again == criteria
    assert {again, criteria} == {criteria}


@pytest.mark.parametrize(
    ("expression", "status"),
    [("decree-91+hanoi-plan-115+hanoi-letter-3959", "repealed"), ("decree-91+hanoi-plan-115", "illustrative"), ("law-2026-draft", "draft")],
)
def test_a_stack_on_repealed_rules_is_not_in_force(expression, status):
    assert load_criteria(expression).status == status


def test_a_clause_changed_under_the_citation_of_another_rule_is_amended():
    quota = "fighter.quota"
    assert stack_texts(SET).amended == frozenset()
    assert stack_texts(SET, OVERLAY).amended == {quota}
    own = replace(OVERLAY, "share: 0.3", "share: 0.3\n        source: {instrument: decree-example, confidence: read}")
    assert stack_texts(SET, own).amended == frozenset()
    grounds_alone = replace(OVERLAY, "share: 0.3", "assumption: {vi: A, en: B}")
    assert stack_texts(SET, grounds_alone).amended == frozenset()
    assert stack_texts(SET, replace(OVERLAY, "share: 0.3", "remove: true")).amended == frozenset()
    later = replace(own, "id: stricter", "id: first"), replace(OVERLAY, "share: 0.3", "share: 0.2").replace("specimen", "first")
    prevailing = replace(later[1], "awards:\n", "supersedes: [{set: first, clause: fighter.quota, why: {vi: A, en: B}}]\nawards:\n")
    assert stack_texts(SET, later[0], prevailing).amended == {quota}


def test_a_draft_without_a_period_leaves_the_stack_without_one():
    draft = replace(OVERLAY, "valid: {from: 2021-01-01, until: 2028-06-30}\n", "")
    stack = stack_texts(SET, draft)
    assert (stack.status, stack.valid_from, stack.valid_until) == ("draft", None, None)
