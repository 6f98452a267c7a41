"""Luck that belongs to people, not to the order of events.

*Which question does this module answer?* What luck does this member have, in this year, for this decision? *What does it
refuse to know?* Rules, ranks, and who asked before. *Where to start:* :meth:`Streams.normal`.

Every draw is a pure function of (seed, stream, year, identifier). A member who happens to write an unlucky file in 2021
writes the same unlucky file under every rule that is being compared, and a rule that asks for one draw more shifts nobody
else's luck. That is what makes the difference of two simulated rules a property of the rules.

The function is the finaliser of SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, OOPSLA
2014) on a counter. Only integer arithmetic and tables rounded to a fixed grid are used, so a draw is the same bit for bit
on every platform, Python and numpy.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.errors import TieuchiError
from simulator.replications import REPLICATION_STEP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray, KeyArray

LARGEST_SEED: Final = 2**63 - 1

_MASK: Final = 2**64 - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15
_GOLDEN_STEP: Final = np.uint64(_GOLDEN)
_ROUNDS: Final = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
_LAST_SHIFT: Final = np.uint64(31)
_HALF: Final = 2**31
_N_LEVELS: Final = 2**16  # resolution of a tabulated quantile
_N_POISSON_LEVELS: Final = 2**12
_YEARS_TOGETHER: Final = 16  # years whose starts are worked out at a time
_BLOCK: Final = 2**14  # identifiers mixed at a time
_GRID: Final = 2.0**20  # tables are rounded to 1/2**20: far coarser than any libm error, far finer than any use


class SeedError(TieuchiError):
    """A seed that is not an integer from 0 to 2**63 - 1."""


def check_seed(seed: object) -> int:
    """Return the seed, or refuse what merely looks like one.

    ``True``, ``7.0`` and ``"7"`` are refused, because silently repairing a seed makes two different runs look the same.

    Raises
    ------
    SeedError
        If ``seed`` is not an ``int`` (numpy integers are welcome) from 0 to 2**63 - 1.
    """
    is_integer = isinstance(seed, (int, np.integer)) and not isinstance(seed, (bool, np.bool_))
    if not is_integer or not 0 <= int(seed) <= LARGEST_SEED:  # type: ignore[call-overload]
        message = f"A seed is a whole number from 0 to {LARGEST_SEED}; found {seed!r}."
        raise SeedError(message)
    return int(seed)  # type: ignore[call-overload, no-any-return]


def child_seed(seed: int, *path: int) -> int:
    """Derive the seed of one replication (or trial) from the seed of the whole experiment.

    Returns
    -------
        An integer from 0 to 2**63 - 1; different paths give unrelated seeds.
    """
    state = _mix_integer(check_seed(seed) + _GOLDEN)
    for step in path:
        state = _mix_integer(state + (step + 1) * _GOLDEN)
    return state >> 1


@dataclass(frozen=True, slots=True)
class Streams:
    """All the luck of one simulated history.

    Replications that are simulated side by side have a seed each, and every identifier says which of them it lies in (:class:`~simulator.replications.SideBySide`): what is
    drawn for it is what the seed of its replication would give it in a history of its own.

    Attributes
    ----------
    seed
        Integer from 0 to 2**63 - 1. Zero is a seed like any other.
    further_seeds
        Of the replications that lie beside the first.
    """

    seed: int
    further_seeds: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse anything that is not a seed."""
        object.__setattr__(self, "seed", check_seed(self.seed))
        object.__setattr__(self, "further_seeds", tuple(map(check_seed, self.further_seeds)))

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seed of each replication."""
        return (self.seed, *self.further_seeds)

    def bits(self, stream: str, *, year: int, ids: IndexArray) -> KeyArray:
        """Draw 64 random bits for each identifier.

        Parameters
        ----------
        stream
            The decision the luck is for, for example ``"council.reads"``.
        year
            Simulated year; may be negative (warm-up).
        ids
            (n,) integer identifiers of members or units, one replication after the other where several lie side by side.

        Returns
        -------
            (n,) uint64.
        """
        return self._draw(stream, year, ids, np.empty(len(ids), dtype=np.uint64), lambda bits, drawn, _: np.copyto(drawn, bits), is_whole=True)

    def uniform(self, stream: str, *, year: int, ids: IndexArray) -> FloatArray:
        """Draw (n,) float32 uniforms on [0, 1) with 24 bits each."""

        def enter(bits: KeyArray, drawn: FloatArray, _: slice) -> None:
            bits >>= np.uint64(40)
            drawn[:] = bits
            drawn *= np.float32(2.0**-24)

        return self._draw(stream, year, ids, np.empty(len(ids), dtype=np.float32), enter)

    def normal(self, stream: str, *, year: int, ids: IndexArray) -> FloatArray:
        """Draw (n,) float32 standard normals from a table of 65,536 quantiles (tails end at 4.2 standard deviations)."""
        return self._look_up(_normal_table(), stream, year, ids)

    def normal_once(self, stream: str, *, ids: IndexArray) -> FloatArray:
        """Draw (n,) float32 standard normals that stay the same over the years: those of year 0. To draw them anew costs less than to keep them and to see whose changed."""
        return self.normal(stream, year=0, ids=ids)

    def exponential(self, stream: str, *, year: int, ids: IndexArray) -> FloatArray:
        """Draw (n,) float32 standard exponentials (mean 1) from a table of 65,536 quantiles."""
        return self._look_up(_exponential_table(), stream, year, ids)

    def is_lucky(self, stream: str, *, year: int, ids: IndexArray, probability: float | FloatArray) -> BoolArray:
        """Draw (n,) independent yes/no answers, each true with the given probability, one for all or (n,)."""
        if isinstance(probability, np.ndarray):
            return self._is_lucky_each(stream, year, ids, probability)
        threshold = min(max(round(probability * 2**32), 0), 2**32)
        if threshold in {0, 2**32}:
            return np.full(len(ids), threshold > 0)
        limit = np.uint64(threshold << 32)  # compares the upper 32 bits
        # The last round turns the lowest of these over where the highest is set; below a half such bits are too large anyway.
        is_whole = threshold > _HALF
        return self._draw(
            stream, year, ids, np.empty(len(ids), dtype=np.bool_), lambda bits, drawn, _: np.less(bits, limit, out=drawn), is_whole=is_whole
        )

    def _is_lucky_each(self, stream: str, year: int, ids: IndexArray, probability: FloatArray) -> BoolArray:
        threshold = np.clip(np.rint(probability * 2**32), 0, 2**32).astype(np.uint64)

        def enter(bits: KeyArray, drawn: BoolArray, place: slice) -> None:
            bits >>= np.uint64(32)
            np.less(bits, threshold[place], out=drawn)

        return self._draw(stream, year, ids, np.empty(len(ids), dtype=np.bool_), enter, is_whole=bool((threshold > _HALF).any()))

    def poisson(self, stream: str, table: PoissonTable, *, year: int, ids: IndexArray, row: IndexArray) -> IndexArray:
        """Draw (n,) int8 Poisson counts; ``row`` says which mean of the table holds for each identifier."""

        def enter(bits: KeyArray, drawn: IndexArray, place: slice) -> None:
            bits >>= np.uint64(52)
            cell = row[place].astype(np.int64)
            cell *= _N_POISSON_LEVELS
            cell += bits.view(np.int64)
            table.counts.take(cell, out=drawn, mode="clip")

        return self._draw(stream, year, ids, np.empty(len(ids), dtype=table.counts.dtype), enter)

    def tie_break(self, *, year: int, ids: IndexArray) -> KeyArray:
        """Draw (n,) uint64 numbers: the lower goes first among equals."""
        return self.bits("tie", year=year, ids=ids)

    def _look_up(self, table: FloatArray, stream: str, year: int, ids: IndexArray) -> FloatArray:
        """Give (n,) entries of a table of 65,536, each as likely as the others."""

        def enter(bits: KeyArray, drawn: FloatArray, _: slice) -> None:
            bits >>= np.uint64(48)
            table.take(bits.view(np.int64), out=drawn, mode="clip")  # no level lies outside; other modes would copy

        return self._draw(stream, year, ids, np.empty(len(ids), dtype=table.dtype), enter)

    def _draw(
        self,
        stream: str,
        year: int,
        ids: IndexArray,
        drawn: np.ndarray,
        enter: Callable[[KeyArray, np.ndarray, slice], None],
        *,
        is_whole: bool = False,
    ) -> np.ndarray:
        """Mix identifiers block by block, so that all work on one block stays in the processor's nearest memory.

        Parameters
        ----------
        stream, year, ids
            What the draw is for.
        drawn
            (n,) what is filled, and returned.
        enter
            Turns the bits of a block, which it may overwrite, into that part of ``drawn``; it is told where the block lies.
        is_whole
            Whether all 64 bits are wanted; else only the upper 31, which the last round of the mixing leaves as they are.
        """
        keys = ids.view(np.uint64) if ids.dtype == np.int64 else ids.astype(np.uint64)
        starts = self._starts(stream, year)
        n_mixed = min(len(keys), _BLOCK)
        state, scratch = np.empty(n_mixed, dtype=np.uint64), np.empty(n_mixed, dtype=np.uint64)
        if len(keys) <= _BLOCK:
            enter(_mix(keys, _start_of_each(starts, keys), state, scratch, is_whole=is_whole), drawn, slice(None))
            return drawn
        for first in range(0, len(keys), _BLOCK):
            place = slice(first, first + _BLOCK)
            part = keys[place]
            bits = _mix(part, _start_of_each(starts, part), state[: len(part)], scratch[: len(part)], is_whole=is_whole)
            enter(bits, drawn[place], place)
        return drawn

    def _starts(self, stream: str, year: int) -> KeyArray | np.uint64:
        """Tell where the mixing starts: one number, or (n_replications,) uint64 where replications lie side by side."""
        if not self.further_seeds:
            return _stream_start(self.seed, stream, year)
        starts: KeyArray = _starts_of_years(self.seeds, stream, year // _YEARS_TOGETHER)[year % _YEARS_TOGETHER]
        return starts


@dataclass(frozen=True, slots=True)
class PoissonTable:
    """Inverse distribution functions of Poisson variables, one row for each mean.

    Attributes
    ----------
    counts
        (n_means * 4096,) int8, row after row.
    """

    counts: IndexArray

    @classmethod
    def of_means(cls, means: Sequence[float]) -> PoissonTable:
        """Tabulate; the probability of a count is exact to 1/4096."""
        levels = (np.arange(_N_POISSON_LEVELS) + 0.5) / _N_POISSON_LEVELS
        highest, most = float(levels[-1]), int(np.iinfo(np.int8).max)
        rows = []
        for mean in means:
            probability = math.exp(-mean)
            cumulative = [probability]
            while cumulative[-1] < highest and len(cumulative) < most:
                probability *= mean / len(cumulative)
                cumulative.append(cumulative[-1] + probability)
            # A row goes up in steps: below each threshold lie so many levels.
            ends = [0, *levels.searchsorted(np.rint(np.array(cumulative) * _GRID) / _GRID).tolist(), _N_POISSON_LEVELS]
            rows.append(np.arange(len(ends) - 1, dtype=np.int8).repeat([end - start for start, end in pairwise(ends)]))
        return cls(counts=np.concatenate(rows))


def _start_of_each(starts: KeyArray | np.uint64, keys: KeyArray) -> KeyArray | np.uint64:
    """Give (n,) keys, one replication after the other, where the mixing of theirs starts."""
    if isinstance(starts, np.uint64):
        return starts
    if not len(keys):
        return starts[:0]
    first, last = int(keys[0]) // REPLICATION_STEP, int(keys[-1]) // REPLICATION_STEP
    if first == last:
        return starts[first : first + 1]
    ends = np.empty(last - first + 2, dtype=np.int64)
    ends[0], ends[1:-1], ends[-1] = 0, keys.searchsorted(_firsts(len(starts))[first + 1 : last + 1]), len(keys)
    return starts[first : last + 1].repeat(ends[1:] - ends[:-1])


def _mix(keys: KeyArray, start: np.uint64 | KeyArray, state: KeyArray, scratch: KeyArray, *, is_whole: bool) -> KeyArray:
    """Mix (n,) keys into ``state``; whole numbers in a column wrap around silently, which is what is wanted here."""
    np.multiply(keys, _GOLDEN_STEP, out=state)
    np.add(state, start, out=state)
    return _finalise(state, scratch, is_whole=is_whole)


def _finalise(state: KeyArray, scratch: KeyArray, *, is_whole: bool = True) -> KeyArray:
    """Mix the bits of some numbers where they stand; unless the whole is wanted, without the last round, which does not touch the upper 31."""
    for shift, factor in _ROUNDS:
        np.right_shift(state, shift, out=scratch)
        state ^= scratch
        state *= factor
    if is_whole:
        np.right_shift(state, _LAST_SHIFT, out=scratch)
        state ^= scratch
    return state


def _mix_integer(value: int) -> int:
    value &= _MASK
    for shift, factor in _ROUNDS:
        value = ((value ^ (value >> int(shift))) * int(factor)) & _MASK
    return value ^ (value >> int(_LAST_SHIFT))


@lru_cache(maxsize=1024)
def _stream_name_hash(stream: str) -> int:
    return int.from_bytes(hashlib.blake2b(stream.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=4096)
def _state_of_stream(seed: int, stream: str) -> int:
    return _mix_integer(_mix_integer(seed + _GOLDEN) ^ _stream_name_hash(stream))


@lru_cache(maxsize=4096)
def _starts_of_years(seeds: tuple[int, ...], stream: str, stretch: int) -> KeyArray:
    """(16, n_replications) where the mixing of a stream starts in the years of a stretch.

    What an identifier adds for its replication is taken off, so that it counts as what it would be without the others.
    """
    states = np.array([_state_of_stream(seed, stream) for seed in seeds], dtype=np.uint64)
    years = np.arange(_YEARS_TOGETHER, dtype=np.int64) + stretch * _YEARS_TOGETHER
    starts = states + years.astype(np.uint64)[:, None] * _GOLDEN_STEP
    _finalise(starts, np.empty_like(starts))
    starts -= _firsts(len(seeds)) * _GOLDEN_STEP
    starts.flags.writeable = False
    return starts


@lru_cache(maxsize=64)
def _firsts(n_replications: int) -> KeyArray:
    """(n_replications,) the first identifier of each replication."""
    firsts = np.arange(n_replications, dtype=np.uint64) * np.uint64(REPLICATION_STEP)
    firsts.flags.writeable = False
    return firsts


@lru_cache(maxsize=4096)  # councils draw from the same streams for every award of a year
def _stream_start(seed: int, stream: str, year: int) -> np.uint64:
    return np.uint64(_mix_integer(_state_of_stream(seed, stream) + (year & _MASK) * _GOLDEN))


def _tabulate(quantiles: Sequence[float]) -> FloatArray:
    table: FloatArray = (np.rint(np.array(quantiles) * _GRID) / _GRID).astype(np.float32)
    table.flags.writeable = False
    return table


@lru_cache(maxsize=1)
def _normal_table() -> FloatArray:
    normal = NormalDist()
    upper = [normal.inv_cdf((level + 0.5) / _N_LEVELS) for level in range(_N_LEVELS // 2, _N_LEVELS)]
    return _tabulate([-value for value in reversed(upper)] + upper)  # symmetric by construction


@lru_cache(maxsize=1)
def _exponential_table() -> FloatArray:
    return _tabulate([-math.log1p(-(level + 0.5) / _N_LEVELS) for level in range(_N_LEVELS)])
