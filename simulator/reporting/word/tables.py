"""Tables of a Word report: columns as wide as their words ask for, the header on every page, no row and no small table cut in two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from simulator.reporting.forms.table_fitting import PADDING, POINTS_A_MM, SMALL, UPRIGHT, WHOLE, breakable, fit_table
from simulator.reporting.word.styles import LOOKS, clean, room, style_id
from simulator.reporting.word.times_metrics import MM_PER_POINT, ems, line_height, n_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.presentation.table_layout import Group, Row, Table
    from simulator.reporting.forms.table_fitting import Fit

EDGES: Final = 2 * PADDING * MM_PER_POINT
"""What the edges of a cell take from its width, in mm."""
TALLEST_KEPT: Final = 50.0
"""Tables higher than this, in mm, may go over pages: kept whole, they would leave pages half empty."""
FEW: Final = 3
"""Rows that are not parted from the beginning or the end of a table, where they are low."""
FEW_HIGH: Final = 22.0
"""Height in mm up to which they are: high rows kept together leave a hole on the page before."""
TALLEST_ROW: Final = 0.28
"""A row higher than this part of a page may go over pages. No program for words keeps two lines of a row together, so a lower one is kept whole."""
_SIZE: Final = LOOKS["Report Table"].size
_ROW_EDGES: Final = (LOOKS["Report Table"].before + LOOKS["Report Table"].after + 0.5) * MM_PER_POINT
_UPPER_EDGE: Final = 0.5 * MM_PER_POINT
"""Millimetres that the upper edge of a table takes on each page."""
_TWIPS: Final = 1440 / 25.4
_SHADE: Final = "F0F0F0"
_MARGINS: Final = "<w:tblCellMar>{}</w:tblCellMar>".format(
    "".join(f'<w:{side} w:w="{round(20 * PADDING)}" w:type="dxa"/>' for side in ("left", "right"))
)


@dataclass(frozen=True)
class LaidTable:
    """A table fitted into a width as on the pages of a PDF: one rule for both says how large its type is and how wide each column becomes.

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
    def fit(self) -> Fit:
        """How it stands on its page."""
        return _fit(self.table, must_lie=self.width > UPRIGHT)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Widths of the columns in mm."""
        scale = self.width / (self.fit.room * POINTS_A_MM)
        return tuple(width * scale for width in self.fit.widths)

    @property
    def is_wide(self) -> bool:
        """Whether it asks for paper laid across."""
        return _fit(self.table, must_lie=False).is_lying

    @property
    def tallest_row(self) -> float:
        """Height in mm above which a row may go over pages."""
        _, height = room(is_landscape=self.width > UPRIGHT)
        return TALLEST_ROW * height

    @cached_property
    def header_height(self) -> float:
        """Height of the header row, which every page repeats, in mm."""
        return self._height(self.table.columns, is_bold=True) + _UPPER_EDGE

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
            for block in _blocks(self._group_heights(group), self._kept(group)):
                n_parts = 1 if block <= self.tallest_row else int(block / self._line_height(1))
                result += [block / n_parts] * n_parts
        return result

    def xml(self) -> Any:
        """Return the table as Word writes it."""
        columns = "".join(f'<w:gridCol w:w="{round(width * _TWIPS)}"/>' for width in self.widths)
        return parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{round(sum(self.widths) * _TWIPS)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_MARGINS}<w:tblLook w:val="0060" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{_quoted(self.table.caption)}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{self._header_xml()}{''.join(self._rows_xml())}</w:tbl>"
        )

    @cached_property
    def _is_kept_whole(self) -> bool:
        return self.header_height + sum(sum(self._group_heights(group)) for group in self.table.groups) <= TALLEST_KEPT

    @property
    def _small(self) -> float:
        """Size of what stands under the header of a row; Word knows halves of points."""
        return round(2 * SMALL * self.fit.size) / 2

    def _say(self, text: str) -> str:
        """Mark where a long id may break; Word has no mark for what may not."""
        return breakable(clean(text), self.fit.longest, ems).replace(WHOLE, "")

    @cached_property
    def _heights(self) -> dict[int, list[float]]:
        """Of each group, by its identity, the heights of its title and its rows."""
        return {id(group): self._heights_of(group) for group in self.table.groups}

    def _group_heights(self, group: Group) -> list[float]:
        return self._heights[id(group)]

    def _heights_of(self, group: Group) -> list[float]:
        title = [self._line_height(n_lines(clean(group.title), self.width - EDGES, self.fit.size, is_bold=True))] if group.title else []
        return title + [self._row_height(row) for row in group.rows]

    def _row_height(self, row: Row) -> float:
        small = n_lines(self._say(row.small), self.widths[0] - EDGES, self._small) * line_height(self._small) * MM_PER_POINT if row.small else 0.0
        return max(self._height((row.header,), is_bold=False) + small, self._height(row.cells, is_bold=False, first=1) if row.cells else 0.0)

    def _height(self, cells: Sequence[str], *, is_bold: bool, first: int = 0) -> float:
        size = self.fit.size
        return self._line_height(
            max(n_lines(self._say(text), width - EDGES, size, is_bold=is_bold) for text, width in zip(cells, self.widths[first:], strict=False))
        )

    def _line_height(self, lines: int) -> float:
        return lines * line_height(self.fit.size) * MM_PER_POINT + _ROW_EDGES

    def _header_xml(self) -> str:
        cells = "".join(
            _cell(self._paragraph(name, "Report Table Heading"), width) for name, width in zip(self.table.columns, self.widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _kept(self, group: Group) -> list[bool]:
        """Say of each row of a group, its title among them, whether it stays on one page with the next row."""
        n_rows = len(group.rows) + bool(group.title)
        last = n_rows - 1
        if self._is_kept_whole:
            return [True] * last + [group is not self.table.groups[-1]]
        heights = self._group_heights(group)
        if group.title:  # the middle of a group may go over: LibreOffice 7 loses rows where groups are kept whole and fill a page to the end
            return [at < last and (at == 0 or (at == last - 1 and sum(heights[at:]) <= FEW_HIGH)) for at in range(n_rows)]
        first = [at < FEW - 1 and sum(heights[: at + 2]) <= FEW_HIGH for at in range(n_rows)]
        end = [at > last - FEW and sum(heights[at:]) <= FEW_HIGH for at in range(n_rows)]
        return [at < last and (first[at] or end[at]) for at in range(n_rows)]

    def _rows_xml(self) -> Iterator[str]:
        for group in self.table.groups:
            kept = self._kept(group)
            if group.title:
                yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{self._across(group.title)}</w:tr>"
            leads_on = self.leads_on and group is self.table.groups[-1]
            for at, row in enumerate(group.rows, bool(group.title)):
                yield self._row_xml(row, self._group_heights(group)[at], keeps_next=kept[at] or (leads_on and at == len(kept) - 1))

    def _across(self, title: str) -> str:
        width = round(sum(self.widths) * _TWIPS)
        properties = (
            f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{len(self.widths)}"/>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/></w:tcPr>'
        )
        return f"<w:tc>{properties}{self._paragraph(title, 'Report Table Heading', keeps_next=True)}</w:tc>"

    def _row_xml(self, row: Row, height: float, *, keeps_next: bool) -> str:
        texts = (row.header, *row.cells)
        contents = [
            self._paragraph(text, "Report Table", keeps_next=keeps_next, is_centred=is_centred, small=row.small if not at else "")
            for at, (text, is_centred) in enumerate(zip(texts, self.fit.centred, strict=True))
        ]
        cells = "".join(_cell(content, width) for content, width in zip(contents, self.widths, strict=True))
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if height <= self.tallest_row else ""
        return f"<w:tr>{whole}{cells}</w:tr>"

    def _paragraph(self, text: str, style: str, *, keeps_next: bool = False, is_centred: bool = False, small: str = "") -> str:
        keep = "<w:keepNext/>" if keeps_next else ""
        centre = '<w:jc w:val="center"/>' if is_centred else ""
        size = "" if self.fit.size == _SIZE else _size_xml(self.fit.size)
        under = f"<w:r>{_size_xml(self._small)}<w:br/>{_lines(self._say(small))}</w:r>" if small else ""
        properties = f'<w:pPr><w:pStyle w:val="{style_id(style)}"/>{keep}{centre}</w:pPr>'
        return f"<w:p>{properties}<w:r>{size}{_lines(self._say(text))}</w:r>{under}</w:p>"


@lru_cache(maxsize=128)
def _fit(table: Table, *, must_lie: bool) -> Fit:
    """Fit a table once, though it is asked for whether it lies before it is laid."""
    return fit_table(table, ems, must_lie=must_lie)


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


def _cell(content: str, width: float) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _size_xml(size: float) -> str:
    return f'<w:rPr><w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/></w:rPr>'


def _lines(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))


def _quoted(text: str) -> str:
    return escape(clean(text), {'"': "&quot;", "\n": " "})
