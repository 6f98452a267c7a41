from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.careers import move_on
from simulator.population.generator import uniform_population
from simulator.ranking import to_score_grid
from simulator.scoring.facts import Rating
from tests.cycles import begin_cycle
from tests.worlds import FOCUS


def careers_one_by_one(cycle):
    """Tell 7.1 of the ODD again, post by post: give who sits where, by identifier, ``None`` for a newcomer."""
    members, population, behaviour = cycle.members, cycle.population, cycle.regime.behaviour
    ids, role = members.id.tolist(), population.role.tolist()
    leaves = cycle.is_lucky("member.leaves", members.id, behaviour.turnover).tolist()
    within = cycle.is_lucky("post.filled-from-within", members.id, behaviour.appointed_from_within).tolist()
    draw = cycle.normal("member.standing", members.id)
    tie = cycle.streams.tie_break(year=cycle.year, ids=members.id).tolist()
    by_merit, by_awards = np.float32(behaviour.appointment_by_merit), np.float32(behaviour.appointment_by_awards)
    standing = [
        int(to_score_grid(np.array([talent * by_merit + prestige * by_awards + luck]))[0])
        for talent, prestige, luck in zip(members.talent, members.prestige, draw, strict=True)
    ]

    def best(candidates):
        return min(candidates, key=lambda post: (-standing[post], tie[post]), default=None)

    seats = [None if leaves[post] else ids[post] for post in range(len(ids))]
    for start, size in zip(population.groups.start.tolist(), population.groups.size.tolist(), strict=True):
        posts = range(start, start + size)
        free = {post for post in posts if not leaves[post]}

        vacated = {post for post in posts if leaves[post] and role[post] == Role.DEPUTY}
        for post in posts:
            if role[post] == Role.HEAD and leaves[post] and within[post]:
                riser = best([p for p in free if role[p] == Role.DEPUTY])
                riser = best([p for p in free if role[p] < Role.DEPUTY]) if riser is None else riser
                if riser is not None:
                    free.remove(riser)
                    seats[post], seats[riser] = ids[riser], None
                    vacated |= {riser} if role[riser] == Role.DEPUTY else set()
        for post in sorted(vacated):
            riser = best([p for p in free if role[p] < Role.DEPUTY]) if within[post] else None
            if riser is not None:
                free.remove(riser)
                seats[post], seats[riser] = ids[riser], None
    return seats


@st.composite
def populations(draw):
    roles = draw(st.lists(st.lists(st.sampled_from([int(role) for role in Role]), min_size=1, max_size=9), min_size=1, max_size=6))
    plain = uniform_population(len(roles), [len(unit) for unit in roles])
    return replace(plain, role=np.array([role for unit in roles for role in unit], dtype=np.int8))


@settings(max_examples=30)
@given(populations(), st.integers(0, 1000), st.sampled_from([0.1, 0.5, 0.9, 1.0]), st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1))
def test_everybody_sits_where_the_specification_says(population, seed, turnover, within, by_awards):
    behaviour = Behaviour(turnover=turnover, appointed_from_within=within, appointment_by_awards=by_awards)
    cycle = begin_cycle(behaviour, population=population, seed=seed)
    cycle.members.prestige[:] = np.arange(population.n_members) % 5
    for year in (1, 2, 3):
        cycle = replace(cycle, year=year)
        seats = careers_one_by_one(cycle)
        before = set(cycle.members.id.tolist())
        seen = cycle.members.n_newcomers.copy()
        move_on(cycle)
        for post, person in enumerate(cycle.members.id.tolist()):
            if seats[post] is None:
                assert person not in before
                assert person == post + population.n_members * (seen[post] + 1)
            else:
                assert person == seats[post]
        assert len(set(cycle.members.id.tolist())) == population.n_members


@pytest.mark.parametrize("within", [0.6, 1.0])
def test_posts_of_deputies_who_rose_and_of_those_who_left_are_filled_together(within):
    """A head goes, one deputy rises and another leaves, in many units at once."""
    unit = [Role.DEPUTY, Role.HEAD, Role.DIRECT, Role.DEPUTY, Role.STAFF, Role.DEPUTY, Role.DIRECT, Role.DIRECT, Role.STAFF]
    population = replace(uniform_population(200, len(unit)), role=np.array(unit * 200, dtype=np.int8))
    cycle = begin_cycle(Behaviour(turnover=0.4, appointed_from_within=within), population=population)
    seats = careers_one_by_one(cycle)
    move_on(cycle)
    people = [None if person >= population.n_members else person for person in cycle.members.id.tolist()]
    assert people == seats
    is_filled = np.array([person is not None and person != post for post, person in enumerate(people)])
    assert is_filled[population.role == Role.HEAD].sum() > 30
    assert is_filled[population.role == Role.DEPUTY].sum() > 100


