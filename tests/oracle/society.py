"""The whole model, year by year, as an ordinary Mesa model with one agent for everybody.

What is shared with the engine: the random numbers (:mod:`simulator.randomness`), the criteria files as :mod:`simulator.rules` reads them and rounds their
places, the population, the shock and the behavioural numbers. Nothing else: no line of the engine's submodels, of ``simulator.scoring`` or of ``simulator.ranking`` is
used, or was read when the oracle was first written, but for the list of unit sizes (``Groups``) that a population holds. It was written from ``docs/odd.md`` with one object for each person and plain loops instead of columns. Where that page was silent and the two
differed, the engine's answer was taken over after it had been watched from outside (the bound of the score grid, perceived shares when rules change, appraisers of
the unit's own files), or after it had been read and the page completed (which tests are steps of the ladder and which shares lift ratings, the bar that precedents
move from, weights when rules change): on these points the oracle tells that the engine stays as it is, not that it is right. On all others two programs that share no code and award
the same people in hundreds of random worlds are unlikely to be wrong in the same way. The lawful best (7.14) is not told here, and of
attribution (7.15) only what is left without any mechanism.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import mesa

from simulator.history import Role
from tests.oracle.arithmetic import FOUNDING_YEAR, Luck, to_millionth
from tests.oracle.careers import move_on
from tests.oracle.council import Council
from tests.oracle.groups import Cluster, Collective, Unit
from tests.oracle.people import FIRST_SERVICE, Member
from tests.oracle.rounds import hold_round, look_again
from tests.oracle.rulebook import Rulebook

if TYPE_CHECKING:
    from simulator.model.behaviour import Behaviour
    from simulator.model.shock import Shock
    from simulator.population.generator import Population
    from simulator.rules.criteria import CriteriaSet
    from tests.oracle.rulebook import AwardRules

AUTHORITIES = ("unit", "province", "state")


@dataclass
class Record:
    """What a register shows of one year, by identity; winners are those whose award was not revoked."""

    year: int
    is_of_collectives: bool
    merit: dict[int, float] = field(default_factory=dict)
    winners: dict[str, set[int]] = field(default_factory=dict)
    eligible: set[int] = field(default_factory=set)
    nominated: set[int] = field(default_factory=set)
    achievements: dict[int, tuple[float, float | None, bool]] = field(default_factory=dict)


class Society(mesa.Model):
    """Members, units, collectives, clusters and councils."""

    def __init__(
        self,
        population: Population,
        criteria: CriteriaSet,
        behaviour: Behaviour,
        *,
        seed: int,
        focus: str,
        first_year: int = 1,
        shock: Shock | None = None,
    ):
        super().__init__()
        self.luck = Luck(seed)
        self.behaviour, self.focus = behaviour, focus
        self.year = first_year - 1
        self.shock = shock
        self.kinds = population.kinds
        self.rules = Rulebook(criteria, behaviour)
        self.councils = {authority: Council(self, authority) for authority in AUTHORITIES}
        self.role_of_post = [Role(int(role)) for role in population.role]
        self._make_units(population)
        self.holder = [Member(self, post, post, FOUNDING_YEAR, FIRST_SERVICE) for post in range(len(self.role_of_post))]
        self.newcomers = [0] * len(self.holder)
        self._make_clusters(population)
        self.awards_out_of_sight: frozenset[str] = frozenset()
        self.eligible: dict[str, set] = {}
        self.files: dict[str, list] = {}
        self.asking_and_ties: dict[int, float | None] = {}
        self.records: list[Record] = []

    def _make_units(self, population: Population) -> None:
        self.units, self.unit_of_post, start = [], [], 0
        for position, size in enumerate(population.groups.size):
            kind = int(population.kind[position])
            unit = Unit(self, position, kind, int(population.cluster[position]), (population.sectors[kind],))
            unit.posts = range(start, start + int(size))
            start += int(size)
            self.units.append(unit)
            self.unit_of_post += [unit] * int(size)

    def _make_clusters(self, population: Population) -> None:
        self.collectives = [Collective(self, unit, int(population.age[unit.position])) for unit in self.units]
        self.clusters = []
        for position in sorted({unit.cluster for unit in self.units}):
            inside = [unit for unit in self.units if unit.cluster == position]
            self.clusters.append(Cluster(self, position, inside, [self.collectives[unit.position] for unit in inside]))

    # --- numbers that hold for everybody ----------------------------------------------------------------------------

    @property
    def aim(self) -> AwardRules:
        """The award that effort and learning aim at."""
        return self.rules.aim(self.focus)

    @property
    def first_approval(self) -> float:
        return self.rules.share_of_places(self.aim)

    def worth(self) -> float:
        """W of 7.2."""
        b, award = self.behaviour, self.aim
        step = award.pay_step
        value = award.multiple
        if step is not None:
            value += b.pay_step_worth * step.months / 12 * (min(1.0, step.share / self.first_approval) if self.first_approval else 1.0)
        return b.stakes * value

    def is_shocked(self, member: Member) -> bool:
        shock = self.shock
        return shock is not None and self.year in shock.years and self.kinds[member.unit.kind] in shock.kinds and member.role in shock.roles

    @property
    def members(self) -> list[Member]:
        return self.holder

    # --- the year ---------------------------------------------------------------------------------------------------

    def step(self) -> None:
        self.year += 1
        self._prepare()
        self._award()
        self._conclude()
        self.records.append(self._record())

    def _prepare(self) -> None:
        move_on(self)
        for council in self.councils.values():
            council.open_year()
        for member in self.members:
            member.tie = self.luck.tie(self.year, member.identity)
            member.won_this_year = {}
        for unit in self.units:
            unit.strive()
        for stage in ("show_merit", "be_rated"):
            for member in self.members:
                getattr(member, stage)()
        for unit in self.units:
            unit.settle_ratings()
        self.awards_out_of_sight = frozenset()
        for member in self.members:
            member.do_deeds()
        if not self.rules.ad_hoc_counts:
            self.awards_out_of_sight = frozenset(award.id for award in self.rules.ad_hoc)
        for member in self.members:
            member.write_file()

    def _award(self) -> None:
        self.winners = {award.id: hold_round(self, award, self.units) for award in self.rules.yearly("individual")}
        if self.rules.yearly("collective"):
            for collective in self.collectives:
                collective.won_this_year = {}
                collective.compete()
            self.winners |= {award.id: hold_round(self, award, self.clusters) for award in self.rules.yearly("collective")}

    def _conclude(self) -> None:
        for award in self.rules.yearly("individual"):
            look_again(self, award, self.winners[award.id])
        for member in self.members:
            if member.achieved_at is not None and not member.is_answered_at_once and self.year in member.years_won(self.aim.id):
                member.awarded_at = 12 + self.aim.delay_months(self.behaviour)
        for everybody, target in ((self.members, "individual"), (self.collectives, "collective")):
            for one in everybody:
                one.end_year(self.rules.yearly(target), self.rules.ad_hoc, ad_hoc_counts=self.rules.ad_hoc_counts)
        for unit in self.units:
            unit.judge()
        if self.behaviour.learns:
            mean = {cluster.position: sum(unit.weight["turn"] for unit in cluster.units) / len(cluster.units) for cluster in self.clusters}
            for unit in self.units:
                unit.learn(mean[unit.cluster])
            for council in self.councils.values():
                council.learn()

    def _record(self) -> Record:
        is_of_collectives = self.rules.awards[self.focus].target == "collective"
        record = Record(self.year, is_of_collectives)
        if is_of_collectives:
            record.merit = {one.identity: float(one.merit) for one in self.collectives}
        else:
            record.merit = {member.identity: float(member.merit) for member in self.members}
            record.achievements = {member.identity: self._dated(member) for member in self.members if member.achieved_at is not None}
            for award in self.rules.ad_hoc:
                record.winners[award.id] = {member.identity for member in self.members if award.id in member.adhoc_this_year}
        for award_id, winners in self.winners.items():
            kept = [one for one in winners if self.year in one.years_won(award_id)]
            record.winners[award_id] = {one.identity for one in kept}
        record.eligible = {one.identity for one in self.eligible[self.focus]}
        record.nominated = {one.identity for one in self.files[self.focus]}
        return record

    def _dated(self, member: Member) -> tuple[float, float | None, bool]:
        answered = None if member.awarded_at is None else 12 * self.year + member.awarded_at
        return 12 * self.year + member.achieved_at, answered, member.is_answered_at_once

    def take_over(self, criteria: CriteriaSet, behaviour: Behaviour | None = None) -> None:
        """7.12: another set takes over, perhaps with other behaviour, and says what former titles count as."""
        share = self.first_approval
        former, behaviour = self.rules.stack, behaviour or self.behaviour
        for unit in self.units:
            unit.take_over(self.behaviour, behaviour)
        self.behaviour = behaviour
        self.rules = Rulebook(criteria, self.behaviour)
        counts_as = {clause.award: clause.counts_as for clause in self.rules.transitions if clause.of_set in former}
        for unit in self.units:
            if unit.approval is not None:
                unit.approval = to_millionth(min(max(unit.approval + self.first_approval - share, 0.0), 1.0))
        for one in (*self.members, *self.collectives):
            won: dict[str, set[int]] = {}
            for award, years in one.won.items():
                target = counts_as.get(award, award)
                if target is None:
                    continue
                won.setdefault(target, set()).update(years)
                if target != award and years:
                    one.waits[target] = min(one.waits.get(target, 0), one.waits.get(award, 0))
            one.won = won
