"""Merit is a vector: what a year was worth by results, initiative, scope and conduct (equation 1, corrections 2).

The four share one general merit and have aptitudes of their own. What nobody asks for is not drawn: luck is keyed, so this shifts nobody's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.model.criteria_weights import CRITERIA, weigh_criteria
from simulator.model.post_facts import LazyColumns
from simulator.ranking import SCORE_STEP, fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.behaviour import Behaviour
    from simulator.model.criteria_weights import CriteriaWeights
    from simulator.model.cycle import Cycle
    from simulator.model.effort import Effort
    from simulator.randomness import Streams

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
    year, streams, behaviour
        The year, its luck, and the loadings.
    """

    general: FloatArray
    id: IndexArray
    is_leader: BoolArray
    year: int
    streams: Streams
    behaviour: Behaviour
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
        behaviour = self.behaviour
        loading = getattr(behaviour, f"merit_loading_{criterion}")
        merit = np.float32(loading) * self.general
        if abs(loading) < 1:
            own = self.streams.normal_once(f"aptitude.{criterion}", ids=self.id)
            own *= np.float32(math.sqrt(behaviour.merit_stability))
            if behaviour.merit_stability < 1:
                of_the_year = self.streams.normal(f"aptitude-of-the-year.{criterion}", year=self.year, ids=self.id)
                of_the_year *= np.float32(math.sqrt(1 - behaviour.merit_stability))
                own += of_the_year
            own *= np.float32(math.sqrt(1 - loading**2))
            merit += own
        lawful = behaviour.lawful_scope_share * behaviour.post_loading_scope
        if criterion == "scope" and lawful:
            merit += np.float32(lawful) * self.is_leader
        return round_to_grid(merit)


def live_year(cycle: Cycle, effort: Effort) -> Merits:
    """Let fortune move on, and give this year's merit (``docs/odd.md`` 7.3).

    z ← φz + √(1−φ²)ε, and G = √ω·a + √(1−ω)·z + β_e·(gain in effort of the unit) + δ·leads + shock.
    """
    members, population, behaviour = cycle.members, cycle.population, cycle.regime.behaviour
    members.fortune *= np.float32(behaviour.fortune_persistence)
    innovation = cycle.normal("member.fortune", members.id)
    innovation *= np.float32(math.sqrt(1 - behaviour.fortune_persistence**2))
    members.fortune += innovation
    general = np.float32(math.sqrt(behaviour.merit_stability)) * members.talent
    general += np.float32(math.sqrt(1 - behaviour.merit_stability)) * members.fortune
    is_leader = population.is_leader
    if effort.gain.any():
        general += population.groups.spread(np.float32(behaviour.effort_effect) * effort.gain)
    if behaviour.leader_merit:
        general += np.float32(behaviour.leader_merit) * is_leader
    if cycle.shock is not None and cycle.shock.merit:
        general += np.float32(cycle.shock.merit) * cycle.shock.befalls(population, cycle.year)
    return Merits(general=general, id=fixed(members.id), is_leader=is_leader, year=cycle.year, streams=cycle.streams, behaviour=behaviour)


def of_reference(merits: Merits, weights: CriteriaWeights) -> FloatArray:
    """Weigh the criteria into one merit: Σ_j w_j·M_j/s, s the standard deviation of what is weighed, added in the order of the criteria, on the score grid.

    Returns
    -------
        (n_members,) float32, standard deviations of what is weighed; for results alone it is M_results itself.
    """
    return merits.results if weights.is_results_alone else round_to_grid(weighed_sum(merits, weights))


def weighed_sum(merits: Merits, weights: CriteriaWeights) -> FloatArray:
    """Give Σ_j w_j·M_j/s before it is rounded to the grid: (n_members,) float32."""
    total = np.zeros_like(merits.general)
    for criterion, weight in zip(CRITERIA, weights.of_criteria, strict=True):
        if weight:
            total += np.float32(weight) * merits.by(criterion)
    return total


def references_of(merits: Merits, cycle: Cycle) -> Mapping[str, FloatArray]:
    """Give merit by the other fixed references, beside results: results and initiative, and the office's own weighing; made when it is asked for.

    They stay with every year that is written down, and so do the merits they are made of (:meth:`Merits.kept`).
    """
    behaviour, office = cycle.regime.behaviour, cycle.office_weights or cycle.regime.weights
    return LazyColumns(
        {
            "results-and-initiative": lambda: of_reference(merits, _results_and_initiative(behaviour)),
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
