"""A collective is to its cluster what a member is to its unit; the same code decides both."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.history import Role
from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.collectives import FIRST_COLLECTIVE, clusters_of_units, mark
from simulator.model.model import AwardModel
from simulator.model.norms import AT
from simulator.population.generator import generate, uniform_population
from simulator.population.spec import PopulationSpec
from simulator.ranking import SCORE_STEP
from simulator.scoring.facts import Rating
from tests.worlds import FOCUS, award, clause, criteria, quota

FLAG = "flag"
WORDS = {"vi": "Thử", "en": "Trial"}
LEADS = clause("leads", "eligibility", "requires: {fact: leads-cluster}")
ONE_PLACE = clause("places", "quota", "places: 1, pooling: cluster")
NOISY = Behaviour(appraisal_reliability=0.45)


def flag(*clauses, award_id=FLAG, level=3, authority="province"):
    return award(award_id, *clauses, level=level, authority=authority).replace("target: individual", "target: collective")


def asking(words):
    return clause("asks", "eligibility", f"requires: {words}")


def rules(*flags, of_members=()):
    return criteria(award(FOCUS, quota()), *of_members, *flags)


def model_of(criteria_set, behaviour=None, *, n_units=24, size=10, units_per_cluster=8, focus=FLAG, seed=1, **options):
    population = uniform_population(n_units, size, units_per_cluster=units_per_cluster)
    return AwardModel(population, criteria_set, behaviour, seed=seed, focus_award=focus, collects=False, **options)


def won(criteria_set, behaviour=None, *, years=10, **options):
    """Give who won the flag: (years, n_units) bool."""
    with model_of(criteria_set, behaviour, **options) as model:
        return model.run(years).history(n_history_years=0).awards[FLAG].reshape(years, -1)


# --- clusters in the place of units -----------------------------------------------------------------------------------------------


def test_clusters_hold_units_as_units_hold_members():
    kind = {"title": WORDS, "basis": WORDS, "units": 6, "mean_size": 5.0, "leader_share": 0.2, "direct_share": 0.5, "units_per_cluster": 3}
    town = {"id": "town", "title": WORDS, "basis": WORDS, "kinds": {"office": kind, "works": kind | {"sector": "enterprise"}}}
    clusters = clusters_of_units(generate(PopulationSpec.model_validate(town)))
    assert clusters.groups.size.tolist() == [3, 3, 3, 3]
    assert clusters.n_members == 12
    assert clusters.kind.tolist() == [0, 0, 1, 1]
    assert (clusters.kinds, clusters.sectors) == (("office", "works"), ("public", "enterprise"))
    assert (clusters.role == Role.STAFF).all()
    assert not clusters.is_leader.any()


def test_a_collective_has_luck_of_its_own():
    with model_of(rules(flag(LEADS, ONE_PLACE))) as model:
        collectives = model.collectives.members
        assert collectives.id.tolist() == [2**40 + unit for unit in range(24)]
        assert (collectives.talent == model.streams.normal("member.talent", year=0, ids=collectives.id)).all()
        assert not (collectives.talent == model.members.talent[:24]).any()
        model.run(5)
        assert collectives.id.tolist() == [FIRST_COLLECTIVE + unit for unit in range(24)]


def test_members_do_not_notice_that_there_are_collectives():
    behaviour = Behaviour(appraisal_reliability=0.45, turn_weight=0.3, turnover=0.1)
    plain, beside = (
        model_of(criteria_set, behaviour, focus=FOCUS).run(6).history()
        for criteria_set in (rules(), rules(flag(LEADS, ONE_PLACE, authority="state")))
    )
    assert (plain.is_awarded == beside.is_awarded).all()


# --- merit ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("own_share", [0.0, 0.3, 0.7, 1.0])
def test_merit_is_partly_the_members_and_partly_the_units(own_share):
    behaviour = Behaviour(unit_effect_share=own_share)
    with model_of(rules(flag()), behaviour, n_units=8, size=[1, 2, 3, 5, 8, 13, 21, 34]) as model:
        talent, fortune = model.collectives.members.talent.copy(), model.collectives.members.fortune.copy()
        model.step()
        ids, streams, groups = model.collectives.members.id, model.streams, model.population.groups
        history = model.history(n_history_years=0)
        results = AwardModel(model.population, rules(flag()), behaviour, seed=1, collects=False).run(1).history(n_history_years=0).merit
        moved = np.float32(0.3) * fortune + np.float32(math.sqrt(1 - 0.3**2)) * streams.normal("member.fortune", year=1, ids=ids)
        effect = np.float32(math.sqrt(0.65)) * talent + np.float32(math.sqrt(0.35)) * moved
        mean = np.add.reduceat(results.astype(np.float64), groups.start) / groups.size
        of_members = (math.sqrt(1 - own_share) * np.sqrt(groups.size) * mean).astype(np.float32)
        merit = np.float32(math.sqrt(own_share)) * effect + of_members
        assert history.merit.tolist() == (np.rint(merit / np.float32(SCORE_STEP)) * np.float32(SCORE_STEP)).tolist()


@pytest.mark.parametrize("size", [1, 4, 30])
def test_merit_of_collectives_has_the_same_spread_in_units_of_every_size(size):
    with model_of(rules(flag()), Behaviour(unit_effect_share=0.7), n_units=2000, size=size) as model:
        assert model.run(1).history(n_history_years=0).merit.std() == pytest.approx(1, abs=0.05)


def test_merit_of_collectives_lasts_as_that_of_members_does():
    with model_of(rules(flag()), n_units=4000, size=2) as model:
        merit = model.run(3).history(n_history_years=0).merit.reshape(3, -1)
    # Of a member's results, .81 are general merit; both parts are stable to .65, and the rest fades by .3 in the general one.
    assert np.corrcoef(merit[0], merit[1])[0, 1] == pytest.approx(
        0.7 * (0.65 + 0.35 * 0.3) + 0.3 * (0.81 * (0.65 + 0.35 * 0.3) + 0.19 * 0.65), abs=0.03
    )


# --- marks ------------------------------------------------------------------------------------------------------------------------


def marks_of(behaviour, *, year=1, n_units=500):
    with model_of(rules(flag()), behaviour, n_units=n_units, size=2) as model:
        model.run(year)
        files = model.collectives.files
        own = model.collectives.cycle(model._cycle())
        assert (mark(files.merit + files.noise, model.population.age + year, own) == files.score).all()
        return files, own


def test_without_noise_and_favours_a_mark_is_merit():
    files, _ = marks_of(Behaviour())
    assert (files.score == files.merit).all()


def test_peers_see_merit_through_noise():
    files, own = marks_of(NOISY)
    noise = np.float32(math.sqrt(1 / 0.45 - 1)) * own.streams.normal("file.noise", year=1, ids=own.members.id)
    assert (files.noise == noise).all()
    assert (files.score == files.merit + noise).all()


def test_marks_answer_marks():
    for reciprocity in (0.25, 1.0):
        files, own = marks_of(Behaviour(cluster_reciprocity=reciprocity))
        generosity = own.streams.normal("collective.generosity", year=0, ids=own.members.id)
        assert files.score == pytest.approx((1 - reciprocity) * files.merit + reciprocity * generosity, abs=1e-6)


def test_anniversaries_are_favoured_in_their_years_alone():
    for year in (1, 2):
        files, own = marks_of(Behaviour(anniversary_favour=0.5), year=year)
        is_anniversary = (uniform_population(500, 2).age + year) % 5 == 0
        assert (files.score - files.merit == np.float32(0.5) * is_anniversary).all()
        assert is_anniversary.mean() == pytest.approx(0.2, abs=0.01)
        assert own.year == year


def test_the_lawful_best_goes_by_merit_alone():
    behaviour = Behaviour(
        appraisal_reliability=0.45, cluster_turn_weight=0.8, cluster_reciprocity=0.5, anniversary_favour=0.5, council_bar_province=9.0
    )
    with model_of(rules(flag(LEADS, ONE_PLACE)), behaviour, is_perfect=True) as model:
        history = model.run(5).history(n_history_years=0)
    merit = history.merit.reshape(5, 3, 8)
    assert (history.awards[FLAG].reshape(5, 3, 8) == (merit == merit.max(axis=2, keepdims=True))).all()


# --- what clauses may ask ---------------------------------------------------------------------------------------------------------


def facts_after(criteria_set, behaviour=None, **options):
    with model_of(criteria_set, behaviour, **options) as model:
        model.run(3)
        return model, model.collectives.files.facts


def test_members_are_counted_this_year_and_unit_by_unit():
    criteria_set = rules(flag(asking(f"{{fact: members-awarded, award: {FOCUS}, at_least: 1}}")))
    model, facts = facts_after(criteria_set, Behaviour(discipline_probability=0.1), size=[3, 9, 20] * 8)
    groups = model.population.groups
    assert facts.count("members").tolist() == groups.size.tolist()
    is_awarded = (model.members.award_years[FOCUS] & 1).astype(bool)
    assert facts.count(f"members_awarded:{FOCUS}").tolist() == groups.count(is_awarded).tolist()
    for word, rating in (
        ("failed", Rating.FAILED),
        ("completed", Rating.COMPLETED),
        ("completed-well", Rating.COMPLETED_WELL),
        ("excellent", Rating.EXCELLENT),
    ):
        is_rated = (model.members.rating_years[rating] & 1).astype(bool)
        assert facts.count(f"members_rated:{word}").tolist() == groups.count(is_rated).tolist()
    disciplined = model.streams.is_lucky("member.disciplined", year=3, ids=model.members.id, probability=0.1)
    assert facts.count("members_disciplined").tolist() == groups.count(disciplined).tolist()
    assert facts.count("years_established").tolist() == (model.population.age + 3).tolist()


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        (f"{{fact: members-awarded, award: {FOCUS}, at_least: 2}}", True),
        (f"{{fact: members-awarded, award: {FOCUS}, at_least: 3}}", False),
        (f"{{fact: members-awarded, award: {FOCUS}, at_least_share: 0.2}}", True),
        (f"{{fact: members-awarded, award: {FOCUS}, more_than_share: 0.2}}", False),
        ("{fact: members-rated, rating: failed, at_least_share: 1}", True),
        ("{fact: members-disciplined, at_least: 1}", False),
        ("{not: {fact: members-disciplined, at_least: 1}}", True),
    ],
)
def test_conditions_on_members_open_and_close_awards(words, is_open):
    assert (won(rules(flag(asking(words)))) == is_open).all()  # two of ten members are awarded every year


def test_an_award_nobody_has_is_held_by_none():
    long_service = award("medal", kind="long-service", level=1)
    assert not won(rules(flag(asking("{fact: members-awarded, award: medal, at_least: 1}")), of_members=(long_service,))).any()


def test_units_grow_old():
    is_won = won(rules(flag(asking("{fact: years-established, at_least: 10}"))), years=10)
    years = uniform_population(24, 10).age + np.arange(1, 11)[:, None]
    assert (is_won == (years >= 10)).all()


def test_collectives_are_rated_by_the_cuts_alone():
    behaviour = Behaviour(appraisal_reliability=0.45, leader_rating_weight=0.5, collective_pull=0.5)
    cap = (clause("cap", "rating-cap", "rating: excellent, share: 0.2, of: good"),)
    criteria_set = criteria(award(FOCUS, quota()), flag(), procedure=cap)
    with model_of(criteria_set, behaviour, n_units=400, size=2) as model:
        model.run(2)
        files = model.collectives.files
        score = files.merit + np.float32(math.sqrt(1 / 0.45 - 1)) * model.streams.normal("rating.noise", year=2, ids=model.collectives.members.id)
        assert (files.facts.rating == np.digitize(score, [-2.0, -0.5, 0.85])).all()
        years = model.collectives.members.rating_years[Rating.EXCELLENT]
        assert ((years & 1) == (score >= np.float32(0.85))).all()


def test_ratings_are_remembered_also_under_a_set_without_collective_awards():
    behaviour = Behaviour(appraisal_reliability=0.45)
    run_of_excellent = asking("{fact: rating-run, rating: excellent, at_least: 2}")
    with model_of(rules(), behaviour, focus=FOCUS, n_units=200) as before, before.run(3).branch(rules(flag(run_of_excellent))) as after:
        after.step()
        branched = (after.collectives.members.award_years[FLAG] & 1).astype(bool)
    always = won(rules(flag(run_of_excellent)), behaviour, n_units=200, years=4)
    assert branched.any()
    assert (branched == always[3]).all()


def test_a_gate_of_a_sector_holds_for_collectives():
    gates = [
        clause("gate", "sector-gate", f"sector: {sector}, requires: {{fact: rating, at_least: excellent}}") for sector in ("public", "enterprise")
    ]
    gated, free = (won(criteria(award(FOCUS, quota()), flag(), procedure=(gate,)), n_units=100) for gate in gates)
    assert free.all()
    assert 0 < gated.mean() < 0.4


# --- who leads, who wins ----------------------------------------------------------------------------------------------------------


def test_one_collective_leads_each_cluster_and_wins_its_flag():
    is_won = won(rules(flag(LEADS, ONE_PLACE)), NOISY, n_units=25, units_per_cluster=5)
    assert (is_won.reshape(10, 5, 5).sum(axis=2) == 1).all()


def test_a_cluster_in_which_nobody_is_eligible_has_no_leader():
    is_won = won(rules(flag(LEADS, ONE_PLACE, asking("{fact: rating, at_least: excellent}").replace("asks", "rated"))), NOISY, n_units=200)
    n_flags = is_won.reshape(10, -1, 8).sum(axis=2)
    assert set(np.unique(n_flags)) == {0, 1}


def test_who_leads_is_told_award_by_award():
    """Turns are those of each award, so one collective may lead for one award and another for the next."""
    second = flag(LEADS, ONE_PLACE, award_id="second", level=4)
    with model_of(
        rules(flag(LEADS, ONE_PLACE, asking("{fact: years-established, at_least: 40}").replace("asks", "old")), second),
        Behaviour(cluster_turn_weight=1.0),
    ) as model:
        history = model.run(16).history(n_history_years=0)
    turns = history.awards["second"].reshape(16, -1)
    assert (turns.sum(axis=0) == 2).all()
    of_the_old = history.awards[FLAG].reshape(16, -1)
    assert of_the_old.sum() == turns.sum()  # somebody old enough leads every year
    assert (of_the_old != turns).any()


@pytest.mark.parametrize("least", [1, 20])
def test_the_rules_allow_all_who_could_lead_not_only_who_leads(least):
    old_enough = asking(f"{{fact: years-established, at_least: {least}}}")
    with model_of(rules(flag(LEADS, ONE_PLACE, old_enough))) as model:
        history = model.run(3).history(n_history_years=0)
        could_lead = np.array([model.population.age + year >= least for year in (1, 2, 3)])
    assert (history.is_eligible.reshape(3, 24) == could_lead).all()
    assert 0 < history.awards[FLAG].sum() <= 9 < could_lead.sum()


def test_limiting_case_3_one_level_up_each_collective_has_its_turn():
    """s = 1 and one flag for each cluster of n: everybody wins once every n years."""
    is_won = won(rules(flag(LEADS, ONE_PLACE)), Behaviour(appraisal_reliability=0.45, cluster_turn_weight=1.0), years=16)
    assert (is_won[:8].sum(axis=0) == 1).all()
    assert (is_won[8:] == is_won[:8]).all()


def test_limiting_case_1_one_level_up_the_best_win():
    with model_of(rules(flag(clause("places", "quota", "share: 0.25, of: staff, pooling: cluster, rounding: floor")))) as model:
        history = model.run(5).history(n_history_years=0)
    merit = history.merit.reshape(5, 3, 8)
    assert (history.awards[FLAG].reshape(5, 3, 8) == (merit >= np.sort(merit, axis=2)[:, :, -2:-1])).all()


def test_places_of_a_cluster_are_filled_by_the_cluster():
    """A cluster that goes by turns sends whose turn it is, though the council would have liked somebody else."""
    places = clause("places", "quota", "places: 2, pooling: cluster")
    is_won = won(rules(flag(places)), Behaviour(cluster_turn_weight=1.0), years=8)
    assert (is_won.sum(axis=0) == 2).all()
    assert (is_won.reshape(8, 3, 8).sum(axis=2) == 2).all()


def test_one_list_for_all_goes_by_the_councils_reading():
    with model_of(
        rules(flag(clause("places", "quota", "share: 0.125, of: staff, pooling: all, rounding: nearest"))), Behaviour(cluster_turn_weight=1.0)
    ) as model:
        history = model.run(5).history(n_history_years=0)
    merit = history.merit.reshape(5, -1)
    assert (history.awards[FLAG].reshape(5, -1) == (merit >= np.sort(merit, axis=1)[:, -3:-2])).all()


def test_a_place_of_the_holders_of_a_lower_flag():
    state = flag(
        asking(f"{{fact: awarded-this-year, award: {FLAG}}}"),
        clause("few", "quota", f"share: 0.34, of: {{holders_of: {FLAG}}}, pooling: all, rounding: floor"),
        award_id="state-flag",
        level=4,
        authority="state",
    )
    with model_of(rules(flag(LEADS, ONE_PLACE), state)) as model:
        history = model.run(5).history(n_history_years=0)
    first, second = history.awards[FLAG].reshape(5, -1), history.awards["state-flag"].reshape(5, -1)
    assert (second.sum(axis=1) == 1).all()
    assert not (second & ~first).any()


@given(st.sampled_from(STRUCTURES), st.floats(0, 1), st.integers(1, 5))
def test_a_cluster_never_wins_more_flags_than_it_has(structure, turn_weight, seed):
    behaviour = Behaviour(appraisal_reliability=0.45, cluster_turn_weight=turn_weight, structure=structure, reciprocity=0.3, cluster_reciprocity=0.3)
    is_won = won(rules(flag(LEADS, ONE_PLACE)), behaviour, seed=seed, years=4)
    assert (is_won.reshape(4, 3, 8).sum(axis=2) == 1).all()


def test_under_the_mixture_some_clusters_go_by_turns_and_the_others_by_marks():
    behaviour = Behaviour(cluster_turn_weight=0.4, structure="mixture")
    with model_of(rules(flag(LEADS, ONE_PLACE)), behaviour, n_units=800, size=2) as model:
        model.run(4)
        uniform = model.streams.uniform("unit.reason", year=4, ids=FIRST_COLLECTIVE + np.arange(100))
        merit = model.collectives.files.merit.reshape(100, 8)
        best_wins = (model.collectives.members.award_years[FLAG].reshape(100, 8) & 1).astype(bool)[np.arange(100), merit.argmax(axis=1)]
    assert best_wins[uniform < 0.6].all()
    assert best_wins[uniform >= 0.6].mean() < 0.5


def test_a_cooling_off_rests_the_holder():
    is_won = won(rules(flag(ONE_PLACE, clause("rest", "cooling-off", "years: 2"))), NOISY, years=12)
    for year in range(1, 12):
        assert not (is_won[year] & is_won[max(0, year - 2) : year].any(axis=0)).any()
    assert (is_won.reshape(12, 3, 8).sum(axis=2) == 1).all()


def test_a_council_reads_the_mark_through_the_clusters_noise_and_its_own():
    behaviour = replace(NOISY, council_bar_province=0.0, dossier_error_share=0.5)
    with model_of(rules(flag()), behaviour, n_units=300, size=2) as model:
        model.run(1)
        files, ids = model.collectives.files, model.collectives.members.id
        sigma = math.sqrt(1 / 0.45 - 1)
        own = np.float32(math.sqrt(0.5) * sigma) * model.streams.normal("council.province.noise", year=1, ids=ids)
        passes = files.merit + np.float32(math.sqrt(0.5)) * files.noise + own >= 0
        assert ((model.collectives.members.award_years[FLAG] & 1).astype(bool) == passes).all()


# --- from year to year, and under new rules ---------------------------------------------------------------------------------------


def test_clusters_do_not_learn():
    behaviour = Behaviour(appraisal_reliability=0.45, stakes=1.0, cluster_turn_weight=0.25, turn_weight=0.5, learns=True)
    with model_of(rules(flag(LEADS, ONE_PLACE)), behaviour) as model:
        model.run(5)
        assert (model.collectives.norms.turn_weight == np.float32(0.25)).all()
        assert (model.collectives.norms.volume == AT).all()
        assert not (model.norms.turn_weight == np.float32(0.5)).all()


def test_a_branch_goes_on_from_the_same_state_and_leaves_the_old_one_alone():
    criteria_set = rules(flag(LEADS, ONE_PLACE, asking(f"{{not: {{fact: award-run, award: {FLAG}, at_least: 2}}}}")))
    behaviour = Behaviour(appraisal_reliability=0.45, cluster_turn_weight=0.5, cluster_reciprocity=0.2)
    whole = won(criteria_set, behaviour, years=8)
    with model_of(criteria_set, behaviour) as model, model.run(4).branch(criteria_set) as branch:
        branched = branch.run(4).history(n_history_years=0).awards[FLAG].reshape(-1, 24)[-4:]
        stayed = model.run(4).history(n_history_years=0).awards[FLAG].reshape(8, 24)
    assert (branched == whole[4:]).all()
    assert (stayed == whole).all()


def test_a_branch_moves_the_weights_of_clusters():
    criteria_set = rules(flag(LEADS, ONE_PLACE))
    with (
        model_of(criteria_set, Behaviour(cluster_turn_weight=0.25)) as model,
        model.run(2).branch(criteria_set, Behaviour(cluster_turn_weight=0.6)) as branch,
    ):
        assert branch.collectives.norms.turn_weight == pytest.approx(np.full(3, 0.6))
        assert model.collectives.norms.turn_weight == pytest.approx(np.full(3, 0.25))


@pytest.mark.parametrize(("counts_as", "is_open"), [("banner", True), (None, False)])
def test_titles_of_collectives_pass_into_those_of_the_new_set(counts_as, is_open):
    old = rules(flag())
    words = "award: flag, of_set: trial" + (f", counts_as: {counts_as}" if counts_as else "")
    needs = asking("{fact: award-count, award: banner, within_years: 5, at_least: 2}")
    new = criteria(
        award(FOCUS, quota()), flag(award_id="banner"), flag(needs, award_id="star", level=5), procedure=(clause("t", "transition", words),)
    )
    with model_of(old, focus=FOCUS) as model, model.run(3).branch(new) as branch:
        branch.step()
        assert ((branch.collectives.members.award_years["star"] & 1).astype(bool) == is_open).all()


def test_the_focus_award_may_be_one_of_collectives():
    behaviour = Behaviour(appraisal_reliability=0.45, cluster_turn_weight=0.25)
    with model_of(rules(flag(LEADS, ONE_PLACE)), behaviour, attributes=True) as model:
        history = model.run(4).history()
    assert len(history.year) == 4 * 24
    assert (history.unit.reshape(4, 24)[0] == np.repeat([0, 1, 2], 8)).all()
    assert history.is_nominated.sum() == 12
    assert history.place_share == pytest.approx(np.full(96, 1 / 8))
    assert history.achievements is None
    assert set(history.awards) == {FLAG}
