"""The files of a year: what each member did, and what of it a clause, a unit and a council can see.

Merit itself is seen by nobody. A rating, an initiative and a file are three noisy pictures of it (equations 3 and 5 of the
model, corrections 00.3 and 00.17), drawn before any rule is applied, so every rule meets the same pictures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.randomness import PoissonTable
from simulator.ranking import SCORE_STEP, rank_within_groups, to_score_grid
from simulator.scoring.facts import Facts, Rating
from simulator.scoring.quotas import places

if TYPE_CHECKING:
    from fractions import Fraction

    from simulator._types import BoolArray, FloatArray, GridArray, IndexArray, KeyArray
    from simulator.model.cycle import Cycle
    from simulator.model.regime import Authority
    from simulator.ranking import Groups

_MONTHS_IN_YEAR: Final = 12
_HIGHEST_MERIT: Final = 5.0
_STEPS_PER_SD: Final = 16
_LONGEST_TENURE_EFFECT: Final = 10.0


@dataclass(slots=True)
class Files:
    """What was done and written in one year, one row for each member.

    Attributes
    ----------
    merit
        float32, standard deviations; rounded to the grid scores are compared on.
    score
        float32; the file's score as the member's unit reads it: merit, post, claims, tenure and noise.
    noise
        float32; the unit's error in reading the file, already divided by the root of the number of appraisers.
    claims
        float32; unverified claims left in the file after the unit's own audit, in units of score: η_w·g·X·(1 − det·audited).
    tie
        uint64 draws that order equals.
    facts
        What clauses may look at.
    """

    merit: FloatArray
    score: FloatArray
    noise: FloatArray
    claims: FloatArray
    tie: KeyArray
    facts: Facts


def write_files(merit: FloatArray, cycle: Cycle) -> Files:
    """Rate the year, recognise initiatives, and write everybody's file."""
    members, behaviour = cycle.members, cycle.regime.behaviour
    merit = round_to_grid(merit)
    tie = cycle.streams.tie_break(year=cycle.year, ids=members.id)
    ratings = rate(merit, tie, cycle)
    for rating, years in members.rating_years.items():
        np.bitwise_or(years, ratings >= rating, out=years)
    members.initiatives += recognise_initiatives(merit, cycle)
    facts = Facts(
        rating=ratings,
        rating_years=members.rating_years,
        award_years=members.award_years,
        unused_initiatives=members.unused_initiatives,
        is_disciplined=cycle.is_lucky("member.disciplined", members.id, behaviour.discipline_probability),
        service_months=members.tenure_years * np.int16(_MONTHS_IN_YEAR),
        leave_days=np.zeros(len(merit), dtype=np.int16),  # nobody in the model is absent for long
    )
    nothing = np.zeros_like(merit)
    if cycle.is_perfect:
        return Files(merit=merit, score=merit, noise=nothing, claims=nothing, tie=tie, facts=facts)
    noise = reading_noise(cycle)
    claims = _claims(cycle) if cycle.regime.claims else nothing
    score = merit + noise
    score += claims
    score += np.float32(cycle.regime.post_loading) * cycle.population.is_leader
    if behaviour.tenure_effect:
        seniority = np.minimum(members.tenure_years.astype(np.float32) / np.float32(_LONGEST_TENURE_EFFECT), 1)
        score += np.float32(behaviour.tenure_effect) * seniority
    return Files(merit=merit, score=score, noise=noise, claims=claims, tie=tie, facts=facts)


def reading_noise(cycle: Cycle) -> FloatArray:
    """Draw the error with which each unit reads its members' files: σ·ε/√n_r, (n_members,) float32."""
    noise = cycle.normal("file.noise", cycle.members.id)
    noise *= np.float32(cycle.regime.error_sd / math.sqrt(cycle.regime.appraisers["unit"]))
    return noise


def _claims(cycle: Cycle) -> FloatArray:
    claims = cycle.streams.exponential("file.claims", year=cycle.year, ids=cycle.members.id)
    claims *= np.float32(cycle.regime.claim_loading * cycle.regime.claims)
    is_audited = is_audited_by("unit", cycle, cycle.members.id)
    claims *= np.where(is_audited, np.float32(1 - cycle.regime.behaviour.detection), np.float32(1))
    return claims


