"""The report as one self-contained HTML file: no code, no address outside itself, nothing to load."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.presentation.i18n import translate
from simulator.reporting.codes import rendering_error
from simulator.reporting.outline import words_before_dots

if TYPE_CHECKING:
    from simulator.reporting.outline import Outline, Placed

_PACKAGE = Path(__file__).resolve().parents[2]
_LEADS: Final = re.compile(
    r"""(?:(?:src|href|action|data|poster|srcset|content)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?)\s*((?:[a-z][a-z0-9+.-]*:)?)\Z""",
    re.IGNORECASE,
)
"""What stands before the slashes of an address that is followed, with the scheme of it."""
_NEVER_THERE: Final = "<>/,;{}&"
"""Signs that never stand in it."""
_ADDRESS: Final = re.compile(r"""//[^\s"')>]+""")
_WORDS: Final = {"skip": "report.skip", "contents": "report.contents", "data": "report.data", "simulated": "table.simulated"}
_LETTERHEAD: Final = ("blank", "state", "motto", "number", "place-date", "recipients", "recipient", "filed", "signature")
_TEXT: Final = re.compile(r"(^|>)([^<]+)")
_LONG: Final = re.compile(r"\S{24,}")
"""What no line of a narrow column holds: hashes, path-names of clauses, source addresses. No Vietnamese syllable and no English word is that long."""
_NUMBERED: Final = re.compile(r"\S{24,}|[\w/]*[A-ZĐ]-[A-ZĐ][\w/-]*")
"""Such a word, or the number of a document (``91/2017/NĐ-CP``), which is not cut at its hyphen."""
_DATA_TYPE: Final = "application/json"
_DATA_ID: Final = "-data"


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
    environment = _environment(style)
    words = {name: translate(key, outline.lang) for name, key in _WORDS.items()}
    block_template = environment.get_template("block.html.j2")

    def show(placed: Placed, level: int) -> str:
        table = mark_long(replace(placed.block.table, caption=placed.caption).to_html()) if placed.block.block == "table" else ""
        return block_template.render(placed=placed, block=placed.block, level=level, words=words, table=table, mark=_marked, filled=words_before_dots)

    html = environment.get_template("report.html.j2").render(
        outline=outline,
        words=words,
        letterhead={name: translate(f"letterhead.{name}", outline.lang) for name in _LETTERHEAD},
        show=show,
        machine=_machine_readable,
    )
    refuse_outside_addresses(html, "report.html.j2")
    return html.strip() + "\n"


def read_data(path: Path) -> dict[str, Any]:
    """Read what a page has for machines, by chapter, as it was put in (``Outline.data``).

    Raises
    ------
    ValueError
        When the file is no report of this kind, or its data were broken.

    """
    try:
        page = _DataReader(path.read_bytes().decode("utf-8"))
        data = {name: json.loads(text, parse_constant=_refuse_constant) for name, text in page.data.items()}
    except ValueError as error:  # of the decoding, too
        message = f"{path.name} is no HTML report whose data can be read: {error}"
        raise ValueError(message) from error
    if not data:
        message = f"{path.name} is no HTML report: it holds no data for machines"
        raise ValueError(message)
    return data


def render_page(template: str, style: Path | None = None, **content: object) -> str:
    """Render a page of the house style other than the report itself, with nothing in it that leads outside."""
    html = _environment(style).get_template(template).render(**content)
    refuse_outside_addresses(html, template)
    return html.strip() + "\n"


def refuse_outside_addresses(html: str, template: str) -> None:
    """Refuse a page that would load or point to anything outside itself.

    Raises
    ------
    RunError
        With the first such address.

    """
    at = html.find("//")
    while at >= 0:  # a page is long, and few slashes stand on it: not every letter is tried
        start = max(html.rfind(sign, 0, at) for sign in _NEVER_THERE) + 1
        lead, address = _LEADS.search(html, start, at), _ADDRESS.match(html, at)
        if lead and address:
            raise rendering_error("RP205", template, found=lead[1] + address[0])
        at = html.find("//", at + 1)


def mark_long(html: str) -> str:
    """Mark what is too long for a line of a narrow column, so that it may break anywhere, and numbers of documents, which do not break.

    Both are copied and searched for as one word.
    """
    return _TEXT.sub(lambda text: text[1] + _NUMBERED.sub(_marked_word, text[2]), html)


def _marked_word(word: re.Match[str]) -> str:
    return f'<span class="{"long" if _LONG.fullmatch(word[0]) else "whole"}">{word[0]}</span>'


def _marked(text: str) -> Markup:
    return Markup(mark_long(escape(text)))  # noqa: S704  # escaped first


def _environment(style: Path | None) -> Environment:
    folder = style_folder() if style is None else style
    environment = Environment(loader=FileSystemLoader(folder, encoding="utf-8"), autoescape=True, undefined=StrictUndefined)
    environment.globals["css"] = (folder / "report.css").read_text(encoding="utf-8")
    return environment


def _machine_readable(data: dict[str, Any]) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)  # in the order of the report, which is read back from it
    return text.replace("<", "\\u003c")


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no number of JSON"
    raise ValueError(message)


class _DataReader(HTMLParser):
    """Takes the data for machines out of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self._name = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag != "script" or given.get("type") != _DATA_TYPE:
            return
        name = (given.get("id") or "").removesuffix(_DATA_ID)
        if not name or name in self.data:
            message = f"the data {name!r} stand there twice" if name else "data without a name"
            raise ValueError(message)
        self._name, self.data[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self._name:
            self.data[self._name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._name = ""
