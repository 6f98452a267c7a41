"""Places of units and pools: exact, by every rounding, and never more than a share allows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.compiling import compile_regime
from simulator.model.norms import AT, OVER, UNDER
from simulator.model.places import count_files, count_places, limits_of, lists_of, places_of_units, pools_of, share_of_places
from simulator.population.generator import uniform_population
from simulator.rules.clauses import HoldersOf
from simulator.scoring.quotas import places
from tests.cycles import begin_cycle
from tests.worlds import FOCUS, clause, one_award, quota

SIZES = [3, 4, 5, 7, 8, 11, 12, 15, 20, 24, 31, 33, 47]
POPULATION = uniform_population(len(SIZES), SIZES, units_per_cluster=4)


def rule_of(*clauses):
    return compile_regime(one_award(*clauses), Behaviour(), focus_award=FOCUS).focus


def cycle_of(year=1, **numbers):
    return begin_cycle(Behaviour(**numbers), population=POPULATION, year=year)


def everybody():
    return np.ones(POPULATION.n_members, dtype=np.bool_)


def test_pools_lay_units_together():
    clusters, first_unit = pools_of("cluster", POPULATION)
    assert len(clusters.size) == POPULATION.n_clusters == 3
    assert [int(POPULATION.cluster[unit]) for unit in first_unit] == [0, 1, 2]
    assert clusters.size.sum() == sum(SIZES)
    for pooling in ("unit", "kind", "all"):
        pool, first = pools_of(pooling, POPULATION)
        assert (pool.size.tolist(), first.tolist()) == ([sum(SIZES)], [0])


@pytest.mark.parametrize(
    ("words", "n_lists"),
    [
        ({}, 13),
        ({"rounding": "systematic", "pooling": "all"}, 13),
        ({"pooling": "cluster", "rounding": "systematic"}, 13),
        ({"pooling": "cluster"}, 3),
        ({"pooling": "all"}, 1),
    ],
)
def test_who_has_places_of_its_own(words, n_lists):
    lists, first_unit = lists_of(rule_of(quota(**words)), POPULATION)
    assert len(lists.size) == len(first_unit) == n_lists


def test_without_a_quota_there_are_no_places_to_count():
    rule = rule_of()
    assert count_places(rule, everybody(), cycle_of()) is None
    assert places_of_units(rule, None, POPULATION).tolist() == SIZES
    assert (share_of_places(rule, None, POPULATION) == 1).all()


@given(percent=st.integers(0, 100), pooling=st.sampled_from(["unit", "cluster", "kind", "all"]), year=st.integers(-5, 30))
def test_systematic_places_are_those_of_each_pool_by_itself(percent, pooling, year):
    cycle = cycle_of(year)
    share = Fraction(percent, 100)
    n_places = count_places(rule_of(quota(percent / 100, pooling=pooling, rounding="systematic")), everybody(), cycle)
    pools, first_unit = pools_of(pooling, POPULATION)
    bits = cycle.streams.bits("quota.carry", year=year, ids=np.arange(len(first_unit)))
    for pool, part in enumerate(np.split(np.arange(len(SIZES)), first_unit[1:])):
        carry = Fraction(int(bits[pool]) % 2**16, 2**16)
        assert n_places[part].tolist() == places(share, np.array(SIZES)[part], "systematic", start=carry).tolist()
        assert abs(int(n_places[part].sum()) - share * int(pools.size[pool])) < 1


def test_no_unit_is_always_the_lucky_one():
    rule = rule_of(quota(0.15, rounding="systematic"))
    by_year = np.array([count_places(rule, everybody(), cycle_of(year)) for year in range(1, 200)])
    assert by_year.mean(axis=0) == pytest.approx(0.15 * np.array(SIZES), abs=0.12)


def test_a_share_of_the_eligible_and_of_holders():
    cycle = cycle_of()
    is_eligible = everybody()
    is_eligible[:12] = False  # the first three units
    assert count_places(rule_of(quota(0.5, of="eligible")), is_eligible, cycle)[:5].tolist() == [0, 0, 0, 4, 4]
    cycle.members.award_years["lower"] = np.zeros(POPULATION.n_members, dtype=np.uint32)
    cycle.members.award_years["lower"][:7] = [1, 1, 1, 1, 3, 2, 2]
    by_holders = rule_of(quota(0.5, rounding="ceiling"))
    of_holders = by_holders.quota.model_copy(update={"of": HoldersOf(holders_of="lower")})
    assert count_places(replace(by_holders, quota=of_holders), everybody(), cycle)[:4].tolist() == [2, 1, 0, 0]
    of_nobody = by_holders.quota.model_copy(update={"of": HoldersOf(holders_of="unheard-of")})
    assert not count_places(replace(by_holders, quota=of_nobody), everybody(), cycle).any()


@pytest.mark.parametrize(("pooling", "of_units"), [("cluster", None), ("all", 0.1)])
def test_a_pool_shares_its_places_out_by_members(pooling, of_units):
    rule = rule_of(quota(0.1, pooling=pooling, rounding="floor"))
    n_places = count_places(rule, everybody(), cycle_of())
    by_unit, by_member = places_of_units(rule, n_places, POPULATION), POPULATION.groups.spread(share_of_places(rule, n_places, POPULATION))
    assert by_unit.sum() == pytest.approx(n_places.sum())
    assert by_member.sum() == pytest.approx(n_places.sum())
    assert len(np.unique(by_member)) == len(n_places)
    if of_units:
        assert by_unit == pytest.approx(np.array(SIZES) * 22 / 220)


def test_a_member_shares_the_places_of_the_pool_that_rounds_together():
    each = rule_of(quota(0.15, rounding="floor"))
    alone = POPULATION.groups.spread(share_of_places(each, count_places(each, everybody(), cycle_of()), POPULATION))
    assert alone[:7].tolist() == [0] * 7
    assert alone[12:19] == pytest.approx(1 / 7)
    carried = rule_of(quota(0.15, rounding="systematic", pooling="cluster"))
    together = POPULATION.groups.spread(share_of_places(carried, count_places(carried, everybody(), cycle_of()), POPULATION))
    assert len(np.unique(together)) <= 3
    assert together.mean() == pytest.approx(0.15, abs=3 / 220)


def test_files_for_places_by_volume_strategy():
    rule, cycle = rule_of(quota(0.5)), cycle_of()
    n_places = np.array([0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 20])
    assert count_files(rule, n_places, cycle) is None
    cycle.norms.volume[:] = UNDER
    assert count_files(rule, n_places, cycle).tolist() == [0, 1, 2, 3, 4, 4, 7, 8, 8, 9, 10, 11, 16]
    cycle.norms.volume[:] = OVER
    assert count_files(rule, n_places, cycle).tolist() == [0, 2, 3, 4, 5, 7, 10, 12, 13, 14, 15, 17, 25]
    cycle.norms.volume[:6] = AT
    assert count_files(rule, n_places, cycle)[:6].tolist() == [0, 1, 2, 3, 4, 5]
    assert count_files(rule, n_places, replace(cycle, is_perfect=True)) is None
    assert count_files(rule_of(quota(pooling="all")), np.array([7]), cycle) is None


def test_limits_are_counted_over_the_pool_of_the_reservation():
    grid, tie = np.zeros(POPULATION.n_members, dtype=np.int32), np.zeros(POPULATION.n_members, dtype=np.uint64)
    assert limits_of(rule_of(quota()), grid, tie, POPULATION, among_lists=False) is None
    floor = clause("f", "direct-worker-floor", "share: 0.5, counts_as_direct: [direct], pooling: cluster")
    own = limits_of(rule_of(quota(), floor), grid, tie, POPULATION, among_lists=False)
    assert own.first_group_of_pool.tolist() == pools_of("cluster", POPULATION)[1].tolist()
    assert (own.is_counted_as_direct == (POPULATION.role == Role.DIRECT)).all()
    listed = limits_of(rule_of(quota(pooling="cluster"), floor), grid, tie, POPULATION, among_lists=True)
    assert listed.first_group_of_pool.tolist() == [0, 1, 2]
