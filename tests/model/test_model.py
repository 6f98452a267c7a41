"""The model as a Mesa user meets it, and the guarantees every comparison rests on."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulator.history import split
from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.council import Council
from simulator.model.criteria_weights import weigh_criteria
from simulator.model.model import AwardModel
from simulator.model.playable import RegimeError
from simulator.model.shock import Shock
from simulator.model.structures import WeighingUnit
from simulator.model.wanted import Wanted
from simulator.population.generator import uniform_population
from simulator.randomness import SeedError
from tests.oracle.scenarios import scenarios
from tests.shipped_worlds import assumed, decree_91, urged
from tests.side_by_side import differing, live_through, seeds_of
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

LIVELY = Behaviour(
    appraisal_reliability=0.45,
    turn_weight=0.25,
    rank_weight=0.15,
    prestige_weight=0.05,
    stakes=1.0,
    turnover=0.05,
    discipline_probability=0.01,
    council_bar_unit=-1.0,
)


@pytest.fixture
def model():
    with AwardModel(uniform_population(6, 12), one_award(quota(0.25)), LIVELY, seed=5) as made:
        yield made


def test_a_mesa_user_finds_agents_steps_and_collected_data(model):
    for _ in range(3):
        model.step()
    assert len(model.agents_by_type[WeighingUnit]) == 6
    assert len(model.agents_by_type[Council]) == 3
    years = model.datacollector.get_model_vars_dataframe()
    assert years["year"].tolist() == [1, 2, 3]
    assert (years["n_awarded"] <= years["n_nominated"]).all()
    assert (years["n_nominated"] <= years["n_eligible"]).all()
    units = model.datacollector.get_agenttype_vars_dataframe(WeighingUnit)
    assert len(units) == 18
    assert units["n_awarded"].groupby(level=0).sum().tolist() == years["n_awarded"].tolist()
    councils = model.datacollector.get_agenttype_vars_dataframe(Council)
    assert councils["n_read"].sum() == years["n_nominated"].sum()


def test_collected_numbers_are_plain_and_do_not_change_afterwards(model):
    model.step()
    before = model.datacollector.get_model_vars_dataframe().copy()
    model.step()
    after = model.datacollector.get_model_vars_dataframe()
    assert after.iloc[:1].equals(before)


def test_a_finished_model_is_let_go():
    """Mesa before 3.4.2 keeps every model alive; a sweep of hundreds would eat the memory."""
    alive = []
    for seed in range(5):
        with AwardModel(uniform_population(4, 8), one_award(quota()), seed=seed) as made:
            made.run(2)
        alive.append(weakref.ref(made))
    del made
    gc.collect()
    assert [reference() for reference in alive] == [None] * 5


def test_a_model_nobody_holds_is_let_go_even_when_it_was_never_closed():
    alive = []
    for seed in range(5):
        made = AwardModel(uniform_population(4, 8), one_award(quota()), seed=seed)
        alive.append(weakref.ref(made.run(1)))
    del made
    gc.collect()
    assert [reference() for reference in alive] == [None] * 5


@pytest.mark.parametrize("behaviour", [Behaviour(turn_weight=1.0), Behaviour(rank_weight=1.0)], ids=["turns", "posts"])
def test_the_order_of_rows_decides_nothing_even_among_equals(behaviour):
    """The same people with their rows shuffled inside the unit: ids key the luck, and ties end in a draw."""
    population = uniform_population(40, 60, n_leaders=6)
    order = np.concatenate([start + np.random.default_rng(start).permutation(60) for start in population.groups.start])
    shuffled = replace(population, role=population.role[order])
    awarded = []
    for which, ids in ((population, np.arange(2400)), (shuffled, order)):
        with AwardModel(which, one_award(quota(0.15)), behaviour, collects=False) as made:
            made.members.id[:] = ids
            made.members.talent[:] = made.streams.normal("member.talent", year=0, ids=ids)
            made.members.fortune[:] = made.streams.normal("member.first-fortune", year=0, ids=ids)
            history = made.run(5).history(n_history_years=0)
        awarded.append({(int(y), int(m)) for y, m in zip(history.year[history.is_awarded], history.member[history.is_awarded], strict=True)})
    assert awarded[0] == awarded[1]


def test_prestige_fades_and_favours_those_awarded_before():
    population = uniform_population(30, 10)
    with AwardModel(population, one_award(quota(0.2)), Behaviour(prestige_weight=1.0, prestige_decay=0.5), collects=False) as made:
        made.step()
        winners = made.members.prestige > 0
        assert (made.members.prestige[winners] == 1).all()
        made.step()
        assert (made.members.prestige[winners] == 1.5).all()  # the same people again: half of last year's, and this year's
        assert (made.members.prestige[~winners] == 0).all()


def test_the_same_seed_gives_the_same_awards_and_another_seed_others():
    one, again, other = (live(one_award(quota()), LIVELY, seed=seed) for seed in (0, 0, 1))
    assert (one.is_awarded == again.is_awarded).all()
    assert (one.merit == again.merit).all()
    assert (one.is_awarded != other.is_awarded).any()


@pytest.mark.parametrize("seed", ["7", 7.0, True, -1, 2**63, None])
def test_what_is_not_a_seed_is_refused(seed):
    with pytest.raises(SeedError):
        AwardModel(uniform_population(1, 5), one_award(quota()), seed=seed)


def test_rules_meet_the_same_people_and_the_same_luck():
    one = live(one_award(quota(0.1)), LIVELY)
    other = live(one_award(quota(0.4, rounding="ceiling"), clause("c", "cooling-off", "years: 1")), LIVELY)
    assert (one.member == other.member).all()
    # Effort follows the size of the quota, and moves everybody's merit alike.
    shift = other.merit - one.merit
    assert shift == pytest.approx(shift[0], abs=1e-5)


def test_slack_rules_change_nothing():
    """M1: a cap and a floor that never bind, and an award nobody can get, leave every award as it was."""
    plain = live(one_award(quota()), LIVELY)
    slack = live(
        criteria(
            award(
                FOCUS,
                quota(),
                clause("cap", "leader-cap", "share: 1.0, pooling: unit"),
                clause("floor", "direct-worker-floor", "share: 0.0, pooling: unit"),
                clause("bar", "score-threshold", "at_least: -1000.0"),
                clause("pause", "cooling-off", "years: 0"),
            ),
            award("never", clause("never", "score-threshold", "at_least: 1000.0"), level=3),
        ),
        LIVELY,
    )
    assert (plain.is_awarded == slack.is_awarded).all()
    assert not slack.awards["never"].any()


def test_one_place_more_moves_somebody():
    assert (live(one_award(quota(0.15))).is_awarded != live(one_award(quota(0.2))).is_awarded).any()


def test_a_branch_without_a_reform_is_the_same_life():
    population = uniform_population(10, 15)
    rules = one_award(quota(0.2))
    with AwardModel(population, rules, LIVELY, seed=9, first_year=-4, collects=False) as straight:
        whole = straight.run(9).history()
    with AwardModel(population, rules, LIVELY, seed=9, first_year=-4, collects=False) as warm:
        warm.run(5)
        with warm.branch(rules) as branch:
            branched = branch.run(4).history()
    last = 6 * population.n_members
    assert (whole.is_awarded[-last:] == branched.is_awarded).all()
    assert (whole.member[-last:] == branched.member).all()


def test_a_branch_goes_on_with_everything_the_model_was_given():
    """A shock yet to come, and the office's own weighing, which the new rules do not change."""
    population = uniform_population(10, 15)
    shock = Shock(years=frozenset({4}), kinds=frozenset(population.kinds), merit=1.0, deeds=5.0)
    own = (weigh_criteria((0.1, 0.2, 0.3, 0.4), Behaviour()),)
    words = {"seed": 9, "collects": False, "shock": shock, "office_weights": own, "attributes": True, "is_perfect": True}
    rules = one_award(quota(0.2))
    with AwardModel(population, rules, LIVELY, **words) as straight:
        whole = straight.run(5).history()
    with AwardModel(population, rules, LIVELY, **words) as warm, warm.run(3).branch(rules) as branch:
        branched = branch.run(2).history()
        for name in ("population", "shock", "office_weights", "is_perfect", "collects", "attributes", "focus_award", "own_unit_class"):
            assert getattr(branch, name) == getattr(warm, name), name
        assert branch.streams.seed == warm.streams.seed
    last = 2 * population.n_members
    for name in ("results-and-initiative", "office"):
        assert (whole.references[name][-last:] == branched.references[name][-last:]).all()
    assert (whole.merit[-last:] == branched.merit[-last:]).all()
    calm = live(rules, LIVELY, n_units=10, size=15, n_leaders=None, years=5, seed=9, is_perfect=True)
    assert (whole.merit[-last:] != calm.merit[-last:]).any()  # the shock is felt


