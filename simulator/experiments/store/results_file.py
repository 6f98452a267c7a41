"""The one file that keeps results: SQLite, one row a result, whoever else reads and writes at the same time.

Where the file system lets it, SQLite writes ahead (WAL): readers never wait, a row costs no more than a small file's entry in its folder, and a process that is killed
in the middle leaves a file that the next one opens. On network shares several machines would have to share memory for that; there rows are gathered for a
second and written together.

A row carries the hash of what it says and of its own name. What the file itself is not, a database of this shape, is put aside under another name, never mended
and never deleted: everything in it can be computed again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar
from urllib.parse import quote

from simulator.errors import TieuchiError
from simulator.experiments.store.network_places import is_on_network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FORMAT: Final = 2
"""How the file is laid out; another number is another file."""
FILE_NAME: Final = f"results-{FORMAT}.sqlite"
SECONDS_TO_WAIT: Final = 10.0
"""For whoever else is writing; a row takes them a thousandth of that."""
SECONDS_GATHERED: Final = 1.0
"""How long rows are gathered where every writing is dear: so much work is lost at most when the process is killed there."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS results (
    kind TEXT NOT NULL, scenario TEXT NOT NULL, name TEXT NOT NULL, program TEXT NOT NULL,
    failure TEXT, sha256 TEXT, text TEXT,
    PRIMARY KEY (scenario, kind, name, program)
)
"""
_READ: Final = "SELECT text, sha256 FROM results WHERE scenario = ? AND kind = ? AND name = ? AND program = ? AND text IS NOT NULL"
_WRITE: Final = """
INSERT INTO results (scenario, kind, name, program, failure, sha256, text) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET failure = excluded.failure, sha256 = excluded.sha256, text = excluded.text WHERE excluded.text IS NOT NULL OR results.text IS NULL
"""
_COUNT: Final = "SELECT program, kind, COUNT(*), COUNT(failure) FROM results GROUP BY program, kind ORDER BY program, kind"
_FAILED: Final = "SELECT scenario, name, failure FROM results WHERE program = ? AND failure IS NOT NULL ORDER BY scenario, kind, name LIMIT ?"
_REASONS: Final = {
    sqlite3.SQLITE_BUSY: "@in-use",
    sqlite3.SQLITE_LOCKED: "@in-use",
    sqlite3.SQLITE_READONLY: "@read-only",
    sqlite3.SQLITE_FULL: "@disk-full",
    sqlite3.SQLITE_PERM: "@no-permission",
    sqlite3.SQLITE_AUTH: "@no-permission",
    sqlite3.SQLITE_CANTOPEN: "@no-permission",
}
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_SCHEMA})
"""What SQLite says of a file that is none of its own, whose pages contradict each other, or that holds other tables."""
_ONLY_READABLE: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_PRIMARY_CODE: Final = 0xFF
_BESIDE: Final = ("-wal", "-shm", "-journal")
_PAUSE: Final = 0.01
_Result = TypeVar("_Result")


class UnusableFileError(TieuchiError):
    """The file cannot be read or written now; ``reason`` names a word of the catalogue."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChangedRowError(TieuchiError):
    """A row does not say what was written into it."""


class _DamagedError(TieuchiError):
    """The file is not what it should be."""


class RowName(NamedTuple):
    """What a result is called: the fingerprint of its scenario, what kind of result it is, which of them, and the program that made it."""

    scenario: str
    kind: str
    name: str
    program: str


class Count(NamedTuple):
    """How many results of one kind are kept of one program, and how many of them are failures."""

    program: str
    kind: str
    rows: int
    failed: int


