"""Tables of a Word report: columns as wide as their words ask for, the header on every page, no row and no small table cut in two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from simulator.reporting.word.styles import LOOKS, NOTE_SIZE, clean, style_id
from simulator.reporting.word.times_metrics import LINE, MM_PER_POINT, n_lines, text_width, widest_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.presentation.table_layout import Group, Row, Table

EDGES: Final = 3.81
"""What the edges of a cell take from its width, in mm."""
PADDING: Final = 4.2
"""The same with a little to spare for the rounding of another program: what a column asks for."""
TALLEST_KEPT: Final = 60.0
"""Tables higher than this, in mm, may go over pages: kept whole, they would leave pages half empty."""
TALLEST_ROW: Final = 62.0
"""A table upright has no row higher than this; else it stands across."""
HEADER: Final = 28.0
"""Room in mm that the header of a column may ask for, so as to stand in two lines."""
SHORT_LINE: Final = 44.0
"""Lines of at most this many mm need not be broken, where the table has room."""
FEW: Final = 3
"""Rows that are not parted from the beginning or the end of a table."""
_SIZE: Final = LOOKS["Report Table"].size
_ROW_EDGES: Final = (LOOKS["Report Table"].before + LOOKS["Report Table"].after + 0.5) * MM_PER_POINT
_TWIPS: Final = 1440 / 25.4
_CENTRED: Final = 24
"""Cells of at most this many letters stand in the middle of their column, where all others of the column do."""


@dataclass(frozen=True)
class LaidTable:
    """A table fitted into a width.

    Attributes
    ----------
    table
        What it says.
    width
        Room for it, in mm.
    leads_on
        Whether its end stays on one page with what follows.
    """

    table: Table
    width: float
    leads_on: bool = False

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Widths of the columns in mm: none narrower than its longest word where that can be, the rest by how much there is to say."""
        columns = self._columns()
        words = self._least
        headed = [
            max(least, PADDING + min(HEADER, text_width(column[0][0], _SIZE, is_bold=True) / 2 + 1))
            for least, column in zip(words, columns, strict=True)
        ]
        least = headed if sum(headed) <= self.width else words
        wanted = [
            PADDING + _wanted([text_width(line, size, is_bold=bold) for text, size, bold in column[1:] for line in text.split("\n")])
            for column in columns
        ]
        if sum(least) >= self.width:
            return tuple(self.width * each / sum(least) for each in least)
        spare = self.width - sum(least)
        more = [max(0.0, want - have) for want, have in zip(wanted, least, strict=True)]
        shares = more if sum(more) > spare else [one + (spare - sum(more)) * want / sum(wanted) for one, want in zip(more, wanted, strict=True)]
        return tuple(have + spare * share / sum(shares) for have, share in zip(least, shares, strict=True))

    @property
    def holds_its_words(self) -> bool:
        """Whether no word would have to be broken."""
        return sum(self._least) <= self.width

    @property
    def is_cramped(self) -> bool:
        """Whether words would have to be broken, or rows would be higher than is good to read."""
        return not self.holds_its_words or any(self._row_height(row) > TALLEST_ROW for group in self.table.groups for row in group.rows)

    @property
    def header_height(self) -> float:
        """Height of the header row, which every page repeats, in mm."""
        return self._height(self.table.columns, is_bold=True)

    @property
    def height(self) -> float:
        """Height of the whole table in mm."""
        return self.header_height + sum(self.blocks())

    def blocks(self) -> list[float]:
        """Return the heights of what is kept on one page, from the top, without the header row."""
        if self._is_kept_whole:
            return [sum(sum(self._group_heights(group)) for group in self.table.groups)]
        result = []
        for group in self.table.groups:
            result += _blocks(self._group_heights(group), self._kept(group))
        return result

    def xml(self) -> Any:
        """Return the table as Word writes it."""
        columns = "".join(f'<w:gridCol w:w="{round(width * _TWIPS)}"/>' for width in self.widths)
        return parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{round(sum(self.widths) * _TWIPS)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0060" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{_quoted(self.table.caption)}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{self._header_xml()}{''.join(self._rows_xml())}</w:tbl>"
        )

    @cached_property
    def _least(self) -> list[float]:
        """Give the widths that break no word."""
        return [PADDING + max(widest_word(text, size, is_bold=bold) for text, size, bold in column) for column in self._columns()]

    @cached_property
    def _is_kept_whole(self) -> bool:
        return self.header_height + sum(sum(self._group_heights(group)) for group in self.table.groups) <= TALLEST_KEPT

    @cached_property
    def _is_centred(self) -> tuple[bool, ...]:
        rows = [row for group in self.table.groups for row in group.rows]
        return (False, *(all(len(row.cells[at]) <= _CENTRED for row in rows) for at in range(len(self.table.columns) - 1)))

    def _columns(self) -> list[list[tuple[str, float, bool]]]:
        """Give the texts of each column with their size and weight."""
        columns: list[list[tuple[str, float, bool]]] = [[(clean(name), _SIZE, True)] for name in self.table.columns]
        for group in self.table.groups:
            for row in group.rows:
                for column, text in zip(columns, (row.header, *row.cells), strict=True):
                    column.append((clean(text), _SIZE, False))
                if row.small:
                    columns[0].append((clean(row.small), NOTE_SIZE, False))
        return columns

    def _group_heights(self, group: Group) -> list[float]:
        title = [_line_height(n_lines(clean(group.title), self.width - EDGES, _SIZE, is_bold=True))] if group.title else []
        return title + [self._row_height(row) for row in group.rows]

    def _row_height(self, row: Row) -> float:
        small = n_lines(clean(row.small), self.widths[0] - EDGES, NOTE_SIZE) * NOTE_SIZE * LINE * MM_PER_POINT if row.small else 0.0
        first = self._height((row.header,), is_bold=False) + small
        return max(first, self._height((row.header, *row.cells), is_bold=False))

    def _height(self, cells: Sequence[str], *, is_bold: bool) -> float:
        return _line_height(max(n_lines(clean(text), width - EDGES, _SIZE, is_bold=is_bold) for text, width in zip(cells, self.widths, strict=False)))

    def _header_xml(self) -> str:
        cells = "".join(_cell(_paragraph(name, "Report Table Heading"), width) for name, width in zip(self.table.columns, self.widths, strict=True))
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _kept(self, group: Group) -> list[bool]:
        """Say of each row of a group, its title among them, whether it stays on one page with the next row."""
        n_rows = len(group.rows) + bool(group.title)
        last = n_rows - 1
        if self._is_kept_whole:
            return [True] * last + [group is not self.table.groups[-1]]
        if group.title:  # the middle of a group may go over: LibreOffice 7 loses rows where groups are kept whole and fill a page to the end
            return [at in {0, last - 1} and at < last for at in range(n_rows)]
        return [at < last and (at < FEW - 1 or at > last - FEW) for at in range(n_rows)]

    def _rows_xml(self) -> Iterator[str]:
        for group in self.table.groups:
            kept = self._kept(group)
            if group.title:
                yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{self._across(group.title)}</w:tr>"
            leads_on = self.leads_on and group is self.table.groups[-1]
            for at, row in enumerate(group.rows, bool(group.title)):
                yield self._row_xml(row, keeps_next=kept[at] or (leads_on and at == len(kept) - 1))

    def _across(self, title: str) -> str:
        width = round(sum(self.widths) * _TWIPS)
        properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{len(self.widths)}"/></w:tcPr>'
        return f"<w:tc>{properties}{_paragraph(title, 'Report Table', keeps_next=True, is_bold=True)}</w:tc>"

    def _row_xml(self, row: Row, *, keeps_next: bool) -> str:
        texts = (row.header, *row.cells)
        contents = [
            _paragraph(text, "Report Table", keeps_next=keeps_next, is_centred=is_centred, small=row.small if not at else "")
            for at, (text, is_centred) in enumerate(zip(texts, self._is_centred, strict=True))
        ]
        cells = "".join(_cell(content, width) for content, width in zip(contents, self.widths, strict=True))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _wanted(widths: Sequence[float]) -> float:
    """Return the width of the longest line where that is little, else one that does justice to most lines, and a little more to long ones."""
    longest = max(widths, default=0.0)
    typical = float((sum(width * width for width in widths) / max(1, len(widths))) ** 0.5)
    return min(longest, max(typical, SHORT_LINE))


def _blocks(heights: Sequence[float], kept: Sequence[bool]) -> list[float]:
    """Sum up heights that stay together."""
    result: list[float] = []
    is_open = False
    for height, keeps_next in zip(heights, kept, strict=True):
        if is_open:
            result[-1] += height
        else:
            result.append(height)
        is_open = keeps_next
    return result


def _line_height(lines: int) -> float:
    return lines * _SIZE * LINE * MM_PER_POINT + _ROW_EDGES


def _cell(content: str, width: float) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _paragraph(text: str, style: str, *, keeps_next: bool = False, is_centred: bool = False, is_bold: bool = False, small: str = "") -> str:
    keep = "<w:keepNext/>" if keeps_next else ""
    centre = '<w:jc w:val="center"/>' if is_centred else ""
    properties = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    under = f'<w:r><w:rPr><w:sz w:val="{NOTE_SIZE * 2}"/></w:rPr><w:br/>{_lines(small)}</w:r>' if small else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{keep}{centre}</w:pPr><w:r>{properties}{_lines(text)}</w:r>{under}</w:p>'


def _lines(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))


def _quoted(text: str) -> str:
    return escape(clean(text), {'"': "&quot;", "\n": " "})
