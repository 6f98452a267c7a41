"""State heading, recipients and signature of an official document, all blank: only where they were asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from simulator.presentation.i18n import translate
from simulator.reporting.word.fields import text_run
from simulator.reporting.word.pages import Piece, Shape
from simulator.reporting.word.styles import LOOKS, NOTE_SIZE, element
from simulator.reporting.word.times_metrics import LINE, MM_PER_POINT, text_width

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang

ISSUER_SIZE, STATE_SIZE, MOTTO_SIZE, LABEL_SIZE = 12, 12, 13, 12
LEFT: Final = 62.0
"""Width of the column of the issuer in mm; the state has the rest."""
_SIGNATURE_ROOM: Final = 72.0
"""Points left for a hand to sign in."""
_END: Final = 8.0
"""Points under the table."""
_RECIPIENTS: Final = 2
_ROOMS: Final = 22.0
"""Points between the lines of the state heading and under them."""


def letterhead(lang: Lang) -> Piece:
    """Give the state heading in two columns: who issues on the left, the state on the right, number and date below."""
    return Piece(partial(_write_letterhead, lang), lambda _width: Shape((((STATE_SIZE + 2 * MOTTO_SIZE) * LINE + _ROOMS) * MM_PER_POINT,)))


def signature(lang: Lang) -> Piece:
    """Give recipients on the left and the room to sign on the right."""
    lines = LOOKS["Report Letterhead"].line + (2 * MOTTO_SIZE + LABEL_SIZE) * LINE
    return Piece(partial(_write_signature, lang), lambda _width: Shape(((lines + _SIGNATURE_ROOM + _END) * MM_PER_POINT,)))


def _write_letterhead(lang: Lang, document: Any, width: float) -> None:
    left, right = _two_columns(document, width)
    _say(left, translate("letterhead.blank", lang), ISSUER_SIZE)
    _say(left, translate("letterhead.blank", lang), ISSUER_SIZE, is_bold=True)
    _line(left, LEFT, LEFT / 3)
    _say(left, translate("letterhead.number", lang), MOTTO_SIZE, before=6)
    motto = translate("letterhead.motto", lang)
    _say(right, translate("letterhead.state", lang), STATE_SIZE, is_bold=True)
    _say(right, motto, MOTTO_SIZE, is_bold=True)
    _line(right, width - LEFT, text_width(motto, MOTTO_SIZE, is_bold=True))
    _say(right, translate("letterhead.place-date", lang), MOTTO_SIZE, is_italic=True, before=6)
    _end(document)


def _write_signature(lang: Lang, document: Any, width: float) -> None:
    left, right = _two_columns(document, width, before=True)
    _say(left, translate("letterhead.recipients", lang), LABEL_SIZE, style="Report Recipients", is_bold=True, is_italic=True)
    for _ in range(_RECIPIENTS):
        _say(left, translate("letterhead.recipient", lang), NOTE_SIZE, style="Report Recipients")
    _say(left, translate("letterhead.filed", lang), NOTE_SIZE, style="Report Recipients")
    _say(right, translate("letterhead.blank", lang), MOTTO_SIZE, is_bold=True)
    _say(right, translate("letterhead.signature", lang), LABEL_SIZE, is_italic=True, after=_SIGNATURE_ROOM)
    _say(right, translate("letterhead.blank", lang), MOTTO_SIZE, is_bold=True)
    _end(document)


def _two_columns(document: Any, width: float, *, before: bool = False) -> tuple[Any, Any]:
    """Begin a table of one row and two columns without lines, kept on one page."""
    if before:
        gap = document.add_paragraph(style="Report Letterhead")
        gap.paragraph_format.keep_with_next = True
    grid = document.add_table(rows=1, cols=2)
    grid.autofit = False
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # rows have no other door
    for column, cell, wide in zip(grid.columns, grid.rows[0].cells, (LEFT, width - LEFT), strict=True):
        column.width = cell.width = Mm(wide)
        margins = OxmlElement("w:tcMar")
        for side in ("left", "right"):
            margins.append(element(f"w:{side}", w=0, type="dxa"))
        cell._tc.get_or_add_tcPr().append(margins)  # noqa: SLF001
    return tuple(grid.rows[0].cells)


def _say(
    cell: Any,
    text: str,
    size: float,
    *,
    style: str = "Report Letterhead",
    is_bold: bool = False,
    is_italic: bool = False,
    before: float = 0,
    after: float = 0,
) -> None:
    first = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first.runs or len(cell.paragraphs) > 1 else first
    paragraph.style = style
    shape = paragraph.paragraph_format
    if before:
        shape.space_before = Pt(before)
    if after:
        shape.space_after = Pt(after)
    run = paragraph.add_run()
    run.font.size, run.bold, run.italic = Pt(size), is_bold or None, is_italic or None
    for part in text_run(text):
        run._r.append(part)  # noqa: SLF001


def _line(cell: Any, room: float, length: float) -> None:
    """Draw a line in the middle of a column, under what was said last."""
    paragraph = cell.add_paragraph(style="Report Letterhead")
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max(0.0, (room - length) / 2))
    shape.space_before, shape.line_spacing = Pt(2), Pt(4)
    borders = OxmlElement("w:pBdr")
    borders.append(element("w:top", val="single", sz=6, space=1, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")  # noqa: SLF001


def _end(document: Any) -> None:
    """Put some room under the table."""
    paragraph = document.add_paragraph(style="Report Letterhead")
    paragraph.paragraph_format.line_spacing = Pt(_END)
