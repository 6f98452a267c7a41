"""Codes under which work is kept: no name, not to be guessed, and easily read out to somebody."""

from __future__ import annotations

import re
import secrets
from typing import Final

CODE_LENGTH: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter and digit that look alike."""
_CODE: Final = re.compile(rf"[{_LETTERS}]{{{CODE_LENGTH}}}")


def new_code() -> str:
    """Draw a code nobody can guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))


def is_code(text: str) -> bool:
    """Tell whether a text can be a code, and so the name of a file as well."""
    return _CODE.fullmatch(text) is not None
