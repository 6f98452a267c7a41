"""Relations that hold between histories of the model whatever the numbers: M1 to M6, and what must never matter.

Every relation is tried under each of the five structures, with learning off and on where it can hold with it.
"""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.history import Achievements, History, OutsideTheRound
from simulator.indicators.allocation_mix import AllocationMix
from simulator.indicators.growth import AwardLevelGrowth, AwardVolumeGrowth
from simulator.indicators.inflation import award_points, base_year
from simulator.indicators.measurement import measure
from simulator.indicators.panel import Panel
from simulator.lookups import ColumnInParts
from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.cycle import Cycle
from simulator.model.model import AwardModel
from simulator.population.generator import uniform_population
from tests.bands import N_STANDARD_ERRORS, value_with_error
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

OFFICE = Behaviour(
    appraisal_reliability=0.45,
    lasting_error_share=0.3,
    turn_weight=0.2,
    rank_weight=0.12,
    prestige_weight=0.05,
    lottery_weight=0.05,
    ladder_weight=0.05,
    reciprocity=0.2,
    stakes=1.0,
    morale_effect=0.1,
    surprise_rate=0.1,
    ad_hoc_reach=0.5,
    claimed_deed_rate=0.1,
    escalation=0.3,
    discipline_probability=0.01,
    fake_initiative_share=0.1,
    audit_share=0.1,
    inspection_share=0.1,
    council_bar_unit=-0.5,
    council_bar_province=0.3,
    council_spread=0.3,
)
"""An office in which everything is at work."""

WEIGHTS = (0.5, 0.2, 0.2, 0.1)
SIZES = [4, 7, 12, 20, 33, 5, 9, 15] * 4

every_structure = pytest.mark.parametrize("structure", STRUCTURES)
every_way = pytest.mark.parametrize(("structure", "learns"), [(structure, learns) for structure in STRUCTURES for learns in (False, True)])


def weights(factor=1):
    """Write the weighing of criteria; what matters is their proportion."""
    results, initiative, scope, conduct = (round(weight * factor, 6) for weight in WEIGHTS)
    return clause("weights", "weights", f"results: {results}, initiative: {initiative}, scope: {scope}, conduct: {conduct}")


def office_rules(*more_clauses, more_awards=(), factor=1, rounding="systematic"):
    """Write three titles on a ladder and an award for deeds."""
    run = clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: 2}}")
    return criteria(
        award("thanks", level=1, kind="ad-hoc"),
        award("worker", quota(0.7, rounding=rounding), clause("m", "money", "multiple: 0.3"), level=1),
        award(FOCUS, quota(0.2, rounding=rounding), *more_clauses),
        award("upper", run, clause("m", "money", "multiple: 3.0"), level=3, authority="province"),
        *more_awards,
        procedure=(weights(factor),),
    )


def office(structure, learns, rules=None, **more):
    """Live in the office: 32 units of 4 to 33."""
    behaviour = replace(OFFICE, structure=structure, learns=learns)
    return live(rules or office_rules(), behaviour, **{"n_units": len(SIZES), "size": SIZES, "n_leaders": None, "years": 7} | more)


@pytest.fixture(scope="module")
def lives():
    """Each way of life, once."""
    return {(structure, learns): office(structure, learns) for structure in STRUCTURES for learns in (False, True)}


def columns_of(history):
    """Give every column by name."""
    found = {}
    for field in fields(History):
        value = getattr(history, field.name)
        if isinstance(value, Achievements):
            value = {column.name: getattr(value, column.name) for column in fields(Achievements)}
        if field.name == "outside":
            value = {f"{award}.{column.name}": getattr(times, column.name) for award, times in value.items() for column in fields(OutsideTheRound)}
        named = value if isinstance(value, dict) else {"": value}
        found |= {f"{field.name}.{name}": np.asarray(column) for name, column in named.items() if column is not None}
    return found


def assert_same(one, other, *, but=()):
    """Compare every column bit for bit."""
    left, right = columns_of(one), columns_of(other)
    assert set(left) - set(but) == set(right) - set(but)
    for name in set(left) - set(but):
        assert left[name].tobytes() == right[name].tobytes() if left[name].dtype != object else left[name] == right[name], name


# --- M1: what says nothing changes nothing ----------------------------------------------------------------------------------------


@every_way
def test_m1_slack_rules_and_rescaled_weights_change_no_award(lives, structure, learns):
    slack = (
        clause("cap", "leader-cap", "share: 1.0, pooling: unit"),
        clause("floor", "direct-worker-floor", "share: 0.0, pooling: unit"),
        clause("bar", "score-threshold", "at_least: -1000.0"),
        clause("pause", "cooling-off", "years: 0"),
        clause("rating", "eligibility", "requires: {fact: rating, at_least: failed}"),
    )
    never = award("never", clause("never", "score-threshold", "at_least: 1000.0"), level=4, authority="state")
    other = office(structure, learns, office_rules(*slack, more_awards=(never,), factor=3))
    assert not other.awards["never"].any()
    assert_same(lives[structure, learns], other, but=("awards.never", "award_values.never", "award_levels.never"))