def test_a_branch_goes_on_measuring_by_the_old_weighing_of_the_office():
    weighing = [
        clause("w", "weights", words)
        for words in ("results: 0.5, initiative: 0.5, scope: 0, conduct: 0", "results: 0, scope: 1, initiative: 0, conduct: 0")
    ]
    before, after = (one_award(quota(0.2), procedure=(words,)) for words in weighing)
    population = uniform_population(10, 15)
    with AwardModel(population, before, seed=9, collects=False) as model:
        model.run(2)
        with model.branch(before) as same, model.branch(after) as other:
            found = {branch: branch.run(2).history().references["office"][-300:] for branch in (same, other)}
            assert (found[same] == found[other]).all()
    with AwardModel(population, after, seed=9, collects=False) as fresh:
        assert (fresh.run(4).history().references["office"][-300:] != found[other]).any()


@pytest.mark.parametrize("structure", STRUCTURES)
def test_without_what_no_award_of_a_member_hangs_on_the_awards_are_the_same(structure):
    rules, reform = decree_91(), decree_91(principles=urged("turn_weight", 0.8, 0.5))

    def lived(wanted):
        behaviour = replace(assumed(), structure=structure)
        model = AwardModel(uniform_population(8, 12, units_per_cluster=4), rules, behaviour, seed=3, first_year=0, collects=False, wanted=wanted)
        return model.run(3).branch(reform).run(3)

    full, lean = lived(Wanted.EVERYTHING), lived(Wanted.AWARDS_ALONE)
    assert (full.wanted, lean.wanted) == (Wanted.EVERYTHING, Wanted.AWARDS_ALONE)
    assert len(lean.recorder.years) == 5
    for year, other in zip(lean.recorder.years, full.recorder.years, strict=True):
        assert year.winners.keys() == other.winners.keys()
        assert all(np.array_equal(year.winners[award_id], other.winners[award_id]) for award_id in year.winners)
        assert np.array_equal(year.marked("is_eligible"), other.marked("is_eligible"))
        assert len(other.references) == 2 > len(year.references)
        assert np.array_equal(year.n_dossiers, other.n_dossiers)
    assert sum(len(winners) for year in full.recorder.years for winners in year.winners.values()) > 50
    history = lean.history()
    assert history.is_noise_choice is history.is_choice_without_claims is history.achievements is None


