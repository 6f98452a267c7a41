"""Read a file of a report as its readers do: the words in each of its parts, and apart from them what else decides what is seen.

Words are compared line by line. Of the rest (style sheets, scripts, pictures, layout) it can only be told which part is another, since it may put other
words before a reader's eyes without holding any that a program reads.
"""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

import docx
from docx.oxml import parse_xml
from lxml.etree import XMLSyntaxError
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what is wrong with a file is said once, in the language of the reader

BODY: Final = ""
"""Name of the part that holds the running text."""
REST: Final = ("style-sheet", "scripts", "pictures", "layout", "hidden", "pages", "bytes")
"""What a file holds besides words. ``pages`` is all of it in a PDF, whose parts cannot be told apart; ``bytes`` is what no reader sees."""
_UNREADABLE: Final = frozenset({"pictures", "hidden", "pages", "bytes"})
_SPOKEN: Final = frozenset({"alt", "title", "aria-label", "placeholder"})
"""Attributes of a page that hold words."""
_STYLES_OF_WORD: Final = re.compile(r"word/(?:styles\w*|numbering|fontTable|settings|webSettings|theme/\w+)\.xml")


@dataclass(frozen=True)
class FileContents:
    """What a file of a report holds.

    Attributes
    ----------
    words
        Part → its lines, in reading order; ``BODY`` is the running text.
    rest
        Kind of ``REST``, and the name of the part of the file where it has one → the pieces of it.
    """

    words: Mapping[str, Sequence[str]]
    rest: Mapping[tuple[str, str], Sequence[str]]

    def other_rest(self, other: FileContents) -> Iterator[tuple[str, str, str | None, str | None]]:
        """Tell which of the rest is not that of another file: its kind, its part, and one piece that only this and only the other has, if people read it."""
        found = False
        for kind, part in dict.fromkeys((*self.rest, *other.rest)):
            here, there = self.rest.get((kind, part), ()), other.rest.get((kind, part), ())
            if here != there:
                found = True
                yield kind, part, *((None, None) if kind in _UNREADABLE else (_only(here, there), _only(there, here)))
        if not found:
            yield "bytes", "", None, None


def _only(here: Sequence[str], there: Sequence[str]) -> str | None:
    """Give the first piece that only one side has, or has more often."""
    return next(iter(Counter(here) - Counter(there)), None)


def read_contents(path: Path, form: str) -> FileContents:
    """Read a file of a report; what a library says of a file made by anybody may be an error of any kind."""
    return _READERS[form](path)


class _Page(HTMLParser):
    """A page: a line for each piece of text and each attribute that holds words, and the rest of it by kind."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.rest: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._within: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._within[tag] += 1
        kind = "pictures" if tag in {"img", "picture"} or self._within["svg"] else "layout"
        if tag in {"style", "link"}:
            kind = "style-sheet"
        elif tag == "script":
            kind = "scripts"
        self.rest[kind, ""].append(self.get_starttag_text() or tag)
        for name, words in attributes:
            if name in _SPOKEN and words:
                self._say(words)

    def handle_endtag(self, tag: str) -> None:
        self._within[tag] = max(0, self._within[tag] - 1)  # a tag that ends what never began must silence nothing
        self.rest["pictures" if self._within["svg"] or tag == "svg" else "layout", ""].append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.rest["layout", ""].append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.rest["layout", ""].append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.rest["layout", ""].append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.rest["layout", ""].append(f"<![{data}]>")

    def handle_data(self, data: str) -> None:
        if self._within["style"]:
            self.rest["style-sheet", ""] += [f"{rule.strip()}}}" for rule in data.split("}") if rule.strip()]
        elif self._within["script"]:
            self.rest["scripts", ""].append(data)
        else:
            self._say(data)

    def _say(self, words: str) -> None:
        if line := " ".join(words.split()):
            self.lines.append(line)


def _read_html(path: Path) -> FileContents:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return FileContents({BODY: page.lines}, page.rest)


def _read_docx(path: Path) -> FileContents:
    """Read every part that holds paragraphs, whatever its name and wherever it is shown: headers, notes, comments, and text boxes where they stand."""
    main = str(docx.Document(str(path)).part.partname).lstrip("/")
    words: dict[str, list[str]] = {BODY: []}
    rest: dict[tuple[str, str], list[str]] = {}
    with ZipFile(path) as archive:
        seen: Counter[str] = Counter()
        for entry in archive.infolist():
            seen[entry.filename] += 1
            # Of two parts of one name, programs do not agree which is shown.
            name = entry.filename if seen[entry.filename] == 1 else f"{entry.filename} ({seen[entry.filename]})"
            content = archive.read(entry)
            lines = _paragraphs(content)
            if lines or name == main:
                words[BODY if name == main else name] = lines
            rest[_kind_of_part(name, main, has_words=bool(lines)), "" if name == main else name] = [content.hex()]
    return FileContents(words, rest)


def _kind_of_part(name: str, main: str, *, has_words: bool) -> str:
    if name == main or has_words:
        return "layout"
    if name.startswith("word/media/"):
        return "pictures"
    return "style-sheet" if _STYLES_OF_WORD.fullmatch(name) else "hidden"


def _paragraphs(content: bytes) -> list[str]:
    try:
        root: Any = parse_xml(content)
    except (XMLSyntaxError, ValueError):
        return []  # a picture, or nothing Word reads either
    paragraphs = ("".join(piece.text or "" for piece in each.iter("{*}t", "{*}delText")) for each in root.iter("{*}p"))
    return [line for paragraph in paragraphs if (line := " ".join(paragraph.split()))]


def _read_pdf(path: Path) -> FileContents:
    """Read the text of each page, and what was written over it: comments, and fields that were filled in."""
    lines: list[str] = []
    for page in PdfReader(path).pages:
        lines += page.extract_text().splitlines()
        for annotation in page.annotations or ():
            lines += [str(said) for key in ("/Contents", "/V") if (said := annotation.get_object().get(key)) is not None]
    said = [line for each in lines if (line := " ".join(each.split()))]
    return FileContents({BODY: said}, {("pages", ""): [path.read_bytes().hex()]})


_READERS: Final[Mapping[str, Callable[[Path], FileContents]]] = {"html": _read_html, "docx": _read_docx, "pdf": _read_pdf}
