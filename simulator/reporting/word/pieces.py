"""The pieces a Word report is made of: paragraphs, tables with their captions, figures, the table of contents; each knows how high it will be."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from simulator.presentation.i18n import translate
from simulator.reporting.forms.pictures import shape_of, to_png
from simulator.reporting.forms.table_fitting import holds_its_words
from simulator.reporting.forms.table_parts import in_parts
from simulator.reporting.word.fields import Bookmarks, caption_runs, contents, reference, text_run
from simulator.reporting.word.pages import Piece, Shape
from simulator.reporting.word.styles import LOOKS, clean, room, style_id
from simulator.reporting.word.tables import LaidTable
from simulator.reporting.word.times_metrics import MM_PER_POINT, ems, n_lines, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.presentation.table_layout import Table
    from simulator.reporting.outline import Placed

_CAPTION: Final = 45.0
"""Millimetres of a page that a tall figure leaves for its caption and the words above it."""
AFTER_TABLE: Final = 9.0
"""Points between a table and what follows."""
_DEFAULT: Final = "Normal"
"""The style of a paragraph that names none."""
_WIDOWS: Final = 2
"""Lines of a paragraph that Word keeps together at the end of a page, and at its beginning."""


def paragraph_piece(
    style: str,
    text: str,
    *,
    bookmarks: Bookmarks | None = None,
    bookmark: str = "",
    anchor: str = "",
    is_after_table: bool = False,
    leads_on: bool | None = None,
    goes_on: bool = False,
) -> Piece:
    """Give a paragraph of a style.

    Parameters
    ----------
    style
        Of ``LOOKS``.
    text
        What it says.
    bookmarks, bookmark
        For the heading of a chapter, the name it is found by.
    anchor
        For a caption, kind and number of what it stands at.
    is_after_table
        Whether it follows a table at once.
    leads_on
        Whether it stays on one page with what follows; as its style has it when not told.
    goes_on
        Whether it goes on with the list of the paragraph before it.
    """
    keeps_next = LOOKS[style].keeps_next if leads_on is None else leads_on

    def write(document: Any, _width: float) -> None:
        paragraph = _begun(document, style)
        if is_after_table:
            paragraph.paragraph_format.space_before = Pt(AFTER_TABLE)
        if keeps_next != LOOKS[style].keeps_next:
            paragraph.paragraph_format.keep_with_next = keeps_next
        if bookmarks is None:
            paragraph._p.append(text_run(text))  # noqa: SLF001  # bookmarks and fields have no other door
        elif anchor:
            counted, rest = caption_runs(text, anchor)
            bookmarks.around(paragraph._p, anchor, counted)  # noqa: SLF001
            for run in rest:
                paragraph._p.append(run)  # noqa: SLF001
        else:
            bookmarks.around(paragraph._p, bookmark, [text_run(text)])  # noqa: SLF001

    shape = cache(partial(paragraph_shape, style, text, AFTER_TABLE if is_after_table else None))
    is_text = not anchor and not LOOKS[style].is_filled  # nothing comes between lines to fill in
    return Piece(write, shape, keeps_next, title=text if bookmark else "", bookmark=bookmark, is_text=is_text, goes_on=goes_on)


def _begun(document: Any, style: str) -> Any:
    """Begin a paragraph of a style, named by its id: python-docx would go through all styles to find out which is the default one, each time."""
    paragraph = document.add_paragraph()
    if style != _DEFAULT:
        paragraph._p.style = style_id(style)  # noqa: SLF001  # as above
    return paragraph


def paragraph_shape(style: str, text: str, before: float | None, width: float) -> Shape:
    """Say how high a paragraph is."""
    look = LOOKS[style]
    shown = (clean(text).upper() if look.is_capital else clean(text)).rstrip("\t")
    if look.first_line > 0:
        shown = "\N{NO-BREAK SPACE}" * round(look.first_line / text_width(" ", look.size)) + shown
    lines = n_lines(shown, width - look.left, look.size, is_bold=look.is_bold)
    line = look.line * MM_PER_POINT
    first = (look.before if before is None else before) * MM_PER_POINT
    after = look.after * MM_PER_POINT
    if look.keeps_next or lines < 2 * _WIDOWS:
        return Shape((lines * line,), before=first, after=after)
    return Shape((_WIDOWS * line, *[line] * (lines - 2 * _WIDOWS), _WIDOWS * line), before=first, after=after)


def table_pieces(placed: Placed, lang: Lang, bookmarks: Bookmarks, *, leads_on: bool = False) -> Iterator[Piece]:
    """Give a table with its caption above and its notes below; where it leads on, its end is not parted from what follows."""
    table = placed.block.table  # type: ignore[union-attr]  # whoever calls knows that it is a table
    yield paragraph_piece("Caption", placed.caption, bookmarks=bookmarks, anchor=placed.anchor)
    if table.is_simulated:
        yield paragraph_piece("Report Simulated", translate("table.simulated", lang))
    upright, _ = room(is_landscape=False)
    parts = in_parts(table, lambda part: holds_its_words(part, ems))
    is_wide = len(parts) > 1 or LaidTable(table, upright).is_wide
    for number, part in enumerate(parts):
        if number:
            # Two tables without a paragraph between them would be one to Word.
            yield replace(paragraph_piece("Report Table Note", ""), is_wide=is_wide)
        yield _grid_piece(part, is_wide=is_wide, leads_on=leads_on and number == len(parts) - 1 and not table.notes)
    for note in table.notes:
        piece = paragraph_piece("Report Table Note", note)
        yield Piece(piece.write, piece.shape, is_wide=is_wide)


def _grid_piece(table: Table, *, is_wide: bool, leads_on: bool) -> Piece:
    """Give the rows and columns of a table."""
    fitted = cache(partial(LaidTable, table, leads_on=leads_on))

    @cache
    def shape(width: float) -> Shape:
        laid = fitted(width)
        return Shape(tuple(laid.blocks()), laid.header_height)

    def write(document: Any, width: float) -> None:
        document.element.body.insert_element_before(fitted(width).xml(), "w:sectPr")

    return Piece(write, shape, is_wide=is_wide)


def figure_pieces(placed: Placed, lang: Lang, bookmarks: Bookmarks) -> Iterator[Piece]:
    """Give a figure: the sentence that says what to see, the picture with a text for those who cannot see it, its caption, and where its numbers are."""
    figure = placed.block
    picture = to_png(figure)  # type: ignore[arg-type]  # whoever calls knows that it is a figure
    upright, tall = room(is_landscape=False)
    width = min(upright, (tall - _CAPTION) / shape_of(picture))

    def write(document: Any, _width: float) -> None:
        paragraph = _begun(document, "Report Figure")
        shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=Mm(width))
        shape._inline.docPr.set("name", placed.anchor)  # noqa: SLF001  # pictures have no other door
        for properties in (shape._inline.docPr, shape._inline.find(f".//{qn('pic:cNvPr')}")):  # noqa: SLF001
            properties.set("descr", clean(figure.alt))  # type: ignore[union-attr]

    look = LOOKS["Report Figure"]
    high = Shape((width * shape_of(picture),), before=look.before * MM_PER_POINT, after=look.after * MM_PER_POINT)
    yield paragraph_piece("Normal", figure.says)  # type: ignore[union-attr]
    yield Piece(write, lambda _width: high, keeps_next=True, is_picture=True)
    # What ends the figure does not lead on to what follows.
    is_simulated, has_data = figure.is_simulated, bool(placed.data)  # type: ignore[union-attr]
    yield paragraph_piece("Caption", placed.caption, bookmarks=bookmarks, anchor=placed.anchor, leads_on=is_simulated or has_data)
    if is_simulated:
        yield paragraph_piece("Report Simulated", translate("table.simulated", lang), leads_on=has_data)
    if has_data:
        yield _data_piece(placed, lang)


def _data_piece(placed: Placed, lang: Lang) -> Piece:
    """Tell in which tables the numbers of a figure are, each name a link."""
    words = translate("report.data", lang)

    def write(document: Any, _width: float) -> None:
        paragraph = _begun(document, "Report Figure Data")._p  # noqa: SLF001
        paragraph.append(text_run(f"{words}: "))
        for number, (anchor, name) in enumerate(placed.data):
            if number:
                paragraph.append(text_run(", "))
            paragraph.append(reference(anchor, name))
        paragraph.append(text_run("."))

    text = f"{words}: {', '.join(name for _, name in placed.data)}."
    return Piece(write, partial(paragraph_shape, "Report Figure Data", text, None))


def contents_piece(entries: Sequence[tuple[str, str]], found: dict[str, int]) -> Piece:
    """Give the table of contents of headings (text and bookmark); when it is written, ``found`` knows the page of each bookmark."""

    def write(document: Any, width: float) -> None:
        style = document.styles["toc 1"]
        if not style.paragraph_format.tab_stops:
            style.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        listed = [(title, bookmark, found[bookmark]) for title, bookmark in entries]
        for paragraph in contents(listed, style_id("toc 1")):
            document.element.body.insert_element_before(paragraph, "w:sectPr")

    def shape(width: float) -> Shape:
        look = LOOKS["toc 1"]
        lines = [n_lines(title, width - 10, look.size) for title, _ in entries]
        after = look.after * MM_PER_POINT
        high = sum(count * look.line * MM_PER_POINT + after for count in lines)
        return Shape((max(0.0, high - after),), after=after)

    return Piece(write, shape)
