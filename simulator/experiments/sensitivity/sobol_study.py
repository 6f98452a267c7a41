"""Sobol indices of a few inputs: from runs of the model at every row of a Saltelli sample, or at its base rows only and an emulator for the others.

Where an emulator stands in, only what it predicts is taken for known: indices are shares of the whole variance of the runs, so that they add up to no more than
the emulator explains, and the upper end of every total index leaves room for all it does not, for any input may have its part in that. The dummy is never emulated:
its rows are run, so that its index says what luck really does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.execution.processes import processes_for
from simulator.experiments.mathematics.gaussian_process import GaussianProcess
from simulator.experiments.mathematics.salib_studies import SaltelliRows, base_rows, saltelli_places, sobol_indices, take_apart
from simulator.experiments.mathematics.space_filling import positions
from simulator.experiments.sensitivity.difference_runs import luck_of_means, means
from simulator.experiments.sensitivity.uncertain_inputs import draw_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import BoolArray, FloatArray
    from simulator.experiments.sensitivity.difference_runs import DifferenceRuns
    from simulator.experiments.sensitivity.uncertain_inputs import UncertainInput

_BOOTSTRAPS: Final = 200
_SURFACES: Final = 40
"""Surfaces that fit the runs, drawn from an emulator; an index is the mean of theirs."""
_TAIL: Final = 2.5


@dataclass(frozen=True, slots=True)
class SobolPlan:
    """How much is run.

    Attributes
    ----------
    base
        Base rows of the sample that is run; a power of 2.
    rows
        Base rows of the sample that is emulated; ``None`` where every row of the smaller sample is run on the model.
    rows_of_dummy
        Base rows of which the dummy's own are run, beside an emulator.
    width
        Replications averaged in a run.
    """

    base: int = 64
    rows: int | None = 512
    rows_of_dummy: int = 32
    width: int = 5

    def n_runs(self, n_inputs: int) -> int:
        """Give how many draws it takes, the dummy being one of the inputs."""
        return self.base * (n_inputs + 2) if self.rows is None else 2 * self.base + self.rows_of_dummy


@dataclass(frozen=True, slots=True)
class Spread:
    """Numbers with their intervals, each (n_inputs, n_outputs)."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class SobolFound:
    """What the draws gave.

    Attributes
    ----------
    first, total
        Indices of the inputs, in their order.
    places
        (n_draws, n_inputs) of the base draws.
    outputs
        (n_draws, n_outputs) differences there.
    luck
        (n_outputs,) share of their variance that luck makes within a run.
    explained
        (n_outputs,) share of their variance the emulator predicts; ``None`` without one.
    is_defined
        (n_outputs,) whether an output is defined in every draw; indices of the others are 0.
    """

    first: Spread
    total: Spread
    places: FloatArray
    outputs: FloatArray
    luck: FloatArray
    explained: FloatArray | None
    is_defined: BoolArray


def find_indices(runs: DifferenceRuns, inputs: Sequence[UncertainInput], plan: SobolPlan, seed: int, *, is_apart: bool = False) -> SobolFound:
    """Find the indices of some inputs, the dummy the last of them.

    ``is_apart`` has the emulator fitted in a process of its own with one thread. Matrices are multiplied by as many threads as there are processors, and
    another number of them gives other last digits, which a fit makes larger: in one thread, any machine gives the same, and a busy one much sooner.
    """
    names = [each.id for each in inputs]
    places = saltelli_places(names, plan.base, seed)
    base = base_rows(places)
    asked = places if plan.rows is None else np.vstack([base, _dummy_rows(places)[: plan.rows_of_dummy]])
    observed = runs.observe([draw_at(dict(zip(inputs, place, strict=True))) for place in asked], plan.width)
    outputs = means(observed)
    is_defined: BoolArray = np.asarray(np.isfinite(outputs).all(axis=0))
    outputs = np.where(is_defined, outputs, 0.0)
    rows = take_apart(outputs, len(inputs)) if plan.rows is None else None
    of_draws = outputs[: 2 * plan.base] if rows is None else np.vstack([rows.base, rows.other])
    variance = of_draws.var(axis=0)
    luck = np.where(variance > 0, luck_of_means(observed) / np.where(variance > 0, variance, 1.0), 0.0)
    rng = np.random.default_rng([seed, plan.base])
    if rows is not None:
        first, total = _bootstrapped(rows, rng)
        return SobolFound(first, total, base, of_draws, luck, None, is_defined)
    if is_apart:
        with processes_for(1, 1) as crew:
            first, total, explained = crew.submit(_emulated, inputs, base, of_draws, plan, seed, luck).result()
    else:
        first, total, explained = _emulated(inputs, base, of_draws, plan, seed, luck)
    dummy = SaltelliRows(of_draws[: plan.rows_of_dummy], of_draws[plan.base : plan.base + plan.rows_of_dummy], outputs[None, 2 * plan.base :])
    of_dummy = _bootstrapped(dummy, rng)
    return SobolFound(_joined(first, of_dummy[0]), _joined(total, of_dummy[1]), base, of_draws, luck, explained, is_defined)


