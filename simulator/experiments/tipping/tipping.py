"""Where an option tips over: in which of many futures it is worse than the rules as they are, told as a box.

Every option meets the same futures, and in each the same people and luck as the baseline. A future in which nothing can be run is a row
that says why. How far luck alone decides is told by futures that are run a second time under other lucks: no box can tell more than they
agree. What a run costs is better spent on some lucks of each future than on more futures of one luck, for a wrong answer hides the end of
a box: of boxes planted in noise like that of the runs, six hundred futures of four lucks find what a thousand of one do not
(``tests/experiments/tipping/test_tipping.py``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from simulator.errors import RunError
from simulator.experiments.mathematics.discovery import discover
from simulator.experiments.mathematics.peeling import Points
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS, members_of
from simulator.experiments.sensitivity.one_at_a_time import check_options
from simulator.experiments.tipping.acting import idle_inputs
from simulator.experiments.tipping.future_runs import run_futures
from simulator.experiments.tipping.futures import OTHER_LUCK, FutureRun, draw_futures
from simulator.experiments.tipping.results import (
    STRUCTURE,
    UNIT_SIZE,
    FutureFailure,
    OptionTipping,
    Restriction,
    Spread,
    Tipping,
    TippingBox,
    TippingEvent,
)
from simulator.experiments.tipping.robustness_map import counted_targets, least_regret, map_options, together
from simulator.experiments.tipping.targets import targets_of
from simulator.model.behaviour import STRUCTURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.mathematics.discovery import Discovery
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.tipping.future_runs import RunFutures
    from simulator.experiments.tipping.futures import Futures
    from simulator.experiments.tipping.results import EventWord
    from simulator.experiments.tipping.targets import Target

Missed: TypeAlias = "dict[str, dict[str, FloatArray]]"
"""Key of an option → indicator of a target → (n,) 1 where it is missed, NaN where nobody can tell."""

FUTURES: Final = 600
"""Futures tried where nobody asks for another number."""
REPLICATIONS: Final = 4
"""Replications of each future where nobody asks for another number: side by side, four cost little more than half as much again as one."""
REPEATED: Final = 30
"""Futures that are run again under other lucks."""
FEWEST: Final = 20
"""With fewer futures of either kind no box is looked for."""
ANY: Final = "any"
"""Some target, whichever."""


def find_tipping(
    scenario: Scenario, computing: Computing, *, futures: int = FUTURES, replications: int = REPLICATIONS, members: int | None = THINNED_MEMBERS
) -> Tipping:
    """Try the options of a scenario in many futures.

    Parameters
    ----------
    scenario
        The scenario.
    computing
        Who computes.
    futures
        How many futures.
    replications
        Over how many lucks each is averaged.
    members
        About how many members each is thinned to; ``None`` keeps as many as the scenario has.

    Raises
    ------
    RunError
        If no option changes anything, or no future can be run.
    """
    check_options(scenario)
    targets = targets_of(scenario)
    names = tuple(target.indicator for target in targets)
    idle = idle_inputs(scenario, names, computing.store)
    drawn = draw_futures(scenario, futures, idle)
    run = FutureRun(drawn, names, members, replications)
    numbers = range(len(drawn))
    again = range(OTHER_LUCK, OTHER_LUCK + min(REPEATED, len(drawn)))
    found = run_futures(scenario, run, [*numbers, *again], computing)
    failures = found.failures(numbers)
    if len(failures) == len(drawn):
        reason = failures[0]
        raise RunError(f"no future could be run: {reason}", fields={"reason": reason})
    missed = _missed(scenario, found, numbers, targets)
    ran = np.array([number not in failures for number in numbers])
    repeated = _missed(scenario, found, again, targets)
    options = [_told(scenario, option, found, (missed, repeated), drawn) for option in scenario.options if option.key != scenario.keep_as_is.key]
    values = {option.key: {name: found.column(option.key, name, numbers) for name in run.names} for option in scenario.options}
    robustness = map_options(scenario.options, values, missed, np.where(ran, drawn.structures, -1), targets)
    shown = {each.input for option in options for event in option.events.values() if event.box for each in event.box.restrictions} | {UNIT_SIZE}
    return Tipping(
        scenario=scenario.id,
        title={"vi": scenario.title.vi, "en": scenario.title.en},
        baseline_title={"vi": scenario.keep_as_is.title.vi, "en": scenario.keep_as_is.title.en},
        seed=scenario.seed,
        futures=len(drawn),
        replications=replications,
        members_asked=members,
        members_in_scenario=members_of(scenario.population),
        years=scenario.years,
        targets=list(targets),
        inputs=list(drawn.inputs),
        options=options,
        robustness=robustness,
        least_regret=least_regret(robustness),
        repeated=len(again),
        failures=[FutureFailure(number, reason) for number, reason in failures.items()],
        structures=[STRUCTURES[place] for place in drawn.structures.tolist()],
        shown_values={each.id: drawn.numbers[:, column].tolist() for column, each in enumerate(drawn.inputs[:-1]) if each.id in shown},
        idle=sorted(idle),
    )


def _missed(scenario: Scenario, found: RunFutures, numbers: Sequence[int], targets: Sequence[Target]) -> Missed:
    base = {target.indicator: found.column(scenario.keep_as_is.key, target.indicator, numbers) for target in targets}
    return {
        option.key: {each.indicator: each.is_missed(found.column(option.key, each.indicator, numbers), base[each.indicator]) for each in targets}
        for option in scenario.options
    }


def _told(scenario: Scenario, option: Option, found: RunFutures, missed: tuple[Missed, Missed], drawn: Futures) -> OptionTipping:
    of_option, base, numbers = missed[0][option.key], scenario.keep_as_is.key, range(len(drawn))
    counted = counted_targets(missed[0])
    of_all, of_all_again = together(of_option, counted), together(missed[1][option.key], counted)
    events = {ANY: of_all} | (of_option if len(of_option) > 1 else {})
    return OptionTipping(
        id=option.id,
        title={"vi": option.title.vi, "en": option.title.en},
        differences={name: _spread(found.column(option.key, name, numbers) - found.column(base, name, numbers)) for name in of_option},
        events={name: tell_event(name, event, drawn) for name, event in events.items()},
        repeated_alike=int(np.isclose(of_all[: len(of_all_again)], of_all_again, equal_nan=True).sum()),
    )


def _spread(differences: FloatArray) -> Spread:
    known = differences[np.isfinite(differences)]
    if not len(known):
        return Spread(0, None, None, None)
    return Spread(len(known), float(known.mean()), float(known.min()), float(known.max()))


def tell_event(target: str, missed: FloatArray, drawn: Futures) -> TippingEvent:
    """Say in how many futures a target is missed, and look for the box in which futures of the rarer kind gather.

    Parameters
    ----------
    target
        The indicator of the target, or :data:`ANY`.
    missed
        (n,) 1 where it is missed, 0 where it is met, NaN where nobody can tell.
    drawn
        The futures.
    """
    is_known = np.isfinite(missed)
    n, n_missed = int(is_known.sum()), int((missed == 1).sum())
    rarer = 1.0 if 2 * n_missed <= n else 0.0
    discovery = None
    if min(n_missed, n - n_missed) >= FEWEST:
        points = Points(drawn.numbers[is_known], drawn.structures[is_known, None], missed[is_known] == rarer)
        discovery = discover(points, [(each.high or 0.0) - (each.low or 0.0) for each in drawn.inputs[:-1]])
    box = None if discovery is None else _box(discovery, drawn, "misses" if rarer else "meets")
    answers = [None if math.isnan(each) else bool(each) for each in missed.tolist()]
    return TippingEvent(target, n, n_missed, _word(n, n_missed, box), box, answers)


def _word(n: int, n_missed: int, box: TippingBox | None) -> EventWord:
    if not n:
        return "unknown"
    if n_missed in {0, n}:
        return "always" if n_missed else "never"
    if min(n_missed, n - n_missed) < FEWEST:
        return "rare"
    if box is None:
        return "spread"
    return "box" if box.is_reached else "weak"


def _box(discovery: Discovery, drawn: Futures, holds: str) -> TippingBox:
    box, fit, left_out = discovery.box, discovery.fit, discovery.left_out
    restrictions = []
    for limit, value in discovery.quasi_p.items():
        if limit.side == "among":
            among: list[str] = [STRUCTURES[place] for place in sorted(box.among[limit.column] or ())]
            restrictions.append(Restriction(STRUCTURE, "among", None, among, value))
        else:
            end = float(box.low[limit.column] if limit.side == "low" else box.high[limit.column])
            restrictions.append(Restriction(drawn.inputs[limit.column].id, limit.side, end, [], value))  # type: ignore[arg-type]  # low or high
    return TippingBox(
        holds=holds,  # type: ignore[arg-type]  # misses or meets
        restrictions=sorted(restrictions, key=lambda each: each.quasi_p),
        inside=fit.inside,
        cases_inside=fit.cases_inside,
        cases=fit.cases,
        coverage=fit.coverage,
        density=fit.density,
        coverage_left_out=left_out.coverage,
        density_left_out=left_out.density,
        is_reached=discovery.is_reached,
    )
