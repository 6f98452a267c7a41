"""A report laid out: chapters, tables and figures numbered once, the same in every form.

What a figure shows stands once more as tables in an annex of its own, for those who cannot see it, who check it, or who print in black and white.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from simulator.presentation.i18n import translate
from simulator.reporting.document import Block, Bullets, FigureBlock, Paragraph, Section, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.presentation.table_layout import Table

FIGURE_DATA: Final = "figure-data"
"""Id of the annex with the numbers behind the figures."""
CLOSING: Final = "./."
"""What ends the text of an official document, before the signature and the annexes."""
_PROVENANCE: Final = "provenance"
_LINE_TO_FILL: Final = re.compile(r"(.*?)\s*…{4,}[\s…]*", re.DOTALL)
_ROMAN_ONES: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True)
class Placed:
    """A block in its place.

    Attributes
    ----------
    block
        The block.
    caption
        Of a table or figure, number and title (``Bảng 3. …``); empty for others.
    anchor
        Id of the place in the document; empty where nothing refers to it.
    data
        Of a figure, the tables with its numbers: (anchor, ``Bảng 12``).
    """

    block: Block
    caption: str = ""
    anchor: str = ""
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A numbered section; the front page has the number 0, and no chapter of that number is listed.

    ``heading`` is the title with its number, as every form prints it; annexes have Roman numbers of their own.
    """

    number: int
    id: str
    title: str
    blocks: tuple[Placed, ...]
    heading: str = ""
    is_annex: bool = False

    def leads_on(self, at: int) -> bool:
        """Tell whether the block of this place stays on one page with the next.

        Words do that lead to lines to fill in, and those that are all between a heading and a table: alone at the foot of a page they would lead to nothing.
        """
        block, after = (self.blocks[place].block if place < len(self.blocks) else None for place in (at, at + 1))
        if not isinstance(block, Paragraph) or _is_heading(block):
            return False
        if _is_to_fill(after):
            return True
        is_under_heading = _is_heading(self.blocks[at - 1].block) if at else bool(self.heading)
        return is_under_heading and isinstance(after, TableBlock) and not _is_to_fill(block)


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "heading"