@pytest.mark.parametrize(
    "more", [{"behaviour": replace(LIVELY, learns=True)}, {"collects": True}, {"focus_award": "co-thi-dua-tinh", "criteria": decree_91()}]
)
def test_where_more_hangs_on_it_everything_is_lived_through(more):
    given = {"criteria": one_award(quota(0.25)), "behaviour": LIVELY, "collects": False} | more
    with AwardModel(uniform_population(6, 12), wanted=Wanted.AWARDS_ALONE, **given) as made:
        assert made.wanted == Wanted.EVERYTHING


def test_what_was_left_out_so_far_cannot_begin_with_other_rules():
    with AwardModel(uniform_population(6, 12), one_award(quota(0.25)), LIVELY, collects=False, wanted=Wanted.AWARDS_ALONE) as made:
        made.run(2)
        with pytest.raises(ValueError, match="lived through"):
            made.branch(one_award(quota(0.5)), replace(LIVELY, learns=True))


def test_morale_is_remembered_every_year():
    behaviour = Behaviour(appraisal_reliability=0.45, turn_weight=0.3, morale_effect=0.1, morale_memory=0.75)
    with AwardModel(uniform_population(6, 12), one_award(quota(0.25)), behaviour, seed=5, collects=False) as model:
        expected = np.full(6, 0.5)
        for year in (1, 2, 3):
            history = model.run(1).history(n_history_years=0)
            is_year = history.year == year
            merit, won = (column[is_year].reshape(6, 12) for column in (history.merit, history.is_awarded))
            deserves = merit >= np.sort(merit, axis=1)[:, -3:-2]
            expected = 0.75 * expected + 0.25 * (1 - (won != deserves).mean(axis=1))
            assert model.norms.morale == pytest.approx(expected, abs=1e-5)
        assert len(set(model.norms.morale)) > 1


