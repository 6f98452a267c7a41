"""The report as one self-contained HTML file: no code, no address outside itself, nothing to load."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulator.presentation.i18n import translate
from simulator.reporting.codes import rendering_error

if TYPE_CHECKING:
    from simulator.reporting.outline import Outline, Placed

_PACKAGE = Path(__file__).resolve().parents[1]
_OUTSIDE = re.compile(
    r"""(?:(?:src|href|action|data|poster|srcset|content)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?)\s*((?:[a-z][a-z0-9+.-]*:)?//[^\s"')>]+)""",
    re.IGNORECASE,
)


def style_folder() -> Path:
    """Return the folder of the report's style: in the installed package, or beside it in a checkout."""
    shipped = _PACKAGE / "_shipped" / "reports" / "style"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "reports" / "style"


def write_html(outline: Outline, path: Path, style: Path | None = None) -> None:
    """Write the report as one HTML page.

    Parameters
    ----------
    outline
        The report, laid out.
    path
        The file to write; it is replaced.
    style
        Folder with ``report.html.j2``, ``block.html.j2`` and ``report.css``; the house style when absent.

    Raises
    ------
    RunError
        When the page would refer to an address outside itself.
    """
    path.write_text(export_html(outline, style), encoding="utf-8", newline="\n")


def export_html(outline: Outline, style: Path | None = None) -> str:
    """Return the report as one HTML page; see :func:`write_html`."""
    folder = style_folder() if style is None else style
    environment = Environment(loader=FileSystemLoader(folder, encoding="utf-8"), autoescape=True, undefined=StrictUndefined)
    words = {name: translate(key, outline.lang) for name, key in _WORDS.items()}
    block_template = environment.get_template("block.html.j2")

    def show(placed: Placed, level: int) -> str:
        table = replace(placed.block.table, caption=placed.caption).to_html() if placed.block.block == "table" else ""
        return block_template.render(placed=placed, block=placed.block, level=level, words=words, table=table)

    html = environment.get_template("report.html.j2").render(
        outline=outline, css=(folder / "report.css").read_text(encoding="utf-8"), words=words, show=show, machine=_machine_readable
    )
    refuse_outside_addresses(html, "report.html.j2")
    return html.strip() + "\n"


def refuse_outside_addresses(html: str, template: str) -> None:
    """Refuse a page that would load or point to anything outside itself.

    Raises
    ------
    RunError
        With the first such address.

    """
    found = _OUTSIDE.search(html)
    if found:
        raise rendering_error("RP205", template, found=found.group(1))


_WORDS = {"skip": "report.skip", "contents": "report.contents", "data": "report.data", "simulated": "table.simulated"}


def _machine_readable(data: dict[str, Any]) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True)
    return text.replace("<", "\\u003c")
