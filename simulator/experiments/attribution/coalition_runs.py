"""Which coalitions of an option's parts are needed, and what they are worth in each replication: run once, and kept in the store.

The coalitions of one option are the options of a scenario of their own, so that they share its people, its luck and its warm-up. Those the model sees no
difference between are run once.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from simulator.experiments.execution.computing import Computing
from simulator.experiments.execution.executors import run_plan_with
from simulator.experiments.mathematics.shapley import Coalition, Order, Worth, all_coalitions, coalitions_along, draw_orders
from simulator.experiments.runs.plan import PlannedRun, RunId, identify
from simulator.experiments.runs.results import OptionRun, ReplicationFailure, ReplicationRun, tried
from simulator.experiments.runs.wide import in_batches, values_side_by_side, values_under
from simulator.experiments.scenarios.option import Option
from simulator.randomness import child_seed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import FloatArray
    from simulator.experiments.attribution.coalitions import Coalitions
    from simulator.experiments.scenarios.scenario import Scenario

MOST_EXACT: Final = 8
"""Parts up to which all their coalitions are run."""
_ORDERS: Final = 4
_FEWER_ORDERS: Final = 2
_MANY_PARTS: Final = 12
_ENOUGH_ORDERS: Final = 40
"""Orders of each replication; and fewer of one with more parts than that, or where fewer are so many in all: every order is one more that an effect is averaged over."""
_BLOCKS_EACH: Final = 4
"""Into how many blocks the runs of everybody who computes are laid at least: whoever waits hears of each, and can stop between them."""
_STREAM: Final = 1_953_391_984
"""Keeps the luck of the orders apart from that of the replications."""
_PURPOSE: Final = "as practised"
_ALONE: Final = Computing()

Worths: TypeAlias = "list[Worth | None]"


@dataclass(frozen=True)
class Design:
    """The coalitions of an option that are run.

    Attributes
    ----------
    coalitions_of
        Its parts.
    is_exact
        Whether all coalitions are run in every replication.
    orders
        The orders of each replication otherwise.
    """

    coalitions_of: Coalitions
    is_exact: bool
    orders: tuple[tuple[Order, ...], ...]

    @property
    def option(self) -> Option:
        """The option whose effect is split."""
        return self.coalitions_of.option

    def coalitions(self, replication: int) -> list[Coalition]:
        """List the coalitions of one replication."""
        return all_coalitions(len(self.coalitions_of.parts)) if self.is_exact else coalitions_along(self.orders[replication])

    def all_coalitions(self) -> list[Coalition]:
        """List the coalitions of any replication."""
        replications = range(1 if self.is_exact else len(self.orders))
        return list(dict.fromkeys(each for replication in replications for each in self.coalitions(replication)))


def design_of(coalitions: Coalitions, scenario: Scenario) -> Design:
    """Choose what is run: every coalition of up to eight parts, and else orders drawn for each replication."""
    n_parts = len(coalitions.parts)
    if n_parts <= MOST_EXACT:
        return Design(coalitions, is_exact=True, orders=())
    are_fewer_enough = n_parts > _MANY_PARTS or scenario.replications * _FEWER_ORDERS >= _ENOUGH_ORDERS
    n_orders = _FEWER_ORDERS if are_fewer_enough else _ORDERS
    seeds = [child_seed(scenario.seed, replication, _STREAM) for replication in range(scenario.replications)]
    return Design(coalitions, is_exact=False, orders=tuple(tuple(draw_orders(n_parts, n_orders, seed)) for seed in seeds))


def run_block(
    scenario: Scenario, number: int, *, blocks: Sequence[tuple[int, ...]], names: tuple[str, ...]
) -> list[ReplicationRun | ReplicationFailure]:
    """Measure some indicators under every set of rules, as practised, in the replications of one of some blocks, side by side.

    Where that fails, each runs by itself, so that a failure is told of those it befell.
    """
    replications = blocks[number]
    try:
        measured = values_side_by_side(scenario, replications, names)
    except Exception:  # noqa: BLE001 - who failed, and why, is found out below
        return [tried(run_coalitions, scenario, replication, names) for replication in replications]
    return [_as_run(replication, {key: values[place] for key, values in measured.items()}) for place, replication in enumerate(replications)]


def run_coalitions(scenario: Scenario, replication: int, names: tuple[str, ...]) -> ReplicationRun:
    """Measure the same in one replication."""
    return _as_run(replication, values_under(scenario, replication, names))


def _as_run(replication: int, measured: Mapping[str, dict[str, float]]) -> ReplicationRun:
    by_rules = {key: OptionRun(values, lawful_best={}, course={}, by_reference={}, reasons={}, by_group={}) for key, values in measured.items()}
    return ReplicationRun(replication, by_rules, {})


def run_designs(designs: Sequence[Design], scenario: Scenario, names: Sequence[str], computing: Computing = _ALONE) -> list[Worths]:
    """Run the coalitions of some options.

    Returns
    -------
        For each design and replication, the (n_names,) worths of a coalition; ``None`` for a replication that failed.
    """
    courses = [[_keys(design, replication, scenario) for replication in range(scenario.replications)] for design in designs]
    plan = _plan(courses, scenario)
    found = iter(_run(plan, tuple(names), computing))
    return [[_worth_of(keys, next(found), names) for keys, _ in of_design] for of_design in courses]


def _keys(design: Design, replication: int, scenario: Scenario) -> tuple[dict[Coalition, str], list[Option]]:
    """Name the rules of each coalition, and give each different rules once, the baseline first."""
    coalitions = design.coalitions_of
    baseline = Option.of("0", scenario.keep_as_is.title, scenario.baseline)
    options: dict[object, Option] = {(): baseline}
    keys: dict[Coalition, str] = {}
    for coalition in design.coalitions(replication):
        course = coalitions.course(coalition) or ()
        signature = coalitions.signature(course)
        if signature not in options:
            options[signature] = Option(str(len(options)), baseline.title, course)
        keys[coalition] = options[signature].key
    return keys, list(options.values())


def _plan(courses: Sequence[Sequence[tuple[dict[Coalition, str], list[Option]]]], scenario: Scenario) -> list[PlannedRun]:
    """Plan the runs; replications of the same coalitions share one scenario."""
    plan = []
    for of_design in courses:
        variants: dict[tuple[str, ...], Scenario] = {}
        for replication, (_, options) in enumerate(of_design):
            keys = tuple(option.key for option in options)
            if keys not in variants:
                variants[keys] = replace(scenario, options=tuple(options))
            plan.append(PlannedRun(variants[keys], replication))
    return plan


def _run(plan: Sequence[PlannedRun], measured: tuple[str, ...], computing: Computing) -> list[ReplicationRun | None]:
    """Take from the store what it has, and run and keep the rest."""
    report, store = computing.progress or (lambda _done, _total: None), computing.store
    names = [] if store is None else [_for_this(name, measured) for name in identify(plan)]
    results: list[ReplicationRun | None] = [None if store is None else store.get(names[place]) for place in range(len(plan))]
    n_done = sum(result is not None for result in results)
    if n_done:
        report(n_done, len(plan))
    blocks = _blocks(plan, [place for place, result in enumerate(results) if result is None], computing)
    run = partial(run_block, blocks=[tuple(plan[place].replication for place in block) for block in blocks], names=measured)
    planned = [PlannedRun(plan[block[0]].scenario, number) for number, block in enumerate(blocks)]
    for number, found in run_plan_with(run, planned, workers=computing.workers, scheduler=computing.scheduler):
        for place, result in zip(blocks[number], _of_each(found, len(blocks[number])), strict=True):
            if isinstance(result, ReplicationRun):
                results[place] = result
                if store is not None:
                    store.add(names[place], result)
            elif store is not None:
                store.add_failure(names[place], result.error)
        n_done += len(blocks[number])
        report(n_done, len(plan))
    if store is not None:
        store.tell_unusable()
    return results


def _blocks(plan: Sequence[PlannedRun], missing: Sequence[int], computing: Computing) -> list[list[int]]:
    """Lay together the places of runs of the same coalitions, so many that go side by side, but so that everybody who computes has some, and tells of them soon."""
    most = 1 if computing.scheduler else math.ceil(len(missing) / (_BLOCKS_EACH * computing.workers))  # how many work for a scheduler nobody knows
    blocks: list[list[int]] = []
    for _, alike in groupby(missing, key=lambda place: id(plan[place].scenario)):
        places = list(alike)
        together = min(most, len(in_batches(plan[places[0]].scenario, range(len(places)), tells_reasons=False)[0]))
        blocks += [places[first : first + together] for first in range(0, len(places), together)]
    return blocks


def _of_each(found: list[ReplicationRun | ReplicationFailure] | ReplicationFailure, n_runs: int) -> list[ReplicationRun | ReplicationFailure]:
    """Give what came of each run of a block; whoever computed a block and died is the failure of all of them."""
    return [found] * n_runs if isinstance(found, ReplicationFailure) else found


def _for_this(name: RunId, measured: Sequence[str]) -> RunId:
    """Tell these runs from those of a comparison of the same options, which measure more."""
    words = "\n".join((_PURPOSE, *measured, name.scenario))
    return replace(name, scenario=hashlib.sha256(words.encode()).hexdigest())


def _worth_of(keys: dict[Coalition, str], run: ReplicationRun | None, names: Sequence[str]) -> Worth | None:
    if run is None:
        return None
    by_key = {key: _finite([run.by_rules[key].values[name] for name in names]) for key in set(keys.values())}
    return lambda coalition: by_key[keys[coalition]]


def _finite(values: list[float]) -> FloatArray:
    worths = np.array(values, dtype=np.float64)
    return np.where(np.isfinite(worths), worths, np.nan)
