"""Read a YAML file strictly, and remember the line of every key and value.

The values are built here from the parser's events, not by PyYAML's own constructors: no code can be called, no alias can grow into a bomb, no key is
silently given twice, and every value knows its line, so that a message can say where to look.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from simulator.errors import Finding, InputError
from simulator.rules.codes import make_finding
from simulator.rules.scalars import ScalarError, read_plain, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LARGEST_FILE = 1_000_000
DEEPEST_NESTING = 40
MOST_VALUES = 50_000
MOST_FINDINGS = 100

KeyPath: TypeAlias = tuple[str | int, ...]

# Characters no reader sees, and line breaks no editor counts: a file with one of them does not say what it seems to say.
_INVISIBLE = re.compile(
    "[^\\n\\r\\x20-\\x7e\\xa0-\\u200a\\u2010-\\u2027\\u202f-\\u205f\\u2070-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)

# The parser in C is fifteen times faster; the events are the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A YAML file as data, with the line of every key and value.

    Attributes
    ----------
    file
        The file as it is named to the reader.
    data
        What the file holds: dictionaries, lists, text, numbers, dates, true, false, null.
    lines
        Line of each value by its path of keys and positions.
    """

    file: str
    data: Any
    lines: Mapping[KeyPath, int]

    def line_of(self, *path: str | int) -> int:
        """Tell the line of a value, or of the nearest thing around it that the file holds."""
        for length in range(len(path), -1, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                break
        return line or 1

    def location_of(self, path: KeyPath) -> tuple[str, int]:
        """Tell the file and the line of a value."""
        return self.file, self.line_of(*path)


class _TooMuchError(Exception):
    """Reading was stopped because the file asks for more than any criteria set needs."""


class _Composer:
    """Turns events into values, keeping every problem it meets."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file = file
        self.events = events
        self.lines: dict[KeyPath, int] = {}
        self.findings: list[Finding] = []

    def report(self, code: str, line: int, **fields: str) -> None:
        self.findings.append(make_finding(code, self.file, line, **fields))
        if len(self.findings) >= MOST_FINDINGS:
            self.findings.append(make_finding("RD022", self.file, line, limit=str(MOST_FINDINGS)))
            raise _TooMuchError

    def compose_stream(self) -> Any:
        data: Any = None
        n_documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                n_documents += 1
                if event.version or event.tags:
                    self.report("RD021", _line(event), name="%YAML" if event.version else "%TAG")
                if n_documents > 1:
                    self.report("RD007", _line(event))
                    break
                data = self.compose(next(self.events), (), 0)
        if n_documents == 0:
            self.report("RD006", 1)
        return data

    def compose(self, event: Any, path: KeyPath, depth: int) -> Any:
        line = _line(event)
        self.lines.setdefault(path, line)
        if len(self.lines) > MOST_VALUES:
            self.findings.append(make_finding("RD009", self.file, line, limit=str(MOST_VALUES)))
            raise _TooMuchError
        if isinstance(event, yaml.AliasEvent):
            self.report("RD011", line, name=f"*{event.anchor}")
            return None
        if event.anchor is not None:
            self.report("RD011", line, name=f"&{event.anchor}")
        if event.tag is not None:
            self.report("RD012", line, tag=shorten(event.tag))
        if isinstance(event, yaml.ScalarEvent):
            return self.compose_scalar(event, path)
        if depth >= DEEPEST_NESTING:
            self.findings.append(make_finding("RD008", self.file, line, limit=str(DEEPEST_NESTING)))
            raise _TooMuchError
        if isinstance(event, yaml.SequenceStartEvent):
            return self.compose_sequence(path, depth)
        return self.compose_mapping(path, depth)

    def compose_scalar(self, event: Any, path: KeyPath) -> Any:
        text: str = event.value
        is_plain = not event.style and event.tag is None
        if not is_plain:
            return unicodedata.normalize("NFC", text)
        if not text:
            if event.anchor is None:
                self.report("RD015", _line(event), key=str(path[-1]) if path else "---")
            return None
        try:
            return read_plain(text)
        except ScalarError as problem:
            self.report(problem.code, _line(event), found=shorten(text))
            return text

    def compose_sequence(self, path: KeyPath, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.compose(event, (*path, len(items)), depth + 1))
        return items

    def compose_mapping(self, path: KeyPath, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        first_lines: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            key = self.compose_key(event, path, depth)
            if key in first_lines:
                self.report("RD010", line, key=shorten(key), first_line=str(first_lines[key]))
            first_lines.setdefault(key, line)
            inner = (*path, key)
            self.lines.setdefault(inner, line)
            value = self.compose(next(self.events), inner, depth + 1)
            items.setdefault(key, value)
        return items

    def compose_key(self, event: Any, path: KeyPath, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.value == "<<":
            self.report("RD013", _line(event))
            return "<<"
        if not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            self.report("RD014", _line(event), found="@list" if isinstance(event, yaml.SequenceStartEvent) else "@mapping")
            self.compose(event, (*path, "?"), depth + 1)
            return "?"
        n_findings = len(self.findings)
        key = self.compose(event, (*path, "?"), depth + 1)
        del self.lines[*path, "?"]
        if not isinstance(key, str) and len(self.findings) == n_findings:
            self.report("RD014", _line(event), found=shorten(getattr(event, "value", "*")))
        return key if isinstance(key, str) else str(key)


def read_yaml(path: Path, shown_as: str | None = None) -> Document:
    """Read a YAML file strictly.

    Parameters
    ----------
    path
        The file.
    shown_as
        How to name it in findings; the path itself when absent.
    """
    file = path.as_posix() if shown_as is None else shown_as
    try:
        if path.exists() and not path.is_file():
            raise InputError([make_finding("RD001", file, 1, reason="@not-a-file")])
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise InputError([make_finding("RD001", file, 1, reason="@no-such-file")]) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise InputError([make_finding("RD001", file, 1, reason=reason)]) from problem
    return read_yaml_bytes(raw, file)


def read_yaml_bytes(raw: bytes, file: str) -> Document:
    """Read YAML that is already in memory; ``file`` names it in findings."""
    if len(raw) > LARGEST_FILE:
        raise InputError([make_finding("RD002", file, 1, limit=str(LARGEST_FILE))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise InputError([make_finding("RD003", file, line, byte=str(problem.start + 1))]) from None
    if "\t" in text:
        raise InputError([make_finding("RD005", file, text.count("\n", 0, text.index("\t")) + 1)])
    if (invisible := _INVISIBLE.search(text)) is not None:
        line = text.count("\n", 0, invisible.start()) + 1
        raise InputError([make_finding("RD023", file, line, character=f"U+{ord(invisible[0]):04X}")])
    composer = _Composer(file, yaml.parse(text, Loader=_Loader))
    data: Any = None
    try:
        data = composer.compose_stream()
    except yaml.YAMLError as problem:
        composer.findings.append(_describe_syntax(problem, file))
    except _TooMuchError:
        pass
    if composer.findings:
        raise InputError(sorted(composer.findings, key=lambda finding: finding.line))
    return Document(file=file, data=data, lines=composer.lines)


def _describe_syntax(problem: yaml.YAMLError, file: str) -> Finding:
    if isinstance(problem, yaml.MarkedYAMLError):
        mark = problem.problem_mark or problem.context_mark
        parts = [part for part in (problem.context, problem.problem) if part]
        return make_finding("RD004", file, 1 if mark is None else mark.line + 1, problem=shorten(" ".join(parts)))
    return make_finding("RD004", file, 1, problem=shorten(str(problem)))


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1
