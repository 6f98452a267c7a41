"""One award cycle (kỳ xét): the year, the rules in force, the people and their luck, as one value for all submodels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.members import Members
    from simulator.model.regime import Regime
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
        Posts, and the people who hold them.
    streams
        Everybody's luck.
    is_perfect
        Apply the rules perfectly: files show merit, units and councils follow it. This is the *lawful best*.
    """

    year: int
    regime: Regime
    population: Population
    members: Members
    streams: Streams
    is_perfect: bool = False

    def normal(self, stream: str, ids: IndexArray) -> FloatArray:
        """Draw this year's standard normals for members."""
        return self.streams.normal(stream, year=self.year, ids=ids)

    def is_lucky(self, stream: str, ids: IndexArray, probability: float) -> BoolArray:
        """Draw this year's yes/no luck for members."""
        return self.streams.is_lucky(stream, year=self.year, ids=ids, probability=probability)
