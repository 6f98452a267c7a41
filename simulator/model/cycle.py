"""One award cycle (kỳ xét): the year, the rules in force, the people and their luck, as one value for all submodels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.model.of_each import of_each, of_things

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.criteria_weights import CriteriaWeights
    from simulator.model.members import Members
    from simulator.model.norms import Norms
    from simulator.model.of_each import Read
    from simulator.model.regime import Regime
    from simulator.model.shock import Shock
    from simulator.population.generator import Population
    from simulator.randomness import Streams
    from simulator.replications import SideBySide


@dataclass(frozen=True, slots=True)
class Cycle:
    """What every submodel of a year needs to know.

    Attributes
    ----------
    year
        1 for the first year under the rules that are compared; the years before are warm-up.
    regime
        Rules and behaviour: those of the first replication, which differ from those of the others in numbers alone.
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
        The weighing of criteria that the office itself stands for, by which one of the references of merit is made, under each regime; none: the regime's own.
    further_regimes
        Those of the other replications, where they do not all live under the same.
    n_under_each
        How many replications that follow one another live under each regime; none where each has its own, or all the same.
    """

    year: int
    regime: Regime
    population: Population
    members: Members
    streams: Streams
    norms: Norms
    is_perfect: bool = False
    shock: Shock | None = None
    office_weights: tuple[CriteriaWeights, ...] = ()
    further_regimes: tuple[Regime, ...] = ()
    n_under_each: tuple[int, ...] = ()

    def normal(self, stream: str, ids: IndexArray) -> FloatArray:
        """Draw this year's standard normals."""
        return self.streams.normal(stream, year=self.year, ids=ids)

    def normal_once(self, stream: str, ids: IndexArray) -> FloatArray:
        """Draw standard normals that stay the same over the years."""
        return self.streams.normal_once(stream, ids=ids)

    def uniform(self, stream: str, ids: IndexArray) -> FloatArray:
        """Draw this year's uniforms on [0, 1)."""
        return self.streams.uniform(stream, year=self.year, ids=ids)

    def is_lucky(self, stream: str, ids: IndexArray, probability: float | FloatArray) -> BoolArray:
        """Draw this year's yes/no luck."""
        return self.streams.is_lucky(stream, year=self.year, ids=ids, probability=probability)

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """All regimes, in the order of their replications."""
        return (self.regime, *self.further_regimes)

    @property
    def posts(self) -> SideBySide:
        """Which posts are under which regime."""
        return self.population.posts.joined(self.n_under_each)

    @property
    def units(self) -> SideBySide:
        """Which units are under which regime."""
        return self.population.units.joined(self.n_under_each)

    def is_somewhere(self, read: Read) -> bool:
        """Tell whether a number is anything under some regime; a part of the model that it moves rests only where it is nought under all of them."""
        return any(map(read, self.regimes))

    def of_members(self, read: Read) -> Any:
        """Read a number of the regime of everybody's replication: one float32, or (n_members,)."""
        return of_things(map(read, self.regimes), self.posts)

    def of_those(self, read: Read, positions: IndexArray) -> Any:
        """Read a number of the regime of some members' replications: one float32, or (n,)."""
        return of_things(map(read, self.regimes), self.posts, positions)

    def in_64_bits(self, read: Read, positions: IndexArray | None = None) -> Any:
        """Read a number in 64 bits, as chances are, for everybody or for some members: a plain number, or a column."""
        return of_things(map(read, self.regimes), self.posts, positions, dtype=np.float64)

    def of_units(self, read: Read) -> Any:
        """Read a number in 64 bits for every unit: a plain number, or (n_units,)."""
        return of_things(map(read, self.regimes), self.units, dtype=np.float64)

    def of_replications(self, read: Read) -> Any:
        """Read a number in 64 bits for every replication: a plain number, or (n_replications,)."""
        number = of_each(map(read, self.regimes))
        return np.repeat(number, self.n_under_each) if self.n_under_each and isinstance(number, np.ndarray) else number

    @property
    def units_of_regimes(self) -> tuple[tuple[Regime, slice], ...]:
        """Every regime, and where the units lie that live under it."""
        if not self.further_regimes:
            return ((self.regime, slice(None)),)
        return tuple(zip(self.regimes, self.units.slices, strict=True))

    def by_regime(self, work_out: Callable[[Regime, slice], np.ndarray]) -> np.ndarray:
        """Work a column of the members out regime by regime, of whose members is told where they lie: (n_members,)."""
        if not self.further_regimes:
            return work_out(self.regime, slice(None))
        return np.concatenate([work_out(regime, posts) for regime, posts in zip(self.regimes, self.posts.slices, strict=True)])
