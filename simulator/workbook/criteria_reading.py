"""Read an edited workbook of criteria back: every value with its cell, and everything that is wrong with any of them at once."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.errors import InputError
from simulator.presentation.i18n import catalogue, translate
from simulator.workbook.cell_values import fold, shown
from simulator.workbook.cells import read_sheets
from simulator.workbook.criteria_codes import make_finding
from simulator.workbook.criteria_fields import model_of, spec_of
from simulator.workbook.criteria_layout import REASONS, REMOVE, is_award, is_path
from simulator.workbook.criteria_words import code_of, column_title
from simulator.workbook.criteria_writing import COLUMNS
from simulator.workbook.sheets import Broken

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
    findings
        What is wrong so far.
    """

    file: str
    info: dict[str, Read] = field(default_factory=dict)
    clauses: dict[str, dict[str, Read]] = field(default_factory=dict)
    reasons: dict[str, dict[str, Read]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def report(self, code: str, cell: Cell, **fields: str) -> None:
        """Note what is wrong with a cell."""
        self.findings.append(make_finding(code, self.file, cell.line, cell=cell.name, **fields))

    def stop_if_wrong(self) -> None:
        """Stop when anything was wrong."""
        if self.findings:
            raise InputError(self.findings)


def read_edited(path: Path) -> Edited:
    """Read a workbook of criteria.

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
            edited.findings.append(make_finding("WB551", edited.file, 1, sheet=translate(f"criteria.sheet.{name}", "vi")))
    edited.stop_if_wrong()
    if info is not None:
        _read_info(info, edited)
    raw: list[tuple[str, str, Any, Cell]] = []
    for name in COLUMNS:
        sheet = _find(sheets, name)
        if sheet is not None:
            raw += _read_sheet(name, sheet, edited)
    if any(finding.code == "WB552" for finding in edited.findings):
        edited.stop_if_wrong()
    kinds = {clause: code_of(value) for clause, field_name, value, _ in raw if field_name == "kind" and isinstance(value, str)}
    for clause, field_name, value, cell in raw:
        _take(edited, clause, field_name, value, cell, kinds.get(clause))
    return edited


def _find(sheets: dict[str, Sheet], name: str) -> Sheet | None:
    return next((sheet for lang in LANGS if (sheet := sheets.get(fold(translate(f"criteria.sheet.{name}", lang)))) is not None), None)


def _read_info(sheet: Sheet, edited: Edited) -> None:
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        name, value = row[0], row[2] if len(row) > 2 else None  # noqa: PLR2004  # the third column holds the value
        cell = Cell(sheet.cell(line, 2), line)
        if isinstance(value, Broken):
            edited.report("WB567", cell)
        elif isinstance(name, str):
            edited.info[name.strip()] = Read(value.strip() or None if isinstance(value, str) else value, cell)


def _read_sheet(name: str, sheet: Sheet, edited: Edited) -> Iterator[tuple[str, str, Any, Cell]]:
    """Go through the filled cells of a sheet: clause, path of the value, what the cell holds, the cell."""
    columns = _find_columns(name, sheet, edited)
    if not columns:
        return
    for line, row in zip(sheet.lines[1:], sheet.rows[1:], strict=True):

        def at(column: str, line: int = line, row: list[Value] = row) -> Read:
            position = columns[column]
            return Read(_trimmed(row[position]) if position < len(row) else None, Cell(sheet.cell(line, position), line))

        clause, cell = at("clause")
        if clause is None and all(_trimmed(value) is None for value in row):
            continue
        if not isinstance(clause, str) or not is_path(clause):
            edited.report("WB562", cell, found="@empty-cell" if clause is None else shown(clause))
            continue
        under = None if name == "points" else at("field" if name == "clauses" else "item").value
        for column in COLUMNS[name]:
            value, cell = at(column)
            if value is None or column in _NOT_VALUES:
                continue
            yield clause, _field_at(name, column, under), value, cell


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
            fields = {"sheet": sheet.name, "column": column_title(name, column, "vi")}
            edited.findings.append(make_finding("WB552", edited.file, sheet.lines[0] if sheet.lines else 1, **fields))
        else:
            found[column] = position
    return found if len(found) == len(COLUMNS[name]) else {}


def _trimmed(value: Value) -> Value:
    return value.strip() or None if isinstance(value, str) and not isinstance(value, Broken) else value


def _take(edited: Edited, clause: str, field_name: str, value: Any, cell: Cell, kind: str | None) -> None:
    """Enter one value, or say what is wrong with it."""
    if isinstance(value, Broken):
        edited.report("WB567", cell)
    elif field_name == REMOVE:
        edited.removed.add(clause)
    elif field_name in REASONS:
        edited.reasons.setdefault(clause, {})[field_name] = Read(str(value), cell)
    elif (first := edited.clauses.setdefault(clause, {}).get(field_name)) is not None:
        edited.report("WB559", cell, other=first.cell.name)
    elif kind is not None:
        _take_value(edited, clause, field_name, value, cell, kind)
    elif not any(finding.code == "WB561" and finding.fields["clause"] == clause for finding in edited.findings):
        edited.report("WB561", cell, clause=clause)


def _take_value(edited: Edited, clause: str, field_name: str, value: Any, cell: Cell, kind: str) -> None:
    held = edited.clauses[clause]
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
    taken, code, fields = _value(value, spec)
    if code:
        edited.report(code, cell, **fields)
    else:
        held[field_name] = Read(taken, cell)


def _value(value: Any, spec: Spec) -> tuple[Any, str, dict[str, str]]:
    """Turn what a cell holds into a value of the format: the value, or a code and the fields of its sentence."""
    found = {"found": shown(value)}
    if isinstance(value, bool | datetime.date):
        fits = spec.is_yes_no if isinstance(value, bool) else spec.is_date
        return (value, "", {}) if fits else _misfit(spec, found)
    if isinstance(value, int | float):
        return _number(float(value), spec, found)
    text = str(value)
    if spec.is_list:
        return _list(text, spec)
    if code_of(text) in spec.choices:
        return code_of(text), "", {}
    if spec.is_yes_no and fold(text) in _YES_NO:
        return _YES_NO[fold(text)], "", {}
    return (text, "", {}) if spec.is_text and not spec.choices else _misfit(spec, found)


def _list(text: str, spec: Spec) -> tuple[Any, str, dict[str, str]]:
    """Read ids parted by commas; a dash is an empty list."""
    nothing = {translate("table.none", lang) for lang in LANGS}
    items = [] if text in nothing else [code_of(item) for item in re.split(r"[,;]", text) if item.strip()]
    unknown = [item for item in items if spec.choices and item not in spec.choices]
    return (None, "WB556", {"found": ", ".join(unknown), "allowed": _listed(spec)}) if unknown else (items, "", {})


def _number(number: float, spec: Spec, found: dict[str, str]) -> tuple[Any, str, dict[str, str]]:
    is_integer = number.is_integer()
    if spec.is_number:
        return (int(number) if is_integer else number), "", {}
    if spec.is_whole:
        return (int(number), "", {}) if is_integer else (None, "WB555", found)
    if (spec.is_text or spec.is_list) and is_integer and not (spec.choices and str(int(number)) not in spec.choices):
        return ([str(int(number))] if spec.is_list else str(int(number))), "", {}
    return _misfit(spec, found)


def _misfit(spec: Spec, found: dict[str, str]) -> tuple[Any, str, dict[str, str]]:
    """Say what was needed instead."""
    if spec.is_number or spec.is_whole:
        return None, "WB554" if _LIKE_A_NUMBER.fullmatch(found["found"].strip()) else "WB553", found
    if spec.choices:
        return None, "WB556", {**found, "allowed": _listed(spec)}
    return None, "WB557", {**found, "expected": "@yes-or-no" if spec.is_yes_no else "@a-date" if spec.is_date else "@plain-text"}


def _listed(spec: Spec) -> str:
    more = ", …" if len(spec.choices) > _MOST_ALLOWED_SHOWN else ""
    return ", ".join(spec.choices[:_MOST_ALLOWED_SHOWN]) + more


_YES_NO: Final = {fold(catalogue(lang)[f"table.{word}"]): word == "yes" for lang in LANGS for word in ("yes", "no")} | {"true": True, "false": False}
