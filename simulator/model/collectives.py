"""Collectives: a unit is a member of its emulation cluster (cụm, khối thi đua), and clusters nominate as units do, by the same code.

What is written here is only what differs one level up: how a collective's merit comes from its members', how the peers of a cluster mark it, and what
a clause may ask of it (``docs/odd.md`` 7.8).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.history import Role
from simulator.model.effort import Effort
from simulator.model.files import Files
from simulator.model.members import Members
from simulator.model.merit import live_year, round_to_grid
from simulator.model.nomination import decide_award, is_allowed
from simulator.model.norms import Norms, norms_taken_over, start_norms
from simulator.model.of_each import regime_of_each
from simulator.model.post_facts import LazyColumns, words_of_posts
from simulator.model.ratings import rate
from simulator.model.structures import STRUCTURE_UNITS
from simulator.model.transition import take_over
from simulator.population.generator import Population
from simulator.ranking import Groups, rank_within_groups, to_priority_grid
from simulator.rules.conditions import iter_single_tests
from simulator.rules.facts import NOT_OF, RATINGS, Test
from simulator.scoring.facts import RATING_OF_WORD, Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.council import Council
    from simulator.model.cycle import Cycle
    from simulator.model.merit import Merits
    from simulator.model.nomination import Outcome
    from simulator.model.regime import Authority, AwardRule, Regime
    from simulator.randomness import Streams

FIRST_COLLECTIVE: Final = 2**40
"""Identifier of the first unit as a collective: luck of its own, apart from that of any member."""

_YEARS_TO_ANNIVERSARY: Final = 5
_THIS_YEAR: Final = np.uint32(1)
_WHOLE_NUMBERS: Final = np.dtype(np.int64)


@dataclass(slots=True)
class Collectives:
    """The (n_collectives,) units of a population, as members of their clusters.

    Attributes
    ----------
    population
        Clusters in the place of units, and collectives in that of members; none of them leads.
    regime, further_regimes, n_under_each
        The rules for collectives, with the weights of clusters in the place of those of units, as in a cycle.
    members
        What each collective carries from year to year.
    norms
        The habits of clusters.
    age
        (n_collectives,) years since each was established, at the year 0.
    awards_of_leaders
        Awards whose conditions ask who leads a cluster.
    awards_asked_for
        Awards whose holders among the members are counted.
    files_of_year
        Files of the year, once it has been lived.
    """

    population: Population
    regime: Regime
    further_regimes: tuple[Regime, ...]
    n_under_each: tuple[int, ...]
    members: Members
    norms: Norms
    age: IndexArray
    awards_of_leaders: frozenset[str]
    awards_asked_for: frozenset[str]
    files_of_year: Files | None = None

    @classmethod
    def found(cls, population: Population, regimes: Sequence[Regime], n_under_each: tuple[int, ...], streams: Streams) -> Collectives:
        """Make every unit of a population a collective without a past."""
        clusters = clusters_of_units(population)
        own, *further = map(regime_of_clusters, regimes)
        awards = tuple(rule.id for rule in own.awards)
        return cls(
            population=clusters,
            regime=own,
            further_regimes=tuple(further),
            n_under_each=n_under_each,
            members=Members.settle(clusters, streams, awards=awards, first_id=FIRST_COLLECTIVE),
            norms=start_norms((own, *further), clusters.units.joined(n_under_each)),
            age=population.age,
            awards_of_leaders=awards_of_leaders(own),
            awards_asked_for=awards_asked_for(own),
        )

    @property
    def files(self) -> Files:
        """The files of the year that was decided last."""
        assert self.files_of_year is not None  # noqa: S101 - nobody asks before a year has been decided; this tells mypy
        return self.files_of_year

    def cycle(self, cycle: Cycle) -> Cycle:
        """Give the state of the year one level up; a shock of people's lives is felt through their merit alone."""
        return replace(
            cycle,
            regime=self.regime,
            further_regimes=self.further_regimes,
            population=self.population,
            members=self.members,
            norms=self.norms,
            shock=None,
        )

    def decide(self, cycle: Cycle, files: Files, councils: Mapping[Authority, Council]) -> dict[str, Outcome]:
        """Live through the year and decide the awards of collectives, lowest level first.

        Parameters
        ----------
        cycle, files
            The state of the year and the files of the members, whose own awards have been decided.
        councils
            Authority → council.

        Returns
        -------
            Award → what became of it.
        """
        own = self.cycle(cycle)
        self.members.grow_older()
        self.files_of_year = of_year = self._write_files(own, cycle, files)
        priorities = STRUCTURE_UNITS[self.regime.behaviour.structure].priorities([], of_year, own)
        outcomes = {}
        for rule in self.regime.awards:
            if rule.id not in self.awards_of_leaders:
                outcomes[rule.id] = decide_award(rule, of_year, own, councils[rule.authority], priorities)
            else:
                if_all_led = replace(of_year.facts, answers={"leads_cluster": np.ones(len(self.age), dtype=np.bool_)})
                could_lead = is_allowed(rule, if_all_led, self.population)
                leads = leads_cluster(priorities(rule), could_lead, of_year, self.population.groups)
                of_award = replace(of_year, facts=replace(of_year.facts, answers={"leads_cluster": leads}))
                outcome = decide_award(rule, of_award, own, councils[rule.authority], priorities)
                outcomes[rule.id] = replace(outcome, is_eligible=could_lead)  # to lead is how the cluster chooses, not whom the rules allow
        return outcomes

    def close_year(self, cycle: Cycle) -> None:
        """Update waits and highest levels from this year's awards; what else counts for a step is told by the rules of members."""
        self.members.close_year(cycle)

    def taken_over_by(self, old_criteria_ids: Collection[str], new: Collectives) -> Collectives:
        """Copy the state as new rules take it over, those of collectives without a past; this one stays as it is."""
        of_both_sets = dict.fromkeys((*self.members.award_years, *(rule.id for rule in new.regime.awards)))
        before, after = (regime_of_each((one.regime, *one.further_regimes), one.n_under_each) for one in (self, new))
        return replace(
            new,
            members=take_over(self.members.copy(awards=of_both_sets), old_criteria_ids, new.regime),
            norms=norms_taken_over(self.norms, before, after, self.population.units),
        )

    def _write_files(self, own: Cycle, cycle: Cycle, files: Files) -> Files:
        merits = _live_year(own, cycle, files)
        merit = merits.results
        tie = own.streams.tie_break(year=own.year, ids=self.members.id)
        years_established = self.age + own.year
        ratings = rate(merits, tie, own)
        self.members.remember_ratings(ratings)
        nothing = np.zeros_like(merit)
        noise, score = nothing, merit
        if not own.is_perfect:
            noise = own.of_members(lambda regime: regime.error_sd) * own.normal("file.noise", self.members.id)
            score = mark(merit + noise, years_established, own)
        return Files(
            merit=merit,
            criteria=nothing,
            claims=nothing,
            noise=noise,
            score=score,
            tie=tie,
            facts=self._facts(ratings, years_established, cycle, files),
            references={},
            is_registered=np.ones(len(merit), dtype=np.bool_),
            merits=merits,
            is_sum=False,
        )

    def _facts(self, ratings: IndexArray, years_established: IndexArray, cycle: Cycle, files: Files) -> Facts:
        members, n = self.members, len(ratings)
        return Facts(
            rating=ratings,
            rating_years=members.rating_years,
            award_years=members.award_years,
            unused_initiatives=members.unused_initiatives,
            is_disciplined=np.zeros(n, dtype=np.bool_),
            service_months=np.zeros(n, dtype=np.int16),
            leave_days=np.zeros(n, dtype=np.int16),
            counts=LazyColumns({"years_established": lambda: years_established} | self._counts_of_members(cycle, files)),
            words=words_of_posts(self.population),
            not_asked=NOT_OF["collective"],
        )

    def _counts_of_members(self, cycle: Cycle, files: Files) -> dict[str, Callable[[], IndexArray]]:
        """Say how the members of each unit are counted, where a condition asks; ratings and awards are those of this year."""
        groups, award_years = cycle.population.groups, cycle.members.award_years
        # What counts is kept with the files of collectives; the files of the members, which are many times larger, must not be kept with it.
        ratings, is_disciplined = files.facts.rating, files.facts.is_disciplined

        def awarded(award: str) -> IndexArray:
            years = award_years.get(award)
            return np.zeros(len(groups.size), dtype=np.int64) if years is None else groups.add_up(years & _THIS_YEAR, _WHOLE_NUMBERS)

        def rated(word: str) -> IndexArray:
            return groups.count(ratings >= RATING_OF_WORD[word])

        return {
            "members": lambda: groups.size,
            "members_disciplined": lambda: groups.count(is_disciplined),
            **{f"members_awarded:{award}": partial(awarded, award) for award in self.awards_asked_for},
            **{f"members_rated:{word}": partial(rated, word) for word in RATINGS},
        }


