"""How much each criterion counts in a file, and what a file therefore shows besides merit.

A set weighs four criteria; only the proportions matter, to the last bit. What is weighed is put in standard deviations of the weighing itself, so a
file of any set has merit of the same size (``docs/odd.md`` 7.3 and 7.6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from simulator.model.playable import Refusal, RegimeError
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.model.behaviour import Behaviour

CRITERIA: Final = ("results", "initiative", "scope", "conduct")
RESULTS_ALONE: Final = (1.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class CriteriaWeights:
    """A weighing of the four criteria.

    Attributes
    ----------
    of_criteria
        Weight of results, initiative, scope and conduct over the standard deviation of what is weighed.
    post_loading
        h_w: what a leading post adds to a file beyond lawful merit.
    claim_loading
        η_w: what a unit of unverified claims adds.
    """

    of_criteria: tuple[float, float, float, float]
    post_loading: float
    claim_loading: float

    @property
    def is_results_alone(self) -> bool:
        """Whether nothing but results counts."""
        return self.of_criteria == RESULTS_ALONE


def weigh_criteria(stated: Sequence[float], behaviour: Behaviour) -> CriteriaWeights:
    """Put stated weights in standard deviations of what they weigh: w_j / √(wᵀRw), R_jk = l_j·l_k for j ≠ k and 1 on the diagonal.

    Parameters
    ----------
    stated
        Weight of each criterion, none negative, not all zero.
    behaviour
        The loadings.

    Raises
    ------
    RegimeError
        If no criterion counts.
    """
    total = sum((exact(weight) for weight in stated), Fraction(0))
    if total <= 0:
        raise RegimeError(Refusal("", "no-criterion"))
    weights = [exact(weight) / total for weight in stated]
    loadings = [exact(getattr(behaviour, f"merit_loading_{name}")) for name in CRITERIA]
    shown = sum((weight * loading for weight, loading in zip(weights, loadings, strict=True)), Fraction(0))
    own = sum((weight**2 * (1 - loading**2) for weight, loading in zip(weights, loadings, strict=True)), Fraction(0))
    scale = math.sqrt(shown**2 + own)
    unlawful = {"scope": 1 - exact(behaviour.lawful_scope_share)}

    def added(kind: str) -> Fraction:
        parts = zip(weights, CRITERIA, strict=True)
        return sum(
            (
                weight * exact(getattr(behaviour, f"{kind}_loading_{name}")) * (unlawful.get(name, 1) if kind == "post" else 1)
                for weight, name in parts
            ),
            Fraction(0),
        )

    results, initiative, scope, conduct = (float(weight) / scale for weight in weights)
    return CriteriaWeights(
        of_criteria=(results, initiative, scope, conduct),
        post_loading=float(added("post")) / scale,
        claim_loading=float(added("claim")) / scale,
    )
