"""A council: it reads the files that reach it, audits some, votes, and remembers what it let pass.

It sees the dossier through the words of the unit that wrote it, so part of its error is the unit's own error (correction
00.16); fresh error comes only from what it checks itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import mesa
import numpy as np

from simulator.lookups import fixed
from simulator.model.files import is_audited_by
from simulator.model.ratings import has_false_initiatives
from simulator.model.voting import chances_of_passing, lift_of_strictness, step_of

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.regime import Authority, AwardRule, Regime

_DAYS_OF_POSTING: Final = 10
_LOWEST_PART: Final = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """What a council made of the files it read.

    Attributes
    ----------
    score
        (n_files,) float32 score as the council reads it.
    is_approved
        (n_files,) whether the file passes.
    """

    score: FloatArray
    is_approved: BoolArray


NOTHING_READ: Final = Reading(score=np.zeros(0, dtype=np.float32), is_approved=np.zeros(0, dtype=np.bool_))
"""Of no files."""


@dataclass(frozen=True, slots=True)
class _Scrutiny:
    """What a file goes through besides being read: an audit for some, bodies consulted and posting for all.

    Attributes
    ----------
    is_audited
        (n_files,) whose file the council audits.
    left_by_audit, left_by_consultation, left_by_posting
        What each leaves of a false claim, on average: a number, or (n_files,).
    """

    is_audited: BoolArray
    left_by_audit: Any
    left_by_consultation: Any
    left_by_posting: Any

    def chance_to_find(self) -> FloatArray:
        """(n_files,) chance that false initiatives are found out: 1 − Π(1 − finds)."""
        left = self.left_by_consultation * self.left_by_posting
        chance: FloatArray = 1 - np.where(self.is_audited, self.left_by_audit * left, left)
        return chance


class Council(mesa.Agent):  # type: ignore[misc]  # Mesa's agents are untyped
    """The council of one authority, as a Mesa agent.

    Attributes
    ----------
    authority
        ``unit`` (the councils at the grass roots, as one), ``province`` or ``state``.
    n_read, n_approved, n_revoked
        (n_replications,) files read and approved, and awards revoked, this year.
    n_read_first_year
        (n_replications,) files of the year that later ones are measured by, or 0 while there was none.
    strictness
        (n_replications,) what crowding and reversals have added to every bar.
    precedent
        Award id → (n_replications,) what the files accepted before have added to its bar.
    bars
        Award id → (n_replications,) the bar it had when it was last decided.
    margins
        Award id → (n_replications,) how far the lowest tenth accepted this year stood above the bar; NaN where no file was accepted.
    """

    def __init__(self, model: mesa.Model, authority: Authority, n_replications: int = 1) -> None:
        """Convene the council of one authority, or those of some replications that know nothing of each other."""
        super().__init__(model)
        self.authority = authority
        self._nothing: IndexArray = fixed(np.zeros(n_replications, dtype=np.int64))
        self.n_read = self.n_approved = self.n_revoked = self.n_read_first_year = self._nothing
        self.strictness: FloatArray = self._nothing.astype(np.float64)
        self.precedent: dict[str, FloatArray] = {}
        self.bars: dict[str, FloatArray] = {}
        self.margins: dict[str, FloatArray] = {}

    def open_year(self) -> None:
        """Begin a new year's counts."""
        self.n_read = self.n_approved = self.n_revoked = self._nothing
        self.margins = {}

    def take_over(self, other: Council) -> None:
        """Go on from what another council of the same authority remembers."""
        self.n_read, self.n_approved, self.n_revoked = other.n_read, other.n_approved, other.n_revoked
        self.n_read_first_year, self.strictness = other.n_read_first_year, other.strictness
        self.precedent, self.bars, self.margins = dict(other.precedent), dict(other.bars), dict(other.margins)

    def bar(self, rule: AwardRule, cycle: Cycle) -> FloatArray:
        """(n_replications,) lowest score this council lets pass this year: the authority's bar with its drift, precedents, strictness, and what the stage asks."""
        of_authority = cycle.of_replications(lambda regime: regime.bar(self.authority, cycle.year))
        bar: FloatArray = of_authority + self.precedent.get(rule.id, 0.0) + self.strictness
        return bar + lift_of_strictness(rule.procedure.least_quantile)

    def last_bar(self, rule: AwardRule) -> FloatArray:
        """(n_replications,) bar the award had when it was last decided; none at all (−∞) if it never was."""
        return self.bars.get(rule.id, np.full(len(self._nothing), -math.inf))

    def read(self, rule: AwardRule, nominees: IndexArray, relies_on_initiatives: BoolArray, files: Files, cycle: Cycle) -> Reading:
        """Read the files of some nominees (equation 9), and leave no trace of it (:meth:`remember` does).

        S_c = M + √q·noise of the unit + √((1−q)/n_r)·σ·ε + (h_w + defer)·post + λ + C + claims left; approved from the bar upwards, or by
        vote. A file whose award rests on initiatives that are found to be false is refused. A perfect council reads merit as it is and
        lets everybody pass whom the rules let through.

        Parameters
        ----------
        rule
            The award.
        nominees
            (n_files,) positions of the members.
        relies_on_initiatives
            (n_files,) whether the award would use up initiatives.
        files, cycle
            The files and the state of the year.
        """
        if cycle.is_perfect:
            return Reading(score=files.merit.take(nominees), is_approved=np.ones(len(nominees), dtype=np.bool_))
        ids = cycle.members.id.take(nominees)
        scrutiny = self._scrutinise(rule, nominees, cycle, may_rest_on_initiatives=bool(relies_on_initiatives.any()))
        score = self._score(rule, nominees, scrutiny, files, cycle)
        is_approved = self._passes(rule, score, nominees, ids, cycle)
        if _may_be_false(cycle) and relies_on_initiatives.any():
            is_approved &= ~self._is_found_out(relies_on_initiatives, scrutiny, nominees, cycle)
        return Reading(score=score, is_approved=is_approved)

    def remember(self, rule: AwardRule, nominees: IndexArray, reading: Reading, files: Files, cycle: Cycle) -> None:
        """Keep of a reading what next year's bars depend on: how many files came and passed, and how low the lowest that passed proved to be.

        What a file proves to be is its verified score: what it shows without errors, claims, leniency and deference. Who was let in by an error sets a lower precedent
        than the bar, so bars fall by themselves (equation 10).
        """
        population = cycle.population
        n_approved = population.by_replication(nominees, reading.is_approved)
        self.n_read = self.n_read + population.by_replication(nominees)
        self.n_approved = self.n_approved + n_approved
        if cycle.is_perfect:
            return
        bar = self.bar(rule, cycle)
        self.bars[rule.id] = bar
        if cycle.regime.behaviour.learns and n_approved.any() and math.isfinite(bar[0]):
            verified = _verified_score(nominees.compress(reading.is_approved), files, cycle)
            ends = np.cumsum(n_approved)[:-1]
            self.margins[rule.id] = np.array([_mean_of_lowest(part) for part in np.split(verified, ends)]) - bar

    def _scrutinise(self, rule: AwardRule, nominees: IndexArray, cycle: Cycle, *, may_rest_on_initiatives: bool) -> _Scrutiny:
        procedure = rule.procedure
        days_posted = min(procedure.posting_days / _DAYS_OF_POSTING, 1.0)
        is_audited = np.zeros(len(nominees), dtype=np.bool_)
        if self.authority != "unit" or (may_rest_on_initiatives and _may_be_false(cycle)):
            share = cycle.in_64_bits(lambda regime: regime.rule(rule.id).procedure.audit_share, nominees)
            is_audited = is_audited_by(self.authority, cycle, cycle.members.id.take(nominees), share)
        return _Scrutiny(
            is_audited=is_audited,
            left_by_audit=cycle.in_64_bits(lambda regime: 1 - regime.behaviour.detection, nominees),
            left_by_consultation=cycle.in_64_bits(lambda regime: (1 - regime.behaviour.consultation_finds) ** procedure.n_bodies, nominees),
            left_by_posting=cycle.in_64_bits(lambda regime: 1 - regime.behaviour.posting_finds * days_posted, nominees),
        )

    def _score(self, rule: AwardRule, nominees: IndexArray, scrutiny: _Scrutiny, files: Files, cycle: Cycle) -> FloatArray:
        score: FloatArray = files.merit.take(nominees)
        if cycle.is_somewhere(lambda regime: regime.error_sd):

            def own_sd(regime: Regime) -> float:
                own_share = (1 - regime.behaviour.dossier_error_share) / regime.rule(rule.id).procedure.appraisers
                return math.sqrt(own_share) * regime.error_sd

            shared = cycle.of_those(lambda regime: math.sqrt(regime.behaviour.dossier_error_share), nominees)
            score = score + shared * files.noise.take(nominees)
            score += cycle.of_those(own_sd, nominees) * cycle.normal(self._stream("noise"), cycle.members.id.take(nominees))
        for_leaders = cycle.of_those(lambda regime: regime.weights.post_loading + regime.behaviour.council_deference, nominees)
        if np.any(for_leaders):
            score = score + for_leaders * cycle.population.is_leader.take(nominees)
        score = score + cycle.of_those(lambda regime: regime.behaviour.council_leniency, nominees)
        score += files.criteria.take(nominees)
        score += self._claims_left(files.claims.take(nominees), scrutiny)
        return score

    def _claims_left(self, claims: FloatArray, scrutiny: _Scrutiny) -> FloatArray:
        """Take out of the claims what is found; what the unit's own audit found has left the file already."""
        left: FloatArray = claims
        if self.authority != "unit":
            left = left * np.where(scrutiny.is_audited, np.float32(scrutiny.left_by_audit), np.float32(1))
        for part in (scrutiny.left_by_consultation, scrutiny.left_by_posting):
            left = left if np.all(part == 1) else left * np.float32(part)
        return left

    def _passes(self, rule: AwardRule, score: FloatArray, nominees: IndexArray, ids: IndexArray, cycle: Cycle) -> BoolArray:
        bar = cycle.population.posts.per_thing(self.bar(rule, cycle).astype(np.float32), nominees)
        found = [chances_of_passing(rule.procedure.ballot, regime.behaviour) for regime in cycle.regimes]
        tables = [table for table in found if table is not None]
        if not tables or not np.isfinite(bar).all():
            return score >= bar
        step = step_of(score - bar)
        if len(tables) > 1:  # one for each regime
            step += cycle.posts.replication_of(nominees) * np.int64(len(tables[0]))
        chance: FloatArray = np.concatenate(tables).take(step)
        passes: BoolArray = chance >= 1
        is_open = np.flatnonzero((chance > 0) & ~passes)
        passes[is_open] = cycle.uniform(self._stream("vote"), ids.take(is_open)) < chance.take(is_open)
        return passes

    def _is_found_out(self, relies_on_initiatives: BoolArray, scrutiny: _Scrutiny, nominees: IndexArray, cycle: Cycle) -> BoolArray:
        is_found_out = np.zeros(len(nominees), dtype=np.bool_)
        rests_on_false = np.flatnonzero(relies_on_initiatives)
        rests_on_false = rests_on_false[has_false_initiatives(cycle, nominees.take(rests_on_false))]
        ids = cycle.members.id.take(nominees.take(rests_on_false))
        is_found_out[rests_on_false] = cycle.is_lucky(self._stream("finds"), ids, scrutiny.chance_to_find().take(rests_on_false))
        return is_found_out

    def _stream(self, what: str) -> str:
        return f"council.{self.authority}.{what}"


def total_of(name: str, council: Council) -> int:
    """Add up a council's count over the replications."""
    return int(getattr(council, name).sum())


def _may_be_false(cycle: Cycle) -> bool:
    """Tell whether anybody's initiatives may not stand up to an audit."""
    return cycle.is_somewhere(lambda regime: regime.behaviour.fake_initiative_share)


def _mean_of_lowest(scores: FloatArray) -> float:
    """Average the lowest tenth, rounded up, of some scores, exactly rounded; NaN of none."""
    n_lowest = -(-len(scores) // _LOWEST_PART)
    lowest = np.partition(scores, n_lowest - 1)[:n_lowest] if n_lowest < len(scores) else scores
    return math.fsum(lowest.tolist()) / n_lowest if n_lowest else math.nan


def _verified_score(positions: IndexArray, files: Files, cycle: Cycle) -> FloatArray:
    """Give what files show to who verifies them: merit, the weighing of the set, and what a post adds to it."""
    verified: FloatArray = files.merit.take(positions) + files.criteria.take(positions)
    verified += cycle.of_those(lambda regime: regime.weights.post_loading, positions) * cycle.population.is_leader.take(positions)
    return verified
