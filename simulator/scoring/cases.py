"""Law cases: a sentence of the law, a person, a date, and what must come out, as a file a jurist can write.

A case names people by what a list of nominees would say of them, column by column. What is left out of a file's ``everybody`` and of the person is
not guessed: a column the rules need must be given.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from simulator.errors import InputError
from simulator.rules.diagnosis import describe_validation
from simulator.rules.facts import RatingName, Scope
from simulator.rules.reading import read_yaml
from simulator.rules.values import FrozenModel, Identifier, Text, Words
from simulator.scoring.case_codes import make_finding

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.rules.reading import Document

Years: TypeAlias = Annotated[tuple[int, ...], Field(strict=False)]
NONE = "none"
"""Says of an expectation that there is nothing: no clause failed, no class."""


def _read_considered(value: Any) -> Any:
    """Take true and false for yes and no, because YAML cannot be trusted with these two words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.replace("-", " ") if isinstance(value, str) else value


ConsideredWord: TypeAlias = Annotated[Literal["yes", "no", "council decides", "not counted"], BeforeValidator(_read_considered)]


class GivenInitiative(FrozenModel):
    """One recognised initiative: how far it reaches, since when, and whether an award has used it."""

    scope: Scope = "grass-roots"
    year: int | None = None
    used: bool = False


class GivenAward(FrozenModel):
    """One award somebody got: for which year, and the day of the decision where it matters."""

    year: int
    decided_on: datetime.date | None = None


class GivenAchievement(FrozenModel):
    """One named achievement and the level it reached."""

    name: Words
    level: Identifier


class Expectation(FrozenModel):
    """What must come out; only what is said is checked.

    Attributes
    ----------
    eligible, considered, tie
        The decision; ``considered`` is true, false, ``council-decides`` or ``not-counted``.
    first_failed
        Path of the first clause that failed; ``none`` where none did.
    score, points
        The total; points of sections and criteria by their paths.
    class_
        The class; ``none`` where there is none.
    rank, places
        The rank, and the places of the nominee's unit or pool.
    """

    eligible: bool | None = None
    considered: ConsideredWord | None = None
    tie: bool | None = None
    first_failed: Words | None = None
    score: float | None = None
    points: Mapping[Words, float] = {}
    class_: Words | None = Field(None, alias="class")
    rank: int | None = None
    places: int | None = None


class Person(FrozenModel):
    """What is known of one person or collective; every other key is a column of the list, by its id.

    Attributes
    ----------
    id
        What the case calls it.
    times
        So many alike.
    unit, cluster
        Where it belongs.
    rating
        Grading of the year decided.
    ratings
        Gradings of years: the grading, then the years.
    awards
        Awards won: the award, then years, or a year with the day of the decision.
    recognised_initiatives
        Initiatives, or only how many unused ones.
    disciplined_on
        Days of disciplinary decisions.
    achievements
        Named achievements, by criterion.
    expect
        What must come out for it.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, bool | int | float | str]

    id: Words | None = None
    times: Annotated[int, Field(ge=1)] = 1
    unit: Words | None = None
    cluster: Words | None = None
    rating: RatingName | None = None
    ratings: Mapping[RatingName, Years] = {}
    awards: Mapping[Identifier, Annotated[tuple[int | GivenAward, ...], Field(strict=False)]] = {}
    recognised_initiatives: Annotated[int, Field(ge=0)] | Annotated[tuple[GivenInitiative, ...], Field(strict=False)] = 0
    disciplined_on: Annotated[tuple[datetime.date, ...], Field(strict=False)] = ()
    achievements: Mapping[Words, Annotated[tuple[GivenAchievement, ...], Field(strict=False)]] = {}
    expect: Expectation | None = None

    @property
    def columns(self) -> Mapping[str, bool | int | float | str]:
        """Columns of the list, by id."""
        return self.__pydantic_extra__

    def over(self, everybody: Person | None) -> Person:
        """Lay what is said of the person over what is said of everybody."""
        if everybody is None:
            return self
        given = {name: getattr(self, name) for name in self.model_fields_set if name in type(self).model_fields}
        merged = {name: {**getattr(everybody, name), **given.get(name, {})} for name in ("awards", "achievements")}
        own_years = {year for years in self.ratings.values() for year in years}
        ratings = {word: tuple(year for year in years if year not in own_years) for word, years in everybody.ratings.items()}
        for word, years in self.ratings.items():
            ratings[word] = (*ratings.get(word, ()), *years)
        columns = {**everybody.columns, **self.columns}
        return everybody.model_copy(update={**given, **merged, "ratings": ratings, **columns})


class Case(FrozenModel):
    """One case: a sentence, people, a day, an award, and what must come out.

    Attributes
    ----------
    says
        The sentence, in the law's words.
    date
        The day of the decision.
    year
        The year decided; that of the day where it is left out.
    award
        The award; may be left out where the set has at most one.
    person, people
        One person, with ``expect`` beside it; or several, each with its own or none.
    units
        Head-counts of units, by column: ``staff``, ``holders:<award>``.
    expect
        What must come out for the person.
    """

    __test__: ClassVar[bool] = False

    says: Text
    date: datetime.date
    year: int | None = None
    award: Identifier | None = None
    person: Person | None = None
    people: Annotated[tuple[Person, ...], Field(strict=False)] = ()
    units: Mapping[str, Mapping[Words, Annotated[int, Field(ge=0)]]] = {}
    expect: Expectation | None = None

    @model_validator(mode="after")
    def _say_of_whom(self) -> Self:
        is_of_one = self.person is not None and not self.people and self.expect is not None
        is_of_several = self.person is None and self.expect is None and any(person.expect is not None for person in self.people)
        if not is_of_one and not is_of_several:
            raise PydanticCustomError("CS121", "{keys}", {"keys": "person + expect, people (expect)"})
        return self

    def everyone(self) -> tuple[tuple[Person, tuple[str | int, ...]], ...]:
        """Give everybody in the case, each with the way to it in the file."""
        if self.person is not None:
            return ((self.person.model_copy(update={"expect": self.expect}), ("person",)),)
        return tuple((person, ("people", position)) for position, person in enumerate(self.people))


class CaseFile(FrozenModel):
    """Cases of one criteria set.

    Attributes
    ----------
    set
        The set, a stack of sets, or a path beside this file.
    everybody
        What holds of everybody in the file unless a case says otherwise.
    cases
        The cases.
    """

    set: Words
    everybody: Person | None = None
    cases: Annotated[tuple[Case, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True)
class Cases:
    """A file of cases as read, with the place of every value."""

    document: Document
    content: CaseFile

    def line(self, case: int, *path: str | int) -> int:
        """Tell the line of something in a case."""
        return self.document.line_of("cases", case, *path)


def read_cases(path: Path, shown_as: str | None = None) -> Cases:
    """Read a file of law cases.

    Parameters
    ----------
    path
        The file.
    shown_as
        How to name it in findings; the path itself when absent.

    Raises
    ------
    InputError
        With every mistake, each at its line.
    """
    document = read_yaml(path, shown_as)
    if not isinstance(document.data, dict):
        raise InputError([make_finding("SR454", document.file, 1, column="@file", expected="@mapping", found=type(document.data).__name__)])
    try:
        return Cases(document, CaseFile.model_validate(document.data))
    except ValidationError as problem:
        raise InputError(describe_validation(problem, CaseFile, document.data, document.location_of)) from None
