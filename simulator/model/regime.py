"""A criteria set and a behaviour, boiled down to the numbers the year's schedule works with.

Wording, order, identifiers and slack clauses are boiled away: two sets that say the same give equal regimes, and so, on the
same luck, the same awards to the last one. The null-reform seal rests on this module.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from simulator.history import Role
from simulator.model.behaviour import NAMES_OF_NUMBERS
from simulator.model.playable import RegimeError, refuse_unplayable
from simulator.rules.clauses import (
    Appraisal,
    CoolingOff,
    DirectWorkerFloor,
    Eligibility,
    Exhortation,
    LeaderCap,
    Money,
    Quota,
    RatingCap,
    ScoreThreshold,
    Weights,
)
from simulator.rules.values import exact
from simulator.scoring.quotas import Reservation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulator.model.behaviour import Behaviour
    from simulator.rules.clauses import Clause, Pooling
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

Authority = Literal["unit", "province", "state"]
AUTHORITIES: Final[tuple[Authority, ...]] = ("unit", "province", "state")
CRITERIA: Final = ("results", "initiative", "scope", "conduct")
APPRAISAL_NUMBERS: Final = frozenset({"appraisers", "audit_share"})
RECORDED_ONLY: Final = frozenset({"escalation"})
"""Figures an exhortation may name although this version of the model has no such behaviour; reports say so."""
MOVABLE: Final = NAMES_OF_NUMBERS | RECORDED_ONLY


ClauseKind = TypeVar("ClauseKind")
_WIDTH: Final[Mapping[Pooling, int]] = {"unit": 0, "kind": 1, "cluster": 1, "all": 2}


@dataclass(frozen=True, slots=True)
class AwardRule:
    """One award, as the schedule sees it.

    Attributes
    ----------
    id, kind, level, authority
        As in the criteria set.
    conditions
        All must be met.
    quota
        The clause that limits the places, or ``None``.
    reservation, reservation_pooling
        Floor for direct workers and cap for leaders, and whose places they are counted over.
    counted_as_direct
        Roles the floor is for.
    cooling_off_years
        Years a winner must wait.
    score_threshold
        Lowest file score, or ``None``.
    value
        Statutory bonus, in multiples of the base salary; 1 where no clause states it.
    """

    id: str
    kind: str
    level: int
    authority: Authority
    conditions: tuple[Condition, ...]
    quota: Quota | None
    reservation: Reservation
    reservation_pooling: Pooling
    counted_as_direct: frozenset[Role]
    cooling_off_years: int
    score_threshold: float | None
    value: float

    @property
    def is_filled_by_units(self) -> bool:
        """Whether each unit has its own places: the unit chooses. Otherwise the council chooses from one list."""
        quota = self.quota
        return quota is not None and (quota.pooling == "unit" or (quota.share is not None and quota.rounding == "systematic"))


@dataclass(frozen=True, slots=True)
class Regime:
    """Rules and behaviour together.

    Attributes
    ----------
    awards
        Merit awards in the order they are decided, lowest level first.
    ad_hoc_awards
        Awards for deeds outside the plan.
    post_loading, claim_loading
        h_w and η_w of equation 3: what a post and a unit of claims add to a file, relative to merit.
    rating_cap
        Largest share of "excellent" among those rated "good", or ``None``.
    appraisers, audit_share
        For each authority.
    behaviour
        After the exhortations of the set.
    focus_share
        Share of places of the focus award, which effort and claims aim at.
    """

    awards: tuple[AwardRule, ...]
    ad_hoc_awards: tuple[AwardRule, ...]
    post_loading: float
    claim_loading: float
    rating_cap: Fraction | None
    appraisers: Mapping[Authority, float]
    audit_share: Mapping[Authority, float]
    behaviour: Behaviour
    focus_share: float

    @property
    def error_sd(self) -> float:
        """σ of one appraiser (equation 17 of the corrections): σ² = 1/r − 1."""
        return math.sqrt(1 / self.behaviour.appraisal_reliability - 1)

    @property
    def marginal_approval(self) -> float:
        """Gain in the chance of an award per unit of score: f = μ·φ(z_q)/√(1+σ²) (equation 4), on a grid of 2⁻²⁰."""
        share = min(max(self.focus_share, 1e-6), 1 - 1e-6)
        normal = NormalDist()
        density = normal.pdf(normal.inv_cdf(1 - share))
        exact = self.behaviour.score_weight * density / math.sqrt(1 + self.error_sd**2)
        return round(exact * 2**20) / 2**20

    @property
    def extra_merit_of_effort(self) -> float:
        """β_e(e − e₀) with the chosen effort e* = e₀ + B·f/c_e (equations 1 and 5)."""
        behaviour = self.behaviour
        return behaviour.effort_effect * behaviour.stakes * self.marginal_approval / behaviour.effort_cost

    @property
    def claims(self) -> float:
        """Chosen claims g* = [B·η·f − a·det·Π]₊/c_g (equation 5)."""
        behaviour = self.behaviour
        gain = behaviour.stakes * behaviour.claim_return * self.marginal_approval
        risk = self.audit_share["unit"] * behaviour.detection * behaviour.penalty
        return max(gain - risk, 0.0) / behaviour.claim_cost

    def bar(self, authority: Authority, year: int) -> float:
        """Lowest score the council of this authority lets pass in a year; bars drift from year 1 on."""
        behaviour = self.behaviour
        start = behaviour.council_bar_unit if authority == "unit" else behaviour.council_bar_province
        return start + behaviour.bar_drift * max(year, 0)


def compile_regime(criteria: CriteriaSet, behaviour: Behaviour, *, focus_award: str) -> Regime:
    """Boil a criteria set and a behaviour down.

    Raises
    ------
    RegimeError
        If the focus award is not an individual award of the set, a clause stands twice where one is possible, or the model cannot play one
        (:mod:`simulator.model.playable`).
    """
    refuse_unplayable(criteria)
    clauses = [clause for _, clause in criteria.iter_clauses()]
    moved = apply_exhortations(clauses, behaviour)
    effective = behaviour.with_values({name: value for name, value in moved.items() if name in NAMES_OF_NUMBERS})
    rules = sorted(
        (_award_rule(award_id, award) for award_id, award in criteria.awards.items() if award.target == "individual"),
        key=lambda rule: (rule.level, rule.id),
    )
    focus = next((rule for rule in rules if rule.id == focus_award), None)
    if focus is None:
        message = f"{criteria.id} has no individual award {focus_award!r}; it has {[rule.id for rule in rules]}."
        raise RegimeError(message)
    weights = _only(clauses, Weights)
    cap = _only(clauses, RatingCap)
    appraisals: dict[Authority, Appraisal] = {clause.authority: clause for clause in clauses if isinstance(clause, Appraisal)}

    def appraisal_number(name: str, authority: Authority) -> float:
        return _moved_value(name, float(getattr(appraisals.get(authority, behaviour), name)), clauses)

    return Regime(
        awards=tuple(rule for rule in rules if rule.kind == "merit"),
        ad_hoc_awards=tuple(rule for rule in rules if rule.kind == "ad-hoc"),
        post_loading=_loading(weights, effective, "post_loading"),
        claim_loading=_loading(weights, effective, "claim_loading"),
        rating_cap=None if cap is None else exact(cap.share),
        appraisers={authority: appraisal_number("appraisers", authority) for authority in AUTHORITIES},
        audit_share={authority: appraisal_number("audit_share", authority) for authority in AUTHORITIES},
        behaviour=effective,
        focus_share=float(exact(focus.quota.share)) if focus.quota and focus.quota.share is not None else 0.5,
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


def _award_rule(award_id: str, award: Award) -> AwardRule:
    clauses = list(award.clauses.values())
    limits = [clause for clause in clauses if isinstance(clause, DirectWorkerFloor | LeaderCap)]
    floors = [clause for clause in limits if isinstance(clause, DirectWorkerFloor)]
    caps = [clause for clause in limits if isinstance(clause, LeaderCap)]
    binding = [clause for clause in limits if not _never_binds(clause)]
    money, quota = _only(clauses, Money), _only(clauses, Quota)
    _refuse_what_is_not_played(award_id, award, clauses, binding, quota)
    counted = next((clause.counts_as_direct for clause in floors if clause in binding), ("direct", "staff"))
    return AwardRule(
        id=award_id,
        kind=award.kind,
        level=award.level,
        authority=award.authority,
        conditions=tuple(clause.requires for clause in clauses if isinstance(clause, Eligibility)),
        quota=quota,
        reservation=Reservation(
            direct_worker_floor=max((exact(clause.share) for clause in floors), default=Fraction(0)),
            leader_cap=min((exact(clause.share) for clause in caps), default=Fraction(1)),
        ),
        reservation_pooling=binding[0].pooling if binding else "unit",
        counted_as_direct=frozenset(Role[role.upper()] for role in counted),
        cooling_off_years=max((clause.years for clause in clauses if isinstance(clause, CoolingOff)), default=0),
        score_threshold=max((clause.at_least for clause in clauses if isinstance(clause, ScoreThreshold)), default=None),
        value=1.0 if money is None else float(money.multiple),
    )


def _never_binds(clause: DirectWorkerFloor | LeaderCap) -> bool:
    return clause.share == (0 if isinstance(clause, DirectWorkerFloor) else 1)


def _refuse_what_is_not_played(
    award_id: str, award: Award, clauses: Sequence[Clause], binding: list[DirectWorkerFloor | LeaderCap], quota: Quota | None
) -> None:
    """Refuse clauses that this version would read and then leave without effect: silence would look like "no effect"."""
    reason = ""
    limiting = [clause for clause in clauses if isinstance(clause, Quota | CoolingOff | ScoreThreshold)]
    counted = {clause.counts_as_direct for clause in binding if isinstance(clause, DirectWorkerFloor)}
    poolings = {clause.pooling for clause in binding}
    if award.kind == "ad-hoc" and (limiting or binding):
        reason = "an ad hoc award has no quota, floor, cap, cooling-off or threshold in this version"
    elif binding and quota is None:
        reason = "a floor for direct workers or a cap for leaders needs a quota, of which it is a share"
    elif len(counted) > 1:
        reason = "several floors must count the same posts as direct workers"
    elif len(poolings) > 1:
        reason = "floors and caps of one award must be counted over the same pool"
    elif quota is not None and _WIDTH[quota.pooling] > min((_WIDTH[pooling] for pooling in poolings), default=2):
        reason = f"floors and caps cannot be counted over less than the quota, which is counted over '{quota.pooling}'"
    if reason and award.target == "individual":
        message = f"{award_id}: {reason}."
        raise RegimeError(message)


def _loading(weights: Weights | None, behaviour: Behaviour, kind: str) -> float:
    """Weigh what shows in a file besides merit, relative to merit: w·x / w·l, exactly."""
    stated = {name: exact(getattr(weights, name)) for name in CRITERIA} if weights else {"results": Fraction(1)}

    def weighed(of: str) -> Fraction:
        return sum((weight * exact(getattr(behaviour, f"{of}_{name}")) for name, weight in stated.items()), Fraction(0))

    shown_merit = weighed("merit_loading")
    if shown_merit <= 0:
        message = "With these weights and loadings a file shows nothing of merit."
        raise RegimeError(message)
    return float(weighed(kind) / shown_merit)


def _only(clauses: Iterable[Clause], kind: type[ClauseKind]) -> ClauseKind | None:
    found = [clause for clause in clauses if isinstance(clause, kind)]
    if len(found) > 1:
        message = f"At most one clause of the kind {kind.__name__} is possible here; found {len(found)}."
        raise RegimeError(message)
    return found[0] if found else None
