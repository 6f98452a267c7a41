"""What was decided about one nominee, and whether another decision would be better for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.scoring.trace import Considered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from simulator.scoring.scores import AwardResult, Scores

_ORDER: Final = (Considered.NO, Considered.NOT_COUNTED, Considered.COUNCIL_DECIDES, Considered.YES)


@dataclass(frozen=True)
class Decision:
    """The decision about one nominee, for one award or for one scoring table.

    Attributes
    ----------
    is_eligible
        Whether every condition is met.
    considered
        Whether it is put forward.
    class_
        Its class; None where there is none.
    rank
        Its rank; None where it has none.
    points
        Its total; None for a set without points.
    is_tied
        Whether it is equal to others at the last place.
    """

    is_eligible: bool
    considered: Considered
    class_: str | None
    rank: int | None
    points: Fraction | None
    is_tied: bool

    def is_best(self, award: str | None, classes: Sequence[str]) -> bool:
        """Tell whether nothing better could be decided."""
        if award is not None:
            return self.considered is Considered.YES
        return self.is_eligible and (not classes or self.class_ == classes[0])

    def is_better_than(self, other: Decision, award: str | None, classes: Sequence[str]) -> bool:
        """Tell whether this decision would be another, better one: put forward and not; eligible and not; a better class."""
        if award is not None:
            return self.is_eligible and _ORDER.index(self.considered) > _ORDER.index(other.considered)
        if not other.is_eligible:
            return self.is_eligible
        return self.is_eligible and class_place(self.class_, classes) < class_place(other.class_, classes)


def class_place(class_: str | None, classes: Sequence[str]) -> int:
    """Tell how far down a class stands; having none is lowest."""
    return len(classes) if class_ is None else classes.index(class_)


def result_of(scores: Scores, award: str | None) -> AwardResult:
    """Give the result for one award."""
    return scores.result(award)


def decision_of(scores: Scores, position: int, award: str | None) -> Decision:
    """Read the decision about one nominee off the scores."""
    result = result_of(scores, award)
    rank = int(result.rank[position])
    class_ = None if result.class_ is None else result.class_[position]
    return Decision(
        is_eligible=bool(result.eligible[position]),
        considered=Considered(result.considered[position]),
        class_=str(class_) if class_ else None,
        rank=rank or None,
        points=None if result.points is None or scores.points is None else scores.points.exact_points(position),
        is_tied=bool(result.is_tied[position]),
    )


def places_of(scores: Scores, position: int, award: str | None) -> int | None:
    """Count the places of the nominee's unit or pool; None where there is no quota, or its head-count is missing."""
    places = result_of(scores, award).places
    if places is None:
        return None
    n_places = int(places.n_places[places.pools.of_nominee[position]])
    return n_places if n_places >= 0 else None
