"""What a clause sees of a year: ratings, recognised initiatives, registration (``docs/odd.md`` 7.4; correction 3)."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.randomness import PoissonTable
from simulator.ranking import rank_within_groups, to_score_grid
from simulator.rules.values import exact
from simulator.scoring.facts import Rating
from simulator.scoring.quotas import places

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator._types import BoolArray, GridArray, IndexArray, KeyArray
    from simulator.model.cycle import Cycle
    from simulator.model.merit import Merits
    from simulator.model.regime import Regime, ThresholdOfMembers
    from simulator.ranking import Groups

_HIGHEST_MERIT: Final = 5.0
_STEPS_PER_SD: Final = 16
_LAST_YEAR: Final = np.uint32(2)


def rate(merits: Merits, tie: KeyArray, cycle: Cycle) -> IndexArray:
    """Rate everybody's year: M_results + σ·ε_r, cut at fixed scores; then the cap on "excellent", then the pull of collective titles.

    Returns
    -------
        (n_members,) int8 :class:`~simulator.scoring.facts.Rating`.
    """
    regime, groups = cycle.regime, cycle.population.groups
    score = merits.results.copy()
    if cycle.is_somewhere(lambda regime: regime.error_sd):
        score += cycle.of_members(lambda regime: regime.error_sd) * cycle.normal("rating.noise", cycle.members.id)
    if cycle.is_somewhere(lambda regime: regime.behaviour.leader_rating_weight):
        score -= cycle.of_members(lambda regime: regime.behaviour.leader_rating_weight) * _answers_for_failure(merits, cycle)
    ratings = np.zeros(len(score), dtype=np.int8)
    for cut in (_completed_at, _well_at, _excellent_at):
        ratings += score >= cycle.of_members(cut)
    is_pulled = bool(regime.thresholds) and cycle.is_somewhere(lambda regime: regime.behaviour.collective_pull)
    if regime.rating_cap is None and not is_pulled:
        return ratings
    grid, n_rated = to_score_grid(score), _count_ratings(ratings, groups)
    if regime.rating_cap is not None:
        beyond = _beyond_cap(ratings, n_rated, grid, tie, regime.rating_cap, groups)
        ratings[beyond] = Rating.COMPLETED_WELL
    if is_pulled:
        lifted = _lifted(ratings, n_rated, grid, tie, cycle)
        ratings[lifted] = Rating.COMPLETED_WELL
    return ratings


def _completed_at(regime: Regime) -> float:
    return regime.behaviour.rating_completed_at


def _well_at(regime: Regime) -> float:
    return regime.behaviour.rating_well_at


def _excellent_at(regime: Regime) -> float:
    return regime.behaviour.rating_excellent_at


def _count_ratings(ratings: IndexArray, groups: Groups) -> IndexArray:
    """Count the members of each unit by rating: (n_units, 4); the cap moves nobody between those counted together afterwards."""
    cell = groups.of_member * np.int32(len(Rating)) + ratings
    return np.bincount(cell, minlength=len(groups.size) * len(Rating)).reshape(-1, len(Rating))


def _answers_for_failure(merits: Merits, cycle: Cycle) -> BoolArray:
    """Tell which leaders have somebody in the unit who does not lead and failed by results."""
    groups, is_leader = cycle.population.groups, cycle.population.is_leader
    fails = (merits.results < cycle.of_members(_completed_at)) & ~is_leader
    answers: BoolArray = groups.spread(groups.count(fails) > 0) & is_leader
    return answers


def _beyond_cap(ratings: IndexArray, n_rated: IndexArray, grid: GridArray, tie: KeyArray, cap: Fraction, groups: Groups) -> IndexArray:
    """Find the weakest of the excellent, for whom the cap leaves no room: E ≤ c·G with E + G fixed, so E ≤ c/(1+c)·(E+G)."""
    most = places(cap / (1 + cap), n_rated[:, Rating.COMPLETED_WELL :].sum(axis=1), "floor")
    ranking = rank_within_groups(grid, tie, groups, among=np.flatnonzero(ratings == Rating.EXCELLENT))
    return ranking.beyond(most)


def _lifted(ratings: IndexArray, n_rated: IndexArray, grid: GridArray, tie: KeyArray, cycle: Cycle) -> IndexArray:
    """Find the members whom their unit rates "well" although they only completed, so that a collective title opens."""
    groups = cycle.population.groups
    n_well, n_completed = n_rated[:, Rating.COMPLETED_WELL :].sum(axis=1), n_rated[:, Rating.COMPLETED]
    pulled = [places(exact(regime.behaviour.collective_pull), groups.size[units], "floor") for regime, units in cycle.units_of_regimes]
    most = np.minimum(np.concatenate(pulled), n_completed)
    n_lifted = np.zeros_like(n_well)
    for threshold in cycle.regime.thresholds:
        short = _needed(threshold, groups.size) - n_well
        n_lifted = np.where(short <= most, np.maximum(n_lifted, short), n_lifted)
    among = np.flatnonzero((ratings == Rating.COMPLETED) & groups.spread(n_lifted > 0))
    return rank_within_groups(grid, tie, groups, among=among).best(n_lifted)


def _needed(threshold: ThresholdOfMembers, size: IndexArray) -> IndexArray:
    """Count the members that must be rated well or better for a share of them to be reached, or passed."""
    return places(threshold.share, size, "floor") + 1 if threshold.must_pass else places(threshold.share, size, "ceiling")


def recognise_initiatives(merits: Merits, cycle: Cycle) -> IndexArray:
    """Draw the initiatives recognised this year: Poisson with mean rate·e^(slope·M_initiative).

    Merit is read in steps of 1/16 standard deviation within ±5, so the exponential is a table of constants.

    Returns
    -------
        (n_members,) int8.
    """
    member_id = cycle.members.id
    if not cycle.is_somewhere(lambda regime: regime.behaviour.initiative_rate):
        return np.zeros(len(member_id), dtype=np.int8)
    if cycle.is_somewhere(lambda regime: regime.behaviour.initiative_slope):
        clipped = np.clip(merits.initiative, np.float32(-_HIGHEST_MERIT), np.float32(_HIGHEST_MERIT))
        row = np.rint((clipped + np.float32(_HIGHEST_MERIT)) * np.float32(_STEPS_PER_SD)).astype(np.int16)
    else:
        row = np.zeros(len(member_id), dtype=np.int16)

    def draw(regime: Regime, posts: slice) -> IndexArray:
        table = _initiative_table(regime.behaviour.initiative_rate, regime.behaviour.initiative_slope)
        return cycle.streams.poisson("member.initiatives", table, year=cycle.year, ids=member_id[posts], row=row[posts])

    return cycle.by_regime(draw)


@lru_cache(maxsize=64)
def _initiative_table(rate_at_average: float, slope: float) -> PoissonTable:
    n_rows = round(2 * _HIGHEST_MERIT * _STEPS_PER_SD) + 1
    merits = [row / _STEPS_PER_SD - _HIGHEST_MERIT for row in range(n_rows)]
    return PoissonTable.of_means([round(rate_at_average * math.exp(slope * merit), 9) for merit in merits])


def is_registered(cycle: Cycle) -> BoolArray:
    """Tell who registered for a title: everybody rated well or better last year, and others by chance.

    Returns
    -------
        (n_members,) bool. Last year is bit 1 of the years rated so, once the year has begun.
    """
    reach, members = cycle.regime.behaviour.registration_reach, cycle.members

    def of_regime(regime: Regime) -> float:
        return regime.behaviour.registration_reach

    if reach >= 1:
        return np.ones(len(members.id), dtype=np.bool_)
    registered: BoolArray = (members.rating_years[Rating.COMPLETED_WELL] & _LAST_YEAR) > 0
    return registered | cycle.is_lucky("member.registers", members.id, cycle.in_64_bits(of_regime)) if cycle.is_somewhere(of_regime) else registered


def is_disciplined(cycle: Cycle) -> BoolArray:
    """Tell who is disciplined this year: (n_members,) bool."""
    member_id = cycle.members.id
    if not cycle.is_somewhere(lambda regime: regime.behaviour.discipline_probability):
        return np.zeros(len(member_id), dtype=np.bool_)
    return cycle.is_lucky("member.disciplined", member_id, cycle.in_64_bits(lambda regime: regime.behaviour.discipline_probability))


def has_false_initiatives(cycle: Cycle, positions: IndexArray) -> BoolArray:
    """Tell whose initiatives of the year would not stand up to an audit: of some members, by position."""
    share = cycle.in_64_bits(lambda regime: regime.behaviour.fake_initiative_share, positions)
    return cycle.is_lucky("member.false-initiatives", cycle.members.id.take(positions), share)