def _dummy_rows(places: FloatArray) -> FloatArray:
    """Give the rows in which only the last input comes from the second sample."""
    step = places.shape[1] + 2
    return places[step - 2 :: step]


def _emulated(
    inputs: Sequence[UncertainInput], base: FloatArray, outputs: FloatArray, plan: SobolPlan, seed: int, luck: FloatArray
) -> tuple[Spread, Spread, FloatArray]:
    """Read the indices of all inputs but the dummy from emulators, one for each output."""
    known = inputs[:-1]
    is_number = np.array([each.levels == 0 for each in known])
    sample = saltelli_places([each.id for each in known], plan.rows or plan.base, seed)
    (structure,) = (place for place, each in enumerate(known) if each.levels)
    levels = known[structure].levels
    at_runs, at_rows = positions(base[:, structure], levels), positions(sample[:, structure], levels)
    rng = np.random.default_rng([seed, 1])
    found: list[tuple[FloatArray, ...]] = []
    explained = np.ones(outputs.shape[1])
    for number, output in enumerate(outputs.T):
        process = GaussianProcess(base[:, :-1][:, is_number], at_runs, output)
        explained[number] = process.explained
        rows = take_apart(process.draw(sample[:, is_number], at_rows, _SURFACES, rng).T, len(known))
        first, total = sobol_indices(rows)
        # Each interval is that of surfaces and rows drawn anew together: what the emulator does not know, and what the sample does not.
        anew = sobol_indices(_rows_of_its_own(rows, rng))
        found.append((first.mean(axis=1), *_interval(first, anew[0]), total.mean(axis=1), *_interval(total, anew[1])))
    first_value, first_low, first_high, total_value, total_low, total_high = (np.column_stack(part) for part in zip(*found, strict=True))
    moves = outputs.std(axis=0) > 0
    unknown = np.where(moves, np.maximum(1 - explained - np.nan_to_num(luck), 0.0), 0.0)
    return (
        Spread(explained * first_value, explained * first_low, explained * first_high),
        Spread(explained * total_value, explained * np.maximum(total_low, 0.0), np.minimum(explained * total_high + unknown, 1.0)),
        explained,
    )


def _rows_of_its_own(rows: SaltelliRows, rng: np.random.Generator) -> SaltelliRows:
    """Draw rows anew for every output, each time others."""
    n, n_outputs = rows.base.shape
    drawn, column = rng.integers(n, size=(n, n_outputs)), np.arange(n_outputs)
    return SaltelliRows(rows.base[drawn, column], rows.other[drawn, column], rows.crossed[:, drawn, column])


def _interval(value: FloatArray, drawn: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give what 95 of 100 drawn indices lie between, or as far on the other side of the index: an estimate of a share that is nothing only errs upwards."""
    low, high = np.percentile(drawn, [_TAIL, 100 - _TAIL], axis=1)
    index = value.mean(axis=1)
    return np.minimum(low, 2 * index - high), np.maximum(high, 2 * index - low)


def _bootstrapped(rows: SaltelliRows, rng: np.random.Generator) -> tuple[Spread, Spread]:
    """Give indices with intervals by bootstrap over the rows."""
    n = len(rows.base)
    drawn = [sobol_indices(rows.of(rng.integers(n, size=n))) for _ in range(_BOOTSTRAPS)]
    spreads = []
    for value, of_drawn in zip(sobol_indices(rows), zip(*drawn, strict=True), strict=True):
        low, high = np.percentile(np.array(of_drawn), [_TAIL, 100 - _TAIL], axis=0)
        spreads.append(Spread(value, np.minimum(low, value), np.maximum(high, value)))
    return spreads[0], spreads[1]


def _joined(some: Spread, other: Spread) -> Spread:
    return Spread(*(np.vstack([getattr(some, name), getattr(other, name)]) for name in ("value", "low", "high")))
