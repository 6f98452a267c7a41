"""Two texts side by side with what differs between them marked, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple, TypeAlias

_TOKEN = re.compile(r"[−+-]?\d+(?:[.,]\d+)*%?|\w+|\s+|[^\w\s]")
LEAST_ALIKE = 0.4
"""Texts less alike than this are marked as a whole: a mosaic of marks would help nobody."""


class Segment(NamedTuple):
    """A piece of a text, and whether the other text says something else there."""

    text: str
    is_changed: bool = False


MarkedText: TypeAlias = tuple[Segment, ...]


def mark_changes(before: str, after: str) -> tuple[MarkedText, MarkedText]:
    """Mark in each of two texts what the other does not say; numbers are compared whole.

    Examples
    --------
    >>> before, after = mark_changes("không quá 15% số người", "không quá 20% số người")
    >>> [segment.text for segment in before + after if segment.is_changed]
    ['15%', '20%']
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if before != after and matcher.ratio() < LEAST_ALIKE:
        return (Segment(before, is_changed=True),), (Segment(after, is_changed=True),)
    first, second = [], []
    for word, low, high, other_low, other_high in matcher.get_opcodes():
        is_changed = word != "equal"
        first.append(Segment("".join(old[low:high]), is_changed))
        second.append(Segment("".join(new[other_low:other_high]), is_changed))
    return _tidied(first), _tidied(second)


def show_marked(text: MarkedText, opening: str = "[", closing: str = "]") -> str:
    """Write a marked text with signs around what differs; spaces at its ends stay outside."""
    return "".join(_show_segment(segment, opening, closing) for segment in text)


def plain_text(text: MarkedText) -> str:
    """Write a marked text without marks."""
    return "".join(segment.text for segment in text)


def _show_segment(segment: Segment, opening: str, closing: str) -> str:
    core = segment.text.strip()
    if not segment.is_changed or not core:
        return segment.text
    start = segment.text.index(core)
    return f"{segment.text[:start]}{opening}{core}{closing}{segment.text[start + len(core) :]}"


def _tidied(segments: list[Segment]) -> MarkedText:
    """Leave out empty pieces, and join changed pieces with nothing but a space between them."""
    tidy: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        if len(tidy) > 1 and segment.is_changed and tidy[-2].is_changed and not tidy[-1].text.strip():
            space = tidy.pop()
            tidy[-1] = Segment(tidy[-1].text + space.text + segment.text, is_changed=True)
        elif tidy and tidy[-1].is_changed == segment.is_changed:
            tidy[-1] = Segment(tidy[-1].text + segment.text, segment.is_changed)
        else:
            tidy.append(segment)
    return tuple(tidy)
