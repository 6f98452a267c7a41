"""The risk ratio of leaders is 1 at parity, exactly so under merit; undefined where posts alone decide."""

from __future__ import annotations

import math

import pytest

from simulator.indicators.leader_risk import LeaderRisk
from simulator.indicators.panel import Panel
from tests.indicators.lists import (
    MIXED_SIZES,
    by_lot,
    by_merit,
    by_one_of,
    by_post,
    by_recent_turn,
    in_strata,
    read_slowly,
    shuffled,
    untidy_list,
    write_list,
)


def risk_ratio(history):
    return LeaderRisk(Panel(history)).values()["leader_risk_ratio"]


def slow_risk_ratio(history):
    """Σ a₁n₀/n / Σ a₀n₁/n, stratum by stratum."""
    above, below = [], []
    for equals in in_strata(read_slowly(history), lambda c: (c.margin, c.size_band)).values():
        leaders = [c.won for c in equals if c.is_leader]
        others = [c.won for c in equals if not c.is_leader]
        above.append(sum(leaders) * len(others) / len(equals))
        below.append(sum(others) * len(leaders) / len(equals))
    return math.fsum(above) / math.fsum(below)


@pytest.mark.parametrize("history", [*(untidy_list(seed) for seed in range(6)), untidy_list(7, with_ties=True)])
def test_it_agrees_with_a_double_loop(history):
    assert risk_ratio(history) == pytest.approx(slow_risk_ratio(history), abs=1e-12)
    assert risk_ratio(shuffled(history)) == pytest.approx(risk_ratio(history), abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_perfect_merit_is_exactly_parity_in_units_of_every_size(seed):
    assert risk_ratio(write_list(MIXED_SIZES, 6, by_merit, seed=seed)) == 1


def test_leaders_who_are_truly_better_are_not_taken_for_bias():
    def merit_of(member, year):
        return math.sin(member * 7.1 + year) + (1.5 if member % 20 < 3 else 0)  # the first three of twenty lead

    assert risk_ratio(write_list([20] * 10, 6, by_merit, merit=merit_of)) == 1


@pytest.mark.parametrize("choose", [by_lot, by_recent_turn])
def test_lottery_and_turns_are_parity(choose):
    """About 300 awards of leaders, so three standard errors of the logarithm are below .2."""
    assert risk_ratio(write_list([20] * 70, 12, choose)) == pytest.approx(1, abs=0.2)


def test_more_by_post_reads_higher():
    found = [risk_ratio(write_list([20] * 40, 8, by_one_of(merit=1 - share, post=share))) for share in (0.0, 0.2, 0.4)]
    assert found == sorted(found)
    assert found[0] == 1 < found[1]


@pytest.mark.parametrize("n_leaders", [0, 3, 20])
def test_posts_alone_no_leaders_or_only_leaders_leave_it_undefined(n_leaders):
    assert math.isnan(risk_ratio(write_list([20] * 5, 4, by_post, n_places=lambda _size: 3, n_leaders=lambda _size: n_leaders)))
