from __future__ import annotations

import pytest

from simulator.rules.checks.ladder import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import SET, line_of, replace, stack_texts

WORKER_NEEDS = "requires: {fact: rating, at_least: completed-well}"
CHAMPION = """\
  champion:
    title: {vi: "Cấp tỉnh", en: "Champion"}
    target: individual
    kind: merit
    level: 3
    authority: province
    clauses:
      run:
        kind: eligibility
        title: {vi: "Liên tục", en: "Run"}
        requires: {fact: award-run, award: fighter, at_least: 3}
"""


def found(text):
    return [(finding.code, finding.line) for finding in check(Subject(stack_texts(text)))]


def test_a_ladder_that_can_be_climbed():
    assert found(SET + CHAMPION) == []


def test_two_awards_that_wait_for_each_other_are_one_finding():
    text = replace(SET, WORKER_NEEDS, "requires: {fact: award-count, award: fighter, within_years: 3, at_least: 1}")
    (finding,) = check(Subject(stack_texts(text)))
    assert (finding.code, finding.line, finding.fields["circle"]) == ("RL308", line_of(text, "award-count"), "worker → fighter → worker")


def test_an_award_that_waits_for_itself():
    text = replace(SET, WORKER_NEEDS, "requires: {fact: award-run, award: worker, at_least: 2}")
    (finding,) = check(Subject(stack_texts(text)))
    assert (finding.code, finding.fields["circle"]) == ("RL308", "worker → worker")


@pytest.mark.parametrize(
    "condition",
    [
        "{any: [{fact: awarded-this-year, award: fighter}, {fact: rating, at_least: excellent}]}",
        "{not: {fact: awarded-this-year, award: fighter}}",
        "{fact: years-since-award, award: worker, at_least: 3}",
    ],
)
def test_a_way_around_is_no_circle(condition):
    assert found(replace(SET, WORKER_NEEDS, f"requires: {condition}")) == []


def test_a_longer_circle_is_told_once():
    text = replace(SET + CHAMPION, WORKER_NEEDS, "requires: {fact: award-run, award: champion, at_least: 1}")
    (finding,) = check(Subject(stack_texts(text)))
    assert finding.fields["circle"] == "worker → champion → fighter → worker"


def test_a_cooling_off_that_forbids_the_run():
    rest = '      rest: {kind: cooling-off, title: {vi: "Nghỉ", en: "Rest"}, years: 1}\n'
    text = SET + rest + CHAMPION
    (finding,) = check(Subject(stack_texts(text)))
    assert (finding.code, finding.line, finding.fields["cooling"]) == ("RL309", line_of(text, "award-run"), "fighter.rest")
    assert found(text.replace("years: 1}", "years: 0}")) == []
    assert found(text.replace("award-run, award: fighter, at_least: 3", "award-count, award: fighter, within_years: 9, at_least: 3")) == []


def test_more_often_than_once_a_year():
    text = SET + CHAMPION.replace("award-run, award: fighter, at_least: 3", "award-count, award: fighter, within_years: 2, at_least: 3")
    assert found(text) == [("RL310", line_of(text, "award-count"))]


def test_a_condition_that_is_not_lower():
    text = SET + CHAMPION.replace("level: 3", "level: 2")
    assert found(text) == [("RL311", line_of(text, "award-run"))]
