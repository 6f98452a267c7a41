"""Merit is a vector: what a year was worth by results, initiative, scope and conduct (equation 1, corrections 2).

The four share one general merit and have aptitudes of their own. What nobody asks for is not drawn: luck is keyed, so this shifts nobody's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.lookups import fixed
from simulator.model.criteria_weights import CRITERIA, weigh_criteria
from simulator.model.of_each import of_things
from simulator.model.post_facts import LazyColumns
from simulator.ranking import SCORE_STEP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.behaviour import Behaviour
    from simulator.model.criteria_weights import CriteriaWeights
    from simulator.model.cycle import Cycle
    from simulator.model.effort import Effort
    from simulator.model.of_each import Read
    from simulator.model.regime import Regime
    from simulator.randomness import Streams
    from simulator.replications import SideBySide

_LARGEST: Final = np.iinfo(np.int32).max
_RESULTS_AND_INITIATIVE: Final = (0.7, 0.3, 0.0, 0.0)


@dataclass(slots=True)
class Merits:
    """Merit of the (n_members,) members in one year, criterion by criterion, in standard deviations, each worked out when it is first asked for.

    Attributes
    ----------
    general
        float32; G, what the four have in common.
    id
        Whose merit it is, as they were that year.
    is_leader
        bool.
    year, streams
        The year, and its luck.
    regimes, posts
        Where the loadings stand, and which regime is whose.
    """

    general: FloatArray
    id: IndexArray
    is_leader: BoolArray
    year: int
    streams: Streams
    regimes: tuple[Regime, ...]
    posts: SideBySide
    _shown: dict[str, FloatArray] = field(default_factory=dict)

    @property
    def results(self) -> FloatArray:
        """Merit by results, the reference everything is judged by."""
        return self.by("results")

    @property
    def initiative(self) -> FloatArray:
        """Merit by initiative."""
        return self.by("initiative")

    @property
    def scope(self) -> FloatArray:
        """Merit by scope of influence; a leader's is wider, partly by right."""
        return self.by("scope")

    @property
    def conduct(self) -> FloatArray:
        """Merit by conduct."""
        return self.by("conduct")

    def kept(self) -> Merits:
        """Give what is kept of a year: of what has been worked out, results alone, which stand in the book of the history; people in as few bytes as tell them apart."""
        is_short = len(self.id) > 0 and self.id[-1] <= _LARGEST and self.id.max() <= _LARGEST
        return replace(self, id=fixed(self.id.astype(np.int32)) if is_short else self.id, _shown={"results": self.results})

    def by(self, criterion: str) -> FloatArray:
        """Give merit by one criterion: M_j = l_j·G + √(1−l_j²)·(√ω·A_j + √(1−ω)·E_j), on the score grid.

        Returns
        -------
            (n_members,) float32, standard deviations.
        """
        if criterion not in self._shown:
            self._shown[criterion] = self._show(criterion)
        return self._shown[criterion]

    def _show(self, criterion: str) -> FloatArray:
        behaviour = self.regimes[0].behaviour

        def loading(regime: Regime) -> float:
            of_criterion: float = getattr(regime.behaviour, f"merit_loading_{criterion}")
            return of_criterion

        merit: FloatArray = self._of_members(loading) * self.general
        if abs(loading(self.regimes[0])) < 1:
            own = self.streams.normal_once(f"aptitude.{criterion}", ids=self.id)
            own *= self._of_members(_lasting)
            if behaviour.merit_stability < 1:
                of_the_year = self.streams.normal(f"aptitude-of-the-year.{criterion}", year=self.year, ids=self.id)
                of_the_year *= self._of_members(_passing)
                own += of_the_year
            own *= self._of_members(lambda regime: math.sqrt(1 - loading(regime) ** 2))
            merit += own
        if criterion == "scope" and any(map(_lawfully_by_post, self.regimes)):
            merit += self._of_members(_lawfully_by_post) * self.is_leader
        return round_to_grid(merit)

    def _of_members(self, read: Read) -> Any:
        return of_things(map(read, self.regimes), self.posts)


