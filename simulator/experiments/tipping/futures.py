"""Futures of a scenario: everything about it that nobody knows, drawn at once.

A future has a value of every assumption within its range, a structure of behaviour, units of other sizes and with other posts, and luck
of its own: the mean of a few replications is read, for one alone says little. Points fill the space evenly; assumptions that cannot
stand together are left out, which bends the spread a little. The first thousand of two thousand futures are the thousand: more futures
ask for no run again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.experiments.mathematics.space_filling import Space
from simulator.experiments.mathematics.statistics import LEAST_SHARE_DEFINED
from simulator.experiments.runs.wide import kind_of_world, n_worth_together, values_of_variants, values_side_by_side
from simulator.experiments.scenarios.thinning import members_of, thinned
from simulator.experiments.tipping.results import DIRECT_SHARE, LEADER_SHARE, POPULATION, STRUCTURE, UNIT_SIZE, FutureInput
from simulator.model.behaviour import STRUCTURES, BehaviourError

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from simulator._types import FloatArray, IndexArray
    from simulator.experiments.execution.headline_runs import Headlines
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.population.spec import KindOfUnit, PopulationSpec

SIZE_FACTORS: Final = (0.5, 2.0)
"""Units from half to twice as large as described: assumed, for no text gives a range."""
LEADER_FACTORS: Final = (0.5, 1.5)
"""From half as many leaders to half as many again: assumed."""
_MOST_SHIFT: Final = 0.5
"""How far shares of direct workers are moved towards all or nobody: a half becomes a quarter or three quarters."""
OTHER_LUCK: Final = 2**20
"""Added to the number of a future, it stands for the same future under other lucks."""


@dataclass(frozen=True)
class Futures:
    """Futures drawn for a scenario.

    Attributes
    ----------
    inputs
        The inputs that are numbers, in the order of the columns, and the structure last.
    numbers
        (n, d) value of each number.
    structures
        (n,) position of the structure among all.
    seed
        Where they lie follows from it.
    """

    inputs: tuple[FutureInput, ...]
    numbers: FloatArray
    structures: IndexArray
    seed: int

    def __len__(self) -> int:
        """Count them."""
        return len(self.numbers)

    def scenario(self, base: Scenario, future: int) -> Scenario:
        """Give the scenario as it stands in one future.

        Raises
        ------
        BehaviourError
            If its numbers cannot hold together.
        """
        values = dict(zip([each.id for each in self.inputs[:-1]], self.numbers[future].tolist(), strict=True))
        features: dict[str, float] = {name: values.pop(name) for name in POPULATION if name in values}
        behaviour = replace(base.behaviour.with_values(values), structure=STRUCTURES[self.structures[future]])
        return replace(base, behaviour=behaviour, population=reshape(base.population, features))


@dataclass(frozen=True)
class FutureRun:
    """Runs a future of a scenario by its number, under some lucks side by side; from :data:`OTHER_LUCK` on, the same future under other lucks.

    Attributes
    ----------
    futures
        The futures.
    names
        Indicators read; of each, the mean over the lucks.
    members
        About how many members each is thinned to; as many as the scenario has by default.
    replications
        How many replications.
    """

    futures: Futures
    names: tuple[str, ...]
    members: int | None
    replications: int

    def __call__(self, base: Scenario, number: int) -> Headlines:
        """Run it."""
        return self._told(values_side_by_side(self._scenario(base, number), self._lucks(number), self.names))

    @property
    def n_together(self) -> int:
        """How many futures are worth running at once."""
        return 1 if self.members is None else max(n_worth_together(self.members) // self.replications, 1)

    def kind_of(self, base: Scenario, number: int) -> Hashable:
        """Tell futures apart that cannot be run side by side."""
        return kind_of_world(self._scenario(base, number))

    def together(self, base: Scenario, numbers: Sequence[int]) -> list[Headlines]:
        """Run futures of one kind side by side; each comes out as it would by itself, to the last bit."""
        variants = [(self._scenario(base, number), self._lucks(number)) for number in numbers]
        return [self._told(found) for found in values_of_variants(variants, self.names)]

    def _scenario(self, base: Scenario, number: int) -> Scenario:
        there = self.futures.scenario(base, number % OTHER_LUCK)
        return thinned(there, members_of(base.population) if self.members is None else self.members)

    def _lucks(self, number: int) -> range:
        return range(number * self.replications, (number + 1) * self.replications)

    def _told(self, read: Mapping[str, Sequence[Mapping[str, float]]]) -> Headlines:
        return {key: {name: _mean([values[name] for values in found]) for name in self.names} for key, found in read.items()}


def _mean(values: list[float]) -> float:
    """Average what is defined; undefined where that is less than half."""
    defined = [value for value in values if math.isfinite(value)]
    return sum(defined) / len(defined) if len(defined) >= LEAST_SHARE_DEFINED * len(values) else math.nan


def inputs_of(scenario: Scenario) -> tuple[FutureInput, ...]:
    """List everything that differs from future to future, the structure last; what has no range is not among it."""
    assumed = [
        FutureInput(
            name,
            "assumption",
            number.unit,
            {"vi": number.title.vi, "en": number.title.en},
            float(getattr(scenario.behaviour, name)),
            float(number.low),
            float(number.high),
        )
        for name, number in sorted(scenario.assumptions.numbers.items())
        if number.low < number.high
    ]
    described = features_of(scenario.population)
    low, high = _ends_of_features(scenario.population, described)
    of_units = [
        FutureInput(name, "population", "members" if name == UNIT_SIZE else "share", None, described[name], low[name], high[name])
        for name in POPULATION
        if low[name] < high[name]
    ]
    return (*assumed, *of_units, FutureInput(STRUCTURE, "structure", "", choices=STRUCTURES))


def draw_futures(scenario: Scenario, n_futures: int, without: Collection[str] = ()) -> Futures:
    """Draw futures of a scenario, where its seed has them lie; fewer where next to nothing is possible.

    Parameters
    ----------
    scenario
        The scenario.
    n_futures
        How many.
    without
        Inputs that stay as the scenario has them.
    """
    inputs = tuple(each for each in inputs_of(scenario) if each.id not in without)
    numbers = inputs[:-1]
    # Sizes are spread by their logarithm: half and twice as large are as far from what is described.
    ends = np.array([[_bent(each.id, each.low), _bent(each.id, each.high)] for each in numbers]).reshape(-1, 2)
    names = (*(each.id for each in numbers), STRUCTURE)
    low, high = np.append(ends[:, 0], 0.0), np.append(ends[:, 1], float(len(STRUCTURES)))
    assumed = {each.id for each in numbers if each.kind == "assumption"}

    def is_possible(values: Mapping[str, float]) -> bool:
        try:
            scenario.behaviour.with_values({name: value for name, value in values.items() if name in assumed})
        except BehaviourError:
            return False
        return True

    space = Space(names, low, high, is_possible)
    points = space.fill(n_futures, scenario.seed)
    values = low + points * (high - low)
    for column, each in enumerate(numbers):
        if each.id == UNIT_SIZE:
            values[:, column] = np.exp(values[:, column])
    structures = np.minimum(values[:, -1].astype(np.int64), len(STRUCTURES) - 1)
    return Futures(inputs, values[:, :-1], structures, scenario.seed)


def _bent(name: str, value: float | None) -> float:
    return math.log(value or 1.0) if name == UNIT_SIZE else value or 0.0


def features_of(population: PopulationSpec) -> dict[str, float]:
    """Tell the mean size of units, the share of leaders among members, and that of direct workers among the others."""
    kinds = population.kinds.values()
    members = [kind.units * kind.mean_size for kind in kinds]
    others = [n * (1 - kind.leader_share) for n, kind in zip(members, kinds, strict=True)]
    return {
        UNIT_SIZE: sum(members) / sum(kind.units for kind in kinds),
        LEADER_SHARE: sum(n * kind.leader_share for n, kind in zip(members, kinds, strict=True)) / sum(members),
        DIRECT_SHARE: sum(n * kind.direct_share for n, kind in zip(others, kinds, strict=True)) / max(sum(others), 1e-9),
    }


def _ends_of_features(population: PopulationSpec, described: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    room = _room(population)
    low = {UNIT_SIZE: described[UNIT_SIZE] * SIZE_FACTORS[0], LEADER_SHARE: described[LEADER_SHARE] * LEADER_FACTORS[0]}
    high = {UNIT_SIZE: described[UNIT_SIZE] * SIZE_FACTORS[1], LEADER_SHARE: min(described[LEADER_SHARE] * LEADER_FACTORS[1], 1.0)}
    low[DIRECT_SHARE] = described[DIRECT_SHARE] - _MOST_SHIFT * room
    high[DIRECT_SHARE] = described[DIRECT_SHARE] + _MOST_SHIFT * room
    return low, high


def _room(population: PopulationSpec) -> float:
    """Give how fast the share of direct workers moves when that of each kind moves by its share times that of the others."""
    kinds = population.kinds.values()
    others = [kind.units * kind.mean_size * (1 - kind.leader_share) for kind in kinds]
    return sum(n * _shift(kind.direct_share) for n, kind in zip(others, kinds, strict=True)) / max(sum(others), 1e-9)


def _shift(share: float) -> float:
    return share * (1 - share)


def reshape(population: PopulationSpec, features: Mapping[str, float]) -> PopulationSpec:
    """Give a population whose units have other sizes and posts, and about as many members; every kind changes by the same measure.

    Parameters
    ----------
    population
        As described.
    features
        Some of :data:`POPULATION`, as :func:`features_of` tells them; the others stay.
    """
    described = features_of(population)
    asked = described | dict(features)
    size = asked[UNIT_SIZE] / described[UNIT_SIZE]
    leaders = asked[LEADER_SHARE] / described[LEADER_SHARE] if described[LEADER_SHARE] else 1.0
    room = _room(population)
    shift = (asked[DIRECT_SHARE] - described[DIRECT_SHARE]) / room if room else 0.0

    def changed(kind: KindOfUnit) -> KindOfUnit:
        changes: dict[str, Any] = {
            "leader_share": min(kind.leader_share * leaders, 1.0),
            "direct_share": min(max(kind.direct_share + shift * _shift(kind.direct_share), 0.0), 1.0),
        }
        if size != 1.0:
            mean = max(kind.mean_size * size, 1.0)
            changes |= {
                "mean_size": mean,
                "smallest": max(1, min(round(kind.smallest * size), math.floor(mean))),
                "units": max(1, round(kind.units * kind.mean_size / mean)),
            }
        return kind.model_copy(update=changes)

    return population.model_copy(update={"kinds": {name: changed(kind) for name, kind in population.kinds.items()}})
