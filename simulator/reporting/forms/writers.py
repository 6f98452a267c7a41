"""The forms a report can take: one writer each, all of the same outline, and one reader of what it holds for machines.

What writes and reads a form is loaded when the first file of that form is written or read: who wants a page does not wait for what makes Word documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from simulator.reporting.outline import Outline


def _write_html(outline: Outline, path: Path) -> None:
    from simulator.reporting.forms.html import write_html  # noqa: PLC0415 - slow to load, as the others below

    write_html(outline, path)


def _write_docx(outline: Outline, path: Path) -> None:
    from simulator.reporting.word.report import write_docx  # noqa: PLC0415

    write_docx(outline, path)


def _write_pdf(outline: Outline, path: Path) -> None:
    from simulator.reporting.forms.pdf import write_pdf  # noqa: PLC0415

    write_pdf(outline, path)


def _read_html(path: Path) -> dict[str, Any]:
    from simulator.reporting.forms.html import read_data  # noqa: PLC0415

    return read_data(path)


def _read_docx(path: Path) -> dict[str, Any]:
    from simulator.reporting.word.data import read_data  # noqa: PLC0415

    return read_data(path)


def _read_pdf(path: Path) -> dict[str, Any]:
    from simulator.reporting.forms.pdf import read_data  # noqa: PLC0415

    return read_data(path)


WRITERS: Final[Mapping[str, Callable[[Outline, Path], None]]] = {"html": _write_html, "docx": _write_docx, "pdf": _write_pdf}
"""Name of a form, which is the ending of its file → what writes it."""
READERS: Final[Mapping[str, Callable[[Path], dict[str, Any]]]] = {"html": _read_html, "docx": _read_docx, "pdf": _read_pdf}
"""Name of a form → what reads ``Outline.data`` out of it again; a ``ValueError`` for any other file."""
FORMS: Final = tuple(WRITERS)
