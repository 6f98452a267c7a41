"""A population made smaller by leaving out whole units, so that many runs take little time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.population.spec import PopulationSpec

THINNED_MEMBERS: Final = 2_000
"""About how many members are kept."""
_NOT_WORTH_IT: Final = 1.25


def members_of(population: PopulationSpec) -> int:
    """Count the members a description lays out."""
    return sum(round(kind.units * kind.mean_size) for kind in population.kinds.values())


def thinned(scenario: Scenario, members: int | None) -> Scenario:
    """Give the scenario with about so many members; ``None`` keeps all."""
    return scenario if members is None else replace(scenario, population=thin(scenario.population, members))


def thin(population: PopulationSpec, members: int = THINNED_MEMBERS) -> PopulationSpec:
    """Keep of every kind the same share of its units, at least one.

    How large units are, their posts, and about how many units make a cluster stay as described; only how many units there are changes. Clusters are not kept
    whole: what is left is laid into clusters anew, as evenly as it goes, so that they may be smaller or larger, down to one of the few units left. A population that is hardly larger than asked for stays
    whole.
    """
    total = members_of(population)
    if total <= members * _NOT_WORTH_IT:
        return population
    share = members / total
    kinds = {name: kind.model_copy(update={"units": max(1, round(kind.units * share))}) for name, kind in population.kinds.items()}
    return population.model_copy(update={"kinds": kinds})
