"""What a comparison holds of the commendation ladder."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.experiments.results.records import BilingualText, Record

FEW_CAVEAT = "caveat.too-few"
"""Caveat of a number that is null because what it counts happened too seldom in the replications."""


@dataclass(frozen=True)
class RunCount(Record):
    """A count in one replication: its mean, the smallest and the largest, and the same of its paired differences from the baseline."""

    value: float
    smallest: int
    largest: int
    difference: float
    difference_smallest: int
    difference_largest: int


@dataclass(frozen=True)
class ReachedBy(Record):
    """The part of those followed who have won the upper award within so many years of the lower one (Kaplan–Meier; who leaves is counted until then).

    All replications together make the value. Intervals are those of leaving out one replication after the other; differences are option minus baseline, with
    the same replication left out of both. ``n`` counts the replications in which both have somebody who can be seen in the last of these years. ``arrived``
    got there within these years, and ``at_risk`` could be seen in the last of them and had not got there before, in all replications together. Of fewer than
    five who arrived, of fewer than half the replications, or where all arrived in one of them, no part is told.
    """

    years: int
    value: float | None
    low: float | None
    high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    n: int
    at_risk: int
    arrived: int
    caveat: str | None = None


@dataclass(frozen=True)
class LadderStep(Record):
    """One step of the commendation ladder under one option: from an award to the next one above it; it describes, and has no verdict.

    ``followed`` are those who win the lower award for the first time in the years compared, and have not won the upper one before. ``all_followed`` and
    ``all_arrived`` add up the replications; ``reached`` holds the horizons, the nearest first. ``median_years`` is the year in which half have arrived, with
    its 95 % interval: null where fewer have within ``observed_years``, the longest anybody could be followed, and an end is null where it lies beyond them.
    """

    award: str
    award_title: BilingualText
    next_award: str
    next_title: BilingualText
    followed: RunCount
    all_followed: int
    all_arrived: int
    reached: list[ReachedBy]
    observed_years: int
    median_years: int | None
    median_low: int | None
    median_high: int | None
