"""Read a table of nominees as an office has it, and hand it on typed: every doubtful cell is told at once, and nothing is guessed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulator.scoring.columns import IDENTITY_COLUMNS, Column, Content, columns_of, missing_columns
from simulator.scoring.roster import People, Roster
from simulator.workbook.cell_values import fold, is_empty
from simulator.workbook.cells import read_sheets
from simulator.workbook.codes import Problems
from simulator.workbook.deciding_year import check_year, find_year, warn_if_not_in_force, year_labels
from simulator.workbook.fact_sheets import FACT_COLUMNS, read_facts, read_units, sheet_kind
from simulator.workbook.headings import ROW_NUMBER_KEY, YEAR_KEY, find_table, known_places, name_index
from simulator.workbook.markings import are_mostly_old, is_surely_old
from simulator.workbook.nominee_facts import NomineeFacts, read_listed_facts
from simulator.workbook.nominee_rows import join_names, nominee_rows, spread_merged_units
from simulator.workbook.nominee_values import check_reasons, read_answers, read_numbers, read_words, unit_counts
from simulator.workbook.optional_columns import OPTIONAL_COLUMNS
from simulator.workbook.sheets import spans_of
from simulator.workbook.spellings import check_spellings
from simulator.workbook.table_cells import TableCells
from simulator.workbook.whole_checks import check_wholes
from simulator.workbook.wordings import headings_in_both, names_of, names_of_key

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.rules.criteria import CriteriaSet
    from simulator.workbook.headings import Table
    from simulator.workbook.sheets import Sheet

_MOST_NAMED: Final = 12
_SHEET_OF: Final = {Content.INITIATIVES: "initiatives", Content.ACHIEVEMENTS: "achievements"}


class RosterReading(NamedTuple):
    """A roster, and the warnings about its file."""

    roster: Roster
    warnings: tuple[Finding, ...]


def read_roster(
    path: Path | str, criteria: CriteriaSet, *, award: str | None = None, year: int | None = None, on: datetime.date | None = None
) -> Roster:
    """Read nominees from .xlsx or CSV; :func:`inspect_roster` also gives the warnings.

    Parameters
    ----------
    path
        The file.
    criteria
        The set or scoring table they are to be scored by: it says which columns are needed.
    award
        Only what this award needs.
    year
        The year being decided; otherwise the file says it.
    on
        The day of the decision; 31 December of the year otherwise.

    Raises
    ------
    InputError
        With every finding, by sheet and cell.
    """
    return inspect_roster(path, criteria, award=award, year=year, on=on).roster


def inspect_roster(
    path: Path | str, criteria: CriteriaSet, *, award: str | None = None, year: int | None = None, on: datetime.date | None = None
) -> RosterReading:
    """Read nominees as :func:`read_roster` does, with the warnings about the file."""
    problems = Problems(Path(path).as_posix())
    sheets = read_sheets(path, problems)
    main, sides = _sort_sheets(sheets, criteria, problems)
    year = find_year([main], year, problems)
    warn_if_not_in_force(criteria, year, problems)
    columns = columns_of(criteria, year, award)
    reader = _RosterReader(main, sides, criteria, columns, year, problems)
    roster = reader.read(on or datetime.date(year, 12, 31))
    problems.stop_if_wrong()
    return RosterReading(roster, problems.warnings)


def _sort_sheets(sheets: list[Sheet], criteria: CriteriaSet, problems: Problems) -> tuple[Sheet, dict[str, Sheet]]:
    """Find the list of nominees: by its name, as the only sheet that is nothing else, or as the only one of these with a column of ids."""
    kinds = {sheet_kind(sheet.name): sheet for sheet in reversed(sheets)}
    sides = {kind: sheet for kind, sheet in kinds.items() if kind in FACT_COLUMNS or kind == "units"}
    main = kinds.get("nominees")
    if main is None:
        others = [sheet for sheet in sheets if sheet.rows and not sheet.is_hidden and sheet_kind(sheet.name) is None]
        if len(others) > 1:
            others = [sheet for sheet in others if _has_ids(sheet, criteria)] or others
        if len(others) > 1:
            problems.refuse("WB534", 1, expected="Danh sách")
        if not others:
            problems.refuse("WB502", 1)
        main = others[0]
    if not main.rows:
        problems.refuse("WB502", 1)
    return main, {str(kind): sheet for kind, sheet in sides.items()}


def _has_ids(sheet: Sheet, criteria: CriteriaSet) -> bool:
    """Tell whether a sheet has a heading for ids; a page of notes beside the list has none."""
    ids = [column for column in columns_of(criteria, datetime.MAXYEAR, None) if column.id == "id"]  # the same in every year
    return find_table(sheet, name_index((column.id, set(names_of(column, criteria))) for column in ids), frozenset({"id"})) is not None


class _RosterReader:
    """One table of nominees while it is being read."""

    def __init__(
        self, main: Sheet, sides: dict[str, Sheet], criteria: CriteriaSet, columns: tuple[Column, ...], year: int, problems: Problems
    ) -> None:
        self.main, self.sides, self.criteria, self.columns, self.year, self.problems = main, sides, criteria, columns, year, problems
        self.by_id = {column.id: column for column in columns}

    def read(self, on: datetime.date) -> Roster:
        table = self._find_table()
        self._tell_hidden()
        spread_merged_units(table)
        rows = nominee_rows(table, self.problems)
        if not rows:
            self.problems.refuse("WB502", self.main.lines[table.last])
        cells = TableCells(table, rows, self.problems)
        self._check_encoding(cells)
        ids = cells.texts("id", is_required=True)
        positions = self._positions(cells, ids)
        given = frozenset(table.places) & self.by_id.keys() | self._given_by_sheets()
        for column in missing_columns(self.columns, given):
            self._report_missing(column, table)
        if YEAR_KEY in table.places:
            cells.read(YEAR_KEY, lambda value: check_year(value, self.year), empty=self.year)
        asked = [column for column in self.columns if column.id in table.places and column.id not in IDENTITY_COLUMNS]
        numbers, scales = read_numbers(cells, [column for column in self.columns if not column.is_of_unit])
        check_reasons(cells, self.columns, numbers, scales)
        check_wholes(cells, numbers)
        facts = read_listed_facts(cells, asked, self.criteria, self.year)
        self._add_sheets(facts, positions)
        units, clusters = self._texts(cells, "unit"), self._texts(cells, "cluster")
        if "cluster" in cells.table.places:
            check_spellings(cells, "cluster", clusters)
        return Roster(
            people=People(tuple(ids), tuple(join_names(cells) if "name" in table.places else [""] * len(rows))),
            rows=np.array([self.main.lines[row] for row in rows], dtype=np.int64),
            year=self.year,
            on=on,
            units=tuple(units),
            clusters=tuple(clusters),
            numbers=numbers,
            scales=scales,
            answers=read_answers(cells, self.columns, self.criteria),
            words=read_words(cells, self.columns, self.criteria),
            awards=facts.awards_of_each(),
            initiatives=facts.initiatives_of_each(),
            disciplined_on=facts.discipline_of_each(),
            achievements=facts.achievements_of_each(),
            headcounts=self._headcounts(cells, units),
            given=given,
            file=self.problems.file,
        )

    def _tell_hidden(self) -> None:
        """Tell rows that Excel does not show: they count like all others."""
        for sheet in (self.main, *self.sides.values()):
            held = frozenset(sheet.lines)
            hidden = [line for line in sheet.hidden if line in held]
            if hidden:
                self.problems.report("WB541", hidden[0], sheet=sheet.name or "CSV", rows=spans_of(hidden))

    def _find_table(self) -> Table:
        extra = [column for column in OPTIONAL_COLUMNS if column.id not in self.by_id]
        index = name_index(
            [
                *((column.id, set(names_of(column, self.criteria))) for column in (*self.columns, *extra)),
                (YEAR_KEY, year_labels()),
                (ROW_NUMBER_KEY, set(names_of_key(ROW_NUMBER_KEY))),
            ]
        )
        table = find_table(self.main, index, frozenset({"id", "name"}))
        if table is None or len(table.places) == 1 < len(table.headings) > len(self.columns):
            texts = [value for row in self.main.rows[:40] for value in row if isinstance(value, str)]
            if are_mostly_old(texts):
                self.problems.refuse("WB511", self.main.lines[0], cell=self.main.cell(self.main.lines[0], 0))
        if table is None:
            self.problems.refuse("WB513", self.main.lines[0], columns=headings_in_both(self.by_id[name] for name in ("id", "name")))
        line = self.main.lines[table.last]
        for column, first, second in table.doubled:
            if column in self.by_id:
                cell, other = self.main.cell(line, second), self.main.cell(line, first)
                self.problems.report("WB515", line, column=table.headings[second][:80], cell=cell, other=other)
        if "id" not in table.places:
            self.problems.refuse("WB514", line, column=headings_in_both([self.by_id["id"]]), clauses="@who")
        self._name_the_unused(table)
        return table

    def _name_the_unused(self, table: Table) -> None:
        used = {*table.places.values(), *table.continued.values(), *(second for _, _, second in table.doubled)}
        unused = [place for place in table.headings if place not in used]
        if unused:
            offered = known_places(table, self._offered())
            unused = [place for place in unused if place not in offered]
        if unused:
            named = ", ".join(f"“{table.headings[place][:40]}”" for place in unused[:_MOST_NAMED]) + (" …" if len(unused) > _MOST_NAMED else "")
            self.problems.report("WB526", self.main.lines[table.last], columns=named)
        width = max(table.headings) + 1
        for row in table.rows_below() if not self.main.name else ():
            values = self.main.rows[row]
            over = next((place for place in range(width, len(values)) if not is_empty(values[place])), None)
            if over is not None:
                line = self.main.lines[row]
                self.problems.report("WB532", line, cell=self.main.cell(line, over))

    def _offered(self) -> frozenset[str]:
        """Give every folded heading the set offers for any of its awards: a sheet made for all of them serves one as well."""
        asked = [column for award in (None, *self.criteria.awards) for column in columns_of(self.criteria, self.year, award)]
        every = {column.id: column for column in (*OPTIONAL_COLUMNS, *asked)}
        return frozenset(name for column in every.values() for name in names_of(column, self.criteria))

    def _check_encoding(self, cells: TableCells) -> None:
        for column in ("name", "unit", "cluster"):
            if column in cells.table.places and are_mostly_old(value for value in cells.values(column) if isinstance(value, str)):
                row = cells.rows[0]
                self.problems.refuse("WB511", self.main.lines[row], cell=cells.table.cell(row, column))
        for column in ("name", "unit", "cluster"):
            values = cells.values(column) if column in cells.table.places else []
            old = {value for value in set(values) if isinstance(value, str) and is_surely_old(value)}
            for row, value in zip(cells.rows, values, strict=False) if old else ():
                if value in old:
                    cells.report("WB511", row, column)

    def _positions(self, cells: TableCells, ids: list[str]) -> dict[str, int]:
        """Tell the position of each id; one that stands twice is a finding."""
        positions: dict[str, int] = {}
        folded = {who: fold(who) for who in set(ids)}
        for position, who in enumerate(ids):
            first = positions.setdefault(folded[who], position)
            if who and first != position:
                cells.report("WB522", cells.rows[position], "id", other=cells.table.cell(cells.rows[first], "id"))
        return positions

    def _given_by_sheets(self) -> frozenset[str]:
        """Tell which columns a sheet of facts answers."""
        return frozenset(column.id for column in self.columns if _sheet_of(column) in self.sides)

    def _report_missing(self, column: Column, table: Table) -> None:
        clauses = ", ".join(column.clauses[:5]) + (" …" if len(column.clauses) > 5 else "")  # noqa: PLR2004  # more would hide the others
        named = headings_in_both([column], self.criteria, with_id=True)
        self.problems.report("WB514", self.main.lines[table.last], column=named, clauses=clauses or "@every-clause")

    def _texts(self, cells: TableCells, column: str) -> list[str]:
        if column not in cells.table.places:
            if self.by_id[column].is_required:
                self._report_missing(self.by_id[column], cells.table)
            return [""] * len(cells.rows)
        return cells.texts(column, is_required=self.by_id[column].is_required)

    def _add_sheets(self, facts: NomineeFacts, positions: dict[str, int]) -> None:
        for kind in FACT_COLUMNS:
            if kind in self.sides:
                facts.add(kind, read_facts(kind, self.sides[kind], positions, self.criteria, self.columns, self.problems))

    def _headcounts(self, cells: TableCells, units: list[str]) -> dict[str, dict[str, int]]:
        columns = tuple(column for column in self.columns if column.is_of_unit)
        known = check_spellings(cells, "unit", units) if "unit" in cells.table.places else {}
        counts = read_units(self.sides["units"], columns, self.criteria, self.problems, known) if "units" in self.sides else {}
        return unit_counts(cells, columns, units, counts)


def _sheet_of(column: Column) -> str | None:
    """Name the sheet of facts that answers a column."""
    if column.is_of_unit:
        return "units"
    if column.content is Content.EVENTS:
        return "discipline" if column.award is None else "awards"
    return _SHEET_OF.get(column.content)
