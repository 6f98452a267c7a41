"""The sheets beside the list of nominees: earlier awards, initiatives, discipline, achievements, and the head-counts of units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.presentation.finding_words import ANSWERS
from simulator.presentation.i18n import catalogue, ways_of_writing
from simulator.rules.facts import SCOPES
from simulator.scoring.columns import Column, Content
from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.workbook.cell_values import Doubt, fold, read_count, read_date, read_word, read_year, without_marks
from simulator.workbook.headings import ROW_NUMBER_KEY, find_table, name_index
from simulator.workbook.sheets import spans_of
from simulator.workbook.spellings import check_spellings, loose
from simulator.workbook.table_cells import TableCells
from simulator.workbook.wordings import LANGUAGES, headings_in_both, names_of, names_of_key, words_for, words_in_both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from simulator.rules.criteria import CriteriaSet
    from simulator.workbook.codes import Problems
    from simulator.workbook.sheets import Sheet, Value


def _column(name: str, content: Content = Content.TEXT, *, needed: bool = False) -> Column:
    return Column(name, content, key=name, is_required=needed)


IS_USED: Final = _column("is_used", Content.YES_NO)
SCOPE: Final = Column("scope", Content.WORD, key="scope", words=SCOPES)
FACT_COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "awards": (
        _column("id", needed=True),
        _column("award_name", needed=True),
        _column("award_year", Content.DATE, needed=True),
        _column("decision_no"),
        _column("decided_on", Content.DATE),
    ),
    "initiatives": (
        _column("id", needed=True),
        SCOPE,
        _column("initiative_year", Content.DATE),
        _column("certificate_no"),
        IS_USED,
    ),
    "discipline": (_column("id", needed=True), _column("disciplined_on", Content.DATE, needed=True)),
    "achievements": (
        _column("id", needed=True),
        _column("criterion", needed=True),
        _column("achievement", needed=True),
        _column("level", needed=True),
    ),
}
"""Columns of each sheet of facts; the head-counts of units depend on the set."""
SHEETS: Final = ("nominees", *FACT_COLUMNS, "units", "guide", "lists")


class Fact(NamedTuple):
    """One row of a sheet of facts: whose it is (position of the nominee), what it says, and where."""

    nominee: int
    fact: Any
    line: int
    cell: str


def sheet_kind(name: str) -> str | None:
    """Tell which sheet of ours a name means, in either language, with or without marks."""
    text = without_marks(fold(name))
    for kind in SHEETS:
        for lang in LANGUAGES:
            names = [kind, catalogue(lang).get(f"sheet.{kind}", kind), *ways_of_writing(f"sheet.{kind}.also", lang)]
            if text in {without_marks(fold(known)) for known in names}:
                return kind
    return None


def read_facts(
    kind: str, sheet: Sheet, nominees: Mapping[str, int], criteria: CriteriaSet, columns: tuple[Column, ...], problems: Problems
) -> list[Fact]:
    """Read one sheet of facts; an id that no nominee has is a finding.

    Parameters
    ----------
    kind
        ``awards``, ``initiatives``, ``discipline`` or ``achievements``.
    sheet
        The sheet.
    nominees
        Folded id → position.
    criteria
        The set, for the titles of its awards and criteria.
    columns
        What the set asks of the roster.
    problems
        Where findings go.
    """
    cells = _cells(sheet, FACT_COLUMNS[kind], criteria, problems)
    if cells is None:
        return []
    ids = cells.texts("id", is_required=True)
    facts = list(_READERS[kind](cells, criteria, columns))
    found = []
    for row, who, fact in zip(cells.rows, ids, facts, strict=True):
        position = nominees.get(fold(who))
        if who and position is None:
            cells.report("WB523", row, "id")
        elif position is not None and fact is not None:
            found.append(Fact(position, fact, sheet.lines[row], cells.table.cell(row, "id")))
    return found


def read_units(
    sheet: Sheet, columns: tuple[Column, ...], criteria: CriteriaSet, problems: Problems, known: Mapping[str, str] | None = None
) -> dict[str, dict[str, int]]:
    """Read the head-counts of units; ``known`` gives the units of the nominees with the first cell of each, and one beside them is told."""
    needed = (_column("unit", needed=True), *columns)
    cells = _cells(sheet, needed, criteria, problems)
    if cells is None:
        return {}
    units = cells.texts("unit", is_required=True)
    counts: dict[str, dict[str, int]] = {}
    first: dict[str, int] = {}
    for row, unit in zip(cells.rows, units, strict=True):
        if unit in counts:
            cells.report("WB524", row, "unit", other=cells.table.cell(first[unit], "unit"))
        elif unit:
            counts[unit], first[unit] = {}, row
    check_spellings(cells, "unit", units, known)
    _report_unknown(cells, first, known or {})
    for column in columns:
        if column.id in cells.table.places:
            read = cells.read(column.id, read_count, empty=-1)
            for unit, count in zip(units, read, strict=True):
                if unit and count >= 0:
                    counts[unit][column.id] = count
    return counts


def _report_unknown(cells: TableCells, units: Mapping[str, int], known: Mapping[str, str]) -> None:
    """Tell the units nobody on the list belongs to; one that is only written otherwise was told before."""
    likes = {loose(unit) for unit in known}
    for unit, row in units.items() if known else ():
        if loose(unit) not in likes:
            cells.report("WB544", row, "unit")


def _cells(sheet: Sheet, columns: tuple[Column, ...], criteria: CriteriaSet, problems: Problems) -> TableCells | None:
    named = [(column.id, set(names_of(column, criteria))) for column in columns]
    index = name_index([*named, (ROW_NUMBER_KEY, set(names_of_key(ROW_NUMBER_KEY)))])
    keys = frozenset({columns[0].id})
    if not sheet.rows:
        return None
    table = find_table(sheet, index, keys)
    if table is None:
        problems.report("WB513", sheet.lines[0], columns=headings_in_both(columns[:1], criteria, sheet=sheet.name, with_id=True))
        return None
    for column in columns:
        if column.is_required and column.id not in table.places:
            problems.report(
                "WB514", sheet.lines[table.first], column=headings_in_both([column], criteria, sheet=sheet.name, with_id=True), clauses=sheet.name
            )
    for name, first, second in table.doubled:
        line = sheet.lines[table.last]
        problems.report("WB515", line, column=name, cell=sheet.cell(line, second), other=sheet.cell(line, first))
    totals = {row: sheet.lines[row] for row in table.rows_below() if table.is_total(row, columns[0].id)}
    if totals:
        problems.report("WB540", next(iter(totals.values())), rows=f"{sheet.name}: {spans_of(list(totals.values()))}")
    rows = [row for row in table.rows_below() if row not in totals]
    return TableCells(table, rows, problems)


def _awards(cells: TableCells, criteria: CriteriaSet, _columns: tuple[Column, ...]) -> Iterator[AwardEvent | None]:
    names = award_words(criteria)
    awards = _read(cells, "award_name", lambda value: read_word(value, names, "@award-of-the-set"), "", is_required=True)
    years = _read(cells, "award_year", read_year, 0, is_required=True)
    numbers = _read(cells, "decision_no", _label, "", is_required=False)
    days = _read(cells, "decided_on", read_date, None, is_required=False)
    for award, year, number, day in zip(awards, years, numbers, days, strict=True):
        yield AwardEvent(award, year, number or None, day) if award and year else None


def _initiatives(cells: TableCells, _criteria: CriteriaSet, _columns: tuple[Column, ...]) -> Iterator[Initiative | None]:
    scopes = words_for(SCOPE)
    answers = words_for(IS_USED)
    found = _read(cells, "scope", lambda value: read_word(value, scopes, "@scope"), SCOPES[0], is_required=True)
    years = _read(cells, "initiative_year", read_year, None, is_required=False)
    numbers = _read(cells, "certificate_no", _label, "", is_required=False)
    used = _read(cells, "is_used", lambda value: read_word(value, answers, f"{ANSWERS}{IS_USED.key}"), "no", is_required=False)
    for scope, year, number, answer in zip(found, years, numbers, used, strict=True):
        yield Initiative(next(name for name in SCOPES if name == scope), year, is_used=answer == "yes", certificate_no=number or None)


def _discipline(cells: TableCells, _criteria: CriteriaSet, _columns: tuple[Column, ...]) -> Iterator[Any]:
    yield from _read(cells, "disciplined_on", read_date, None, is_required=True)


def _achievements(cells: TableCells, criteria: CriteriaSet, columns: tuple[Column, ...]) -> Iterator[Achievement | None]:
    asked = {column.id: column for column in columns if column.content is Content.ACHIEVEMENTS}
    names = name_index((column.id, names_of(column, criteria)) for column in asked.values())
    headed = headings_in_both(asked.values(), criteria) if asked else "-"
    criterion = _read(cells, "criterion", lambda value: read_word(value, names, headed), "", is_required=True)
    name = _read(cells, "achievement", _label, "", is_required=True)
    level = _read(cells, "level", _label, "", is_required=True)
    for row, which, what, written in zip(cells.rows, criterion, name, level, strict=True):
        word: str | Doubt = ""
        if which and written:
            word = read_word(written, words_for(asked[which], criteria), words_in_both(asked[which], criteria, "; "))
        if isinstance(word, Doubt):
            cells.report_doubt(word, row, "level", written)
        yield Achievement(which, what, word) if isinstance(word, str) and word and what else None


_READERS: Final[Mapping[str, Callable[[TableCells, CriteriaSet, tuple[Column, ...]], Iterator[Any]]]] = {
    "awards": _awards,
    "initiatives": _initiatives,
    "discipline": _discipline,
    "achievements": _achievements,
}


def award_words(criteria: CriteriaSet) -> dict[str, str]:
    """Tell the award each folded name means: its id or its title, with or without marks."""
    return name_index((award_id, {fold(award_id), fold(award.title.vi), fold(award.title.en)}) for award_id, award in criteria.awards.items())


def _read(cells: TableCells, column: str, parse: Callable[[Value], Any], empty: Any, *, is_required: bool) -> list[Any]:
    if column not in cells.table.places:
        return [empty] * len(cells.rows)
    return cells.read(column, parse, empty=empty, is_required=is_required, may_quote=column not in {"decision_no", "certificate_no", "achievement"})


def _label(value: Value) -> str | Doubt:
    return f"{value:.15g}" if isinstance(value, float) else str(value).strip()
