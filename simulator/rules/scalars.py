"""What a plain word or number in a YAML file means, and which ones are too easily misread to be accepted.

YAML 1.1 reads ``no`` as false, ``010`` as eight, ``1:30`` as ninety and ``1e-3`` as text. A jurist means none of these. Whoever writes one is
asked to say what is meant; nothing is guessed. A value in quotes is always text.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# A binary fraction gives back up to fifteen decimal digits exactly as they were written.
_LARGEST_DIGITS = 15
_LARGEST_WHOLE_DIGITS = 19  # whole numbers are exact at any length; a seed may need nineteen digits
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
# A decimal whose three digits end in zero is how a Vietnamese writes thousands; nobody needs the zero for a decimal.
_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{2}0")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LIKE_A_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?")
_LIKE_A_NUMBER = re.compile(
    r"""[-+]?(?:
        [0-9][0-9_]*                                          # 010, 1_000, +5
      | [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?           # 1:30, which YAML 1.1 reads in base sixty
      | (?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:e[-+]?[0-9]+)?   # 1e-3, .5, 1.
      | 0x[0-9a-f_]+ | 0o[0-7_]+ | 0b[01_]+
      | \.inf | \.nan
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LIKE_A_TRUTH = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false"})
_LIKE_NOTHING = frozenset({"~", "null"})
_LONGEST_SHOWN = 40


class ScalarError(Exception):
    """A plain scalar that cannot be accepted; carries the code of the finding."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def shorten(text: str) -> str:
    """Cut a value for a message: one line, not longer than a reader needs to recognise it."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def read_plain(text: str) -> str | int | float | bool | date | None:
    """Read a scalar written without quotes.

    Decimals come back as ``float``; ``Fraction(str(value))`` is exactly what was written, because longer ones are refused.
    """
    if text in {"true", "false"}:
        return text == "true"
    if text == "null":
        return None
    if text.lower() in _LIKE_A_TRUTH:
        raise ScalarError("RD016")
    if text.lower() in _LIKE_NOTHING:
        raise ScalarError("RD017")
    if _LIKE_THOUSANDS.fullmatch(text):
        raise ScalarError("RD027")
    if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text):
        return _read_number(text)
    if _LIKE_A_DATE.fullmatch(text):
        return _read_date(text)
    if _LIKE_A_NUMBER.fullmatch(text):
        raise ScalarError("RD018")
    return unicodedata.normalize("NFC", text)


def _read_number(text: str) -> int | float:
    n_digits = sum(character.isdigit() for character in text)
    if "." not in text and n_digits <= _LARGEST_WHOLE_DIGITS:
        return int(text)
    if n_digits > _LARGEST_DIGITS:
        raise ScalarError("RD019")
    return float(text)


def _read_date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ScalarError("RD020")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScalarError("RD020") from None