def _lawfully_by_post(regime: Regime) -> float:
    """Give what a post adds to the scope of influence by right."""
    return regime.behaviour.lawful_scope_share * regime.behaviour.post_loading_scope


def _lasting(regime: Regime) -> float:
    """√ω: what stays with a person."""
    return math.sqrt(regime.behaviour.merit_stability)


def _passing(regime: Regime) -> float:
    """√(1−ω): what does not."""
    return math.sqrt(1 - regime.behaviour.merit_stability)


def live_year(cycle: Cycle, effort: Effort) -> Merits:
    """Let fortune move on, and give this year's merit (``docs/odd.md`` 7.3).

    z ← φz + √(1−φ²)ε, and G = √ω·a + √(1−ω)·z + β_e·(gain in effort of the unit) + δ·leads + shock.
    """
    members, population = cycle.members, cycle.population
    members.fortune *= cycle.of_members(lambda regime: regime.behaviour.fortune_persistence)
    innovation = cycle.normal("member.fortune", members.id)
    innovation *= cycle.of_members(lambda regime: math.sqrt(1 - regime.behaviour.fortune_persistence**2))
    members.fortune += innovation
    general: FloatArray = cycle.of_members(_lasting) * members.talent
    general += cycle.of_members(_passing) * members.fortune
    is_leader = population.is_leader
    if effort.gain.any():
        effect = np.float32(cycle.of_units(lambda regime: regime.behaviour.effort_effect))
        general += population.groups.spread(effect * effort.gain)
    if cycle.is_somewhere(lambda regime: regime.behaviour.leader_merit):
        general += cycle.of_members(lambda regime: regime.behaviour.leader_merit) * is_leader
    if cycle.shock is not None and cycle.shock.merit:
        general += np.float32(cycle.shock.merit) * cycle.shock.befalls(population, cycle.year)
    return Merits(
        general=general,
        id=fixed(members.id),
        is_leader=is_leader,
        year=cycle.year,
        streams=cycle.streams,
        regimes=cycle.regimes,
        posts=cycle.posts,
    )


def of_reference(merits: Merits, weights: Sequence[CriteriaWeights]) -> FloatArray:
    """Weigh the criteria into one merit, with the weights of each regime: Σ_j w_j·M_j/s, s the standard deviation of what is weighed, added in the order of the criteria, on the score grid.

    Returns
    -------
        (n_members,) float32, standard deviations of what is weighed; for results alone it is M_results itself.
    """
    return merits.results if weights[0].is_results_alone else round_to_grid(weighed_sum(merits, weights))


def weighed_sum(merits: Merits, weights: Sequence[CriteriaWeights]) -> FloatArray:
    """Give Σ_j w_j·M_j/s before it is rounded to the grid, with the weights of each regime: (n_members,) float32."""
    total = np.zeros_like(merits.general)
    for place, criterion in enumerate(CRITERIA):
        if weights[0].of_criteria[place]:
            total += of_things((each.of_criteria[place] for each in weights), merits.posts) * merits.by(criterion)
    return total


def references_of(merits: Merits, cycle: Cycle) -> Mapping[str, FloatArray]:
    """Give merit by the other fixed references, beside results: results and initiative, and the office's own weighing; made when it is asked for.

    They stay with every year that is written down, and so do the merits they are made of (:meth:`Merits.kept`).
    """
    regimes, office = cycle.regimes, cycle.office_weights or tuple(regime.weights for regime in cycle.regimes)
    return LazyColumns(
        {
            "results-and-initiative": lambda: of_reference(merits, [_results_and_initiative(regime.behaviour) for regime in regimes]),
            "office": lambda: of_reference(merits, office),
        }
    )


@lru_cache(maxsize=16)
def _results_and_initiative(behaviour: Behaviour) -> CriteriaWeights:
    return weigh_criteria(_RESULTS_AND_INITIATIVE, behaviour)


def round_to_grid(merit: FloatArray) -> FloatArray:
    """Round merit to the grid scores are compared on, so that "the best by merit" means the same everywhere."""
    rounded: FloatArray = merit * np.float32(1 / SCORE_STEP)
    np.rint(rounded, out=rounded)
    rounded *= np.float32(SCORE_STEP)
    return rounded
