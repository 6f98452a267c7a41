"""The XML of a workbook, read once from front to back without ever building a tree of it."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat  # declarations, the way in for entity bombs, are refused below

from simulator.workbook.limits import MOST_STYLES
from simulator.workbook.number_formats import Shown, shown_by, value_of
from simulator.workbook.sheets import LONGEST_TEXT, MOST_COLUMNS, Broken, Range, Sheet, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from simulator.workbook.limits import Limits
    from simulator.workbook.sheets import Value

_LONGEST_TAG: Final = 2**20
_REMEMBERED: Final = 50_000
_MOST_RUNS: Final = 1_000
_RUNS: Final = frozenset({"t", "r", "rPr"})
_PROMPTS: Final = ("prompt", "promptTitle", "error", "errorTitle")
_HEADINGS: Final = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
_ERROR: Final = re.compile(r"#[A-Z0-9/_]{1,18}[!?]?", re.ASCII)
_MARKED: Final[Mapping[str | None, Callable[[str], Value]]] = {
    "b": lambda raw: raw.strip() == "1",
    "e": lambda raw: Broken(raw if not raw or _ERROR.fullmatch(raw) else "#ERROR"),
    "d": lambda raw: datetime.date.fromisoformat(raw[:10]),
}
"""How a cell that says its own type is read."""


def parse(chunks: Iterable[bytes], part: str, limits: Limits, start: Any, end: Any, text: Any) -> None:
    """Go through the XML of one part; names are told without their namespace prefix."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 2**16
    problems = limits.problems
    limits.place = part
    n_open = n_closed = n_counted = n_fed = 0

    def refuse(*_: Any) -> None:
        problems.refuse("WB531", 1, part=part)

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal n_open
        n_open += 1
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def finish(name: str) -> None:
        nonlocal n_closed
        n_closed += 1
        end(name.rpartition(":")[2] if ":" in name else name)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, finish, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        for piece in chunks:
            parser.Parse(piece, False)
            n_fed += len(piece)
            if n_fed - parser.CurrentByteIndex > _LONGEST_TAG:
                limits.refuse("@text-length", _LONGEST_TAG)
            limits.elements(n_open - n_counted, n_open - n_closed, len(parser.intern))
            n_counted = n_open
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, OverflowError, KeyError, IndexError):
        problems.refuse("WB508", 1, part=part)
    finally:
        if isinstance(chunks, Generator):
            chunks.close()


class _StringsReader:
    """Collects the texts that cells share; what stands in furigana is no part of them."""

    def __init__(self, limits: Limits) -> None:
        self.strings: list[str] = []
        self._limits = limits
        self._n_letters = 0
        self._pieces: list[str] = []
        self._is_text = self._is_aside = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._pieces, self._n_letters = [], 0
        elif name == "t":
            self._is_text = not self._is_aside
        elif name == "rPh":
            self._is_aside = True

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_aside = False
        elif name == "si":
            self._limits.number()
            self.strings.append(self._limits.text("".join(self._pieces)))

    def text(self, data: str) -> None:
        if self._is_text:
            self._n_letters += len(data)
            self._limits.length(self._n_letters)
            self._pieces.append(data)


def read_strings(chunks: Iterable[bytes], part: str, limits: Limits) -> list[str]:
    """Read the texts that cells share."""
    reader = _StringsReader(limits)
    parse(chunks, part, limits, reader.start, reader.end, reader.text)
    return reader.strings


def read_formats(chunks: Iterable[bytes], part: str, limits: Limits) -> list[Shown]:
    """Read how each cell style shows numbers."""
    custom: dict[int, str] = {}
    shown: list[Shown] = []
    is_cells = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_cells
        if name == "numFmt":
            custom[int(attributes["numFmtId"])] = attributes["formatCode"][:200]
        elif name == "cellXfs":
            is_cells = True
        elif name == "xf" and is_cells:
            shown.append(shown_by(int(attributes.get("numFmtId", "0")), custom))
        if max(len(custom), len(shown)) > MOST_STYLES:
            limits.refuse("@elements", MOST_STYLES)

    def end(name: str) -> None:
        nonlocal is_cells
        if name == "cellXfs":
            is_cells = False

    parse(chunks, part, limits, start, end, None)
    return shown


def read_texts(chunks: Iterable[bytes], part: str, limits: Limits) -> list[str]:
    """Read every text of a part, such as text boxes, comments or properties; a paragraph in several runs is one text."""
    texts: list[str] = []
    pieces: list[str] = []

    def end(name: str) -> None:
        if pieces and name not in _RUNS:
            texts.append(limits.text("".join(pieces)))
            pieces.clear()

    def text(data: str) -> None:
        pieces.append(data)
        limits.length(sum(map(len, pieces)) if len(pieces) <= _MOST_RUNS else LONGEST_TEXT + 1)

    parse(chunks, part, limits, lambda *_: None, end, text)
    return texts