@every_way
def test_m1_a_rule_that_binds_changes_awards(lives, structure, learns):
    """The other half: the same comparison sees a difference where there is one."""
    other = office(structure, learns, office_rules(clause("pause", "cooling-off", "years: 1")))
    assert (other.is_awarded != lives[structure, learns].is_awarded).any()


# --- M2 and M3: parts sum to the whole ----------------------------------------------------------------------------------------------


@every_way
def test_m2_the_parts_of_the_gap_between_leaders_and_others_sum_to_the_gap(lives, structure, learns):
    history = lives[structure, learns]
    gap = measure(history, n_draws=9).indicators["unexplained_gap"]
    panel = Panel(history)
    rates = [panel.is_awarded[panel.is_leader == leads].mean() for leads in (True, False)]
    assert gap.beside["explained"] + gap.value == pytest.approx(rates[0] - rates[1], abs=1e-12)
    assert abs(gap.value) > 1e-3


@pytest.fixture(scope="module")
def growths():
    """Volume, level and growth of award points of each way of life."""
    return {(structure, learns): _growth(structure, learns) for structure in STRUCTURES for learns in (False, True)}


def _growth(structure, learns):
    history = office(structure, learns, n_history_years=1, seed=3)
    volume = AwardVolumeGrowth(Panel(history, n_memory_years=1)).values()["award_volume_growth"]
    level = AwardLevelGrowth(Panel(history, n_memory_years=1)).values()["award_level_growth"]
    last, first = int(history.years[-1]), base_year(history)
    points = [award_points(history)[history.year == year].sum() for year in (first, last)]
    return volume, level, np.log(points[1] / points[0]) / (last - first)


@every_way
def test_m3_volume_and_level_sum_to_the_growth_of_award_points(growths, structure, learns):
    volume, level, growth = growths[structure, learns]
    assert volume + level == pytest.approx(growth, abs=1e-12)


def test_m3_says_something_because_volume_and_level_both_move(growths):
    """In one life or another a year may end with as many awards as it began with; not in most."""
    for part in (0, 1):
        assert np.mean([abs(growth[part]) > 1e-3 for growth in growths.values()]) > 0.5


# --- M4 and M5: what a clause does whatever the merit -------------------------------------------------------------------------------


@every_structure
def test_m4_a_pause_of_a_whole_cycle_is_rotation_by_law(structure):
    """A ban of n/k − 1 years gives strict turns, everybody being looked at, and TTI 1, whatever the merit and the structure."""
    n, k = 20, 4
    pause = clause("pause", "cooling-off", f"years: {n // k - 1}")
    behaviour = Behaviour(appraisal_reliability=0.45, rank_weight=0.2, prestige_weight=0.2, structure=structure)
    history = live(one_award(quota(0.2), pause), behaviour, size=n, years=15)
    won = history.is_awarded.reshape(15, -1)
    assert (won[:5].sum(axis=0) == 1).all()
    assert (won[5:10] == won[:5]).all()
    assert measure(history, n_draws=9).indicators["turn_taking_index"].value_all == pytest.approx(1, abs=1e-12)


@every_structure
def test_m4_nobody_wins_twice_within_a_pause_whoever_learns(structure):
    history = office(structure, True, office_rules(clause("pause", "cooling-off", "years: 3")), years=9)
    won_in = {}
    for year, member in zip(history.year[history.is_awarded].tolist(), history.member[history.is_awarded].tolist(), strict=True):
        won_in.setdefault(member, []).append(year)
    gaps = [later - earlier for years in won_in.values() for earlier, later in pairwise(years)]
    assert min(gaps) == 4


@every_structure
@pytest.mark.parametrize(("rounding", "rate"), [("floor", 0), ("ceiling", 1 / 3), ("systematic", 0.15)])
def test_m5_units_of_three_show_what_rounding_does(rounding, rate, structure):
    """15 % of three people."""
    history = live(one_award(quota(rounding=rounding)), Behaviour(structure=structure), size=3, n_leaders=1, n_units=200, years=20)
    assert history.is_awarded.mean() == pytest.approx(rate, abs=0.001)


