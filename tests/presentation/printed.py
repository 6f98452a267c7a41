"""What a figure looks like in print: every text that is drawn, how large its letters are and where it stands."""

from __future__ import annotations

from itertools import combinations
from unittest.mock import patch

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from simulator.presentation.style import SMALLEST, house_style

PRINTED = 160 / 25.4
TALLEST = 200 / 25.4
"""Inches: what a page holds beside a caption of several lines; a higher figure would be made smaller."""
TOUCH = 0.5
"""Points by which the boxes of two texts may overlap: letters do not fill their boxes."""


def drawn_texts(figure):
    """Draw the figure and return each text that was drawn, with its box in points."""
    drawn, usual = [], Text.draw

    def draw(self, renderer, *args, **kwargs):
        if self.get_visible() and self.get_text().strip():
            drawn.append(self)
        return usual(self, renderer, *args, **kwargs)

    with house_style(), patch.object(Text, "draw", draw):
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        points = 72 / figure.dpi
        boxes = [Text.get_window_extent(text, renderer) for text in drawn]
    return [(text, (box.x0 * points, box.y0 * points, box.x1 * points, box.y1 * points)) for text, box in zip(drawn, boxes, strict=True)]


def faults(drawing):
    """Tell what makes a figure hard to read on paper; nothing where it is well."""
    figure = drawing.figure
    width, height = figure.get_size_inches()
    found = [] if height <= TALLEST else [f"{height:.1f} inches high"]
    scale = PRINTED / width
    texts = drawn_texts(figure)
    for text, (left, low, right, high) in texts:
        words = " ".join(text.get_text().split())
        if text.get_fontsize() * scale < SMALLEST - 1e-6:
            found.append(f"{text.get_fontsize() * scale:.1f} points: {words}")
        if min(left, low) < -TOUCH or right > width * 72 + TOUCH or high > height * 72 + TOUCH:
            found.append(f"leaves the figure: {words} {left:.0f} {low:.0f} {right:.0f} {high:.0f}")
    for (one, a), (other, b) in combinations(texts, 2):
        across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        if across > TOUCH and up > TOUCH:
            found.append(f"overlap by {across:.0f} × {up:.0f}: {one.get_text()!r} and {other.get_text()!r}")
    return found