class ResultsFile:
    """A file of results; made when the first is written.

    Parameters
    ----------
    path
        Where.
    tell_aside
        Told the new path of a file that was put aside because it is damaged.

    Attributes
    ----------
    journal
        How SQLite writes this file, in its own words; empty until it has been opened.
    has_written
        Whether anything was written since somebody set this to false.
    """

    def __init__(self, path: Path, tell_aside: Callable[[Path], None]) -> None:
        self.path = path
        self.journal = ""
        self.has_written = False
        self._tell_aside = tell_aside
        self._connection: sqlite3.Connection | None = None
        self._stamp: tuple[int, int] | None = None
        self._gathered: dict[RowName, tuple[str | None, ...]] = {}
        self._last_written = -SECONDS_GATHERED
        self._lock = threading.RLock()

    def read(self, name: RowName) -> bytes | None:
        """Give what a result says, or ``None``.

        Raises
        ------
        ChangedRowError
            If the row is not what was written.
        UnusableFileError
            If the file cannot be read.
        """
        with self._lock:
            row: Any = self._gathered.get(name)
            if row is not None:
                text, digest = (None if word is None else word.encode() for word in (row[2], row[1]))
                return text if digest is not None else None
            row = self._attempt(lambda connection: connection.execute(_READ, name).fetchone(), makes=False)
        if row is None:
            return None
        text, digest = row
        if not isinstance(text, bytes) or digest != _digest(name, text).encode():
            raise ChangedRowError
        return text

    def write(self, name: RowName, *, text: str | None = None, failure: str | None = None) -> None:
        """Keep what a result says, or why there is none; that never takes the place of a result.

        Raises
        ------
        UnusableFileError
            If the file cannot be written.
        OSError
            If its folder cannot be made.
        """
        with self._lock:
            self._gathered[name] = (failure, None if text is None else _digest(name, text.encode()), text)
            if self.journal in {"", "wal"} or time.monotonic() - self._last_written >= SECONDS_GATHERED:
                self.flush()

    def flush(self) -> None:
        """Write what was gathered.

        Raises
        ------
        UnusableFileError
            If the file cannot be written; what was gathered is then given up.
        OSError
            If its folder cannot be made.
        """
        with self._lock:
            if not self._gathered:
                return
            rows = [(*name, *content) for name, content in self._gathered.items()]
            try:
                self._attempt(lambda connection: _write_all(connection, rows), makes=True)
            except (UnusableFileError, OSError):
                self._gathered.clear()
                raise
            self._gathered.clear()
            self.has_written = True
            self._last_written = time.monotonic()

    def count(self) -> list[Count]:
        """Count what is kept, by program and kind."""
        with self._lock:
            rows = self._attempt(lambda connection: connection.execute(_COUNT).fetchall(), makes=False) or []
        return [Count(program.decode(), kind.decode(), n, failed) for program, kind, n, failed in rows]

    def failed(self, program: str, most: int) -> Iterator[tuple[str, str, str]]:
        """Give the first failures of a program: fingerprint of the scenario, name, reason."""
        with self._lock:
            rows = self._attempt(lambda connection: connection.execute(_FAILED, (program, most)).fetchall(), makes=False) or []
        for row in rows:
            scenario, name, failure = (word.decode("utf-8", errors="replace") for word in row)
            yield scenario, name, failure

    def close(self) -> None:
        """Write what was gathered and let go of the file; it is opened anew when it is needed."""
        with self._lock:
            with suppress(UnusableFileError, OSError):
                self.flush()
            self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = self._stamp = None

    def _attempt(self, work: Callable[[sqlite3.Connection], _Result], *, makes: bool) -> _Result | None:
        """Do something with the file; a damaged one is put aside, and a new one begun where something is to be written."""
        try:
            return self._do(work, makes=makes)
        except _DamagedError:
            self._put_aside()
        try:
            return self._do(work, makes=makes)
        except _DamagedError as problem:
            raise UnusableFileError("@cannot-be-used") from problem

    def _do(self, work: Callable[[sqlite3.Connection], _Result], *, makes: bool) -> _Result | None:
        try:
            connection = self._opened(makes=makes)
            return None if connection is None else work(connection)
        except sqlite3.Error as problem:
            code = _code_of(problem)
            if code in _DAMAGED:
                raise _DamagedError from problem
            raise UnusableFileError(_REASONS.get(code, "@cannot-be-used")) from problem

    def _opened(self, *, makes: bool) -> sqlite3.Connection | None:
        """Give the open file, as it lies there now: it may have been deleted, or put aside by another process, since it was opened."""
        stamp = _stamp_of(self.path)
        if self._connection is not None and stamp == self._stamp:
            return self._connection
        self._let_go()
        if stamp is None:
            if not makes:
                return None
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch()  # the system says why it cannot be made; SQLite does not
        self._stamp = _stamp_of(self.path)
        try:
            self._connection = _connect(self.path)
            self.journal = _prepare(self._connection, may_share_memory=not is_on_network(self.path.parent))
        except sqlite3.Error as problem:
            if makes or _code_of(problem) not in _ONLY_READABLE:
                raise
            # Nobody may write here, not even what SQLite keeps beside a file that is open: it is read as it lies there.
            self._connection, self.journal = _connect(self.path, only_read=True), "none"
        return self._connection

    def _put_aside(self) -> None:
        """Give a damaged file another name; another process may have done so already, and begun a new one."""
        before = self._stamp
        self._let_go()
        if before is not None and _stamp_of(self.path) != before:
            return
        number = 1
        while (aside := self.path.with_name(f"{self.path.stem}.damaged-{number}{self.path.suffix}")).exists():
            number += 1
        try:
            self.path.rename(aside)
        except FileNotFoundError:
            return
        except OSError as problem:
            raise UnusableFileError("@in-use") from problem
        for ending in _BESIDE:
            with suppress(OSError):
                self.path.with_name(self.path.name + ending).rename(aside.with_name(aside.name + ending))
        self._tell_aside(aside)


