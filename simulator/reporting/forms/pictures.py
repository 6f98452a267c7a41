"""Figures as pictures for documents that hold no SVG: drawn anew from the figure itself, sharp enough for print, the same bytes every time."""

from __future__ import annotations

import struct
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import typst

if TYPE_CHECKING:
    from simulator.reporting.document import FigureBlock

PIXELS_PER_INCH: Final = 294
"""Of the figure as typst sizes it, three quarters of its width on paper: 220 to the inch there, what Word itself keeps of a picture for print."""
_PAGE: Final = b'#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image(bytes(sys.inputs.svg), format: "svg")\n'
_MOST_KEPT: Final = 64
_NAMES: Final = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def to_png(figure: FigureBlock) -> bytes:
    """Return a figure as a PNG file.

    Letters are shapes in the figure, so no font is needed.
    """
    return _drawn(figure.svg.replace("<svg ", _NAMES, 1))


@lru_cache(maxsize=_MOST_KEPT)
def _drawn(svg: str) -> bytes:
    """Draw a picture once, though a report is written, and written again where it is checked."""
    return typst.compile(_PAGE, format="png", ppi=PIXELS_PER_INCH, font_paths=_no_fonts(), ignore_system_fonts=True, sys_inputs={"svg": svg})


@cache
def _no_fonts() -> typst.Fonts:
    """Give no typeface at all: to look through those of the system takes longer than to draw."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)


def shape_of(png: bytes) -> float:
    """Return the height of a PNG file over its width."""
    width, height = struct.unpack(">II", png[16:24])
    return float(height / width)
