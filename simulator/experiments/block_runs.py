"""Runs of which a block of replications is one answer: what studies that vary many inputs at once are made of.

A block is run side by side, which costs little more than one replication of it. Each answer is kept in the results store as soon as it is there, so that a
study that is interrupted goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.errors import RunError
from simulator.experiments.executors import run_plan_with
from simulator.experiments.headline_runs import HEADLINES
from simulator.experiments.plan import PlannedRun, fingerprint
from simulator.experiments.run import ReplicationFailure, distinct_options, history_under, warmed_up
from simulator.experiments.uncertain_inputs import variant_of
from simulator.experiments.wide import in_batches
from simulator.indicators.measurement import values_of_each

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator._types import FloatArray
    from simulator.experiments.computing import Computing
    from simulator.experiments.scenario import Scenario
    from simulator.experiments.uncertain_inputs import Draw

Block: TypeAlias = "FloatArray"
"""(n_options, n_headlines, n_replications) values of one block, options in the order of the scenario; undefined is NaN."""


def run_block(scenario: Scenario, block: int, *, width: int) -> Block:
    """Run every set of rules of a scenario in one block of replications, as practised, and read the headline indicators alone."""
    of_rules: dict[str, list[dict[str, float]]] = {key: [] for key in distinct_options(scenario)}
    for batch in in_batches(scenario, range(block * width, (block + 1) * width), tells_reasons=False):
        with warmed_up(scenario, *batch, names=HEADLINES) as warm:
            for key, phases in distinct_options(scenario).items():
                measured = values_of_each(history_under(warm, phases, scenario), names=HEADLINES, with_course=False)
                of_rules[key] += [values for values, _ in measured]
    return np.array([[[values[name] for values in of_rules[option.key]] for name in HEADLINES] for option in scenario.options])


def run_draw(scenario: Scenario, number: int, *, draws: Sequence[Draw], width: int) -> Block:
    """Run the block of one of some draws; whoever computes makes the variant, so that the scenario is sent but once."""
    return run_block(variant_of(scenario, draws[number]), draws[number].block, width=width)


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
    report = tell or (lambda: None)
    different = list(dict.fromkeys(draws))
    store = computing.store
    name = "" if store is None else fingerprint(scenario)
    found: dict[Draw, Block] = {}
    for draw in different:
        kept = None if store is None else _read(store.get_study(name, _name(draw, width)), width)
        if kept is not None:
            found[draw] = kept
            report()
    missing = [draw for draw in different if draw not in found]
    plan = [PlannedRun(scenario, number) for number in range(len(missing))]
    run = partial(run_draw, draws=missing, width=width)
    for position, result in run_plan_with(run, plan, workers=computing.workers, scheduler=computing.scheduler):
        if isinstance(result, ReplicationFailure):
            raise RunError(f"a run of the study failed: {result.error}", fields={"reason": result.error})
        found[missing[position]] = result
        if store is not None:
            store.add_study(name, _name(missing[position], width), _write(result))
        report()
    return [found[draw] for draw in draws]


def _name(draw: Draw, width: int) -> str:
    """Name a block by all that it depends on beside the scenario."""
    values = [[name, value.hex()] for name, value in sorted(draw.values)]
    return "block-" + hashlib.sha256(json.dumps([values, draw.block, width]).encode()).hexdigest()[:32]


def _write(block: Block) -> str:
    """Write numbers so that they come back bit for bit; strict JSON has no NaN."""
    return json.dumps(
        [[[value if np.isfinite(value) else str(value) for value in row] for row in option] for option in block.tolist()], allow_nan=False
    )


def _read(text: str | None, width: int) -> Block | None:
    if text is None:
        return None
    try:
        values = np.array([[[float(value) for value in row] for row in option] for option in json.loads(text)])
    except (TypeError, ValueError):  # changed by hand: as good as none
        return None
    return values if values.ndim == 3 and values.shape[1:] == (len(HEADLINES), width) else None  # noqa: PLR2004  # options, indicators, replications
