from __future__ import annotations

import numpy as np
import pytest

from simulator.rules.loading import criteria_from_text
from simulator.scoring import what_if
from simulator.scoring.columns import columns_of
from simulator.scoring.decision import decision_of
from simulator.scoring.levers import choices_of
from simulator.scoring.scorer import score
from simulator.scoring.what_if import WhatIf
from tests.scoring.rosters import make_roster
from tests.scoring.test_explanation import AWARD, GROUND, HEAD, TABLE, award_roster

CAPPED = AWARD.replace(
    "      places:",
    '      leaders: {kind: leader-cap, title: {vi: "Mức trần", en: "Cap"}, assumption: {vi: "a", en: "b"}, share: 0.5, pooling: all}\n      places:',
)


def case(criteria, roster, position, award):
    choices = tuple(choices_of(criteria, columns_of(criteria, roster.year, award), roster, position, award))
    return WhatIf(criteria, roster, position, award, choices, score(criteria, roster, award))


def moved(asked, found):
    return {asked.choices[at].column.id: asked.choices[at].values[move - 1] for at, move in found.moves}


@pytest.mark.parametrize("outputs", [["90", "80", "70", "60"], ["60", "60", "60", "60"], ["99", "98", "97", "50"]])
def test_the_bar_for_a_place_is_found_whatever_the_others_have(outputs):
    asked = case(criteria_from_text(AWARD), award_roster(outputs), 3, "prize")
    found = asked.smallest()
    needed = moved(asked, found)["output"]
    second = sorted(map(int, outputs[:3]), reverse=True)[1]
    assert needed == (second if int(outputs[3]) < second else second + 1)


def test_a_cap_on_leaders_leaves_a_leader_only_the_place_of_another_leader():
    roster = award_roster(["90", "80", "70"])
    roster = make_roster(
        3,
        ids=list(roster.people.ids),
        numbers={"output": ["90", "80", "70"], "service_months": ["24"] * 3, "leave_days": ["0"] * 3},
        words={"rating:2025": ["excellent"] * 3, "role": ["head", "direct", "head"]},
    )
    asked = case(criteria_from_text(CAPPED), roster, 2, "prize")
    found = asked.smallest()
    assert moved(asked, found) == {"output": 90}
    assert str(asked.decision_after(found).considered) == "council decides"


def test_copies_are_asked_in_parts_with_the_same_answer(monkeypatch):
    criteria = criteria_from_text(TABLE.replace("points: every-criterion, at_least_share: 0.5", "points: output, at_least_share_of_mean: 1.1"))
    numbers = {"output": ["8", "8"], "quality": ["8"] * 2, "order.late": ["0"] * 2, "ideas": ["2"] * 2}
    asked = case(criteria, make_roster(2, numbers=numbers, units=["A", "A"]), 0, None)
    whole = asked.smallest()
    monkeypatch.setattr(what_if, "_MOST_ROWS", 1)
    assert case(criteria, asked.roster, 0, None).smallest() == whole


def test_the_others_are_only_needed_where_a_rule_asks_for_their_mean():
    assert len(case(criteria_from_text(AWARD), award_roster(["90", "80"]), 0, "prize")._group) == 0


def test_a_veto_nobody_can_lift_leaves_nothing():
    text = TABLE + '\nvetoes:\n  pending: {title: {vi: "a", en: "b"}, assumption: {vi: "a", en: "b"}, when: {fact: case-pending}}\n'
    numbers = {"output": ["8"], "quality": ["8"], "order.late": ["0"], "ideas": ["0"]}
    roster = make_roster(1, numbers=numbers, answers={"case_pending": [True]})
    assert case(criteria_from_text(text), roster, 0, None).smallest() is None


def test_a_set_without_points_is_a_matter_of_being_eligible():
    text = HEAD + AWARD[AWARD.index("awards:") :].replace(AWARD[AWARD.index("      enough:") : AWARD.index("      rating:")], "")
    roster = make_roster(
        2, numbers={"service_months": ["24"] * 2, "leave_days": ["0"] * 2}, words={"rating:2025": ["completed", "excellent"]}, initiatives=[[], []]
    )
    asked = case(criteria_from_text(text), roster, 0, "prize")
    assert moved(asked, asked.smallest()) == {"rating:2025": "excellent"}
    assert decision_of(score(asked.criteria, roster, "prize"), 1, "prize").considered == "yes"
    assert np.isscalar(asked.now.is_eligible)


def test_equals_need_not_be_parted_to_ask_what_a_change_would_do():
    """A list for an award without places needs no column of a tie-break, and explaining it must not ask for one."""
    award = "  {name}: {{title: {{vi: A, en: A}}, target: individual, kind: merit, level: 1, authority: unit, clauses: {{{clauses}}}}}\n"
    rating = f"one: {{kind: eligibility, {GROUND}, requires: {{fact: rating, at_least: excellent}}}}"
    quota = f"two: {{kind: quota, {GROUND}, places: 1, of: staff, pooling: all, rounding: floor}}"
    tie_break = f"procedure:\n  women: {{kind: tie-break, {GROUND}, prefer: [{{who: {{fact: is-woman}}}}]}}\n"
    awards = award.format(name="few", clauses=f"{rating}, {quota}") + award.format(name="all", clauses=rating)
    criteria = criteria_from_text(f"{HEAD}\n{tie_break}awards:\n{awards}")
    asked = case(criteria, make_roster(1, words={"rating:2025": ["completed"]}), 0, "all")
    assert moved(asked, asked.smallest()) == {"rating:2025": "excellent"}
