"""A criteria set and a behaviour, boiled down to the numbers the year's schedule works with.

Wording, order, identifiers and slack clauses are boiled away (:mod:`~simulator.model.compiling`): two sets that say the same give equal regimes, and
so, on the same luck, the same awards to the last one. The null-reform seal rests on this.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from simulator.history import Role
    from simulator.model.behaviour import Behaviour
    from simulator.model.criteria_weights import CriteriaWeights
    from simulator.rules.clauses import Pooling, Quota
    from simulator.rules.conditions import Condition
    from simulator.scoring.quotas import Reservation

Authority = Literal["unit", "province", "state"]
AUTHORITIES: Final[tuple[Authority, ...]] = ("unit", "province", "state")
_DAYS_POSTED_IN_FULL: Final = 20


@dataclass(frozen=True, slots=True)
class Ballot:
    """A council's vote: the share in favour that is needed, of all members or of those present."""

    threshold: Fraction
    counts_all: bool


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the files of one award go through on their way.

    Attributes
    ----------
    appraisers, audit_share
        At the authority that decides.
    least_quantile
        Lowest share of full marks the deciding stage lets pass, or ``None``.
    ballot
        The deciding council's vote, or ``None``.
    n_bodies, posting_days
        Bodies consulted and working days of posting, over all stages of the award.
    delay_months
        Months from the end of the year to the decision.
    """

    appraisers: float
    audit_share: float
    least_quantile: float | None
    ballot: Ballot | None
    n_bodies: int
    posting_days: int
    delay_months: float

    @property
    def transparency(self) -> float:
        """T of equations 12 and 13, on [0, 1]: how much of the choice colleagues and the public can see."""
        return min(1.0, self.posting_days / _DAYS_POSTED_IN_FULL + (0.5 if self.n_bodies else 0.0))


@dataclass(frozen=True, slots=True)
class LadderTest:
    """A step that is built on an award: so many wins in a row, or within a window of years, lead to something worth more.

    Attributes
    ----------
    n_wins
        Wins it takes.
    window_years
        Years within which they must lie, this one included; ``None`` when they must follow each other.
    worth
        Bonus multiple of the next award over the largest of the set, on [0, 1].
    """

    n_wins: int
    window_years: int | None
    worth: float


@dataclass(frozen=True, slots=True)
class Gate:
    """What nominees of one sector must meet besides."""

    sector: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class ThresholdOfMembers:
    """A collective award that opens when a share of the members hold an award.

    Attributes
    ----------
    award
        What the members must hold.
    share
        So much of the members, or more where it must be passed.
    must_pass
        Whether exactly so much does not suffice.
    """

    award: str
    share: Fraction
    must_pass: bool


@dataclass(frozen=True, slots=True)
class Succession:
    """What the years of a title earned under a former set count as: those of another award, or nothing."""

    award: str
    of_set: str
    counts_as: str | None


@dataclass(frozen=True, slots=True)
class AwardRule:
    """One award, as the schedule sees it.

    Attributes
    ----------
    id, kind, level, authority
        As in the criteria set.
    conditions
        All must be met.
    gates
        What nominees of certain sectors must meet besides.
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
    procedure
        What its files go through.
    ladder
        Steps that are built on it.
    pay_step_months
        Months of early pay step it may lead to, times the chance that a winner gets it; 0 where the set has none.
    """

    id: str
    kind: str
    level: int
    authority: Authority
    conditions: tuple[Condition, ...]
    gates: tuple[Gate, ...]
    quota: Quota | None
    reservation: Reservation
    reservation_pooling: Pooling
    counted_as_direct: frozenset[Role]
    cooling_off_years: int
    score_threshold: float | None
    value: float
    procedure: Procedure
    ladder: tuple[LadderTest, ...] = ()
    pay_step_months: float = 0.0

    @property
    def is_filled_by_units(self) -> bool:
        """Whether each unit has its own places: the unit chooses. Otherwise the council chooses from one list."""
        return self.quota is not None and self.quota.listed_by == "unit"

    @property
    def is_asked_for(self) -> bool:
        """Whether a unit asks a higher authority for it, member by member; places of its own a unit fills without asking."""
        return self.authority != "unit" and not self.is_filled_by_units


@dataclass(frozen=True, slots=True)
class Regime:
    """Rules and behaviour together.

    Attributes
    ----------
    awards
        Merit awards of members in the order they are decided, lowest level first.
    ad_hoc_awards
        Awards for deeds outside the plan.
    collective_awards
        Merit awards of collectives, in the same order.
    weights
        How much each criterion counts in a file.
    rating_cap
        Largest share of "excellent" among those rated "good", or ``None``.
    ad_hoc_delay_months, ad_hoc_counts
        Months from a deed to its award, and whether ad hoc awards count as steps of the ladder.
    thresholds
        Shares of members that open collective awards.
    successions
        What titles of former sets count as.
    appraisers, audit_share
        For each authority, where an award's own stages say nothing else.
    behaviour
        After the exhortations of the set.
    focus
        The award effort and claims aim at.
    focus_share
        Its share of places.
    """

    awards: tuple[AwardRule, ...]
    ad_hoc_awards: tuple[AwardRule, ...]
    collective_awards: tuple[AwardRule, ...]
    weights: CriteriaWeights
    rating_cap: Fraction | None
    ad_hoc_delay_months: float
    ad_hoc_counts: bool
    thresholds: tuple[ThresholdOfMembers, ...]
    successions: tuple[Succession, ...]
    appraisers: Mapping[Authority, float]
    audit_share: Mapping[Authority, float]
    behaviour: Behaviour
    focus: AwardRule
    focus_share: float

    @property
    def error_sd(self) -> float:
        """σ of one appraiser (equation 17 of the corrections): σ² = 1/r − 1."""
        return math.sqrt(1 / self.behaviour.appraisal_reliability - 1)

    @property
    def worth_of_focus(self) -> float:
        """W: what the focus award is worth to a member: stakes × (bonus + pay step)."""
        behaviour = self.behaviour
        return behaviour.stakes * (self.focus.value + behaviour.pay_step_worth * self.focus.pay_step_months / 12)

    @property
    def parts_at_work(self) -> tuple[object, ...]:
        """Tell what the rules give to whom, and what the parts of the model are: regimes that agree here differ in how much each does, and can be lived under side by side."""
        rules = [tuple(map(_without_numbers, rules)) for rules in (self.awards, self.ad_hoc_awards, self.collective_awards, (self.focus,))]
        rules_for_all = (self.rating_cap, self.ad_hoc_counts, self.thresholds, self.successions, self.focus_share)
        return (*self.behaviour.parts_at_work, *(weight != 0 for weight in self.weights.of_criteria), *rules, *rules_for_all)

    def rule(self, award: str) -> AwardRule:
        """Find the rule of an award."""
        return next(rule for rule in (*self.awards, *self.ad_hoc_awards, *self.collective_awards) if rule.id == award)

    def bar(self, authority: Authority, year: int) -> float:
        """Lowest score the council of this authority lets pass in a year, before precedents; bars drift from year 1 on."""
        behaviour = self.behaviour
        start = getattr(behaviour, f"council_bar_{authority}")
        return float(start + behaviour.bar_drift * max(year, 0))


def _without_numbers(rule: AwardRule) -> AwardRule:
    """Leave out what behaviour, or the compliance with exhortations, settles."""
    return replace(rule, procedure=replace(rule.procedure, appraisers=0.0, audit_share=0.0, delay_months=0.0))
