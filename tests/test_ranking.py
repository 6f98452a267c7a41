"""The one sort of the house agrees with sorting tuples by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.ranking import (
    N_SCORE_BITS,
    SCORE_STEP,
    Groups,
    rank_share,
    rank_those,
    rank_within_groups,
    stable_order,
    tied_rank_share,
    to_priority_grid,
    to_score_grid,
)

LAST_GRID_STEP = 2**N_SCORE_BITS - 1
SIZES = st.lists(st.integers(0, 7), min_size=1, max_size=8)


@st.composite
def lines(draw):
    """Groups of members with few different scores and ties, so that equals abound; and a part of the members."""
    sizes = draw(SIZES)
    n = sum(sizes)
    scores = draw(st.lists(st.sampled_from([0, 1, 2, 1000, LAST_GRID_STEP]), min_size=n, max_size=n))
    ties = draw(st.lists(st.sampled_from([0, 1, 2**53, 2**54, 2**64 - 1]), min_size=n, max_size=n))
    among = draw(st.none() | st.lists(st.booleans(), min_size=n, max_size=n))
    return sizes, scores, ties, among


def slow_ranking(sizes, scores, ties, among):
    """Sort tuples, group by group: (member, group, place) in order."""
    ranked, start = [], 0
    for group, size in enumerate(sizes):
        line = [member for member in range(start, start + size) if among is None or among[member]]
        line.sort(key=lambda member: (-scores[member], ties[member], member))
        ranked += [(member, group, place) for place, member in enumerate(line)]
        start += size
    return ranked


def fast_ranking(sizes, scores, ties, among, *, more_groups=0):
    groups = Groups.of_sizes(np.array(sizes + [0] * more_groups))
    chosen = None if among is None else np.flatnonzero(among)
    return rank_within_groups(np.array(scores, dtype=np.int32), np.array(ties, dtype=np.uint64), groups, among=chosen)


def as_rows(ranking):
    return list(zip(ranking.member.tolist(), ranking.group.tolist(), ranking.place.tolist(), strict=True))


@given(lines())
def test_ranking_agrees_with_sorting_tuples(line):
    assert as_rows(fast_ranking(*line)) == slow_ranking(*line)


@given(lines(), st.lists(st.integers(0, 8), min_size=8, max_size=8))
def test_the_best_are_the_first_of_each_group(line, n_best):
    ranking = fast_ranking(*line)
    expected = [member for member, group, place in slow_ranking(*line) if place < n_best[group]]
    n_best = np.array(n_best[: len(ranking.size)])
    assert ranking.best(n_best).tolist() == expected
    assert sorted([*ranking.best(n_best), *ranking.beyond(n_best)]) == sorted(ranking.member)


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param([2**14], id="one group fills a block"),
        pytest.param([2**14 + 1], id="one group is larger than a block"),
        pytest.param([5, 2**14 - 5, 3], id="two groups fill a block"),
        pytest.param([5, 2**14 - 4, 0, 3], id="the second group goes beyond the block"),
        pytest.param([0, 0, 40_000, 7, 0, 1], id="a large group stands between small ones"),
        pytest.param([4, *[0] * 2**17, 6], id="many empty groups"),
        pytest.param([1] * 40_000, id="everybody alone"),
    ],
)
@pytest.mark.parametrize("share_ranked", [1, 0.4])
def test_where_the_sort_is_cut_into_blocks_makes_no_difference(sizes, share_ranked):
    generator = np.random.default_rng(sum(sizes))
    n = sum(sizes)
    scores, ties = generator.integers(0, 4, n), generator.integers(0, 3, n) << 54
    is_ranked = generator.random(n) < share_ranked
    line = (sizes, scores.tolist(), ties.tolist(), is_ranked.tolist() if share_ranked < 1 else None)
    assert as_rows(fast_ranking(*line)) == slow_ranking(*line)


# --- scores on the grid ---------------------------------------------------------------------------------------------------


@given(st.floats(-7.5, 7.5, width=32), st.integers(1, 1000))
def test_a_difference_of_one_step_is_seen_and_of_less_than_half_is_not(score, n_steps):
    exact = round(score / SCORE_STEP) * SCORE_STEP
    scores = np.array([exact, exact + n_steps * SCORE_STEP, exact + 0.4 * SCORE_STEP])
    grid = to_score_grid(scores)
    assert grid[1] - grid[0] == n_steps
    assert grid[2] == grid[0]


@given(st.lists(st.floats(-20, 20, width=32), min_size=2, max_size=20))
def test_the_grid_keeps_the_order(scores):
    ordered = np.sort(np.array(scores, dtype=np.float32))
    grid = to_score_grid(ordered)
    assert grid.dtype == np.int32
    assert (np.diff(grid) >= 0).all()
    assert grid.min() >= 0
    assert grid.max() <= LAST_GRID_STEP


def test_the_ends_of_the_grid_are_eight_standard_deviations():
    assert to_score_grid(np.array([-np.inf, -9, -8, 0, 8, 9, np.inf])).tolist() == [0, 0, 0, 2**21, LAST_GRID_STEP, LAST_GRID_STEP, LAST_GRID_STEP]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_priorities_run_from_the_first_step_to_the_last(dtype):
    grid = to_priority_grid(np.array([0, 0.5, 1], dtype=dtype))
    assert grid.dtype == np.int32
    assert grid[0] == 0
    assert abs(int(grid[1]) - LAST_GRID_STEP / 2) <= 1
    assert grid[2] == LAST_GRID_STEP


def test_a_priority_that_rounding_pushed_above_one_is_still_the_highest():
    """Weights of .58, .16, .09, .09 and .08 add up to 1 + 2⁻²³ in float32."""
    weights = np.array([0.58, 0.16, 0.09, 0.09, 0.08], dtype=np.float32)
    total = weights[0] + weights[1] + weights[2] + weights[3] + weights[4]
    assert total > 1
    grid = to_priority_grid(np.array([total, 0.5, 0.2, 0.1], dtype=np.float32))
    ranking = rank_within_groups(grid, np.zeros(4, np.uint64), Groups.of_sizes(np.array([2, 2])))
    assert ranking.member.tolist() == [0, 1, 2, 3]


# --- shares of places -------------------------------------------------------------------------------------------------------


@given(lines())
def test_rank_shares_run_from_one_for_the_best_to_nothing_for_the_last(line):
    sizes, scores, ties, _ = line
    groups = Groups.of_sizes(np.array(sizes))
    share = rank_share(fast_ranking(sizes, scores, ties, None), groups)
    assert share.dtype == np.float32
    for member, group, place in slow_ranking(sizes, scores, ties, None):
        n = sizes[group]
        assert share[member] == np.float32(0.5 if n == 1 else (n - 1 - place) / (n - 1))


@given(SIZES, st.randoms(use_true_random=False))
def test_equals_share_the_middle_of_their_places(sizes, random):
    values = [random.randint(0, 3) for _ in range(sum(sizes))]
    share = tied_rank_share(np.array(values, dtype=np.int64), Groups.of_sizes(np.array(sizes)))
    assert share.dtype == np.float32
    start = 0
    for n in sizes:
        line = values[start : start + n]
        for position, value in enumerate(line):
            n_below = sum(other < value for other in line)
            n_equal = sum(other == value for other in line)
            middle = 0.5 if n == 1 else (n_below + (n_equal - 1) / 2) / (n - 1)
            assert share[start + position] == pytest.approx(middle, abs=1e-7)
        start += n


def test_shares_of_equals_add_up_to_half_a_place_each():
    share = tied_rank_share(np.array([3, 3, 0, 1, 3, 0]), Groups.of_sizes(np.array([6])))
    assert share.sum() == pytest.approx(3)
    assert share[0] == share[1] == share[4]


@pytest.mark.parametrize("step", [1, 5, 9])
def test_many_values_of_which_few_occur_are_ranked_as_few(step):
    few, groups = np.random.default_rng(step).integers(0, 30, 40_000), Groups.of_sizes(np.full(2000, 20))
    assert tied_rank_share(few * step, groups).tolist() == tied_rank_share(few, groups).tolist()


def test_all_equal_is_half_and_alone_is_half():
    share = tied_rank_share(np.array([2, 2, 2, 0]), Groups.of_sizes(np.array([3, 1, 0])))
    assert share.tolist() == [0.5, 0.5, 0.5, 0.5]


def test_nobody_can_be_ranked():
    groups = Groups.of_sizes(np.array([0, 0]))
    nobody = np.zeros(0, np.int64)
    ranking = rank_within_groups(nobody.astype(np.int32), nobody.astype(np.uint64), groups)
    assert as_rows(ranking) == []
    assert rank_share(ranking, groups).tolist() == []
    assert tied_rank_share(nobody, groups).tolist() == []


# --- groups -------------------------------------------------------------------------------------------------------------------


@given(SIZES, st.randoms(use_true_random=False))
def test_groups_lie_side_by_side(sizes, random):
    groups = Groups.of_sizes(np.array(sizes))
    labels = [group for group, size in enumerate(sizes) for _ in range(size)]
    is_marked = [random.random() < 0.5 for _ in labels]
    assert groups.n_members == len(labels)
    assert groups.of_member.tolist() == labels
    assert groups.start.tolist() == [sum(sizes[:group]) for group in range(len(sizes))]
    assert groups.spread(np.arange(len(sizes)) * 10).tolist() == [10 * group for group in labels]
    expected = [sum(marked for marked, label in zip(is_marked, labels, strict=True) if label == group) for group in range(len(sizes))]
    assert groups.count(np.array(is_marked, dtype=np.bool_)).tolist() == expected
    sums = [sum(place for place, label in enumerate(labels) if label == group) for group in range(len(sizes))]
    assert groups.add_up(np.arange(len(labels), dtype=np.uint16), np.dtype(np.int64)).tolist() == sums


@pytest.mark.parametrize("n", [0, 1, 2, 1000])
def test_a_stable_order_is_that_of_a_slow_sort(n):
    numbers = np.random.default_rng(n).integers(0, 2**40 if n == 2 else 50, n)
    assert stable_order(numbers).tolist() == sorted(range(n), key=lambda place: numbers[place])
    assert stable_order(numbers.astype(np.int32) % 7).tolist() == sorted(range(n), key=lambda place: numbers.astype(np.int32)[place] % 7)


def test_those_of_whom_alone_scores_are_given_are_ranked_as_among_all():
    luck = np.random.default_rng(4)
    groups = Groups.of_sizes(luck.integers(0, 30, 2000))
    scores, tie = luck.integers(0, 5, groups.n_members).astype(np.int32), luck.integers(0, 2**63, groups.n_members, dtype=np.uint64)
    tie[::3] = tie[0]
    who = np.flatnonzero(luck.random(groups.n_members) < 0.4)
    among_all = rank_within_groups(scores, tie, groups, among=who)
    alone = rank_those(who, scores[who], tie[who], groups)
    assert alone.member.tolist() == among_all.member.tolist() == sorted(who, key=lambda one: (groups.of_member[one], -scores[one], tie[one], one))
    assert alone.size.tolist() == among_all.size.tolist() == np.bincount(groups.of_member[who], minlength=2000).tolist()
