"""Outstanding deeds outside the plan, true and claimed, and the ad hoc track (khen thưởng đột xuất) that answers some of them at once.

What the track leaves unanswered waits for the yearly round; from the months of both comes the timeliness of a set of rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import Achievements, Role
from simulator.model.files import is_audited_by
from simulator.randomness import PoissonTable
from simulator.scoring.eligibility import meets, meets_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator._types import BoolArray, FloatArray, IndexArray, YearBits
    from simulator.model.cycle import Cycle
    from simulator.model.effort import Effort
    from simulator.model.files import Files
    from simulator.model.regime import AwardRule, Regime
    from simulator.scoring.facts import Facts

_MONTHS_IN_YEAR: Final = 12


@dataclass(slots=True)
class Deeds:
    """The deeds of one year that were told of: done, or only claimed.

    Attributes
    ----------
    member
        (n_deeds,) positions of the members, ascending; several deeds of one member in a year are one.
    is_done
        (n_deeds,) whether it was done.
    month
        (n_deeds,) float64 months since the year began, on [0, 12).
    is_rewarded
        (n_deeds,) whether an ad hoc award answered it.
    """

    member: IndexArray
    is_done: BoolArray
    month: FloatArray
    is_rewarded: BoolArray


def do_deeds(cycle: Cycle, effort: Effort) -> Deeds:
    """Draw the outstanding deeds of the year, and those that are claimed and were not done (``docs/odd.md`` 7.5; equation 2)."""
    is_done = count_deeds(cycle) > 0
    has_deed = is_done | _claims_deed(~is_done, cycle, effort)
    member = np.flatnonzero(has_deed)
    month = cycle.uniform("deed.month", cycle.members.id[member]).astype(np.float64) * _MONTHS_IN_YEAR
    return Deeds(member=member, is_done=is_done[member], month=month, is_rewarded=np.zeros(len(member), dtype=np.bool_))


def count_deeds(cycle: Cycle) -> IndexArray:
    """Count each member's deeds: Poisson with mean λ_s, for direct workers x times as often, and as a shock multiplies it.

    Returns
    -------
        (n_members,) int8.
    """
    population, shock = cycle.population, cycle.shock
    if not cycle.is_somewhere(lambda regime: regime.behaviour.surprise_rate):
        return np.zeros(population.n_members, dtype=np.int8)
    times_as_often = [1.0]
    row = (population.role == Role.DIRECT).astype(np.int8)
    if shock is not None and shock.deeds != 1 and cycle.year in shock.years:
        times_as_often.append(shock.deeds)
        row += np.int8(2) * shock.befalls(population, cycle.year)

    def draw(regime: Regime, posts: slice) -> IndexArray:
        rate = regime.behaviour.surprise_rate
        means = tuple(mean * times for times in times_as_often for mean in (rate, rate * regime.behaviour.surprise_direct_factor))
        return cycle.streams.poisson("member.deeds", _table_of(means), year=cycle.year, ids=cycle.members.id[posts], row=row[posts])

    return cycle.by_regime(draw)


@lru_cache(maxsize=64)
def _table_of(means: tuple[float, ...]) -> PoissonTable:
    return PoissonTable.of_means(means)


def _claims_deed(may_claim: BoolArray, cycle: Cycle, effort: Effort) -> BoolArray:
    """Tell who claims a deed that was not done, and is not found out by the unit's own audit."""
    member_id = cycle.members.id
    claims = np.zeros_like(may_claim)
    if cycle.is_perfect or not cycle.is_somewhere(lambda regime: regime.behaviour.claimed_deed_rate) or not effort.claims.any():
        return claims
    rate = np.float32(cycle.of_units(lambda regime: regime.behaviour.claimed_deed_rate))
    probability = np.minimum(rate * effort.claims, np.float32(1))
    claims = may_claim & (cycle.uniform("deed.claimed", member_id) < cycle.population.groups.spread(probability))
    claimant = np.flatnonzero(claims)
    is_audited = is_audited_by("unit", cycle, member_id[claimant], cycle.in_64_bits(lambda regime: regime.audit_share["unit"], claimant))
    is_found_out = is_audited & cycle.is_lucky(
        "deed.found-out", member_id[claimant], cycle.in_64_bits(lambda regime: regime.behaviour.detection, claimant)
    )
    claims[claimant[is_found_out]] = False
    return claims


