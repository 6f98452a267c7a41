"""The parts of an .xlsx file, inflated within limits: a small file must not become a large one in memory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, Self

from simulator.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from simulator.workbook.codes import Problems

LARGEST_FILE: Final = 128 * 2**20
MOST_PARTS: Final = 2000
MOST_BYTES: Final = 768 * 2**20
"""Of all parts together, inflated."""
MOST_OF_SMALL_PARTS: Final = 24 * 2**20
"""Of one part that is no sheet: styles, relations, comments."""
MOST_RATIO: Final = 200
"""Of inflated to packed; sheets of repeated cells reach about 30."""
_RATIO_MATTERS_FROM: Final = 4 * 2**20
_MOST_DIRECTORY: Final = 2**20
_CHUNK: Final = 2**16
_TAIL: Final = 2**16 + 22
_END, _LARGE_END = b"PK\x05\x06", b"PK\x06\x07"
_ENCRYPTED: Final = 1
DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    struct.error,
    KeyError,
    IndexError,
)
"""What the library raises for files that are not what they say."""


class Archive:
    """An opened .xlsx file."""

    def __init__(self, path: Path, problems: Problems) -> None:
        """Open the file and weigh what it says of itself before anything is inflated."""
        self.problems = problems
        self._left = MOST_BYTES
        if path.stat().st_size > LARGEST_FILE:
            problems.refuse("WB509", 1, what="@file-bytes", limit=f"{LARGEST_FILE // 2**20} MB")
        self._check_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except DAMAGES:
            problems.refuse("WB508", 1, part="@zip-directory")
        self._parts = {entry.filename: entry for entry in self._zip.infolist()}
        try:
            self._check_sizes()
        except InputError:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts."""
        return tuple(self._parts)

    def chunks(self, name: str, most: int = MOST_OF_SMALL_PARTS) -> Iterator[bytes]:
        """Inflate a part piece by piece, counting what really comes out; only sheets and their texts may be large."""
        packed = max(self._parts[name].compress_size, 1)
        n_bytes = 0
        try:
            with self._zip.open(self._parts[name]) as source:
                while piece := source.read(_CHUNK):
                    n_bytes += len(piece)
                    self._left -= len(piece)
                    if self._left < 0 or n_bytes > most or (n_bytes > _RATIO_MATTERS_FROM and n_bytes > packed * MOST_RATIO):
                        self._refuse_bomb()
                    yield piece
        except DAMAGES:
            self.problems.refuse("WB508", 1, part=name[:60])

    def _check_directory(self, path: Path) -> None:
        """Refuse a directory of too many entries before the library reads it whole."""
        with path.open("rb") as source:
            source.seek(max(path.stat().st_size - _TAIL, 0))
            tail = source.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + 22:
            self.problems.refuse("WB508", 1, part="@zip-directory")
        n_entries, n_bytes = struct.unpack_from("<HI", tail, at + 10)
        if n_entries > MOST_PARTS or n_bytes > _MOST_DIRECTORY or tail[max(at - 20, 0) : at].startswith(_LARGE_END):
            self.problems.refuse("WB509", 1, what="@zip-parts", limit=str(MOST_PARTS))

    def _check_sizes(self) -> None:
        entries = self._zip.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            self.problems.refuse("WB506", 1)
        if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
            self.problems.refuse("WB508", 1, part="@zip-directory")
        too_dense = any(entry.file_size > _RATIO_MATTERS_FROM and entry.file_size > max(entry.compress_size, 1) * MOST_RATIO for entry in entries)
        if too_dense or len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
            self._refuse_bomb()

    def _refuse_bomb(self) -> None:
        self.problems.refuse("WB509", 1, what="@inflated-bytes", limit=f"{MOST_BYTES // 2**20} MB")
