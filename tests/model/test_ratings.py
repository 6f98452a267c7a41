from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.careers import move_on
from simulator.model.effort import choose_effort
from simulator.model.merit import live_year
from simulator.model.ratings import has_false_initiatives, is_disciplined, is_registered, rate, recognise_initiatives
from simulator.model.regime import ThresholdOfMembers
from simulator.rules.values import exact
from simulator.scoring.facts import Rating
from tests.cycles import begin_cycle
from tests.worlds import clause, one_award, quota

NOISY = Behaviour(appraisal_reliability=0.45)


def rated(cycle):
    merits = live_year(cycle, choose_effort(cycle))
    tie = cycle.streams.tie_break(year=cycle.year, ids=cycle.members.id)
    return rate(merits, tie, cycle), merits


def with_thresholds(cycle, *thresholds):
    found = tuple(ThresholdOfMembers("lao-dong-tien-tien", exact(share), must_pass) for share, must_pass in thresholds)
    return replace(cycle, regime=replace(cycle.regime, thresholds=found))


def test_ratings_follow_their_cuts():
    rating, merits = rated(begin_cycle(n_units=200))  # read without error
    assert (rating == np.digitize(merits.results, [-2.0, -0.5, 0.85])).all()


def test_ratings_are_noisy_pictures_of_results():
    cycle = begin_cycle(NOISY, n_units=200)
    rating, merits = rated(cycle)
    score = merits.results + np.float32(cycle.regime.error_sd) * cycle.normal("rating.noise", cycle.members.id)
    assert (rating == np.digitize(score, [-2.0, -0.5, 0.85])).all()


@pytest.mark.parametrize("size", [3, 6, 7, 20, 61])
def test_the_cap_on_excellent_holds_in_every_unit_and_wastes_no_room(size):
    cap = clause("cap", "rating-cap", "rating: excellent, share: 0.2, of: good")
    rating = rated(begin_cycle(NOISY, one_award(quota(), procedure=(cap,)), size=size, n_units=200))[0].reshape(-1, size)
    free = rated(begin_cycle(NOISY, size=size, n_units=200))[0].reshape(-1, size)
    excellent, good = (rating == Rating.EXCELLENT).sum(axis=1), (rating == Rating.COMPLETED_WELL).sum(axis=1)
    assert (5 * excellent <= good).all()
    wished = (free == Rating.EXCELLENT).sum(axis=1)
    has_room = 5 * (excellent + 1) <= good - 1
    assert (excellent == wished)[has_room].all()
    assert ((rating < Rating.COMPLETED_WELL) == (free < Rating.COMPLETED_WELL)).all()


def test_leaders_answer_for_those_who_fail():
    cycle = begin_cycle(Behaviour(leader_rating_weight=20.0), n_units=300)
    rating, merits = rated(cycle)
    is_leader = cycle.population.is_leader
    plain = np.digitize(merits.results, [-2.0, -0.5, 0.85])
    somebody_fails = ((merits.results < -2) & ~is_leader).reshape(300, 20).any(axis=1)
    assert 0 < somebody_fails.sum() < 300
    answers = np.repeat(somebody_fails, 20) & is_leader
    assert (rating[answers] == Rating.FAILED).all()
    assert (rating == plain)[~answers].all()


def test_a_leader_who_fails_costs_nobody_else():
    cycle = begin_cycle(
        Behaviour(leader_rating_weight=20.0, rating_completed_at=1.0, rating_well_at=2.0, rating_excellent_at=3.0, leader_merit=-9.0), size=3
    )
    assert cycle.population.is_leader.all()
    rating, merits = rated(cycle)
    assert (rating == np.digitize(merits.results, [1.0, 2.0, 3.0])).all()


@pytest.mark.parametrize("pull", [0.05, 0.1, 0.3])
@pytest.mark.parametrize(("share", "must_pass"), [(0.7, False), (0.7, True), (0.75, False)])
def test_units_just_short_of_a_collective_title_rate_as_many_higher_as_it_takes(pull, share, must_pass):
    size, n_units = 20, 300
    behaviour = Behaviour(appraisal_reliability=0.45, collective_pull=pull)
    free, merits = rated(begin_cycle(NOISY, n_units=n_units, size=size))
    cycle = with_thresholds(begin_cycle(behaviour, n_units=n_units, size=size), (share, must_pass))
    rating, _ = rated(cycle)
    score = merits.results + np.float32(cycle.regime.error_sd) * cycle.normal("rating.noise", cycle.members.id)
    needed = round(share * size) + must_pass
    n_pulled = 0
    for unit in range(n_units):
        before, after = free.reshape(n_units, size)[unit], rating.reshape(n_units, size)[unit]
        short = needed - (before >= Rating.COMPLETED_WELL).sum()
        completed = np.flatnonzero(before == Rating.COMPLETED)
        if 0 < short <= min(round(pull * size), len(completed)):
            best = completed[np.argsort(-score.reshape(n_units, size)[unit][completed])][:short]
            assert (after[best] == Rating.COMPLETED_WELL).all()
            before = before.copy()
            before[best] = Rating.COMPLETED_WELL
            n_pulled += 1
        assert (after == before).all()
    assert n_pulled > 10


