"""Find the few inputs that matter among a hundred: Morris trajectories over groups of neighbours first, then over the members of the groups that move most.

A step of chance makes effects too: under another number other people are awarded, and the luck of the years after falls otherwise. The dummy, which does
nothing but choose another block of seeds, shows how large effects of that kind are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.mathematics.salib_studies import lay_trajectories, screen
from simulator.experiments.sensitivity.difference_runs import means
from simulator.experiments.sensitivity.uncertain_inputs import DUMMY, STRUCTURE, draw_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray
    from simulator.experiments.mathematics.salib_studies import Screening
    from simulator.experiments.sensitivity.difference_runs import DifferenceRuns
    from simulator.experiments.sensitivity.uncertain_inputs import UncertainInput

UNIFORM_SPREAD: Final = 12**-0.5
"""Standard deviation of what moves evenly over a range, as part of it."""


@dataclass(frozen=True, slots=True)
class Screened:
    """What the two stages found.

    Attributes
    ----------
    of_groups
        Effects of groups; ``None`` where there were so few inputs that all were screened alone.
    of_inputs
        Effects of single inputs.
    """

    of_groups: Screening | None
    of_inputs: Screening

    def most_moving(self, margins: FloatArray, most: int) -> list[str]:
        """Name the inputs that move something, the furthest first, the structure always among them; the dummy is none."""
        reach = dict(zip(self.of_inputs.names, reach_of(self.of_inputs.mean_size, margins), strict=True))
        moving = sorted((name for name in reach if reach[name] > 0 and name not in {DUMMY, STRUCTURE}), key=lambda name: -reach[name])
        return sorted([STRUCTURE, *moving[: most - 1]], key=lambda name: -reach[name])


def screen_in_two_stages(runs: DifferenceRuns, inputs: Sequence[UncertainInput], *, plan: ScreeningPlan, seed: int) -> Screened:
    """Screen groups, then the members of those that move most.

    Parameters
    ----------
    runs
        Who runs.
    inputs
        All inputs, the dummy among them.
    plan
        How many trajectories, of how many inputs.
    seed
        Of the places.
    """
    if len(inputs) <= plan.most_alone:
        return Screened(None, _screen(runs, inputs, plan.alone, plan.width, seed + 1))
    groups = [each.group for each in inputs]
    of_groups = _screen(runs, inputs, plan.in_groups, plan.width, seed, groups)
    reach = dict(zip(of_groups.names, reach_of(of_groups.mean_size, runs.margins), strict=True))
    chosen = {each.group for each in inputs if each.kind != "assumption"}
    for group in sorted(reach, key=lambda group: -reach[group]):
        if reach[group] > 0 and sum(each.group in chosen | {group} for each in inputs) <= plan.most_alone:
            chosen.add(group)
    alone = [each for each in inputs if each.group in chosen]
    return Screened(of_groups, _screen(runs, alone, plan.alone, plan.width, seed + 1))


@dataclass(frozen=True, slots=True)
class ScreeningPlan:
    """How much is screened.

    Attributes
    ----------
    in_groups, alone
        Trajectories of each stage.
    most_alone
        Inputs that are screened alone at most.
    width
        Replications averaged in a run.
    """

    in_groups: int = 4
    alone: int = 4
    most_alone: int = 24
    width: int = 2

    def n_runs(self, inputs: Sequence[UncertainInput]) -> int:
        """Give how many draws the stages take at most."""
        if len(inputs) <= self.most_alone:
            return self.alone * (len(inputs) + 1)
        return self.in_groups * (len({each.group for each in inputs}) + 1) + self.alone * (self.most_alone + 1)


def reach_of(mean_size: FloatArray, margins: FloatArray) -> FloatArray:
    """(n,) how far each input spreads an output at most, in margins: the standard deviation of what moves evenly so far."""
    reach: FloatArray = (np.nan_to_num(mean_size) / margins).max(axis=1, initial=0.0) * UNIFORM_SPREAD
    return reach


def _screen(runs: DifferenceRuns, inputs: Sequence[UncertainInput], n: int, width: int, seed: int, groups: Sequence[str] | None = None) -> Screening:
    laid = lay_trajectories([each.id for each in inputs], n, seed, groups)
    draws = [draw_at(dict(zip(inputs, places, strict=True))) for places in laid.places]
    # What is undefined anywhere has no effect anybody could know.
    outputs = means(runs.observe(draws, width))
    return screen(laid, np.where(np.isnan(outputs).any(axis=0), 0.0, outputs), seed)
