"""Read an edited workbook of criteria back: every value with its cell, and everything that is wrong with any of them at once."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.errors import InputError, Severity
from simulator.presentation.i18n import catalogue, translate
from simulator.rules.checks.telling import both_marker
from simulator.workbook.cell_values import MOST_DIGITS, Doubt, fold, read_date, shown_in_rules
from simulator.workbook.cells import read_sheets
from simulator.workbook.codes import in_order
from simulator.workbook.criteria_codes import make_finding
from simulator.workbook.criteria_fields import model_of, spec_of
from simulator.workbook.criteria_layout import REASONS, REMOVE, is_award, is_path
from simulator.workbook.criteria_words import choice_shown, code_of, code_of_words, column_title, unit_words
from simulator.workbook.criteria_writing import COLUMNS, INFO
from simulator.workbook.sheets import Broken, Percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.workbook.criteria_fields import Spec
    from simulator.workbook.sheets import Sheet, Value

LANGS: Final[tuple[Lang, ...]] = ("vi", "en")
_LIKE_A_NUMBER = re.compile(r"[-+−]?\d[\d.,\s]*%?")
_MOST_ALLOWED_SHOWN = 12
_NOT_VALUES = frozenset({"clause", "field", "meaning", "unit", "item"})


class Cell(NamedTuple):
    """A cell as its reader finds it, and its line."""

    name: str
    line: int


class Read(NamedTuple):
    """A value, and the cell it was read from."""

    value: Any
    cell: Cell


@dataclass
class Edited:
    """What an edited workbook says.

    Attributes
    ----------
    file
        The file as it is named to the reader.
    info
        The values of the first sheet by name.
    clauses
        Each clause by path: its values by path.
    reasons
        Reason cells of each clause: Vietnamese, English.
    removed
        Clauses marked to be removed.
    unread
        Clause and path of each value whose cell cannot be read; the path is ``kind`` where nobody knows what the clause is.
    findings
        What is wrong so far, and warnings of what was not read.
    """

    file: str
    info: dict[str, Read] = field(default_factory=dict)
    clauses: dict[str, dict[str, Read]] = field(default_factory=dict)
    reasons: dict[str, dict[str, Read]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    unread: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def report(self, code: str, cell: Cell, **fields: str) -> None:
        """Note what is wrong with a cell."""
        self.findings.append(make_finding(code, self.file, cell.line, cell=cell.name, **fields))

    def stop_if_wrong(self) -> None:
        """Stop when anything was wrong; findings are told sheet by sheet, in the order of lines."""
        if any(finding.severity is Severity.ERROR for finding in self.findings):
            raise InputError(in_order(self.findings))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What was found and does not stop the reading."""
        return tuple(finding for finding in in_order(self.findings) if finding.severity is Severity.WARNING)


def read_edited(path: Path, lang: Lang = "vi") -> Edited:
    """Read a workbook of criteria.

    Parameters
    ----------
    path
        The file.
    lang
        Language of the words that findings offer to choose from.

    Raises
    ------
    InputError
        If the file cannot be read safely, or a sheet or a heading is missing.
    """
    edited = Edited(path.as_posix())
    sheets = {fold(sheet.name): sheet for sheet in read_sheets(path)}
    info = _find(sheets, "info")
    clauses = _find(sheets, "clauses")
    for name, sheet in (("info", info), ("clauses", clauses)):
        if sheet is None:
            edited.findings.append(
                make_finding("WB551", edited.file, 1, sheet=both_marker(*(translate(f"criteria.sheet.{name}", each) for each in LANGS)))
            )
    edited.stop_if_wrong()
    if info is not None:
        _read_info(info, edited)
    known = {fold(translate(f"criteria.sheet.{name}", each)) for name in _SHEETS for each in LANGS}
    for name, sheet in sheets.items():
        if name not in known and any(_trimmed(value) is not None for row in sheet.rows for value in row):
            edited.findings.append(make_finding("WB572", edited.file, sheet.lines[0], sheet=sheet.name))
    raw: list[tuple[str, str, Any, Cell]] = []
    for name in COLUMNS:
        sheet = _find(sheets, name)
        if sheet is not None:
            raw += _read_sheet(name, sheet, edited)
    if any(finding.code == "WB552" for finding in edited.findings):
        edited.stop_if_wrong()
    kinds = {clause: code_of(value) for clause, field_name, value, _ in raw if field_name == "kind" and isinstance(value, str)}
    for clause, field_name, value, cell in raw:
        _take(edited, clause, field_name, Read(value, cell), kinds.get(clause), lang)
    return edited


def _find(sheets: dict[str, Sheet], name: str) -> Sheet | None:
    return next((sheet for lang in LANGS if (sheet := sheets.get(fold(translate(f"criteria.sheet.{name}", lang)))) is not None), None)


