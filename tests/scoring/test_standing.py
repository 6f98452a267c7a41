"""Ranks and places, against every possible order of the equals."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.quotas import Reservation
from simulator.scoring.standing import UNKNOWN, Posts, combine_keys, consider, find_equals, rank_nominees

FREE = Reservation()


def everybody(n):
    return np.ones(n, dtype=np.bool_)


def one_pool(n):
    return np.zeros(n, dtype=np.int64)


def considered(keys, n_places, *, eligible=None, kinds=None, reservation=FREE):
    n = len(keys)
    posts = None if kinds is None else Posts(is_leader=np.array([kind == "L" for kind in kinds]), is_direct=np.array([kind == "D" for kind in kinds]))
    is_eligible = everybody(n) if eligible is None else np.array(eligible, dtype=np.bool_)
    return consider(np.array(keys, dtype=np.int64), is_eligible, one_pool(n), np.array([n_places]), reservation, posts).tolist()


def test_the_best_have_the_places():
    assert considered([5, 9, 7, 1], 2) == ["no", "yes", "yes", "no"]


def test_equals_at_the_last_place_are_left_to_the_council():
    assert considered([9, 7, 7, 7, 1], 2) == ["yes", "council decides", "council decides", "council decides", "no"]


def test_equals_who_all_fit_have_places():
    assert considered([9, 7, 7, 1], 3) == ["yes", "yes", "yes", "no"]


def test_no_place_is_no_tie():
    assert considered([7, 7], 0) == ["no", "no"]


def test_who_is_not_eligible_takes_no_place():
    assert considered([9, 7, 5], 1, eligible=[False, True, True]) == ["no", "yes", "no"]


def test_unknown_places_are_not_counted():
    assert considered([9, 7], UNKNOWN, eligible=[True, False]) == ["not counted", "no"]


def test_a_cap_tells_equals_of_different_posts_apart():
    """Two places, no leader: the leader stands first and has none; the direct worker who equals another leader has one."""
    assert considered([9, 7, 7, 5], 2, kinds="LLDD", reservation=Reservation(leader_cap=Fraction(0))) == ["no", "no", "yes", "yes"]


def test_a_reserved_place_stays_empty():
    assert considered([9, 7, 5], 2, kinds="OOO", reservation=Reservation(direct_worker_floor=Fraction(1, 2))) == ["yes", "no", "no"]


def test_equals_of_one_post_share_what_a_cap_leaves():
    cap = Reservation(leader_cap=Fraction(1, 2))
    assert considered([9, 9, 5, 5], 2, kinds="LLDO", reservation=cap) == ["council decides"] * 4
    assert considered([9, 9, 5, 4], 2, kinds="LLDO", reservation=cap) == ["council decides", "council decides", "yes", "no"]


def slow_winners(order, kinds, n_places, reservation):
    """Go down one strict order and take who keeps every limit."""
    most = np.array([n_places])
    most_others, most_leaders = int(reservation.most_others(most)[0]), int(reservation.most_leaders(most)[0])
    taken = []
    for one in order:
        now = [*taken, one]
        leaders = sum(kinds[who] == "L" for who in now)
        others = sum(kinds[who] != "D" for who in now)
        if len(now) <= n_places and leaders <= most_leaders and others <= most_others:
            taken = now
    return set(taken)


def orders_of(keys, among):
    """Go through every order of the nominees in which nobody stands behind a lower key."""
    ties = [[who for who in among if keys[who] == key] for key in sorted({keys[who] for who in among}, reverse=True)]
    for choice in product(*(list(permutations(tie)) for tie in ties)):
        yield [who for tie in choice for who in tie]


SHARE = st.sampled_from([Fraction(0), Fraction(1, 5), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)])
NOMINEES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("DOL"), st.booleans() | st.just(value=True)), max_size=6)


@given(NOMINEES, st.integers(0, 6), SHARE, SHARE)
def test_yes_in_every_order_no_in_none_and_else_the_council(nominees, n_places, floor, cap):
    keys, kinds, eligible = ([one[i] for one in nominees] for i in range(3))
    reservation = Reservation(direct_worker_floor=floor, leader_cap=cap)
    among = [who for who, may in enumerate(eligible) if may]
    outcomes = [slow_winners(order, kinds, n_places, reservation) for order in orders_of(keys, among)]
    expected = [
        "yes"
        if all(who in winners for winners in outcomes) and eligible[who]
        else "council decides"
        if any(who in winners for winners in outcomes)
        else "no"
        for who in range(len(nominees))
    ]
    assert considered(keys, n_places, eligible=eligible, kinds=kinds, reservation=reservation) == expected


@given(NOMINEES, st.integers(0, 7), SHARE, SHARE)
def test_one_place_more_takes_no_place_away(nominees, n_places, floor, cap):
    keys, kinds, eligible = ([one[i] for one in nominees] for i in range(3))
    order = ["no", "council decides", "yes"]
    limits = {"eligible": eligible, "kinds": kinds, "reservation": Reservation(direct_worker_floor=floor, leader_cap=cap)}
    before, after = considered(keys, n_places, **limits), considered(keys, n_places + 1, **limits)
    assert all(order.index(now) >= order.index(then) for then, now in zip(before, after, strict=True))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=12), st.integers(0, 4), st.randoms(use_true_random=False))
def test_pools_are_filled_one_by_one_and_order_does_not_matter(nominees, n_places, luck):
    keys, pools = np.array([key for key, _ in nominees], dtype=np.int64), np.array([pool for _, pool in nominees], dtype=np.int64)
    n = np.array([n_places, n_places + 1, 0])
    found = consider(keys, everybody(len(keys)), pools, n, FREE, None)
    for pool in range(3):
        assert found[pools == pool].tolist() == considered(keys[pools == pool].tolist(), int(n[pool]))
    mixed = np.array(luck.sample(range(len(keys)), len(keys)), dtype=np.int64)
    assert consider(keys[mixed], everybody(len(keys)), pools[mixed], n, FREE, None).tolist() == found[mixed].tolist()


def test_equals_share_the_smaller_rank():
    assert rank_nominees(np.array([9, 7, 7, 5]), everybody(4), one_pool(4)).tolist() == [1, 2, 2, 4]


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 2)), max_size=15))
def test_a_rank_is_one_more_than_those_who_are_better(nominees):
    keys, ranked, groups = ([one[i] for one in nominees] for i in range(3))
    expected = [1 + sum(may and other > key and at == group for other, may, at in nominees) if is_ranked else 0 for key, is_ranked, group in nominees]
    arrays = np.array(keys, dtype=np.int64), np.array(ranked, dtype=np.bool_), np.array(groups, dtype=np.int64)
    assert rank_nominees(*arrays).tolist() == expected
    equals = [is_ranked and sum(may and (other, at) == (key, group) for other, may, at in nominees) > 1 for key, is_ranked, group in nominees]
    assert find_equals(*arrays).tolist() == equals


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5), st.integers(0, 1)), max_size=15))
def test_several_keys_order_like_their_tuple(rows):
    columns = [np.array([row[i] for row in rows], dtype=np.int64) for i in range(3)]
    distinct = sorted(set(rows))
    assert combine_keys(columns, len(rows)).tolist() == [distinct.index(row) for row in rows]
