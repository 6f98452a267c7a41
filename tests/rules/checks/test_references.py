from __future__ import annotations

import pytest

from simulator.rules.checks.references import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import SET, line_of, replace, stack_texts


def found(text):
    return [(finding.code, finding.line) for finding in check(Subject(stack_texts(text)))]


def test_the_specimen_names_only_what_it_holds():
    assert found(SET) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("award: worker}\n", "award: nobody}\n"),
        ("holders_of: worker", "holders_of: nobody"),
        ("not: {fact: disciplined-this-year}", "not: {fact: awarded-this-year, award: nobody}"),
    ],
)
def test_an_award_nobody_gives(old, new):
    text = replace(SET, old, new)
    assert found(text) == [("RL306", line_of(text, "nobody"))]


def test_a_set_without_awards():
    assert found(SET[: SET.index("awards:")]) == [("RL322", 1)]


def test_an_award_without_conditions():
    text = replace(SET, 'kind: eligibility\n        title: {vi: "Hoàn thành', 'kind: statement\n        title: {vi: "Hoàn thành')
    text = replace(text, "        requires: {fact: rating, at_least: completed-well}\n", "")
    assert found(text) == [("RL324", line_of(text, "  worker:"))]


@pytest.mark.parametrize(
    "clause",
    [
        "again: {kind: quota, title: {vi: a, en: b}, places: 3, pooling: all}",
        "again: {kind: money, title: {vi: a, en: b}, multiple: 2}",
    ],
)
def test_a_kind_of_which_only_one_can_hold(clause):
    text = f"{SET}      {clause}\n"
    assert found(text) == [("RL320", line_of(text, "      again:"))]


def test_two_floors_can_hold_together():
    assert found(SET + "      again: {kind: direct-worker-floor, title: {vi: a, en: b}, share: 0.1, pooling: all}\n") == []


@pytest.mark.parametrize(
    ("clause", "codes"),
    [
        ("more: {kind: weights, title: {vi: a, en: b}, results: 1, initiative: 0, scope: 0, conduct: 0}", ["RL320"]),
        ("more: {kind: appraisal, title: {vi: a, en: b}, authority: unit, appraisers: 2, audit_share: 0}", ["RL320"]),
        ("more: {kind: appraisal, title: {vi: a, en: b}, authority: province, appraisers: 2, audit_share: 0}", []),
        ("more: {kind: rating-cap, title: {vi: a, en: b}, rating: excellent, share: 0.2, of: good}", []),
    ],
)
def test_procedure_has_one_clause_for_each_question(clause, codes):
    assert [code for code, _line in found(replace(SET, "procedure:\n", f"procedure:\n  {clause}\n"))] == codes


@pytest.mark.parametrize(("restated", "expected"), [("worker.rating", []), ("worker.nothing", ["RL391"]), ("principles.again", ["RL391"])])
def test_what_a_clause_restates_is_another_clause_of_the_set(restated, expected):
    clause = f"  again:\n    kind: statement\n    title: {{vi: a, en: b}}\n    restates:\n      - {restated}\n"
    text = replace(SET, "principles:\n", f"principles:\n{clause}")
    assert found(text) == [(code, line_of(text, f"- {restated}")) for code in expected]
