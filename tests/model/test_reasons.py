"""The reasons to put a member forward, each ranked inside the unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.priorities import ALL_REASONS
from simulator.model.reasons import ReasonsOfYear, ladder_progress, prestige_steps, run_of
from simulator.model.regime import LadderTest
from tests.cycles import begin_cycle

years = st.integers(0, 2**32 - 1)


def rule_with(*steps):
    return replace(begin_cycle().regime.awards[0], ladder=steps)


def bits(*years_ago):
    return np.uint32(sum(1 << n for n in years_ago))


@given(years=years)
def test_a_run_is_counted_up_to_the_last_year(years):
    expected = 0
    while years >> expected & 1:
        expected += 1
    assert run_of(np.array([years], dtype=np.uint32)) == [expected]


def test_a_run_brings_the_next_step_nearer_year_by_year():
    rule = rule_with(LadderTest(3, None, 0.5))
    past = np.array([bits(), bits(2), bits(1), bits(1, 2), bits(1, 2, 3), bits(1, 3)], dtype=np.uint32)
    left = [3, 3, 2, 1, 1, 2]
    assert ladder_progress(rule, past, 0.7) == pytest.approx([0.5 * 0.7**n for n in left])


def test_times_in_a_window_count_the_years_of_the_window_before_this_one():
    rule = rule_with(LadderTest(3, 4, 1.0))
    past = np.array([bits(4, 5), bits(3), bits(1, 3), bits(1, 2, 3)], dtype=np.uint32)
    assert ladder_progress(rule, past, 0.5) == pytest.approx([0.125, 0.25, 0.5, 0.5])


def test_the_most_promising_step_counts_and_no_ladder_is_no_reason():
    rule = rule_with(LadderTest(2, None, 0.2), LadderTest(5, None, 1.0))
    past = np.array([bits(), bits(1), bits(1, 2, 3, 4)], dtype=np.uint32)
    assert ladder_progress(rule, past, 0.7) == pytest.approx([1.0 * 0.7**5, 1.0 * 0.7**4, 0.7], rel=1e-6)
    assert not ladder_progress(rule_with(), past, 0.7).any()


@given(past=years, n_wins=st.integers(1, 9), window=st.one_of(st.none(), st.integers(1, 12)), patience=st.floats(0.05, 1))
def test_progress_is_a_share_and_grows_with_every_win(past, n_wins, window, patience):
    rule = rule_with(LadderTest(n_wins, window, 1.0))
    several = np.array([past, past | 2, 2**32 - 1], dtype=np.uint32)
    progress = ladder_progress(rule, several, patience)
    assert progress.dtype == np.float32
    assert ((progress >= 0) & (progress <= 1)).all()
    assert progress[0] <= progress[1] <= progress[2]


def test_small_differences_of_prestige_are_none():
    assert prestige_steps(np.array([0, 0.05, 0.07, 1.0, 100], dtype=np.float32)).tolist() == [0, 0, 1, 8, 255]


def test_every_reason_is_a_rank_share_of_the_unit():
    cycle = begin_cycle(Behaviour(), size=[4, 1, 6], n_units=3)
    score = cycle.normal("anything", cycle.members.id)
    tie = cycle.streams.tie_break(year=1, ids=cycle.members.id)
    cycle.members.wait[cycle.regime.focus.id][:4] = [0, 3, 3, 7]
    reasons = ReasonsOfYear(score, tie, cycle).of(cycle.regime.focus, ALL_REASONS)
    assert reasons.score[:4].tolist() == [float(np.float32(sum(score[:4] < one)) / np.float32(3)) for one in score[:4]]
    assert reasons.waiting[:4].tolist() == [0, 0.5, 0.5, 1]
    assert reasons.waiting[4] == reasons.score[4] == reasons.post[4] == 0.5
    assert reasons.post[:4][cycle.population.role[:4] == Role.HEAD] == [1]
    assert (reasons.prestige == 0.5).all()
    assert sorted(reasons.lot[:4].tolist()) == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert not reasons.ladder.any()
    part = reasons.of_members(slice(4, 5))
    assert part.lot.tolist() == [0.5]


def test_a_reason_without_weight_is_not_worked_out_and_what_was_worked_out_stays():
    cycle = begin_cycle()
    rule = cycle.regime.focus
    score = cycle.normal("anything", cycle.members.id)
    year = ReasonsOfYear(score, cycle.streams.tie_break(year=1, ids=cycle.members.id), cycle)
    only_turn = np.array([False, True, False, False, False, False])
    cycle.members.wait[rule.id][0] = 5
    before = year.of(rule, only_turn)
    assert not before.score.any()
    assert before.waiting[0] == 1
    cycle.members.wait[rule.id][:] = 0  # the year goes on, and the winners' waits with it
    again = year.through(-score).of(rule, ALL_REASONS)
    assert (again.waiting == before.waiting).all()
    assert again.score == pytest.approx(1 - year.of(rule, ALL_REASONS).score, abs=1e-6)
