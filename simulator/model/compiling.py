"""Boil a criteria set and a behaviour down to a regime: what the year's schedule works with, and nothing of how it is worded."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from simulator.history import Role
from simulator.model.behaviour import NAMES_OF_NUMBERS
from simulator.model.criteria_weights import CRITERIA, RESULTS_ALONE, weigh_criteria
from simulator.model.ladder import ladders_of, value_of, wanted_tests
from simulator.model.playable import Refusal, RegimeError, never_binds, refuse_unplayable
from simulator.model.procedure import WORKING_DAYS_IN_MONTH, procedure_of, stated_for_every_award
from simulator.model.regime import AUTHORITIES, AwardRule, Gate, Procedure, Regime, Succession, ThresholdOfMembers
from simulator.rules.clauses import (
    Appraisal,
    CoolingOff,
    DirectWorkerFloor,
    Eligibility,
    Exhortation,
    LeaderCap,
    Money,
    PayStep,
    Quota,
    RatingCap,
    ScoreThreshold,
    Weights,
)
from simulator.rules.conditions import AllOf, iter_tests
from simulator.rules.stages import AdHocTrack, SectorGate, Stage, Transition
from simulator.rules.values import Text, exact
from simulator.scoring.quotas import Reservation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.model.behaviour import Behaviour
    from simulator.model.regime import Authority
    from simulator.rules.clauses import Clause
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

APPRAISAL_NUMBERS: Final = frozenset({"appraisers", "audit_share"})

ClauseKind = TypeVar("ClauseKind")
_N_KEPT: Final = 16
_NO_WORDS: Final = Text(vi="-", en="-")
_STILL_OPEN: Final = Procedure(appraisers=1, audit_share=0, least_quantile=None, ballot=None, n_bodies=0, posting_days=0, delay_months=0)


@lru_cache(maxsize=_N_KEPT)
def compile_regime(criteria: CriteriaSet, behaviour: Behaviour, *, focus_award: str) -> Regime:
    """Boil a criteria set and a behaviour down; the last ones are kept, for a comparison asks for each several times.

    Raises
    ------
    RegimeError
        If the focus award is not an award of the set, the set has no merit award of members, a clause stands twice where one is possible, or the
        model cannot play one (:mod:`simulator.model.playable`).
    """
    read = _read(criteria)
    clauses, exhortations, stages = read.clauses, read.exhortations, read.stages
    moved = apply_exhortations(exhortations, behaviour)
    effective = behaviour.with_values({name: value for name, value in moved.items() if name in NAMES_OF_NUMBERS})
    appraisals: dict[Authority, Appraisal] = {clause.authority: clause for clause in clauses if isinstance(clause, Appraisal)}

    def of_each_authority(name: str) -> dict[Authority, float]:
        of_stages = {authority: stated_for_every_award(name, authority, stages) for authority in AUTHORITIES}
        of_clauses = {authority: float(getattr(appraisals.get(authority, behaviour), name)) for authority in AUTHORITIES}
        stated = {authority: of_clauses[authority] if number is None else number for authority, number in of_stages.items()}
        return {authority: _moved_value(name, value, exhortations) for authority, value in stated.items()}

    def move(name: str, value: float) -> float:
        return _moved_value(name, value, exhortations)

    appraisers, audit_share = of_each_authority("appraisers"), of_each_authority("audit_share")
    rules = {}
    for award_id, award in criteria.awards.items():
        procedure = procedure_of(award_id, award, stages, effective, appraisers=appraisers, audit_share=audit_share, move=move)
        rules[award_id] = replace(read.rules[award_id], procedure=procedure)
    if focus_award not in rules:
        raise RegimeError(Refusal("", "no-award", focus_award))
    weights, cap, track = _only(clauses, Weights), _only(clauses, RatingCap), _only(clauses, AdHocTrack)
    stated = [getattr(weights, name) for name in CRITERIA] if weights else RESULTS_ALONE
    in_order = sorted(rules.values(), key=lambda rule: (rule.level, rule.id))

    def kept(target: str, kind: str) -> tuple[AwardRule, ...]:
        return tuple(rule for rule in in_order if criteria.awards[rule.id].target == target and rule.kind == kind)

    focus = _aimed_at(rules[focus_award], kept("individual", "merit"))

    days = None if track is None else track.decided_within_days
    return Regime(
        awards=kept("individual", "merit"),
        ad_hoc_awards=kept("individual", "ad-hoc"),
        collective_awards=kept("collective", "merit"),
        weights=weigh_criteria(stated, effective),
        rating_cap=None if cap is None else exact(cap.share),
        ad_hoc_delay_months=effective.ad_hoc_delay_months if days is None else days / WORKING_DAYS_IN_MONTH,
        ad_hoc_counts=track is not None and track.counts_for_ladder,
        thresholds=read.thresholds,
        successions=read.successions,
        appraisers=appraisers,
        audit_share=audit_share,
        behaviour=effective,
        focus=focus,
        focus_share=_share_of_places(focus),
    )


def compile_regimes(
    criteria: Sequence[CriteriaSet], behaviours: Sequence[Behaviour], n_replications: int, *, focus_award: str
) -> tuple[tuple[Regime, ...], tuple[int, ...]]:
    """Boil down the rules and behaviour of each replication.

    Parameters
    ----------
    criteria, behaviours
        One for all or one for each replication.
    n_replications
        How many there are.
    focus_award
        The award whose allocation is recorded.

    Returns
    -------
        The regimes, and how many replications that follow one another live under each; one and nothing where all live under the same.

    Raises
    ------
    ValueError
        If there are neither one nor as many, or regimes differ in more than numbers: in the places they give, say, or in which parts of the model are at work.
    """
    pairs = [(criteria[place % len(criteria)], behaviours[place % len(behaviours)]) for place in range(max(len(criteria), len(behaviours)))]
    under_each = [(pair, len(list(same))) for pair, same in groupby(pairs)]
    first, *others = (compile_regime(*pair, focus_award=focus_award) for pair, _ in under_each)
    if not others:
        return (first,), ()
    if len(pairs) != n_replications or any(other.parts_at_work != first.parts_at_work for other in others):
        message = f"{len(pairs)} regimes do not go with {n_replications} replications, or have other parts of the model at work."
        raise ValueError(message)
    return (first, *others), tuple(n for _, n in under_each)


class _Read(NamedTuple):
    """What a criteria set says whatever the behaviour; the procedures of its awards, which depend on it, are still open."""

    clauses: tuple[Clause, ...]
    exhortations: tuple[Exhortation, ...]
    stages: tuple[Stage, ...]
    rules: dict[str, AwardRule]
    thresholds: tuple[ThresholdOfMembers, ...]
    successions: tuple[Succession, ...]


@lru_cache(maxsize=_N_KEPT)
def _read(criteria: CriteriaSet) -> _Read:
    """Read a criteria set once, for many behaviours.

    Raises
    ------
    RegimeError
        If the model cannot play it.
    """
    refuse_unplayable(criteria)
    clauses = tuple(clause for _, clause in criteria.iter_clauses())
    ladders = ladders_of(criteria.awards)
    return _Read(
        clauses=clauses,
        exhortations=tuple(clause for clause in clauses if isinstance(clause, Exhortation)),
        stages=tuple(clause for clause in clauses if isinstance(clause, Stage)),
        rules={award_id: replace(_award_rule(award_id, award, clauses), ladder=ladders[award_id]) for award_id, award in criteria.awards.items()},
        thresholds=_thresholds(criteria),
        successions=_successions(clauses),
    )


def apply_exhortations(clauses: Iterable[Clause], behaviour: Behaviour) -> dict[str, float]:
    """Give each behavioural number that exhortations move its new value.

    An exhortation followed to the degree c turns a number x into x + c·(target − x). Several of them are applied in an order
    that depends on their figures only, not on where they stand in the text.

    Returns
    -------
        Name → value, for the numbers that are moved.
    """
    clauses = list(clauses)
    names = {move.assumption for clause in clauses if isinstance(clause, Exhortation) for move in clause.moves}
    return {name: _moved_value(name, getattr(behaviour, name), clauses) for name in sorted(names & NAMES_OF_NUMBERS)}


def _moved_value(name: str, value: float, clauses: Iterable[Clause]) -> float:
    steps = sorted(
        (exact(move.toward), exact(clause.compliance.value))
        for clause in clauses
        if isinstance(clause, Exhortation)
        for move in clause.moves
        if move.assumption == name
    )
    if not steps or not math.isfinite(value):
        return value  # nothing leads from "no bar at all" part of the way to a bar
    moved = exact(value)
    for toward, compliance in steps:
        moved += compliance * (toward - moved)
    return float(moved)


def _award_rule(award_id: str, award: Award, all_clauses: Sequence[Clause]) -> AwardRule:
    clauses = list(award.clauses.values())
    limits = [clause for clause in clauses if isinstance(clause, DirectWorkerFloor | LeaderCap)]
    floors = [clause for clause in limits if isinstance(clause, DirectWorkerFloor)]
    caps = [clause for clause in limits if isinstance(clause, LeaderCap)]
    binding = [clause for clause in limits if not never_binds(clause)]
    quota, pay_step = _only(clauses, Quota), _only(clauses, PayStep)
    _only(clauses, Money)
    counted = next((clause.counts_as_direct for clause in floors if clause in binding), ("direct", "staff"))
    gates = {(gate.sector, gate.requires) for gate in all_clauses if isinstance(gate, SectorGate) and (not gate.awards or award_id in gate.awards)}
    rule = AwardRule(
        id=award_id,
        kind=award.kind,
        level=award.level,
        authority=award.authority,
        conditions=conjuncts(clause.requires for clause in clauses if isinstance(clause, Eligibility)),
        gates=tuple(Gate(sector, condition) for sector, condition in sorted(gates, key=repr)),
        quota=None if quota is None else _wordless(quota),
        reservation=Reservation(
            direct_worker_floor=max((exact(clause.share) for clause in floors), default=Fraction(0)),
            leader_cap=min((exact(clause.share) for clause in caps), default=Fraction(1)),
        ),
        reservation_pooling=binding[0].pooling if binding else "unit",
        counted_as_direct=frozenset(Role[role.upper()] for role in counted),
        cooling_off_years=max((clause.years for clause in clauses if isinstance(clause, CoolingOff)), default=0),
        score_threshold=max((clause.at_least for clause in clauses if isinstance(clause, ScoreThreshold)), default=None),
        value=value_of(award),
        procedure=_STILL_OPEN,
    )
    return rule if pay_step is None else replace(rule, pay_step_months=pay_step.months * _chance_of(pay_step, rule))


def _chance_of(pay_step: PayStep, rule: AwardRule) -> float:
    """Give the chance that a winner gets the step; where the award has no place at all, that of the smallest share of places."""
    places = _share_of_places(rule)
    return min(1.0, pay_step.share / places) if places > 0 else float(pay_step.share > 0)


def _share_of_places(rule: AwardRule) -> float:
    quota = rule.quota
    return float(exact(quota.share)) if quota is not None and quota.share is not None else 0.5


def _aimed_at(focus: AwardRule, annual: Sequence[AwardRule]) -> AwardRule:
    """Find what members strive for: the focus award, or where that is for collectives the lowest of their own that is limited.

    Raises
    ------
    RegimeError
        If the set has no merit award of members.
    """
    if not annual:
        raise RegimeError(Refusal("", "nothing-to-strive-for"))
    if focus in annual:
        return focus
    return next((rule for rule in annual if rule.quota is not None), annual[0])


def conjuncts(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Take conditions apart into those that must all hold, in an order of their content, so that wording tells nothing.

    What is said twice is kept once, unless it uses up initiatives: asking for one twice asks for two.
    """
    found: list[tuple[str, Condition]] = []
    for condition in conditions:
        parts = conjuncts(condition.all) if isinstance(condition, AllOf) else (condition,)
        found.extend((part.model_dump_json(exclude_none=True), part) for part in parts)
    found.sort(key=lambda pair: pair[0])
    return tuple(
        part
        for place, (words, part) in enumerate(found)
        if place == 0 or words != found[place - 1][0] or any(test.consumed for _, test in iter_tests(part))
    )