def reward_deeds(deeds: Deeds, files: Files, cycle: Cycle) -> None:
    """Give the ad hoc awards of the set, lowest level first, for the deeds that were noticed.

    Unless the set says that ad hoc awards count for the ladder, the conditions of merit awards do not see them: they leave the facts of the files.
    """
    regime, members = cycle.regime, cycle.members
    if not regime.ad_hoc_awards:
        return
    reach = cycle.in_64_bits(lambda regime: regime.behaviour.ad_hoc_reach, deeds.member)
    is_noticed = cycle.is_lucky("deed.noticed", members.id[deeds.member], reach)
    if is_noticed.any():
        facts = replace(files.facts, unused_initiatives=members.unused_initiatives)
        for rule in regime.ad_hoc_awards:
            is_given = is_noticed & _is_open(rule, facts, cycle)[deeds.member]
            members.mark_won(rule.id, deeds.member[is_given])
            deeds.is_rewarded |= is_given
    if not regime.ad_hoc_counts:
        files.facts = replace(files.facts, award_years=_AllBut(members.award_years, frozenset(rule.id for rule in regime.ad_hoc_awards)))


class _AllBut(Mapping[str, "YearBits"]):
    """Columns as they stand at any time, without some: an award that is won for the first time gets a column in the course of the year."""

    def __init__(self, columns: Mapping[str, YearBits], hidden: frozenset[str]) -> None:
        self._columns, self._hidden = columns, hidden

    def __getitem__(self, name: str) -> YearBits:
        if name in self._hidden:
            raise KeyError(name)
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._columns if name not in self._hidden)

    def __len__(self) -> int:
        return len(self._columns.keys() - self._hidden)


def _is_open(rule: AwardRule, facts: Facts, cycle: Cycle) -> BoolArray:
    """Tell who meets the conditions of an ad hoc award, and the gates of the own sector: (n_members,) bool."""
    is_open = meets_all(rule.conditions, facts)
    population = cycle.population
    for gate in rule.gates:
        is_of_sector = np.array([sector == gate.sector for sector in population.sectors])[population.kind]
        if is_of_sector.any():
            is_open &= ~population.groups.spread(is_of_sector) | meets(gate.condition, facts)
    return is_open


def answer_deeds(deeds: Deeds, focus_winners: IndexArray, cycle: Cycle) -> Achievements:
    """Tell when the deeds that were done were answered: at once, with the yearly round, or not at all.

    An ad hoc award comes so many months after the deed. The focus award of the year answers what is left, at the end of the year and the months its
    procedure takes. A deed that was only claimed is no achievement.

    Parameters
    ----------
    deeds
        The year's deeds, once the ad hoc awards were given.
    focus_winners
        Positions of the members who got the focus award.
    cycle
        The state of the year.

    Returns
    -------
        One row for each deed that was done; months are counted from the beginning of the year 0.
    """
    member, month, is_ad_hoc = deeds.member[deeds.is_done], deeds.month[deeds.is_done], deeds.is_rewarded[deeds.is_done]
    new_year = float(_MONTHS_IN_YEAR * (cycle.year + 1))
    achieved_at = (new_year - _MONTHS_IN_YEAR) + month
    wins_focus = np.zeros(cycle.population.n_members, dtype=np.bool_)
    wins_focus[focus_winners] = True
    delay_of_round = cycle.in_64_bits(lambda regime: regime.focus.procedure.delay_months, member)
    in_the_round = np.where(wins_focus[member], new_year + delay_of_round, np.nan)
    return Achievements(
        member=cycle.members.id[member],
        unit=cycle.population.groups.of_member[member],
        year=np.full(len(member), cycle.year, dtype=np.int32),
        achieved_at=achieved_at,
        awarded_at=np.where(is_ad_hoc, achieved_at + cycle.in_64_bits(lambda regime: regime.ad_hoc_delay_months, member), in_the_round),
        is_ad_hoc=is_ad_hoc,
    )
