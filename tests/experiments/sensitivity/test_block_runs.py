"""Blocks of replications: the same numbers as single runs, kept bit for bit, and a failure ends the study."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import RunError
from simulator.experiments.execution.computing import Computing
from simulator.experiments.execution.headline_runs import run_headlines
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.sensitivity.block_runs import run_block, run_blocks
from simulator.experiments.sensitivity.uncertain_inputs import Draw
from simulator.experiments.store.store import Store

DRAWS = [Draw((("rank_weight", 0.3),), 1), Draw((("rank_weight", 0.3),)), Draw((("rank_weight", 0.3),), 1)]


def test_a_block_holds_what_single_runs_give(tiny):
    block = run_block(tiny, 1, width=2)
    single = [run_headlines(tiny, replication) for replication in (2, 3)]
    expected = [[[run[option.key][name] for run in single] for name in COMPARED] for option in tiny.options]
    assert np.array_equal(block, np.array(expected), equal_nan=True)


def test_draws_are_run_once_kept_and_found_again(tiny, tmp_path, monkeypatch):
    told = []
    store = Store(tmp_path)
    first = run_blocks(tiny, DRAWS, 2, Computing(store=store), lambda: told.append(1))
    assert len(told) == 2
    assert first[0] is first[2]
    assert not np.array_equal(first[0], first[1])
    monkeypatch.setattr("simulator.experiments.sensitivity.block_runs.run_block", None)
    again = run_blocks(tiny, DRAWS, 2, Computing(store=store))
    assert [block.tolist() for block in again] == [block.tolist() for block in first]
    with pytest.raises(RunError, match="a run of the study failed"):
        run_blocks(tiny, DRAWS, 3, Computing(store=store))


def test_what_was_changed_by_hand_in_the_store_is_as_good_as_none(tiny, monkeypatch, tmp_path):
    store = Store(tmp_path)
    (first,) = run_blocks(tiny, DRAWS[:1], 1, Computing(store=store))
    for text in ("[]", "[[[1]]]", "nonsense", '[[["x"]]]'):
        monkeypatch.setattr(Store, "get_study", lambda *_, told=text: told)
        assert np.array_equal(run_blocks(tiny, DRAWS[:1], 1, Computing(store=store))[0], first, equal_nan=True)
