"""What the clauses of a criteria set say, read clause by clause into plain values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.rules.clauses import (
    Appraisal,
    CoolingOff,
    DirectWorkerFloor,
    Eligibility,
    LeaderCap,
    Money,
    PayStep,
    Quota,
    RatingCap,
    ScoreThreshold,
    Weights,
)
from simulator.rules.conditions import AllOf, AnyOf, Not
from simulator.rules.facts import Test
from simulator.rules.stages import AdHocTrack, SectorGate, Stage, Transition
from simulator.rules.values import exact, normalised
from tests.oracle.arithmetic import NORMAL, to_millionth

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from simulator.model.behaviour import Behaviour
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet

CRITERIA = ("results", "initiative", "scope", "conduct")
LEVELS = ("unit", "cluster", "province", "state")
WORKING_DAYS_A_MONTH = 21
WITHOUT_A_SHARE = 0.5


def holds(condition: Condition, candidate) -> bool:
    """Tell whether a condition holds for one candidate."""
    if isinstance(condition, AllOf):
        return all(holds(part, candidate) for part in condition.all)
    if isinstance(condition, AnyOf):
        return any(holds(part, candidate) for part in condition.any)
    if isinstance(condition, Not):
        return not holds(condition.not_, candidate)
    return candidate.answers(condition)


def tests_wanted(condition: Condition) -> Iterator[Test]:
    """Give the tests that help to meet a condition: none that stands under a *not*."""
    if isinstance(condition, Test):
        yield condition
    for part in condition.all if isinstance(condition, AllOf) else condition.any if isinstance(condition, AnyOf) else ():
        yield from tests_wanted(part)


def initiatives_needed(condition: Condition, candidate) -> int:
    """Count the initiatives a condition that is met uses up: none where it is met without any, the fewest where there are several ways."""
    if isinstance(condition, Not) or holds(condition, candidate.with_so_few(0)):
        return 0
    if isinstance(condition, AllOf):
        return sum(initiatives_needed(part, candidate) for part in condition.all)
    if isinstance(condition, AnyOf):
        return min(initiatives_needed(part, candidate) for part in condition.any if holds(part, candidate))
    return condition.at_least if condition.fact == "unused-initiatives" and condition.consumed else 0


@dataclass(frozen=True, eq=False)
class AwardRules:
    """One award: its head, and every clause that bears on it."""

    id: str
    level: int
    authority: str
    target: str
    kind: str
    conditions: tuple[Condition, ...]
    gates: tuple[tuple[str, Condition], ...]
    quota: Quota | None
    floor: DirectWorkerFloor | None
    cap: LeaderCap | None
    cooling_off: int
    threshold: float
    multiple: float
    pay_step: PayStep | None
    stages: tuple[Stage, ...]

    def wanted_tests(self) -> Iterator[Test]:
        for condition in self.conditions:
            yield from tests_wanted(condition)

    @property
    def bodies(self) -> int:
        return sum(len(stage.consults) for stage in self.stages)

    @property
    def days_posted(self) -> int:
        return sum(stage.posting_days or 0 for stage in self.stages)

    @property
    def own_stages(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.stages if stage.level == self.authority)

    @property
    def vote(self):
        own = [stage.vote for stage in self.own_stages if stage.vote is not None]
        any_level = [stage.vote for stage in self.stages if stage.vote is not None] if self.authority == "state" else []
        return (own or any_level or [None])[-1]

    @property
    def bar_of_strictness(self) -> float:
        said = [stage.strictness for stage in self.own_stages if stage.strictness is not None]
        return to_millionth(NORMAL.inv_cdf(min(max(said[-1], 1 / 4096), 4095 / 4096))) if said else 0.0

    def delay_months(self, behaviour: Behaviour) -> float:
        days = sum((stage.delay_days or 0) + (stage.posting_days or 0) for stage in self.stages)
        months = behaviour.annual_delay_months
        if self.authority == "state":
            months += behaviour.state_extra_delay_months
        return months + days / WORKING_DAYS_A_MONTH

    def may_be_considered(self, candidate) -> bool:
        """Tell whether all conditions and the gates of the candidate's sector are met."""
        conditions = [*self.conditions, *(condition for sector, condition in self.gates if sector in candidate.sectors)]
        return all(holds(condition, candidate) for condition in conditions)

    def initiatives_used(self, candidate) -> int:
        """Count the initiatives a winner uses up: what the conditions that consume need, clause by clause."""
        return sum(initiatives_needed(condition, candidate) for condition in self.conditions)


def _of_kind(clauses, kind):
    return [clause for clause in clauses.values() if isinstance(clause, kind)]


