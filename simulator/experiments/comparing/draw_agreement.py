"""Whether a verdict holds whatever units follow and whatever the assumptions are: in how many draws, and in how many structures, the same is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.comparing.ensemble import AGREEMENT

if TYPE_CHECKING:
    from simulator._types import FloatArray, IndexArray
    from simulator.experiments.mathematics.statistics import Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many draws, and how many structures of behaviour, say what the usual difference says; ``None`` where that is *not clear*."""

    of_draws: float | None
    of_structures: float | None
    verdict: Verdict


def agree(usual: float, verdict: Verdict, margin: float, draws: FloatArray, structure: IndexArray) -> Agreement:
    """Say whether a verdict holds over all draws.

    Parameters
    ----------
    usual
        The difference with everything as the scenario has it.
    verdict
        Its verdict.
    margin
        The smallest difference worth a word.
    draws
        (n_draws,) differences.
    structure
        (n_draws,) position of each draw's structure.

    Returns
    -------
        The verdict where at least four in five of the draws, and of the structures (each by its mean draw), say the same; else *not clear*.
    """
    if verdict == "not clear":
        return Agreement(None, None, verdict)
    by_structure = np.array([draws[structure == each].mean() for each in np.unique(structure)])
    of_draws, of_structures = (float(_says(values, usual, verdict, margin).mean()) for values in (draws, by_structure))
    return Agreement(of_draws, of_structures, verdict if min(of_draws, of_structures) >= AGREEMENT else "not clear")


def _says(values: FloatArray, usual: float, verdict: Verdict, margin: float) -> FloatArray:
    """Say of each value whether it says the same: the same sign and at least the margin, or less than the margin either way."""
    says = np.abs(values) < margin if verdict == "small" else np.sign(usual) * values >= margin
    return says.astype(np.float64)