def _wordless(quota: Quota) -> Quota:
    """Keep of a quota what it orders."""
    return quota.model_copy(update={"title": _NO_WORDS, "why": None, "restates": (), "source": None, "assumption": None, "limit": None})


def _thresholds(criteria: CriteriaSet) -> tuple[ThresholdOfMembers, ...]:
    """Find the shares of members that open collective awards, of awards that the unit itself gives."""
    conditions = [
        clause.requires
        for award in criteria.awards.values()
        if award.target == "collective" and award.kind == "merit"
        for clause in award.clauses.values()
        if isinstance(clause, Eligibility)
    ]
    found = {
        ThresholdOfMembers(award_id, exact(test.share), test.more_than_share is not None)
        for condition in conditions
        for test in wanted_tests(condition)
        for award_id, award in criteria.awards.items()
        if test.fact == "members-awarded" and test.share is not None and test.award == award_id and award.authority == "unit"
    }
    return tuple(sorted(found, key=lambda threshold: (threshold.award, threshold.share, threshold.must_pass)))


def _successions(clauses: Iterable[Clause]) -> tuple[Succession, ...]:
    found = {Succession(clause.award, clause.of_set, clause.counts_as) for clause in clauses if isinstance(clause, Transition)}
    return tuple(sorted(found, key=lambda one: (one.award, one.of_set, one.counts_as or "")))


def _only(clauses: Iterable[Clause], kind: type[ClauseKind]) -> ClauseKind | None:
    found = [clause for clause in clauses if isinstance(clause, kind)]
    if len(found) > 1:
        raise RegimeError(Refusal("", "clause-twice", found[0].kind))
    return found[0] if found else None
