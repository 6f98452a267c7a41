"""The report as a Word document an office can go on with: real styles, captions that count, a table of contents filled in, headers on every page.

Paper and margins are those of Decree 30/2020; wide tables stand on paper laid across, and the numbers of pages run on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from simulator.presentation.i18n import translate
from simulator.reporting.outline import words_before_dots
from simulator.reporting.word.data import add_data
from simulator.reporting.word.fields import Bookmarks
from simulator.reporting.word.letterhead import letterhead, signature
from simulator.reporting.word.pages import Piece, across, pages, with_pages_filled
from simulator.reporting.word.pieces import contents_piece, figure_pieces, paragraph_piece, table_pieces
from simulator.reporting.word.styles import BODY_SIZE, add_report_styles, new_document, room, set_paper
from simulator.workbook.still_archive import save_still

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.presentation.numbers import Lang
    from simulator.reporting.outline import Chapter, Outline

_STYLES: Final = {
    "body": "Normal",
    "lead": "Report Lead",
    "note": "Report Note",
    "stamp": "Report Stamp",
    "kind": "Report Kind",
    "subtitle": "Report Subtitle",
    "attached": "Report Attached",
    "date": "Report Date",
}
_ABOVE_TITLE, _BELOW_TITLE = ("kind",), ("subtitle", "attached", "date")


def write_docx(outline: Outline, path: Path) -> None:
    """Write the report as a Word document.

    Parameters
    ----------
    outline
        The report, laid out.
    path
        The file to write; it is replaced.
    """
    document = new_document(outline.lang, outline.title, size=BODY_SIZE, is_landscape=False)
    add_report_styles(document, outline.lang)
    found: dict[str, int] = {}
    pieces = with_pages_filled(list(_pieces(outline, found)))
    lies_across = across(pieces)
    placed = pages(pieces, lies_across)
    found.update({piece.bookmark: place.page for piece, place in zip(pieces, placed, strict=True) if piece.bookmark})
    for at, piece in enumerate(pieces):
        if at and lies_across[at] != lies_across[at - 1]:
            _turn_paper(document, is_landscape=lies_across[at])
        piece.write(document, room(is_landscape=lies_across[at])[0])
        if placed[at].needs_break:
            document.paragraphs[-1].paragraph_format.page_break_before = True
    add_data(document, outline.data)
    save_still(document.save, path)


def _pieces(outline: Outline, found: dict[str, int]) -> Iterator[Piece]:
    """Give all of a report in reading order; the table of contents will look up its pages in ``found``."""
    bookmarks = Bookmarks()
    lang = outline.lang
    yield from _of_role(outline.front, "stamp")
    if outline.has_letterhead:
        yield letterhead(lang)
    for role in _ABOVE_TITLE:
        yield from _of_role(outline.front, role)
    yield paragraph_piece("Title" if outline.has_capital_title else "Report Abstract", outline.title)
    for role in _BELOW_TITLE:
        yield from _of_role(outline.front, role)
    yield from _chapter_pieces(outline.front, lang, bookmarks)
    # A field of many paragraphs is kept together by no program: where it does not fit, its page begins with a break.
    yield replace(paragraph_piece("TOC Heading", translate("report.contents", lang)), breaks_as_reckoned=True)
    yield contents_piece([(chapter.heading, _toc_name(chapter.number)) for chapter in outline.chapters], found)
    follows_signature = False
    for chapter in outline.chapters:
        heading = paragraph_piece("Heading 1", chapter.heading, bookmarks=bookmarks, bookmark=_toc_name(chapter.number))
        # An annex to a document begins on a page of its own.
        yield replace(heading, begins_page=follows_signature)
        # A signature does not stand on a page alone.
        follows_signature = is_signed = outline.has_letterhead and chapter is outline.closing
        yield from _chapter_pieces(chapter, lang, bookmarks, leads_on=is_signed)
        if is_signed:
            yield signature(lang)


def _toc_name(chapter: int) -> str:
    return f"_Toc{chapter:09}"


def _of_role(front: Chapter, role: str) -> Iterator[Piece]:
    for placed in front.blocks:
        if placed.block.block == "paragraph" and placed.block.role == role:
            yield paragraph_piece(_STYLES[role], placed.block.text)


def _chapter_pieces(chapter: Chapter, lang: Lang, bookmarks: Bookmarks, *, leads_on: bool = False) -> Iterator[Piece]:
    """Give the blocks of a chapter, without what stands around the title of the report."""
    is_after_table = False
    for at, placed in enumerate(chapter.blocks):
        block = placed.block
        leads = (leads_on and at == len(chapter.blocks) - 1) or chapter.leads_on(at)
        if block.block == "table":
            yield from table_pieces(placed, lang, bookmarks, leads_on=leads)
        elif block.block == "figure":
            yield from figure_pieces(placed, lang, bookmarks)
        elif block.block == "bullets":
            for number, item in enumerate(block.items):
                is_last = number == len(block.items) - 1
                leads_next = (leads and is_last) or None
                yield paragraph_piece("List Bullet", item, is_after_table=is_after_table and not number, leads_on=leads_next, goes_on=number > 0)
        elif block.role == "heading" and not chapter.number:
            yield paragraph_piece("Report Heading", block.text)
        elif block.role == "heading":
            yield paragraph_piece("Heading 2", block.text, is_after_table=is_after_table)
        elif chapter.number or block.role not in {"stamp", *_ABOVE_TITLE, *_BELOW_TITLE}:
            to_fill = words_before_dots(block.text) if block.role == "body" else None
            if to_fill is None:
                yield paragraph_piece(_STYLES[block.role], block.text, is_after_table=is_after_table, leads_on=leads or None)
            else:
                yield paragraph_piece("Report Blank", f"{to_fill}\t", is_after_table=is_after_table, leads_on=leads or None)
        is_after_table = block.block == "table"


def _turn_paper(document: Any, *, is_landscape: bool) -> None:
    """End the section and begin one on paper laid the other way; its header is that of the section before, from its first page on."""
    section = document.add_section()
    set_paper(section, is_landscape=is_landscape)
    section.different_first_page_header_footer = False
    ending = document.element.body[-2]
    before = ending.getprevious()
    if before is not None and before.tag == ending.tag:
        # The last paragraph ends the section: an empty one could make an empty page.
        before.get_or_add_pPr().append(ending.pPr.sectPr)
        document.element.body.remove(ending)
