"""Save workbooks and documents without a clock in them, so that what is written twice is the same to the byte."""

from __future__ import annotations

import datetime
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.writer.excel import ExcelWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from openpyxl import Workbook

LONG_AGO: Final = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  # properties of a file know no time zone
"""When everything was made, as the properties of a file say it."""
_DAY: Final = (2000, 1, 1, 0, 0, 0)


class _StillArchive(ZipFile):
    """An archive all of whose parts were made on the same day."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: bytes | str, *_: Any, **__: Any) -> None:
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
    with _StillArchive(path) as archive:
        ExcelWriter(book, archive).write_data()


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
    with ZipFile(stream) as source, _StillArchive(path) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