# --- M6: a planted mix --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n_units", "widest"), [(1500, 0.015), pytest.param(12_000, 0.006, marks=pytest.mark.deep)])
@pytest.mark.parametrize("planted", [(0.5, 0.25, 0.15, 0.1), (0.25, 0.5, 0.05, 0.2)])
def test_m6_a_mix_of_reasons_comes_back(planted, n_units, widest):
    """One reason in each unit and year, with the chances planted, in 8 judged years; held to three standard errors, read between 50 parts of the world.

    Half of the members are awarded, so that nobody waits longer than the two years the indicator looks back.
    """
    mix = AllocationMix(Panel(_mixed(planted, quota(0.5), n_units=n_units, n_leaders=10)))
    for name, truth in zip(("merit", "turn", "post", "unexplained"), planted, strict=True):
        value, error = value_with_error(mix, name)
        assert N_STANDARD_ERRORS * error < widest, name
        assert value == pytest.approx(truth, abs=N_STANDARD_ERRORS * error), name


@pytest.mark.parametrize("planted", [(0.5, 0.25, 0.15, 0.1), (0.25, 0.5, 0.05, 0.2)])
def test_m6_where_people_wait_longer_than_the_list_looks_back_a_little_of_each_reason_stays_unexplained(planted):
    """At 15 % turns go by waits of many years, which the indicator takes for two: each part reads up to .02 less, the rest is unexplained."""
    found = AllocationMix(Panel(_mixed(planted, quota(), n_units=1500, n_leaders=3))).values()
    for name, truth in zip(("merit", "turn", "post"), planted, strict=False):
        assert truth - 0.035 < found[name] < truth + 0.01, name


def _mixed(planted, places, **world):
    merit, turn, post, lot = planted
    behaviour = Behaviour(structure="mixture", turn_weight=turn, rank_weight=post, lottery_weight=lot)
    assert behaviour.score_weight == pytest.approx(merit)
    return live(one_award(places), behaviour, size=20, years=10, **world)


# --- what must not matter -------------------------------------------------------------------------------------------------------------


@every_way
def test_other_names_of_people_and_units_change_no_indicator_of_a_register(lives, structure, learns):
    history = lives[structure, learns]
    luck = np.random.default_rng(7)
    order = luck.permutation(len(history.year))
    new_member = luck.permutation(10**6)[: history.member.max() + 1]
    new_unit = luck.permutation(10**6)[: history.unit.max() + 1] - 500_000
    achievements = history.achievements
    told = replace(achievements, member=new_member[achievements.member], unit=new_unit[achievements.unit])
    renamed = replace(history, member=new_member[history.member], unit=new_unit[history.unit], achievements=told)
    renamed = replace(renamed, **{name: _in_order(getattr(renamed, name), order) for name in _columns_of_rows(renamed)})
    new_row = np.argsort(order)
    renamed = replace(renamed, outside={award: replace(times, row=new_row[times.row]) for award, times in history.outside.items()})
    before, after = measure(history, n_draws=9), measure(renamed, n_draws=9)
    n_known = 0
    for name, found in (before.indicators | before.allocation_mix).items():
        other = (after.indicators | after.allocation_mix)[name]
        assert found.caveat == other.caveat, name
        assert other.value == (None if found.value is None else pytest.approx(found.value, abs=1e-9)), name
        n_known += found.value is not None
    assert n_known > 25


def _columns_of_rows(history):
    return [
        field.name
        for field in fields(History)
        if field.name in {"awards", "references"} or isinstance(getattr(history, field.name), np.ndarray | ColumnInParts)
    ]


def _in_order(column, order):
    return {name: values[order] for name, values in column.items()} if isinstance(column, dict) else column[order]


@every_way
def test_two_runs_of_one_policy_and_seed_are_identical(lives, structure, learns):
    assert_same(lives[structure, learns], office(structure, learns))


@every_way
def test_another_seed_is_another_life(lives, structure, learns):
    assert (lives[structure, learns].is_awarded != office(structure, learns, seed=2).is_awarded).any()


@every_way
def test_the_order_of_units_and_of_their_rows_changes_no_award(monkeypatch, structure, learns):
    """The same units in another order, inside their clusters, and their members in another order too: names key the luck.

    A member's luck goes by the identifier, so that goes along. A unit has no name but its place, which keys what it draws for itself (its reason of the
    year, its choice of how many files); so the places are named as they were before.
    """
    rules = office_rules(rounding="nearest")  # systematic rounding goes from unit to unit
    population = uniform_population(len(SIZES), SIZES)
    order = np.concatenate([8 * cluster + np.random.default_rng(cluster).permutation(8) for cluster in range(4)])
    starts, sizes = population.groups.start, population.groups.size
    posts = np.concatenate([starts[unit] + np.random.default_rng(unit).permutation(sizes[unit]) for unit in order])
    turned = replace(uniform_population(len(SIZES), [SIZES[unit] for unit in order]), age=population.age[order], role=population.role[posts])
    behaviour = replace(OFFICE, structure=structure, learns=learns)
    found = [_awards_by_name(population, rules, behaviour, np.arange(population.n_members))]
    uniform = Cycle.uniform

    def of_named_units(self, stream, ids):
        is_of_units = stream in {"unit.volume", "unit.reason"} and len(ids) == len(order)  # there are fewer clusters
        return uniform(self, stream, order[ids] if is_of_units else ids)

    monkeypatch.setattr(Cycle, "uniform", of_named_units)
    found.append(_awards_by_name(turned, rules, behaviour, posts))
    assert len(found[0]) > 1000
    assert found[0] == found[1]


