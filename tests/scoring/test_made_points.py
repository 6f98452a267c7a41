"""Answers made for a criterion give all its points, or none, when the table is scored."""

from __future__ import annotations

import datetime

import pytest

from simulator.rules.loading import criteria_from_text
from simulator.scoring.made_nominees import MadeNominee
from simulator.scoring.made_points import answers_beside, answers_of, mark_of
from simulator.scoring.scorer import score
from tests.scoring.test_explanation import GROUND, HEAD

KINDS = {
    "proportional": "kind: proportional, points: 10, target: 40",
    "own": "kind: proportional, points: 10, target: own",
    "steps": "kind: steps, points: 10, bands: [{at_least: 8, points: 10}, {at_least: 5, below: 8, points: 4}]",
    "at-most": "kind: threshold, points: 10, at_most: 3",
    "at-least": "kind: threshold, points: 10, at_least: 3.5",
    "answer": "kind: threshold, points: 10",
    "when": "kind: threshold, points: 10, when: {fact: rating, at_least: excellent}",
    "count": "kind: count, points: 10, each: 4",
    "deduct": 'kind: deduct, points: 10, events: {late: {title: {vi: "Chậm", en: "Late"}, minus: 3}, lost: {title: {vi: "Mất", en: "Lost"}, minus: 4}}',
    "event": "kind: event, points: 10, each: 5",
    "highest": 'kind: highest, points: 10, levels: {low: {title: {vi: "T", en: "L"}, points: 4}, top: {title: {vi: "C", en: "H"}, points: 10}}',
    "achievements": 'kind: achievements, points: 10, levels: {low: {title: {vi: "T", en: "L"}, points: 3}}',
    "mark": "kind: mark, points: 10, by: [self, standing-body], counts: last",
}


def points_of(kind, *, is_best, section="section"):
    text = f"{HEAD}\npoints:\n  part: {{kind: {section}, points: 10, {GROUND}, parts: {{one: {{{kind}, {GROUND}}}}}}}\n"
    nominee = MadeNominee(criteria_from_text(text), datetime.date(2026, 11, 22), None)
    nominee.fill(is_best=is_best)
    scores = score(nominee.criteria, nominee.to_roster())
    return next(reason.points for reason in scores.reasons(0) if reason.clause == "points.part")


@pytest.mark.parametrize("kind", KINDS)
def test_a_criterion_gives_all_its_points_or_none(kind):
    assert points_of(KINDS[kind], is_best=True) == 10
    assert points_of(KINDS[kind], is_best=False) == 0


def test_the_best_of_a_penalty_is_that_nothing_is_taken_off():
    assert points_of(KINDS["event"], is_best=True, section="penalty") == 0
    assert points_of(KINDS["event"], is_best=False, section="penalty") == 10


def test_no_number_is_larger_than_it_need_be():
    text = f"{HEAD}\npoints:\n  one: {{{KINDS['steps']}, {GROUND}}}\n"
    (part,) = criteria_from_text(text).points.values()
    assert answers_of(part, "one", is_best=True).columns == {"one": 8}
    assert answers_of(part, "one", is_best=False).columns == {"one": 0}


@pytest.mark.parametrize(("kind", "columns"), [("steps", {"one": 7}), ("count", {"one": 2}), ("deduct", {"one.late": 1, "one.lost": 0})])
def test_beside_the_most_points_lies_the_next_number_or_one_deduction(kind, columns):
    (part,) = criteria_from_text(f"{HEAD}\npoints:\n  one: {{{KINDS[kind]}, {GROUND}}}\n").points.values()
    assert answers_beside(part, "one").columns == columns


@pytest.mark.parametrize("kind", ["proportional", "mark", "when", "highest", "achievements"])
def test_where_any_number_lies_beside_none_is_chosen(kind):
    (part,) = criteria_from_text(f"{HEAD}\npoints:\n  one: {{{KINDS[kind]}, {GROUND}}}\n").points.values()
    assert answers_beside(part, "one") is None


def test_everybody_who_marks_gives_the_points_wanted():
    (part,) = criteria_from_text(f"{HEAD}\npoints:\n  one: {{{KINDS['mark']}, {GROUND}}}\n").points.values()
    assert mark_of(part, "one", 7).columns == {"one@self": 7, "one@standing-body": 7}