def _connect(path: Path, *, only_read: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{_address(path)}?mode=ro&immutable=1" if only_read else path,
        timeout=SECONDS_TO_WAIT,
        isolation_level=None,
        check_same_thread=False,
        uri=only_read,
    )
    connection.text_factory = bytes  # what is no text must not stop the reading
    connection.execute("PRAGMA trusted_schema = OFF")  # the file may have been made by anybody
    return connection


def _address(path: Path) -> str:
    """Write a path as SQLite reads addresses: after the name of the scheme comes a slash, and before a server two more."""
    name = quote(path.absolute().as_posix())
    return f"file:{name}" if name.startswith("/") and not name.startswith("//") else f"file:{'//' if name.startswith('//') else '/'}{name}"


def _prepare(connection: sqlite3.Connection, *, may_share_memory: bool) -> str:
    """Lay out a new file, and choose how it is written; what came of that is asked, for not every file system can do all."""
    wanted = "wal" if may_share_memory else "truncate"
    journal = _patiently(lambda: connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0]).decode()
    connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last results, never the file
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        _patiently(lambda: connection.execute(_SCHEMA))
        _patiently(lambda: connection.execute(f"PRAGMA user_version = {FORMAT}"))
    elif version != FORMAT:
        raise _DamagedError
    return str(journal)


def _patiently(work: Callable[[], _Result]) -> _Result:
    """Do what SQLite refuses at once while another process opens or lays out the same file, instead of waiting as it does elsewhere."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            return work()
        except sqlite3.OperationalError as problem:
            if _code_of(problem) not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} or time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE)


def _write_all(connection: sqlite3.Connection, rows: list[tuple[str | None, ...]]) -> None:
    """Write rows, all or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(_WRITE, rows)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _digest(name: RowName, text: bytes) -> str:
    return hashlib.sha256(json.dumps(name).encode() + b"\n" + text).hexdigest()


def _stamp_of(path: Path) -> tuple[int, int] | None:
    """Tell a file from another that is put in its place; ``None`` where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - one call for each result
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def _code_of(problem: sqlite3.Error) -> int:
    return int(getattr(problem, "sqlite_errorcode", 0) or 0) & _PRIMARY_CODE
