"""Files somebody hands to the page: taken into memory, limited in size and kind, never run, and nowhere on a disk once they are read."""

from __future__ import annotations

import datetime
import html
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.errors import InputError, Severity
from simulator.presentation.finding_places import say_finding
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number
from simulator.presentation.wording import sentence_case
from simulator.secrecy import is_secret_name
from simulator.widgets.codes import make_finding
from simulator.workbook.codes import make_finding as find_in_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm

KINDS: Final = (".xlsx", ".csv")
"""What every button of the page takes, be it a list of nominees or a register."""
LARGEST: Final = 8 * 2**20
"""Of one file, in bytes: a page hands over no more than 10 MB at a time."""
_KILOBYTE, _MEGABYTE = 2**10, 2**20
_KNOWN: Final = frozenset({*KINDS, ".xls", ".ods"})
"""Kinds that the readers know: of those they do not read, they say what they are and what to save them as."""
_WITH_MACROS: Final = ".xlsm"
_LEFT_WHILE_OPEN: Final = ("~$", ".~lock.")
"""How the names of files begin that Excel and LibreOffice put beside a workbook while it is open; they look like it in a list of files."""
_NO_DAY: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_PLAIN_KIND: Final = re.compile(r"\.[a-z0-9]{1,5}", re.ASCII)
_MOST_SHOWN: Final = 30


@dataclass(frozen=True, repr=False)
class Uploaded:
    """A file as it was handed over. What its owner calls it is not kept: a name of a file may be that of a person.

    Attributes
    ----------
    kind
        How its name ended, in small letters: one of :data:`KINDS`, or a kind that the readers know and refuse.
    content
        What it holds.
    """

    kind: str
    content: bytes

    def called(self, lang: Lang, n_rows: int | None = None) -> str:
        """Say which file it is, without its name: by its kind, its size, and once it is read by its rows."""
        size = len(self.content)
        shown = f"{format_count(size, lang)} byte"
        for unit, name in ((_KILOBYTE, "KB"), (_MEGABYTE, "MB")):
            if size >= unit:
                shown = f"{format_number(size / unit, lang, 1)} {name}"
        if n_rows is None:
            return translate("workbench.upload.called", lang, kind=self.kind, size=shown)
        return translate("workbench.upload.called-of", lang, kind=self.kind, size=shown, n=format_count(n_rows, lang))

    def __repr__(self) -> str:
        return f"Uploaded({len(self.content)} bytes)"


class Upload:
    """A button that takes one file.

    Parameters
    ----------
    label
        What the button says.
    lang
        Language of the words.
    alarm
        Where a failure of the program is told; what is wrong with the file is told below the button.
    on_file
        Called with the file.
    on_refused
        Called when what was handed over is refused here, so that nothing of the file before is taken for its result.
    """

    def __init__(
        self, label: str, lang: Lang, alarm: Alarm, on_file: Callable[[Uploaded], None], on_refused: Callable[[], None] = lambda: None
    ) -> None:
        self.lang = lang
        self._on_file, self._on_refused = on_file, on_refused
        self.button = widgets.FileUpload(
            accept=",".join(KINDS),
            multiple=False,
            description=label,
            tooltip=label,
            icon="",
            layout=widgets.Layout(width="auto", min_width="240px", align_self="flex-start"),
        )
        self.said = widgets.HTML()
        self.panel = widgets.VBox([self.button, self.said])
        self.button.observe(alarm.guard(lambda change: self._receive(change["new"])), names="value")

    def _receive(self, files: Sequence[Mapping[str, Any]]) -> None:
        if not files or not files[0]["name"]:  # emptied, below; a file that is handed over has a name
            return
        given = files[0]
        size, name = int(given["size"]), PurePosixPath(str(given["name"]).replace("\\", "/"))
        content = bytes(given["content"]) if size <= LARGEST else b""
        self.button.value = ()  # a notebook that is saved would keep what is in it
        try:
            self._check(name, max(size, len(content)))
        except InputError as problem:
            self.said.value = told(problem.findings, self.lang)
            self._on_refused()
            return
        self.said.value = ""
        self.count(1)
        self._on_file(Uploaded(name.suffix.lower(), content))

    def count(self, n: int) -> None:
        """Let the button, which counts what it holds, count the files in use: it is given as many without name and content."""
        self.button.value = ({"name": "", "type": "", "size": 0, "content": memoryview(b""), "last_modified": _NO_DAY},) * n

    def _check(self, name: PurePosixPath, size: int) -> None:
        kind = name.suffix.lower()
        if name.name.startswith(_LEFT_WHILE_OPEN):
            raise InputError([make_finding("WG627", "", 1)])
        if kind == _WITH_MACROS:  # by its ending, whatever is in it: one rule for every button
            raise InputError([find_in_workbook("WB504", "", 1)])
        if kind not in _KNOWN:
            raise InputError([make_finding("WG607", "", 1, found=kind if _PLAIN_KIND.fullmatch(kind) else "?", expected=", ".join(KINDS))])
        if size > LARGEST:
            found, limit = (f"{format_number(each / _MEGABYTE, self.lang, 1)} MB" for each in (size, LARGEST))
            raise InputError([make_finding("WG608", "", 1, found=found, limit=limit)])
        if is_secret_name(name.stem):
            raise InputError([find_in_workbook("WB510", "", 1, cell="@file-name")])


