"""From the files of a year to the winners of one award: who is eligible, how many places there are, who is put forward, who passes.

Steps 5 to 8 of the year's schedule, once for each award, lowest level first, so that a higher award sees this year's lower
ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.ranking import Groups, rank_within_groups, to_priority_grid, to_score_grid
from simulator.rules.clauses import HoldersOf
from simulator.rules.values import exact
from simulator.scoring.eligibility import initiatives_used, meets_all
from simulator.scoring.facts import Facts, is_clear_since
from simulator.scoring.quotas import Limits, places, select

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator._types import BoolArray, FloatArray, GridArray, IndexArray
    from simulator.model.council import Council
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.regime import AwardRule
    from simulator.rules.clauses import Pooling, Quota

_CARRY_STEPS: Final = 2**16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one award in one year.

    Attributes
    ----------
    is_eligible
        (n_members,) whom the rules allowed.
    nominees, winners
        Positions of the members whose files reached the council, and of those awarded.
    """

    is_eligible: BoolArray
    nominees: IndexArray
    winners: IndexArray


def decide_award(rule: AwardRule, files: Files, cycle: Cycle, council: Council, priority_of: Callable[[str], FloatArray]) -> Outcome:
    """Decide one award and enter it into the members' memory.

    Parameters
    ----------
    rule
        The award.
    files, cycle
        The files and the state of the year.
    council
        The council of the award's authority.
    priority_of
        Asks the units for their members' priority (:meth:`~simulator.model.unit.Unit.priority`) for an award.
    """
    members, population = cycle.members, cycle.population
    facts = replace(files.facts, unused_initiatives=members.unused_initiatives)
    is_eligible = _is_eligible(rule, facts, files)
    candidates = np.flatnonzero(is_eligible)
    if rule.is_filled_by_units:
        priority = to_priority_grid(priority_of(rule.id))
        n_places = _places(rule, is_eligible, population.groups, cycle)
        ranking = rank_within_groups(priority, files.tie, population.groups, among=candidates)
        nominees = select(ranking, n_places, population.groups, _limits(rule, priority, files, cycle))
    else:
        nominees = candidates
    used = initiatives_used(rule.conditions, _of_nominees(facts, nominees))
    reading = council.read(nominees, used > 0, files, cycle)
    winners, used = nominees[reading.is_approved], used[reading.is_approved]
    if rule.quota is not None and not rule.is_filled_by_units:
        score = np.zeros(population.n_members, dtype=np.int32)
        score[winners] = to_score_grid(reading.score[reading.is_approved])
        kept = _take_best_of_pool(rule, winners, score, is_eligible, files, cycle)
        is_kept = np.isin(winners, kept)
        winners, used = winners[is_kept], used[is_kept]
    members.award_years[rule.id][winners] |= np.uint32(1)
    members.use_initiatives(winners, used)
    return Outcome(is_eligible=is_eligible, nominees=nominees, winners=winners)


def choose_by_noise_alone(outcome: Outcome, files: Files, groups: Groups) -> IndexArray:
    """Tell who would have been awarded had units looked at merit alone, through the same noise: the ceiling of alignment.

    Returns
    -------
        Positions of as many eligible members of each unit as it really awarded.
    """
    n_awarded = np.bincount(groups.of_member[outcome.winners], minlength=len(groups.size))
    grid = to_score_grid(files.merit + files.noise)
    return rank_within_groups(grid, files.tie, groups, among=np.flatnonzero(outcome.is_eligible)).best(n_awarded)


def _is_eligible(rule: AwardRule, facts: Facts, files: Files) -> BoolArray:
    is_eligible = meets_all(rule.conditions, facts)
    if rule.cooling_off_years:
        is_eligible &= is_clear_since(facts.years_of_award(rule.id), rule.cooling_off_years)
    if rule.score_threshold is not None:
        is_eligible &= files.score >= np.float32(rule.score_threshold)
    return is_eligible


