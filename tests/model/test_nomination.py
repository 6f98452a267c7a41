"""Places, floors, caps and pools on the model, for rules drawn at random."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.model import AwardModel
from simulator.population.generator import generate, uniform_population
from simulator.population.spec import KindOfUnit, PopulationSpec
from simulator.rules.values import Text
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

BUSY = Behaviour(appraisal_reliability=0.45, turn_weight=0.2, rank_weight=0.3, prestige_weight=0.1, stakes=1.0, discipline_probability=0.05)
WORDS = Text(vi="Thử", en="Trial")
TWO_KINDS = PopulationSpec(
    id="two",
    title=WORDS,
    basis=WORDS,
    kinds={
        "small": KindOfUnit(title=WORDS, units=30, mean_size=7.0, leader_share=0.3, direct_share=0.5, basis=WORDS),
        "large": KindOfUnit(title=WORDS, units=6, mean_size=41.0, leader_share=0.1, direct_share=0.8, basis=WORDS),
    },
)

shares = st.integers(0, 100).map(lambda percent: percent / 100)
rules = st.fixed_dictionaries(
    {
        "share": shares,
        "rounding": st.sampled_from(["floor", "nearest", "ceiling", "systematic"]),
        "pooling": st.sampled_from(["unit", "kind", "all"]),
        "of": st.sampled_from(["staff", "eligible"]),
        "floor": shares,
        "cap": shares,
        "counts": st.sampled_from(["[direct]", "[direct, staff]"]),
    }
)


@settings(max_examples=60, deadline=None)
@given(rules=rules, seed=st.integers(0, 2**63 - 1))
def test_places_floors_and_caps_hold_for_any_rule(rules, seed):
    population = generate(TWO_KINDS)
    floor = clause("f", "direct-worker-floor", f"share: {rules['floor']}, counts_as_direct: {rules['counts']}, pooling: {rules['pooling']}")
    cap = clause("c", "leader-cap", f"share: {rules['cap']}, pooling: {rules['pooling']}")
    places = quota(rules["share"], of=rules["of"], pooling=rules["pooling"], rounding=rules["rounding"])
    rating = clause("r", "eligibility", "requires: {fact: rating, at_least: completed}")
    with AwardModel(population, one_award(places, floor, cap, rating), BUSY, seed=seed, collects=False) as model:
        history = model.run(3).history(n_history_years=0)
    won = history.is_awarded.reshape(3, -1)
    eligible = history.is_eligible.reshape(3, -1)
    assert not (won & ~eligible).any()
    pool = {"unit": population.groups.of_member, "kind": population.kind[population.groups.of_member]}.get(
        rules["pooling"], np.zeros(population.n_members, dtype=int)
    )
    if rules["rounding"] == "systematic" and rules["pooling"] == "unit":
        pool = np.zeros(population.n_members, dtype=int)  # what one unit loses the next gains
    share, floor_share, cap_share = (Fraction(str(rules[name])) for name in ("share", "floor", "cap"))
    is_direct = np.isin(population.role, [0] if rules["counts"] == "[direct]" else [0, 1])
    for year in range(3):
        for which in np.unique(pool):
            members = pool == which
            base = int((eligible[year] & members).sum() if rules["of"] == "eligible" else members.sum())
            exact = share * base
            most = {
                "floor": exact.__floor__(),
                "ceiling": exact.__ceil__(),
                "nearest": (exact + Fraction(1, 2)).__floor__(),
                "systematic": exact.__floor__() + 1,
            }[rules["rounding"]]
            winners = won[year] & members
            assert winners.sum() <= most
            if rules["pooling"] != "unit" or rules["rounding"] != "systematic":
                leaders = int((winners & population.is_leader).sum())
                others = int((winners & ~is_direct).sum())
                assert leaders <= (cap_share * most).__floor__()
                assert others <= most - (floor_share * most).__ceil__() if rules["rounding"] != "systematic" else True


def test_every_place_is_filled_when_candidates_are_enough():
    history = live(one_award(quota(0.3)), BUSY)
    assert (history.is_awarded.reshape(10, 20, 20).sum(axis=2) == 6).all()


@pytest.mark.parametrize(("theta", "leaders"), [(0.0, 3), (0.5, 1), (0.7, 0)])
def test_a_floor_in_a_unit_with_three_places(theta, leaders):
    """A 70 % floor leaves leaders none of three places (⌈2.1⌉ = 3 are reserved)."""
    floor = clause("f", "direct-worker-floor", f"share: {theta}, pooling: unit")
    history = live(one_award(quota(0.15), floor), Behaviour(rank_weight=1.0))
    won = history.is_awarded & history.is_leader
    assert (won.reshape(10, 20, 20).sum(axis=2) == leaders).all()


def test_a_pooled_floor_is_counted_over_the_pool():
    floor = clause("f", "direct-worker-floor", "share: 0.7, pooling: all")
    history = live(one_award(quota(0.15, pooling="all", rounding="systematic"), floor), Behaviour(rank_weight=1.0))
    by_year = history.is_awarded.reshape(10, -1)
    leaders = (history.is_awarded & history.is_leader).reshape(10, -1)
    assert (by_year.sum(axis=1) == 60).all()
    assert (leaders.sum(axis=1) == 18).all()


def test_a_cooling_off_bars_last_years_winners_from_the_list():
    history = live(one_award(quota(0.15), clause("c", "cooling-off", "years: 2")), Behaviour(merit_stability=1.0))
    won, eligible = history.is_awarded.reshape(10, -1), history.is_eligible.reshape(10, -1)
    for year in range(2, 10):
        assert not eligible[year][won[year - 1] | won[year - 2]].any()
        assert eligible[year][~(won[year - 1] | won[year - 2])].all()


def test_a_quota_of_holders_counts_this_years_holders():
    lower = award("lower", clause("r", "eligibility", "requires: {fact: rating, at_least: completed-well}"), level=1)
    upper = award(FOCUS, quota(0.5, of="{holders_of: lower}", rounding="floor"), level=2)
    history = live(criteria(lower, upper))
    holders = history.awards["lower"].reshape(10, 20, 20).sum(axis=2)
    assert (history.is_awarded.reshape(10, 20, 20).sum(axis=2) == holders // 2).all()


def test_a_council_with_one_list_takes_the_best_of_all_units():
    history = live(one_award(quota(0.1, pooling="all")), n_units=30)
    merit, won = history.merit.reshape(10, -1), history.is_awarded.reshape(10, -1)
    for year in range(10):
        assert won[year].sum() == 60
        assert merit[year][won[year]].min() >= merit[year][~won[year]].max()


def test_an_initiative_is_used_once():
    needs = clause("i", "eligibility", "requires: {fact: unused-initiatives, at_least: 1, consumed: true}")
    population = uniform_population(50, 20)
    with AwardModel(population, one_award(quota(1.0), needs), Behaviour(), collects=False) as model:
        for _ in range(4):
            before = model.members.initiatives.copy()
            model.step()
            won = (model.members.award_years[FOCUS] & 1).astype(bool)
            gained = model.members.unused_initiatives - before
            assert won.any()
            assert (model.members.unused_initiatives >= 0).all()
            assert (gained[won] >= -1).all()
            assert not (model.members.unused_initiatives[~won] > 0).any()  # whoever had one was awarded


def test_roles_are_those_of_the_population():
    history = live(one_award(quota()))
    assert set(np.unique(history.role)) == {Role.DIRECT, Role.DEPUTY, Role.HEAD}


@pytest.mark.parametrize("rounding", ["floor", "nearest", "ceiling", "systematic"])
@pytest.mark.parametrize(("pooling", "n_places"), [("unit", 5 * 20), ("kind", 5), ("all", 5)])
def test_a_fixed_number_of_places_is_that_number_for_each_pool(pooling, n_places, rounding):
    places = clause("places", "quota", f"places: 5, of: staff, pooling: {pooling}, rounding: {rounding}")
    history = live(one_award(places))
    assert set(history.is_awarded.reshape(10, -1).sum(axis=1)) == {n_places}


def test_a_cap_counted_over_all_units_lets_some_units_award_leaders():
    """One place in each of 20 units of 7: 40 % of one place is no leader anywhere, 40 % of twenty places are eight."""
    leaders = {}
    for pooling in ("unit", "all"):
        cap = clause("cap", "leader-cap", f"share: 0.4, pooling: {pooling}")
        history = live(one_award(quota(0.15), cap), Behaviour(rank_weight=1.0), size=7, n_leaders=2)
        by_year = (history.is_awarded & history.is_leader).reshape(10, -1).sum(axis=1)
        assert (history.is_awarded.reshape(10, 20, 7).sum(axis=2) == 1).all()
        leaders[pooling] = set(by_year)
    assert leaders == {"unit": {0}, "all": {8}}


def test_a_floor_over_all_binds_a_list_filled_by_kind():
    floor = clause("floor", "direct-worker-floor", "share: 0.5, pooling: all")
    places = clause("places", "quota", "places: 6, of: staff, pooling: kind, rounding: floor")
    population = generate(TWO_KINDS)
    with AwardModel(population, one_award(places, floor), Behaviour(leader_merit=5.0), collects=False) as model:
        history = model.run(3).history(n_history_years=0)
    won = history.is_awarded.reshape(3, -1)
    assert (won.sum(axis=1) == 12).all()
    assert ((won & population.is_leader).sum(axis=1) == 6).all()
