"""Write a comparison table as a workbook: what goes is struck out, what comes is underlined, and a column stays blank for notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from simulator.presentation.i18n import translate
from simulator.presentation.wording import sentence_case
from simulator.workbook.safe_text import sheet_text
from simulator.workbook.tables import FONT_NAME, FONT_SIZE, write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulator.presentation.numbers import Lang
    from simulator.presentation.results.clause_effects import ClauseEffects
    from simulator.presentation.rules.comparison_table import ComparisonRow, ComparisonTable
    from simulator.presentation.rules.marked_text import MarkedText

_PLAIN = InlineFont(rFont=FONT_NAME, sz=FONT_SIZE)
_OUT = InlineFont(rFont=FONT_NAME, sz=FONT_SIZE, strike=True)
_IN = InlineFont(rFont=FONT_NAME, sz=FONT_SIZE, b=True, u="single")
_OF_LAW = 4
"""Number, current rule, draft and explanation; the sources behind them give way to effects."""
_EFFECT_WIDTH, _NOTES_WIDTH = 20, 24


def write_comparison_book(table: ComparisonTable, path: Path, effects: ClauseEffects | None = None) -> None:
    """Write a comparison table.

    Parameters
    ----------
    table
        The table in words.
    path
        The file to write; it is replaced.
    effects
        What stands beside each clause; with it, a last column stays blank for notes and for who commented.
    """
    lang = table.lang
    columns, notes = list(table.columns), list(table.notes)
    groups: dict[str, list[Sequence[Any]]] = {}
    if effects is not None:
        columns = [*columns[:_OF_LAW], *_effect_columns(effects, lang), translate("comparison.column.notes", lang)]
        notes = [*notes, *effects.notes]
        groups[""] = [_whole(effects, len(columns), lang)] if effects.columns else []
    for number, row in enumerate(table.rows, 1):
        cells = [str(number), _side(table, row, row.current, _OUT), _side(table, row, row.draft, _IN), row.explanation]
        cells += [row.source] if effects is None else [*_beside(row, effects), ""]
        groups.setdefault(row.group, []).append(cells)
    notes += [translate("comparison.note.marks-word", lang)] if table.rows else []
    beside = {} if effects is None else dict.fromkeys(range(_OF_LAW + 1, len(columns)), _EFFECT_WIDTH) | {len(columns): _NOTES_WIDTH}
    write_rows(path, translate("comparison.sheet", lang), table.caption, columns, groups.items(), notes, widths=beside)


def _side(table: ComparisonTable, row: ComparisonRow, text: MarkedText, changed: InlineFont) -> CellRichText | str:
    """Give one side of a row; only what was changed has marks."""
    if row.change != "changed" or not any(each.is_changed for each in text):
        return table.side(row, text)
    return CellRichText(*(TextBlock(changed if each.is_changed else _PLAIN, sheet_text(each.text)) for each in text))


def _is_split(effects: ClauseEffects) -> bool:
    return any(isinstance(cells, tuple) for cells in effects.by_clause.values())


def _effect_columns(effects: ClauseEffects, lang: str) -> list[str]:
    """Give the columns beside the clauses: one, where no effect is known clause by clause."""
    return list(effects.columns) if _is_split(effects) or not effects.columns else [translate("redline.column.effect", lang)]


def _whole(effects: ClauseEffects, n_columns: int, lang: Lang) -> list[str]:
    """Tell the effect of the whole draft first: below its columns, or in one cell where these do not stand."""
    if _is_split(effects):
        return ["", "", "", effects.head_title, *effects.head, ""]
    cells = "\n".join(sentence_case(line) for line in effects.lines_of_whole(lang))
    return ["", "", "", effects.head_title, cells, *[""] * (n_columns - _OF_LAW - 1)]


def _beside(row: ComparisonRow, effects: ClauseEffects) -> list[str]:
    beside = effects.by_clause[row.clause]
    if isinstance(beside, tuple):
        return list(beside)
    return [beside, *[""] * (len(effects.columns) - 1)] if _is_split(effects) else [beside] if effects.columns else []
