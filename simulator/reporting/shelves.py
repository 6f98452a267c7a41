"""Put files on the shelf all together or not at all: they are made in a scratch folder beside their place and moved when all of them are whole."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.whole_files import check_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEFORE: Final = ".before"
"""Folder, among the files that are put up, for what they replace."""
_SCRATCH: Final = ".unfinished-"
_NAME_OF_SCRATCH: Final = re.compile(rf"{re.escape(_SCRATCH)}[a-z0-9_]{{8}}")
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SECONDS_UNTIL_STALE: Final = 3600.0


@contextmanager
def scratch_beside(folder: Path) -> Iterator[Path]:
    """Give a scratch folder inside a folder; neither it nor an empty folder that was made for it stays behind.

    A file that could not be written in it is told of by the place it was made for. A program that is killed cannot tidy up: the scratch folder it may have left is removed by the next one, when it is certainly in use no more.
    """
    with _made(folder):
        _sweep(folder)
        with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder, ignore_cleanup_errors=True) as scratch:
            try:
                yield Path(scratch)
            except OSError as problem:
                problem.filename = _wanted(problem, Path(scratch), folder)
                raise


def _wanted(problem: OSError, scratch: Path, folder: Path) -> object:
    """Call a file that could not be written by the place it was made for; a full disk names none, and nobody knows the scratch folder."""
    if problem.filename is None:
        return str(folder) if problem.errno in _NO_ROOM else None
    path = Path(os.fsdecode(problem.filename)) if isinstance(problem.filename, str | bytes) else scratch.parent
    return str(folder / path.relative_to(scratch)) if path.is_relative_to(scratch) else problem.filename


def _sweep(folder: Path) -> None:
    """Remove scratch folders in which nothing has happened for an hour, and nothing else."""
    for path in folder.glob(f"{_SCRATCH}*"):
        with suppress(OSError):  # gone by now
            if _NAME_OF_SCRATCH.fullmatch(path.name) and path.is_dir() and not path.is_symlink() and _is_stale([path, *path.rglob("*")]):
                shutil.rmtree(path)


def _is_stale(paths: Sequence[Path]) -> bool:
    """Tell whether files were left half made long ago; what a report was to replace is nobody's to remove, for it may stand nowhere else."""
    long_ago = time.time() - _SECONDS_UNTIL_STALE
    return all(path.name != _BEFORE and path.lstat().st_mtime < long_ago for path in paths)


def put_up(made: Path, folder: Path) -> None:
    """Move every file that lies in ``made`` to the same place in ``folder``, all or none.

    Ctrl-C in the middle comes a moment later: forms of two reports must not lie side by side. Where the system refuses a move, as Windows does for a
    document that is open in Word, what was moved before goes back.

    Parameters
    ----------
    made
        A folder of finished files.
    folder
        Where they go; made when absent.

    Raises
    ------
    OSError
        When a file cannot be put up; its ``filename`` is that of the place it should have had.
    """
    moves = [(path, folder / path.relative_to(made)) for path in sorted(made.rglob("*")) if path.is_file()]
    with _made(folder):
        before = [_copy(target, made / _BEFORE / str(number)) for number, (_, target) in enumerate(moves)]
        try:
            try:
                _move(moves)
            except KeyboardInterrupt:
                _move(moves)
                raise
        except OSError:
            _move_back(moves, before)
            raise


def _move(moves: Sequence[tuple[Path, Path]]) -> None:
    for path, target in moves:
        if path.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                path.replace(target)
            except OSError as problem:
                problem.filename = str(target)  # the reader knows that file, and not the one in the scratch folder
                raise


def _move_back(moves: Sequence[tuple[Path, Path]], before: Sequence[Path | None]) -> None:
    for (path, target), old in zip(moves, before, strict=True):
        if not path.exists():
            with suppress(OSError):
                target.unlink() if old is None else old.replace(target)


def _copy(target: Path, to: Path) -> Path | None:
    """Keep what stands in a place; nothing where nothing does, or no file, which cannot be replaced anyway."""
    if not target.is_file():
        return None
    to.parent.mkdir(exist_ok=True)
    return Path(shutil.copy2(target, to))


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder, and remove what was made if it stays empty."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in made:
        check_name(each)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for each in made:
            with suppress(OSError):  # not empty
                each.rmdir()
