"""Places are exact arithmetic, and the places go to the best within the limits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.ranking import Groups, rank_within_groups
from simulator.scoring.quotas import Limits, Reservation, places, select

SHARES = st.fractions(0, 1, max_denominator=1000)
PEOPLE = st.lists(st.integers(0, 5000), min_size=1, max_size=30)
ROUNDINGS = ("floor", "nearest", "ceiling", "systematic")


def slow_places(share, n_people, rounding, start=Fraction(1, 2)):
    """Round one group after the other, in exact fractions."""
    if rounding == "floor":
        return [math.floor(share * n) for n in n_people]
    if rounding == "ceiling":
        return [math.ceil(share * n) for n in n_people]
    if rounding == "nearest":
        return [math.floor(share * n + Fraction(1, 2)) for n in n_people]
    given_out, carry = [], start
    for n in n_people:
        carry += share * n
        given_out.append(math.floor(carry))
        carry -= math.floor(carry)
    return given_out


# --- places -------------------------------------------------------------------------------------------------------------------


@given(SHARES, PEOPLE, st.sampled_from(ROUNDINGS))
def test_places_are_exact(share, n_people, rounding):
    found = places(share, np.array(n_people), rounding)
    assert found.dtype == np.int64
    assert found.tolist() == slow_places(share, n_people, rounding)


@given(st.floats(0, 1, exclude_max=True), PEOPLE, st.sampled_from(ROUNDINGS))
@example(3.2104821498316123e-05, [40, 95], "floor")
@example(0.98765432109876543, [5000] * 30, "nearest")
def test_places_of_a_share_of_many_digits_are_exact(share, n_people, rounding):
    found = places(Fraction(str(share)), np.array(n_people), rounding)
    assert found.dtype == np.int64
    assert found.tolist() == slow_places(Fraction(str(share)), n_people, rounding)


@given(SHARES, PEOPLE, st.fractions(0, 1, max_denominator=2**16))
def test_systematic_rounding_hands_the_carry_on(share, n_people, start):
    assert places(share, np.array(n_people), "systematic", start=start).tolist() == slow_places(share, n_people, "systematic", start)


@given(SHARES, PEOPLE, st.fractions(0, Fraction(99, 100), max_denominator=100))
def test_systematic_totals_are_right_to_within_one_place(share, n_people, start):
    found = places(share, np.array(n_people), "systematic", start=start)
    assert abs(int(found.sum()) - share * sum(n_people)) <= 1
    for n, n_places in zip(n_people, found.tolist(), strict=True):
        assert math.floor(share * n) <= n_places <= math.ceil(share * n)


def test_fifteen_percent_of_twenty_is_three_although_floats_disagree():
    for rounding in ROUNDINGS:
        assert places(Fraction("0.15"), np.array([20]), rounding).tolist() == [3]
    assert math.ceil(0.55 * 100) == 56
    assert places(Fraction("0.55"), np.array([100]), "ceiling").tolist() == [55]


def test_half_a_place_is_rounded_up_to_nearest():
    assert places(Fraction(1, 2), np.array([1, 3, 5]), "nearest").tolist() == [1, 2, 3]


def test_units_of_three_at_fifteen_percent_get_nothing_or_a_third_or_just_what_is_due():
    threes = np.full(400, 3)
    share = Fraction("0.15")
    assert places(share, threes, "floor").sum() == 0
    assert places(share, threes, "nearest").sum() == 0
    assert places(share, threes, "ceiling").tolist() == [1] * 400
    systematic = places(share, threes, "systematic")
    assert set(systematic.tolist()) == {0, 1}
    assert systematic.sum() == 180


def test_over_all_carries_every_unit_of_three_has_the_same_chance():
    carries = [Fraction(step, 100) for step in range(100)]
    found = np.array([places(Fraction("0.15"), np.full(7, 3), "systematic", start=start) for start in carries])
    assert found.mean(axis=0).tolist() == pytest.approx([0.45] * 7)


def test_a_share_of_nobody_and_no_share_of_anybody_are_no_place():
    for rounding in ROUNDINGS:
        assert places(Fraction("0.15"), np.array([0, 0]), rounding).tolist() == [0, 0]
        assert places(Fraction(0), np.array([5, 7]), rounding).tolist() == [0, 0]
        assert places(Fraction(1), np.array([5, 7]), rounding).tolist() == [5, 7]


# --- reservations ---------------------------------------------------------------------------------------------------------------


@given(SHARES, SHARES, PEOPLE)
def test_a_cap_is_rounded_down_and_a_floor_up(floor, cap, n_places):
    reservation = Reservation(direct_worker_floor=floor, leader_cap=cap)
    assert reservation.most_leaders(np.array(n_places)).tolist() == [math.floor(cap * n) for n in n_places]
    assert reservation.most_others(np.array(n_places)).tolist() == [n - math.ceil(floor * n) for n in n_places]


@pytest.mark.parametrize(("floor", "cap", "is_slack"), [("0", "1", True), ("0", "0.99", False), ("0.01", "1", False)])
def test_only_no_floor_and_a_full_cap_never_bind(floor, cap, is_slack):
    assert Reservation(Fraction(floor), Fraction(cap)).is_slack is is_slack


# --- selection --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """Candidates of some groups: (group, priority, role), with the places of each group and the pool it belongs to."""

    members: list[tuple[int, int, str]]
    n_places: list[int]
    pool: list[int]
    reservation: Reservation

    def select(self, reservation=None, among=None):
        """Select with the code under test: positions, in its order."""
        group, priority, role = (np.array(column) for column in zip(*self.members, strict=True))
        groups = Groups.of_sizes(np.bincount(group, minlength=len(self.n_places)))
        pool_of_member = np.array(self.pool)[group]
        pools = Groups.of_sizes(np.bincount(pool_of_member, minlength=max(self.pool) + 1))
        grid, tie = priority.astype(np.int32), np.zeros(len(group), np.uint64)
        limits = Limits(
            reservation=reservation or self.reservation,
            is_leader=role == "leader",
            is_counted_as_direct=role == "direct",
            pools=pools,
            first_group_of_pool=np.flatnonzero(np.diff(self.pool, prepend=-1)),
            priority=grid,
            tie=tie,
        )
        chosen = rank_within_groups(grid, tie, groups, among=among)
        return select(chosen, np.array(self.n_places), groups, limits).tolist()

    def ordered(self, group):
        """Give the positions of a group's candidates, best first."""
        return sorted((i for i, member in enumerate(self.members) if member[0] == group), key=lambda i: (-self.members[i][1], i))

    def most(self, pool):
        """Give the most leaders, and the most others than direct workers, in a pool."""
        n = sum(n_places for n_places, its_pool in zip(self.n_places, self.pool, strict=True) if its_pool == pool)
        return math.floor(self.reservation.leader_cap * n), n - math.ceil(self.reservation.direct_worker_floor * n)

    def is_lawful(self, chosen):
        """Tell whether a choice respects places, cap and floor."""
        roles = [(self.members[i][0], self.members[i][2]) for i in chosen]
        if any(sum(group == g for group, _ in roles) > n for g, n in enumerate(self.n_places)):
            return False
        for pool in set(self.pool):
            most_leaders, most_others = self.most(pool)
            inside = [role for group, role in roles if self.pool[group] == pool]
            if inside.count("leader") > most_leaders or len(inside) - inside.count("direct") > most_others:
                return False
        return True


