"""Word documents: tables an office can pass on, set out as Decree 30/2020 asks.

A4 landscape, margins of the decree, Times New Roman in every style and for every script, page numbers from the second page on, a header row that is
repeated on each page. In a clause that changes, what is taken out is struck through and what is put in is underlined and bold, so that it survives a
black-and-white print.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NO_BREAK_SPACE
from simulator.presentation.rules.marked_text import Segment
from simulator.presentation.table_layout import display_width
from simulator.reporting.word.styles import LONG_SIDE, MARGINS, NOTE_SIZE, SHORT_SIDE, clean, new_document
from simulator.reporting.word.times_metrics import text_width
from simulator.workbook.still_archive import save_still

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulator.presentation.numbers import Lang
    from simulator.presentation.results.clause_effects import ClauseEffects
    from simulator.presentation.rules.comparison_table import ComparisonRow, ComparisonTable
    from simulator.presentation.table_layout import Table

PAPER = (LONG_SIDE, SHORT_SIDE)
HEADING_SIZE = 14
MOST_LINES_KEPT = 10
"""Rows of more lines may go over pages: kept whole, they would leave pages half empty."""
LETTER = 2.0
"""Width of a letter of 12 points in mm, more or less."""
COMPARISON_WIDTHS = (12, 67, 67, 47, 54)
"""Widths of the five columns of the comparison table in mm; together the width between the margins."""
NARROWEST_EFFECT, NARROWEST_NOTES, NARROWEST_TEXT = 18.0, 19.0, 28.0
"""Least widths where effects stand beside the clauses: of an effect, of the column for notes, which stays blank, and of a text of rules or reasons."""
N_LAW = 4
"""Columns before the effects: number, rule in force, draft, reason."""
EDGES = 4.2
"""What the edges of a cell take from its width, in mm, with a little to spare."""
UNSPLIT_WIDTHS = (12, 58, 60, 64, 27, 26)
"""Widths where no effect is known clause by clause: one narrow column says so."""
REDLINE_SIZE = 9.5
SMALLER = 2.0
"""How many more letters go into a row of that size that is kept on one page: smaller ones in a line, and more lines."""


def write_comparison(table: ComparisonTable, path: Path) -> None:
    """Write the comparison table of two sets as a Word document.

    Parameters
    ----------
    table
        The table in words.
    path
        The file to write; it is replaced.
    """
    document = new_document(table.lang, table.caption)
    _heading(document, table.caption, table.lang)
    grid = _grid(document, table.columns, COMPARISON_WIDTHS)
    group = ""
    for number, row in enumerate(table.rows, 1):
        if row.group != group:
            group = row.group
            _group_row(grid, group, len(table.columns))
        _add_row(grid, COMPARISON_WIDTHS, _comparison_cells(table, row, number))
    notes = [*table.notes, *([translate("comparison.note.marks-word", table.lang)] if table.rows else [])]
    _notes(document, notes)
    save_still(document.save, path)


def write_redline(table: ComparisonTable, effects: ClauseEffects, path: Path) -> None:
    """Write the comparison table with the simulated effect beside each clause; the first row is that of the whole draft.

    Parameters
    ----------
    table
        The table in words.
    effects
        What stands beside each clause.
    path
        The file to write; it is replaced.
    """
    document = new_document(table.lang, table.caption)
    _heading(document, table.caption, table.lang)
    is_split = any(isinstance(cells, tuple) for cells in effects.by_clause.values())
    columns = effects.columns if is_split or not effects.columns else (translate("redline.column.effect", table.lang),)
    n_law, n_effects = N_LAW, len(columns)
    names = (*table.columns[:n_law], *columns, translate("comparison.column.notes", table.lang))
    widths = _redline_widths(table, names) if is_split else UNSPLIT_WIDTHS if columns else COMPARISON_WIDTHS
    grid = _grid(document, names, widths)
    _whole_row(grid, widths, effects, table.lang, is_split=is_split)
    group = ""
    for number, row in enumerate(table.rows, 1):
        if row.group != group:
            group = row.group
            _group_row(grid, group, len(widths))
        beside = effects.by_clause[row.clause]
        cells = beside if isinstance(beside, tuple) else (beside, *[""] * (n_effects - 1)) if columns else ()
        contents = [*_comparison_cells(table, row, number)[:n_law], *((Segment(_breakable(cell)),) if cell else () for cell in cells), ()]
        _add_row(grid, widths, contents)
        if _n_lines(widths, contents) > MOST_LINES_KEPT >= _n_lines([width * SMALLER for width in widths], contents):
            _mark_row(grid.rows[-1], "w:cantSplit")
        if n_effects > 1 and not isinstance(beside, tuple):
            last = grid.rows[-1].cells
            last[n_law].merge(last[n_law + n_effects - 1])
    if is_split:
        _finish_effects(grid, n_law)
    _notes(document, [*effects.notes, *table.notes, *([translate("comparison.note.marks-word", table.lang)] if table.rows else [])])
    save_still(document.save, path)


def _redline_widths(table: ComparisonTable, names: Sequence[str]) -> tuple[float, ...]:
    """Give the widths of a table with effects: no word of a header is cut, and of rules, draft and reasons the longer ones get more of the rest."""
    least = [max(text_width(word, REDLINE_SIZE, is_bold=True) for word in name.split()) + EDGES for name in names]
    number, notes = float(COMPARISON_WIDTHS[0]), max(NARROWEST_NOTES, least[-1])
    n_effects = len(names) - N_LAW - 1
    room = sum(COMPARISON_WIDTHS) - number - notes
    effect = min(max(NARROWEST_EFFECT, *least[N_LAW:-1]), (room - (N_LAW - 1) * NARROWEST_TEXT) / n_effects)
    room -= n_effects * effect
    texts = zip(*([display_width(_text_of(cell)) for cell in _comparison_cells(table, row, 0)[1:N_LAW]] for row in table.rows), strict=True)
    needs = [math.sqrt(sum(lengths) / len(lengths)) for lengths in texts] or [1.0] * (N_LAW - 1)
    spare = room - (N_LAW - 1) * NARROWEST_TEXT
    return (number, *(NARROWEST_TEXT + spare * need / sum(needs) for need in needs), *[effect] * n_effects, notes)


def _whole_row(grid: Any, widths: Sequence[float], effects: ClauseEffects, lang: Lang, *, is_split: bool) -> None:
    """Tell the effect of the whole draft first: beside its columns, or in one line where these do not stand."""
    if not effects.columns:
        return
    n_law = N_LAW
    if is_split:
        _add_row(grid, widths, [(Segment(effects.head_title),), (), (), (), *((Segment(_breakable(cell)),) for cell in effects.head), ()])
        last = n_law - 1
    else:
        told = "; ".join(effects.lines_of_whole(lang))
        _add_row(grid, widths, [(Segment(f"{effects.head_title}. {translate('redline.column.effect', lang)} – {told}"),), *[()] * (len(widths) - 1)])
        last = len(widths) - 1
    whole = grid.rows[-1].cells
    whole[0].merge(whole[last])
    for run in (run for cell in whole for paragraph in cell.paragraphs for run in paragraph.runs):
        run.bold = True


def _breakable(text: str) -> str:
    """Let an interval go over two lines in a narrow column."""
    return text.replace(NO_BREAK_SPACE, " ")


def _finish_effects(grid: Any, first: int) -> None:
    """Set a table of many columns in small type, and what stands beside the clauses in the middle of its columns."""
    for row in grid.rows:
        seen = set()
        for position, cell in enumerate(row.cells):
            if cell._tc in seen:  # noqa: SLF001  # a merged cell is met once for each column
                continue
            seen.add(cell._tc)  # noqa: SLF001  # as above
            for paragraph in cell.paragraphs:
                if position >= first:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                for run in paragraph.runs:
                    run.font.size = Pt(REDLINE_SIZE)


def write_table_document(table: Table, path: Path, widths: Sequence[float] | None = None) -> None:
    """Write any table as a Word document.

    Parameters
    ----------
    table
        The table.
    path
        The file to write; it is replaced.
    widths
        Widths of the columns, in any unit; equal ones when absent.
    """
    document = new_document(table.lang, table.caption)
    _heading(document, table.caption, table.lang)
    room = PAPER[0] - MARGINS["left"] - MARGINS["right"]
    shares = list(widths or [1] * len(table.columns))
    fitted = tuple(room * share / sum(shares) for share in shares)
    grid = _grid(document, table.columns, fitted)
    for group in table.groups:
        if group.title:
            _group_row(grid, group.title, len(table.columns))
        for row in group.rows:
            _add_row(grid, fitted, [(Segment(cell),) for cell in (row.header, *row.cells)])
    _notes(document, table.notes)
    save_still(document.save, path)


def _comparison_cells(table: ComparisonTable, row: ComparisonRow, number: int) -> list[tuple[Any, ...]]:
    """Give the cells of one row; each run knows whether it is taken out or put in."""
    sides = []
    for text, mark in ((row.current, "out"), (row.draft, "in")):
        plain = table.side(row, text)
        is_marked = row.change == "changed"
        sides.append(tuple((each, mark if each.is_changed and is_marked else "") for each in text) if text else ((Segment(plain), ""),))
    return [(Segment(str(number)),), *sides, (Segment(row.explanation),), (Segment(row.source),)]


def _heading(document: Any, caption: str, lang: Lang) -> None:
    stamp = document.add_paragraph()
    stamp.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = stamp.add_run(translate("report.stamp", lang))
    run.bold, run.font.size = True, Pt(HEADING_SIZE)
    heading = document.add_paragraph(style="Heading 1")
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(0), Pt(12)
    run = heading.add_run(clean(caption))
    run.bold, run.font.size = True, Pt(HEADING_SIZE)


def _grid(document: Any, columns: Sequence[str], widths: Sequence[float]) -> Any:
    """Begin a table with its header row, which every page repeats."""
    grid = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    grid.autofit = False
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    header = grid.rows[0]
    _mark_row(header, "w:tblHeader", "w:cantSplit")
    for cell, column, width in zip(header.cells, columns, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(clean(column)).bold = True
    return grid


def _mark_row(row: Any, *marks: str) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # rows have no other door
    for mark in marks:
        properties.append(OxmlElement(mark))


def _group_row(grid: Any, title: str, n_columns: int) -> None:
    row = grid.add_row()
    _mark_row(row, "w:cantSplit")
    cell = row.cells[0].merge(row.cells[n_columns - 1])
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(clean(title)).bold = True


def _add_row(grid: Any, widths: Sequence[float], cells: Sequence[tuple[Any, ...]]) -> None:
    row = grid.add_row()
    if _n_lines(widths, cells) <= MOST_LINES_KEPT:
        _mark_row(row, "w:cantSplit")
    for position, (cell, width, content) in enumerate(zip(row.cells, widths, cells, strict=True)):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        if not position:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for piece in content:
            segment, mark = piece if not isinstance(piece, Segment) else (piece, "")
            run = paragraph.add_run(clean(segment.text))
            if mark == "out":
                run.font.strike = True
            elif mark == "in":
                run.font.underline, run.font.bold = True, True


def _text_of(content: tuple[Any, ...]) -> str:
    return "".join((piece if isinstance(piece, Segment) else piece[0]).text for piece in content)


def _n_lines(widths: Sequence[float], cells: Sequence[tuple[Any, ...]]) -> int:
    """Estimate how many lines a row takes."""
    texts = [_text_of(content) for content in cells]
    return max(
        sum(1 + display_width(line) // max(1, int(width / LETTER)) for line in text.split("\n")) for width, text in zip(widths, texts, strict=True)
    )


def _notes(document: Any, notes: Sequence[str]) -> None:
    for note in notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.add_run(clean(note)).font.size = Pt(NOTE_SIZE)
