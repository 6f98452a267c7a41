"""On which page of a Word report each piece of it will stand, and which pieces stand on paper laid across.

Word sets its pages only when it opens a document, and would first ask the reader whether it may. A table of contents that is right from the start has
to be reckoned: from the widths of letters, the heights of lines and rows, and what is kept together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.reporting.word.styles import room

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CLOSE: Final = 1.0
"""Height in mm that programs may differ in on a page. Where so much decides whether a piece still fits, it begins the next page, and a break says so."""
MOST_BLANK: Final = 30.0
"""Height in mm of the blank end of a page for whose sake a picture waits until the text after it has filled the page."""
SHORT: Final = 110.0
"""Text of less than this height, in mm, between two tables laid across stays across with them: a page of its own would be half empty."""


@dataclass(frozen=True)
class Shape:
    """How high a piece is, in mm: parts none of which is cut, what is repeated above them on each page, and the room before and after.

    Between two pieces is the larger of what the first wants after it and the second before it, as Word has it.
    """

    parts: tuple[float, ...]
    repeated: float = 0.0
    before: float = 0.0
    after: float = 0.0

    @property
    def height(self) -> float:
        """The height of all of it on one page."""
        return self.before + self.repeated + sum(self.parts)


@dataclass(frozen=True)
class Piece:
    """A paragraph, picture or table on its way into a document.

    Attributes
    ----------
    write
        Writes it into a document, into a room of this width.
    shape
        How high it is in a room of this width.
    keeps_next
        Whether it stays on one page with what follows.
    is_wide
        Whether it has to stand on paper laid across.
    title
        Of the heading of a chapter, its text.
    bookmark
        Of such a heading, the name it is found by.
    begins_page
        Whether it stands at the top of a page.
    breaks_as_reckoned
        Whether a page ends before it where the reckoning says so, even if another program would not think so.
    is_text
        Whether it is of words alone, and may stand before a picture that finds no room on its page.
    is_picture
        Whether it is a picture, which the words above it name by its number: it may stand on the next page.
    goes_on
        Whether it goes on with the list of the piece before it: no picture comes between them.
    """

    write: Callable[[Any, float], None]
    shape: Callable[[float], Shape]
    keeps_next: bool = False
    is_wide: bool = False
    title: str = ""
    bookmark: str = ""
    begins_page: bool = False
    breaks_as_reckoned: bool = False
    is_text: bool = False
    is_picture: bool = False
    goes_on: bool = False


def with_pages_filled(pieces: Sequence[Piece]) -> list[Piece]:
    """Let the text after a picture that finds no room on its page stand before it, as far as there is room, where the page would end too early.

    Pictures and tables keep their order: text is taken only up to the next of them.
    """
    result = list(pieces)
    for picture in [piece for piece in pieces if piece.is_picture]:
        first = result.index(picture)
        end = _end_of_kept(result, first)
        lies_across = across(result)
        blank = pages(result, lies_across)[first].blank
        if blank < MOST_BLANK:
            continue
        width, _ = room(is_landscape=lies_across[first])
        last, used, after = end, CLOSE, 0.0
        while last < len(result) and used < blank:
            stretch = result[last : _end_of_kept(result, last)]
            is_filled = blank - used < MOST_BLANK and stretch[0].keeps_next  # it goes no further under another heading than it must
            if is_filled or any(not piece.is_text or piece.begins_page for piece in stretch) or any(lies_across[last : last + len(stretch)]):
                break
            for piece in stretch:
                shape = piece.shape(width)
                used += max(after, shape.before) + sum(shape.parts)
                after = shape.after
            if used - sum(shape.parts[1:]) > blank:  # the last of them may go on overleaf, over the picture
                break
            last += len(stretch)
        while end < last < len(result) and (result[last].goes_on or result[last - 1].keeps_next):
            last -= 1  # a list is not parted, and what leads to it goes with it
        result[first:last] = [*result[end:last], *result[first:end]]
    return result


def _end_of_kept(pieces: Sequence[Piece], first: int) -> int:
    """Return the place after what has to stay on one page from a piece on."""
    end = first
    while end < len(pieces) - 1 and pieces[end].keeps_next:
        end += 1
    return end + 1


def across(pieces: Sequence[Piece]) -> list[bool]:
    """Say of each piece whether it stands on paper laid across: wide tables, what leads to them, and little texts between two of them."""
    result = [piece.is_wide for piece in pieces]
    for at in reversed(range(len(pieces) - 1)):
        result[at] = result[at] or (pieces[at].keeps_next and result[at + 1])
    upright, _ = room(is_landscape=False)
    start = 0
    while start < len(pieces):
        end = start
        while end < len(pieces) and not result[end]:
            end += 1
        is_between = 0 < start < end < len(pieces)
        if is_between and sum(piece.shape(upright).height for piece in pieces[start:end]) < SHORT:
            result[start:end] = [True] * (end - start)
        elif end < len(pieces) and not pieces[end].title:
            _take_introduction(pieces, result, end, upright)
        start = max(end, start + 1)
        while start < len(pieces) and result[start]:
            start += 1
    return result


def _take_introduction(pieces: Sequence[Piece], result: list[bool], end: int, upright: float) -> None:
    """Let a short introduction, from its heading on, stand over the table it introduces."""
    height = 0.0
    for at in reversed(range(end)):
        height += pieces[at].shape(upright).height
        if height > SHORT / 2 or result[at]:
            return
        if pieces[at].title:
            result[at:end] = [True] * (end - at)
            return


class Place(NamedTuple):
    """The page on which a piece begins, and whether that page has to be begun by a break, so that every program begins it there.

    ``blank`` is what it leaves blank of the page before, in mm.
    """

    page: int
    needs_break: bool = False
    blank: float = 0.0


def pages(pieces: Sequence[Piece], lies_across: Sequence[bool]) -> list[Place]:
    """Return where each piece begins."""
    page, used, after = 1, 0.0, 0.0
    result: list[Place] = []
    for at, piece in enumerate(pieces):
        width, height = room(is_landscape=lies_across[at])
        is_turned = bool(at) and lies_across[at] != lies_across[at - 1]
        left = height - used - _head(pieces, lies_across, at, after)
        begins = bool(used) and (is_turned or piece.begins_page or left < CLOSE)
        blank = height - used if begins and not is_turned else 0.0
        if begins:
            page, used, after = page + 1, 0.0, 0.0
        is_reckoned = begins and not is_turned and (piece.breaks_as_reckoned or left > -CLOSE)
        result.append(Place(page, piece.begins_page or is_reckoned, blank))
        shape = piece.shape(width)
        if used or is_turned or not at or result[-1].needs_break:  # at the top of a page that comes of itself there is no room before
            used += max(after, shape.before)
        used += shape.repeated
        for part in shape.parts:
            if used + part > height and used > shape.repeated:
                page, used = page + 1, shape.repeated
            used += part
        after = shape.after
    return result


def _head(pieces: Sequence[Piece], lies_across: Sequence[bool], at: int, after: float) -> float:
    """Return the height of what must stand on one page from a piece on."""
    width, _ = room(is_landscape=lies_across[at])
    head = 0.0
    for place in range(at, len(pieces)):
        piece = pieces[place]
        if lies_across[place] != lies_across[at]:
            break
        shape = piece.shape(width)
        head += max(after, shape.before) + shape.repeated
        if not piece.keeps_next:
            return head + (shape.parts[0] if shape.parts else 0.0)
        head += sum(shape.parts)
        after = shape.after
    return head