class OnDisk:
    """Files that lie in a private folder for a moment, under names of our own.

    Attributes
    ----------
    paths
        Button → where its file lies.
    """

    def __init__(self, folder: Path, files: Mapping[str, Uploaded]) -> None:
        self.paths: dict[str, Path] = {}
        for button, file in files.items():
            self.paths[button] = folder / f"{button}{file.kind}"
            self.paths[button].write_bytes(file.content)

    def told(self, findings: Sequence[Finding]) -> list[Finding]:
        """Give findings with the button of a file in the place of where it lies."""
        return [
            replace(
                finding,
                file=self._named(finding.file),
                fields={name: self._named(value) for name, value in finding.fields.items()},
                english=self._named(finding.english),
            )
            for finding in findings
        ]

    def _named(self, text: str) -> str:
        for button, path in self.paths.items():
            text = text.replace(path.as_posix(), button)
        return text


@contextmanager
def on_disk(files: Mapping[str, Uploaded]) -> Iterator[OnDisk]:
    """Put files where a reader finds them, in a folder nobody else may look into, and take them away at once.

    Parameters
    ----------
    files
        Button → its file.

    Raises
    ------
    InputError
        What the reader raised, in which the files are called by their buttons.
    """
    with tempfile.TemporaryDirectory(prefix="tieuchi-") as folder:
        lying = OnDisk(Path(folder), files)
        try:
            yield lying
        except InputError as problem:
            raise InputError(lying.told(problem.findings)) from None


def told(
    findings: Sequence[Finding], lang: Lang, *, is_alert: bool = True, names: Mapping[str, str] | None = None, titles: Mapping[str, str] | None = None
) -> str:
    """Tell findings as sentences: whether each must be mended, of which file and line, what was found, what is expected, how to mend it; the code in small.

    Parameters
    ----------
    findings
        What was found.
    lang
        Language of the words.
    is_alert
        Whether it is read out at once.
    names
        Button → what its file is called; where there is one file only, it needs no name.
    titles
        Path of a clause or id of an award → what it is called.
    """
    called = [_entitled(finding, titles or {}) for finding in findings]
    first = sorted(called, key=lambda finding: finding.severity is not Severity.ERROR)  # what must be mended goes before what may stay
    items = "".join(_item(finding, lang, names or {}) for finding in first[:_MOST_SHOWN])
    more = len(findings) - _MOST_SHOWN
    rest = f"<li>{html.escape(translate('workbench.upload.more', lang, n=str(more)))}</li>" if more > 0 else ""
    return f'<div role="{"alert" if is_alert else "status"}"><ul>{items}{rest}</ul></div>' if items else ""


def _entitled(finding: Finding, titles: Mapping[str, str]) -> Finding:
    """Put titles where a finding names clauses and awards: one in the place of its id, several each in quotes."""
    one = {name: titles.get(value, value) for name, value in finding.fields.items() if name in {"clause", "award"}}
    several = {
        name: ", ".join(f"“{titles[each]}”" if each in titles else each for each in value.split(", "))
        for name, value in finding.fields.items()
        if name in {"clauses", "awards"}
    }
    return replace(finding, fields={**finding.fields, **one, **several})


def _item(finding: Finding, lang: Lang, names: Mapping[str, str]) -> str:
    said = say_finding(finding, lang)
    head = ", ".join(part for part in (names.get(finding.file, ""), said.place) if part)
    told = " ".join(part for part in (f"{said.weight}.", f"{sentence_case(head)}:" if head else "", said.sentence) if part)
    css = "tieuchi-error" if finding.severity is Severity.ERROR else "tieuchi-warning"
    return f'<li class="{css}">{html.escape(told)} <small>({html.escape(said.code)})</small></li>'


def say_limits(lang: Lang) -> str:
    """Say what may be handed over, and what becomes of it."""
    return translate("workbench.upload.limits", lang, kinds=", ".join(KINDS), limit=format_number(LARGEST / _MEGABYTE, lang, 0))
