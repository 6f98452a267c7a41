"""How people behave: every behavioural number of the model, with no law in it.

The numbers stand with their submodels in :mod:`~simulator.model.personal_numbers` and :mod:`~simulator.model.office_numbers`. Tests of limiting
cases start from the clean world of the defaults and add one thing at a time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final, Literal, get_args

from simulator.model.office_numbers import CollectiveNumbers, CouncilNumbers, LearningNumbers, ReasonNumbers
from simulator.model.personal_numbers import CareerNumbers, DeedNumbers, EffortNumbers, FileNumbers, MeritNumbers, RatingNumbers

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROUNDING_ERROR = 1e-9
_MATTER_IN_FULL: Final = (
    "registration_reach",
    "merit_stability",
    "merit_loading_results",
    "merit_loading_initiative",
    "merit_loading_scope",
    "merit_loading_conduct",
)
"""Shares that leave a part of the model idle where they are 1."""
_MATTER_AT_ALL: Final = ("council_spread", "member_disagreement")
"""Numbers that make another thing of a part of the model where they are 0: a sharp bar, and no chances to pass it."""

Structure = Literal["weighted", "mixture", "near-ties", "planning", "peer-vote"]
"""How a unit combines its reasons (``docs/odd.md`` 7.13): one weighted index; one reason drawn each year; turns only among near-ties; feeding one
person's ladder; the vote of peers who answer marks with marks."""
STRUCTURES: Final[tuple[Structure, ...]] = get_args(Structure)


class BehaviourError(ValueError):
    """Numbers that are each possible and cannot hold together; the reason is a word of the catalogue, for whoever speaks to a reader."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Behaviour(
    CareerNumbers,
    EffortNumbers,
    MeritNumbers,
    RatingNumbers,
    FileNumbers,
    DeedNumbers,
    ReasonNumbers,
    CouncilNumbers,
    LearningNumbers,
    CollectiveNumbers,
):
    """Behavioural numbers, and two switches.

    Attributes
    ----------
    structure
        How a unit combines its reasons.
    learns
        Whether units and councils change with what happens to them (7.11).
    """

    structure: Structure = "weighted"
    learns: bool = False

    def __post_init__(self) -> None:
        """Refuse weights that leave less than nothing for the score, and a reliability outside (0, 1]."""
        if not 0 < self.appraisal_reliability <= 1:
            message = f"appraisal_reliability must lie in (0, 1]; found {self.appraisal_reliability}."
            raise BehaviourError(message, "@unreadable-files")
        if self.score_weight < -_ROUNDING_ERROR:
            message = "turn_weight, rank_weight, prestige_weight, lottery_weight and ladder_weight add up to more than 1."
            raise BehaviourError(message, "@weights-above-one")

    @property
    def score_weight(self) -> float:
        """μ: the weight left for the file's score (equation 4)."""
        return 1 - self.turn_weight - self.rank_weight - self.prestige_weight - self.lottery_weight - self.ladder_weight

    @property
    def parts_at_work(self) -> tuple[object, ...]:
        """Tell what the parts of the model are: behaviours that agree here differ in how much each does, or whether it does anything, and can be lived side by side."""
        is_finite = [math.isfinite(getattr(self, name)) for name in sorted(NAMES_OF_NUMBERS)]
        at_all = [getattr(self, name) != 0 for name in _MATTER_AT_ALL]
        return (self.structure, self.learns, *is_finite, *at_all, *(getattr(self, name) >= 1 for name in _MATTER_IN_FULL))

    def with_values(self, values: Mapping[str, float]) -> Behaviour:
        """Return a copy with other values.

        Raises
        ------
        KeyError
            If a name is not a behavioural number.
        """
        unknown = set(values) - NAMES_OF_NUMBERS
        if unknown:
            raise KeyError(*sorted(unknown))
        return replace(self, **values)  # type: ignore[arg-type]


NAMES_OF_NUMBERS = frozenset(field.name for field in fields(Behaviour)) - {"structure", "learns"}
