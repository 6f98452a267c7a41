"""The forms a report can take: one writer each, all of the same outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.reporting.html import write_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from simulator.reporting.outline import Outline

WRITERS: Final[Mapping[str, Callable[[Outline, Path], None]]] = {"html": write_html}
"""Name of a form, which is the ending of its file → what writes it."""
FORMS: Final = tuple(WRITERS)
