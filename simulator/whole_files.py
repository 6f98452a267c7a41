"""A file bears its name only when it is whole: it is made under another name beside its place, and takes its own in one step."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}
)
"""Names that Windows keeps for devices, with any ending and in any folder: what is written there is lost."""
_NOT_ON_WINDOWS: Final = frozenset('<>:"|?*')


def is_refused_name(name: str) -> bool:
    """Tell whether a file or folder may not be called so, because it would be lost or called otherwise as soon as it came to Windows.

    Parameters
    ----------
    name
        A name without its folders.
    """
    if not name.strip(". "):
        return name not in {"", ".", ".."}
    device = name.partition(".")[0].rstrip(" ").lower()
    is_odd = os.name == "nt" and not _NOT_ON_WINDOWS.isdisjoint(name)  # elsewhere they are letters like others
    return device in _DEVICES or name[-1] in ". " or is_odd


def check_name(path: Path) -> None:
    """Refuse a path whose last part is a name that may not be given.

    Raises
    ------
    OSError
        Of the kind that a system raises for a name it cannot use.
    """
    if is_refused_name(path.name):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


@contextmanager
def whole_file(path: Path, *, ending: str | None = None) -> Iterator[Path]:
    """Give the path of a file beside the wanted one; it takes the wanted name when all went well, and is gone otherwise.

    A link stays a link: what it leads to is written. Who finds that there is nothing to write takes the file away; what stood under the wanted name
    then stays.

    Parameters
    ----------
    path
        The wanted file.
    ending
        How the name of the file beside it ends; by default as the wanted one does, for writers that go by the ending. Another keeps it out of sight where
        all files of one ending are listed.

    Raises
    ------
    OSError
        Before anything is done when nothing can be written there or no file may be called so, and at the end when the wanted name is refused. One that was met while
        the file was written bears the wanted name.
    RuntimeError
        Before anything is done when links lead round in a circle.
    """
    target = path.resolve() if path.is_symlink() else path
    check_name(target)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    unfinished = target.with_name(f".{target.stem}-{secrets.token_hex(4)}{target.suffix if ending is None else ending}")
    unfinished.open("xb").close()
    try:
        yield unfinished
        if unfinished.exists():
            unfinished.replace(target)
    except OSError as problem:
        # A full disk names no file, and nobody knows the one beside: what was wanted is what could not be written.
        if problem.filename in {None, str(unfinished)}:
            problem.filename = str(path)
        raise
    finally:
        unfinished.unlink(missing_ok=True)
