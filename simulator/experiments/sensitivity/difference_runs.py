"""How far apart the options of a scenario are at many places of the space of its inputs: every option minus the baseline, each headline indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.sensitivity.block_runs import run_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.sensitivity.uncertain_inputs import Draw


class DifferenceRuns:
    """Runs of a study, and how many of them there are.

    Parameters
    ----------
    scenario
        The scenario; what a draw does not name stays as it has it.
    computing
        Who computes.
    n_expected
        Runs the study will need, as far as anybody knows when it begins.

    Attributes
    ----------
    options
        The options that change something.
    outputs
        Id of an option and indicator, for each output.
    margins
        (n_outputs,) the smallest differences worth a word.
    n_runs
        Replications run so far.
    """

    def __init__(self, scenario: Scenario, computing: Computing, n_expected: int = 0) -> None:
        self.scenario = scenario
        self.computing = computing
        self.n_expected = n_expected
        self.options = [option for option in scenario.options if option.key != scenario.keep_as_is.key]
        self.outputs = [(option.id, name) for option in self.options for name in COMPARED]
        self.margins: FloatArray = np.array([scenario.assumptions.margins[name] for _, name in self.outputs])
        self.n_runs = 0
        self._n_done = 0

    def observe(self, draws: Sequence[Draw], width: int) -> FloatArray:
        """(n_draws, n_outputs, width) differences in every replication of every draw's block; undefined is NaN."""
        positions = {option.id: place for place, option in enumerate(self.scenario.options)}
        values = self.values(draws, width)
        keep = values[:, [positions[self.scenario.keep_as_is.id]]]
        moved: FloatArray = values[:, [positions[option.id] for option in self.options]] - keep
        return moved.reshape(len(draws), len(self.outputs), width)

    def values(self, draws: Sequence[Draw], width: int) -> FloatArray:
        """(n_draws, n_options, n_headlines, width) values of all options of the scenario."""
        self.n_runs += len(set(draws)) * width
        return np.array(run_blocks(self.scenario, draws, width, self.computing, self._tell))

    def _tell(self) -> None:
        self._n_done += 1
        if self.computing.progress is not None:
            self.computing.progress(self._n_done, max(self.n_expected, self._n_done))


def means(observed: FloatArray) -> FloatArray:
    """(n_draws, n_outputs) mean over the replications in which a difference is defined; NaN where it never is."""
    is_defined = np.isfinite(observed)
    n = is_defined.sum(axis=-1)
    total = np.where(is_defined, observed, 0.0).sum(axis=-1)
    return np.where(n > 0, total / np.maximum(n, 1), np.nan)


def luck_of_means(observed: FloatArray) -> FloatArray:
    """(n_outputs,) variance that luck alone gives the mean of a draw, averaged over draws; NaN with fewer than two replications."""
    is_defined = np.isfinite(observed)
    n = is_defined.sum(axis=-1)
    squares = np.where(is_defined, (observed - means(observed)[..., None]) ** 2, 0.0).sum(axis=-1)
    is_known = n > 1
    of_mean = np.where(is_known, squares / np.maximum(n - 1, 1) / np.maximum(n, 1), 0.0)
    return np.where(is_known.any(axis=0), of_mean.sum(axis=0) / np.maximum(is_known.sum(axis=0), 1), np.nan)
