"""The kernels are what they say; how long they take is nobody's business here."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import calibration
from simulator.randomness import Streams

SMALL = {"n_keys": 200_000, "n_copied": 200_000}


def test_the_kernels_give_positive_numbers():
    found = calibration.run_kernels(**SMALL)
    assert set(found) == set(calibration.KERNELS)
    assert all(0 < number < float("inf") for number in found.values())


def test_the_keys_are_in_the_order_of_units_and_need_sorting_inside():
    keys = calibration.packed_keys(10_000)
    assert (np.diff(keys >> 42) >= 0).all()
    assert (np.diff(keys) < 0).any()


def test_the_noise_is_normal():
    drawn = np.empty(calibration.NOISE_BLOCK, dtype=np.float32)
    calibration.draw_noise(np.arange(calibration.NOISE_BLOCK, dtype=np.uint64), 5, calibration.quantiles(), drawn)
    assert abs(float(drawn.mean())) < 0.05
    assert float(drawn.std()) == pytest.approx(1, abs=0.03)
    same = Streams(1).normal("kernel", year=1, ids=np.arange(calibration.NOISE_BLOCK))
    assert np.isin(np.round(drawn, 5), np.round(same, 5)).mean() > 0.2  # out of the same table, by another seed


def rounds(**sort_ns):
    base = {"copy_gb_per_s": 10.0, "sort_ns": 4.0, "sort_in_blocks_ns": 3.0, "noise_ns": 1.0, "object_ns": 20.0}
    return [base, base | sort_ns]


def test_the_best_round_counts_and_the_spread_is_told():
    joined = calibration.summarise(rounds(sort_ns=4.4, copy_gb_per_s=12.0))
    assert (joined["sort_ns"], joined["copy_gb_per_s"]) == (4.0, 12.0)
    assert joined["spread"]["sort_ns"] == pytest.approx(0.1)
    assert joined["is_trustworthy"]
    assert len(joined["rounds"]) == 2


@pytest.mark.parametrize("kernel", ["sort_ns", "noise_ns"])
def test_rounds_far_apart_are_not_trusted(kernel):
    slower = {"sort_ns": 4.0, "noise_ns": 1.0}[kernel] * 1.3
    assert not calibration.summarise(rounds(**{kernel: slower}))["is_trustworthy"]


def test_the_fewest_seconds_count_and_preparing_does_not():
    done = []
    assert calibration.best_of(lambda: done.append("work"), lambda: done.append("prepare"), repeats=2) > 0
    assert done == ["prepare", "work"] * 2
