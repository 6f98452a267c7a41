"""From the people of a law case to a list of nominees like any other, which then goes through the very same scoring."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.errors import InputError
from simulator.rules.diagnosis import close_to, show_value
from simulator.scoring.case_codes import make_finding
from simulator.scoring.cases import GivenAward
from simulator.scoring.columns import IDENTITY_COLUMNS, Column, Content, columns_of
from simulator.scoring.roster import Achievement, AwardEvent, Initiative, People, Roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.cases import Case, Cases, Person

_NUMBERS: Final = frozenset({Content.NUMBER, Content.PERCENT, Content.COUNT})
_LISTS: Final = frozenset({Content.EVENTS, Content.INITIATIVES, Content.ACHIEVEMENTS})
_EXPECTED: Final = {Content.YES_NO: "@true-or-false", Content.COUNT: "@whole-number", Content.TEXT: "@text"}
_LARGEST: Final = 10**9
_MOST_DECIMALS: Final = 6


@dataclass
class CaseRoster:
    """A list of nominees made from one case.

    Attributes
    ----------
    roster
        The list.
    named
        For each person of the case, in order: its position in the list, what it is called, and the way to it in the file.
    """

    roster: Roster
    named: list[tuple[int, str, tuple[str | int, ...]]] = field(default_factory=list)


def make_case_roster(cases: Cases, number: int, criteria: CriteriaSet, award: str | None) -> CaseRoster:
    """Make the list of nominees of one case.

    Raises
    ------
    InputError
        With every column that is not known, lacks a value, or has one it cannot have.
    """
    case, file = cases.content.cases[number], cases.document.file
    year = case.date.year if case.year is None else case.year
    columns = columns_of(criteria, year, award)
    builder = _Builder(cases, number, columns, year, criteria.id)
    for person, way in case.everyone():
        builder.add(person, person.over(cases.content.everybody), way)
    if builder.findings:
        raise InputError(builder.findings)
    people = builder.people
    numbers = {column.id: _mantissas(builder.values[column.id]) for column in columns if column.content in _NUMBERS and not column.is_of_unit}
    ids = tuple(name for name, _person in people)
    roster = Roster(
        people=People(ids, ("",) * len(ids)),
        rows=np.arange(1, len(ids) + 1),
        year=year,
        on=case.date,
        units=tuple(person.unit or "" for _name, person in people),
        clusters=tuple(person.cluster or "" for _name, person in people),
        numbers={column: mantissas for column, (mantissas, _scale) in numbers.items()},
        scales={column: scale for column, (_mantissas, scale) in numbers.items()},
        answers={column.id: np.array(builder.values[column.id], dtype=np.bool_) for column in columns if column.content is Content.YES_NO},
        words={column.id: np.array(builder.values[column.id], dtype=np.str_) for column in columns if column.content is Content.WORD},
        awards=tuple(tuple(_awards(person)) for _name, person in people),
        initiatives=tuple(tuple(_initiatives(person, year)) for _name, person in people),
        disciplined_on=tuple(person.disciplined_on for _name, person in people),
        achievements=tuple(tuple(_achievements(person)) for _name, person in people),
        headcounts={unit: dict(counts) for unit, counts in case.units.items()},
        given=frozenset(_given(columns, case)),
        file=file,
    )
    return CaseRoster(roster, builder.named)


class _Builder:
    """Values of columns gathered person by person, with what is wrong with them."""

    def __init__(self, cases: Cases, number: int, columns: tuple[Column, ...], year: int, criteria_id: str) -> None:
        self.cases, self.number, self.year, self.criteria_id = cases, number, year, criteria_id
        self.columns = [column for column in columns if column.id not in IDENTITY_COLUMNS and not column.is_of_unit]
        self.known = tuple(column.id for column in self.columns)
        self.values: dict[str, list[Any]] = {column: [] for column in self.known}
        self.people: list[tuple[str, Person]] = []
        self.named: list[tuple[int, str, tuple[str | int, ...]]] = []
        self.findings: list[Finding] = []

    def add(self, own: Person, person: Person, way: tuple[str | int, ...]) -> None:
        """Add one person, as often as the case says.

        What is said of everybody may be about columns of other cases of the file; what is said of the person itself may not.
        """
        name = person.id or f"#{len(self.named) + 1}"
        self.named.append((len(self.people), name, way))
        for column in own.columns:
            if column not in self.known:
                self._report("SR452", (*way, column), column=column, criteria=self.criteria_id, known=close_to(column, self.known))
        awards = {column.award for column in self.columns if column.content is Content.EVENTS}
        for award in own.awards:
            if award not in awards:
                known = close_to(award, tuple(sorted(filter(None, awards))))
                self._report("SR458", (*way, "awards", award), criteria=self.criteria_id, what="@award", found=award, known=known)
        row = {column.id: self._value(column, person, name, way) for column in self.columns if column.content not in _LISTS}
        for copy in range(person.times):
            self.people.append((name if person.times == 1 else f"{name}.{copy + 1}", person))
            for column, value in row.items():
                self.values[column].append(value)

    def _value(self, column: Column, person: Person, name: str, way: tuple[str | int, ...]) -> Any:
        value = _rating(person, column.year, self.year) if column.key == "rating" else person.columns.get(column.id)
        if value is None:
            if column.is_required:
                self._report("SR453", way, person=name, column=column.id, clauses=", ".join(column.clauses))
            return _EMPTY[column.content]
        if not _fits(column, value):
            expected = ", ".join(column.words) if column.words else _EXPECTED.get(column.content, "@number")
            self._report("SR454", (*way, column.id), column=column.id, expected=expected, found=show_value(value))
            return _EMPTY[column.content]
        return value

    def _report(self, code: str, way: tuple[str | int, ...], **fields: str) -> None:
        self.findings.append(make_finding(code, self.cases.document.file, self.cases.line(self.number, *way), **fields))


_EMPTY: Final = {Content.YES_NO: False, Content.WORD: "", Content.TEXT: "", Content.DATE: "", Content.NUMBER: 0, Content.PERCENT: 0, Content.COUNT: 0}


def _rating(person: Person, year: int | None, year_decided: int) -> str | None:
    if year == year_decided and person.rating is not None:
        return person.rating
    return next((word for word, years in person.ratings.items() if year in years), None)


def _fits(column: Column, value: Any) -> bool:
    if column.content is Content.YES_NO:
        return isinstance(value, bool)
    if column.content in _NUMBERS:
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST
        return is_number and (column.content is not Content.COUNT or (value == int(value) and value >= 0))
    return isinstance(value, str) and (column.content is not Content.WORD or value in column.words)


def _mantissas(values: list[float]) -> tuple[np.ndarray[Any, np.dtype[np.int64]], int]:
    """Write numbers exactly, as whole numbers of the smallest decimal any of them has."""
    decimals = [Decimal(str(value)).normalize() for value in values]
    scale = min(_MOST_DECIMALS, max((max(0, -int(decimal.as_tuple().exponent)) for decimal in decimals), default=0))
    return np.array([int(decimal.scaleb(scale)) for decimal in decimals], dtype=np.int64), scale


def _awards(person: Person) -> Iterator[AwardEvent]:
    for award, years in person.awards.items():
        for year in years:
            yield AwardEvent(award, year.year, None, year.decided_on) if isinstance(year, GivenAward) else AwardEvent(award, year)


def _initiatives(person: Person, year: int) -> Iterator[Initiative]:
    given = person.recognised_initiatives
    if isinstance(given, int):
        yield from (Initiative("grass-roots", year) for _ in range(given))
    else:
        yield from (Initiative(one.scope, year if one.year is None else one.year, one.used) for one in given)


def _achievements(person: Person) -> Iterator[Achievement]:
    for criterion, listed in person.achievements.items():
        yield from (Achievement(criterion, one.name, one.level) for one in listed)


def _given(columns: tuple[Column, ...], case: Case) -> Iterator[str]:
    yield from (column.id for column in columns if not column.is_of_unit)
    for counts in case.units.values():
        yield from counts
