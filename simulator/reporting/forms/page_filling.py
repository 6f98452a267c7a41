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
"""Times that the pages are set to see where they end. Where a figure has waited, what comes after it is reckoned from there, until the pages are set again."""
_TOP: Final = 25.0
"""How far down a page begins, in mm."""
_TEXT: Final = frozenset({"paragraph", "bullets"})


class Spot(NamedTuple):
    """Where a block of a chapter ends: the page, and how far down in mm."""

    page: int
    y: float


def fill_pages(parts: Sequence[dict[str, Any]], find: Callable[[], Mapping[int, Spot]], bottom: float, closing: str | None = None) -> None:
    """Move figures behind the text after them, in place.

    Parameters
    ----------
    parts
        Stretches of pages with their chapters and blocks, as the template takes them; each block gets a number, its ``spot``.
    find
        Sets the pages and tells where each block but the tables ends.
    bottom
        How far down an upright page goes, in mm.
    closing
        Id of the chapter that the text of a document ends with: nothing comes between its last words and the signature.
    """
    blocks = [block for part in parts for chapter in part["chapters"] for block in chapter["blocks"]]
    if not any(block["block"] == "figure" for block in blocks):
        return
    for number, block in enumerate(blocks):
        block["spot"] = number
    waited: set[int] = set()
    chapters = [chapter for part in parts for chapter in part["chapters"] if closing is not None and chapter["id"] == closing and chapter["blocks"]]
    last_words = {chapter["blocks"][-1]["spot"] for chapter in chapters}  # as if nobody knew where they end: no figure goes behind them
    for _ in range(_MOST_ROUNDS):
        spots, n_before = {spot: end for spot, end in find().items() if spot not in last_words}, len(waited)
        for part in parts:
            while not part["lying"] and (lines := _waits(part["chapters"], spots, bottom, waited)):
                spots = {**spots, **_reckoned(*lines, spots, bottom)}
        if len(waited) == n_before:
            return


def _line_of(chapters: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(chapter, block) for chapter in chapters for block in chapter["blocks"]]


def _reckoned(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], spots: Mapping[int, Spot], bottom: float) -> dict[int, Spot]:
    """Reckon where blocks end in another order, from the heights they have in the old one; a table counts with what follows it."""
    heights: dict[int, float] = {}
    before, is_after_table = Spot(0, bottom), False
    for block in old:
        spot = spots.get(block["spot"])
        if spot is None:
            is_after_table = True
            continue
        turned = spot.page - before.page
        begins_page = turned and block["block"] == "figure" and not is_after_table
        heights[block["spot"]] = spot.y - _TOP if begins_page else turned * (bottom - _TOP) + spot.y - before.y
        before, is_after_table = spot, False
    result: dict[int, Spot] = {}
    page, y, is_after_table = 0, bottom, False
    for block in new:
        if block["spot"] not in heights:
            is_after_table = True
            continue
        height = heights[block["spot"]]
        if block["block"] == "figure" and not is_after_table and y + height > bottom:
            page, y = page + 1, _TOP
        y += height
        turned = max(0, int((y - _TOP) // (bottom - _TOP))) if y > bottom else 0
        page, y = page + turned, y - turned * (bottom - _TOP)
        result[block["spot"]] = Spot(page, y)
        is_after_table = False
    return result


def _waits(
    chapters: list[dict[str, Any]], spots: Mapping[int, Spot], bottom: float, waited: set[int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]] | None:
    """Let the first figure wait that leaves too much of its page blank; give the blocks as they were and as they are, if there was one."""
    line = _line_of(chapters)
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
            return [block for _, block in line], [block for _, block in _line_of(chapters)]
    return None


def _last_before(line: Sequence[tuple[dict[str, Any], dict[str, Any]]], at: int, spots: Mapping[int, Spot], blank: float) -> int:
    """Return the place of the last text after a figure that will stand before it."""
    figure, last, used = spots[line[at][1]["spot"]], at, 0.0
    for place in range(at + 1, len(line)):
        block = line[place][1]
        spot = spots.get(block["spot"])
        is_heading = block.get("role") == "heading"
        begins = is_heading or line[place][0] is not line[place - 1][0]
        stays = block.get("leads") or block.get("filled")  # with a table or a line to fill in, to which no figure comes between
        if block["block"] not in _TEXT or stays or spot is None or (begins and last > at and blank - used < MOST_BLANK) or used > blank - _LINES:
            break
        used = spot.y - figure.y if spot.page == figure.page else blank + _LINES
        if not is_heading:
            last = place
    return last