def test_steps_of_the_ladder_are_the_awards_one_asks_for_and_all_where_none_is():
    rules = criteria(
        award("lower", level=1), award(FOCUS, quota()), award("upper", level=3, authority="province"), award("deed", level=4, kind="ad-hoc")
    )
    own = criteria(award("lower", level=1), award(FOCUS, quota()))
    given = criteria(award(FOCUS, quota()), award("upper", quota(), level=3, authority="province"))
    for which, levels in ((rules, {"upper": 3, "deed": 4}), (own, {"lower": 1, FOCUS: 2}), (given, {FOCUS: 2, "upper": 3})):
        history = live(which, n_units=2, size=5, years=3)
        assert history.award_levels == levels
        assert set(history.outside) == {"deed"} & set(levels)  # ad hoc awards have steps of their own


def test_the_lawful_best_awards_the_best_of_those_the_rules_allow():
    history = live(one_award(quota(), clause("c", "cooling-off", "years: 2")), LIVELY, is_perfect=True)
    merit, won, eligible = (x.reshape(10, 20, 20) for x in (history.merit, history.is_awarded, history.is_eligible))
    for year in range(10):
        for unit in range(20):
            allowed = eligible[year, unit]
            assert won[year, unit].sum() == 3
            losers = merit[year, unit][allowed & ~won[year, unit]]
            assert merit[year, unit][won[year, unit]].min() >= losers.max()


def test_the_lawful_best_has_the_same_merit_and_the_same_people():
    practised = live(one_award(quota()), LIVELY)
    perfect = live(one_award(quota()), LIVELY, is_perfect=True)
    assert (practised.merit == perfect.merit).all()
    assert (practised.member == perfect.member).all()


def test_award_values_are_the_bonuses_of_the_set():
    rules = criteria(award("lower", clause("m", "money", "multiple: 0.3"), level=1), award(FOCUS, quota()))
    with AwardModel(uniform_population(2, 5), rules) as made:
        assert made.award_values == {"lower": 0.3, FOCUS: 1.0}


def test_an_award_outside_the_annual_round_cannot_be_the_focus():
    rules = criteria(award(FOCUS, quota()), award("thanks", level=1, kind="ad-hoc"))
    with pytest.raises(RegimeError, match="thanks"):
        AwardModel(uniform_population(2, 5), rules, focus_award="thanks")


def test_member_columns_are_small_numbers(model):
    model.run(2)
    members = model.members
    assert members.talent.dtype == members.fortune.dtype == members.prestige.dtype == np.float32
    assert model.history(n_history_years=0).merit.dtype == np.float32
    per_member = sum(
        column.itemsize
        for column in (
            members.id,
            members.talent,
            members.fortune,
            members.tenure_years,
            members.prestige,
            members.initiatives,
            members.earlier_initiatives,
            *members.wait.values(),
            *members.award_years.values(),
            *members.rating_years.values(),
        )
    )
    assert per_member <= 120


# --- replications side by side ------------------------------------------------------------------------------------------

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
_RANDOM_WORLDS = {"deadline": None, "database": None, "suppress_health_check": _SLOW, "phases": [Phase.generate]}


class OddUnit(WeighingUnit):
    """A user's own kind of unit, asked one by one: every other one goes by turn alone, and each remembers how often it was asked."""

    n_asked = 0

    def priority(self, reasons):
        self.n_asked += 1
        return reasons.waiting if self.position % 2 else reasons.score * np.float32(1 / self.n_asked)


def check_side_by_side(scenario, width, unit_class=None):
    """Every column of every replication is what a run of its own gives, to the last bit."""
    population, seeds = scenario.population(), seeds_of(scenario, width)
    together = split(live_through(scenario, population.side_by_side(width), seeds, unit_class))
    for seed, of_wide in zip(seeds, together, strict=True):
        assert differing(of_wide, live_through(scenario, population, seed, unit_class)) == []


@settings(max_examples=12, derandomize=True, **_RANDOM_WORLDS)
@given(scenarios(largest=10, most_years=5), st.integers(2, 3), st.booleans())
def test_replications_live_on_side_by_side_as_they_would_alone(scenario, width, is_odd):
    check_side_by_side(scenario, width, OddUnit if is_odd else None)


