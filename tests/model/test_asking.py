"""What units ask a higher authority for: the next step up, or what the score earns."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.model.asking import Asking, ask_for, is_asked_for
from simulator.model.behaviour import Behaviour
from simulator.model.effort import choose_effort
from simulator.model.files import write_files
from tests.cycles import begin_cycle
from tests.worlds import FOCUS, award, clause, criteria, live, quota

MIDDLE = clause("held", "eligibility", f"requires: {{fact: award-count, award: {FOCUS}, at_least: 1, within_years: 5}}")
RULES = criteria(award(FOCUS, quota()), award("middle", MIDDLE, level=3, authority="province"))


class RememberingCouncil:
    """A council of which units know one bar."""

    def __init__(self, bar):
        self.bar_of_last_year = bar

    def last_bar(self, rule):
        return np.array([self.bar_of_last_year])


def begin(escalation, *, is_perfect=False):
    cycle = begin_cycle(Behaviour(escalation=escalation, appraisal_reliability=0.45), RULES, n_units=100, is_perfect=is_perfect)
    return cycle, cycle.regime.awards[1]


def test_for_an_award_of_its_own_a_unit_asks_nobody():
    cycle, _ = begin(0.5)
    assert ask_for(cycle.regime.awards[0], cycle, RememberingCouncil(0.3)) is None


@pytest.mark.parametrize("escalation", [0.0, 1.0])
@pytest.mark.parametrize("bar", [-math.inf, 0.3])
def test_a_perfect_unit_asks_for_everybody(bar, escalation):
    cycle, middle = begin(escalation, is_perfect=True)
    cycle.members.top_level[:] = 3
    files = write_files(cycle, choose_effort(cycle))
    assert is_asked_for(middle, files, cycle, RememberingCouncil(bar)).all()


def test_without_escalation_a_unit_asks_for_what_the_score_earns():
    cycle, middle = begin(0.0)
    files = write_files(cycle, choose_effort(cycle))
    asked = is_asked_for(middle, files, cycle, RememberingCouncil(0.3))
    assert (asked == (files.score >= np.float32(0.3))).all()
    assert is_asked_for(middle, files, cycle, RememberingCouncil(-math.inf)).all()


def test_with_escalation_alone_a_unit_asks_only_for_more_than_a_member_has_had():
    cycle, middle = begin(1.0)
    cycle.members.top_level[:5] = [0, 2, 3, 4, 3]
    files = write_files(cycle, choose_effort(cycle))
    asked = is_asked_for(middle, files, cycle, RememberingCouncil(5.0))
    assert asked[:5].tolist() == [True, True, False, False, False]
    assert asked[5:].all()


def test_a_share_of_members_is_asked_for_step_by_step():
    cycle, middle = begin(0.4)
    asking = ask_for(middle, cycle, RememberingCouncil(0.0))
    assert asking.steps_up.mean() == pytest.approx(0.4, abs=0.05)
    score = np.full(len(asking.steps_up), -1.0, dtype=np.float32)
    assert (asking.is_asked_for(score) == asking.steps_up).all()  # nobody has had anything, and nobody earns it


def test_a_score_is_compared_in_32_bits():
    assert Asking(0.1).is_asked_for(np.array([0.1, 0.0999999], dtype=np.float32)).tolist() == [True, False]


def test_escalation_leaves_those_unasked_who_have_had_as_much():
    """Who has had the middle award is asked for again only where the unit does not insist on a step up."""
    repeats = {}
    for escalation in (0.0, 1.0):
        won = live(RULES, Behaviour(escalation=escalation, merit_stability=1.0)).awards["middle"].reshape(10, -1).sum(axis=0)
        repeats[escalation] = won.max()
    assert repeats == {0.0: 10, 1.0: 1}