def few_lines(n_groups, *, one_pool_each):
    """Draw small lines of candidates."""

    @st.composite
    def build(draw):
        sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=n_groups))
        n = sum(sizes)
        priorities = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
        roles = draw(st.lists(st.sampled_from(["leader", "staff", "direct"]), min_size=n, max_size=n))
        group = [g for g, size in enumerate(sizes) for _ in range(size)]
        n_places = [draw(st.integers(0, size)) for size in sizes]
        steps = draw(st.lists(st.integers(0, 1), min_size=len(sizes), max_size=len(sizes)))
        pool = list(range(len(sizes))) if one_pool_each else [sum(steps[1 : g + 1]) for g in range(len(sizes))]
        tenths = st.integers(0, 10).map(lambda tenth: Fraction(tenth, 10))
        return Line(list(zip(group, priorities, roles, strict=True)), n_places, pool, Reservation(draw(tenths), draw(tenths)))

    return build()


@given(few_lines(4, one_pool_each=False))
def test_nobody_is_selected_beyond_places_cap_and_floor(line):
    chosen = line.select()
    assert len(set(chosen)) == len(chosen)
    assert line.is_lawful(chosen)


@given(few_lines(2, one_pool_each=True))
def test_each_unit_is_filled_with_the_best_of_the_fullest_lawful_choices(line):
    """Brute force: of all lawful choices the fullest, and of those the one whose ranks come first."""
    chosen = line.select()
    for group in range(len(line.n_places)):
        ordered = line.ordered(group)
        lawful = [
            choice
            for n in range(line.n_places[group] + 1)
            for choice in combinations(range(len(ordered)), n)
            if line.is_lawful([ordered[rank] for rank in choice])
        ]
        fullest = max(len(choice) for choice in lawful)
        best = min(choice for choice in lawful if len(choice) == fullest)
        assert [i for i in chosen if line.members[i][0] == group] == [ordered[rank] for rank in best]


