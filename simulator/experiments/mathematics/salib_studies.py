"""Morris screening and Sobol indices by SALib: the plumbing between its problems and our inputs, which all lie on the unit interval.

Several outputs are looked at in the same runs. An output that never moves has effects and indices of exactly 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray, IndexArray

MORRIS_LEVELS: Final = 6
"""Places of an input in trajectories; a step leads from one to the third after it."""


@dataclass(frozen=True, slots=True)
class Trajectories:
    """Places to be run for a Morris screening.

    Attributes
    ----------
    problem
        The problem as SALib knows it.
    places
        (n_trajectories · (n_screened + 1), n_inputs) on the unit interval.
    """

    problem: dict[str, Any]
    places: FloatArray


@dataclass(frozen=True, slots=True)
class Screening:
    """What a Morris screening found.

    Attributes
    ----------
    names
        What was screened: inputs, or groups of them.
    mean_size, half
        (n_screened, n_outputs) mean size of the elementary effects (μ*), and half its bootstrap interval; effects are scaled to the whole range.
    """

    names: list[str]
    mean_size: FloatArray
    half: FloatArray


def lay_trajectories(names: Sequence[str], n: int, seed: int, groups: Sequence[str] | None = None) -> Trajectories:
    """Lay Morris trajectories.

    Parameters
    ----------
    names
        The inputs.
    n
        How many trajectories.
    seed
        Of the places.
    groups
        For each input, what it is moved together with; each by itself where nothing is given.
    """
    from SALib.sample.morris import sample  # noqa: PLC0415  # a slow import

    problem = _problem(names, groups)
    return Trajectories(problem, sample(problem, n, num_levels=MORRIS_LEVELS, seed=seed))


def screen(laid: Trajectories, outputs: FloatArray, seed: int) -> Screening:
    """Read elementary effects from (n, n_outputs) outputs at the places that were laid."""
    from SALib.analyze.morris import analyze  # noqa: PLC0415  # as above

    found = [analyze(laid.problem, laid.places, output, num_levels=MORRIS_LEVELS, seed=seed + 1) for output in outputs.T]
    return Screening(
        [str(name) for name in found[0]["names"]],
        np.column_stack([np.asarray(each["mu_star"], dtype=np.float64) for each in found]),
        np.column_stack([np.asarray(each["mu_star_conf"], dtype=np.float64) for each in found]),
    )


@dataclass(frozen=True, slots=True)
class SaltelliRows:
    """Outputs at the rows of a Saltelli sample, taken apart.

    Attributes
    ----------
    base, other
        (n, n_outputs) at the base sample, and at a second one.
    crossed
        (n_inputs, n, n_outputs) at the base sample with one input taken from the second.
    """

    base: FloatArray
    other: FloatArray
    crossed: FloatArray

    def of(self, rows: IndexArray) -> SaltelliRows:
        """Give some rows of the base sample, as a bootstrap draws them."""
        return SaltelliRows(self.base[rows], self.other[rows], self.crossed[:, rows])


def saltelli_places(names: Sequence[str], n: int, seed: int) -> FloatArray:
    """(n · (n_inputs + 2), n_inputs) places of a scrambled Sobol sequence, crossed as Saltelli does; n is a power of 2."""
    from SALib.sample.sobol import sample  # noqa: PLC0415  # as above

    places: FloatArray = sample(_problem(names), n, calc_second_order=False, seed=seed)
    return places


def base_rows(places: FloatArray) -> FloatArray:
    """Give the rows of a Saltelli sample in which no two samples are crossed: the base sample and the second one, one after the other."""
    step = places.shape[1] + 2
    return np.vstack([places[::step], places[step - 1 :: step]])


def take_apart(outputs: FloatArray, n_inputs: int) -> SaltelliRows:
    """Take (n · (n_inputs + 2), n_outputs) outputs at the places of a Saltelli sample apart."""
    rows = outputs.reshape(-1, n_inputs + 2, outputs.shape[1])
    return SaltelliRows(rows[:, 0], rows[:, -1], rows[:, 1:-1].transpose(1, 0, 2))


def sobol_indices(rows: SaltelliRows) -> tuple[FloatArray, FloatArray]:
    """Give first-order and total indices: two of (n_inputs, n_outputs)."""
    from SALib.analyze.sobol import first_order, total_order  # noqa: PLC0415  # as above

    moves = np.ptp(np.concatenate([rows.base, rows.other]), axis=0) > 0
    first, total = np.zeros((2, len(rows.crossed), rows.base.shape[1]))
    for number in np.flatnonzero(moves):
        # Centred and scaled as SALib does before it estimates; its estimators are called output by output, as it calls them.
        every = np.concatenate([rows.base[:, number], rows.other[:, number], rows.crossed[:, :, number].ravel()])
        base, other, crossed = ((part[..., number] - every.mean()) / every.std() for part in (rows.base, rows.other, rows.crossed))
        first[:, number] = [first_order(base, each, other) for each in crossed]
        total[:, number] = [total_order(base, each, other) for each in crossed]
    return first, total


def _problem(names: Sequence[str], groups: Sequence[str] | None = None) -> dict[str, Any]:
    problem: dict[str, Any] = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    return problem if groups is None else problem | {"groups": list(groups)}
