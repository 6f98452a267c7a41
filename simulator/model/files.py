"""The files of a year: what each member did, and what of it a clause, a unit and a council can see.

Merit itself is seen by nobody. A rating, an initiative and a file are three noisy pictures of it (equation 3 of the model, corrections 00.3, 00.7 and
00.17), drawn before any rule is applied, so every rule meets the same pictures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import Role
from simulator.model.merit import live_year, references_of, round_to_grid, weighed_sum
from simulator.model.post_facts import answers_of_posts, words_of_posts
from simulator.model.ratings import is_disciplined, is_registered, rate, recognise_initiatives
from simulator.replications import REPLICATION_STEP
from simulator.scoring.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray, KeyArray
    from simulator.model.cycle import Cycle
    from simulator.model.effort import Effort
    from simulator.model.merit import Merits
    from simulator.model.regime import Authority
    from simulator.population.generator import Population

_MONTHS_IN_YEAR: Final = 12
_LONGEST_TENURE_EFFECT: Final = 10.0
_NEXT_HEAD: Final = 2**32


@dataclass(slots=True)
class Files:
    """What was done and written in one year, one row for each member.

    Attributes
    ----------
    merit
        float32, standard deviations; M_results, the merit everything is judged by, on the grid scores are compared on.
    criteria
        float32; C, what the weighing of the set adds to results.
    claims
        float32; unverified claims left in the file after the unit's own audit: η_w·g·X·(1 − det·audited).
    noise
        float32; the unit's error in reading the file, already divided by the root of the number of appraisers.
    score
        float32; the file's score as the member's unit reads it: merit, noise, claims, criteria, post and tenure.
    tie
        uint64 draws that order equals.
    facts
        What clauses may look at.
    references
        Name → float32 merit by the other fixed references.
    is_registered
        Who registered for a title.
    merits
        Merit criterion by criterion; what is not results is worked out again where it is asked for.
    is_sum
        Whether the score is the sum of its parts; that of a collective is a mark, which holds the favours of peers besides.
    """

    merit: FloatArray
    criteria: FloatArray
    claims: FloatArray
    noise: FloatArray
    score: FloatArray
    tie: KeyArray
    facts: Facts
    references: Mapping[str, FloatArray]
    is_registered: BoolArray
    merits: Merits
    is_sum: bool = True

    @property
    def has_claims(self) -> bool:
        """Whether anybody's file holds claims."""
        return bool(self.claims.any())


def write_files(cycle: Cycle, effort: Effort) -> Files:
    """Live through the year, rate it, recognise initiatives, and write everybody's file (``docs/odd.md`` 7.3, 7.4 and 7.6)."""
    members = cycle.members
    merits = live_year(cycle, effort)
    tie = cycle.streams.tie_break(year=cycle.year, ids=members.id)
    facts = _facts(merits, tie, cycle)
    merit = merits.results
    nothing = np.zeros_like(merit)
    nothing.flags.writeable = False  # it stands for several columns
    noise = claims = criteria = nothing
    score = merit
    if not cycle.is_perfect:
        noise = reading_noise(cycle) if cycle.is_somewhere(lambda regime: regime.error_sd) else nothing
        claims = _claims(cycle, effort) if effort.claims.any() else nothing
        criteria = _criteria(merits, cycle)
        score = add_up(merit, noise, claims, criteria, cycle)
    return Files(
        merit=merit,
        criteria=criteria,
        claims=claims,
        noise=noise,
        score=score,
        tie=tie,
        facts=facts,
        references=references_of(merits.kept(), cycle),
        is_registered=is_registered(cycle),
        merits=merits.kept(),
    )


def _facts(merits: Merits, tie: KeyArray, cycle: Cycle) -> Facts:
    members, population = cycle.members, cycle.population
    ratings = rate(merits, tie, cycle)
    members.remember_ratings(ratings)
    members.initiatives += recognise_initiatives(merits, cycle)
    return Facts(
        rating=ratings,
        rating_years=members.rating_years,
        award_years=members.award_years,
        unused_initiatives=members.unused_initiatives,
        is_disciplined=is_disciplined(cycle),
        service_months=members.tenure_years * np.int16(_MONTHS_IN_YEAR),
        leave_days=np.broadcast_to(np.int16(0), len(ratings)),  # nobody in the model is absent for long
        answers=answers_of_posts(population),
        words=words_of_posts(population),
    )


