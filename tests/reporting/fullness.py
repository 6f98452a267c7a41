"""How full the pages of a report are, read from its PDF."""

from __future__ import annotations

MILLIMETRE = 72 / 25.4


def filled(page):
    """Say how far down a page its text goes, as part of the room between its margins."""
    lowest = []
    page.extract_text(visitor_text=lambda text, _cm, matrix, *_: lowest.append(matrix[5]) if text.strip() else None)
    height = float(page.mediabox[3])
    top, bottom = 25 * MILLIMETRE, 20 * MILLIMETRE
    return (height - top - min(lowest)) / (height - top - bottom)
