"""Explained and unexplained make up the gap exactly; nothing is unexplained under merit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.indicators.measurement import measure
from simulator.indicators.panel import Panel
from simulator.indicators.unexplained_gap import UnexplainedGap, decompose
from tests.indicators.lists import MIXED_SIZES, by_lot, by_merit, by_post, by_recent_turn, in_strata, read_slowly, shuffled, untidy_list, write_list


def unexplained(history):
    return UnexplainedGap(Panel(history)).values()["unexplained_gap"]


def slow_parts(history):
    """Explain by Kitagawa's sums, class by class; and give the gap from the plain rates."""
    candidates = read_slowly(history)
    leaders = [c for c in candidates if c.is_leader]
    others = [c for c in candidates if not c.is_leader]
    explained = unexplained_part = 0.0
    for equals in in_strata(candidates, lambda c: (c.margin, c.size_band)).values():
        g, s = [c.won for c in equals if c.is_leader], [c.won for c in equals if not c.is_leader]
        rate_g = sum(g or s) / len(g or s)
        rate_s = sum(s or g) / len(s or g)
        share_g, share_s = len(g) / len(leaders), len(s) / len(others)
        explained += (share_g - share_s) * (rate_g + rate_s) / 2
        unexplained_part += (rate_g - rate_s) * (share_g + share_s) / 2
    return explained, unexplained_part, sum(c.won for c in leaders) / len(leaders) - sum(c.won for c in others) / len(others)


@pytest.mark.parametrize("history", [*(untidy_list(seed) for seed in range(6)), untidy_list(7, with_ties=True)])
def test_it_agrees_with_kitagawa_by_hand(history):
    family = UnexplainedGap(Panel(history))
    beside = family.beside()["unexplained_gap"]
    assert (beside["explained"], unexplained(history), beside["gap"]) == pytest.approx(slow_parts(history), abs=1e-12)
    assert unexplained(shuffled(history)) == pytest.approx(unexplained(history), abs=1e-12)


@st.composite
def classes(draw):
    members = draw(arrays(np.int64, (2, 6), elements=st.integers(0, 9)))
    awarded = [[draw(st.integers(0, int(n))) for n in row] for row in members]
    return [row[None, :].astype(float) for row in (*members, *np.array(awarded))]


@given(classes())
def test_the_parts_make_up_the_gap_exactly(counts):
    n_leaders, n_others, leaders, others = counts
    explained, unexplained_part = decompose(*counts)
    if not n_leaders.any() or not n_others.any():
        assert np.isnan(explained + unexplained_part)
    else:
        gap = leaders.sum() / n_leaders.sum() - others.sum() / n_others.sum()
        assert (explained + unexplained_part)[0] == pytest.approx(gap, abs=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_under_perfect_merit_all_of_the_gap_is_explained(seed):
    assert unexplained(write_list(MIXED_SIZES, 6, by_merit, seed=seed)) == 0


def test_posts_alone_leave_the_places_of_each_leader_unexplained():
    """Two places for four leaders of twenty: k / n_G."""
    history = write_list([20] * 60, 10, by_post, n_places=lambda _size: 2, n_leaders=lambda _size: 4)
    assert unexplained(history) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("choose", [by_lot, by_recent_turn])
def test_lottery_and_turns_leave_nothing_unexplained(choose):
    assert unexplained(write_list([20] * 70, 12, choose)) == pytest.approx(0, abs=0.03)


def test_the_explained_part_stands_beside_the_value():
    row = measure(write_list([20] * 6, 4, by_lot), n_draws=0).to_dict()["indicators"]["unexplained_gap"]
    assert row["value"] + row["explained"] == pytest.approx(row["gap"])


@pytest.mark.parametrize("n_leaders", [0, 20])
def test_without_leaders_or_without_others_it_is_undefined(n_leaders):
    assert math.isnan(unexplained(write_list([20] * 5, 4, by_lot, n_leaders=lambda _size: n_leaders)))
