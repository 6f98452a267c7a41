"""What each clause of a set asks, worked out once for a whole list: its columns, the points it looks at, what it requires as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import ClassTest, PointsTest, iter_single_tests
from simulator.rules.grounds import GROUND_FIELDS
from simulator.rules.points import Class, Section, Veto, can_give_points, iter_parts
from simulator.rules.stages import SectorGate, TieBreak
from simulator.rules.values import exact
from simulator.scoring.condition_parts import numbered_parts
from simulator.scoring.criterion_columns import columns_of_criterion
from simulator.scoring.fact_columns import columns_of_test
from simulator.scoring.part_columns import criterion_columns
from simulator.scoring.point_tests import is_of_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from simulator.rules.clauses import Clause
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column

_NOT_REQUIRED = {"title", *GROUND_FIELDS, "points", "parts", "unit", "kind"}


@dataclass(frozen=True)
class Question:
    """What one clause asks.

    Attributes
    ----------
    path
        Path of the clause.
    clause
        The clause.
    required
        What it asks, as plain data.
    columns
        Columns it looks at, each with the fact it is looked at for; no fact for those of a criterion.
    points
        Parts of the table it looks at.
    means
        Parts of the table of which it looks at the mean of the group.
    looks_at_class
        Whether it looks at the class.
    most
        The most a part of the table can give.
    takes_off
        Whether a part of the table takes points off.
    is_extra
        Whether a part of the table gives points on top of the rest, which nobody loses who does not get them.
    condition
        The condition nominees are asked to meet, or a veto strikes at; None where the clause asks otherwise.
    parts
        What each part of a compound condition asks, as a reader counts them.
    """

    path: str
    clause: Clause
    required: Mapping[str, Any]
    columns: tuple[tuple[str, Column], ...] = ()
    points: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    looks_at_class: bool = False
    most: Fraction = field(default_factory=Fraction)
    takes_off: bool = False
    is_extra: bool = False
    condition: Condition | None = None
    parts: tuple[Question, ...] = ()

    @property
    def part_path(self) -> str:
        """Path of a part inside the table."""
        return self.path.removeprefix("points.")


class Questions(dict[str, Question]):
    """The questions of a set, by path."""

    @property
    def parts(self) -> list[Question]:
        """Sections and criteria, in order."""
        return [question for path, question in self.items() if path.startswith("points.")]


@lru_cache(maxsize=32)
def questions_of(criteria: CriteriaSet, year: int) -> Questions:
    """Work out what every clause of a set asks of the nominees of a year."""
    names = criterion_columns(criteria.points)
    penalties, extras = (tuple(f"points.{path}" for path, part in iter_parts(criteria.points) if part.kind == kind) for kind in ("penalty", "bonus"))
    questions = Questions()
    for path, clause in criteria.iter_clauses():
        conditions = tuple(conditions_of(clause))
        looked_at = _look_at(conditions, criteria, year)
        columns, points = looked_at.columns, looked_at.points
        name = names.get(path.removeprefix("points.")) if path.startswith("points.") else None
        if name is not None:
            columns = (*(("", column) for column in columns_of_criterion(clause, name)), *columns)  # type: ignore[arg-type]  # only criteria have names
        if isinstance(clause, TieBreak):
            points = (*points, *(step.points for step in clause.prefer if step.points is not None))
        condition = conditions[0] if conditions and isinstance(clause, Eligibility | SectorGate | Veto | Class) else None
        questions[path] = Question(
            path,
            clause,
            _required(clause),
            columns,
            points,
            looked_at.means,
            looks_at_class=looked_at.looks_at_class,
            most=_most(clause) if path.startswith("points.") else Fraction(0),
            takes_off=_is_inside(path, penalties),
            is_extra=_is_inside(path, extras),
            condition=condition,
            parts=tuple(_question_of_part(path, clause, part, criteria, year) for part in (numbered_parts(condition) if condition else ())),
        )
    return questions


def _is_inside(path: str, sections: tuple[str, ...]) -> bool:
    return any(path == section or path.startswith(f"{section}.") for section in sections)


def _most(part: Clause) -> Fraction:
    """Give the most a part can give: nothing where it can only take off."""
    if not isinstance(part, Section) and not can_give_points(part):  # type: ignore[arg-type]  # parts are sections or criteria
        return Fraction(0)
    return exact(part.points)  # type: ignore[union-attr]  # parts have points


class _LookedAt(NamedTuple):
    columns: tuple[tuple[str, Column], ...]
    points: tuple[str, ...]
    means: tuple[str, ...]
    looks_at_class: bool


def _look_at(conditions: Iterable[Condition], criteria: CriteriaSet, year: int) -> _LookedAt:
    """Go through the tests of conditions: the columns, parts of the table and means they look at."""
    columns: list[tuple[str, Column]] = []
    points: list[str] = []
    means: list[str] = []
    looks_at_class = False
    for condition in conditions:
        for _place, test in iter_single_tests(condition):
            if isinstance(test, PointsTest):
                points.append(test.points)
                means += [test.points] if is_of_mean(test) else []
            elif isinstance(test, ClassTest):
                looks_at_class = True
            else:
                columns.extend((test.fact, column) for column in columns_of_test(test, criteria, year))
    return _LookedAt(tuple(columns), tuple(points), tuple(means), looks_at_class)


def _question_of_part(path: str, clause: Clause, part: Condition, criteria: CriteriaSet, year: int) -> Question:
    looked_at = _look_at((part,), criteria, year)
    required = _plain_condition(part)
    return Question(
        path, clause, required, looked_at.columns, looked_at.points, looked_at.means, looks_at_class=looked_at.looks_at_class, condition=part
    )


def conditions_of(clause: Clause) -> Iterator[Condition]:
    """Go through the conditions a clause states of its nominees."""
    match clause:
        case Eligibility() | SectorGate():
            yield clause.requires
        case Veto():
            yield clause.when
        case Class() if clause.requires is not None:
            yield clause.requires
        case TieBreak():
            yield from (step.who for step in clause.prefer if step.who is not None)
        case _:
            for holder in (clause, *getattr(clause, "levels", {}).values()):
                when = getattr(holder, "when", None)
                if when is not None:
                    yield when


def _required(clause: Clause) -> dict[str, Any]:
    """Give what a clause asks, as plain data, as a file would say it."""
    match clause:
        case Eligibility():
            return _plain_condition(clause.requires)
        case Veto():
            return {"not": _plain_condition(clause.when), "effect": clause.effect}
        case Section():
            return {"section": clause.kind}
        case _:
            return clause.model_dump(mode="json", by_alias=True, exclude=_NOT_REQUIRED, exclude_none=True)


def _plain_condition(condition: Condition) -> dict[str, Any]:
    return condition.model_dump(mode="json", by_alias=True, exclude_none=True)
