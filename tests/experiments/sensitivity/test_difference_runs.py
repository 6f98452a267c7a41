"""Differences of options from the baseline, replication by replication, their means, and the luck in them."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.execution.computing import Computing
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.sensitivity.block_runs import run_block
from simulator.experiments.sensitivity.difference_runs import DifferenceRuns, luck_of_means, means
from simulator.experiments.sensitivity.uncertain_inputs import Draw


def test_differences_are_options_minus_baseline_and_runs_are_counted(tiny):
    told = []
    runs = DifferenceRuns(tiny, Computing(progress=lambda done, total: told.append((done, total))), 5)
    observed = runs.observe([Draw(()), Draw((), 1)], 2)
    keep, plan = run_block(tiny, 0, width=2)
    assert runs.outputs == [("plan", name) for name in COMPARED]
    assert observed[0].tolist() == (plan - keep).tolist()
    assert runs.n_runs == 4
    assert told == [(1, 5), (2, 5)]
    assert runs.margins.tolist() == [tiny.assumptions.margins[name] for name in COMPARED]


def test_means_leave_out_what_is_undefined():
    observed = np.array([[[1.0, 3.0], [np.nan, 5.0], [np.nan, np.nan]]])
    assert means(observed)[0, :2].tolist() == [2.0, 5.0]
    assert np.isnan(means(observed)[0, 2])


def test_luck_of_a_mean_is_its_squared_standard_error():
    noise = np.random.default_rng(1).standard_normal((4000, 1, 5))
    assert luck_of_means(noise)[0] == pytest.approx(0.2, rel=0.05)
    observed = np.array([[[1.0, 3.0], [np.nan, 5.0]]])
    told = luck_of_means(observed)
    assert told[0] == pytest.approx(1.0)
    assert np.isnan(told[1])
