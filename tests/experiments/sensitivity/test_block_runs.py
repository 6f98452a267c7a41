"""Blocks of replications: the same numbers as single runs, kept bit for bit, and a failure ends the study."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import RunError
from simulator.experiments.execution.computing import Computing
from simulator.experiments.execution.headline_runs import run_headlines
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.sensitivity.block_runs import DrawRun, run_block, run_blocks
from simulator.experiments.sensitivity.uncertain_inputs import COMPLIANCE, STRUCTURE, Draw
from simulator.experiments.store.store import Store
from tests.experiments.attribution.test_coalitions import asking
from tests.worlds import GROUND, one_award, quota

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
    for name in ("run_block", "values_of_variants"):
        monkeypatch.setattr(f"simulator.experiments.sensitivity.block_runs.{name}", None)
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


def test_draws_run_together_give_what_each_gives_alone_to_the_last_bit(tiny):
    """They differ in numbers, in how far exhortations are followed, and in their luck; only those of one structure go together."""
    words = f"urged: {{kind: exhortation, {GROUND}, compliance: {{value: 0.5, low: 0, high: 1}}, moves: [{{assumption: rank_weight, toward: 0.0}}]}}"
    urged = asking(tiny, one_award(quota(0.25)), one_award(quota(0.25), words)).with_(years=2, warm_up_years=2)
    draws = [
        Draw((("rank_weight", 0.1 + 0.05 * n), ("turnover", 0.02 * (n + 1)), (COMPLIANCE, 0.15 * n), (STRUCTURE, n // 3)), n % 2) for n in range(1, 6)
    ]
    run = DrawRun(draws, 2, 400)
    assert len({run.kind_of(urged, number) for number in (0, 1)}) == 1
    assert len({run.kind_of(urged, number) for number in range(5)}) == 2
    for numbers in ([0, 1], [2, 3, 4]):
        for together, number in zip(run.together(urged, numbers), numbers, strict=True):
            assert np.array_equal(together, run(urged, number), equal_nan=True)


@pytest.mark.parametrize(("width", "members", "n_together"), [(2, 2000, 16), (5, 2000, 6), (20, 2000, 1), (1, 10**6, 1)])
def test_as_many_draws_go_together_as_make_a_run_worth_its_start(width, members, n_together):
    assert DrawRun(DRAWS, width, members).n_together == n_together
