"""Fit a table to a page: which way round the page lies, how large the type is, how wide each column becomes, and where a long id may break.

A word is never cut in the middle: only an id longer than a column's share may break, after a mark such as ``#``, or a hash after every few letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator._types import FloatArray
    from simulator.presentation.table_layout import Table

    Measure = Callable[[str, bool], float]

BREAK: Final = "\N{ZERO WIDTH SPACE}"
"""Where a line may break inside a word."""
WHOLE: Final = "\N{WORD JOINER}"
"""What stands on both sides of a word that does not break, though it holds a mark after which a line could."""
UPRIGHT, LYING = 160.0, 247.0
"""Width between the margins of an A4 page in mm, upright and turned."""
HEIGHTS: Final = {UPRIGHT: 252.0, LYING: 165.0}
"""Width → height between the margins in mm."""
PADDING: Final = 4.0
"""Room left and right of what stands in a cell, in points."""
SMALL: Final = 0.95
"""Size of small type beside the type it stands in: no id is under 9 points."""
POINTS_A_MM: Final = 72 / 25.4
_SIZES: Final = ((UPRIGHT, 11.5), (UPRIGHT, 10.5), (LYING, 11.5), (LYING, 10.5), (LYING, 9.5))
_LONG_WORDS: Final = (10.0, 5.0, 2.5, 1.2)  # ems from which a word may break, the kindest first
_ONE_LINER: Final = 13.0  # ems
_SLACK: Final = 1.02  # letters stand a little closer or wider together than their widths say
_RAGGED: Final = 1.08  # lines are not filled to the end
_COMFORTS: Final = (6.5, 5.5, 4.5, 3.5)  # ems a column likes to have, the best first
_MOST_EASED: Final = 0.75  # of the room, which is all that comfort may take
_MOST_LINES_AT_EASE: Final = 12
_MOST_HIGHER: Final = 0.2
"""Part of the rows that may be higher: a few long ones go on overleaf, and need no smaller type for all."""
_LINE: Final = 1.14  # ems from line to line
_LESS, _MUCH_LESS = 0.92, 0.8
"""Smaller type is worth it where a table takes less than the first part of the pages, a turned page where it takes less than the second; what smaller
type saves anyhow is not counted."""
_TURNING: Final = 1.0  # pages: what a turn leaves blank before it and after it, and has to save
_NARROW: Final = 4
"""Lines of a header from which columns are narrow: a table of several pages then takes smaller type for any pages it saves."""
_SEVERAL: Final = 2.0
_EVENNESS: Final = 6
"""How much the highest cell of a row counts before the others: the more, the closer to it alone. :func:`_to_evenness` raises to this."""
_ROUNDS: Final = 40
_LEAST_DEMAND: Final = 1e-6
_COULD_BREAK: Final = re.compile(r"\S[-–/]\w")
_WORD: Final = re.compile(r"[^ \n]+")  # a no-break space is inside a word
_MARKS: Final = re.compile(r"(?<=[#./_:,;=+&?)-])(?=\w)")


@dataclass(frozen=True)
class Fit:
    """How a table stands on its page.

    Attributes
    ----------
    room
        Width of the page between its margins in mm: ``UPRIGHT`` or ``LYING``.
    size
        Size of the type in points.
    widths
        Of the columns in points; together the whole room.
    centred
        Of each column, whether what stands in it is short enough to be centred.
    longest
        The longest piece of a word that may not break, in ems.
    lines
        Of each row, how many lines it takes, more or less; the header comes first.
    """

    room: float
    size: float
    widths: tuple[float, ...]
    centred: tuple[bool, ...]
    longest: float
    lines: tuple[int, ...]

    @property
    def is_lying(self) -> bool:
        """Whether the page is turned."""
        return self.room == LYING

    def height(self, first: int = 0, last: int | None = None) -> float:
        """Return how high the rows from the first to before the last become in points, more or less; all of them when not told."""
        return sum(n_lines * _LINE * self.size + 2 * PADDING for n_lines in self.lines[first:last])

    @property
    def n_pages(self) -> float:
        """How many pages the table takes, more or less."""
        return self.height() / (HEIGHTS[self.room] * POINTS_A_MM)


def fit_table(table: Table, measure: Measure, *, must_lie: bool = False) -> Fit:
    """Take the first way round and size at which every column holds its words and hardly a row is high, upright before turned, large before small.

    A later one is taken where the table takes far fewer pages so: narrow columns make many lines.

    Parameters
    ----------
    table
        The table.
    measure
        Width of a text in ems, given whether it is bold.
    must_lie
        Whether the page is turned anyhow, because of its neighbours.
    """
    columns = [_words_of(table, index) for index in range(len(table.columns))]
    extents = _extents(table, measure)
    sizes = [(room, size) for room, size in _SIZES if room == LYING or not must_lie]
    for longest in _LONG_WORDS:
        least = np.array([_least_width(words, longest, measure) for words in columns])
        fits = [_fitted(table, room, size, longest, least, extents) for room, size in sizes if least.sum() <= _ems(room, size, len(columns))]
        if fits:
            return _best(fits)
    room, size = sizes[-1]
    return _fitted(table, room, size, 0.0, np.full(len(columns), max(0.1, _ems(room, size, len(columns)) / len(columns))), extents)


def holds_its_words(table: Table, measure: Measure) -> bool:
    """Tell whether a turned page has room for all words of a table in the smallest type, where only ids break."""
    (room, size), longest = _SIZES[-1], _LONG_WORDS[0]
    least = [_least_width(_words_of(table, index), longest, measure) for index in range(len(table.columns))]
    return sum(least) <= _ems(room, size, len(table.columns))


def _best(fits: list[Fit]) -> Fit:
    best = next(filter(_is_at_ease, fits), min(fits, key=lambda fit: max(fit.lines) * fit.size))
    for fit in fits[fits.index(best) + 1 :]:
        is_turned = fit.is_lying != best.is_lying
        part = fit.n_pages / best.n_pages
        if is_turned or best.lines[0] < _NARROW or best.n_pages < _SEVERAL:
            part *= (best.size / fit.size) ** 2
        if part < (_MUCH_LESS if is_turned else _LESS) and not (is_turned and best.n_pages - fit.n_pages < _TURNING):
            best = fit
    return best


def _is_at_ease(fit: Fit) -> bool:
    """Tell whether the header and nearly all rows are low enough to be read."""
    higher = sum(n_lines > _MOST_LINES_AT_EASE for n_lines in fit.lines)
    return fit.lines[0] <= _MOST_LINES_AT_EASE and higher <= _MOST_HIGHER * len(fit.lines)


def breakable(text: str, longest: float, measure: Measure) -> str:
    """Mark where the words of a text may break that are longer than so many ems, and the others that do not break, such as ``115/KH-UBND``."""
    return _WORD.sub(lambda word: _marked(word[0], longest, measure), re.sub(f"[{BREAK}{WHOLE}]", "", text))


def _ems(room: float, size: float, n_columns: int) -> float:
    """Return the room inside all cells of a row."""
    return (room * POINTS_A_MM - 2 * PADDING * n_columns) / size


def _marked(word: str, longest: float, measure: Measure) -> str:
    pieces = _pieces(word, longest, measure)
    return f"{WHOLE}{word}{WHOLE}" if len(pieces) == 1 and _COULD_BREAK.search(word) else BREAK.join(pieces)


def _pieces(word: str, longest: float, measure: Measure) -> list[str]:
    if measure(word, True) <= longest:
        return [word]
    pieces = []
    for part in _MARKS.split(word):
        n_letters = len(part) if measure(part, True) <= max(longest, 1.0) else max(1, int(len(part) * longest / measure(part, True)))
        if n_letters < len(part):
            n_letters = next((n_letters // even * even for even in (8, 4) if n_letters >= even), n_letters)
        pieces += [part[start : start + n_letters] for start in range(0, len(part), n_letters)]
    return pieces


def _lines_of(table: Table, index: int) -> Iterator[tuple[str, bool, float]]:
    """Give each line that stands in a column, whether it is bold, and its size beside the others."""
    yield table.columns[index], True, 1.0
    for row in (row for group in table.groups for row in group.rows):
        for line in (row.header, *row.cells)[index].split("\n"):
            yield line, False, 1.0
        if row.small and index == 0:
            yield row.small, False, SMALL


def _words_of(table: Table, index: int) -> set[tuple[str, bool, float]]:
    """Give each word that stands in a column once, whether it is bold, and its size beside the others."""
    return {(word, is_bold, factor) for line, is_bold, factor in set(_lines_of(table, index)) for word in _WORD.findall(line)}


def _least_width(words: set[tuple[str, bool, float]], longest: float, measure: Measure) -> float:
    """Return the width of the longest piece that may not break."""
    return _SLACK * max(
        (measure(piece, is_bold) * factor for word, is_bold, factor in words for piece in _pieces(word, longest, measure)), default=1.0
    )


def _fitted(table: Table, room: float, size: float, longest: float, least: FloatArray, extents: FloatArray) -> Fit:
    ems = _share_out(least, extents, _ems(room, size, len(table.columns)))
    widest = extents[1:].max(axis=0, initial=0.0)
    centred = tuple(bool(index > 0 and widest[index] <= min(ems[index], _ONE_LINER) / _SLACK) for index in range(len(ems)))
    lines = np.where(extents > ems, np.ceil(_RAGGED * extents / ems), 1.0).max(axis=1)
    return Fit(room, size, tuple((ems * size + 2 * PADDING).tolist()), centred, longest, tuple(lines.astype(int).tolist()))


def _extents(table: Table, measure: Measure) -> FloatArray:
    """Return, of each cell, how long it would be on one line in ems; the header comes first."""
    rows = [[_extent(column, measure, is_bold=True) for column in table.columns]]
    for row in (row for group in table.groups for row in group.rows):
        rows.append([_extent(cell, measure) for cell in (row.header, *row.cells)])
        rows[-1][0] += SMALL * measure(row.small, False)
    return np.array(rows)


def _extent(cell: str, measure: Measure, *, is_bold: bool = False) -> float:
    """Return how long a cell would be on one line; a line that ends early counts as one of some length."""
    *lines, last = (measure(line, is_bold) for line in cell.split("\n"))
    return max([last, *lines, sum(max(line, _COMFORTS[0]) for line in lines) + last])


def _share_out(least: FloatArray, extents: FloatArray, room: float) -> FloatArray:
    """Give each column its least width, no more than its longest line needs, and between the two what makes the table low.

    A row is as high as its highest cell, and never under a line. With a norm of high order in place of the highest, the height of the table falls in no
    direction from the widths at which each column has the part of the room that it has of the height (the condition of Karush, Kuhn and Tucker).
    """
    natural = np.maximum(_SLACK * extents.max(axis=0), least)
    if natural.sum() <= room:
        return np.asarray(natural * room / natural.sum())
    eased = next((each for comfort in _COMFORTS if (each := np.maximum(least, np.minimum(natural, comfort))).sum() <= _MOST_EASED * room), least)
    weights = np.ones(len(extents))
    weights[0] = max(1.0, len(extents) / 20)  # a header is repeated on every page
    widths = _within(np.sqrt(extents.mean(axis=0)) + 0.1, eased, natural, room)
    for _ in range(_ROUNDS):
        lines = _to_evenness(extents / widths)
        totals = 1.0 + lines.sum(axis=1)
        demand = (weights * totals ** (1 / _EVENNESS - 1)) @ lines
        # A small step: the higher the order, the more sharply the demand of a column answers to its width.
        widths = _within(widths * np.maximum(demand / demand.sum() * room / widths, _LEAST_DEMAND) ** (1 / (_EVENNESS + 1)), eased, natural, room)
    return np.asarray(widths * room / widths.sum())


def _to_evenness(ratios: FloatArray) -> FloatArray:
    """Raise to the order of the norm, which is faster by products than by logarithms."""
    cubes = ratios * ratios * ratios
    return np.asarray(cubes * cubes)


def _within(wanted: FloatArray, least: FloatArray, most: FloatArray, room: float) -> FloatArray:
    """Scale widths so that they fill the room, none under its least or over its most.

    What they take together grows with the scale in straight pieces, with a bend wherever a width leaves its least or reaches its most: the scale is found
    between two bends, without trying others.
    """
    begins, ends, parts = (least / wanted).tolist(), (most / wanted).tolist(), wanted.tolist()
    bends = sorted([(bend, part) for bend, part in zip(begins, parts, strict=True)] + [(bend, -part) for bend, part in zip(ends, parts, strict=True)])
    scale, taken, slope = 0.0, float(least.sum()), 0.0
    for bend, turn in bends:
        if taken + slope * (bend - scale) >= room:
            break
        taken += slope * (bend - scale)
        scale, slope = bend, slope + turn
    if slope > 0:
        scale += (room - taken) / slope
    return np.asarray(np.clip(scale * wanted, least, most))
