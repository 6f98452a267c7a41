"""A shock: what befalls some kinds of unit in some years, such as an epidemic in hospitals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.history import Role

if TYPE_CHECKING:
    from simulator._types import BoolArray
    from simulator.population.generator import Population


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """What a scenario puts into the model from outside (``docs/odd.md`` 6).

    Attributes
    ----------
    years
        Years in which it is felt; 1 is the first year under the rules that are compared.
    kinds
        Kinds of unit it befalls.
    roles
        Posts it befalls there.
    deeds
        How many times as often outstanding deeds are done.
    merit
        What is added to merit, standard deviations.
    """

    years: frozenset[int]
    kinds: frozenset[str]
    roles: frozenset[Role] = frozenset(Role)
    deeds: float = 1.0
    merit: float = 0.0

    def __post_init__(self) -> None:
        """Refuse fewer deeds than none."""
        if self.deeds < 0:
            message = f"Deeds cannot be done {self.deeds} times as often."
            raise ValueError(message)

    def befalls(self, population: Population, year: int) -> BoolArray:
        """Tell whom the shock befalls in a year: (n_members,) bool."""
        if year not in self.years:
            return np.zeros(population.n_members, dtype=np.bool_)
        is_of_kind = np.array([kind in self.kinds for kind in population.kinds])[population.kind]
        is_befallen: BoolArray = population.groups.spread(is_of_kind) & np.isin(population.role, [int(role) for role in self.roles])
        return is_befallen
