"""Runs of which a block of replications is one answer: what studies that vary many inputs at once are made of.

A block is run side by side, which costs little more than one replication of it. Each answer is kept in the results store as soon as it is there, so that a
study that is interrupted goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.errors import RunError
from simulator.experiments.execution.kept_runs import AsText, KeptAs, run_or_recall
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.runs.plan import PlannedRun, fingerprint
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.run_text import json_number
from simulator.experiments.runs.wide import kind_of_world, n_worth_together, values_of_variants, values_side_by_side
from simulator.experiments.scenarios.thinning import members_of
from simulator.experiments.sensitivity.uncertain_inputs import variant_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from simulator._types import FloatArray
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.sensitivity.uncertain_inputs import Draw

Block: TypeAlias = "FloatArray"
"""(n_options, n_headlines, n_replications) values of one block, options in the order of the scenario; undefined is NaN."""


def run_block(scenario: Scenario, block: int, *, width: int) -> Block:
    """Run every set of rules of a scenario in one block of replications, as practised, and read the headline indicators alone."""
    return _block_of(scenario, values_side_by_side(scenario, _replications(block, width), COMPARED))


def _replications(block: int, width: int) -> range:
    return range(block * width, (block + 1) * width)


def _block_of(scenario: Scenario, of_rules: Mapping[str, Sequence[Mapping[str, float]]]) -> Block:
    return np.array([[[values[name] for values in of_rules[option.key]] for name in COMPARED] for option in scenario.options])


@dataclass(frozen=True)
class DrawRun:
    """Runs the block of one of some draws, by its number; whoever computes makes the variant, so that the scenario is sent but once.

    Attributes
    ----------
    draws
        The draws.
    width
        Replications of a block.
    members
        How many members the scenario has.
    """

    draws: Sequence[Draw]
    width: int
    members: int

    def __call__(self, scenario: Scenario, number: int) -> Block:
        """Run the block of one draw."""
        return run_block(variant_of(scenario, self.draws[number]), self.draws[number].block, width=self.width)

    @property
    def n_together(self) -> int:
        """How many draws are worth running at once."""
        return max(n_worth_together(self.members) // self.width, 1)

    def kind_of(self, scenario: Scenario, number: int) -> Hashable:
        """Tell draws apart that cannot be run side by side."""
        return kind_of_world(variant_of(scenario, self.draws[number]))

    def together(self, scenario: Scenario, numbers: Sequence[int]) -> list[Block]:
        """Run the blocks of draws of one kind side by side; each comes out as it would by itself, to the last bit."""
        asked = [self.draws[number] for number in numbers]
        variants = [(variant_of(scenario, draw), _replications(draw.block, self.width)) for draw in asked]
        found = values_of_variants(variants, COMPARED)
        return [_block_of(variant, of_rules) for (variant, _), of_rules in zip(variants, found, strict=True)]


def run_blocks(scenario: Scenario, draws: Sequence[Draw], width: int, computing: Computing, tell: Callable[[], None] | None = None) -> list[Block]:
    """Run the block of every draw.

    Parameters
    ----------
    scenario
        What the draws are variants of.
    draws
        What to run; two that are the same are run once.
    width
        Replications of a block.
    computing
        Who computes.
    tell
        Called after each.

    Returns
    -------
        The block of each draw, in order.

    Raises
    ------
    RunError
        If a run fails: a study in which some inputs were left out would say that they do not matter.
    """
    different = list(dict.fromkeys(draws))
    scenario_hash = fingerprint(scenario)
    plan = [PlannedRun(scenario, number) for number in range(len(different))]
    names = [KeptAs(scenario_hash, _name(draw, width)) for draw in different]
    run = DrawRun(different, width, members_of(scenario.population))
    found: dict[Draw, Block] = {}
    for place, result in run_or_recall(run, plan, names, AsText(_write, partial(_read, width=width)), computing):
        if isinstance(result, ReplicationFailure):
            raise RunError(f"a run of the study failed: {result.error}", fields={"reason": result.error})
        found[different[place]] = result
        if tell is not None:
            tell()
    return [found[draw] for draw in draws]


def _name(draw: Draw, width: int) -> str:
    """Name a block by all that it depends on beside the scenario."""
    values = [[name, value.hex()] for name, value in sorted(draw.values)]
    return "block-" + hashlib.sha256(json.dumps([values, draw.block, width]).encode()).hexdigest()[:32]


def _write(block: Block) -> str:
    """Write numbers so that they come back bit for bit."""
    return json.dumps([[[json_number(value) for value in row] for row in option] for option in block.tolist()], allow_nan=False)


def _read(text: str, *, width: int) -> Block | None:
    try:
        values = np.array([[[float(value) for value in row] for row in option] for option in json.loads(text)])
    except (TypeError, ValueError):  # changed by hand: as good as none
        return None
    return values if values.ndim == 3 and values.shape[1:] == (len(COMPARED), width) else None  # noqa: PLR2004  # options, indicators, replications