class SheetReader:
    """Turns the XML of one sheet into rows of values."""

    def __init__(self, name: str, strings: list[str], formats: list[Shown], limits: Limits, *, starts_1904: bool) -> None:
        self.sheet = Sheet(name)
        self._strings, self._formats, self._limits, self._problems, self._starts_1904 = strings, formats, limits, limits.problems, starts_1904
        self._numbers: dict[tuple[str, str | None], Value] = {}
        self._n_letters = 0
        self._row: list[Value] = []
        self._line = 0
        self._column = -1
        self._kind: str | None = None
        self._style: str | None = None
        self._pieces: list[str] = []
        self._is_formula = self._is_text = self._is_aside = False
        self._note = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "c":
            reference = attributes.get("r")
            self._column = self._column + 1 if reference is None else place_of(reference)[1]
            self._kind = attributes.get("t")
            self._style = attributes.get("s")
            self._is_formula = False
            self._pieces, self._n_letters = [], 0
        elif name in {"v", "t"}:
            self._is_text = not self._is_aside
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            line = attributes.get("r")
            self._line = self._line + 1 if line is None else int(line)
            self._row, self._column = [], -1
            if attributes.get("hidden") in {"1", "true"}:
                self._limits.number()
                self.sheet.hidden.append(self._line)
        elif name == "rPh":
            self._is_aside = True
        elif name == "mergeCell":
            self._merge(attributes["ref"])
        elif name == "dataValidation":
            self.sheet.notes.extend(self._limits.text(attributes[key]) for key in _PROMPTS if key in attributes)
        elif name in _HEADINGS:
            self._note, self._pieces, self._n_letters = True, [], 0

    def text(self, data: str) -> None:
        """Take text."""
        if self._is_text or self._note:
            self._n_letters += len(data)
            if self._n_letters > LONGEST_TEXT:
                self._limits.length(self._n_letters)
            self._pieces.append(data)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "c":
            if self._pieces or self._is_formula:
                self._put()
        elif name in {"v", "t"}:
            self._is_text = False
        elif name == "row":
            if self._row:
                self._close_row()
        elif name == "rPh":
            self._is_aside = False
        elif name in _HEADINGS:
            self.sheet.notes.append(self._limits.text("".join(self._pieces)))
            self._note = False

    def _put(self) -> None:
        value = self._value("".join(self._pieces))
        if value is None:
            return
        if self._column >= MOST_COLUMNS:
            self._problems.refuse("WB509", max(self._line, 1), what="@columns", limit=str(MOST_COLUMNS))
        row = self._row
        missing = self._column - len(row)
        if missing >= 0:
            if missing:
                row.extend([None] * missing)
            row.append(value)
        else:
            row[self._column] = value

    def _close_row(self) -> None:
        lines = self.sheet.lines
        if self._line < 1 or (lines and self._line <= lines[-1]):
            raise ValueError  # rows out of order are no workbook Excel wrote
        if len(lines) >= self._limits.most_rows:
            self._problems.refuse("WB509", self._line, what="@rows", limit=str(self._limits.most_rows))
        self._limits.row(len(self._row))
        lines.append(self._line)
        self.sheet.rows.append(self._row)

    def _value(self, raw: str) -> Value:
        kind = self._kind
        if kind == "s":
            return self._strings[_index(raw)] or None
        if kind in {"str", "inlineStr"}:
            return self._limits.text(raw) or None
        if self._is_formula and not raw:
            return Broken("")
        if kind in _MARKED:
            return _MARKED[kind](raw)
        key = raw, self._style
        held = self._numbers.get(key)
        if held is None:
            self._limits.number()
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            held = self._numbers[key] = self._number(raw)
        return held

    def _number(self, raw: str) -> Value:
        if "_" in raw or not raw.strip():
            raise ValueError  # Python would read 1_000 as a number
        number = float(raw)
        if not math.isfinite(number):
            return math.inf
        position = -1 if self._style is None else _index(self._style)
        shown = self._formats[position] if 0 <= position < len(self._formats) else Shown.PLAIN
        return number if shown is Shown.PLAIN else value_of(number, shown, starts_1904=self._starts_1904)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = place_of(first)
        bottom, right = place_of(last or first)
        lines = self.sheet.lines
        right = min(right, MOST_COLUMNS)
        self._limits.merged(max(min(bottom, lines[-1] if lines else 1) - top, 0) + 1, max(right - left, 0) + 1)
        self.sheet.merged.append(Range(top, bottom, left, right))


def _index(raw: str) -> int:
    position = int(raw)
    if position < 0:
        raise IndexError
    return position
