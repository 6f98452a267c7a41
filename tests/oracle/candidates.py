"""Whoever can be awarded, a member or a collective: what it remembers, and what a condition may ask of it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import mesa

from simulator.rules.facts import RATINGS
from simulator.rules.values import exact
from tests.oracle.arithmetic import FOUNDING_YEAR, ZERO, F

if TYPE_CHECKING:
    from simulator.rules.facts import Test
    from tests.oracle.rulebook import AwardRules

LONGEST_WAIT = 127
YEARS_REMEMBERED = 32
COLLECTIVE = 2**40
"""A collective is known to luck by this plus the position of its unit."""


class Candidate(mesa.Agent):
    """A nominee of one year, and its past."""

    leads = False
    post = 0
    works_direct = False
    claims = criteria = ZERO
    inflated = ZERO
    has_false_initiatives = False
    is_audited_by_unit = False
    is_registered = True

    def __init__(self, society, identity: int, born: int):
        super().__init__(society)
        self.identity = identity
        luck = society.luck
        self.talent = luck.normal("member.talent", FOUNDING_YEAR, identity)
        self.fortune = luck.normal("member.first-fortune", born, identity)
        self.prestige = ZERO
        self.waits: dict[str, int] = {}
        self.won: dict[str, set[int]] = {}
        self.rated: dict[int, int] = {}
        self.old_initiatives = self.new_initiatives = 0
        self.highest_level = 0
        self.is_disciplined = False
        self.won_this_year: dict[str, dict] = {}
        self.adhoc_this_year: list[str] = []
        self.tie = 0

    @property
    def year(self) -> int:
        return self.model.year

    @property
    def sectors(self) -> tuple[str, ...]:
        return ()

    def live_on(self) -> None:
        """Move fortune on by one year: z ← φz + √(1−φ²)·draw."""
        b = self.model.behaviour
        draw = self.model.luck.normal("member.fortune", self.year, self.identity)
        self.fortune = F(b.fortune_persistence) * self.fortune + F((1 - b.fortune_persistence**2) ** 0.5) * draw

    def mixed(self, lasting: F, passing: F) -> F:
        """√ω·lasting + √(1−ω)·passing."""
        stability = self.model.behaviour.merit_stability
        return F(stability**0.5) * lasting + F((1 - stability) ** 0.5) * passing

    # --- what is remembered -----------------------------------------------------------------------------------------

    def years_won(self, award: str) -> set[int]:
        """Give the years an award was won in, as the conditions of the awards decided now may see them."""
        if award in self.model.awards_out_of_sight:
            return set()
        return {year for year in self.won.get(award, ()) if year > self.year - YEARS_REMEMBERED}

    def run_of(self, award: str, last_year: int) -> int:
        """Count the years in a row, the last one included, in which the award was won."""
        run = 0
        while last_year - run in self.years_won(award):
            run += 1
        return run

    def win(self, award: str) -> None:
        self.won.setdefault(award, set()).add(self.year)

    def lose(self, award: str) -> None:
        self.won[award].discard(self.year)

    def with_so_few(self, initiatives: int) -> WithSoFewInitiatives:
        return WithSoFewInitiatives(self, initiatives)

    def use_up(self, initiatives: int) -> None:
        """Use initiatives, the older first."""
        old = min(initiatives, self.old_initiatives)
        self.old_initiatives -= old
        self.new_initiatives -= min(initiatives - old, self.new_initiatives)

    def end_year(self, awards: list[AwardRules], ad_hoc: list[AwardRules], *, ad_hoc_counts: bool) -> None:
        """7.10: waits, prestige, highest level."""
        won = [award for award in awards if self.year in self.years_won(award.id)]
        for award in awards:
            self.waits[award.id] = 0 if award in won else min(self.waits.get(award.id, 0) + 1, LONGEST_WAIT)
        at_once = [award for award in ad_hoc if award.id in self.adhoc_this_year]
        self.prestige = F(self.model.behaviour.prestige_decay) * self.prestige
        for award in won + at_once:
            self.prestige = self.prestige + F(award.multiple)
        self.highest_level = max([self.highest_level, *(award.level for award in won + (at_once if ad_hoc_counts else []))])

    # --- what a condition may ask -----------------------------------------------------------------------------------

    def answers(self, test: Test) -> bool:
        return getattr(self, "_" + test.fact.replace("-", "_"))(test)

    def _rating(self, test: Test) -> bool:
        return self.rated[self.year] >= RATINGS.index(test.at_least)

    def _rating_run(self, test: Test) -> bool:
        return all(self.rated.get(self.year - back, -1) >= RATINGS.index(test.rating) for back in range(test.at_least))

    def _rating_count(self, test: Test) -> bool:
        return sum(self.rated.get(self.year - back, -1) >= RATINGS.index(test.rating) for back in range(test.within_years)) >= test.at_least

    def _awarded_this_year(self, test: Test) -> bool:
        return self.year in self.years_won(test.award)

    def _award_run(self, test: Test) -> bool:
        return self.run_of(test.award, self.year) >= test.at_least

    def _award_count(self, test: Test) -> bool:
        return sum(year > self.year - test.within_years for year in self.years_won(test.award)) >= test.at_least

    def _years_since_award(self, test: Test) -> bool:
        return all(year <= self.year - test.at_least for year in self.years_won(test.award))

    def _unused_initiatives(self, test: Test) -> bool:
        this_year_only = test.within_years == 1
        return self.new_initiatives + (0 if this_year_only else self.old_initiatives) >= test.at_least

    def _disciplined_this_year(self, _: Test) -> bool:
        return self.is_disciplined

    def _service_months(self, test: Test) -> bool:
        return self.service * 12 >= test.at_least

    def _role(self, test: Test) -> bool:
        return ("direct", "staff", "deputy", "head")[self.post] in test.one_of

    def _sector(self, test: Test) -> bool:
        return bool(set(self.sectors) & set(test.one_of))

    def _is_direct_worker(self, _: Test) -> bool:
        return self.works_direct

    def _compared(self, test: Test, count: int, members: int) -> bool:
        enough = test.at_least is None or count >= test.at_least
        if test.at_least_share is not None:
            return enough and Fraction(count) >= exact(test.at_least_share) * members
        if test.more_than_share is not None:
            return enough and Fraction(count) > exact(test.more_than_share) * members
        return enough

    def _members_awarded(self, test: Test) -> bool:
        return self._compared(test, sum(self.year in member.years_won(test.award) for member in self.members), len(self.members))

    def _members_rated(self, test: Test) -> bool:
        return self._compared(test, sum(member.rated[self.year] >= RATINGS.index(test.rating) for member in self.members), len(self.members))

    def _members_disciplined(self, test: Test) -> bool:
        return sum(member.is_disciplined for member in self.members) >= test.at_least

    def _leads_cluster(self, _: Test) -> bool:
        return self.is_first_of_cluster

    def _years_established(self, test: Test) -> bool:
        return self.years_established >= test.at_least


class WithSoFewInitiatives:
    """The same candidate, had it no more than so many unused initiatives."""

    def __init__(self, candidate: Candidate, initiatives: int):
        self._candidate, self._initiatives = candidate, initiatives

    def answers(self, test: Test) -> bool:
        is_enough = test.fact != "unused-initiatives" or self._initiatives >= test.at_least
        return is_enough and self._candidate.answers(test)
