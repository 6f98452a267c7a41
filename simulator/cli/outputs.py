"""Files a command writes: the place is tried before the work, and a file bears its name only when it is whole."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from simulator.cli.options import UsageError
from simulator.errors import CodeEntry, CodeRegister, InputError, Severity, reason_of
from simulator.presentation.i18n import translate
from simulator.reporting.shelves import scratch_beside
from simulator.whole_files import check_name
from simulator.whole_files import whole_file as write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from simulator.presentation.numbers import Lang

CODES: Final = {
    "CL006": CodeEntry(Severity.ERROR, "nothing can be written here: {reason}"),
    "CL015": CodeEntry(Severity.ERROR, "this is a file where a folder is needed; name another"),
}
_make_finding: Final = CodeRegister(CODES).make_finding
_NO_FOLDER: Final = frozenset({errno.ENOENT, errno.ENOTDIR})


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the path of a file beside the wanted one, as :func:`simulator.whole_files.whole_file` does, and refuse a place in words.

    Raises
    ------
    InputError
        Before anything is done, when nothing can be written there.
    """
    with ExitStack() as stack:
        try:
            unfinished = stack.enter_context(write_whole(path))
        except (OSError, RuntimeError) as problem:
            raise _refusal(path, problem) from problem
        yield unfinished


def make_folder(path: Path) -> None:
    """Make a folder for what is written, with those above it.

    Raises
    ------
    InputError
        If there can be none.
    """
    try:
        check_name(path)
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise _refusal_of_folder(path, problem) from problem


def check_folder(path: Path) -> None:
    """Try whether a folder can be made and written to, and leave nothing behind: what takes a minute must not find it out at its end.

    Raises
    ------
    InputError
        If nothing can be written there.
    """
    try:
        with scratch_beside(path):
            pass
    except OSError as problem:
        raise _refusal_of_folder(path, problem) from problem


def _refusal_of_folder(path: Path, problem: OSError) -> InputError:
    """Say why there can be no folder; most often a file stands in its place or above it."""
    in_the_way = next((each for each in (path, *path.parents) if os.path.isfile(each)), None)  # noqa: PTH113  # a name too long is no file, and no error
    return _refusal(path, problem) if in_the_way is None else InputError([_make_finding("CL015", in_the_way.as_posix(), 1)])


def _refusal(path: Path, problem: Exception) -> InputError:
    """Say why nothing can be written at a place; most often its folder is mistyped."""
    reason = "@no-such-folder" if getattr(problem, "errno", None) in _NO_FOLDER else reason_of(problem)
    return InputError([_make_finding("CL006", path.as_posix(), 1, reason=reason)])


def check_forms(paths: Iterable[Path], forms: tuple[str, ...], lang: Lang) -> None:
    """Refuse a file whose ending is none of these forms (``xlsx``, ``csv``)."""
    for path in paths:
        if path.suffix.lower().removeprefix(".") not in forms:
            raise UsageError(translate("cli.usage.form", lang, found=path.name, known=", ".join(f".{form}" for form in forms)))


def check_not_input(outputs: Iterable[Path], inputs: Iterable[Path], lang: Lang) -> None:
    """Refuse to write over what is being read, and to write one file twice."""
    read = {os.path.realpath(path) for path in inputs}
    written = set[str]()
    for path in outputs:
        place = os.path.realpath(path)
        if place in read:
            raise UsageError(translate("cli.usage.overwrite", lang, found=path.name))
        if place in written:
            raise UsageError(translate("cli.usage.twice", lang, found=path.name))
        written.add(place)