@pytest.mark.deep
@settings(max_examples=150, **_RANDOM_WORLDS)
@given(scenarios(), st.integers(1, 5), st.sampled_from([None, None, OddUnit]))
def test_many_replications_live_on_side_by_side_as_they_would_alone(scenario, width, unit_class):
    check_side_by_side(scenario, width, unit_class)


def check_worlds_side_by_side(population, rules, behaviour, *, width, years, later=None):
    """The same for a world of our own, whose rules may change halfway."""

    def lived(posts, seed):
        model = AwardModel(posts, rules, behaviour, seed=seed, collects=False).run(years)
        if later is not None:
            model = model.branch(later, n_years_kept=years).run(years)
        with model:
            return model.history(), [model.councils["unit"].bars, model.councils["unit"].strictness]

    seeds = list(range(5, 5 + width))
    together, councils = lived(population.side_by_side(width), seeds)
    of_each = [lived(population, seed) for seed in seeds]
    for of_wide, (of_one, _) in zip(split(together), of_each, strict=True):
        assert differing(of_wide, of_one) == []
    assert councils[1].tolist() == [strictness[0] for _, (_, strictness) in of_each]
    assert {award: bars.tolist() for award, bars in councils[0].items()} == {
        award: [bars[award][0] for _, (bars, _) in of_each] for award in councils[0]
    }
    return of_each


@pytest.mark.parametrize("structure", STRUCTURES)
def test_what_units_and_councils_learn_under_the_shipped_law_is_learned_by_each_replication_alone(structure):
    population = uniform_population(6, [5, 8, 8, 13, 13, 21], direct_share=0.7, units_per_cluster=3)
    behaviour = replace(assumed(learns=True, council_bar_unit=0.0, bar_learning=0.8), structure=structure)
    of_each = check_worlds_side_by_side(
        population, decree_91(), behaviour, width=3, years=3, later=decree_91(principles=urged("rank_weight", 0.0, 0.5))
    )
    assert len({tuple(bars[FOCUS].tolist()) for _, (bars, _) in of_each}) == 3  # they learned different things


def test_a_replication_without_claims_beside_one_with_claims_keeps_what_inspection_left():
    """Members count on last year's share: where nobody won, nobody claims, and an award revoked later for false initiatives was owed to no claim."""
    unused = clause("unused", "eligibility", "requires: {fact: unused-initiatives, at_least: 1, consumed: true}")
    numbers = {"learns": True, "learning_memory": 1.0, "stakes": 3.0, "audit_share": 0.5, "penalty": 2.0, "initiative_rate": 0.3}
    behaviour = Behaviour(**numbers, inspection_share=1.0, fake_initiative_share=0.5, appraisal_reliability=0.5)
    of_each = check_worlds_side_by_side(uniform_population(1, 10), one_award(quota(0.2), unused), behaviour, width=8, years=12)
    assert any((history.is_awarded & ~history.is_choice_without_claims).any() for history, _ in of_each)


def test_replications_differ_though_they_lie_side_by_side():
    population = uniform_population(6, 12)
    with AwardModel(population.side_by_side(3), one_award(quota(0.25)), LIVELY, seed=[5, 6, 5], collects=False) as wide:
        first, second, third = split(wide.run(4).history())
    assert not (first.is_awarded == second.is_awarded).all()
    assert differing(first, third) == []


def test_councils_and_units_side_by_side_are_counted_together_in_what_is_collected():
    population = uniform_population(6, 12)
    with AwardModel(population.side_by_side(3), one_award(quota(0.25)), LIVELY, seed=[5, 6, 7]) as wide:
        wide.run(2)
        n_read = wide.councils["unit"].n_read
        councils = wide.datacollector.get_agenttype_vars_dataframe(Council)
    assert len(n_read) == 3
    assert councils.loc[2, "n_read"].sum() == n_read.sum()


@pytest.mark.parametrize("options", [{"seed": [5]}, {"seed": [5, 6, 7]}, {"seed": 5}, {"seed": [5, 6], "attributes": True}])
def test_every_replication_has_a_seed_of_its_own_and_reasons_are_told_of_one_alone(options):
    with pytest.raises(ValueError, match="do not go with 2 replications"):
        AwardModel(uniform_population(6, 12).side_by_side(2), one_award(quota(0.25)), LIVELY, **options)
