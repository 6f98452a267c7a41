"""Files somebody carries away from the page: they come with it, so that nothing has to lie where a server finds it."""

from __future__ import annotations

import base64
import html
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.widgets.looks import paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang

MOST: Final = 16 * 2**20
"""Bytes of one file: a third more reaches the page, and stays in its memory."""


def file_name(what: str, lang: Lang, ending: str, subject: str = "") -> str:
    """Name a file somebody carries away: what it is, then what it is about, in letters every system takes.

    Parameters
    ----------
    what
        Which file, under ``workbench.file`` in the catalogue.
    lang
        Language of its name.
    ending
        How it ends, without the dot.
    subject
        The id of the set or draft it is about, if any; of a stack, all its ids.
    """
    parts = [translate(f"workbench.file.{what}", lang), subject.replace("+", "_")]
    return f"{'-'.join(part for part in parts if part)}.{ending}"


def link_to(name: str, content: bytes, lang: Lang) -> str:
    """Give a link that saves a file; of one that is too large, say so."""
    if len(content) > MOST:
        return paragraph(translate("workbench.download.too-large", lang, name=name), css="tieuchi-warning")
    data, shown = base64.b64encode(content).decode("ascii"), html.escape(name, quote=True)
    return f'<a download="{shown}" href="data:application/octet-stream;base64,{data}">{shown}</a>'


def ready(name: str, content: bytes, lang: Lang) -> str:
    """Say that a file is ready, with its link."""
    return f'<p role="status">{html.escape(translate("workbench.save.link", lang))} {link_to(name, content, lang)}</p>'


def made(name: str, write: Callable[[Path], object]) -> bytes:
    """Give what a writer of files writes."""
    with tempfile.TemporaryDirectory(prefix="tieuchi-") as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()