def _awards_by_name(population, rules, behaviour, ids):
    with AwardModel(population, rules, behaviour, collects=False) as model:
        members, streams = model.members, model.streams
        members.id[:] = ids
        members.talent[:] = streams.normal("member.talent", year=0, ids=ids)
        members.fortune[:] = streams.normal("member.first-fortune", year=0, ids=ids)
        history = model.run(6).history(n_history_years=0)
    return {
        (name, int(year), int(member))
        for name, is_given in history.awards.items()
        for year, member in zip(history.year[is_given], history.member[is_given], strict=True)
    }


# --- what never happens ---------------------------------------------------------------------------------------------------------------

shares = st.integers(0, 100).map(lambda percent: Fraction(percent, 100))
quotas = st.fixed_dictionaries(
    {
        "share": shares,
        "rounding": st.sampled_from(["floor", "nearest", "ceiling", "systematic"]),
        "pooling": st.sampled_from(["unit", "cluster", "all"]),
        "of": st.sampled_from(["staff", "eligible"]),
    }
)


def most_places(share, n_people, rounding):
    """Turn a share of people into the most places it can be."""
    wanted = share * n_people
    match rounding:
        case "floor":
            return wanted.numerator // wanted.denominator
        case "nearest":
            return (wanted + Fraction(1, 2)).__floor__()
        case _:
            return wanted.__ceil__()


@settings(max_examples=60)
@given(
    drawn=st.lists(quotas, min_size=2, max_size=2),
    structure=st.sampled_from(STRUCTURES),
    learns=st.booleans(),
    pause=st.integers(0, 3),
    has_bar=st.booleans(),
    seed=st.integers(0, 2**63 - 1),
)
def test_there_are_never_more_awards_than_places(drawn, structure, learns, pause, has_bar, seed):
    """Random sets of two titles, the second for those who met a random condition; every year, unit and pool is counted apart."""
    first, second = drawn
    bar = (clause("bar", "score-threshold", "at_least: 0.2"),) if has_bar else ()
    words = [quota(float(each["share"]), of=each["of"], pooling=each["pooling"], rounding=each["rounding"]) for each in drawn]
    rules = criteria(
        award(FOCUS, words[0], clause("pause", "cooling-off", f"years: {pause}"), *bar),
        award("second", words[1], level=2, authority="province"),
        procedure=(weights(),),
    )
    population = uniform_population(12, [3, 4, 5, 7, 8, 11] * 2, units_per_cluster=4)
    behaviour = replace(OFFICE, structure=structure, learns=learns, volume_sensitivity=0.5)
    with AwardModel(population, rules, behaviour, seed=seed, collects=False) as model:
        history = model.run(5).history(n_history_years=0)
    of_member = population.groups.of_member
    pools = {"unit": of_member, "cluster": population.cluster[of_member], "all": np.zeros(population.n_members, dtype=int)}
    eligible = {FOCUS: history.is_eligible.reshape(5, -1), "second": np.ones((5, population.n_members), dtype=bool)}
    for name, each in zip((FOCUS, "second"), (first, second), strict=True):
        won = history.awards[name].reshape(5, -1)
        assert not (won & ~eligible[name]).any()
        counted = eligible[name] if each["of"] == "eligible" else np.ones_like(won)
        _assert_within(won, counted, pools[each["pooling"]], each)
        if each["rounding"] == "systematic":  # units have places of their own, and all together no more than the share
            _assert_within(won, counted, pools["unit"], each)


def _assert_within(won, counted, pool, words):
    for year in range(len(won)):
        n_people, n_won = np.bincount(pool, counted[year]), np.bincount(pool, won[year])
        for people, awarded in zip(n_people.tolist(), n_won.tolist(), strict=True):
            assert awarded <= most_places(words["share"], int(people), words["rounding"]), (words, year)


@every_way
def test_shares_of_the_reasons_sum_to_one_every_year(structure, learns):
    behaviour = replace(OFFICE, structure=structure, learns=learns)
    with AwardModel(uniform_population(12, SIZES[:12]), office_rules(), behaviour, seed=3, collects=False, attributes=True) as model:
        found = model.run(4).attributions
    assert len(found) == 4
    for year, parts in found.items():
        assert sum(parts.values()) == pytest.approx(1, abs=1e-12), year
        assert sum(abs(part) > 1e-6 for part in parts.values()) >= 5, year