def test_without_turnover_only_the_memory_moves_on():
    cycle = begin_cycle(Behaviour(appointed_from_within=1.0))
    members = cycle.members
    members.award_years[FOCUS] = np.ones(len(members.id), dtype=np.uint32)
    members.rating_years[Rating.EXCELLENT][:] = 5
    members.initiatives[:] = 2
    before = members.copy(awards=[FOCUS])
    move_on(cycle)
    assert (members.id == before.id).all()
    assert (members.award_years[FOCUS] == 2).all()
    assert (members.rating_years[Rating.EXCELLENT] == 10).all()
    assert (members.earlier_initiatives == 2).all()
    assert (members.initiatives == 0).all()
    assert (members.tenure_years == before.tenure_years + 1).all()
    assert (members.fortune == before.fortune).all()


def test_who_rises_takes_the_whole_past_along():
    cycle = begin_cycle(Behaviour(turnover=0.4, appointed_from_within=1.0), n_units=50, size=8)
    members = cycle.members
    members.prestige[:] = np.arange(400)
    members.top_level[:] = np.arange(400) % 7
    members.award_years[FOCUS] = np.arange(400, dtype=np.uint32)
    members.wait[FOCUS][:] = np.arange(400) % 100
    talent, fortune = members.talent.copy(), members.fortune.copy()
    move_on(cycle)
    old = members.id < 400
    person = members.id[old]
    assert (person != np.flatnonzero(old)).sum() > 20
    for column, past in (
        (members.prestige, np.arange(400)),
        (members.top_level, np.arange(400) % 7),
        (members.award_years[FOCUS], 2 * np.arange(400)),
        (members.wait[FOCUS], np.arange(400) % 100),
        (members.talent, talent),
        (members.fortune, fortune),
        (members.tenure_years, np.full(400, 6)),
    ):
        assert (column[old] == past[person]).all()
        if column is not members.talent and column is not members.fortune:
            assert (column[~old] == 0).all()
    assert not np.isin(members.talent[~old], talent).all()


@pytest.mark.parametrize("number", ["appointment_by_merit", "appointment_by_awards"])
def test_what_counts_in_an_appointment_is_found_among_heads(number):
    means = []
    for weight in (0.0, 3.0):
        other = {"appointment_by_merit": 0.0, "appointment_by_awards": 0.0}
        behaviour = Behaviour(turnover=0.2, appointed_from_within=1.0, **(other | {number: weight}))
        cycle = begin_cycle(behaviour, n_units=1500, size=8)
        cycle.members.prestige[:] = np.arange(12_000) % 3
        move_on(cycle)
        has_risen = (cycle.members.id < 12_000) & (cycle.members.id != np.arange(12_000)) & cycle.population.is_leader
        assert has_risen.sum() > 200
        column = cycle.members.talent if number == "appointment_by_merit" else cycle.members.prestige
        means.append(column[has_risen].mean())
    assert means[1] > means[0] + 0.3


def test_leading_posts_are_filled_from_within_as_often_as_assumed():
    cycle = begin_cycle(Behaviour(turnover=0.1, appointed_from_within=0.7), n_units=4000, size=10)
    heads = np.flatnonzero(cycle.population.role == Role.HEAD)
    leaver = cycle.members.id[heads]
    move_on(cycle)
    new = cycle.members.id[heads]
    has_left = new != leaver
    assert has_left.mean() == pytest.approx(0.1, abs=0.015)
    assert (new[has_left] < 40_000).mean() == pytest.approx(0.7, abs=0.07)


def test_a_unit_of_heads_alone_gets_newcomers():
    population = replace(uniform_population(1, 3), role=np.full(3, Role.HEAD, np.int8))
    cycle = begin_cycle(Behaviour(turnover=1.0, appointed_from_within=1.0), population=population)
    move_on(cycle)
    assert cycle.members.id.tolist() == [3, 4, 5]
