"""Councils: how they read a file, and what becomes of it (ODD 7.7 step 5, 7.9, 7.11)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from simulator.rules.values import exact
from tests.oracle.arithmetic import NORMAL, ZERO, F, at_least_of, logistic, nearest_step, to_millionth

if TYPE_CHECKING:
    from tests.oracle.candidates import Candidate
    from tests.oracle.rulebook import AwardRules


class Council(mesa.Agent):
    """The council of one authority, for all awards it decides."""

    def __init__(self, society, authority: str):
        super().__init__(society)
        self.authority = authority
        self.precedent: dict[str, float] = {}
        self.bars: dict[str, float] = {}
        self.strictness = 0.0
        self.usual_files: int | None = None
        self.open_year()

    def open_year(self) -> None:
        self.files = self.approved = self.revoked = 0
        self.verified: dict[str, list[F]] = {}

    def _stream(self, name: str) -> str:
        return f"council.{self.authority}.{name}"

    def _chance(self, name: str, candidate: Candidate, probability: float) -> bool:
        return self.model.luck.chance(self._stream(name), self.model.year, candidate.identity, probability)

    def set_bar(self, award: AwardRules) -> None:
        """Set the bar of the year for one award."""
        b = self.model.behaviour
        bar = getattr(b, f"council_bar_{self.authority}") + b.bar_drift * max(self.model.year, 0)
        bar = bar + self.precedent.get(award.id, 0.0) + self.strictness + award.bar_of_strictness
        self.bars[award.id] = bar

    def read(self, award: AwardRules, candidate: Candidate) -> F:
        """S_c: the council's own picture of a file."""
        b, rules = self.model.behaviour, self.model.rules
        q = b.dossier_error_share
        fresh = F(math.sqrt((1 - q) / self.model.rules.appraisers(self.authority, award)) * rules.sigma)
        draw = self.model.luck.normal(self._stream("noise"), self.model.year, candidate.identity)
        reading = candidate.merit + F(math.sqrt(q)) * candidate.noise + fresh * draw
        if candidate.leads:
            reading = reading + F(rules.post_loading + b.council_deference)
        reading = reading + F(b.council_leniency) + candidate.criteria
        return reading + self._claims_left(award, candidate)

    def verify(self, candidate: Candidate) -> F:
        """What a file proves to be: merit, criteria, and the part of the post."""
        verified = candidate.merit + candidate.criteria
        return verified + F(self.model.rules.post_loading) if candidate.leads else verified

    def _audits(self, award: AwardRules, candidate: Candidate) -> bool:
        return self._chance("audits", candidate, self.model.rules.audit_share(self.authority, award))

    def _claims_left(self, award: AwardRules, candidate: Candidate) -> F:
        b, claims = self.model.behaviour, candidate.claims
        if not claims:
            return ZERO
        if self.authority != "unit" and self._audits(award, candidate):
            claims = claims * F(1 - b.detection)
        return claims * F((1 - b.consultation_finds) ** award.bodies) * F(1 - self._posting_finds(award))

    def _posting_finds(self, award: AwardRules) -> float:
        return self.model.behaviour.posting_finds * min(award.days_posted / 10, 1.0)

    def passes(self, award: AwardRules, candidate: Candidate, reading: F) -> bool:
        b, vote, bar = self.model.behaviour, award.vote, F(self.bars[award.id])
        if bar == -math.inf:
            return True
        step = nearest_step(reading - bar, 16, 8) / 16
        if vote is not None and b.member_disagreement > 0:
            everybody = math.floor(b.council_size + 0.5)
            present = max(1, math.floor(b.council_attendance * everybody + 0.5))
            needed = min(math.ceil(exact(vote.threshold) * (everybody if vote.counts == "all-members" else present)), present)
            chance = at_least_of(needed, present, NORMAL.cdf(step / b.member_disagreement))
        elif b.council_spread > 0:
            chance = logistic(step / b.council_spread)
        else:
            return reading >= bar
        return float(self.model.luck.uniform(self._stream("vote"), self.model.year, candidate.identity)) < to_millionth(chance)

    def finds_false_initiatives(self, award: AwardRules, candidate: Candidate) -> bool:
        if not candidate.has_false_initiatives or not award.initiatives_used(candidate):
            return False
        b = self.model.behaviour
        stays = (1 - b.consultation_finds) ** award.bodies * (1 - self._posting_finds(award))
        if candidate.is_audited_by_unit if self.authority == "unit" else self._audits(award, candidate):
            stays *= 1 - b.detection
        return self._chance("finds", candidate, 1 - stays)

    def learn(self) -> None:
        """7.11, as far as it concerns councils."""
        b, year = self.model.behaviour, self.model.year
        for award_id, verified in self.verified.items():
            bar = self.bars[award_id]
            if verified and math.isfinite(bar):
                lowest = sorted(verified)[: math.ceil(len(verified) / 10)]
                mean = math.fsum(float(score) for score in lowest) / len(lowest)
                self.precedent[award_id] = to_millionth(self.precedent.get(award_id, 0.0) + b.bar_learning * (mean - bar))
        if self.usual_files is None and year >= 0 and self.files:
            self.usual_files = self.files
        crowding = min(self.files / self.usual_files - 1, 1.0) if year >= 1 and self.usual_files else 0.0
        reversals = self.revoked / self.approved if self.approved else 0.0
        change = b.strictness_of_crowding * crowding + b.strictness_of_reversals * reversals - b.strictness_fading * self.strictness
        self.strictness = to_millionth(self.strictness + change)
