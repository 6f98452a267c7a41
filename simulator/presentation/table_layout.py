"""A table as data, and its two plain forms: aligned text for a terminal, accessible HTML for a page.

Widths are counted in columns of a terminal: a combining mark takes none and a wide East Asian letter takes two, so that marked Vietnamese letters
never push a column aside.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import Lang  # noqa: TC001  # whoever reads a table back needs the type at run time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GUTTER = "  "
INDENT = "  "
NARROWEST = 6
LONG = 160
"""A cell of more letters makes its row high: on paper, the groups of such a table go over pages."""


@dataclass(frozen=True)
class Row:
    """One row: its header, and one cell for each further column.

    ``small`` is for whoever looks the row up elsewhere, such as the id of a clause: it stands under the header in small type, and is no part of a text.
    """

    header: str
    cells: tuple[str, ...]
    small: str = ""


@dataclass(frozen=True)
class Group:
    """Rows that belong together, under a title of their own or under none."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption, column headers, groups of rows and notes.

    ``columns`` includes the header of the first column. A table of simulated numbers says so beside its caption.
    """

    id: str
    lang: Lang
    caption: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()
    is_simulated: bool = False

    def to_text(self, width: int = 110) -> str:
        """Return the table as aligned text in Unicode NFC, ending with a newline.

        Parameters
        ----------
        width
            Columns of the terminal; cells are wrapped between words to stay within.
        """
        indent = INDENT if any(group.title for group in self.groups) else ""
        widths = self._column_widths(width, indent)
        total = sum(widths) + len(GUTTER) * (len(widths) - 1)
        heading = f"{self.caption} ({translate('table.simulated', self.lang)})" if self.is_simulated else self.caption
        lines = [*(wrap(heading, width) if heading else []), *([""] if heading else []), *_lines(self.columns, widths), "─" * total]
        for group in self.groups:
            lines += wrap(group.title, width) if group.title else []
            for row in group.rows:
                lines += _lines((indent + row.header, *row.cells), widths, hang=indent)
        lines.append("─" * total)
        for note in self.notes:
            lines += wrap(note, width)
        return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines)) + "\n"

    def to_html(self) -> str:
        """Return the table as HTML with a caption, column scopes and row scopes."""
        simulated = f' <span class="simulated">{_html(translate("table.simulated", self.lang))}</span>' if self.is_simulated else ""
        head = "".join(f'<th scope="col">{_html(column)}</th>' for column in self.columns)
        bodies = "".join(self._html_body(group) for group in self.groups)
        notes = "".join(f"<p>{_html(note)}</p>" for note in self.notes)
        kind = "table grouped" if any(group.title for group in self.groups) else "table"
        if any(len(cell) > LONG for group in self.groups for row in group.rows for cell in row.cells):
            kind += " tall"
        foot = f'<div class="notes">{notes}</div>' if notes else ""
        return unicodedata.normalize(
            "NFC",
            f'<div class="{kind}" id="{_html(self.id)}-table"><div class="scroll" tabindex="0" role="region" aria-label="{_html(self.caption)}">'
            f"<table><caption>{_html(self.caption)}{simulated}</caption><thead><tr>{head}</tr></thead>{bodies}</table></div>{foot}</div>",
        )

    def _repr_html_(self) -> str:
        # A notebook's own style pushes cells to the right; words read better from the left. It does not set the word on simulation apart either.
        page = re.sub(r'<span class="simulated">(.*?)</span>', r'<span class="simulated">(\1)</span>', self.to_html())
        return re.sub(r"<(t[hd]|caption)\b", r'<\1 style="text-align: left"', page)

    def _html_body(self, group: Group) -> str:
        title = f'<tr><th class="group" scope="rowgroup" colspan="{len(self.columns)}">{_html(group.title)}</th></tr>' if group.title else ""
        rows = "".join(
            f'<tr><th scope="row">{_html(row.header)}{_small(row)}</th>' + "".join(f"<td>{_html(cell)}</td>" for cell in row.cells) + "</tr>"
            for row in group.rows
        )
        return f"<tbody>{title}{rows}</tbody>"

    def _column_widths(self, width: int, indent: str) -> list[int]:
        """Give each column what its longest cell needs, then take from the widest until the table fits."""
        rows = [(indent + row.header, *row.cells) for group in self.groups for row in group.rows]
        widths = [max((display_width(line) for row in rows for line in row[index].split("\n")), default=0) for index in range(len(self.columns))]
        widths = [max(given, *(display_width(word) for word in column.split(" "))) for given, column in zip(widths, self.columns, strict=True)]
        # A header may take the room that is left, before anything is taken away.
        room = width - len(GUTTER) * (len(widths) - 1)
        for index, column in enumerate(self.columns):
            wanted = min(display_width(column), widths[index] + max(0, room - sum(widths)))
            widths[index] = max(widths[index], wanted)
        while sum(widths) > room and max(widths) > NARROWEST:
            widest = widths.index(max(widths))
            widths[widest] -= 1
        return widths


def display_width(text: str) -> int:
    """Return how many terminal columns a text takes.

    Examples
    --------
    >>> display_width("luân phiên"), display_width("lua\u0302n phie\u0302n")
    (10, 10)
    """
    return sum(map(_letter_width, unicodedata.normalize("NFC", text)))


@cache
def _letter_width(letter: str) -> int:
    """Return how many terminal columns a letter takes; tables ask the same few hundred thousands of times."""
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def wrap(text: str, width: int, hang: str = "") -> list[str]:
    """Break a text between words, never at a no-break space, so that no line is wider; a longer word is cut after a mark."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        words = paragraph.lstrip(" ")
        line = paragraph[: len(paragraph) - len(words)]
        for word in words.split(" "):
            for piece in _pieces(word, width - len(hang)):
                joined = f"{line} {piece}" if line.strip(" ") else line + piece
                if line.strip(" ") and display_width(joined) > width:
                    lines.append(line)
                    line = hang + piece
                else:
                    line = joined
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """Cut a word that is wider than a column after the last mark that fits, such as the # of a clause's path-name."""
    while display_width(word) > width:
        cut = max(word.rfind(mark, 0, width) for mark in "#.-+/") + 1 or max(1, width)
        yield word[:cut]
        word = word[cut:]
    yield word


def _lines(cells: Iterable[str], widths: list[int], hang: str = "") -> list[str]:
    """Lay one row out over as many lines as its longest cell needs."""
    columns = [wrap(cell, width, hang if index == 0 else "") for index, (cell, width) in enumerate(zip(cells, widths, strict=True))]
    height = max(len(column) for column in columns)
    return [
        GUTTER.join(_pad(column[at] if at < len(column) else "", width) for column, width in zip(columns, widths, strict=True))
        for at in range(height)
    ]


def _pad(text: str, width: int) -> str:
    return text + " " * max(0, width - display_width(text))


def _small(row: Row) -> str:
    return f"<br><small>{_html(row.small)}</small>" if row.small else ""


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
