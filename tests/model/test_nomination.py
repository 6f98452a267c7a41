"""Places, floors, caps and pools on the model, for rules drawn at random."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.effort import choose_effort
from simulator.model.files import write_files
from simulator.model.model import AwardModel
from simulator.model.nomination import choose, choose_by_noise_alone, decide_award, is_allowed, put_question
from simulator.model.norms import AT, OVER, UNDER
from simulator.model.structures import WeighingUnit
from simulator.population.generator import generate, uniform_population
from simulator.population.spec import KindOfUnit, PopulationSpec
from simulator.rules.values import Text
from simulator.scoring.facts import Rating
from tests.cycles import begin_cycle
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
        "pooling": st.sampled_from(["unit", "cluster", "kind", "all"]),
        "volume": st.sampled_from(["at", "mixed"]),
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
        if rules["volume"] == "mixed":
            model.norms.volume[:] = np.arange(population.n_units) % 3
        history = model.run(3).history(n_history_years=0)
    won = history.is_awarded.reshape(3, -1)
    eligible = history.is_eligible.reshape(3, -1)
    assert not (won & ~eligible).any()
    of_member = population.groups.of_member
    pool = {"unit": of_member, "cluster": population.cluster[of_member], "kind": population.kind[of_member]}.get(
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


WIDE = clause("f", "direct-worker-floor", "share: 0.5, pooling: all")


def question_of(rules, behaviour=BUSY, *, volume=AT, population=None):
    """Put the question of the focus award in the first year of a small world."""
    cycle = begin_cycle(behaviour, rules, population=population, n_units=30)
    cycle.norms.volume[:] = volume
    files = write_files(cycle, choose_effort(cycle))
    with AwardModel(cycle.population, rules, behaviour, seed=1, collects=False) as model:
        council = model.councils[cycle.regime.focus.authority]
        priorities = WeighingUnit.priorities([], files, cycle)
        question = put_question(cycle.regime.focus, files, cycle, council, priorities)
        return question, choose(question, files, cycle, council), files, cycle, council


@pytest.mark.parametrize(("volume", "n_files"), [(UNDER, 4), (AT, 4), (OVER, 5)])
def test_units_send_more_or_fewer_files_than_they_have_places(volume, n_files):
    """⌈0.8 · 4⌉ is 4, and ⌈1.25 · 4⌉ is 5, of which the council keeps the 4 it reads best."""
    question, choice, _, cycle, _ = question_of(one_award(quota(0.2)), volume=volume)
    assert len(choice.nominees) == 30 * n_files
    assert len(choice.winners) == 30 * 4
    assert question.has_to_cut == (volume == OVER)
    left = np.setdiff1d(choice.nominees, choice.winners)
    read = dict(zip(choice.nominees.tolist(), choice.reading.score.tolist(), strict=True))
    unit = cycle.population.groups.of_member
    for one in left.tolist():
        rivals = [read[other] for other in choice.winners.tolist() if unit[other] == unit[one]]
        assert read[one] <= min(rivals) + 1e-5


@pytest.mark.parametrize("volume", [UNDER, AT, OVER])
def test_a_floor_holds_over_the_places_however_many_files_are_sent(volume):
    _, choice, _, cycle, _ = question_of(one_award(quota(0.2), WIDE), replace(BUSY, rank_weight=0.8, prestige_weight=0.0), volume=volume)
    assert len(choice.winners) <= 120
    assert cycle.population.is_leader[choice.nominees].sum() == len(choice.nominees) // 2
    assert cycle.population.is_leader[choice.winners].sum() <= 60


def test_choosing_leaves_no_trace():
    question, choice, files, cycle, council = question_of(one_award(quota(0.2)), volume=OVER)
    again = choose(question, files, cycle, council)
    assert (again.winners == choice.winners).all()
    assert council.n_read == 0
    assert not cycle.members.award_years[FOCUS].any()


def test_an_award_that_is_open_to_nobody_is_asked_for_by_nobody():
    needs = clause("i", "eligibility", "requires: {fact: unused-initiatives, at_least: 2, consumed: true}")
    question, choice, files, cycle, council = question_of(one_award(quota(0.2), needs), replace(BUSY, initiative_rate=0.0))
    assert question.is_closed
    assert question.asking is None
    assert not question.is_eligible(files).any()
    assert len(choice.nominees) == len(choice.winners) == len(choice.reading.score) == 0
    outcome = decide_award(question.rule, files, cycle, council, question.priority_of)
    assert (len(outcome.winners), int(council.n_read[0])) == (0, 0)
    assert not question_of(one_award(quota(0.2)))[0].is_closed


def test_deciding_enters_memory():
    question, choice, files, cycle, council = question_of(one_award(quota(0.2)))
    outcome = decide_award(question.rule, files, cycle, council, question.priority_of)
    assert (outcome.winners == choice.winners).all()
    assert np.flatnonzero(cycle.members.award_years[FOCUS]).tolist() == sorted(choice.winners.tolist())
    assert council.n_read == len(outcome.nominees) == len(outcome.is_approved) == len(outcome.read_score)
    assert (outcome.n_places == 4).all()
    assert (outcome.place_share == 0.2).all()
    assert outcome.rule is question.rule


def test_deciding_uses_initiatives_up():
    needs = clause("i", "eligibility", "requires: {fact: unused-initiatives, at_least: 2, consumed: true}")
    question, _, files, cycle, council = question_of(one_award(quota(1.0), needs), replace(BUSY, initiative_rate=2.0))
    before = cycle.members.unused_initiatives
    outcome = decide_award(question.rule, files, cycle, council, question.priority_of)
    assert len(outcome.winners) > 50
    assert (outcome.initiatives_used == 2).all()
    assert (cycle.members.unused_initiatives[outcome.winners] == before[outcome.winners] - 2).all()


def test_initiatives_are_used_up_by_those_whose_way_in_they_were():
    """Some winners use one and others, who are excellent, none."""
    needs = clause(
        "i", "eligibility", "requires: {any: [{fact: rating, at_least: excellent}, {fact: unused-initiatives, at_least: 1, consumed: true}]}"
    )
    question, _, files, cycle, council = question_of(one_award(quota(1.0), needs), replace(BUSY, initiative_rate=1.0))
    before = cycle.members.unused_initiatives
    outcome = decide_award(question.rule, files, cycle, council, question.priority_of)
    assert set(outcome.initiatives_used.tolist()) == {0, 1}
    assert (outcome.initiatives_used == (files.facts.rating[outcome.winners] < Rating.EXCELLENT)).all()
    assert (cycle.members.unused_initiatives[outcome.winners] == before[outcome.winners] - outcome.initiatives_used).all()


@pytest.mark.parametrize("n_needed", [1, 2])
def test_an_award_that_rests_on_one_initiative_rests_on_initiatives(n_needed):
    """All are false, and all of that is found."""
    needs = clause("i", "eligibility", f"requires: {{fact: unused-initiatives, at_least: {n_needed}, consumed: true}}")
    caught = replace(BUSY, initiative_rate=2.0, fake_initiative_share=1.0, audit_share=1.0, detection=1.0)
    question, choice, _, _, _ = question_of(one_award(quota(1.0), needs), caught)
    assert len(choice.nominees) > 50
    assert (question.initiatives_used[choice.nominees] == n_needed).all()
    assert not len(choice.winners)


def test_a_file_that_just_reaches_the_threshold_is_eligible():
    question, _, files, _, _ = question_of(one_award(clause("bar", "score-threshold", "at_least: 0.5")))
    for score in np.sort(files.score)[[0, 300, 599]]:
        reached = replace(question, rule=replace(question.rule, score_threshold=float(score)))
        assert (reached.is_eligible(files) == (files.score >= score)).all()
        assert reached.is_eligible(files)[files.score == score].all()
        missed = replace(question, rule=replace(question.rule, score_threshold=float(np.nextafter(score, np.float32(np.inf)))))
        assert not missed.is_eligible(files)[files.score == score].any()


def test_a_council_cuts_where_any_unit_sends_more_files_than_it_has_places():
    question, choice, _, cycle, _ = question_of(one_award(quota(0.2)), volume=np.resize([UNDER, AT, OVER], 30))
    assert question.n_files.tolist() == [4, 4, 5] * 10
    assert question.has_to_cut
    assert (np.bincount(cycle.population.groups.of_member[choice.winners]) == 4).all()


def test_who_would_be_chosen_by_noise_alone_is_told_by_merit_and_noise_and_nothing_else_in_a_file():
    """Claims, tenure, the post and the weighing of the set stand in the score, and are left out."""
    weighing = clause("w", "weights", "results: 0.4, initiative: 0.2, scope: 0.3, conduct: 0.1")
    behaviour = replace(BUSY, tenure_effect=1.0, stakes=4.0, turnover=0.2)
    rested = clause("bar", "score-threshold", "at_least: -0.5")
    question, _, files, cycle, council = question_of(criteria(award(FOCUS, quota(0.2), rested), procedure=(weighing,)), behaviour)
    outcome = decide_award(question.rule, files, cycle, council, question.priority_of)
    groups = cycle.population.groups

    def best_by(column):
        chosen = []
        for unit in range(30):
            members = np.flatnonzero((groups.of_member == unit) & outcome.is_eligible)
            n_awarded = int((groups.of_member[outcome.winners] == unit).sum())
            chosen += members[np.argsort(-column[members], kind="stable")[:n_awarded]].tolist()
        return set(chosen)

    assert not outcome.is_eligible.all()
    found = choose_by_noise_alone(outcome, files, groups)
    assert len(found) == len(outcome.winners)
    assert set(found.tolist()) == best_by(files.merit + files.noise)
    for other in (files.score, files.merit):
        assert set(found.tolist()) != best_by(other)


def test_every_condition_the_gate_and_the_pause_must_all_be_met():
    """Whoever is left by one is asked about the next, as long as anybody is left."""
    asks = [
        clause("r", "eligibility", "requires: {fact: rating, at_least: completed-well}"),
        clause("i", "eligibility", "requires: {fact: unused-initiatives, at_least: 1, consumed: false}"),
        clause("pause", "cooling-off", "years: 1"),
    ]
    gate = clause("gate", "sector-gate", "sector: public, requires: {fact: rating, at_least: excellent}")
    rules = criteria(award(FOCUS, *asks), procedure=(gate,))
    question, _, files, cycle, _ = question_of(rules, replace(BUSY, initiative_rate=0.5), population=uniform_population(30, 20))
    is_winner_of_last_year = np.arange(cycle.population.n_members) % 2 == 0
    cycle.members.award_years[FOCUS] = np.where(is_winner_of_last_year, 2, 0).astype(np.uint32)
    parts = [files.facts.rating >= Rating.EXCELLENT, cycle.members.unused_initiatives >= 1, cycle.members.award_years[FOCUS] == 0]
    assert (is_allowed(question.rule, files.facts, cycle.population) == np.all(parts, axis=0)).all()
    for left_out in range(3):
        assert (np.all(parts[:left_out] + parts[left_out + 1 :], axis=0) != np.all(parts, axis=0)).any()


def test_a_gate_binds_one_sector_only():
    gate = clause("gate", "sector-gate", "sector: enterprise, requires: {fact: rating, at_least: excellent}")
    rules = one_award(quota(1.0), procedure=(gate,))
    population = replace(generate(TWO_KINDS), sectors=("public", "enterprise"))
    question, _, files, _, _ = question_of(rules, population=population)
    is_gated = population.kind[population.groups.of_member] == 1
    is_excellent = files.facts.rating >= Rating.EXCELLENT
    assert question.is_allowed[~is_gated].all()
    assert (question.is_allowed[is_gated] == is_excellent[is_gated]).all()


def test_only_those_who_registered_stand_for_an_award_of_the_unit():
    for authority, binds in (("unit", True), ("province", False)):
        rules = criteria(award(FOCUS, quota(), authority=authority))
        question, _, files, _, _ = question_of(rules, replace(BUSY, registration_reach=0.4))
        assert 0.2 < files.is_registered.mean() < 0.8
        assert (question.is_allowed == (files.is_registered if binds else True)).all()


def test_places_pooled_over_a_cluster_are_taken_by_its_best():
    history = live(one_award(quota(0.1, pooling="cluster")), n_units=32)
    merit, won = history.merit.reshape(10, 4, -1), history.is_awarded.reshape(10, 4, -1)
    for year in range(10):
        for cluster in range(4):
            one = won[year, cluster]
            assert one.sum() == 16
            assert merit[year, cluster][one].min() >= merit[year, cluster][~one].max()


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
