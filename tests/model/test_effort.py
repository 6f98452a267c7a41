from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model.behaviour import Behaviour
from simulator.model.effort import choose_effort, density_at_cut, marginal_approval
from tests.cycles import begin_cycle
from tests.worlds import clause, one_award, quota

NORMAL = NormalDist()


def test_the_density_at_the_cut_is_that_of_the_normal_on_a_grid():
    shares = np.arange(1, 4096) / 4096
    expected = [NORMAL.pdf(NORMAL.inv_cdf(1 - share)) for share in shares]
    density = density_at_cut(shares)
    assert density == pytest.approx(expected, abs=2**-20)
    assert (density * 2**20 == np.rint(density * 2**20)).all()


@pytest.mark.parametrize(("share", "read_as"), [(0.0, 1 / 4096), (1.0, 4095 / 4096), (0.15, 614 / 4096)])
def test_shares_are_read_in_steps_and_never_as_all_or_nothing(share, read_as):
    assert density_at_cut(np.array([share])) == density_at_cut(np.array([read_as]))


@settings(max_examples=30)
@given(st.floats(0, 5), st.floats(0, 0.9), st.floats(0.1, 1), st.sampled_from([0.05, 0.15, 0.4]), st.floats(0, 1))
def test_effort_and_claims_follow_equations_4_and_5(stakes, turn, reliability, share, audit):
    behaviour = Behaviour(stakes=stakes, turn_weight=turn, appraisal_reliability=reliability, audit_share=audit)
    effort = choose_effort(begin_cycle(behaviour, one_award(quota(share)), n_units=2))
    f = (1 - turn) * NORMAL.pdf(NORMAL.inv_cdf(1 - round(share * 4096) / 4096)) * math.sqrt(reliability)
    assert effort.gain == pytest.approx(np.full(2, stakes * f / 0.5), abs=1e-5)
    assert effort.claims == pytest.approx(np.full(2, max(0, stakes * f - audit * 0.5 * 0.5) / 0.3), abs=1e-5)
    assert effort.gain.dtype == effort.claims.dtype == np.float32
    assert (effort.claims * np.float32(2**20) == np.rint(effort.claims * np.float32(2**20))).all()


def test_nothing_at_stake_nothing_done():
    effort = choose_effort(begin_cycle(Behaviour(audit_share=0.0)))
    assert not effort.gain.any()
    assert not effort.claims.any()


def test_case_18_no_claims_where_they_do_not_pay():
    """Limiting case 18: a ≥ a* = W·η·f/(det·Π), or pure turns, or a pure lottery."""
    free = begin_cycle(Behaviour(stakes=1.0, appraisal_reliability=0.45))
    enough = float(marginal_approval(free)[0] / (0.5 * 0.5))
    assert 0 < enough < 1
    assert choose_effort(free).claims.all()
    for behaviour in (
        Behaviour(stakes=1.0, appraisal_reliability=0.45, audit_share=enough + 1e-9),
        Behaviour(stakes=1.0, turn_weight=1.0),
        Behaviour(stakes=1.0, lottery_weight=1.0),
    ):
        assert not choose_effort(begin_cycle(behaviour)).claims.any()
    almost = Behaviour(stakes=1.0, appraisal_reliability=0.45, audit_share=enough - 1e-3)
    assert choose_effort(begin_cycle(almost)).claims.all()


def test_each_unit_answers_to_its_own_habits():
    cycle = begin_cycle(Behaviour(stakes=2.0), n_units=3)
    cycle.norms.turn_weight[:] = [0, 0.5, 1]
    cycle.norms.perceived_share[:] = [0.15, 0.15, 0.4]
    gain = choose_effort(cycle).gain
    assert gain[1] == pytest.approx(gain[0] / 2, abs=1e-6)
    assert gain[2] == 0


def test_weights_that_add_up_to_a_little_more_than_one_leave_nothing_for_the_score():
    cycle = begin_cycle(Behaviour(stakes=1.0, turn_weight=0.6, rank_weight=0.3, lottery_weight=0.1))
    weights = (cycle.norms.turn_weight, cycle.norms.rank_weight, cycle.norms.lottery_weight)
    assert (sum(weight.astype(np.float64) for weight in weights) > 1).all()
    assert (marginal_approval(cycle) == 0).all()


def test_morale_moves_effort_and_not_claims():
    cycle = begin_cycle(Behaviour(morale_effect=0.1, effort_base=2.0), n_units=3)
    cycle.norms.morale[:] = [0, 0.5, 1]
    effort = choose_effort(cycle)
    assert effort.gain == pytest.approx([-0.1, 0, 0.1], abs=1e-6)
    assert not effort.claims.any()


def test_a_bonus_and_an_early_pay_step_make_the_award_worth_more():
    behaviour = Behaviour(stakes=1.0, pay_step_worth=2.0)
    money = clause("money", "money", "multiple: 3.0")
    pay = clause("pay", "pay-step", "months: 12, share: 0.05")
    plain, bonus, both = (
        choose_effort(begin_cycle(behaviour, one_award(quota(0.15), *clauses), n_units=1)).gain[0] for clauses in ((), (money,), (money, pay))
    )
    assert bonus == pytest.approx(3 * plain, abs=1e-5)
    assert both == pytest.approx((3 + 2 / 3) * plain, abs=1e-5)
