"""Worked examples show what they say they show, for every set and table that is shipped."""

from __future__ import annotations

import datetime

import pytest

from simulator.errors import InputError
from simulator.rules.assembly import read_criteria
from simulator.rules.clauses import Eligibility
from simulator.rules.loading import criteria_from_text
from simulator.scoring.worked_examples import day_of, examples_of_award, examples_of_table
from simulator.workspace import find_workspace
from tests.scoring.test_explanation import TABLE


@pytest.fixture(scope="module")
def place(pytestconfig):
    return find_workspace(explicit=pytestconfig.rootpath)


@pytest.mark.parametrize("name", ["decree-91", "law-2026-draft", "decree-335-2025", "molisa-2019", "thua-thien-hue-2018"])
def test_every_award_has_somebody_who_may_have_it_and_each_example_misses_what_it_names(name, place):
    criteria = read_criteria(name, place)
    for award, entry in criteria.awards.items():
        first, *others = examples_of_award(criteria, award, day_of(criteria))
        assert first.shows == "eligible"
        assert first.explanation.decision.is_eligible
        assert first.explanation.first_failed is None or not first.explanation.first_failed.startswith(award)
        asked = [f"{award}.{clause_id}" for clause_id, clause in entry.clauses.items() if isinstance(clause, Eligibility)]
        for example in others:
            assert (example.shows, example.explanation.first_failed) == ("fails", example.clause)
            assert not example.explanation.decision.is_eligible
            assert example.clause in asked


@pytest.mark.parametrize("name", ["decree-335-2025", "nghe-an-2025", "school-leader-2026", "hcmc-districts", "thua-thien-hue-2018"])
def test_a_table_is_shown_from_its_most_points_to_nothing(name, place):
    criteria = read_criteria(name, place)
    best, *others = examples_of_table(criteria, day_of(criteria))
    assert best.shows == "best"
    points = [example.explanation.decision.points for example in others]
    assert all(each <= best.explanation.decision.points for each in points)
    assert [example.shows for example in others].count("nothing") == bool(criteria.classes)
    if criteria.classes:
        assert others[-1].shows == "nothing"
        assert points[-1] == min(points)
    for example in others:
        if example.shows == "veto":
            assert next(reason for reason in example.explanation.clauses if reason.clause == example.clause).is_met is False
        if example.shows == "near-miss":
            assert example.explanation.decision.class_ != best.explanation.decision.class_


def test_below_the_best_class_the_way_back_is_told():
    examples = examples_of_table(criteria_from_text(TABLE), datetime.date(2026, 11, 22))
    assert [example.shows for example in examples] == ["best", "misses", "beside", "once", "beside", "near-miss", "nothing"]
    missed = next(example for example in examples if example.clause == "points.output")
    assert missed.explanation.decision.class_ == "rest"
    assert [change.column.id for change in missed.explanation.smallest_change] == ["output"]


def test_what_no_list_can_be_scored_by_is_refused_with_its_reason(place):
    criteria = read_criteria("direct-floor-seventy-pooled", place)
    with pytest.raises(InputError, match="SR403"):
        examples_of_award(criteria, "chien-si-thi-dua-co-so", day_of(criteria))


@pytest.mark.parametrize(("start", "until", "day"), [("2020-01-01", "2023-12-31", "2023-12-31"), ("2020-01-01", None, "2026-11-22")])
def test_the_day_lies_inside_the_validity_and_asks_no_clock(start, until, day):
    valid = f"{{from: {start}}}" if until is None else f"{{from: {start}, until: {until}}}"
    assert day_of(criteria_from_text(TABLE.replace("{from: 2020-01-01}", valid))).isoformat() == day


def test_who_is_asked_for_points_has_just_enough_and_who_fails_one_too_few(place):
    criteria = read_criteria("molisa-2019", place)
    first, *others = examples_of_award(criteria, "chien-si-thi-dua-co-so", day_of(criteria))
    assert first.explanation.decision.points == 91
    (short,) = [example for example in others if example.clause.endswith(".points")]
    assert short.explanation.decision.points == 90
    assert not short.explanation.decision.is_eligible


def test_a_table_shows_each_kind_of_criterion_once_and_a_deduction_as_one(place):
    criteria = read_criteria("molisa-2019", place)
    examples = examples_of_table(criteria, day_of(criteria))
    assert [(example.shows, example.explanation.decision.points) for example in examples] == [("best", 100), ("misses", 40), ("once", 98)]


def test_just_below_the_best_class_is_told_by_one_mark_where_one_is_enough(place):
    criteria = read_criteria("nghe-an-2025", place)
    (near,) = [example for example in examples_of_table(criteria, day_of(criteria)) if example.shows == "near-miss"]
    assert near.explanation.decision.points >= 90
