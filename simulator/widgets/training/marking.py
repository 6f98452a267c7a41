"""Marking in common: twelve mock files marked by the criteria of a set, and ten short cases in which post and last year's award are drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.presentation.i18n import translate
from simulator.randomness import Streams
from simulator.rules.values import normalised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet

CRITERIA: Final = ("results", "initiative", "scope", "conduct")
"""The criteria of the clause on weights, in its order."""
DOSSIERS: Final = tuple(f"h{number}" for number in range(1, 13))
CASES: Final = tuple(f"t{number}" for number in range(1, 11))
"""The cases, from the strongest merit to the weakest, as whoever wrote them meant it."""
HIGHEST_MARK: Final = 10
_YEAR: Final = 1
_HALF: Final = len(CASES) // 2
_DRAWN: Final = ("leads", "won")
_OVERLAPS: Final = (2, 3)
"""How many lead and were awarded: half of the half, as nearly as it goes."""


@dataclass(frozen=True)
class Case:
    """One short case as one person reads it.

    Attributes
    ----------
    id
        Which of :data:`CASES`.
    merit
        Rank share of its merit among the cases, from 0 for the weakest to 1.
    is_leader, was_awarded
        What was drawn by lot.
    """

    id: str
    merit: float
    is_leader: bool
    was_awarded: bool

    def words(self, lang: Lang) -> str:
        """Tell the case."""
        post = translate(f"training.case.{'leader' if self.is_leader else 'staff'}", lang)
        last = translate(f"training.case.{'awarded' if self.was_awarded else 'not-awarded'}", lang)
        return f"{post} {translate(f'training.case.{self.id}', lang)} {last}"


def cases_of(seed: int) -> tuple[Case, ...]:
    """Draw by lot who leads and who was awarded last year, half of the cases each, and in what order they are read; the same for the same seed.

    A draw in which the two go together, or exclude each other, could not tell one from the other, and is drawn again.
    """
    streams, ids = Streams(seed), np.arange(len(CASES), dtype=np.int64)
    for attempt in count(_YEAR):
        leads, won = (set(np.argsort(streams.uniform(f"training.{name}", year=attempt, ids=ids), kind="stable")[:_HALF].tolist()) for name in _DRAWN)
        if len(leads & won) in _OVERLAPS:
            break
    last = len(CASES) - 1
    order = np.argsort(streams.uniform("training.order", year=_YEAR, ids=ids), kind="stable").tolist()
    return tuple(Case(CASES[place], 1 - place / last, place in leads, place in won) for place in order)


@dataclass(frozen=True)
class Answers:
    """What one person marked; nothing tells who that was.

    Attributes
    ----------
    seed
        Of what was drawn by lot in the cases.
    marks
        File → criterion → mark from 0 to 10; what nobody has set is not in it.
    ratings
        Case → how much one would put this person forward, from 0 to 10; of cases that were rated alone.
    """

    seed: int
    marks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ratings: Mapping[str, int] = field(default_factory=dict)

    def with_marks(self, dossier: str, marks: Mapping[str, int]) -> Answers:
        """Mark a file."""
        return replace(self, marks={**self.marks, dossier: dict(marks)})

    def with_mark(self, dossier: str, criterion: str, mark: int | None) -> Answers:
        """Mark one criterion of a file, or take its mark back."""
        marks = {name: given for name, given in self.marks.get(dossier, {}).items() if name != criterion}
        others = {name: given for name, given in self.marks.items() if name != dossier}
        marks |= {} if mark is None else {criterion: mark}
        return replace(self, marks={**others, dossier: marks} if marks else others)

    def with_rating(self, case: str, rating: int | None) -> Answers:
        """Rate a case, or take its rating back."""
        others = {name: given for name, given in self.ratings.items() if name != case}
        return replace(self, ratings=others if rating is None else {**others, case: rating})

    def lacking(self, dossier: str) -> tuple[str, ...]:
        """Give the criteria of a file that nobody has marked yet."""
        return tuple(name for name in CRITERIA if name not in self.marks.get(dossier, {}))

    @property
    def files_left(self) -> tuple[str, ...]:
        """The files of which a mark is lacking."""
        return tuple(dossier for dossier in DOSSIERS if self.lacking(dossier))

    @property
    def cases_left(self) -> tuple[str, ...]:
        """The cases that are not rated, in the order in which they are read."""
        return tuple(case.id for case in cases_of(self.seed) if case.id not in self.ratings)

    @property
    def is_complete(self) -> bool:
        """Whether all files and cases are marked, and nothing else."""
        return {*self.marks} == {*DOSSIERS} and {*self.ratings} == {*CASES} and not self.files_left


def weights_of(criteria: CriteriaSet) -> dict[str, Fraction]:
    """Give what each criterion counts for in a set."""
    clause: Any = criteria.clause("procedure.weights")
    return normalised({name: getattr(clause, name) for name in CRITERIA})


def total_of(marks: Mapping[str, int], weights: Mapping[str, Fraction]) -> Fraction:
    """Add marks up to a total of at most 100, exactly."""
    return sum((weights[name] * marks[name] for name in CRITERIA), Fraction(0)) * HIGHEST_MARK
