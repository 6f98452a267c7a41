"""Turn an executed report into one self-contained HTML file: no code, no address outside itself, nothing to load."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulator.presentation.i18n import translate
from simulator.reporting.codes import rendering_error
from simulator.reporting.document import SECTION_MIME, Section

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from simulator.presentation.table_layout import Table
    from simulator.reporting.document import Block

_PACKAGE = Path(__file__).resolve().parents[1]
_OUTSIDE = re.compile(
    r"""(?:(?:src|href|action|data|poster|srcset|content)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?)\s*((?:[a-z][a-z0-9+.-]*:)?//[^\s"')>]+)""",
    re.IGNORECASE,
)


def style_folder() -> Path:
    """Return the folder of the report's style: in the installed package, or beside it in a checkout."""
    shipped = _PACKAGE / "_shipped" / "reports" / "style"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "reports" / "style"


def collect_sections(notebook: NotebookNode, template: str) -> list[Section]:
    """Return the sections an executed notebook shows, in order.

    Raises
    ------
    RunError
        When a cell shows anything else: it would be lost without a word.

    """
    sections = []
    for position, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            content = output.get("data", {}).get(SECTION_MIME)
            if content is None:
                found = output.get("name") or ", ".join(output.get("data", {})) or output.get("output_type", "?")
                raise rendering_error("RP204", template, cell=str(position), found=str(found))
            sections.append(Section.from_dict(content))
    if not sections:
        raise rendering_error("RP206", template)
    return sections


def export_html(sections: list[Section], template: str, style: Path | None = None) -> str:
    """Return the report as one HTML page.

    Parameters
    ----------
    sections
        The front section first, then the numbered ones.
    template
        Name of the notebook they came from, for error messages.
    style
        Folder with ``report.html.j2``, ``block.html.j2`` and ``report.css``; the house style when absent.
    """
    folder = style_folder() if style is None else style
    environment = Environment(loader=FileSystemLoader(folder, encoding="utf-8"), autoescape=True, undefined=StrictUndefined)
    lang = sections[0].lang
    words = {name: translate(key, lang) for name, key in _WORDS.items()}
    block_template = environment.get_template("block.html.j2")
    n_tables, n_figures = count(1), count(1)

    def show_table(table: Table) -> str:
        caption = translate("report.table", lang, n=str(next(n_tables)), title=table.caption)
        return replace(table, caption=caption).to_html()

    def show(block: Block, level: int) -> str:
        caption = translate("report.figure", lang, n=str(next(n_figures)), title=block.title) if block.block == "figure" else ""
        return block_template.render(block=block, level=level, caption=caption, words=words, table=show_table)

    html = environment.get_template("report.html.j2").render(
        lang=lang,
        css=(folder / "report.css").read_text(encoding="utf-8"),
        front=sections[0],
        sections=sections[1:],
        words=words,
        show=show,
        machine=_machine_readable,
    )
    refuse_outside_addresses(html, template)
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
