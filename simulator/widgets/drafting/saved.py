"""The overlays a page saved into the workspace: told from all others by a mark in the file, listed and taken away by whoever has the code they were saved under.

The mark is a comment that holds two digests: of the code, so that nobody learns it from the file, and of the rest of the file, so that an overlay somebody has
worked on since is no longer the page's to take away.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.errors import InputError, reason_of
from simulator.rules.assembly import iter_set_files, read_layer
from simulator.rules.reading import read_yaml_bytes
from simulator.rules.values import ID_PATTERN
from simulator.widgets.codes import make_finding
from simulator.widgets.work_codes import CODE_LENGTH, is_code, new_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.rules.values import Text
    from simulator.workspace import Workspace

_MARK: Final = "# tieuchi-workbench"
_MARKED: Final = re.compile(rf"{_MARK} ([0-9a-f]{{32}}) ([0-9a-f]{{32}})\n".encode())
_ID: Final = re.compile(ID_PATTERN)


class SavedDraft(NamedTuple):
    """One overlay the page saved."""

    id: str
    title: Text
    path: Path


def marked(text: str, code: str) -> str:
    """Write the mark above an overlay."""
    return f"{_MARK} {_digest(code.encode())} {_digest(text.encode())}\n{text}"


class SavedDrafts:
    """What was saved under one code.

    Attributes
    ----------
    workspace
        Where overlays are.
    code
        Under what they are saved; whoever has an earlier code puts it here.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.code = new_code()

    def use(self, code: str) -> None:
        """Go on with an earlier code.

        Raises
        ------
        InputError
            If it cannot be one.
        """
        if not is_code(code):
            raise InputError([make_finding("WG621", self._shown, 1, found=code[:20], n=str(CODE_LENGTH))])
        self.code = code

    def mine(self) -> list[SavedDraft]:
        """List the overlays saved under the code that are still as they were saved."""
        return list(self._mine())

    def delete(self, draft_id: str) -> None:
        """Take one of them away.

        Raises
        ------
        InputError
            If it is none of them, if another set or a scenario names it, or if the file cannot be taken away.
        """
        found = next((draft for draft in self._mine() if draft.id == draft_id), None)
        if found is None:
            raise InputError([make_finding("WG622", self._shown, 1, found=draft_id[:80])])
        users = list(self._users_of(found))
        if users:
            raise InputError([make_finding("WG623", self.workspace.show(found.path), 1, found=draft_id, users=", ".join(users))])
        try:
            found.path.unlink()
        except OSError as problem:
            raise InputError([make_finding("WG624", self.workspace.show(found.path), 1, reason=reason_of(problem))]) from problem

    @property
    def _shown(self) -> str:
        return self.workspace.show(self.workspace.criteria)

    def _mine(self) -> Iterator[SavedDraft]:
        owner = _digest(self.code.encode())
        for path in sorted(self.workspace.criteria.glob("*.yaml")):
            if path.is_symlink() or not path.is_file() or not _ID.fullmatch(path.stem):
                continue
            try:
                content = path.read_bytes()
                mark = _MARKED.match(content)
                if mark is None or (mark[1].decode(), mark[2].decode()) != (owner, _digest(content[mark.end() :])):
                    continue
                shown = self.workspace.show(path)
                yield SavedDraft(path.stem, read_layer(read_yaml_bytes(content, shown), path.stem).content.title, path)
            except (OSError, InputError):
                continue  # gone since, or no overlay

    def _users_of(self, draft: SavedDraft) -> Iterator[str]:
        """Name the sets and scenarios that name it: without it they could not be read."""
        for path in (*iter_set_files(self.workspace), *sorted(self.workspace.scenarios.glob("*.yaml"))):
            if path != draft.path and self._names(path, draft.id):
                yield self.workspace.show(path)

    def _names(self, path: Path, draft_id: str) -> bool:
        """Whether a file names a set; one that cannot be read is not asked, for it does without everything."""
        try:
            return _is_named(read_yaml_bytes(path.read_bytes(), self.workspace.show(path)).data, draft_id)
        except (OSError, InputError):
            return False


def _is_named(data: object, draft_id: str) -> bool:
    """Whether a set is named somewhere in what a file holds: alone, in a stack, or with one of its clauses; a word in a sentence names nothing."""
    if isinstance(data, dict):
        return any(_is_named(value, draft_id) for value in data.values())
    if isinstance(data, list):
        return any(_is_named(value, draft_id) for value in data)
    return isinstance(data, str) and draft_id in {part.strip().partition("#")[0] for part in data.split("+")}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
