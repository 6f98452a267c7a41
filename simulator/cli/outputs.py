"""Files a command writes: the place is tried before the work, and a file bears its name only when it is whole."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator.cli.options import UsageError
from simulator.presentation.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from simulator.presentation.numbers import Lang


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the path of a file beside the wanted one; it takes the wanted name when all went well, and is gone otherwise.

    Who finds that there is nothing to write takes the file away; what stood under the wanted name then stays.

    Raises
    ------
    OSError
        Before anything is done, when nothing can be written there.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    unfinished = path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix}")
    try:
        unfinished.open("xb").close()
    except OSError as problem:
        raise type(problem)(problem.errno, problem.strerror, str(path)) from problem
    try:
        yield unfinished
        if unfinished.exists():
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def check_forms(paths: Iterable[Path], forms: tuple[str, ...], lang: Lang) -> None:
    """Refuse a file whose ending is none of these forms (``xlsx``, ``csv``)."""
    for path in paths:
        if path.suffix.lower().removeprefix(".") not in forms:
            raise UsageError(translate("cli.usage.form", lang, found=path.name, known=", ".join(f".{form}" for form in forms)))


def check_not_input(outputs: Iterable[Path], inputs: Iterable[Path], lang: Lang) -> None:
    """Refuse to write over what is being read."""
    read = {os.path.realpath(path) for path in inputs}
    for path in outputs:
        if os.path.realpath(path) in read:
            raise UsageError(translate("cli.usage.overwrite", lang, found=path.name))
