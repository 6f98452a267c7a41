"""What can go wrong, as data: a finding has a code and fields, and the words come later.

A finding knows the file and the line it is about. The sentences, in Vietnamese and English, live in
``presentation/messages`` under ``finding.<code>``; the plain English here is what is left when nobody translates.
"""

from __future__ import annotations

import errno
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Severity(StrEnum):
    """How much a finding matters: an error stops the work, a warning only asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


def _no_fields() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Finding:
    """One thing found in one place.

    Attributes
    ----------
    code
        Short stable name of the kind of finding, such as ``CS101``.
    severity
        Error or warning.
    file
        The file as the user named it, or relative to the workspace.
    line
        Line in that file, 1 is the first.
    fields
        What the sentence needs. A value that begins with ``@`` names a word of the catalogue (``@number``).
    english
        Plain English, for a caller without the catalogue.
    is_unreadable
        The file could not be read as what it should be, so the exit code is 2 rather than 1.
    is_inherited
        It is about a file that the one asked about was laid over.
    """

    code: str
    severity: Severity
    file: str
    line: int
    fields: Mapping[str, str] = field(default_factory=_no_fields, hash=False)
    english: str = ""
    is_unreadable: bool = False
    is_inherited: bool = False

    def render(self, message: str | None = None) -> str:
        """Write the finding on one line: ``path:line: CODE severity: message``.

        Parameters
        ----------
        message
            The sentence in the reader's language; without it, the plain English.
        """
        sentence = " ".join((self.english if message is None else message).split())
        return f"{self.file}:{self.line}: {self.code} {self.severity}: {sentence}"


class CodeEntry(NamedTuple):
    """What is known of a code before it is found anywhere: how much it matters, and a plain English line with fields in braces."""

    severity: Severity
    english: str


@dataclass(frozen=True)
class CodeRegister:
    """The findings a room can make. A code is never reused for another meaning.

    Attributes
    ----------
    entries
        What is known of each code.
    readable
        Beginnings of codes that are errors in a file which can be read all the same.
    """

    entries: Mapping[str, CodeEntry]
    readable: tuple[str, ...] = ()

    def make_finding(self, code: str, file: str, line: int, /, **fields: str) -> Finding:
        """Make a finding of the register.

        Parameters
        ----------
        code
            A code of this register.
        file, line
            Where it was found.
        fields
            What the sentence needs; a value that begins with ``@`` names a word of the catalogue.
        """
        entry = self.entries[code]
        words = {name: _plain(value) for name, value in fields.items()}
        return Finding(
            code=code,
            severity=entry.severity,
            file=file,
            line=line,
            fields=fields,
            english=entry.english.format(**words),
            is_unreadable=entry.severity is Severity.ERROR and not code.startswith(self.readable),
        )


def _plain(value: str) -> str:
    """Give a field in plain English: a word of the catalogue by its name, data by what it shows."""
    if not value.startswith("@"):
        return value
    name, _, data = value[1:].partition(":")
    return json.dumps(json.loads(data)["shown"], ensure_ascii=False) if data.startswith("{") else name.replace("-", " ")


class TieuchiError(Exception):
    """What every error of this package is a kind of."""


class InputError(TieuchiError):
    """What the user gave cannot be used; it carries every finding, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(finding.render() for finding in self.findings)


class RunError(TieuchiError):
    """A run was set up rightly and failed on the way."""

    def __init__(self, reason: str, *, fields: Mapping[str, str] | None = None) -> None:
        self.reason = reason
        self.fields: Mapping[str, str] = dict(fields or {})
        super().__init__(reason)


_REASONS: Mapping[int | None, str] = {
    errno.ENOENT: "@no-such-file",
    errno.ENOTDIR: "@no-such-file",
    errno.EISDIR: "@not-a-file",
    errno.EACCES: "@no-permission",
    errno.EPERM: "@no-permission",
    errno.EROFS: "@read-only",
    errno.ENOSPC: "@disk-full",
    errno.EDQUOT: "@disk-full",
    errno.ENAMETOOLONG: "@name-too-long",
    errno.ELOOP: "@links-in-a-circle",
    errno.EMFILE: "@too-many-files",
    errno.ENFILE: "@too-many-files",
    errno.EBUSY: "@in-use",
    errno.EINVAL: "@refused-name",
    errno.ETXTBSY: "@in-use",
}
_HELD_ON_WINDOWS: Final = frozenset({32, 33})
"""Windows' own numbers for a file that another program holds or has locked; to Python both are a lack of permission."""


def reason_of(problem: Exception) -> str:
    """Give the word of the catalogue for why the system could not open, read or write a file."""
    if getattr(problem, "winerror", None) in _HELD_ON_WINDOWS:
        return "@in-use"
    return _REASONS.get(getattr(problem, "errno", None), "@cannot-be-used")