def is_audited_by(authority: Authority, cycle: Cycle, ids: IndexArray) -> BoolArray:
    """Tell whose files an authority audits this year; a unit's audit comes before its own ranking."""
    return cycle.is_lucky(f"council.{authority}.audits", ids, cycle.regime.audit_share[authority])


def round_to_grid(merit: FloatArray) -> FloatArray:
    """Round merit to the grid scores are compared on, so that "the best by merit" means the same everywhere."""
    rounded: FloatArray = np.rint(merit * np.float32(1 / SCORE_STEP)) * np.float32(SCORE_STEP)
    return rounded


def rate(merit: FloatArray, tie: KeyArray, cycle: Cycle) -> IndexArray:
    """Rate everybody's year: Sr = M + σ·ε_r, cut at fixed scores (correction 00.3), "excellent" limited by the cap.

    Returns
    -------
        (n_members,) int8 :class:`~simulator.scoring.facts.Rating`.
    """
    behaviour = cycle.regime.behaviour
    rating_score = merit + np.float32(cycle.regime.error_sd) * cycle.normal("rating.noise", cycle.members.id)
    cuts = (behaviour.rating_completed_at, behaviour.rating_well_at, behaviour.rating_excellent_at)
    ratings = np.zeros(len(merit), dtype=np.int8)
    for cut in cuts:
        ratings += rating_score >= np.float32(cut)
    if cycle.regime.rating_cap is not None:
        beyond = _beyond_cap(ratings, to_score_grid(rating_score), tie, cycle.regime.rating_cap, cycle.population.groups)
        ratings[beyond] = Rating.COMPLETED_WELL
    return ratings


def _beyond_cap(ratings: IndexArray, grid: GridArray, tie: KeyArray, cap: Fraction, groups: Groups) -> IndexArray:
    """Find the weakest of the excellent, for whom the cap leaves no room: E ≤ c·G with E + G fixed, so E ≤ c/(1+c)·(E+G)."""
    n_well_or_better = groups.count(ratings >= Rating.COMPLETED_WELL)
    most = places(cap / (1 + cap), n_well_or_better, "floor")
    ranking = rank_within_groups(grid, tie, groups, among=np.flatnonzero(ratings == Rating.EXCELLENT))
    return ranking.member[ranking.place >= most[ranking.group]]


def recognise_initiatives(merit: FloatArray, cycle: Cycle) -> IndexArray:
    """Draw the initiatives recognised this year: Poisson with mean rate·e^(slope·M) (correction 00.3).

    Merit is read in steps of 1/16 standard deviation, so the exponential is a table of constants.

    Returns
    -------
        (n_members,) int8.
    """
    behaviour = cycle.regime.behaviour
    table = _initiative_table(behaviour.initiative_rate, behaviour.initiative_slope)
    clipped = np.clip(merit, np.float32(-_HIGHEST_MERIT), np.float32(_HIGHEST_MERIT))
    row = np.rint((clipped + np.float32(_HIGHEST_MERIT)) * np.float32(_STEPS_PER_SD)).astype(np.int16)
    return cycle.streams.poisson("member.initiatives", table, year=cycle.year, ids=cycle.members.id, row=row)


@lru_cache(maxsize=64)
def _initiative_table(rate_at_average: float, slope: float) -> PoissonTable:
    n_rows = round(2 * _HIGHEST_MERIT * _STEPS_PER_SD) + 1
    merits = [row / _STEPS_PER_SD - _HIGHEST_MERIT for row in range(n_rows)]
    return PoissonTable.of_means([round(rate_at_average * math.exp(slope * merit), 9) for merit in merits])


def has_false_initiatives(cycle: Cycle, ids: IndexArray) -> BoolArray:
    """Tell whose initiatives of the year would not stand up to an audit."""
    return cycle.is_lucky("member.false-initiatives", ids, cycle.regime.behaviour.fake_initiative_share)
