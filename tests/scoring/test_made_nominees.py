"""What a condition asks is in the file of a made-up nominee, or is not: judged by the scorer itself."""

from __future__ import annotations

import datetime

import pytest
from pydantic import TypeAdapter

from simulator.rules.conditions import Condition
from simulator.rules.loading import criteria_from_text
from simulator.scoring.made_nominees import MadeNominee
from simulator.scoring.scorer import score
from tests.scoring.test_explanation import GROUND, HEAD

INDIVIDUAL = [
    "{fact: rating, at_least: excellent}",
    "{fact: rating-run, rating: completed-well, at_least: 3}",
    "{fact: rating-count, rating: excellent, within_years: 5, at_least: 3}",
    "{fact: award-run, award: lower, at_least: 3}",
    "{fact: award-count, award: lower, within_years: 5, at_least: 2}",
    "{fact: years-since-award, award: lower, at_least: 4}",
    "{fact: unused-initiatives, at_least: 2, scope: province, consumed: true}",
    "{not: {fact: disciplined-this-year}}",
    "{fact: years-since-discipline, at_least: 2}",
    "{not: {fact: case-pending}}",
    "{fact: service-months, at_least: 10}",
    "{fact: leave-days, below: 40}",
    "{fact: old-unit-agrees}",
    "{fact: years-in-post, at_least: 5}",
    "{fact: role, one_of: [deputy, head]}",
    "{fact: sector, one_of: [enterprise]}",
    "{fact: is-woman}",
    "{all: [{fact: is-woman}, {fact: service-months, at_least: 3}]}",
    "{any: [{fact: is-woman}, {fact: service-months, at_least: 3}]}",
    "{all: [{fact: award-count, award: lower, within_years: 31, at_least: 1}, {fact: years-since-award, award: lower, at_least: 5}]}",
]
COLLECTIVE = [
    "{fact: members-awarded, award: lower, at_least: 2}",
    "{fact: members-awarded, award: lower, at_least: 1, at_least_share: 0.7}",
    "{fact: members-rated, rating: completed, more_than_share: 0.5}",
    "{fact: women-share, at_least_share: 0.7}",
    "{not: {fact: members-disciplined, at_least: 1}}",
    "{fact: leads-cluster}",
    "{fact: years-established, at_least: 1}",
]


def award_asking(condition, target):
    ground = f"kind: eligibility, {GROUND}"
    head = f'title: {{vi: "A", en: "A"}}, target: {target}, kind: merit, authority: unit'
    return criteria_from_text(
        f"{HEAD}\nawards:\n"
        f"  lower: {{{head}, level: 1, clauses: {{any: {{{ground}, requires: {{any: [{{fact: rating, at_least: failed}}]}}}}}}}}\n"
        f"  prize: {{{head}, level: 2, clauses: {{one: {{{ground}, requires: {condition}}}}}}}\n"
    )


def is_eligible(nominee):
    return bool(score(nominee.criteria, nominee.to_roster(), nominee.award).result(nominee.award).eligible[0])


@pytest.mark.parametrize(
    ("target", "condition"), [*(("individual", condition) for condition in INDIVIDUAL), *(("collective", condition) for condition in COLLECTIVE)]
)
def test_a_condition_is_made_to_hold_and_to_fail(target, condition):
    criteria = award_asking(condition, target)
    requires = criteria.awards["prize"].clauses["one"].requires
    nominee = MadeNominee(criteria, datetime.date(2026, 11, 22), "prize")
    for _ in range(2):
        nominee.make(requires, holds=True)
    assert is_eligible(nominee)
    nominee.make(requires, holds=False)
    assert not is_eligible(nominee)


def test_another_part_can_be_taken_and_the_copy_is_its_own():
    condition = TypeAdapter(Condition).validate_python({"any": [{"fact": "is-woman"}, {"fact": "service-months", "at_least": 3}]})
    nominee = MadeNominee(award_asking("{fact: is-woman}", "individual"), datetime.date(2026, 11, 22), "prize")
    other = nominee.copy()
    other.make(condition, holds=True, turn=1)
    assert (nominee.answers, other.answers) == ({}, {"service_months": 3})
