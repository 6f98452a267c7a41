"""Save workbooks and documents without a clock in them, so that what is written twice is the same to the byte."""

from __future__ import annotations

import datetime
import errno
import io
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import LxmlError
from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from openpyxl import Workbook

LONG_AGO: Final = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  # properties of a file know no time zone
"""When everything was made, as the properties of a file say it."""
_LEAST_FREE: Final = 2**20
_DAY: Final = (2000, 1, 1, 0, 0, 0)


class _StillArchive(ZipFile):
    """An archive all of whose parts were made on the same day."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream, "w", ZIP_DEFLATED)

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        super().writestr(_part(name), data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        part = _part(str(arcname))
        part.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(part, "w") as target:
            shutil.copyfileobj(source, target, 2**20)


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, _DAY)
    part.compress_type = ZIP_DEFLATED
    return part


@contextmanager
def lack_of_space_told(path: Path) -> Iterator[None]:
    """Turn what the XML library says when a sheet cannot be written into the error of the system that it comes from."""
    try:
        yield
    except LxmlError as problem:
        places = (Path(tempfile.gettempdir()), path.parent)
        is_full = any(shutil.disk_usage(place).free < _LEAST_FREE for place in places)
        code = errno.ENOSPC if is_full else errno.EIO
        raise OSError(code, os.strerror(code), path.as_posix()) from problem


def save_book(book: Workbook, path: Path) -> None:
    """Save a workbook as openpyxl does, but for the hour.

    Parameters
    ----------
    book
        The workbook.
    path
        The file; it is replaced.
    """
    book.properties.created = book.properties.modified = LONG_AGO
    stream = io.BytesIO()
    with lack_of_space_told(path):
        with _StillArchive(stream) as archive:
            ExcelWriter(book, archive).write_data()
        path.write_bytes(stream.getbuffer())


def save_still(save: Callable[[IO[bytes]], None], path: Path) -> None:
    """Save what another library writes as a ZIP archive, with the hours of its parts taken out.

    Parameters
    ----------
    save
        Writes the archive into a stream.
    path
        The file; it is replaced.
    """
    stream = io.BytesIO()
    save(stream)
    still = io.BytesIO()
    with ZipFile(stream) as source, _StillArchive(still) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    path.write_bytes(still.getbuffer())
