from __future__ import annotations

import numpy as np
import pytest

from simulator.rules.clauses import Quota
from simulator.scoring.award_places import count_places, groups_of_places, pools_of, units_not_pooled
from simulator.scoring.standing import UNKNOWN
from tests.scoring.rosters import make_roster
from tests.scoring.sets import with_ground

UNITS, CLUSTERS = ["A", "B", "A", "C"], ["X", "X", "X", "Y"]


def places(headcounts=None, *, eligible=(True, True, True, False), units=UNITS, **fields):
    quota = Quota.model_validate(with_ground({"kind": "quota", **fields}))
    found = count_places(quota, make_roster(4, units=units, clusters=CLUSTERS, headcounts=headcounts), np.array(eligible))
    return dict(zip(found.pools.names, found.n_places.tolist(), strict=True))


@pytest.mark.parametrize(("pooling", "names"), [("unit", ("A", "B", "C")), ("cluster", ("X", "Y")), ("kind", ("X", "Y")), ("all", ("",))])
def test_pools_follow_units_or_clusters(pooling, names):
    assert pools_of(make_roster(4, units=UNITS, clusters=CLUSTERS), pooling).names == names


def test_a_fixed_number_is_for_each_pool():
    assert places(places=2, pooling="cluster") == {"X": 2, "Y": 2}


def test_a_share_of_the_eligible_is_of_those_on_the_list():
    assert places(share=0.5, of="eligible", pooling="unit", rounding="ceiling") == {"A": 1, "B": 1, "C": 0}
    assert places(share=0.5, of="eligible", pooling="all", rounding="floor") == {"": 1}


def test_a_share_of_the_staff_is_of_every_unit_of_the_pool():
    counts = {"A": {"staff": 10}, "B": {"staff": 9}, "C": {"staff": 7}, "D": {"staff": 100}}
    assert places(counts, share=0.1, pooling="unit") == {"A": 1, "B": 0, "C": 0}
    assert places(counts, share=0.1, pooling="cluster") == {"X": 1, "Y": 0}
    assert places(counts, share=0.1, pooling="all") == {"": 12}


def test_holders_are_counted_in_their_own_column():
    counts = {unit: {"staff": 100, "holders:title": n} for unit, n in (("A", 10), ("B", 20), ("C", 30))}
    assert places(counts, share=0.15, of={"holders_of": "title"}, pooling="unit", rounding="nearest") == {"A": 2, "B": 3, "C": 5}


def test_a_pool_with_a_unit_nobody_counted_is_unknown():
    counts = {"A": {"staff": 10}, "C": {"staff": 7}}
    assert places(counts, share=0.5, pooling="unit") == {"A": 5, "B": UNKNOWN, "C": 3}
    assert places(counts, share=0.5, pooling="cluster") == {"X": UNKNOWN, "Y": 3}
    assert places(counts, share=0.5, pooling="all") == {"": UNKNOWN}
    assert places(counts, share=0.5, pooling="all", rounding="systematic") == {"A": UNKNOWN, "B": UNKNOWN, "C": UNKNOWN}


def test_systematic_rounding_begins_with_a_half_and_loses_nothing():
    counts = {"C": {"staff": 5}, "A": {"staff": 5}, "B": {"staff": 5}}
    assert places(counts, share=0.1, pooling="all", rounding="systematic") == {"A": 1, "B": 0, "C": 1}
    assert places(counts, share=0.1, pooling="cluster", rounding="systematic") == {"A": 1, "B": 0, "C": 1}


def test_a_share_of_the_eligible_goes_through_the_units_by_name_not_by_row():
    for units in (["A", "B", "C", "C"], ["B", "C", "A", "C"]):
        who = [unit != "C" for unit in units]
        assert places(share=0.5, of="eligible", pooling="all", rounding="systematic", units=units, eligible=who) == {"A": 1, "B": 0, "C": 0}


def test_units_without_nominees_belong_to_no_cluster():
    quota = Quota.model_validate(with_ground({"kind": "quota", "share": 0.1, "of": "staff", "pooling": "cluster", "rounding": "floor"}))
    roster = make_roster(1, units=["A"], clusters=["X"], headcounts={"A": {"staff": 5}, "B": {"staff": 5}, "C": {}})
    assert units_not_pooled(quota, roster) == ("B",)
    assert units_not_pooled(quota.model_copy(update={"pooling": "all"}), roster) == ()


def test_systematic_rounding_follows_the_head_counts_not_the_rows():
    counts = {unit: {"staff": 5} for unit in "ABC"}
    one, other = (
        places(counts, share=0.1, pooling="all", rounding="systematic", units=units) for units in (["A", "B", "C", "C"], ["C", "C", "B", "A"])
    )
    assert one == other


def test_a_share_is_exact():
    assert places({"A": {"staff": 20}, "B": {"staff": 0}, "C": {"staff": 6}}, share=0.15, pooling="unit") == {"A": 3, "B": 0, "C": 0}


def test_a_carry_goes_from_unit_to_unit_in_the_order_of_the_vietnamese_alphabet():
    """A tenth of 12, 47 and 6, begun with a half: Đ has 1.7, E 6.4, Ê 7.0; by code points E would come first and Đ last."""
    counts = {unit: {"staff": n} for unit, n in (("Ê", 6), ("E", 47), ("Đ", 12), ("F", 0))}
    assert places(counts, units=list(counts), share=0.1, pooling="all", rounding="systematic") == {"Đ": 1, "E": 5, "Ê": 1, "F": 0}


def test_those_who_share_places_are_ranked_together():
    roster, usual = make_roster(4, units=["C", "A", "C", "B"], clusters=["Y", "X", "X", "Z"]), np.array([3, 3, 1, 1])
    assert groups_of_places(pools_of(roster, "all"), usual).tolist() == [0, 0, 0, 0]
    assert groups_of_places(pools_of(roster, "unit"), usual).tolist() == [2, 0, 2, 1]
    alone = make_roster(4, units=["D", "A", "C", "B"])
    assert groups_of_places(pools_of(alone, "unit"), usual).tolist() == usual.tolist()
