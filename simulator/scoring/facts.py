"""What a clause may look at: the facts of each nominee on the day of decision.

Yearly facts (awarded or not, rated so or better) are kept as the bits of one number: bit 0 is the year being decided, bit 1
the year before. "Three consecutive years to date" is then one comparison, for a simulated city as for one real file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.errors import TieuchiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulator._types import BoolArray, IndexArray, YearBits
    from simulator.scoring.initiatives import InitiativeList

N_REMEMBERED_YEARS: Final = 32


class Rating(IntEnum):
    """Yearly quality rating: KHTNV, HTNV, HTTNV, HTXSNV."""

    FAILED = 0
    COMPLETED = 1
    COMPLETED_WELL = 2
    EXCELLENT = 3


RATING_OF_WORD: Final[Mapping[str, Rating]] = {
    "failed": Rating.FAILED,
    "completed": Rating.COMPLETED,
    "completed-well": Rating.COMPLETED_WELL,
    "excellent": Rating.EXCELLENT,
}


class MissingFactError(TieuchiError):
    """A condition looks at something the table of nominees does not hold."""

    def __init__(self, column: str) -> None:
        super().__init__(f"The table has no column {column!r}.")
        self.column = column


_FIRST_COLUMNS: Final = frozenset({"service_months", "leave_days", "unused_initiatives", "is_disciplined"})


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of (n,) nominees.

    The model fills the first seven; a list of real nominees has more, by column. A column of the first seven that a list does not have is empty.

    Attributes
    ----------
    rating
        (n,) int8 :class:`Rating` of the year.
    rating_years
        Rating → (n,) years in which the nominee was rated so or better.
    award_years
        Award id → (n,) years in which the nominee got the award; bit 0 once it is decided this year.
    unused_initiatives
        (n,) int8 recognised initiatives that no award has used yet.
    is_disciplined
        (n,) disciplined this year.
    service_months
        (n,) months of service.
    leave_days
        (n,) working days absent in the year, whole days.
    answers
        Yes-or-no column → (n,) bool.
    counts
        Column of numbers → (n,) whole part of each.
    words
        Column of words → (n,) words.
    years_since_award
        Award → (n,) full years since it was last given; None where only the years are known, as in the model.
    initiatives
        Every initiative with its reach and year; None where only their number is known: then each is taken to reach far enough.
    not_asked
        Facts that such nominees cannot have (the women of a collective, in a list of people): they hold of nobody.
    decided_years
        As ``award_years``, of awards already given; None where an award decided a moment ago is as good as given, as in the model.
    """

    rating: IndexArray
    rating_years: Mapping[Rating, YearBits]
    award_years: Mapping[str, YearBits]
    unused_initiatives: IndexArray
    is_disciplined: BoolArray
    service_months: IndexArray
    leave_days: IndexArray
    answers: Mapping[str, BoolArray] = field(default_factory=dict)
    counts: Mapping[str, IndexArray] = field(default_factory=dict)
    words: Mapping[str, NDArray[np.str_]] = field(default_factory=dict)
    years_since_award: Mapping[str, IndexArray] | None = None
    initiatives: InitiativeList | None = None
    not_asked: frozenset[str] = frozenset()
    decided_years: Mapping[str, YearBits] | None = None

    @property
    def n_nominees(self) -> int:
        """Nominees in the table."""
        return len(self.rating)

    def years_of_award(self, award: str) -> YearBits:
        """Give the (n,) years the award was won; an award nobody ever got has none."""
        years = self.award_years.get(award)
        return np.zeros(self.n_nominees, dtype=np.uint32) if years is None else years

    def years_decided(self, award: str) -> YearBits:
        """Give the (n,) years the award was given, without those in which it is only proposed."""
        if self.decided_years is None:
            return self.years_of_award(award)
        years = self.decided_years.get(award)
        return np.zeros(self.n_nominees, dtype=np.uint32) if years is None else years

    def years_rated(self, rating: Rating) -> YearBits:
        """Give the (n,) years in which the nominees were rated so or better."""
        if rating not in self.rating_years:
            raise MissingFactError("rating")
        return self.rating_years[rating]

    def answer(self, column: str) -> BoolArray:
        """Give one yes-or-no column."""
        if column not in self.answers:
            raise MissingFactError(column)
        return self.answers[column]

    def count(self, column: str) -> IndexArray:
        """Give one column of numbers, their whole parts."""
        if column in self.counts:
            return self.counts[column]
        found = getattr(self, column) if column in _FIRST_COLUMNS else None
        if found is None or len(found) != self.n_nominees:
            raise MissingFactError(column)
        return np.asarray(found)

    def word(self, column: str) -> NDArray[np.str_]:
        """Give one column of words."""
        if column not in self.words:
            raise MissingFactError(column)
        return self.words[column]


def has_run(years: YearBits, n_years: int) -> BoolArray:
    """Tell whether the last ``n_years`` years, this one included, are all marked."""
    run = _window(n_years)
    is_run: BoolArray = (years & run) == run
    return is_run


def count_within(years: YearBits, n_years: int) -> IndexArray:
    """Count the marked years among the last ``n_years``, this one included."""
    n_marked: IndexArray = np.bitwise_count(years & _window(n_years))
    return n_marked


def is_clear_since(years: YearBits, n_years: int) -> BoolArray:
    """Tell whether none of the ``n_years`` years before this one is marked."""
    is_clear: BoolArray = (years & (_window(n_years) << np.uint32(1))) == 0
    return is_clear


def _window(n_years: int) -> np.uint32:
    return np.uint32(2 ** min(n_years, N_REMEMBERED_YEARS - 1) - 1)
