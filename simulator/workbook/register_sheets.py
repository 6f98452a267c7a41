"""Which sheet of a workbook holds the register, the head-count or the mergers that are asked for, and what else lies there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.indicators.register_headcount import COLUMNS as COLUMNS_OF_HEADCOUNT
from simulator.indicators.register_succession import COLUMNS as COLUMNS_OF_SUCCESSION
from simulator.presentation.i18n import translate
from simulator.workbook.cell_values import fold
from simulator.workbook.codes import make_finding
from simulator.workbook.headings import find_table
from simulator.workbook.markings import are_mostly_old
from simulator.workbook.register_wordings import WORDINGS
from simulator.workbook.wordings import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from simulator.indicators.register_findings import FileFindings
    from simulator.workbook.headings import Table
    from simulator.workbook.sheets import Sheet

KEYS: Final = ("member_id", "n_members", "successor_id")
"""Of each kind of file, the column that no other kind has."""
_FEWEST_COLUMNS: Final = 3
_FIRST_ROWS: Final = 40
_NEEDED: Final = frozenset({"year", "unit_id"})
"""Without these, of several sheets with codes of people none is a register."""
_BESIDE_A_REGISTER: Final = {"headcount": COLUMNS_OF_HEADCOUNT, "succession": COLUMNS_OF_SUCCESSION}


def choose_table(sheets: Sequence[Sheet], known: Collection[str], problems: FileFindings) -> tuple[Table, list[str]]:
    """Take the only sheet with the column that makes the table what it is; where that is missing, the one with most of the columns.

    Parameters
    ----------
    sheets
        Those that can be seen; the sheet of examples of our own workbook is passed over.
    known
        Columns that the table may have.
    problems
        Takes what keeps a table from being chosen.

    Returns
    -------
    The table, and the kinds of tables that lie beside a register and have been filled in: ``headcount``, ``succession``.

    Raises
    ------
    InputError
        If no sheet, or more than one, is such a table.
    """
    shown = [sheet for sheet in sheets if fold(sheet.name) not in _names("example")] or sheets
    key = next((name for name in KEYS if name in known), "")
    # One heading of another table may be one of ours by chance.
    tables = [table for table in _tables(shown, known) if len(table.places) > 1 or key in table.places]
    if not tables:
        _refuse_old_text(shown, problems)
        problems.refuse("RG427" if sheets and not sheets[0].name else "RG439", 1, expected=", ".join(known))
    whole = [table for table in tables if key in table.places and len(table.places) >= _FEWEST_COLUMNS]
    if len(whole) > 1 and not any(table.places.keys() >= _NEEDED for table in whole):
        whole = []  # a workbook of something else, of which is told what is missing
    if len(whole) > 1:
        problems.refuse("RG440", 1, n=str(len(whole)), column=key)
    chosen = whole[0] if whole else max(tables, key=lambda table: (next(table.rows_below(), None) is not None, len(table.places)))
    return chosen, _beside(chosen, shown) if key == KEYS[0] else []


def _refuse_old_text(sheets: Sequence[Sheet], problems: FileFindings) -> None:
    """Stop where headings cannot be known because they are written in an old font encoding."""
    for sheet in sheets:
        if are_mostly_old(value for row in sheet.rows[:_FIRST_ROWS] for value in row if isinstance(value, str)):
            raise InputError([make_finding("WB511", problems.file, sheet.lines[0], cell=sheet.cell(sheet.lines[0], 0))])


def _tables(sheets: Sequence[Sheet], known: Collection[str]) -> list[Table]:
    index = WORDINGS.index(known)
    return [table for sheet in sheets if (table := find_table(sheet, index, frozenset(known))) is not None]


def _beside(chosen: Table, sheets: Sequence[Sheet]) -> list[str]:
    """Tell which of the other sheets of our own workbook, by their names, have rows."""
    others = {fold(sheet.name): sheet for sheet in sheets if sheet is not chosen.sheet}
    filled = []
    for kind, columns in _BESIDE_A_REGISTER.items():
        tables = _tables([others[name] for name in _names(kind) & others.keys()], columns)
        if any(next(table.rows_below(), None) is not None for table in tables):
            filled.append(kind)
    return filled


def _names(kind: str) -> frozenset[str]:
    """Give the folded names a sheet of our own workbook may have."""
    return frozenset(fold(translate(f"sheet.{kind}", lang)) for lang in LANGUAGES)