def slow_select(line):
    """Apply the two limits one after the other, pool by pool, with lists."""
    allowed = set(range(len(line.members)))

    def winners():
        return [i for g, n in enumerate(line.n_places) for i in [i for i in line.ordered(g) if i in allowed][:n]]

    for which, limited in ((0, {"leader"}), (1, {"leader", "staff"})):
        in_line = [i for i in winners() if line.members[i][2] in limited]
        kept = set()
        for pool in set(line.pool):
            inside = [i for i in in_line if line.pool[line.members[i][0]] == pool]
            kept |= set(sorted(inside, key=lambda i: (-line.members[i][1], i))[: line.most(pool)[which]])
        allowed = {i for i in allowed if line.members[i][2] not in limited or i in kept}
    return winners()


@given(few_lines(5, one_pool_each=False))
def test_pools_of_several_units_set_aside_the_last_in_line(line):
    assert line.select() == slow_select(line)


@given(few_lines(4, one_pool_each=False))
def test_a_slack_reservation_changes_nothing(line):
    expected = [i for g, n in enumerate(line.n_places) for i in line.ordered(g)[:n]]
    assert line.select(Reservation()) == expected
    everybody_counts = Reservation(Fraction(0), Fraction(999, 1000))  # not slack, but only a unit full of leaders could notice
    if not any(role == "leader" for _, _, role in line.members):
        assert line.select(everybody_counts) == expected


def test_without_limits_the_best_fill_the_places():
    groups = Groups.of_sizes(np.array([3, 0, 2]))
    ranking = rank_within_groups(np.array([1, 3, 2, 5, 9], dtype=np.int32), np.zeros(5, np.uint64), groups)
    assert select(ranking, np.array([2, 4, 1]), groups).tolist() == [1, 2, 4]


def test_a_place_reserved_for_a_direct_worker_stays_empty_when_there_is_none():
    line = Line([(0, 3, "leader"), (0, 2, "staff"), (0, 1, "staff")], [2], [0], Reservation(direct_worker_floor=Fraction(1, 2)))
    assert line.select() == [0]


def test_a_leader_beyond_the_cap_makes_room_for_the_next_in_line():
    line = Line([(0, 9, "leader"), (0, 8, "leader"), (0, 7, "staff"), (0, 6, "direct")], [2], [0], Reservation(leader_cap=Fraction(1, 2)))
    assert line.select() == [0, 2]


def test_a_pool_lets_one_unit_name_a_leader_at_the_cost_of_another():
    """One leader in two places of two units: the better leader keeps the place, the other unit takes its next best."""
    members = [(0, 5, "leader"), (0, 1, "direct"), (1, 9, "leader"), (1, 2, "direct")]
    line = Line(members, [1, 1], [0, 0], Reservation(leader_cap=Fraction(1, 2)))
    assert line.select() == [1, 2]
    alone = Line(members, [1, 1], [0, 1], Reservation(leader_cap=Fraction(1, 2)))
    assert alone.select() == [1, 3]
