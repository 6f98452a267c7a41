"""Text in an old font encoding, TCVN3 or VNI shown as Latin letters, which must not be read as it stands."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SYMBOLS: Final = "¡¢£¤¥¦§¨©«¬®µ¶·\xb8¹»¼½¾×Þ"
"""Signs that TCVN3 uses as letters, and that no text in Unicode has inside a word."""
_OLD_TCVN3: Final = re.compile(rf"[A-Za-z][{_SYMBOLS}]|[{_SYMBOLS}][A-Za-z]|[a-zà-ÿ][À-ÖØ-Þ]")
_SURELY_TCVN3: Final = re.compile(rf"[A-Za-zÀ-ÿ][{_SYMBOLS}]+[A-Za-zÀ-ÿ]|[§®][{_SYMBOLS}a-zà-ÿÞ]|[a-zà-ÿ][À-ÖØ-Þ]")
_OLD_VNI: Final = re.compile(r"[AEOaeo][ÂÊâêØÛÏÙøûïù]|[AEae][ÀÁÕàáõ]|[ÔÖôö][ØÛÏÙÕøûïùõ]|\b[Ññ]|[Öö][Ôô]")
_MODERN: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WINDOWS_MARK: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ON_A_VOWEL: Final = re.compile("(?i)[aăâeêioôơuưy][\u0300\u0301\u0303\u0309\u0323]")
_MOSTLY: Final = 0.9
_A_THIRD: Final = 3
_LEAST_PLACES: Final = 2


def count_old(text: str) -> int:
    """Count the places at which a text looks like TCVN3 or VNI shown as Latin letters; a text with letters only Unicode has is not old."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or _MODERN.search(text):
        return 0
    return len(_OLD_TCVN3.findall(text)) + len(_OLD_VNI.findall(text))


def is_surely_old(text: str) -> bool:
    """Tell whether one text alone can only be TCVN3 or VNI: a sign inside a word, a capital letter with a mark after a small one, or two places."""
    return count_old(text) > 0 and (_SURELY_TCVN3.search(unicodedata.normalize("NFC", text)) is not None or count_old(text) >= _LEAST_PLACES)


def is_of_windows(raw: bytes) -> bool:
    """Tell whether bytes that are no UTF-8 are Vietnamese as Windows writes it (code page 1258), where a mark follows its vowel.

    Excel saves *CSV* so, without asking, on a machine set to Vietnamese. Read as Latin letters, such a text looks like an old font encoding, which it is not.
    """
    text = raw.decode("cp1258", errors="ignore")
    n_marks = len(_WINDOWS_MARK.findall(text))
    return n_marks >= _LEAST_PLACES and len(_ON_A_VOWEL.findall(text)) >= _MOSTLY * n_marks


def are_mostly_old(texts: Iterable[str]) -> bool:
    """Tell whether texts of which some may be foreign names look old on the whole: in two places at least, and a third of those beyond ASCII."""
    n_places = n_old = n_marked = 0
    for text in dict.fromkeys(texts):
        if not text.isascii():
            found = count_old(text)
            n_marked += 1
            n_old += found > 0
            n_places += found
    return n_places >= _LEAST_PLACES and n_old * _A_THIRD >= n_marked
