"""The forms a report can take: one writer each, all of the same outline, and one reader of what it holds for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.reporting.forms import html, pdf
from simulator.reporting.word import data as word_data
from simulator.reporting.word import report as word_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from simulator.reporting.outline import Outline

WRITERS: Final[Mapping[str, Callable[[Outline, Path], None]]] = {"html": html.write_html, "docx": word_report.write_docx, "pdf": pdf.write_pdf}
"""Name of a form, which is the ending of its file → what writes it."""
READERS: Final[Mapping[str, Callable[[Path], dict[str, Any]]]] = {"html": html.read_data, "docx": word_data.read_data, "pdf": pdf.read_data}
"""Name of a form → what reads ``Outline.data`` out of it again; a ``ValueError`` for any other file."""
FORMS: Final = tuple(WRITERS)