def clusters_of_units(population: Population) -> Population:
    """Lay units out as the members of their clusters."""
    n_clusters = population.n_clusters
    first_unit = np.searchsorted(population.cluster, np.arange(n_clusters))
    return Population(
        groups=Groups.of_sizes(np.bincount(population.cluster, minlength=n_clusters)),
        kind=population.kind[first_unit],
        kinds=population.kinds,
        role=np.full(population.n_units, Role.STAFF, dtype=np.int8),
        cluster=np.arange(n_clusters, dtype=np.int64),
        sectors=population.sectors,
        age=np.zeros(n_clusters, dtype=np.int64),
        n_units_of_each=tuple(population.units.count_of(first_unit).tolist()) if population.n_replications > 1 else (),
    )


def regime_of_clusters(regime: Regime) -> Regime:
    """Turn a regime into the one clusters work with.

    Clusters weigh marks and turns alone. Ratings of collectives know no cap, no answering for others and no pull. Places counted over a cluster are
    those of the group that nominates, as places counted over a unit are for members.
    """
    behaviour = regime.behaviour
    weights = {"turn_weight": behaviour.cluster_turn_weight}
    weights |= dict.fromkeys(("rank_weight", "prestige_weight", "lottery_weight", "ladder_weight", "leader_rating_weight"), 0.0)
    return replace(
        regime,
        awards=tuple(_one_level_up(rule) for rule in regime.collective_awards),
        ad_hoc_awards=(),
        collective_awards=(),
        rating_cap=None,
        thresholds=(),
        behaviour=behaviour.with_values(weights),
    )


