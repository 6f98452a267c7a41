"""Replications laid side by side, and the same ones lived through one by one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.lookups import ColumnInParts
from simulator.model.model import AwardModel
from simulator.randomness import child_seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.history import History
    from simulator.population.generator import Population
    from tests.oracle.scenarios import Scenario

MEMORY_YEARS = 1


def seeds_of(scenario: Scenario, width: int) -> list[int]:
    return [child_seed(scenario.seed, replication) for replication in range(width)]


def live_through(scenario: Scenario, population: Population, seed: int | list[int], unit_class: Any = None) -> History:
    """Give the whole history, warm-up included, under one set of rules or under two."""
    model = AwardModel(
        population,
        scenario.criteria(),
        scenario.numbers(),
        seed=seed,
        focus_award=scenario.focus,
        unit_class=unit_class,
        first_year=scenario.first_year,
        collects=False,
        shock=scenario.shock_felt(),
    )
    warm_up = 0 if scenario.next_rules is None else 1 - scenario.first_year
    model.run(warm_up)
    if scenario.next_rules is not None:
        model = model.branch(scenario.next_criteria(), scenario.next_numbers(), n_years_kept=warm_up)
    with model.run(scenario.years - warm_up):
        return model.history(n_history_years=MEMORY_YEARS, base_salary=2.0)


def differing(one: Any, other: Any) -> list[str]:
    """Name what is not the same to the last bit."""
    of_one, of_other = dict(_leaves(one)), dict(_leaves(other))
    return sorted(name for name in of_one.keys() | of_other.keys() if of_one.get(name) != of_other.get(name))


def _leaves(value: Any, name: str = "it") -> Iterator[tuple[str, Any]]:
    """Give everything that a value holds, each with its name."""
    if isinstance(value, ColumnInParts):
        value = np.asarray(value)
    if isinstance(value, np.ndarray):
        yield name, (value.dtype, value.shape, value.tobytes())
    elif is_dataclass(value):
        for entry in fields(value):
            yield from _leaves(getattr(value, entry.name), f"{name}.{entry.name}")
    elif isinstance(value, (dict, list)):
        yield name, len(value)
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(entry, f"{name}[{key}]")
    else:
        yield name, repr(value)