def _read_info(sheet: Sheet, edited: Edited) -> None:
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        name, value = row[0], row[2] if len(row) > 2 else None  # noqa: PLR2004  # the third column holds the value
        cell = Cell(sheet.cell(line, 2), line)
        if isinstance(value, Broken):
            edited.report("WB567", cell)
        elif isinstance(name, str) and (first := edited.info.get(name.strip())) is not None:
            edited.report("WB559", cell, other=first.cell.name)
        elif isinstance(name, str):
            edited.info[name.strip()] = Read(_trimmed(value), cell)
            if line != sheet.lines[0] and name.strip() not in _INFO and _trimmed(name) is not None:
                edited.report("WB573", Cell(sheet.cell(line, 0), line))


def _read_sheet(name: str, sheet: Sheet, edited: Edited) -> Iterator[tuple[str, str, Any, Cell]]:
    """Go through the filled cells of a sheet: clause, path of the value, what the cell holds, the cell."""
    columns = _find_columns(name, sheet, edited)
    if not columns:
        return
    _warn_of_columns(sheet, set(columns.values()), edited)
    for line, row in zip(sheet.lines[1:], sheet.rows[1:], strict=True):

        def at(column: str, line: int = line, row: list[Value] = row) -> Read:
            position = columns[column]
            return Read(_trimmed(row[position]) if position < len(row) else None, Cell(sheet.cell(line, position), line))

        clause, cell = at("clause")
        if clause is None and all(_trimmed(value) is None for value in row):
            continue
        if not isinstance(clause, str) or not is_path(clause):
            edited.report("WB562", cell, found="@empty-cell" if clause is None else shown_in_rules(clause))
            continue
        under = None if name == "points" else at("field" if name == "clauses" else "item").value
        for column in COLUMNS[name]:
            value, cell = at(column)
            if value is None or column in _NOT_VALUES:
                continue
            yield clause, _field_at(name, column, under), value, cell


def _warn_of_columns(sheet: Sheet, known: set[int], edited: Edited) -> None:
    """Warn, once for each, of columns that hold something and are not read."""
    told: set[int] = set()
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        for position in range(len(row)):
            if position not in known and position not in told and _trimmed(row[position]) is not None:
                told.add(position)
                edited.report("WB573", Cell(sheet.cell(line, position), line))


def _field_at(sheet: str, column: str, under: Any) -> str:
    """Give the path of the value a cell holds."""
    if sheet == "clauses" and column == "value":
        return str(under or "")
    return f"{under}.{column}" if sheet == "bands" and under else column


def _find_columns(name: str, sheet: Sheet, edited: Edited) -> dict[str, int]:
    header = [fold(value) if isinstance(value, str) else "" for value in (sheet.rows[0] if sheet.rows else [])]
    found = {}
    for column in COLUMNS[name]:
        titles = [fold(column_title(name, column, lang)) for lang in LANGS]
        position = next((header.index(title) for title in titles if title in header), None)
        if position is None:
            fields = {"sheet": sheet.name, "column": both_marker(*(column_title(name, column, lang) for lang in LANGS))}
            edited.findings.append(make_finding("WB552", edited.file, sheet.lines[0] if sheet.lines else 1, **fields))
        else:
            found[column] = position
    return found if len(found) == len(COLUMNS[name]) else {}


def _trimmed(value: Value) -> Value:
    return value.strip() or None if isinstance(value, str) and not isinstance(value, Broken) else value


def _take(edited: Edited, clause: str, field_name: str, read: Read, kind: str | None, lang: Lang) -> None:
    """Enter one value, or say what is wrong with it."""
    value, cell = read
    if isinstance(value, Broken):
        edited.report("WB567", cell)
        edited.unread.append((clause, field_name))
    elif field_name == REMOVE:
        if fold(str(value)) in _REMOVE_WORDS:
            edited.removed.add(clause)
        else:
            edited.report("WB569", cell, found=shown_in_rules(value), word=translate("criteria.remove", lang))
    elif field_name in REASONS:
        edited.reasons.setdefault(clause, {})[field_name] = Read(str(value), cell)
    elif (first := edited.clauses.setdefault(clause, {}).get(field_name)) is not None:
        edited.report("WB559", cell, other=first.cell.name)
    elif kind is not None:
        _take_value(edited, clause, field_name, read, kind, lang)
    elif not any(finding.code == "WB561" and finding.fields["clause"] == clause for finding in edited.findings):
        edited.report("WB561", cell, clause=clause)
        edited.unread.append((clause, "kind"))


