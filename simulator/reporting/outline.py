"""A report laid out: chapters, tables and figures numbered once, the same in every form.

What a figure shows stands once more as tables in an annex of its own, for those who cannot see it, who check it, or who print in black and white.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from simulator.presentation.i18n import translate
from simulator.reporting.document import Block, FigureBlock, Paragraph, Section, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.presentation.table_layout import Table

FIGURE_DATA = "figure-data"
"""Id of the annex with the numbers behind the figures."""
_PROVENANCE = "provenance"


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
    """A numbered section; the front page has the number 0, and no chapter of that number is listed."""

    number: int
    id: str
    title: str
    blocks: tuple[Placed, ...]


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
    """Give chapters, tables and figures their numbers, and put the numbers behind the figures into an annex before the provenance.

    Parameters
    ----------
    sections
        The front section first, then the others in reading order.
    has_letterhead
        Whether the forms show state heading, number and date lines, recipients and signature block.
    """
    front, *rest = sections
    lang = front.lang
    rest = _with_figure_data(rest, lang)
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
                placed.append(Placed(block, translate("report.figure", lang, n=str(number), title=block.title), f"figure-{number}"))
            else:
                placed.append(Placed(block))
        places.append(placed)
    places = _with_references(places, rest, lang)
    chapters = [Chapter(number, each.id, each.title, tuple(placed)) for number, (each, placed) in enumerate(zip((front, *rest), places, strict=True))]
    data = {section.id: section.data for section in sections if section.data is not None}
    return Outline(lang, front.title, chapters[0], tuple(chapters[1:]), data, has_letterhead)


def _with_figure_data(sections: list[Section], lang: Lang) -> list[Section]:
    blocks: list[Block] = [Paragraph(translate("report.figure-data.intro", lang))]
    for section in sections:
        blocks += [TableBlock(table) for block in section.blocks if isinstance(block, FigureBlock) for table in block.data]
    if len(blocks) == 1:
        return sections
    annex = Section(FIGURE_DATA, lang, translate("report.figure-data.title", lang), blocks)
    before = next((index for index, section in enumerate(sections) if section.id == _PROVENANCE), len(sections))
    return [*sections[:before], annex, *sections[before:]]


def _with_references(places: list[list[Placed]], sections: list[Section], lang: Lang) -> list[list[Placed]]:
    """Tell each figure which tables of the annex hold its numbers."""
    if not any(section.id == FIGURE_DATA for section in sections):
        return places
    annex = 1 + next(index for index, section in enumerate(sections) if section.id == FIGURE_DATA)
    tables = iter([placed for placed in places[annex] if isinstance(placed.block, TableBlock)])
    result = []
    for placed_blocks in places:
        told = []
        for placed in placed_blocks:
            if isinstance(placed.block, FigureBlock):
                behind = [next(tables) for _ in placed.block.data]
                names = tuple((each.anchor, translate("report.table-name", lang, n=each.anchor.partition("-")[2])) for each in behind)
                told.append(replace(placed, data=names))
            else:
                told.append(placed)
        result.append(told)
    return result