class Rulebook:
    """A criteria set, with behaviour where the set is silent."""

    def __init__(self, criteria: CriteriaSet, behaviour: Behaviour):
        self.stack = criteria.stack
        self.behaviour = behaviour
        procedure = criteria.procedure
        told = {"appraisers", "audit_share", "strictness", "vote"}
        self.stages = sorted(
            _of_kind(procedure, Stage), key=lambda stage: (stage.order, LEVELS.index(stage.level), stage.model_dump_json(include=told))
        )
        self.appraisals = {clause.authority: clause for clause in _of_kind(procedure, Appraisal)}
        self.rating_cap = next(iter(_of_kind(procedure, RatingCap)), None)
        self.track = next(iter(_of_kind(procedure, AdHocTrack)), None)
        self.transitions = _of_kind(procedure, Transition)
        self.awards = {award_id: self._read(award_id, award, _of_kind(procedure, SectorGate)) for award_id, award in criteria.awards.items()}
        self._read_weights(next(iter(_of_kind(procedure, Weights)), None))

    def _read(self, award_id, award, gates) -> AwardRules:
        clauses = award.clauses
        return AwardRules(
            id=award_id,
            level=award.level,
            authority=award.authority,
            target=award.target,
            kind=award.kind,
            conditions=tuple(clause.requires for clause in _of_kind(clauses, Eligibility)),
            gates=tuple((gate.sector, gate.requires) for gate in gates if not gate.awards or award_id in gate.awards),
            quota=next(iter(_of_kind(clauses, Quota)), None),
            floor=next(iter(_of_kind(clauses, DirectWorkerFloor)), None),
            cap=next(iter(_of_kind(clauses, LeaderCap)), None),
            cooling_off=max((clause.years for clause in _of_kind(clauses, CoolingOff)), default=0),
            threshold=max((clause.at_least for clause in _of_kind(clauses, ScoreThreshold)), default=-math.inf),
            multiple=sum(clause.multiple for clause in _of_kind(clauses, Money)) if _of_kind(clauses, Money) else 1.0,
            pay_step=next(iter(_of_kind(clauses, PayStep)), None),
            stages=tuple(
                stage
                for stage in self.stages
                if LEVELS.index(stage.level) <= LEVELS.index(award.authority) and award_id in (stage.awards or {award_id})
            ),
        )

    def _read_weights(self, weights: Weights | None) -> None:
        """Equations 1 and 3: what the weighting makes of merit, of a post and of a claim, in standard deviations of the weighting."""
        b = self.behaviour
        self.loading = {name: getattr(b, f"merit_loading_{name}") for name in CRITERIA}
        parts = {name: getattr(weights, name) for name in CRITERIA} if weights else {"results": 1.0, "initiative": 0.0, "scope": 0.0, "conduct": 0.0}
        self.weight = {name: float(share) for name, share in normalised(parts).items()}
        variance = sum(self.weight[j] * self.weight[k] * (1.0 if j == k else self.loading[j] * self.loading[k]) for j in CRITERIA for k in CRITERIA)
        spread = math.sqrt(variance)
        self.is_on_results_alone = self.weight["results"] == 1
        self.weight_per_spread = {name: self.weight[name] / spread for name in CRITERIA}
        unlawful = {name: 1 - b.lawful_scope_share if name == "scope" else 1.0 for name in CRITERIA}
        self.post_loading = sum(self.weight[name] * getattr(b, f"post_loading_{name}") * unlawful[name] for name in CRITERIA) / spread
        self.claim_loading = sum(self.weight[name] * getattr(b, f"claim_loading_{name}") for name in CRITERIA) / spread

    @property
    def stages_for_all(self) -> tuple[Stage, ...]:
        """The stages that name no award."""
        return tuple(stage for stage in self.stages if not stage.awards)

    def _stated(self, authority: str, name: str, award: AwardRules | None):
        """Give what the last stage of the award at this level says; for the unit's own files, and where no stage says it, what the authority does."""
        said = [
            getattr(stage, name)
            for stage in (award.stages if award else self.stages_for_all)
            if stage.level == authority and getattr(stage, name) is not None
        ]
        if name == "appraisers":
            said = [number for number in said if number]
        return said[-1] if said else getattr(self.appraisals.get(authority, self.behaviour), name)

    def appraisers(self, authority: str, award: AwardRules | None = None) -> float:
        return self._stated(authority, "appraisers", award)

    def audit_share(self, authority: str, award: AwardRules | None = None) -> float:
        return self._stated(authority, "audit_share", award)

    @property
    def sigma(self) -> float:
        """Standard deviation of one appraiser's error."""
        return math.sqrt(1 / self.behaviour.appraisal_reliability - 1)

    def yearly(self, target: str) -> list[AwardRules]:
        """Give the awards of the yearly round, lowest level first, equal levels by id."""
        found = [award for award in self.awards.values() if award.target == target and award.kind != "ad-hoc"]
        return sorted(found, key=lambda award: (award.level, award.id))

    def aim(self, focus: str) -> AwardRules:
        """Give the award that effort aims at."""
        if self.awards[focus].target == "individual":
            return self.awards[focus]
        merit = [award for award in self.yearly("individual") if award.kind == "merit"]
        return next((award for award in merit if award.quota is not None), merit[0])

    @property
    def ad_hoc(self) -> list[AwardRules]:
        found = [award for award in self.awards.values() if award.target == "individual" and award.kind == "ad-hoc"]
        return sorted(found, key=lambda award: (award.level, award.id))

    @property
    def ad_hoc_counts(self) -> bool:
        return self.track is not None and self.track.counts_for_ladder

    def transparency(self, award: AwardRules) -> float:
        return min(1.0, award.days_posted / 20 + (0.5 if award.bodies else 0.0))

    def share_of_places(self, award: AwardRules) -> float:
        """Give the share of places people perceive at the start: the share the quota states, whatever it is of."""
        return WITHOUT_A_SHARE if award.quota is None or award.quota.share is None else award.quota.share

    def collective_shares(self) -> list[tuple[Fraction, bool]]:
        """Give the shares of members that a collective award asks to hold an award of the unit's own authority, and whether each must be exceeded."""
        return [
            (exact(test.share), test.more_than_share is not None)
            for award in self.yearly("collective")
            for test in award.wanted_tests()
            if test.fact == "members-awarded" and test.share is not None and self.awards[test.award].authority == "unit"
        ]
