"""The report as a PDF for A4 paper, set as Decree 30/2020 has it: tagged for readers who cannot see it, whole in itself, the same bytes every time.

Typst sets the pages by ``reports/style/report.typ``, which gets all words as data. The file keeps to PDF/A-3a (an archive can keep it) and PDF/UA-1 (a
screen reader can read it), and carries the data for machines as an attachment.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pypdf
import typst
from pypdf.errors import PyPdfError

from simulator.presentation.i18n import translate
from simulator.reporting.codes import rendering_error
from simulator.reporting.document import Paragraph
from simulator.reporting.evidence.letters import name_letters
from simulator.reporting.forms.html import style_folder
from simulator.reporting.forms.page_filling import Spot, fill_pages
from simulator.reporting.forms.table_fitting import breakable, fit_table, holds_its_words
from simulator.reporting.forms.table_parts import in_parts
from simulator.reporting.forms.typefaces import copy_of, text_typefaces
from simulator.reporting.outline import Placed, words_before_dots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.presentation.table_layout import Table
    from simulator.reporting.document import Block
    from simulator.reporting.forms.table_fitting import Fit, Measure
    from simulator.reporting.forms.typefaces import Typefaces
    from simulator.reporting.outline import Chapter, Outline

STANDARDS: Final = ("a-3a", "ua-1")
DATA_NAME: Final = "report.json"
"""Name of the attachment with the data for machines."""
_TEMPLATE: Final = "report.typ"
_MADE_AT: Final = 946684800  # 2000-01-01, as for every file we write: a clock would make each one different
_LONGEST_WORD_IN_TEXT: Final = 12.0  # ems; what is longer, such as an id, may break after a mark
_MOST_HEIGHT_KEPT: Final = 140.0
"""Groups and tables of more points may go over pages: kept whole, they would leave pages half empty."""
_FEW: Final = 2
"""Rows at the beginning and at the end of a table that are not parted."""
_TALLEST_ROW: Final = 140.0
"""Points that a row kept whole may have: a higher one would leave a hole on the page before it."""
_MOST_END_KEPT: Final = 140.0
"""Points that the last rows of a table kept together may have: a high one stands alone on a page no better than a low one."""
_MOST_GROUP_KEPT: Final = 70.0
"""Groups of more points may go over pages: their title is repeated there."""
_MOST_WORDS_TURNED: Final = 5
_ABOVE_TITLE, _UNDER_TITLE = ("kind",), ("subtitle", "attached", "date")
_LETTERHEAD: Final = ("state", "motto", "blank", "number", "place-date", "recipients", "recipient", "filed", "signature")
_NOT_DRAWN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BOTTOM: Final = 277.0
"""How far down an upright page goes, in mm."""
_MOST_TABLES_KEPT, _MOST_WIDTHS_KEPT = 512, 2**16
"""Tables whose fit, and words whose width, is known for the next report: more than one has."""
_VIEW_BOX: Final = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')


def write_pdf(outline: Outline, path: Path) -> None:
    """Write the report as a PDF.

    Parameters
    ----------
    outline
        The report, laid out.
    path
        The file to write; it is replaced.

    Raises
    ------
    RunError
        When it cannot be set, such as for a letter that no typeface here has.
    """
    path.write_bytes(export_pdf(outline))


def export_pdf(outline: Outline, typefaces: Typefaces | None = None) -> bytes:
    """Return the report as a PDF; see :func:`write_pdf`."""
    typefaces = typefaces or text_typefaces()
    report = _Setting(outline, typefaces).report()
    letters = set(json.dumps({**report, "data": ""}, ensure_ascii=False))  # the data are attached, not set
    if lacking := typefaces.lacking(letters):
        raise rendering_error("RP207", _subject_of(outline), problem=translate("report.letters-lacking", outline.lang, letters=name_letters(lacking)))
    needed = typefaces.needed_for(letters)
    report["families"] = [each.family for each in needed]
    with tempfile.TemporaryDirectory(prefix="tieuchi-") as folder:
        for name, content in copy_of(needed):
            (Path(folder) / name).write_bytes(content)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
        template, subject = (style_folder() / _TEMPLATE).read_bytes(), _subject_of(outline)
        fill_pages(report["parts"], lambda: _spots(template, report, fonts), _BOTTOM, report["closing"])
        return _compile(template, report, fonts, subject)


def fit_ahead(table: Table) -> None:
    """Fit a table before the report that it stands in is set, which finds it fitted: who waits for other words of the report has the time."""
    typefaces = text_typefaces()
    parts = _parts_of(table, typefaces)
    for part in parts:
        _fit(part, typefaces, must_lie=len(parts) > 1)


def read_data(path: Path) -> dict[str, Any]:
    """Read back the data for machines that a PDF report carries.

    Raises
    ------
    ValueError
        When the file is no PDF, or no report of ours.

    """
    try:
        attached = pypdf.PdfReader(path).attachments.get(DATA_NAME)
        data = json.loads(attached[0]) if attached else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError(f"this is no PDF report that can be read: {problem}") from problem
    if not isinstance(data, dict):
        raise ValueError(f"this PDF carries no {DATA_NAME}, so it is no report of this program")  # noqa: TRY004  # the file is wrong, not its type
    return data


def _subject_of(outline: Outline) -> str:
    """Name what the report is about, which a reader knows; the template of the pages nobody has seen."""
    return str(outline.data.get("evidence", {}).get("asked", {}).get("subject") or "tieuchi")


def _compile(template: bytes, report: dict[str, Any], fonts: typst.Fonts, subject: str) -> bytes:
    """Set the pages; whatever typst warns of, such as a typeface it does not know, is an error."""
    given = {"report": json.dumps(report, ensure_ascii=False, allow_nan=False)}
    try:
        content, warnings = typst.compile_with_warnings(
            template, font_paths=fonts, ignore_system_fonts=True, sys_inputs=given, format="pdf", pdf_standards=list(STANDARDS), timestamp=_MADE_AT
        )
    except typst.TypstError as problem:
        raise rendering_error("RP207", subject, problem="; ".join((problem.message, *problem.hints))) from problem
    if warnings:
        raise rendering_error("RP207", subject, problem="; ".join(dict.fromkeys(warning.message for warning in warnings)))
    return content


def _spots(template: bytes, report: dict[str, Any], fonts: typst.Fonts) -> dict[int, Spot]:
    """Set the pages as far as it takes to see where each block of a chapter ends that a figure may wait for."""
    given = {"report": json.dumps({**report, "parts": _blind(report["parts"]), "data": ""}, ensure_ascii=False, allow_nan=False)}
    try:
        found = json.loads(typst.query(template, "<spot>", field="value", font_paths=fonts, ignore_system_fonts=True, sys_inputs=given))
    except RuntimeError:
        return {}  # the pages are set once more, and that tells why they cannot be
    return {each["spot"]: Spot(each["page"], each["y"]) for each in found}


def _blind(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take out what moves no figure: each picture, which leaves its room blank, and what the tables after the last one hold, most of a report's pages."""
    blocks = [block for part in parts for chapter in part["chapters"] for block in chapter["blocks"]]
    last = max((number for number, block in enumerate(blocks) if block["block"] == "figure"), default=-1)
    seen = iter([_blank(block, is_after=number > last) for number, block in enumerate(blocks)])
    return [{**part, "chapters": [{**chapter, "blocks": [next(seen) for _ in chapter["blocks"]]} for chapter in part["chapters"]]} for part in parts]


