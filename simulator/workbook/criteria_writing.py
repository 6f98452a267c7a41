"""Write a criteria set as a workbook a drafter edits: one sheet for clauses, two for scoring tables, drop-downs for every value that is a word."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.rules.clause_words import clause_rule
from simulator.presentation.rules.condition_words import condition_text, names_of
from simulator.rules.facts import Test
from simulator.rules.value_paths import enclosing_test, subject_of
from simulator.workbook.criteria_fields import kinds_of, model_of, spec_of
from simulator.workbook.criteria_layout import GROUNDS, ITEM_COLUMNS, PART_COLUMNS, REASONS, REMOVE, is_award, place_of, values_of_set
from simulator.workbook.criteria_words import choice_shown, column_title, field_words, unit_words
from simulator.workbook.still_archive import save_book
from simulator.workbook.tables import fit_heights, fit_widths, new_workbook, put, put_header, set_up_page, sheet_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.workbook.criteria_fields import Spec

TAIL = (*GROUNDS, *REASONS, REMOVE)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "clauses": ("clause", "field", "meaning", "value", "unit", *TAIL),
    "points": ("clause", "kind", *GROUNDS[:2], *PART_COLUMNS, *GROUNDS[2:], *REASONS, REMOVE),
    "bands": ("clause", "item", *ITEM_COLUMNS),
}
"""The columns of each sheet, by the value they hold."""
INFO = ("overlay.title.vi", "overlay.title.en", "overlay.why.vi", "overlay.why.en", "overlay.valid.from")
_ROWS_TO_COME = 200
"""Rows below the last for which drop-downs of whole columns still hold."""
_PERCENT = "0.########%"
_GREY = "808080"


def export_criteria(criteria: CriteriaSet, path: Path, lang: Lang = "vi") -> None:
    """Write a set, a stack or a scoring table as a workbook.

    Parameters
    ----------
    criteria
        What is written; of a stack, the rules as they stand after every overlay.
    path
        The file to write; it is replaced.
    lang
        Language of headings, meanings and notes; titles are always in both.
    """
    _Writer(criteria, lang).write(path)


class _Writer:
    """One workbook while it is being written."""

    def __init__(self, criteria: CriteriaSet, lang: Lang) -> None:
        self.criteria, self.lang = criteria, lang
        self.names = names_of(criteria, lang)
        self.values = values_of_set(criteria)
        self.clauses: dict[str, Any] = {**dict(criteria.iter_clauses()), **criteria.awards}
        self.book = new_workbook()
        self.lists: dict[tuple[str, ...], str] = {}
        self.drop_downs: dict[tuple[str, tuple[str, ...]], DataValidation] = {}
        self.lines: dict[str, int] = {}
        self.greys: dict[bytes, Any] = {}

    def write(self, path: Path) -> None:
        info = self.book.active
        info.title = self._sheet_name("info")
        sheets = {name: self._sheet(name) for name in self._needed()}
        self.list_sheet = self.book.create_sheet(self._sheet_name("lists"))
        self.list_sheet.sheet_state = "hidden"
        for clause, values in self.values.items():
            self._write_clause(sheets, clause, values)
        self._write_info(info)
        self._offer_kinds(sheets)
        for sheet in sheets.values():
            fit_widths(sheet)
            fit_heights(sheet)
            set_up_page(sheet, 1)
        self._write_guide()
        save_book(self.book, path)

    def _needed(self) -> list[str]:
        paths = list(self.values)
        has_points = any(path.startswith("points.") for path in paths)
        return [
            "clauses",
            *(["points"] if has_points else []),
            *(["bands"] if has_points or any(path.startswith("classes.") for path in paths) else []),
        ]

    def _sheet_name(self, name: str) -> str:
        return sheet_name(translate(f"criteria.sheet.{name}", self.lang))

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.create_sheet(self._sheet_name(name))
        put_header(sheet, 1, [column_title(name, column, self.lang) for column in COLUMNS[name]])
        self.lines[name] = 1
        return sheet

    def _write_clause(self, sheets: Mapping[str, Worksheet], clause: str, values: Mapping[str, Any]) -> None:
        rows: dict[tuple[str, str], int] = {}
        for field, value in values.items():
            place = place_of(clause, field)
            sheet, columns = sheets[place.sheet], COLUMNS[place.sheet]
            line = rows.get((place.sheet, place.row))
            if line is None:
                line = rows[place.sheet, place.row] = self.lines[place.sheet] = self.lines[place.sheet] + 1
                self._begin_row(sheet, place.sheet, line, clause, place.row)
            self._put(sheet.cell(line, columns.index(place.column) + 1), clause, field, value)

    def _begin_row(self, sheet: Worksheet, name: str, line: int, clause: str, row: str) -> None:
        first, *others = (sheet.cell(line, column) for column in range(1, len(COLUMNS[name]) + 1))
        put(first, None)
        for cell in others:
            cell._style = copy(first._style)  # noqa: SLF001  # openpyxl's own way to give a cell the style of another
        put(first, clause, is_bold=name != "clauses" or row == "kind")
        if name == "bands":
            put(sheet.cell(line, 2), row or None)
            self._grey(sheet.cell(line, 2))
        elif name == "clauses":
            put(sheet.cell(line, 2), row)
            self._grey(sheet.cell(line, 2))
            put(sheet.cell(line, 3), self._meaning(clause, row))
            spec = spec_of(model_of(str(self.values[clause]["kind"]), is_award=is_award(clause)) or Test, row)
            value, fact = self.values[clause][row], self._subject(clause, row)
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            put(sheet.cell(line, 5), unit_words(row, spec, self.lang, fact, is_number=is_number))
        if name == "points" or row == "kind":
            confidences = ("read", "recalled", "unsure", "derived")
            column = COLUMNS[name].index("source.confidence") + 1
            self._offer(sheet, line, column, [choice_shown("source.confidence", each, self.lang) for each in confidences])
            self._offer(sheet, line, COLUMNS[name].index(REMOVE) + 1, [translate("criteria.remove", self.lang)])

    def _grey(self, cell: Any) -> None:
        """Set the technical name of a value apart from what its reader edits."""
        before = bytes(cell._style)  # noqa: SLF001  # as above: to find a font among those of the book takes longer than to write the cell
        if before not in self.greys:
            font = copy(cell.font)
            font.color = _GREY
            cell.font = font
            self.greys[before] = copy(cell._style)  # noqa: SLF001  # as above
        cell._style = copy(self.greys[before])  # noqa: SLF001  # as above

    def _put(self, cell: Any, clause: str, field: str, value: Any) -> None:
        model = model_of(str(self.values[clause]["kind"]), is_award=is_award(clause))
        spec = spec_of(model, field) if model else None
        shown = self._shown(field, value, spec)
        is_share = isinstance(value, float) and unit_words(field, spec, self.lang) == "%" if spec else False
        put(cell, shown, number_format=_PERCENT if is_share else None)
        if spec is None or spec.is_list or field == "kind":
            return
        if spec.choices and not (isinstance(value, int | float) and self._subject(clause, field)):
            self._offer(
                cell.parent,
                cell.row,
                cell.column,
                [choice_shown(field, each, self.lang) for each in spec.choices],
                is_open=spec.is_number or spec.is_whole,
            )
        elif spec.is_yes_no:
            self._offer(cell.parent, cell.row, cell.column, [translate(f"table.{word}", self.lang) for word in ("yes", "no")])

    def _shown(self, field: str, value: Any, spec: Spec | None) -> Any:
        if isinstance(value, bool):
            return translate("table.yes" if value else "table.no", self.lang)
        if isinstance(value, list):
            return ", ".join(value) or translate("table.none", self.lang)
        if isinstance(value, str) and spec is not None and value in spec.choices:
            return choice_shown(field, value, self.lang)
        return value

    def _meaning(self, clause: str, field: str) -> str:
        """Say what a row is about: the rule itself, one test of a condition, or the name of a value."""
        kind = "award" if is_award(clause) else str(self.values[clause]["kind"])
        if field == "kind":
            rule = "" if is_award(clause) else clause_rule(self.clauses[clause], self.lang, self.names)
            return rule or field_words(field, self.lang, kind)
        test = enclosing_test(self.clauses[clause], field)
        if test is not None and field.rpartition(".")[2] in {"fact", "points", "class"}:
            return condition_text(test, self.lang, self.names)
        return field_words(field, self.lang, kind)

    def _subject(self, clause: str, field: str) -> str | None:
        """Tell what the test looks at that a value belongs to."""
        return subject_of(enclosing_test(self.clauses[clause], field))

    def _offer(self, sheet: Any, line: int, column: int, words: list[str], *, is_open: bool = False) -> None:
        """Give a cell a drop-down; an open one takes other values too."""
        key = (sheet.title, (*words, str(is_open)))
        if key not in self.drop_downs:
            validation = DataValidation(type="list", formula1=self._list_of(tuple(words)), allow_blank=True)
            validation.showErrorMessage = not is_open
            sheet.add_data_validation(validation)
            self.drop_downs[key] = validation
        sheet.cell(line, column)
        # It would look through all its cells for this one, which stands nowhere yet.
        self.drop_downs[key].sqref.ranges.add(CellRange(min_col=column, min_row=line, max_col=column, max_row=line))

    def _list_of(self, words: tuple[str, ...]) -> str:
        """Name the cells of the hidden sheet that hold these words; a list inside a drop-down may not be longer than 255 letters."""
        if words not in self.lists:
            column = len(self.lists) + 1
            for line, word in enumerate(words, 1):
                put(self.list_sheet.cell(line, column), word, has_border=False)
            letter = get_column_letter(column)
            self.lists[words] = f"'{self.list_sheet.title}'!${letter}$1:${letter}${len(words)}"
        return self.lists[words]

    def _offer_kinds(self, sheets: Mapping[str, Worksheet]) -> None:
        """Offer every kind where a kind is said, also on rows to come."""
        kinds = [choice_shown("kind", kind, self.lang) for kind in kinds_of()]
        if "points" in sheets:
            for line in range(2, self.lines["points"] + _ROWS_TO_COME):
                self._offer(sheets["points"], line, 2, kinds)
        for row in sheets["clauses"].iter_rows(2, self.lines["clauses"]):
            if row[1].value == "kind" and not is_award(str(row[0].value)):
                self._offer(sheets["clauses"], row[3].row, 4, kinds, is_open=True)

    def _write_info(self, sheet: Worksheet) -> None:
        put_header(sheet, 1, [translate(f"criteria.info.{column}", self.lang) for column in ("field", "label", "value")])
        title = self.criteria.title
        proposed = {f"overlay.title.{lang}": translate("criteria.overlay.title", lang, title=title.in_language(lang)) for lang in ("vi", "en")}
        rows: dict[str, Any] = {"set": self.criteria.id, "hash": self.criteria.content_hash, "title.vi": title.in_language(self.lang)}
        rows |= {field: proposed.get(field) for field in INFO} | {"overlay.valid.from": self.criteria.valid_from}
        for line, (field, value) in enumerate(rows.items(), 2):
            put(sheet.cell(line, 1), field)
            put(sheet.cell(line, 2), translate(f"criteria.info.{field}", self.lang))
            put(sheet.cell(line, 3), value, number_format="dd/mm/yyyy" if field == "overlay.valid.from" else None)
        fit_widths(sheet)
        fit_heights(sheet)
        set_up_page(sheet, 1)

    def _write_guide(self) -> None:
        sheet = self.book.create_sheet(self._sheet_name("guide"), 1)
        lines = sorted(key for key in catalogue(self.lang) if key.startswith("criteria.guide."))
        for line, key in enumerate(lines, 1):
            put(sheet.cell(line, 1), translate(key, self.lang), has_border=False)
        sheet.column_dimensions["A"].width = 92
        fit_heights(sheet)
        sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.orientation = "portrait"
