"""Let the text after a figure that finds no room on its page stand before it, so that no page of a PDF ends half empty.

The words above a figure name it by its number, so it may stand on the next page, as in any printed report. Where each piece stands is known only when
the pages are set; so they are set, a figure waits, and they are set again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_BLANK: Final = 30.0
"""Height in mm of the blank end of a page for whose sake a figure waits."""
_LINES: Final = 12.0
"""Height in mm of the two lines of a paragraph that a page keeps of it."""
_MOST_ROUNDS: Final = 2
"""Times that the pages are set to see where they end. A page that turns begins afresh, so in each stretch of pages one figure waits a time."""
_TEXT: Final = frozenset({"paragraph", "bullets"})


class Spot(NamedTuple):
    """Where a block of a chapter ends: the page, and how far down in mm."""

    page: int
    y: float


def fill_pages(parts: Sequence[dict[str, Any]], find: Callable[[], Mapping[int, Spot]], bottom: float) -> None:
    """Move figures behind the text after them, in place.

    Parameters
    ----------
    parts
        Stretches of pages with their chapters and blocks, as the template takes them; each block gets a number, its ``spot``.
    find
        Sets the pages and tells where each block but the tables ends.
    bottom
        How far down an upright page goes, in mm.
    """
    blocks = [block for part in parts for chapter in part["chapters"] for block in chapter["blocks"]]
    if not any(block["block"] == "figure" for block in blocks):
        return
    for number, block in enumerate(blocks):
        block["spot"] = number
    waited: set[int] = set()
    for _ in range(_MOST_ROUNDS):
        spots = find()
        if not sum(_waits(part["chapters"], spots, bottom, waited) for part in parts if not part["lying"]):
            return


def _waits(chapters: list[dict[str, Any]], spots: Mapping[int, Spot], bottom: float, waited: set[int]) -> bool:
    """Let the first figure wait that leaves too much of its page blank; tell whether there was one."""
    line = [(chapter, block) for chapter in chapters for block in chapter["blocks"]]
    for at in range(1, len(line)):
        chapter, figure = line[at]
        before, here = spots.get(line[at - 1][1]["spot"]), spots.get(figure["spot"])
        if figure["block"] != "figure" or figure["spot"] in waited or before is None or here is None or before.page == here.page:
            continue
        if bottom - before.y < MOST_BLANK:
            continue
        last = _last_before(line, at, spots, bottom - before.y)
        if last > at:
            waited.add(figure["spot"])
            chapter["blocks"] = [block for block in chapter["blocks"] if block is not figure]
            behind, block = line[last]
            place = next(index for index, each in enumerate(behind["blocks"]) if each is block)
            behind["blocks"] = [*behind["blocks"][: place + 1], figure, *behind["blocks"][place + 1 :]]
            return True
    return False


def _last_before(line: Sequence[tuple[dict[str, Any], dict[str, Any]]], at: int, spots: Mapping[int, Spot], blank: float) -> int:
    """Return the place of the last text after a figure that will stand before it."""
    figure, last, used = spots[line[at][1]["spot"]], at, 0.0
    for place in range(at + 1, len(line)):
        block = line[place][1]
        spot = spots.get(block["spot"])
        is_heading = block.get("role") == "heading"
        begins = is_heading or line[place][0] is not line[place - 1][0]
        if block["block"] not in _TEXT or spot is None or (begins and last > at and blank - used < MOST_BLANK) or used > blank - _LINES:
            break
        used = spot.y - figure.y if spot.page == figure.page else blank + _LINES
        if not is_heading:
            last = place
    return last
