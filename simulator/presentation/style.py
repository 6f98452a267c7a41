"""The house style of figures: readable by the colour-blind and in black and white, the same bytes every time.

An option keeps its colour, marker and line through every figure; a cause keeps its colour and hatching. Colours are the eight of Okabe and Ito.
DejaVu Sans comes with matplotlib and has every Vietnamese letter.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib import rc_context
from matplotlib.style import context as style_context
from matplotlib.text import Annotation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.figure import Figure

    from simulator.presentation.numbers import Lang

INK, GREY, PALE = "#1a1a1a", "#5a5a5a", "#e4e4e4"

WIDTH: Final = 160 / 25.4
"""Inches: what lies between the margins of an A4 page (Decree 30/2020), so that every letter is printed as large as it is drawn."""
HIGHEST: Final = 168 / 25.4
"""Inches: two thirds of what such a page holds, so that a figure and its caption find room; whoever has more to show draws several."""
SMALLEST: Final = 8.0
"""Points: no letter of a figure is smaller."""

STYLE: dict[str, object] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": 8.5,
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.fontsize": 8.5,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": False,
    "hatch.linewidth": 0.7,
    "hatch.color": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "tieuchi",
    "pdf.fonttype": 42,
}


_FONT: Final = "'DejaVu Sans'"
_FONTS: Final = "'DejaVu Sans', Verdana, Tahoma, sans-serif"
"""Fonts of other systems that hold all Vietnamese letters; none is much wider."""


class Look(NamedTuple):
    """How one option is drawn in every figure."""

    colour: str
    marker: str
    line: str


LOOKS = (
    Look("#000000", "o", "-"),
    Look("#0072B2", "s", "--"),
    Look("#D55E00", "^", "-."),
    Look("#009E73", "D", ":"),
    Look("#CC79A7", "v", (0, (5, 1, 1, 1, 1, 1))),  # type: ignore[arg-type]  # matplotlib takes a dash pattern too
    Look("#56B4E9", "P", "--"),
    Look("#E69F00", "X", "-."),
    Look("#5a5a5a", "*", ":"),
)

CAUSE_FILLS = {
    "merit": ("#0072B2", "", "white"),
    "turn": ("#F0C266", "////", INK),
    "post": ("#D98E5F", "xxxx", INK),
    "unexplained": ("#ededed", "..", INK),
}
"""Cause → fill, hatching, and the colour of a number written on it."""

MECHANISM_FILLS = {
    "merit": CAUSE_FILLS["merit"],
    "turn": CAUSE_FILLS["turn"],
    "post": CAUSE_FILLS["post"],
    "prestige-and-ladder": ("#DDB3CC", "\\\\\\\\", INK),
    "noise-and-lot": CAUSE_FILLS["unexplained"],
    "claims": ("#8FCDB8", "----", INK),
    "criteria": ("white", "++++", INK),
    "asking-and-ties": ("#BFC9E8", "oo", INK),
}
"""Mechanism → the same; what the allocation mix shows as well looks as it does there."""


def look_of(position: int) -> Look:
    """Return the look of the option at this place in the scenario."""
    return LOOKS[position % len(LOOKS)]


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style whatever the reader's own matplotlib settings are."""
    with style_context(["default", STYLE]):
        yield


def freeze(figure: Figure) -> None:
    """Settle the layout once: settled anew at each saving, it would drift, and the second picture would differ from the first.

    Nothing is drawn for it, and nothing is left in the engine's place: for either, each figure would be drawn once more without being seen.
    """
    engine = figure.get_layout_engine()
    if engine is not None:
        with _arrows_aside(figure):
            engine.execute(figure)
    with house_style():  # where no engine is asked for by default
        figure.set_layout_engine(None)


@contextmanager
def _arrows_aside(figure: Figure) -> Iterator[None]:
    """Leave out the arrows of notes while room is found: each lies between its words and a point of the panel, which are there without it.

    Where an arrow begins and ends is cut out of a curve step by step, a third of what finding room for a figure of lines takes.
    """
    notes = [note for panel in figure.axes for note in panel.texts if isinstance(note, Annotation) and note.arrow_patch is not None]
    arrows = [(note.arrowprops, note.arrow_patch) for note in notes]
    for note in notes:
        note.arrowprops = note.arrow_patch = None
    try:
        yield
    finally:
        for note, (look, arrow) in zip(notes, arrows, strict=True):
            note.arrowprops, note.arrow_patch = look, arrow


@dataclass(frozen=True)
class Drawing:
    """A figure with its title, the one sentence that says what to see, and a text for those who cannot see it.

    ``figure`` is a matplotlib ``Figure`` of its own; no pyplot state is touched. In a notebook it shows itself with title and sentence. One that ``follows_a_hand``
    holds its words as text, which takes half the time of outlines; where their font is not at hand, one as wide stands in.
    """

    id: str
    lang: Lang
    figure: Figure
    title: str
    says: str
    alt: str
    follows_a_hand: bool = False

    def to_svg(self) -> str:
        """Return the figure as an SVG element to stand inside a page: no address, no date, its ids its own, the same bytes every time."""
        svg = self.to_svg_file()
        svg = svg[svg.index("<svg") :]
        svg = re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg).replace("xlink:href", "href")
        svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{self.id}-", svg)
        label = f'role="img" aria-label="{escape(self.alt)}"'
        return (
            re.sub(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>', lambda found: f'<svg class="figure" viewBox="{found[1]}" {label}>', svg, count=1).strip()
            + "\n"
        )

    def to_svg_file(self) -> str:
        """Return the figure as a file of its own, which any viewer opens; without a date, the same bytes every time."""
        buffer = io.StringIO()
        with house_style(), rc_context({"svg.fonttype": "none"} if self.follows_a_hand else {}):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Type": None, "Format": None})
        svg = re.sub(r"<metadata>.*?</metadata>", "", buffer.getvalue(), flags=re.DOTALL)
        return svg.replace(_FONT, _FONTS) if self.follows_a_hand else svg

    def to_png(self, dots_per_inch: int = 150) -> bytes:
        """Return the figure as a picture, the same bytes every time."""
        buffer = io.BytesIO()
        with house_style():
            self.figure.savefig(buffer, format="png", dpi=dots_per_inch, metadata={"Software": None})
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        return f"<figure>{self.to_svg()}<figcaption><b>{escape(self.title)}</b> {escape(self.says)}</figcaption></figure>"


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart so that neighbours are at least a gap apart and all lie inside, as near their places as that allows.

    Parameters
    ----------
    positions
        Wanted places, in any order.
    gap
        Smallest distance between two labels.
    low, high
        Ends of the room.

    Returns
    -------
        Places in the order they were given.
    """
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    gap = min(gap, (high - low) / max(1, len(order) - 1))
    # With every label moved down by the gaps below it, "apart" means "not decreasing": neighbours that decrease share their mean (isotonic regression).
    blocks: list[tuple[float, int]] = []
    for rank, index in enumerate(order):
        mean, size = positions[index] - rank * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, n_before = blocks.pop()
            mean, size = (before * n_before + mean * size) / (n_before + size), n_before + size
        blocks.append((mean, size))
    levels = [min(max(mean, low), high - (len(order) - 1) * gap) for mean, size in blocks for _ in range(size)]
    placed = {index: level + rank * gap for rank, (index, level) in enumerate(zip(order, levels, strict=True))}
    return [placed[index] for index in range(len(positions))]
