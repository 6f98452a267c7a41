"""One award cycle (kỳ xét): the year, the rules in force, the people and their luck, as one value for all submodels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.criteria_weights import CriteriaWeights
    from simulator.model.members import Members
    from simulator.model.norms import Norms
    from simulator.model.regime import Regime
    from simulator.model.shock import Shock
    from simulator.population.generator import Population
    from simulator.randomness import Streams


@dataclass(frozen=True, slots=True)
class Cycle:
    """What every submodel of a year needs to know.

    Attributes
    ----------
    year
        1 for the first year under the rules that are compared; the years before are warm-up.
    regime
        Rules and behaviour.
    population, members
        Posts, and the people who hold them; or units, as the members of their clusters.
    streams
        Everybody's luck.
    norms
        The habits of units, or of clusters.
    is_perfect
        Apply the rules perfectly: files show merit, units and councils follow it. This is the *lawful best*.
    shock
        What befalls some kinds of unit in some years, or ``None``.
    office_weights
        The weighing of criteria that the office itself stands for, by which one of the references of merit is made; ``None``: the regime's own.
    """

    year: int
    regime: Regime
    population: Population
    members: Members
    streams: Streams
    norms: Norms
    is_perfect: bool = False
    shock: Shock | None = None
    office_weights: CriteriaWeights | None = None

    def normal(self, stream: str, ids: IndexArray) -> FloatArray:
        """Draw this year's standard normals."""
        return self.streams.normal(stream, year=self.year, ids=ids)

    def normal_once(self, stream: str, ids: IndexArray) -> FloatArray:
        """Draw standard normals that stay the same over the years."""
        return self.streams.normal_once(stream, ids=ids)

    def uniform(self, stream: str, ids: IndexArray) -> FloatArray:
        """Draw this year's uniforms on [0, 1)."""
        return self.streams.uniform(stream, year=self.year, ids=ids)

    def is_lucky(self, stream: str, ids: IndexArray, probability: float) -> BoolArray:
        """Draw this year's yes/no luck."""
        return self.streams.is_lucky(stream, year=self.year, ids=ids, probability=probability)