def _one_level_up(rule: AwardRule) -> AwardRule:
    quota = rule.quota
    if quota is not None and quota.pooling == "cluster":
        quota = quota.model_copy(update={"pooling": "unit"})
    return replace(rule, quota=quota, reservation_pooling="unit" if rule.reservation_pooling == "cluster" else rule.reservation_pooling)


def _live_year(own: Cycle, cycle: Cycle, files: Files) -> Merits:
    """Give the year's merit of collectives: √u·E + √(1−u)·√n·(mean of M_results), on the grid.

    E is the unit effect, made like the general merit of a member. The root of the size keeps the spread of the members' part the same in units of
    every size.
    """
    n_units, groups = own.population.n_units, cycle.population.groups
    nothing = np.zeros(n_units, dtype=np.float32)
    merits = live_year(own, Effort(gain=nothing, claims=nothing))
    size = np.maximum(groups.size, 1)
    mean = groups.add_up(files.merit, np.dtype(np.float64)) / size
    merit: FloatArray = own.of_members(lambda regime: math.sqrt(regime.behaviour.unit_effect_share)) * merits.general
    of_members = own.in_64_bits(lambda regime: math.sqrt(1 - regime.behaviour.unit_effect_share))
    merit += (of_members * np.sqrt(size) * mean).astype(np.float32)
    return replace(merits, _shown={"results": round_to_grid(merit)})


def mark(seen: FloatArray, years_established: IndexArray, own: Cycle) -> FloatArray:
    """Let the peers of a cluster mark each collective: (1−r)·seen + r·generosity, and a favour in years of anniversaries.

    Parameters
    ----------
    seen
        (n_collectives,) float32 merit as the peers see it.
    years_established
        (n_collectives,) years.
    own
        The state of the year of the collectives.

    Returns
    -------
        (n_collectives,) float32, standard deviations.
    """
    marks: FloatArray = own.of_members(lambda regime: 1 - regime.behaviour.cluster_reciprocity) * seen
    if own.is_somewhere(lambda regime: regime.behaviour.cluster_reciprocity):
        marks += own.of_members(lambda regime: regime.behaviour.cluster_reciprocity) * own.normal_once("collective.generosity", own.members.id)
    if own.is_somewhere(lambda regime: regime.behaviour.anniversary_favour):
        marks += own.of_members(lambda regime: regime.behaviour.anniversary_favour) * (years_established % _YEARS_TO_ANNIVERSARY == 0)
    return marks


def leads_cluster(priority: FloatArray, could_lead: BoolArray, files: Files, groups: Groups) -> BoolArray:
    """Tell which collective leads each cluster: the first by priority of those to whom the award would be open if they led.

    A cluster that chose a leader who cannot be proposed would forgo the flag.
    """
    ranking = rank_within_groups(to_priority_grid(priority), files.tie, groups, among=np.flatnonzero(could_lead))
    leads = np.zeros(groups.n_members, dtype=np.bool_)
    leads[ranking.member[ranking.place == 0]] = True
    return leads


def awards_of_leaders(regime: Regime) -> frozenset[str]:
    """Find the awards whose conditions, or gates, ask who leads a cluster."""
    return frozenset(rule.id for rule in regime.awards if any(test.fact == "leads-cluster" for test in _tests(rule)))


def awards_asked_for(regime: Regime) -> frozenset[str]:
    """Find the awards of members that conditions of collective awards count."""
    return frozenset(test.award for rule in regime.awards for test in _tests(rule) if test.fact == "members-awarded" and test.award)


def _tests(rule: AwardRule) -> Iterator[Test]:
    for condition in (*rule.conditions, *(gate.condition for gate in rule.gates)):
        yield from (test for _, test in iter_single_tests(condition) if isinstance(test, Test))
