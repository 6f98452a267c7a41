"""What Word computes by itself, filled in already: numbers of captions, references, page numbers, the table of contents. Nothing asks to be updated."""

from __future__ import annotations

from typing import Any, Final

from simulator.reporting.word.styles import clean, element

SEQUENCES: Final = {"table": "Table", "figure": "Figure"}
"""Kind of a caption → the sequence it is counted in."""


class Bookmarks:
    """Gives each bookmark of a document its number."""

    def __init__(self) -> None:
        self._given = 0

    def around(self, paragraph: Any, name: str, elements: list[Any]) -> None:
        """Append elements to a paragraph inside a bookmark."""
        self._given += 1
        paragraph.append(element("w:bookmarkStart", id=self._given, name=bookmark_name(name)))
        for each in elements:
            paragraph.append(each)
        paragraph.append(element("w:bookmarkEnd", id=self._given))


def bookmark_name(anchor: str) -> str:
    """Return the name of a bookmark, which has no hyphens."""
    return anchor.replace("-", "_")


def text_run(text: str) -> Any:
    """Return a run of plain text; its line breaks and tabs are Word's."""
    run = element("w:r")
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            run.append(element("w:br"))
        for place, words in enumerate(line.split("\t")):
            if place:
                run.append(element("w:tab"))
            run.append(element("w:t", words))
    return run


def field(instruction: str, shown: list[Any]) -> list[Any]:
    """Return the runs of a field that shows this until somebody asks for it anew."""
    return [_mark("begin"), _instruction(instruction), _mark("separate"), *shown, _mark("end")]


def link(anchor: str, shown: list[Any]) -> Any:
    """Return a link to a place in the document."""
    made = element("w:hyperlink", anchor=bookmark_name(anchor), history=1)
    for each in shown:
        made.append(each)
    return made


def caption_runs(caption: str, anchor: str) -> tuple[list[Any], list[Any]]:
    """Return a caption as runs: name and number, the number a field that counts; and the rest.

    Parameters
    ----------
    caption
        Number and title, such as ``Bảng 3. …``.
    anchor
        Kind and number, such as ``table-3``.
    """
    kind, _, number = anchor.partition("-")
    name, _, rest = caption.partition(number)
    return [text_run(name), *field(f" SEQ {SEQUENCES[kind]} \\* ARABIC ", [text_run(number)])], [text_run(rest)]


def reference(anchor: str, name: str) -> Any:
    """Return a link to a captioned table or figure, whose name follows when it is numbered anew."""
    return link(anchor, field(f" REF {bookmark_name(anchor)} \\h ", [text_run(name)]))


def contents(entries: list[tuple[str, str, int]], style: str) -> list[Any]:
    """Return the paragraphs of a table of contents: a field of the headings of the first level, each entry a link with its page.

    Parameters
    ----------
    entries
        Of each heading: its text, its bookmark and its page.
    style
        Id of the style of an entry.
    """
    paragraphs = []
    for number, (title, bookmark, page) in enumerate(entries):
        paragraph = element("w:p")
        properties = element("w:pPr")
        properties.append(element("w:pStyle", val=style))
        paragraph.append(properties)
        if not number:
            for each in (_mark("begin"), _instruction(' TOC \\o "1-1" \\h \\z \\u '), _mark("separate")):
                paragraph.append(each)
        tab = element("w:r")
        tab.append(element("w:tab"))
        where = field(f" PAGEREF {bookmark_name(bookmark)} \\h ", [text_run(str(page))])
        paragraph.append(link(bookmark, [text_run(title), tab, *where]))
        if number == len(entries) - 1:
            paragraph.append(_mark("end"))
        paragraphs.append(paragraph)
    return paragraphs


def _mark(kind: str) -> Any:
    run = element("w:r")
    run.append(element("w:fldChar", fldCharType=kind))
    return run


def _instruction(words: str) -> Any:
    run = element("w:r")
    run.append(element("w:instrText", words))
    return run