def _blank(block: dict[str, Any], *, is_after: bool) -> dict[str, Any]:
    if block["block"] == "figure":
        return {**block, "svg": "", "alt": ""}
    return {**block, "grids": [], "notes": []} if block["block"] == "table" and is_after else block


class _Setting:
    """The report in words and sizes, as the template takes it."""

    def __init__(self, outline: Outline, typefaces: Typefaces) -> None:
        self.outline = outline
        self.typefaces = typefaces
        self._measure = _measure_in(typefaces)

    def report(self) -> dict[str, Any]:
        """Give the whole report."""
        outline, lang = self.outline, self.outline.lang
        front = [self._block(placed, level=1) for placed in outline.front.blocks]
        stamps, above, under = ([each for each in front if each.get("role") in roles] for roles in (("stamp",), _ABOVE_TITLE, _UNDER_TITLE))
        return {
            "lang": lang,
            "region": {"vi": "VN", "en": "GB"}[lang],
            "title": self._say(outline.title),
            "title-words": _clean(outline.title),
            "description": translate("table.simulated", lang) if self._is_simulated() else "",
            "words": {
                name: translate(key, lang)
                for name, key in {"contents": "report.contents", "data": "report.data", "simulated": "table.simulated"}.items()
            },
            "letterhead": {name: translate(f"letterhead.{name}", lang) for name in _LETTERHEAD} if outline.has_letterhead else None,
            "stamps": stamps,
            "capital": outline.has_capital_title,
            "closing": outline.closing.id if outline.has_letterhead else None,
            "head": above,
            "under": under,
            "front": [block for block in front if block not in (*stamps, *above, *under)],
            "parts": [*self._parts()],
            "data": json.dumps(outline.data, ensure_ascii=False, allow_nan=False),
            "data-name": DATA_NAME,
            "data-description": translate("report.provenance.title", lang),
        }

    def _parts(self) -> Iterator[dict[str, Any]]:
        """Give stretches of pages that lie the same way round."""
        pieces = [piece for chapter in self.outline.chapters for piece in self._pieces(chapter)]
        for is_lying, stretch in groupby(pieces, key=lambda piece: piece["lying"]):
            yield {"lying": is_lying, "chapters": [*stretch]}

    def _pieces(self, chapter: Chapter) -> Iterator[dict[str, Any]]:
        """Cut a chapter where the page turns; one mostly of wide tables lies as a whole."""
        ways = self._ways(chapter)
        leading = map(chapter.leads_on, range(len(ways)))
        stretches: list[tuple[bool, list[tuple[Placed, bool]]]] = [
            (is_lying, [(placed, leads) for _, placed, leads in stretch])
            for is_lying, stretch in groupby(zip(ways, chapter.blocks, leading, strict=True), key=lambda each: each[0])
        ] or [(False, [])]
        for position, (is_lying, blocks) in enumerate(stretches):
            told = [{**block, "leads": leads} for placed, leads in blocks for block in self._blocks(placed, must_lie=is_lying)]
            yield {
                "id": chapter.id,
                "title": "" if position else self._say(chapter.heading),
                "lying": is_lying,
                "last": position == len(stretches) - 1,
                "blocks": told,
            }

    def _is_simulated(self) -> bool:
        return any(figure.is_simulated for figure in self.outline.figures()) or any(table.is_simulated for _, table in self.outline.tables())

    def _ways(self, chapter: Chapter) -> list[bool]:
        """Tell of each block whether its page lies; the words between a heading, or another table, and a table that lies go with it, if they are few."""
        blocks = [placed.block for placed in chapter.blocks]
        is_shown = [block.block in {"table", "figure"} for block in blocks]
        is_heading = [block.block == "paragraph" and block.role == "heading" for block in blocks]
        ways = [block.block == "table" and self._must_lie(block.table) for block in blocks]
        if 2 * sum(ways) > sum(is_shown) and len(blocks) <= 2 * sum(is_shown) + _MOST_WORDS_TURNED:
            return [True] * len(blocks)
        for at in [index for index, is_lying in enumerate(ways) if is_lying]:
            for index in range(at - 1, at - 1 - _MOST_WORDS_TURNED, -1):
                if index < 0 or is_shown[index] or is_heading[index]:
                    first = index + is_shown[index] if index >= 0 else 0
                    ways[first:at] = [True] * (at - first)
                    break
            after = next((index for index in range(at + 1, len(blocks)) if is_shown[index] or is_heading[index]), len(blocks))
            ways[at:after] = [True] * (after - at)
        return ways

    def _blocks(self, placed: Placed, *, must_lie: bool) -> Iterator[dict[str, Any]]:
        """Give a block of a chapter; before a figure the words that say what to see."""
        if placed.block.block == "figure":
            yield self._block(Placed(Paragraph(placed.block.says)), level=2)
        yield self._block(placed, level=2, must_lie=must_lie)

    def _block(self, placed: Placed, *, level: int, must_lie: bool = False) -> dict[str, Any]:
        block: Block = placed.block
        match block.block:
            case "paragraph":
                role = block.role if block.text.strip() else "body"  # a heading without words is none
                to_fill = words_before_dots(block.text) if role == "body" else None
                text = block.text if to_fill is None else to_fill
                return {"block": "paragraph", "role": role, "text": self._say(text), "level": level, "filled": to_fill is not None}
            case "bullets":
                return {"block": "bullets", "items": [self._say(item) for item in block.items]}
            case "table":
                tables = self._parts_of(block.table)
                fits = [self._fit(table, must_lie=must_lie or len(tables) > 1) for table in tables]
                return {
                    "block": "table",
                    "anchor": placed.anchor,
                    "caption": self._say(placed.caption),
                    "simulated": block.table.is_simulated,
                    "notes": [self._say(note) for note in block.table.notes],
                    "whole": sum(fit.height() for fit in fits) <= _MOST_HEIGHT_KEPT,
                    "grids": [self._table(table, fit) for table, fit in zip(tables, fits, strict=True)],
                }
            case "figure":
                box = _VIEW_BOX.search(block.svg)
                return {
                    "block": "figure",
                    "anchor": placed.anchor,
                    "caption": self._say(placed.caption),
                    "simulated": block.is_simulated,
                    "svg": _as_file(block.svg),
                    "ratio": float(box[1]) / float(box[2]) if box else 1.0,
                    "alt": _clean(block.alt),
                    "data": [{"anchor": anchor, "name": name} for anchor, name in placed.data],
                }

    def _table(self, table: Table, fit: Fit) -> dict[str, Any]:
        def say(text: str) -> str:
            return breakable(_clean(text), fit.longest, self._measure)

        groups, first = [], 1
        for group in table.groups:
            last = first + len(group.rows)
            rows = [
                {"cells": [say(cell) for cell in (row.header, *row.cells)], "small": say(row.small), "whole": fit.height(at, at + 1) <= _TALLEST_ROW}
                for at, row in enumerate(group.rows, first)
            ]
            groups.append({"title": say(group.title), "rows": rows, "runs": _runs([fit.height(at, at + 1) for at in range(first, last)])})
            first = last
        return {
            "size": fit.size,
            "widths": list(fit.widths),
            "centred": list(fit.centred),
            "columns": [say(column) for column in table.columns],
            "groups": groups,
        }

    def _must_lie(self, table: Table) -> bool:
        return len(self._parts_of(table)) > 1 or self._fit(table).is_lying

    def _parts_of(self, table: Table) -> tuple[Table, ...]:
        return _parts_of(table, self.typefaces)

    def _fit(self, table: Table, *, must_lie: bool = False) -> Fit:
        return _fit(table, self.typefaces, must_lie=must_lie)

    def _say(self, text: str) -> str:
        return breakable(_clean(text), _LONGEST_WORD_IN_TEXT, self._measure)