def test_a_title_out_of_reach_does_not_pull_and_of_two_the_larger_in_reach_does():
    behaviour = Behaviour(collective_pull=0.2, rating_well_at=-0.4)
    free, _ = rated(begin_cycle(behaviour, n_units=300))
    n_well = (free >= Rating.COMPLETED_WELL).reshape(300, 20).sum(axis=1)
    both, _ = rated(with_thresholds(begin_cycle(behaviour, n_units=300), (0.6, False), (0.8, False)))
    now = (both >= Rating.COMPLETED_WELL).reshape(300, 20).sum(axis=1)
    n_completed = (free == Rating.COMPLETED).reshape(300, 20).sum(axis=1)
    expected = n_well.copy()
    for needed in (12, 16):
        short = needed - n_well
        expected = np.where((short > 0) & (short <= np.minimum(4, n_completed)), needed, expected)
    assert (now == expected).all()
    assert {12, 16} <= set(now[now != n_well])


def test_without_pull_or_without_such_a_title_nobody_is_lifted():
    free, _ = rated(begin_cycle(NOISY, n_units=100))
    assert (rated(with_thresholds(begin_cycle(NOISY, n_units=100), (0.7, False)))[0] == free).all()
    assert (rated(begin_cycle(replace(NOISY, collective_pull=0.5), n_units=100))[0] == free).all()


def test_initiatives_come_at_their_rate():
    cycle = begin_cycle(n_units=2500)
    merits = live_year(cycle, choose_effort(cycle))
    for merit, mean in ((0.0, 0.25), (1.0, 0.25 * np.exp(0.6)), (-1.0, 0.25 * np.exp(-0.6)), (9.0, 0.25 * np.exp(3.0))):
        merits._shown["initiative"] = np.full(50_000, merit, dtype=np.float32)
        assert recognise_initiatives(merits, cycle).mean() == pytest.approx(mean, rel=0.03)


def test_initiatives_that_do_not_follow_merit_ask_for_none():
    cycle = begin_cycle(Behaviour(initiative_slope=0.0), n_units=2500)
    merits = live_year(cycle, choose_effort(cycle))
    assert recognise_initiatives(merits, cycle).mean() == pytest.approx(0.25, rel=0.03)
    assert "initiative" not in merits._shown
    cycle = begin_cycle(Behaviour(initiative_rate=0.0))
    assert not recognise_initiatives(live_year(cycle, choose_effort(cycle)), cycle).any()


def test_who_was_rated_well_last_year_is_registered_and_others_by_chance():
    cycle = begin_cycle(Behaviour(registration_reach=0.3), n_units=1000)
    years = cycle.members.rating_years[Rating.COMPLETED_WELL]
    years[:10_000] |= np.uint32(1)
    move_on(cycle)
    registered = is_registered(cycle)
    assert registered[:10_000].all()
    assert registered[10_000:].mean() == pytest.approx(0.3, abs=0.02)
    years |= np.uint32(1)  # this year's rating says nothing about this year's registration
    assert (is_registered(cycle) == registered).all()


@pytest.mark.parametrize(("reach", "share"), [(0.0, 0.0), (1.0, 1.0)])
def test_registration_of_nobody_or_everybody(reach, share):
    assert is_registered(begin_cycle(Behaviour(registration_reach=reach))).mean() == share


@pytest.mark.parametrize(
    ("number", "ask"), [("discipline_probability", is_disciplined), ("fake_initiative_share", lambda c: has_false_initiatives(c, c.members.id))]
)
def test_chances_are_as_assumed(number, ask):
    assert not ask(begin_cycle()).any()
    assert ask(begin_cycle(Behaviour(**{number: 0.2}), n_units=1000)).mean() == pytest.approx(0.2, abs=0.01)
