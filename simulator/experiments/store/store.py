"""The results store: every run that is finished is kept on disk under its name, so that nothing is computed twice.

One SQLite file (:mod:`~simulator.experiments.store.results_file`), in which each result is a row: its name, its numbers as one line of JSON, and their
hash. Numbers come back bit for bit. What a power cut, another program or a hand has changed is found, said once, and computed again. A run that failed is
a row too, with its reason; asked for again, it is tried again.

Only the process that started a sweep keeps results; those that compute hand theirs to it. The folder may be deleted at any time.
"""

from __future__ import annotations

import warnings
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.errors import reason_of
from simulator.experiments.runs.code_version import CODE_VERSION
from simulator.experiments.runs.findings import make_finding
from simulator.experiments.runs.run_text import NoRunError, read_run, write_run
from simulator.experiments.store.manifest import former_folders, write_manifest
from simulator.experiments.store.results_file import FILE_NAME, ChangedRowError, ResultsFile, RowName, UnusableFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from simulator.errors import Finding
    from simulator.experiments.runs.plan import RunId
    from simulator.experiments.runs.results import ReplicationRun

_RUN: Final = "run"
_STUDY: Final = "study"
_LONGEST_REASON: Final = 300


class StoreWarning(UserWarning):
    """Something about a results store that a caller without a terminal should know."""


class Store:
    """A folder of results.

    Nothing about it stops a sweep: what cannot be read is computed, and what cannot be written is told once and done without.

    Parameters
    ----------
    folder
        Where; made when the first result is kept.
    tell
        Told what a reader should know, once a kind; by default a :class:`StoreWarning`.
    """

    def __init__(self, folder: Path | str, *, tell: Callable[[Finding], None] | None = None) -> None:
        self.folder = Path(folder)
        self._tell = tell or _warn
        self._n_unusable = 0
        self._file = ResultsFile(self.folder / FILE_NAME, _teller_of_damage(self._tell))
        self._gives_up_reading = self._gives_up_writing = False
        self._is_prepared = self._has_manifest = False
        self._end = weakref.finalize(self, _finish, self.folder, self._file)

    @property
    def path(self) -> Path:
        """The file that holds the results."""
        return self._file.path

    def get(self, run: RunId) -> ReplicationRun | None:
        """Give a result that was kept, or ``None``; what lies there and is no such result is remembered for :meth:`tell_unusable`."""
        text = self._read(_name_of(run))
        if text is None:
            return None
        try:
            return read_run(text, run.replication)
        except NoRunError:
            self._n_unusable += 1
            return None

    def tell_unusable(self) -> None:
        """Tell how many results could not be used since this was last asked, and where they are; nothing where there was none."""
        if self._n_unusable:
            count, self._n_unusable = self._n_unusable, 0
            self._tell(make_finding("SW101", self.path.as_posix(), 1, count=str(count)))

    def add(self, run: RunId, result: ReplicationRun) -> None:
        """Keep a result; where that fails, say so once and keep nothing from then on."""
        self._write(_name_of(run), text=write_run(result))

    def add_failure(self, run: RunId, reason: str) -> None:
        """Keep why a run failed; that never takes the place of a result that another process had."""
        self._write(_name_of(run), failure=" ".join(reason.split())[:_LONGEST_REASON])

    def get_study(self, scenario: str, name: str) -> str | None:
        """Give the text of a study that was kept about the scenario of this fingerprint, or ``None``."""
        text = self._read(RowName(scenario, _STUDY, name, CODE_VERSION))
        return None if text is None else text.decode(errors="replace")

    def add_study(self, scenario: str, name: str, text: str) -> None:
        """Keep the text of a study about the scenario of this fingerprint; where that fails, say so once and keep nothing from then on."""
        self._write(RowName(scenario, _STUDY, name, CODE_VERSION), text=text)

    def close(self) -> None:
        """Let go of the file, and bring the manifest up to date; the store can be used again."""
        _finish(self.folder, self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _read(self, name: RowName) -> bytes | None:
        if self._gives_up_reading:
            return None
        try:
            return self._file.read(name)
        except ChangedRowError:
            self._n_unusable += 1
        except (UnusableFileError, OSError) as problem:
            self._gives_up_reading = self._gives_up_writing = True
            self._tell(make_finding("SW103", self.path.as_posix(), 1, reason=_reason(problem)))
        return None

    def _write(self, name: RowName, *, text: str | None = None, failure: str | None = None) -> None:
        if self._gives_up_writing:
            return
        try:
            self._prepare()
            self._file.write(name, text=text, failure=failure)
            if not self._has_manifest:
                self._has_manifest = True
                write_manifest(self.folder, self._file)
        except (UnusableFileError, OSError) as problem:
            self._gives_up_writing = True
            self._tell(make_finding("SW102", self.folder.as_posix(), 1, reason=_reason(problem)))

    def _prepare(self) -> None:
        """Once: keep the folder out of version control, and say what of former versions lies there when the first result of this one is kept."""
        if self._is_prepared:
            return
        self._is_prepared = True
        is_new = not self.path.exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
        if is_new and (former := former_folders(self.folder)):
            self._tell(make_finding("SW105", self.folder.as_posix(), 1, count=str(len(former)), first=former[0]))


def _finish(folder: Path, results: ResultsFile) -> None:
    """Write what is still to be written, and let go of the file; at the end of the process as well."""
    with suppress(UnusableFileError, OSError):
        results.flush()
        if results.has_written:
            write_manifest(folder, results)
            results.has_written = False
    results.close()


def _teller_of_damage(tell: Callable[[Finding], None]) -> Callable[[Path], None]:
    return lambda aside: tell(make_finding("SW104", aside.as_posix(), 1))


def _name_of(run: RunId) -> RowName:
    return RowName(run.scenario, _RUN, str(run.replication), CODE_VERSION)


def _reason(problem: UnusableFileError | OSError) -> str:
    return problem.reason if isinstance(problem, UnusableFileError) else reason_of(problem)


def _warn(finding: Finding) -> None:
    warnings.warn(finding.render(), StoreWarning, stacklevel=2)
