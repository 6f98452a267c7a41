"""Careers: everybody's memory moves on by a year, some leave, some rise, and newcomers take the posts that are left (``docs/odd.md`` 7.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.history import Role
from simulator.ranking import rank_those, to_score_grid

if TYPE_CHECKING:
    from simulator._types import BoolArray, GridArray, IndexArray, KeyArray
    from simulator.model.cycle import Cycle
    from simulator.ranking import Groups


def move_on(cycle: Cycle) -> None:
    """Let a year pass for the members, and fill the posts of those who leave."""
    members = cycle.members
    members.grow_older()
    if not cycle.is_somewhere(lambda regime: regime.behaviour.turnover):
        return
    leaves = cycle.is_lucky("member.leaves", members.id, cycle.in_64_bits(lambda regime: regime.behaviour.turnover))
    is_vacant = leaves.copy()
    if cycle.is_somewhere(lambda regime: regime.behaviour.appointed_from_within) and (leaves & cycle.population.is_leader).any():
        risen_from, risen_to = _appoint(leaves, cycle)
        members.move(risen_from, risen_to)
        is_vacant[risen_from] = True
        is_vacant[risen_to] = False
    members.welcome(np.flatnonzero(is_vacant), cycle.streams, cycle.year)


def _appoint(leaves: BoolArray, cycle: Cycle) -> tuple[IndexArray, IndexArray]:
    """Choose who rises: first to the posts of heads, then to those of deputies, also the ones just vacated upwards.

    Returns
    -------
        Posts that people rise from and the posts they rise to, pair by pair. A post that a deputy leaves for the head's may stand in both.
    """
    population = cycle.population
    groups, role = population.groups, population.role
    may_vacate = groups.count(leaves & population.is_leader) > 0
    stays = groups.spread(may_vacate) & ~leaves
    staying = np.flatnonzero(stays)
    standing, tie = _standing(staying, cycle)
    is_led = stays & ~population.is_leader

    def ranked(is_candidate: BoolArray) -> IndexArray:
        is_asked = is_candidate.take(staying)
        return rank_those(staying.compress(is_asked), standing.compress(is_asked), tie.compress(is_asked), groups).member

    of_heads = _filled_from_within(np.flatnonzero(leaves & (role == Role.HEAD)), cycle)
    to_head, deputies = _match(of_heads, ranked(stays & (role == Role.DEPUTY)), groups)
    colleagues = ranked(is_led)
    others_to_head, others = _match(np.setdiff1d(of_heads, to_head), colleagues, groups)
    is_led[others] = False
    vacated = np.union1d(np.flatnonzero(leaves & (role == Role.DEPUTY)), deputies)
    to_deputy, led = _match(_filled_from_within(vacated, cycle), colleagues.compress(is_led.take(colleagues)), groups)
    return np.concatenate([deputies, others, led]), np.concatenate([to_head, others_to_head, to_deputy])


def _standing(posts: IndexArray, cycle: Cycle) -> tuple[GridArray, KeyArray]:
    """Weigh talent and past awards of those who might rise, (n_posts,) on the score grid, with the draws that part equals."""
    members = cycle.members
    standing = members.talent.take(posts) * cycle.of_those(lambda regime: regime.behaviour.appointment_by_merit, posts)
    standing += members.prestige.take(posts) * cycle.of_those(lambda regime: regime.behaviour.appointment_by_awards, posts)
    ids = members.id.take(posts)
    standing += cycle.normal("member.standing", ids)
    return to_score_grid(standing), cycle.streams.tie_break(year=cycle.year, ids=ids)


def _filled_from_within(posts: IndexArray, cycle: Cycle) -> IndexArray:
    """Keep the vacant posts that a colleague gets, by the luck of the one who goes."""
    chance = cycle.in_64_bits(lambda regime: regime.behaviour.appointed_from_within, posts)
    is_filled = cycle.is_lucky("post.filled-from-within", cycle.members.id.take(posts), chance)
    return posts.compress(is_filled)


def _match(posts: IndexArray, candidates: IndexArray, groups: Groups) -> tuple[IndexArray, IndexArray]:
    """Give the vacant posts of each unit, in their order, to its candidates, best first, as far as either goes.

    Returns
    -------
        The posts that are filled, and those of the people who fill them, pair by pair.
    """
    unit_of_post, unit_of_candidate = groups.of_member[posts], groups.of_member[candidates]
    first = np.searchsorted(unit_of_candidate, unit_of_post, side="left")
    place = np.arange(len(posts)) - np.searchsorted(unit_of_post, unit_of_post, side="left")
    is_filled = first + place < np.searchsorted(unit_of_candidate, unit_of_post, side="right")
    return posts[is_filled], candidates[(first + place)[is_filled]]