def _of_nominees(facts: Facts, nominees: IndexArray) -> Facts:
    return Facts(
        rating=facts.rating[nominees],
        rating_years={rating: years[nominees] for rating, years in facts.rating_years.items()},
        award_years={award: years[nominees] for award, years in facts.award_years.items()},
        unused_initiatives=facts.unused_initiatives[nominees],
        is_disciplined=facts.is_disciplined[nominees],
        service_months=facts.service_months[nominees],
        leave_days=facts.leave_days[nominees],
    )


def _places(rule: AwardRule, is_eligible: BoolArray, groups: Groups, cycle: Cycle) -> IndexArray:
    """Count the places of each group (units, or pools of units)."""
    quota = _quota(rule)
    if quota.places is not None:
        return np.full(len(groups.size), quota.places, dtype=np.int64)
    share = exact(quota.share or 0)
    if isinstance(quota.of, HoldersOf):
        holds = cycle.members.award_years.get(quota.of.holders_of)
        n_people = groups.count((holds & np.uint32(1)).astype(np.bool_)) if holds is not None else 0 * groups.size
    else:
        n_people = groups.size if quota.of == "staff" else groups.count(is_eligible)
    if quota.rounding != "systematic":
        return places(share, n_people, quota.rounding)
    _, first_unit = _pools(quota.pooling, cycle)
    parts = np.split(n_people, first_unit[1:])
    return np.concatenate([places(share, part, "systematic", start=_carry(pool, cycle)) for pool, part in enumerate(parts)])


def _carry(pool: int, cycle: Cycle) -> Fraction:
    """Draw the carry a pool begins its systematic rounding with, so that no unit is always the lucky one."""
    bits = cycle.streams.bits("quota.carry", year=cycle.year, ids=np.array([pool], dtype=np.int64))
    return Fraction(int(bits[0]) % _CARRY_STEPS, _CARRY_STEPS)


def _limits(rule: AwardRule, priority: GridArray, files: Files, cycle: Cycle) -> Limits | None:
    if rule.reservation.is_slack:
        return None
    population = cycle.population
    if rule.reservation_pooling == "unit":
        pools: Groups = population.groups
        first_unit: IndexArray = np.arange(population.n_units)
    else:
        pools, first_unit = _pools(rule.reservation_pooling, cycle)
    return Limits(
        reservation=rule.reservation,
        is_leader=population.is_leader,
        is_counted_as_direct=np.isin(population.role, [int(role) for role in rule.counted_as_direct]),
        pools=pools,
        first_group_of_pool=first_unit,
        priority=priority,
        tie=files.tie,
    )


def _take_best_of_pool(rule: AwardRule, approved: IndexArray, score: GridArray, is_eligible: BoolArray, files: Files, cycle: Cycle) -> IndexArray:
    """Let the council fill one list for each pool, best first by its own reading."""
    pools, first_unit = _pools(_quota(rule).pooling, cycle)
    n_places = _places(rule, is_eligible, pools, cycle)
    ranking = rank_within_groups(score, files.tie, pools, among=np.sort(approved))
    limits = _limits(rule, score, files, cycle)
    if limits is not None:  # the groups of this list are pools themselves: find where each pool of the reservation begins among them
        limits = replace(limits, first_group_of_pool=np.searchsorted(first_unit, limits.first_group_of_pool))
    return select(ranking, n_places, pools, limits)


def _pools(pooling: Pooling, cycle: Cycle) -> tuple[Groups, IndexArray]:
    """Lay units of one pool together: (pools of members, first unit of each pool)."""
    population = cycle.population
    pool_of_unit = population.kind if pooling == "kind" else np.zeros(population.n_units, dtype=np.int8)
    first_unit = np.flatnonzero(np.diff(pool_of_unit, prepend=-1))
    return Groups.of_sizes(np.add.reduceat(population.groups.size, first_unit)), first_unit


def _quota(rule: AwardRule) -> Quota:
    assert rule.quota is not None, rule.id  # noqa: S101 - callers have checked; this tells mypy
    return rule.quota
