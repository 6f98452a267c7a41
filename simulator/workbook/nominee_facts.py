"""What each nominee has: awards, initiatives, discipline, achievements, from its own cells and from the sheets of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.scoring.columns import Content
from simulator.workbook.cell_values import Doubt, fold
from simulator.workbook.fact_sheets import IS_USED, SCOPE, Fact
from simulator.workbook.listed import read_achievements, read_awards, read_days, read_initiatives
from simulator.workbook.wordings import words_for

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Mapping

    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.columns import Column
    from simulator.scoring.roster import Achievement, AwardEvent, Initiative
    from simulator.workbook.codes import Problems
    from simulator.workbook.sheets import Value
    from simulator.workbook.table_cells import TableCells

_KINDS: Final[Mapping[Content, str]] = {Content.INITIATIVES: "initiatives", Content.ACHIEVEMENTS: "achievements"}


class NomineeFacts:
    """Collects the facts of each nominee, and tells one that is given twice."""

    def __init__(self, n_nominees: int, year: int, problems: Problems) -> None:
        self._n = n_nominees
        self._year = year
        self._problems = problems
        self._held: dict[str, dict[int, list[Any]]] = {kind: {} for kind in ("awards", "initiatives", "discipline", "achievements")}
        self._places: dict[tuple[str, int, Any], str] = {}

    def add(self, kind: str, facts: Iterable[Fact]) -> None:
        """Add facts; one given twice, or after the year being decided, is a finding."""
        for fact in facts:
            year = fact.fact.year if hasattr(fact.fact, "year") else None
            if year is not None and year > self._year:
                self._problems.report("WB533", fact.line, cell=fact.cell, found=str(year), expected=str(self._year))
            key = (kind, fact.nominee, _identity(kind, fact.fact, fact.cell))
            other = self._places.setdefault(key, fact.cell)
            if kind == "initiatives" and other == fact.cell:
                # Plain initiatives look alike, so one list of them is taken for each nominee: its own cell or the sheet.
                first = self._places.setdefault((f"{kind} of", fact.nominee, None), fact.cell)
                other = other if _sheet(first) == _sheet(fact.cell) else first
            if other != fact.cell or self._is_repeated(kind, fact):
                self._problems.report("WB524", fact.line, cell=fact.cell, other=other)
            else:
                self._held[kind].setdefault(fact.nominee, []).append(fact.fact)

    def _is_repeated(self, kind: str, fact: Fact) -> bool:
        """Tell whether one cell gives the same dated fact twice."""
        return kind in {"awards", "discipline"} and any(
            _identity(kind, known, "") == _identity(kind, fact.fact, "") for known in self._held[kind].get(fact.nominee, ())
        )

    def awards_of_each(self) -> tuple[tuple[AwardEvent, ...], ...]:
        """(n,) awards of each nominee, the earliest first."""
        return self._each("awards", key=lambda event: (event.year, event.award))

    def initiatives_of_each(self) -> tuple[tuple[Initiative, ...], ...]:
        """(n,) initiatives of each nominee, in the order given."""
        return self._each("initiatives", key=None)

    def discipline_of_each(self) -> tuple[tuple[datetime.date, ...], ...]:
        """(n,) days of disciplinary decisions of each nominee, the earliest first."""
        return self._each("discipline", key=lambda day: day)

    def achievements_of_each(self) -> tuple[tuple[Achievement, ...], ...]:
        """(n,) achievements of each nominee, in the order given."""
        return self._each("achievements", key=None)

    def _each(self, kind: str, key: Callable[[Any], Any] | None) -> tuple[Any, ...]:
        held = self._held[kind]
        nothing: tuple[Any, ...] = ()
        return tuple(
            (tuple(sorted(held[position], key=key)) if key else tuple(held[position])) if position in held else nothing for position in range(self._n)
        )


def _sheet(cell: str) -> str:
    return cell.rpartition("!")[0]


def _identity(kind: str, fact: Any, cell: str) -> Any:
    """Say what makes two facts the same one."""
    if kind == "awards":
        return fact.award, fact.year
    if kind == "achievements":
        return fact.criterion, fold(fact.name), fact.level
    if kind == "initiatives":
        return fact.certificate_no or cell
    return fact


def read_listed_facts(cells: TableCells, columns: list[Column], criteria: CriteriaSet, year: int) -> NomineeFacts:
    """Read the facts that stand in the rows of nominees themselves, several in one cell."""
    facts = NomineeFacts(len(cells.rows), year, cells.problems)
    scopes, used = words_for(SCOPE), words_for(IS_USED)
    for column in columns:
        parse: Any
        if column.content is Content.INITIATIVES:
            parse = _initiatives(scopes, used)
        elif column.content is Content.ACHIEVEMENTS:
            parse = _achievements(column, criteria)
        elif column.content is Content.EVENTS:
            parse = read_days if column.award is None else _awards(column.award)
        else:
            continue
        kind = _KINDS.get(column.content, "discipline" if column.award is None else "awards")
        # What may hold the name of an initiative or an achievement is not repeated in a message.
        read: list[list[Any]] = cells.read(column.id, parse, empty=[], is_required=False, may_quote=column.content is Content.EVENTS)
        for position, found in enumerate(read):
            if found:
                row = cells.rows[position]
                cell = cells.table.cell(row, column.id)
                facts.add(kind, [Fact(position, fact, cells.table.sheet.lines[row], cell) for fact in found])
    return facts


def _awards(award: str) -> Callable[[Value], list[AwardEvent] | Doubt]:
    return lambda value: read_awards(value, award)


def _initiatives(scopes: Mapping[str, str], used: Mapping[str, str]) -> Callable[[Value], list[Initiative] | Doubt]:
    return lambda value: read_initiatives(value, scopes, used)


def _achievements(column: Column, criteria: CriteriaSet) -> Callable[[Value], list[Achievement] | Doubt]:
    levels = words_for(column, criteria)
    return lambda value: read_achievements(value, column.id, levels, "@achievements")
