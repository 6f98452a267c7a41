from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.rules.assembly import read_criteria
from simulator.rules.values import LANGUAGES
from simulator.widgets.training.marking import CASES, CRITERIA, DOSSIERS, Answers, cases_of, total_of, weights_of
from simulator.workspace import find_workspace


@pytest.mark.parametrize("seed", [0, 1, 7, 2**31 - 1])
def test_post_and_award_are_drawn_apart_half_each(seed):
    cases = cases_of(seed)
    assert sorted(case.id for case in cases) == sorted(CASES)
    assert sum(case.is_leader for case in cases) == sum(case.was_awarded for case in cases) == 5
    assert sum(case.is_leader and case.was_awarded for case in cases) in {2, 3}


def test_the_same_seed_draws_the_same_and_another_another():
    assert cases_of(3) == cases_of(3)
    assert len({cases_of(seed) for seed in range(20)}) > 15


def test_over_many_seeds_each_case_leads_half_of_the_time():
    leads = [case.is_leader for seed in range(200) for case in cases_of(seed) if case.id == "t1"]
    assert 0.38 < sum(leads) / len(leads) < 0.62


def test_merit_falls_from_the_first_to_the_last():
    merit = {case.id: case.merit for case in cases_of(5)}
    assert [merit[case] for case in CASES] == pytest.approx([1 - place / 9 for place in range(10)])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_case_tells_post_work_and_last_year(lang):
    told = {case.words(lang) for seed in range(4) for case in cases_of(seed)}
    assert len(told) > 15
    assert all(text.count(".") >= 3 for text in told)


def test_totals_are_exact_and_weigh_as_the_set_does():
    weights = weights_of(read_criteria("law-2022", find_workspace()))
    assert sum(weights.values()) == 1
    assert total_of(dict.fromkeys(CRITERIA, 10), weights) == 100
    assert total_of({"results": 7, "initiative": 0, "scope": 0, "conduct": 3}, weights) == Fraction(38)


def test_answers_are_complete_when_everything_is_marked():
    answers = Answers(1)
    for dossier in DOSSIERS:
        answers = answers.with_marks(dossier, dict.fromkeys(CRITERIA, 5))
    assert not answers.is_complete
    for case in CASES:
        answers = answers.with_rating(case, 5)
    assert answers.is_complete
    assert not answers.with_mark("h3", "scope", None).is_complete
    assert not answers.with_rating("t2", None).is_complete


def test_what_is_left_is_known_mark_by_mark():
    answers = Answers(1).with_mark("h2", "scope", 0).with_mark("h2", "scope", 4).with_rating("t3", 0)
    assert answers.marks == {"h2": {"scope": 4}}
    assert answers.lacking("h2") == ("results", "initiative", "conduct")
    assert answers.files_left == DOSSIERS
    assert answers.cases_left == tuple(case.id for case in cases_of(1) if case.id != "t3")
    assert answers.with_mark("h2", "scope", None).marks == {}
