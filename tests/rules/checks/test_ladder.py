from __future__ import annotations

from itertools import product

import pytest

from simulator.rules.checks.ladder import check
from simulator.rules.checks.subject import Subject
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts

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


@pytest.mark.parametrize(
    ("within", "times", "rest", "is_possible"), [(5, 3, 1, True), (5, 4, 1, False), (4, 3, 1, False), (7, 3, 2, True), (6, 3, 2, False)]
)
def test_a_cooling_off_that_leaves_no_room_in_the_window(within, times, rest, is_possible):
    clause = f'      rest: {{kind: cooling-off, title: {{vi: "Nghỉ", en: "Rest"}}, years: {rest}}}\n'
    count = f"award-count, award: fighter, within_years: {within}, at_least: {times}"
    text = SET + clause + CHAMPION.replace("award-run, award: fighter, at_least: 3", count)
    best = max(sum(years) for years in product((0, 1), repeat=within) if not any(sum(years[year : year + rest + 1]) > 1 for year in range(within)))
    assert (best >= times) == is_possible, "checked against every history"
    assert found(text) == ([] if is_possible else [("RL367", line_of(text, "award-count"))])


def test_the_place_is_where_the_later_file_made_it_impossible():
    overlay = OVERLAY.replace("id: stricter", "id: rested").replace("quota:", "rest:").replace("share: 0.3", "kind: cooling-off\n        years: 2")
    overlay = overlay.replace("        kind:", '        title: {vi: "Nghỉ", en: "Rest"}\n        kind:')
    (finding,) = check(Subject(stack_texts(SET + CHAMPION, overlay)))
    assert (finding.code, finding.file, finding.line) == ("RL309", "layer-1.yaml", line_of(overlay, "years: 2"))


def test_more_often_than_once_a_year():
    text = SET + CHAMPION.replace("award-run, award: fighter, at_least: 3", "award-count, award: fighter, within_years: 2, at_least: 3")
    assert found(text) == [("RL310", line_of(text, "award-count"))]


def test_a_condition_that_is_not_lower():
    text = SET + CHAMPION.replace("level: 3", "level: 2")
    assert found(text) == [("RL311", line_of(text, "award-run"))]


def test_places_that_are_a_share_of_those_who_need_the_award_first_are_a_circle():
    """Nobody holds the champion's title without the fighter's, and without champions there is no place for a fighter."""
    text = replace(SET, "of: {holders_of: worker}", "of: {holders_of: champion}") + CHAMPION
    (finding,) = check(Subject(stack_texts(text)))
    assert (finding.code, finding.fields["circle"]) == ("RL308", "fighter → champion → fighter")
    itself = replace(SET, "of: {holders_of: worker}", "of: {holders_of: fighter}")
    (finding,) = check(Subject(stack_texts(itself)))
    assert (finding.code, finding.line, finding.fields["circle"]) == ("RL308", line_of(itself, "holders_of"), "fighter → fighter")


def test_places_that_are_a_share_of_a_higher_title():
    apart = CHAMPION.replace("{fact: award-run, award: fighter, at_least: 3}", "{fact: rating, at_least: excellent}")
    text = replace(SET, "of: {holders_of: worker}", "of: {holders_of: champion}") + apart
    assert found(text) == [("RL311", line_of(text, "holders_of"))]