def add_up(merit: FloatArray, noise: FloatArray, claims: FloatArray, criteria: FloatArray, cycle: Cycle) -> FloatArray:
    """Add a file up in the order of ``docs/odd.md`` 7.6."""
    score = merit + noise
    score += claims
    score += criteria
    if cycle.is_somewhere(lambda regime: regime.weights.post_loading):
        score += cycle.of_members(lambda regime: regime.weights.post_loading) * cycle.population.is_leader
    if cycle.is_somewhere(lambda regime: regime.behaviour.tenure_effect):
        seniority = np.minimum(cycle.members.tenure_years.astype(np.float32) / np.float32(_LONGEST_TENURE_EFFECT), np.float32(1))
        score += cycle.of_members(lambda regime: regime.behaviour.tenure_effect) * seniority
    return score


def _criteria(merits: Merits, cycle: Cycle) -> FloatArray:
    """Give C = Σ_j w_j·M_j/s − M_results: what the weighing of the set shows beside results, on the score grid."""
    if cycle.regime.weights.is_results_alone:
        return np.zeros_like(merits.results)
    return round_to_grid(weighed_sum(merits, [regime.weights for regime in cycle.regimes]) - merits.results)


def reading_noise(cycle: Cycle) -> FloatArray:
    """Draw the error with which each unit reads its members' files: σ/√n_r·(√(1−ρ)·ε + √ρ·lasting), (n_members,) float32."""
    members = cycle.members
    noise = cycle.normal("file.noise", members.id)
    if cycle.is_somewhere(lambda regime: regime.behaviour.lasting_error_share):
        noise *= cycle.of_members(lambda regime: math.sqrt(1 - regime.behaviour.lasting_error_share))
        lasting = cycle.normal_once("file.lasting-noise", members.id + _NEXT_HEAD * _head_of_unit(members.id, cycle.population))
        lasting *= cycle.of_members(lambda regime: math.sqrt(regime.behaviour.lasting_error_share))
        noise += lasting
    noise *= cycle.of_members(lambda regime: regime.error_sd / math.sqrt(regime.appraisers["unit"]))
    return noise


def _head_of_unit(ids: IndexArray, population: Population) -> IndexArray:
    """Give each member the identifier of the unit's head plus 1 (of the first, if there are several), or 0 without a head.

    The head is of the member's replication, which the member's own identifier tells.
    """
    groups = population.groups
    heads = np.flatnonzero(population.role == Role.HEAD)[::-1]
    of_unit = np.zeros(len(groups.size), dtype=np.int64)
    of_unit[groups.of_member[heads]] = ids[heads] % REPLICATION_STEP + 1
    return groups.spread(of_unit)


def _claims(cycle: Cycle, effort: Effort) -> FloatArray:
    """Give η_w·g·X, less what the unit's own audit found."""
    ids = cycle.members.id
    loading = np.float32(cycle.of_units(lambda regime: regime.weights.claim_loading))
    claims = cycle.population.groups.spread(loading * effort.claims)
    claims *= cycle.streams.exponential("file.claims", year=cycle.year, ids=ids)
    if cycle.is_somewhere(lambda regime: regime.audit_share["unit"]):
        is_audited = is_audited_by("unit", cycle, ids, cycle.in_64_bits(lambda regime: regime.audit_share["unit"]))
        claims *= np.where(is_audited, cycle.of_members(lambda regime: 1 - regime.behaviour.detection), np.float32(1))
    return claims


def is_audited_by(authority: Authority, cycle: Cycle, ids: IndexArray, share: float | FloatArray) -> BoolArray:
    """Tell whose files an authority audits this year, a share of all or (n,) of each; a unit's audit comes before its own ranking."""
    return cycle.is_lucky(f"council.{authority}.audits", ids, share) if np.any(share > 0) else np.zeros(len(ids), dtype=np.bool_)
