"""Replications laid side by side, and the same ones lived through one by one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

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


def differing(one: Any, other: Any, name: str = "history") -> Iterator[str]:
    """Name what is not the same to the last bit."""
    if type(one) is not type(other):
        yield f"{name}: {type(one).__name__} and {type(other).__name__}"
    elif isinstance(one, np.ndarray):
        if one.dtype != other.dtype or one.shape != other.shape or one.tobytes() != other.tobytes():
            yield name
    elif is_dataclass(one):
        for entry in fields(one):
            yield from differing(getattr(one, entry.name), getattr(other, entry.name), f"{name}.{entry.name}")
    elif isinstance(one, dict):
        if one.keys() != other.keys():
            yield name
        for key in one.keys() & other.keys():
            yield from differing(one[key], other[key], f"{name}[{key}]")
    elif isinstance(one, list):
        if len(one) != len(other):
            yield name
        for place, (entry, beside) in enumerate(zip(one, other, strict=False)):
            yield from differing(entry, beside, f"{name}[{place}]")
    elif one != other and not (one != one and other != other):  # noqa: PLR0124 - undefined is NaN
        yield f"{name}: {one!r} and {other!r}"
