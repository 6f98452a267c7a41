"""Files somebody hands to the page: taken into memory, limited in size and kind, never run, and nowhere on a disk once they are read."""

from __future__ import annotations

import datetime
import html
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.errors import InputError, Severity
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number
from simulator.presentation.terminal import finding_line
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
_MEGABYTE: Final = 2**20
_KNOWN: Final = frozenset({*KINDS, ".xls", ".ods"})
"""Kinds that the readers know: of those they do not read, they say what they are and what to save them as."""
_WITH_MACROS: Final = ".xlsm"
_NO_DAY: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_LONGEST_NAME: Final = 80
_MOST_SHOWN: Final = 30


@dataclass(frozen=True, repr=False)
class Uploaded:
    """A file as it was handed over.

    Attributes
    ----------
    name
        As its owner calls it; it may name a person, so that only its owner is told it.
    content
        What it holds.
    """

    name: str
    content: bytes

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
        size, name = int(given["size"]), PurePosixPath(str(given["name"]).replace("\\", "/")).name or "?"
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
        self._on_file(Uploaded(name, content))

    def count(self, n: int) -> None:
        """Let the button, which counts what it holds, count the files in use: it is given as many without name and content."""
        self.button.value = ({"name": "", "type": "", "size": 0, "content": memoryview(b""), "last_modified": _NO_DAY},) * n

    def _check(self, name: str, size: int) -> None:
        kind = PurePosixPath(name).suffix.lower()
        if kind == _WITH_MACROS:  # by its ending, whatever is in it: one rule for every button
            raise InputError([find_in_workbook("WB504", name, 1)])
        if kind not in _KNOWN:
            raise InputError([make_finding("WG607", name, 1, found=kind or "?", expected=", ".join(KINDS))])
        if size > LARGEST:
            found, limit = (f"{format_number(each / _MEGABYTE, self.lang, 1)} MB" for each in (size, LARGEST))
            raise InputError([make_finding("WG608", name, 1, found=found, limit=limit)])


class OnDisk:
    """Files that lie in a private folder for a moment, and what findings call them.

    Attributes
    ----------
    paths
        Of each file; ``None`` for one that was not given.
    """

    def __init__(self, folder: Path, files: Sequence[Uploaded | None]) -> None:
        self._places: dict[Uploaded, Path] = {}
        self._names: dict[str, str] = {}
        for number, file in enumerate(files):
            if file is None:
                continue
            inside = folder / str(number)
            inside.mkdir()
            path = inside / _name_on_disk(file.name)
            path.write_bytes(file.content)
            self._places[file] = path
            self._names[path.as_posix()] = file.name
        self.paths = [None if file is None else self._places[file] for file in files]

    def path_of(self, file: Uploaded) -> Path:
        """Give where a file lies that was given."""
        return self._places[file]

    def told(self, findings: Sequence[Finding]) -> list[Finding]:
        """Give findings with the names their reader knows in the place of where the files lie."""
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
        for path, name in self._names.items():
            text = text.replace(path, name)
        return text


@contextmanager
def on_disk(*files: Uploaded | None) -> Iterator[OnDisk]:
    """Put files where a reader finds them, in a folder nobody else may look into, and take them away at once.

    Raises
    ------
    InputError
        What the reader raised, in which the files are called as their owner calls them.
    """
    with tempfile.TemporaryDirectory(prefix="tieuchi-") as folder:
        lying = OnDisk(Path(folder), files)
        try:
            yield lying
        except InputError as problem:
            raise InputError(lying.told(problem.findings)) from None


def told(findings: Sequence[Finding], lang: Lang, *, is_alert: bool = True) -> str:
    """Tell findings as the program prints them: file and line, what was found, what is expected, how to mend it."""
    items = "".join(f'<li class="{_css(finding)}">{html.escape(finding_line(finding, lang))}</li>' for finding in findings[:_MOST_SHOWN])
    more = len(findings) - _MOST_SHOWN
    rest = f"<li>{html.escape(translate('workbench.upload.more', lang, n=str(more)))}</li>" if more > 0 else ""
    return f'<div role="{"alert" if is_alert else "status"}"><ul>{items}{rest}</ul></div>' if items else ""


def _css(finding: Finding) -> str:
    return "tieuchi-error" if finding.severity is Severity.ERROR else "tieuchi-warning"


def say_limits(lang: Lang) -> str:
    """Say what may be handed over, and what becomes of it."""
    return translate("workbench.upload.limits", lang, kinds=", ".join(KINDS), limit=format_number(LARGEST / _MEGABYTE, lang, 0))


def _name_on_disk(name: str) -> str:
    """Give a name every system takes, in which a secrecy stamp still stands by itself."""
    return "_" + "".join(letter if letter.isalnum() or letter in " -_.,()" else "_" for letter in name)[-_LONGEST_NAME:]
