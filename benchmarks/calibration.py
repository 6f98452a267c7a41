"""What this machine does with the three things the engine does most: copy, sort packed keys, draw noise; and with what an ordinary model does most: ask objects.

A figure of the engine divided by the sort kernel is worth comparing between machines; a figure in nanoseconds is not, and nor is how many times as fast the one is as the other:
a machine may sort four times as slowly and ask objects as fast. The kernels are run before, between and
after all else: where they differ by more than a quarter, somebody else was using the machine, and the figures of that run say little.
"""

# ruff: noqa: INP001 - benchmarks stand beside the house, not in it
from __future__ import annotations

import time
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

REFERENCE_SORT_NS: Final = 4.0
"""Figures are scaled to a machine that sorts a packed key in so many nanoseconds."""
REFERENCE_OBJECT_NS: Final = 20.0
"""Those of a model of objects: to one that asks an object that does nothing in so many."""
MOST_SPREAD: Final = 0.25
N_KEYS: Final = 1_000_000
BLOCK: Final = 65_536
NOISE_BLOCK: Final = 16_384
N_COPIED: Final = 50_000_000
N_OBJECTS: Final = 100_000
REPEATS: Final = 7
KERNELS: Final = ("copy_gb_per_s", "sort_ns", "sort_in_blocks_ns", "noise_ns", "object_ns")


class _Idle:
    """An object as an ordinary model has one for each member."""

    def do_nothing(self) -> None:
        """Do nothing."""


def run_kernels(n_keys: int = N_KEYS, n_copied: int = N_COPIED, n_objects: int = N_OBJECTS) -> dict[str, float]:
    """Run the kernels once over, each as fast as it gets in a few repeats."""
    keys = packed_keys(n_keys)
    work = np.empty_like(keys)

    def refill() -> None:
        np.copyto(work, keys)

    def sort_in_blocks() -> None:
        for start in range(0, n_keys, BLOCK):
            work[start : start + BLOCK].sort()

    source, target = np.ones(n_copied, dtype=np.uint8), np.empty(n_copied, dtype=np.uint8)
    table = quantiles()
    ids, drawn = np.arange(NOISE_BLOCK, dtype=np.uint64), np.empty(NOISE_BLOCK, dtype=np.float32)
    n_blocks = max(1, n_keys // NOISE_BLOCK)

    def draw() -> None:
        for block in range(n_blocks):
            draw_noise(ids, block, table, drawn)

    objects = [_Idle() for _ in range(n_objects)]

    def ask() -> None:
        for one in objects:
            one.do_nothing()

    return {
        "copy_gb_per_s": 2 * n_copied / best_of(lambda: np.copyto(target, source)) / 1e9,
        "sort_ns": best_of(work.sort, refill) / n_keys * 1e9,
        "sort_in_blocks_ns": best_of(sort_in_blocks, refill) / n_keys * 1e9,
        "noise_ns": best_of(draw) / (n_blocks * NOISE_BLOCK) * 1e9,
        "object_ns": best_of(ask) / n_objects * 1e9,
    }


def best_of(work: Callable[[], Any], prepare: Callable[[], Any] | None = None, repeats: int = REPEATS) -> float:
    """Take the fewest seconds of some repeats; what prepares one is not counted."""
    best = float("inf")
    for _ in range(repeats):
        if prepare is not None:
            prepare()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def packed_keys(n: int) -> np.ndarray:
    """Make keys as the engine sorts them: unit, score and place, the units in their order."""
    luck = np.random.default_rng(1)
    unit, score = np.arange(n, dtype=np.int64) // 50, luck.integers(0, 2**22, n)
    return (unit << 42) | (score << 20) | (np.arange(n) & 4095)


def quantiles() -> np.ndarray:
    """Tabulate 65,536 quantiles of a standard normal."""
    inverse = NormalDist().inv_cdf
    return np.array([inverse((level + 0.5) / 2**16) for level in range(2**16)], dtype=np.float32)


def draw_noise(ids: np.ndarray, start: int, table: np.ndarray, drawn: np.ndarray) -> None:
    """Hash a counter (the finaliser of SplitMix64) and look 16 bits of it up."""
    state = ids * np.uint64(0x9E3779B97F4A7C15)
    state += np.uint64(start)
    scratch = state >> np.uint64(30)
    state ^= scratch
    state *= np.uint64(0xBF58476D1CE4E5B9)
    np.right_shift(state, np.uint64(27), out=scratch)
    state ^= scratch
    state *= np.uint64(0x94D049BB133111EB)
    np.right_shift(state, np.uint64(31), out=scratch)
    state ^= scratch
    state >>= np.uint64(48)
    table.take(state.view(np.int64), out=drawn, mode="clip")


def summarise(rounds: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Join the rounds: the best of each kernel, how far the rounds lie apart, and whether that lets the figures be trusted."""
    best = {name: (max if name == "copy_gb_per_s" else min)(one[name] for one in rounds) for name in KERNELS}
    spread = {name: max(one[name] for one in rounds) / min(one[name] for one in rounds) - 1 for name in KERNELS}
    return {
        **best,
        "reference_sort_ns": REFERENCE_SORT_NS,
        "reference_object_ns": REFERENCE_OBJECT_NS,
        "rounds": list(rounds),
        "spread": spread,
        "is_trustworthy": spread["sort_ns"] <= MOST_SPREAD and spread["noise_ns"] <= MOST_SPREAD,
    }