def _take_value(edited: Edited, clause: str, field_name: str, read: Read, kind: str, lang: Lang) -> None:
    held = edited.clauses[clause]
    value, cell = read
    if field_name == "kind" and not is_award(clause):
        held["kind"] = Read(kind, cell)
        return
    model = model_of(kind, is_award=is_award(clause))
    if model is None:
        return  # a kind nobody knows is told once, when the whole is validated
    spec = spec_of(model, field_name)
    if not spec.is_known:
        edited.report("WB558", cell, kind=kind, field=field_name)
        return
    taken, code, fields = _value(value, spec, field_name, lang)
    if code:
        edited.report(code, cell, **fields)
        edited.unread.append((clause, field_name))
    else:
        held[field_name] = Read(taken, cell)


def _value(value: Any, spec: Spec, field_name: str, lang: Lang) -> tuple[Any, str, dict[str, str]]:
    """Turn what a cell holds into a value of the format: the value, or a code and the fields of its sentence."""
    found = {"found": shown_in_rules(value)}
    misfit = partial(_misfit, spec, field_name, lang, found)
    if isinstance(value, bool | datetime.date):
        fits = spec.is_yes_no if isinstance(value, bool) else spec.is_date
        return (value, "", {}) if fits else misfit()
    if isinstance(value, Percent) and unit_words(field_name, spec, lang) != translate("criteria.unit.share", lang):
        return None, "WB570", found
    if isinstance(value, int | float) and not abs(value) < 10**MOST_DIGITS:
        return None, "WB571", found
    if isinstance(value, int | float):
        return _number(float(value), spec) or ((None, "WB555", found) if spec.is_whole else misfit())
    return _list(str(value), spec, field_name, lang) if spec.is_list else _word(str(value), spec, field_name) or misfit()


def _word(text: str, spec: Spec, field_name: str) -> tuple[Any, str, dict[str, str]] | None:
    """Read a word of a list, yes or no, a day or a text; None where it is none of what can stand."""
    word = code_of_words(field_name, text, spec.choices)
    if word is not None:
        return word, "", {}
    if spec.is_yes_no and fold(text) in _YES_NO:
        return _YES_NO[fold(text)], "", {}
    if spec.is_date and not isinstance(day := read_date(text), Doubt):
        return day, "", {}
    return (text, "", {}) if spec.is_text and not spec.choices else None


def _list(text: str, spec: Spec, field_name: str, lang: Lang) -> tuple[Any, str, dict[str, str]]:
    """Read ids parted by commas; a dash is an empty list."""
    nothing = {translate("table.none", each) for each in LANGS}
    given = [] if text in nothing else [item.strip() for item in re.split(r"[,;]", text) if item.strip()]
    items = [code_of_words(field_name, item, spec.choices) or code_of(item) for item in given]
    unknown = [item for item in items if spec.choices and item not in spec.choices]
    return (None, "WB556", {"found": ", ".join(unknown), "allowed": _listed(spec, field_name, lang)}) if unknown else (items, "", {})


def _number(number: float, spec: Spec) -> tuple[Any, str, dict[str, str]] | None:
    """Give the value a number stands for; None where none can stand."""
    is_integer = number.is_integer()
    if spec.is_number:
        return (int(number) if is_integer else number), "", {}
    if spec.is_whole:
        return (int(number), "", {}) if is_integer else None
    if (spec.is_text or spec.is_list) and is_integer and not (spec.choices and str(int(number)) not in spec.choices):
        return ([str(int(number))] if spec.is_list else str(int(number))), "", {}
    return None


def _misfit(spec: Spec, field_name: str, lang: Lang, found: dict[str, str]) -> tuple[Any, str, dict[str, str]]:
    """Say what was needed instead, in the words the cells show."""
    if spec.is_number or spec.is_whole:
        if _LIKE_A_NUMBER.fullmatch(found["found"].strip()):
            return None, "WB554", found
        if not spec.choices:
            return None, "WB553", found
    if spec.choices:
        return None, "WB556", {**found, "allowed": _listed(spec, field_name, lang)}
    return None, "WB557", {**found, "expected": "@yes-or-no" if spec.is_yes_no else "@a-date" if spec.is_date else "@plain-text"}


def _listed(spec: Spec, field_name: str, lang: Lang) -> str:
    """List what may stand in a cell, as its drop-down shows it."""
    number = [translate("criteria.unit.number", lang)] if spec.is_number or spec.is_whole else []
    more = [] if len(spec.choices) <= _MOST_ALLOWED_SHOWN else ["…"]
    return "; ".join([*number, *(choice_shown(field_name, code, lang) for code in spec.choices[:_MOST_ALLOWED_SHOWN]), *more])


_REMOVE_WORDS: Final = {fold(translate("criteria.remove", lang)) for lang in LANGS}
_SHEETS: Final = ("info", "guide", "lists", *COLUMNS)
_INFO: Final = {"set", "hash", "title.vi", *INFO}
_YES_NO: Final = {fold(catalogue(lang)[f"table.{word}"]): word == "yes" for lang in LANGS for word in ("yes", "no")} | {"true": True, "false": False}
