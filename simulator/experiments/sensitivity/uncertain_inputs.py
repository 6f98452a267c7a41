"""What nobody knows for sure, as the inputs of one study: assumptions by their ranges, the structure of behaviour, how far exhortations are followed.

Beside them stands a dummy, which only chooses one of several independent blocks of seeds: what it seems to do is the noise floor of the study. Inputs lie on
the unit interval, 0 the low and 1 the high end; a discrete input divides it evenly.

The weights of a unit's reasons cannot add up to more than 1. Where they would, they are made smaller in proportion, so that every input may have any value
whatever the others have, as variance-based indices ask.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from simulator.experiments.mathematics.space_filling import positions
from simulator.experiments.runs.compliance import swept_options
from simulator.model.behaviour import STRUCTURES, Behaviour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.experiments.scenarios.scenario import Scenario

InputKind = Literal["assumption", "structure", "compliance", "dummy"]
STRUCTURE: Final = "structure"
COMPLIANCE: Final = "compliance"
DUMMY: Final = "seed_block"
SEED_BLOCKS: Final = 4
"""Independent blocks of replications that the dummy chooses from."""
LARGEST_GROUP: Final = 5
"""Assumptions that are screened together at most."""
_WEIGHTS: Final = ("turn_weight", "rank_weight", "prestige_weight", "lottery_weight", "ladder_weight")


@dataclass(frozen=True, slots=True)
class UncertainInput:
    """One input.

    Attributes
    ----------
    id
        Name of the assumption, or of what else it is.
    kind
        What it is.
    group
        What it is screened together with at first: a few neighbours of one submodel; what is no assumption stands alone.
    low, high
        Ends of its range; for a discrete input, the first and the last position.
    levels
        Values of a discrete input; 0 for a number.
    """

    id: str
    kind: InputKind
    group: str
    low: float
    high: float
    levels: int = 0

    def value_at(self, place: float) -> float:
        """Give the value at a place of the unit interval; a position where it is discrete."""
        return float(positions(np.array(place), self.levels)) if self.levels else (1 - place) * self.low + place * self.high


@dataclass(frozen=True, slots=True)
class Draw:
    """A place in the space of inputs: small enough to be sent by the thousand.

    Attributes
    ----------
    values
        Value of each input that is not as the scenario has it; a position where it is discrete.
    block
        The block of seeds it meets.
    """

    values: tuple[tuple[str, float], ...]
    block: int = 0


def inputs_of(scenario: Scenario) -> list[UncertainInput]:
    """List the inputs of a scenario, the dummy last; an assumption without a range is none."""
    numbers = {name: number for name, number in scenario.assumptions.numbers.items() if number.low < number.high}
    groups = _groups(list(numbers))
    inputs = [UncertainInput(name, "assumption", groups[name], number.low, number.high) for name, number in numbers.items()]
    inputs.append(UncertainInput(STRUCTURE, "structure", STRUCTURE, 0, len(STRUCTURES) - 1, len(STRUCTURES)))
    if swept_options(scenario):
        inputs.append(UncertainInput(COMPLIANCE, "compliance", COMPLIANCE, 0.0, 1.0))
    inputs.append(UncertainInput(DUMMY, "dummy", DUMMY, 0, SEED_BLOCKS - 1, SEED_BLOCKS))
    return inputs


def draw_at(places: Mapping[UncertainInput, float]) -> Draw:
    """Give what lies at places of the unit interval; inputs that have none stay as the scenario has them."""
    values = {each: each.value_at(place) for each, place in places.items()}
    block = next((int(value) for each, value in values.items() if each.kind == "dummy"), 0)
    return Draw(tuple((each.id, value) for each, value in values.items() if each.kind != "dummy"), block)


def variant_of(scenario: Scenario, draw: Draw) -> Scenario:
    """Give the scenario as a draw has it."""
    values = dict(draw.values)
    compliance, structure = values.pop(COMPLIANCE, None), values.pop(STRUCTURE, None)
    behaviour = replace(scenario.behaviour, **_made_to_fit(scenario.behaviour, values))  # type: ignore[arg-type]
    if structure is not None:
        behaviour = replace(behaviour, structure=STRUCTURES[int(structure)])
    return replace(scenario if compliance is None else followed_to(scenario, compliance), behaviour=behaviour)


def followed_to(scenario: Scenario, compliance: float) -> Scenario:
    """Give the scenario with every exhortation that an option adds followed to one degree."""
    swept = swept_options(scenario, (compliance,))
    return replace(scenario, options=tuple(swept[option.key][compliance] if option.key in swept else option for option in scenario.options))


def _made_to_fit(behaviour: Behaviour, numbers: Mapping[str, float]) -> dict[str, float]:
    """Make weights that add up to more than 1 smaller in proportion."""
    weights = {name: numbers.get(name, getattr(behaviour, name)) for name in _WEIGHTS}
    total = sum(weights.values())
    return dict(numbers) if total <= 1 else dict(numbers) | {name: weight / total for name, weight in weights.items()}


def _groups(names: list[str]) -> dict[str, str]:
    """Give each assumption its group: neighbours within a submodel, no more than go together."""
    members: dict[str, list[str]] = {}
    for name in names:
        members.setdefault(_submodel_of(name), []).append(name)
    groups = {}
    for submodel, within in members.items():
        n_groups = math.ceil(len(within) / LARGEST_GROUP)
        for place, name in enumerate(within):
            groups[name] = f"{submodel}-{1 + place * n_groups // len(within)}"
    return groups


def _submodel_of(name: str) -> str:
    """Name the submodel that a number of behaviour belongs to."""
    return next(base.__name__ for base in Behaviour.__bases__ if name in {field.name for field in fields(base)})