def _is_to_fill(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.role == "body" and words_before_dots(block.text) is not None


@dataclass(frozen=True)
class Outline:
    """A whole report in reading order.

    ``data`` is what machines find in every form of it: chapter id → values (``Section.data``).
    """

    lang: Lang
    title: str
    front: Chapter
    chapters: tuple[Chapter, ...]
    data: dict[str, Any]
    has_letterhead: bool = False

    @property
    def has_capital_title(self) -> bool:
        """Whether the title is printed in capitals: that of an annex is, and the abstract under the kind of a document is not."""
        return not self.has_letterhead

    @property
    def closing(self) -> Chapter:
        """The chapter that the text ends with, before signature and annexes; the front page where there is no other."""
        return next((chapter for chapter in reversed(self.chapters) if not chapter.is_annex), self.front)

    def figures(self) -> Iterator[FigureBlock]:
        """Give the figures in order."""
        for chapter in (self.front, *self.chapters):
            for placed in chapter.blocks:
                if placed.block.block == "figure":
                    yield placed.block

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give caption and table of each table, those behind the figures included, in order."""
        for chapter in (self.front, *self.chapters):
            for placed in chapter.blocks:
                if placed.block.block == "table":
                    yield placed.caption, placed.block.table


def lay_out(sections: Sequence[Section], *, has_letterhead: bool = False) -> Outline:
    """Give chapters, tables and figures their numbers, and put the annexes last, with the numbers behind the figures before the provenance.

    With a letterhead it is a document of its own: its kind is named, its date is left to the letterhead, and its text is closed before the annexes.
    Without, it is an annex to one, and a line is left for which.

    Parameters
    ----------
    sections
        The front section first, then the others in reading order.
    has_letterhead
        Whether the forms show state heading, number and date lines, recipients and signature block.
    """
    front, *rest = sections
    lang = front.lang
    rest = sorted(_with_figure_data(rest, lang), key=lambda section: section.is_annex)
    front = _opened(front, has_letterhead=has_letterhead)
    if has_letterhead:
        (front, *rest) = _closed([front, *rest])
    n_tables, n_figures = count(1), count(1)
    places: list[list[Placed]] = []
    for section in (front, *rest):
        placed = []
        for block in section.blocks:
            if isinstance(block, TableBlock):
                number = next(n_tables)
                placed.append(Placed(block, translate("report.table", lang, n=str(number), title=block.table.caption), f"table-{number}"))
            elif isinstance(block, FigureBlock):
                number = next(n_figures)
                # Named by its number, the figure may stand on the next page.
                seen = replace(block, says=_naming(block.says, translate("report.figure-name", lang, n=str(number))))
                placed.append(Placed(seen, translate("report.figure", lang, n=str(number), title=block.title), f"figure-{number}"))
            else:
                placed.append(Placed(block))
        places.append(placed)
    places = _with_references(places, rest, lang)
    chapters = [
        Chapter(number, each.id, each.title, tuple(placed), heading, each.is_annex)
        for number, (each, placed, heading) in enumerate(zip((front, *rest), places, ("", *_headings(rest, lang)), strict=True))
    ]
    data = {section.id: section.data for section in sections if section.data is not None}
    return Outline(lang, front.title, chapters[0], tuple(chapters[1:]), data, has_letterhead)


def _naming(says: str, figure: str) -> str:
    """Let the words on what a figure shows end with the name of the figure."""
    return f"{says.removesuffix('.')} ({figure})."


def words_before_dots(text: str) -> str | None:
    """Give what a line says that is left to be filled in, without its dots: each form draws them to the end of the line; none for any other text.

    Examples
    --------
    >>> words_before_dots("Lý do: …………"), words_before_dots("………………"), words_before_dots("và các mục khác…")
    ('Lý do:', '', None)
    """
    found = _LINE_TO_FILL.fullmatch(text)
    return found[1] if found else None


def _with_figure_data(sections: list[Section], lang: Lang) -> list[Section]:
    """Put the numbers behind the figures into an annex, what several figures show only once."""
    tables: list[Table] = []
    for section in sections:
        tables += [table for block in section.blocks if isinstance(block, FigureBlock) for table in block.data]
    if not tables:
        return sections
    blocks: list[Block] = [Paragraph(translate("report.figure-data.intro", lang)), *map(TableBlock, dict.fromkeys(tables))]
    annex = Section(FIGURE_DATA, lang, translate("report.figure-data.title", lang), blocks, is_annex=True)
    before = next((index for index, section in enumerate(sections) if section.id == _PROVENANCE), len(sections))
    return [*sections[:before], annex, *sections[before:]]


def _opened(front: Section, *, has_letterhead: bool) -> Section:
    """Name the kind of document, and give it one date: that of the letterhead, or its own under the line that says what it is annexed to."""
    blocks: list[Block] = []
    for block in front.blocks:
        if not isinstance(block, Paragraph) or block.role not in {"kind", "date"}:
            blocks.append(block)
        elif block.role == "kind":
            blocks.append(replace(block, text=translate("letterhead.kind", front.lang)) if has_letterhead else block)
        elif not has_letterhead:
            blocks += [Paragraph(translate("report.attached", front.lang), "attached"), block]
    return replace(front, blocks=blocks)


def _closed(sections: list[Section]) -> list[Section]:
    """End the text with the mark that closes an official document."""
    at = max(index for index, section in enumerate(sections) if not section.is_annex)
    *before, last = sections[at].blocks or [Paragraph("")]
    if isinstance(last, Bullets) and last.items:
        last = replace(last, items=[*last.items[:-1], last.items[-1].removesuffix(".") + CLOSING])
    elif isinstance(last, Paragraph) and last.role != "heading":
        last = replace(last, text=last.text.removesuffix(".") + CLOSING)
    else:
        before, last = [*before, last], Paragraph(CLOSING)
    return [*sections[:at], replace(sections[at], blocks=[*before, last]), *sections[at + 1 :]]


def _headings(sections: list[Section], lang: Lang) -> list[str]:
    """Give each section its title with its number: Arabic in the text, Roman for annexes, none where there is one annex only."""
    n_annexes = sum(section.is_annex for section in sections)
    n_text = len(sections) - n_annexes
    text = [translate("report.numbered", lang, n=str(number), title=section.title) for number, section in enumerate(sections[:n_text], 1)]
    if n_annexes == 1:
        return [*text, translate("report.annexed.alone", lang, title=sections[-1].title)]
    annexes = [translate("report.annexed", lang, n=_roman(number), title=section.title) for number, section in enumerate(sections[n_text:], 1)]
    return [*text, *annexes]


def _roman(number: int) -> str:
    """Return a number below 40 in Roman letters, as the decree on documents has it for annexes."""
    return "X" * (number // 10) + _ROMAN_ONES[number % 10]


def _with_references(places: list[list[Placed]], sections: list[Section], lang: Lang) -> list[list[Placed]]:
    """Tell each figure which tables of the annex hold its numbers."""
    if not any(section.id == FIGURE_DATA for section in sections):
        return places
    annex = 1 + next(index for index, section in enumerate(sections) if section.id == FIGURE_DATA)
    anchors = {placed.block.table: placed.anchor for placed in places[annex] if isinstance(placed.block, TableBlock)}
    result = []
    for placed_blocks in places:
        told = []
        for placed in placed_blocks:
            if isinstance(placed.block, FigureBlock):
                behind = [anchors[table] for table in placed.block.data]
                names = tuple((anchor, translate("report.table-name", lang, n=anchor.partition("-")[2])) for anchor in behind)
                told.append(replace(placed, data=names))
            else:
                told.append(placed)
        result.append(told)
    return result
