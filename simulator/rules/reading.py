"""Read a YAML file strictly, and remember the line of every key and value.

What is too large, not UTF-8, or holds characters nobody sees is refused before it is parsed; every value knows its line, so that a message can say
where to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from simulator.errors import Finding, InputError, reason_of
from simulator.rules.codes import make_finding
from simulator.rules.composing import NO_BREAK_SPACE, Composer, TooMuchError
from simulator.rules.paths import nearest
from simulator.rules.yaml_problems import word_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from simulator.rules.paths import KeyPath

LARGEST_FILE = 1_000_000
# Characters no reader sees, and line breaks no editor counts: a file with one of them does not say what it seems to say.
INVISIBLE = re.compile(
    "[^\\n\\r\\x20-\\x7e\\xa0-\\u200a\\u2010-\\u2027\\u202f-\\u205f\\u2070-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)

# The parser in C is fifteen times faster; the events are the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A comparison of four options reads the rules they share, the instruments and the assumptions four times over, a form while it is filled in at each turn.
_MOST_KEPT = 64


@dataclass(frozen=True, eq=False)
class Document:
    """A YAML file as data, with the line of every key and value; whoever reads the same words again may get the same one, so nobody changes it.

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
        return nearest(self.lines, path) or 1

    def location_of(self, path: KeyPath) -> tuple[str, int]:
        """Tell the file and the line of a value."""
        return self.file, self.line_of(*path)


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
        raise InputError([make_finding("RD001", file, 1, reason=reason_of(problem))]) from problem
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
    if (invisible := INVISIBLE.search(text)) is not None:
        line = text.count("\n", 0, invisible.start()) + 1
        raise InputError([make_finding("RD023", file, line, character=f"U+{ord(invisible[0]):04X}")])
    return _parse(text, file, _Loader)


@lru_cache(maxsize=_MOST_KEPT)
def _parse(text: str, file: str, loader: Any) -> Document:
    """Take YAML apart; the last files read are remembered by their words, so that a changed file is always read anew."""
    composer = Composer(file, yaml.parse(text, Loader=loader), text)
    data: Any = None
    try:
        data = composer.compose_stream()
    except yaml.YAMLError as problem:
        composer.findings.append(_describe_syntax(problem, file, text))
    except TooMuchError:
        pass
    if composer.findings:
        raise InputError(sorted(_causes(composer.findings), key=lambda finding: finding.line))
    return Document(file=file, data=data, lines=composer.lines)


def _causes(findings: list[Finding]) -> list[Finding]:
    """Leave out what only follows from a no-break space: other problems of its line, and the end of all sense after it."""
    lines = {finding.line for finding in findings if finding.code == "RD024"}
    return [finding for finding in findings if finding.code == "RD024" or not lines or (finding.line not in lines and finding.code != "RD004")]


def _describe_syntax(problem: yaml.YAMLError, file: str, text: str) -> Finding:
    if isinstance(problem, yaml.MarkedYAMLError):
        mark = problem.problem_mark or problem.context_mark
        last = 0 if mark is None else mark.line
        for line, words in list(enumerate(text.splitlines(), start=1))[max(last - 1, 0) : last + 1]:
            if (space := NO_BREAK_SPACE.search(words)) is not None:
                return make_finding("RD024", file, line, character=f"U+{ord(space[0]):04X}")
        line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        return make_finding("RD004", file, line, column=str(column), problem=word_of(problem.problem, problem.context))
    return make_finding("RD004", file, 1, column="1", problem=word_of(str(problem), None))
