"""Stable codes in place of ids: the same nominee has the same code as long as the key beside the roster is kept, and without it no code can be undone.

The key is made only when asked for, lies beside the user's own files, and is readable by its owner alone where the system knows such rights. All lists of
a folder share it, so that next year's list gives the same codes. Which code is whose is never written.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from simulator.errors import InputError, reason_of
from simulator.workbook.codes import make_finding

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEY_BYTES: Final = 32
_LETTERS: Final = 12
_NAME: Final = "anonymous.tieuchi-key"


class Pseudonyms:
    """Gives codes for ids, by one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "Pseudonyms(key kept)"

    @classmethod
    def beside(cls, roster: Path | str, *, may_create: bool = False) -> Self:
        """Take the key kept beside a roster.

        Parameters
        ----------
        roster
            The user's file.
        may_create
            Whether a key is made where there is none.

        Raises
        ------
        InputError
            If there is no key and none may be made, or the file is no key.
        OSError
            If a key may be made and the folder takes none.
        """
        path = key_file(roster)
        if may_create and not path.exists():
            _write_key(path)
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError) as problem:
            reason = reason_of(problem) if isinstance(problem, OSError) else "@no-key"
            raise InputError([make_finding("WB535", path.as_posix(), 1, reason=reason)]) from None
        if len(key) != _KEY_BYTES:
            raise InputError([make_finding("WB535", path.as_posix(), 1, reason="@no-key")])
        return cls(key)

    def code(self, who: str) -> str:
        """Give the code of an id; ids that look the same are the same."""
        text = unicodedata.normalize("NFC", who).strip()
        digest = hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return f"N-{base64.b32encode(digest).decode('ascii')[:_LETTERS]}"

    def codes(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Give the codes of ids, in their order."""
        return tuple(self.code(who) for who in ids)


def key_file(roster: Path | str) -> Path:
    """Tell where the key of a roster lies: in its folder, for every list there."""
    return Path(roster).with_name(_NAME)


def _write_key(path: Path) -> None:
    """Make a key, without ever overwriting one, readable by its owner alone from its first moment."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(secrets.token_hex(_KEY_BYTES) + "\n")
