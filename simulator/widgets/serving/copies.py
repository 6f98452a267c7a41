"""Copies of the program's notebooks in a workspace: made where there are none, renewed as long as nobody has worked in them, and told of where they are old."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from simulator.presentation.i18n import translate
from simulator.presentation.terminal import say
from simulator.whole_files import whole_file
from simulator.widgets.served import OLD_VARIABLE
from simulator.workspace import shipped_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace

RECORD: Final = ".tieuchi-notebooks.json"
"""Beside the copies: of each, the digest of what it was copied from. By it a copy nobody has touched is known from one somebody has worked in."""
_NOT_COPIED: Final = frozenset({".ipynb_checkpoints", "__pycache__"})


@dataclass(frozen=True)
class LookedAfter:
    """What became of the copies of a workspace.

    Attributes
    ----------
    renewed
        Copies of another version of the program that nobody had touched; they are of this version now.
    old
        Copies of another version, or of one that is not known, that somebody may have worked in; they are as they were.
    """

    renewed: tuple[str, ...] = ()
    old: tuple[str, ...] = ()


def copy_missing(ours: Path, theirs: Path) -> None:
    """Copy what is not there, and remember what it was copied from.

    Raises
    ------
    OSError
        If nothing can be written there.
    """
    record = _read(theirs)
    for name in _shipped(ours):
        target = theirs / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ours / name, target)
            record[name] = _digest(ours / name)
    _write(theirs, record)


def look_after(ours: Path, theirs: Path) -> LookedAfter:
    """Renew the copies nobody has touched, and find those that are old and may have been worked in.

    Where nothing may be written, a copy nobody has touched stays old as well.

    Parameters
    ----------
    ours
        The notebooks shipped with the program.
    theirs
        Those of a workspace.
    """
    if not theirs.is_dir() or theirs.samefile(ours):
        return LookedAfter()
    record, renewed, old = _read(theirs), [], []
    for name in _shipped(ours):
        target, now = theirs / name, _digest(ours / name)
        if not target.is_file() or record.get(name) == now:
            continue  # taken away, or copied from this very version: whatever was changed since, its owner has changed
        if _essence(target) == _essence(ours / name):
            record[name] = now
        elif record.get(name) == _digest(target) and _renew(ours / name, target):
            record[name] = now
            renewed.append(name)
        else:
            old.append(name)
    with suppress(OSError):  # where nothing may be written, the same is found again next time
        _write(theirs, record)
    return LookedAfter(tuple(renewed), tuple(old))


def tell_of_copies(workspace: Workspace, lang: Lang) -> dict[str, str]:
    """Look after the copies of a workspace, say what became of them, and give the environment in which pages say so, too.

    Parameters
    ----------
    workspace
        Whose notebooks are about to be opened.
    lang
        Language of the words.
    """
    shipped = shipped_workspace()
    if shipped is None:
        return {}
    found = look_after(shipped.notebooks, workspace.notebooks)
    if found.renewed:
        say(translate("serving.copies.renewed", lang, files=", ".join(found.renewed)))
    if found.old:
        say(translate("serving.copies.old", lang, files=", ".join(found.old), path=workspace.show(workspace.notebooks)))
    return {OLD_VARIABLE: ",".join(found.old)}


def _shipped(ours: Path) -> list[str]:
    names = [path.relative_to(ours) for path in sorted(ours.rglob("*")) if path.is_file() and path.name != RECORD]
    return [name.as_posix() for name in names if not _NOT_COPIED & {*name.parts}]


def _renew(source: Path, target: Path) -> bool:
    try:
        with whole_file(target) as unfinished:
            shutil.copyfile(source, unfinished)
    except OSError:
        return False
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _essence(path: Path) -> Any:
    """Give what a reader or a kernel gets: of a notebook its cells without results and settings of the editor, of another file its bytes."""
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        with suppress(ValueError, TypeError, KeyError):
            return [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(content)["cells"]]
    return content


def _read(theirs: Path) -> dict[str, str]:
    """Read the record; one that is missing or no record knows nothing."""
    try:
        record = json.loads((theirs / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(digest) for name, digest in record.items()} if isinstance(record, dict) else {}


def _write(theirs: Path, record: dict[str, str]) -> None:
    if record != _read(theirs):
        with whole_file(theirs / RECORD) as unfinished:
            unfinished.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
