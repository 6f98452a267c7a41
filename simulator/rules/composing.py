"""Build values from the events of a YAML parser, keeping the line of each and every problem met on the way.

Nothing is constructed by PyYAML itself: no code can be called, no alias can grow into a bomb, no key is silently given twice.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import yaml

from simulator.rules.codes import make_finding
from simulator.rules.scalars import ScalarError, read_plain, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.paths import KeyPath

DEEPEST_NESTING = 40
MOST_VALUES = 50_000
MOST_FINDINGS = 100
NO_BREAK_SPACE = re.compile("[\xa0\u2007\u202f\u3000]")
"""Spaces that look like one and part nothing in YAML; inside quotes they are letters like others."""


_DECIMAL_COMMA = re.compile("-?[0-9]+,[0-9]+")


class TooMuchError(Exception):
    """Reading was stopped because the file asks for more than any criteria set needs."""


class Composer:
    """Turns events into values, keeping every problem it meets.

    Attributes
    ----------
    file
        The file as it is named to the reader.
    text
        What the events were read from.
    lines
        Line of each value by its path of keys and positions.
    findings
        The problems met so far.
    """

    def __init__(self, file: str, events: Iterator[Any], text: str = "") -> None:
        self.file = file
        self.events = events
        self.text = text
        self.lines: dict[KeyPath, int] = {}
        self.findings: list[Finding] = []

    def _report(self, code: str, line: int, **fields: str) -> None:
        self.findings.append(make_finding(code, self.file, line, **fields))
        if len(self.findings) >= MOST_FINDINGS:
            self.findings.append(make_finding("RD022", self.file, line, limit=str(MOST_FINDINGS)))
            raise TooMuchError

    def compose_stream(self) -> Any:
        """Build the one document of the file."""
        data: Any = None
        n_documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                n_documents += 1
                if event.version or event.tags:
                    self._report("RD021", _line(event), name="%YAML" if event.version else "%TAG")
                if n_documents > 1:
                    self._report("RD007", _line(event))
                    break
                data = self._compose(next(self.events), (), 0)
        if n_documents == 0:
            self._report("RD006", 1)
        return data

    def _compose(self, event: Any, path: KeyPath, depth: int) -> Any:
        line = _line(event)
        self.lines.setdefault(path, line)
        if len(self.lines) > MOST_VALUES:
            self.findings.append(make_finding("RD009", self.file, line, limit=str(MOST_VALUES)))
            raise TooMuchError
        if isinstance(event, yaml.AliasEvent):
            self._report("RD011", line, name=f"*{event.anchor}")
            return None
        if event.anchor is not None:
            self._report("RD011", line, name=f"&{event.anchor}")
        if event.tag is not None:
            self._report("RD012", line, tag=shorten(event.tag))
        if isinstance(event, yaml.ScalarEvent):
            return self._compose_scalar(event, path)
        if depth >= DEEPEST_NESTING:
            self.findings.append(make_finding("RD008", self.file, line, limit=str(DEEPEST_NESTING)))
            raise TooMuchError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._compose_sequence(path, depth)
        return self._compose_mapping(path, depth, is_in_braces=bool(event.flow_style))

    def _compose_scalar(self, event: Any, path: KeyPath) -> Any:
        text: str = event.value
        is_plain = not event.style and event.tag is None
        if not is_plain:
            return unicodedata.normalize("NFC", text)
        if not text:
            if event.anchor is None:
                self._report("RD015", _line(event), key=str(path[-1]) if path else "---")
            return None
        if (space := NO_BREAK_SPACE.search(text)) is not None:
            self._report("RD024", _line(event), character=f"U+{ord(space[0]):04X}")
            return text
        try:
            return read_plain(text)
        except ScalarError as problem:
            fields = {"thousands": text.replace(".", ""), "decimal": text.rstrip("0").rstrip(".")} if problem.code == "RD027" else {}
            self._report(problem.code, _line(event), found=shorten(text), **fields)
            return text

    def _compose_sequence(self, path: KeyPath, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._compose(event, (*path, len(items)), depth + 1))
        return items

    def _compose_mapping(self, path: KeyPath, depth: int, *, is_in_braces: bool) -> dict[str, Any]:
        items: dict[str, Any] = {}
        first_lines: dict[str, int] = {}
        before: Any = None
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            value_event = next(self.events) if isinstance(event, yaml.ScalarEvent) else None
            if is_in_braces and _is_plain(before) and self._is_cut_off(event, value_event):
                self._report_comma(line, self.text[before.start_mark.index : event.end_mark.index])
                continue
            key = self._compose_key(event, path, depth)
            if key in first_lines:
                self._report("RD010", line, key=shorten(key), first_line=str(first_lines[key]))
            first_lines.setdefault(key, line)
            inner = (*path, key)
            self.lines.setdefault(inner, line)
            before = next(self.events) if value_event is None else value_event
            value = self._compose(before, inner, depth + 1)
            items.setdefault(key, value)
        return items

    def _is_cut_off(self, key: Any, value: Any) -> bool:
        """Tell whether a key in braces is only what stood after a comma: no colon follows it."""
        is_bare = _is_plain(key) and isinstance(value, yaml.ScalarEvent) and not value.style and not value.value
        return is_bare and bool(self.text) and ":" not in self.text[key.end_mark.index : value.start_mark.index]

    def _report_comma(self, line: int, found: str) -> None:
        if _DECIMAL_COMMA.fullmatch(found):
            self._report("RD025", line, found=found, suggested=found.replace(",", "."))
        else:
            self._report("RD026", line, found=shorten(found))

    def _compose_key(self, event: Any, path: KeyPath, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.value == "<<":
            self._report("RD013", _line(event))
            return "<<"
        if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            self._report("RD014", _line(event), found="@list" if isinstance(event, yaml.SequenceStartEvent) else "@mapping")
            self._compose(event, (*path, "?"), depth + 1)
            return "?"
        n_findings = len(self.findings)
        key = self._compose(event, (*path, "?"), depth + 1)
        del self.lines[*path, "?"]
        if not isinstance(key, str) and len(self.findings) == n_findings:
            self._report("RD014", _line(event), found=shorten(getattr(event, "value", "*")))
        return key if isinstance(key, str) else str(key)


def _is_plain(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and bool(event.value)


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1
