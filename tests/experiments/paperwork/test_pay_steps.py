"""Early pay steps: each person once, against a linear program that grants as many months as can be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from simulator.experiments.paperwork.pay_steps import months_early
from simulator.rules.clauses import PayStep
from simulator.rules.values import Text


def step(share, months):
    text = Text(vi="Ví dụ", en="An example")
    return PayStep(kind="pay-step", title=text, assumption=text, share=share, months=months)


def most_months(holders, steps, staff):
    """Grant steps to people (in parts, too) so that the months are as many as they can be."""
    awards, groups = list(steps), list(holders)
    pairs = [(award, group) for award in awards for group in groups if award in group]
    if not pairs:
        return 0.0
    of_award = [[pair[0] == award for pair in pairs] for award in awards]
    of_group = [[pair[1] == group for pair in pairs] for group in groups]
    most = [*(steps[award].share * staff for award in awards), *(holders[group] for group in groups)]
    return -linprog([-steps[award].months for award, _ in pairs], A_ub=np.array([*of_award, *of_group], dtype=float), b_ub=most).fun


def test_one_award_leads_to_as_many_steps_as_winners_up_to_its_share():
    assert months_early({frozenset({"a"}): 7}, {"a": step(0.1, 12)}, 100) == 7 * 12
    assert months_early({frozenset({"a"}): 70}, {"a": step(0.1, 12)}, 100) == 10 * 12
    assert months_early({}, {"a": step(0.1, 12)}, 100) == 0
    assert months_early({frozenset({"a"}): 70}, {}, 100) == 0


def test_who_won_two_awards_rises_once_by_the_longer_step():
    steps = {"short": step(0.5, 6), "long": step(0.5, 12)}
    assert months_early({frozenset({"short", "long"}): 7}, steps, 100) == 7 * 12
    assert months_early({frozenset({"short", "long"}): 7, frozenset({"short"}): 3}, steps, 100) == 7 * 12 + 3 * 6


def test_who_finds_no_room_for_the_longer_step_may_have_the_shorter():
    steps = {"short": step(0.1, 6), "long": step(0.05, 12)}
    assert months_early({frozenset({"short", "long"}): 20}, steps, 100) == 5 * 12 + 10 * 6
    # Room for the longer step goes to those who have no other award first.
    assert months_early({frozenset({"long"}): 5, frozenset({"short", "long"}): 5}, steps, 100) == 5 * 12 + 5 * 6


@pytest.mark.parametrize("seed", range(30))
def test_as_many_months_are_granted_as_can_be(seed):
    luck = np.random.default_rng(seed)
    names = [f"award-{number}" for number in range(luck.integers(1, 5))]
    steps = {name: step(float(luck.integers(1, 10)) / 20, int(luck.integers(1, 13))) for name in names}
    holders = {
        frozenset(name for place, name in enumerate(names) if code >> place & 1): int(luck.integers(0, 30)) for code in range(1, 2 ** len(names))
    }
    assert months_early(holders, steps, 60) == pytest.approx(most_months(holders, steps, 60))