@lru_cache(maxsize=_MOST_WIDTHS_KEPT)
def _width(typefaces: Typefaces, text: str, is_bold: bool) -> float:  # noqa: FBT001  # whoever measures asks so
    return typefaces.width(text, is_bold=is_bold)


def _measure_in(typefaces: Typefaces) -> Measure:
    return partial(_width, typefaces)


@lru_cache(maxsize=_MOST_TABLES_KEPT)
def _parts_of(table: Table, typefaces: Typefaces) -> tuple[Table, ...]:
    """Cut a table that no page is wide enough for."""
    measure = _measure_in(typefaces)
    return tuple(in_parts(table, lambda part: holds_its_words(part, measure)))


@lru_cache(maxsize=_MOST_TABLES_KEPT)
def _fit(table: Table, typefaces: Typefaces, *, must_lie: bool) -> Fit:
    return fit_table(table, _measure_in(typefaces), must_lie=must_lie)


def _runs(heights: list[float]) -> list[dict[str, Any]]:
    """Say which rows of a group stay on one page: all of a low one, else a few at the beginning and at the end, so that none stands alone overleaf."""
    if len(heights) < _FEW or sum(heights) <= _MOST_GROUP_KEPT:
        return [{"rows": len(heights), "whole": len(heights) > 1}] if heights else []
    first = next(n_rows for n_rows in (_FEW, 1) if sum(heights[:n_rows]) <= _MOST_GROUP_KEPT or n_rows == 1)
    last = min(len(heights) - first, next(n_rows for n_rows in (_FEW, 1) if sum(heights[-n_rows:]) <= _MOST_END_KEPT or n_rows == 1))
    parts = ((first, True), (len(heights) - first - last, False), (last, True))
    return [{"rows": n_rows, "whole": is_whole and n_rows > 1} for n_rows, is_whole in parts if n_rows > 0]


def _clean(text: str) -> str:
    """Compose marked letters, and show where there was something that no page can hold."""
    return _NOT_DRAWN.sub("\N{REPLACEMENT CHARACTER}", unicodedata.normalize("NFC", text.replace("\t", " ")))


def _as_file(svg: str) -> str:
    """Give the element that stands in a page back the names that a file of its own needs."""
    return re.sub(r"<svg\b(?![^>]*\bxmlns=)", '<svg xmlns="http://www.w3.org/2000/svg"', svg, count=1)
