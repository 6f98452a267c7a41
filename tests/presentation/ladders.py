"""Hand-made ladders for the specimen of a comparison."""

from __future__ import annotations

from dataclasses import replace

from simulator.experiments.results.ladder import FEW_CAVEAT, LadderStep, ReachedBy, RunCount
from tests.presentation.specimen import specimen_comparison

NAMES = {"low": "Bậc một", "middle": "Bậc hai", "high": "Bậc ba", "top": "Bậc bốn", "other": "Bậc khác"}
RUNS = 20
"""Replications of the specimen."""


def reached_by(years, followed, share, of_baseline=None, half=0.01):
    """Give a horizon at which so many have arrived; None is too few, 0 is nobody."""
    arrived = round(RUNS * followed * share) if share else 3 * (share is None)
    if not share:
        return ReachedBy(years, None, None, None, None, None, None, RUNS, round(RUNS * followed / years), arrived, FEW_CAVEAT)
    difference = 0.0 if of_baseline is None else share - of_baseline
    ends = (share - half, share + half, difference, difference - half, difference + half)
    return ReachedBy(years, share, *ends, n=RUNS, at_risk=round(RUNS * followed / years), arrived=arrived)


def step(lower, upper, followed, share, median=None, of_baseline=None):
    """Give a step: a third of the part has arrived after three years, half after five."""
    titles = [{"vi": NAMES.get(award, award), "en": f"Rung {award}"} for award in (lower, upper)]
    parts = ((3, share and share / 3), (5, share and share / 2), (10, share))
    reached = [reached_by(years, followed, part, of_baseline and of_baseline * part / share if part else None) for years, part in parts]
    return LadderStep(
        award=lower,
        award_title=titles[0],
        next_award=upper,
        next_title=titles[1],
        followed=RunCount(followed, round(followed) - (followed > 0), round(followed) + (followed > 0), 0.0, 0, 0),
        all_followed=round(RUNS * followed),
        all_arrived=reached[-1].arrived,
        reached=reached,
        observed_years=11,
        median_years=median,
        median_low=median and median - 1,
        median_high=None,
    )


def with_ladders(*ladders, comparison=None):
    """Give a comparison whose options climb like this: for each option, what :func:`step` takes for each step."""
    comparison = comparison or specimen_comparison()
    options = [replace(option, ladder=[step(*each) for each in ladder]) for option, ladder in zip(comparison.options, ladders, strict=False)]
    return replace(comparison, options=options, replications=RUNS)


STEEP = [("low", "middle", 1000.0, 0.12), ("middle", "high", 120.0, 0.5, 7), ("high", "top", 60.0, 0.0)]
FLAT = [("low", "middle", 900.0, 0.08, None, 0.12), ("middle", "high", 72.0, 0.125, None, 0.5), ("high", "top", 9.0, 0.0)]
