"""The floor for direct workers and the cap for leaders of one award, as a list of nominees can be held to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.clauses import DirectWorkerFloor, LeaderCap, Quota
from simulator.rules.values import exact
from simulator.scoring.codes import make_finding
from simulator.scoring.quotas import Reservation
from simulator.scoring.standing import Posts

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.facts import Facts

LEADING_ROLES = ("deputy", "head")


@dataclass(frozen=True)
class Reserved:
    """Who may take how many places of an award.

    Attributes
    ----------
    reservation
        Floor and cap.
    counted_as_direct
        Roles the floor is for.
    findings
        What cannot be applied to a list.
    """

    reservation: Reservation = field(default_factory=Reservation)
    counted_as_direct: tuple[str, ...] = ("direct", "staff")
    findings: tuple[Finding, ...] = ()

    def posts_of(self, facts: Facts) -> Posts | None:
        """Read who leads and who counts as a direct worker; None where no limit can bind."""
        if self.reservation.is_slack:
            return None
        role = facts.word("role")
        return Posts(is_leader=np.isin(role, LEADING_ROLES), is_direct=np.isin(role, self.counted_as_direct))


def reserve(criteria: CriteriaSet, award: str) -> Reserved:
    """Read the floors and caps of one award.

    On a list they are counted over the people whose places the quota counts together: a list is often that of one unit or cluster, and a share of the places of
    others cannot be told from it. Several caps: the lowest holds; several floors: the highest.
    """
    every = {f"{award}.{name}": clause for name, clause in criteria.awards[award].clauses.items()}
    quota = next((clause for clause in every.values() if isinstance(clause, Quota)), None)
    floors = {path: clause for path, clause in every.items() if isinstance(clause, DirectWorkerFloor) and clause.share > 0}
    caps = {path: clause for path, clause in every.items() if isinstance(clause, LeaderCap) and clause.share < 1}
    findings: list[Finding] = []
    binding: dict[str, DirectWorkerFloor | LeaderCap] = {**floors, **caps}
    for path, clause in binding.items():
        if quota is None:
            findings.append(make_finding("SR405", *criteria.location(path), clause=path))
        elif clause.pooling != quota.listed_by:
            counted_over = quota.listed_by if quota.listed_by == quota.pooling else f"{quota.listed_by} (rounding: {quota.rounding})"
            findings.append(make_finding("SR403", *criteria.location(path), clause=path, pooling=clause.pooling, quota_pooling=counted_over))
    counted = {clause.counts_as_direct for clause in floors.values()}
    if len(counted) > 1 or any(set(roles) & set(LEADING_ROLES) for roles in counted):
        findings.append(make_finding("SR409", *criteria.location(award), award=award))
    return Reserved(
        Reservation(
            direct_worker_floor=max((exact(clause.share) for clause in floors.values()), default=Fraction(0)),
            leader_cap=min((exact(clause.share) for clause in caps.values()), default=Fraction(1)),
        ),
        next(iter(counted), ("direct", "staff")),
        tuple(findings),
    )
