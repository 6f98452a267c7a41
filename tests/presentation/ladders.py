"""Hand-made ladders for the specimen of a comparison."""

from __future__ import annotations

from dataclasses import replace

from simulator.experiments.results import GroupNumber, LadderStep
from tests.presentation.specimen import specimen_comparison

NAMES = {"low": "Bậc một", "middle": "Bậc hai", "high": "Bậc ba", "top": "Bậc bốn", "other": "Bậc khác"}


def number(value, baseline=None, half=0.01):
    if value is None:
        return GroupNumber(None, None, None, None, None, None, None, n=0, caveat="caveat.undefined")
    difference = 0.0 if baseline is None else value - baseline
    return GroupNumber(value, value - half, value + half, value - difference, difference, difference - half, difference + half, n=20)


def step(lower, upper, holders, share, years, of_baseline=None):
    titles = ({"vi": NAMES[award], "en": f"Rung {award}"} for award in (lower, upper))
    return LadderStep(lower, next(titles), upper, next(titles), number(holders), number(share, of_baseline), number(years))


def with_ladders(*ladders, comparison=None):
    """Give a comparison whose options climb like this: for each option, (lower, upper, holders, share, years) a step."""
    comparison = comparison or specimen_comparison()
    options = [replace(option, ladder=[step(*each) for each in ladder]) for option, ladder in zip(comparison.options, ladders, strict=False)]
    return replace(comparison, options=options)


STEEP = [("low", "middle", 1000.0, 0.12, 2.0), ("middle", "high", 120.0, 0.5, 5.0), ("high", "top", 60.0, 0.0, None)]
FLAT = [("low", "middle", 900.0, 0.08, 2.5), ("middle", "high", 72.0, 0.125, 6.0), ("high", "top", 9.0, 0.0, None)]
