"""Two things a file may be that it must not be read for: marked as a state secret, or written in an old font encoding."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEVELS: Final = r"(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT|TUYÖT\s+MËT|TèI\s+MËT|MËT|TUYEÄT\s+MAÄT|TOÁI\s+MAÄT|MAÄT)"
_STAMP: Final = re.compile(rf"\W*{_LEVELS}(?:\s*[-–(:].{{0,40}})?\W*")
_SAID: Final = re.compile(rf"ĐỘ\s+MẬT\W*{_LEVELS}")
_HIGHER: Final = re.compile(r"\b(?:TUYỆT|TỐI)\s+MẬT\b")
_HINT: Final = re.compile(r"[Mm]\S{1,3}[Tt]")
"""What every stamp holds, composed or not: most texts need no closer look."""
_HEADER_CODES: Final = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Z])')
_SYMBOLS: Final = "¡¢£¤¥¦§¨©«¬®µ¶·\xb8¹»¼½¾×Þ"
"""Signs that TCVN3 uses as letters, and that no text in Unicode has inside a word."""
_OLD_TCVN3: Final = re.compile(rf"[A-Za-z][{_SYMBOLS}]|[{_SYMBOLS}][A-Za-z]|[a-zà-ÿ][À-ÖØ-Þ]")
_OLD_VNI: Final = re.compile(r"[AEOaeo][ÂÊâêØÛÏÙøûïù]|[AEae][ÀÁÕàáõ]|[ÔÖôö][ØÛÏÙÕøûïùõ]|\b[Ññ]|[Öö][Ôô]")
_MODERN: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_A_THIRD: Final = 3
_LEAST_PLACES: Final = 2


def is_secret(text: str) -> bool:
    """Tell whether a text is a secrecy stamp (MẬT, TỐI MẬT, TUYỆT MẬT); words such as *bảo mật* or *mật độ* are not."""
    if not _HINT.search(text):
        return False
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    return any(_STAMP.fullmatch(line) or _HIGHER.search(line) or _SAID.search(line.upper()) for line in lines)


def is_secret_margin(text: str) -> bool:
    """Tell whether a page header or footer, with its codes, holds a secrecy stamp."""
    return any(is_secret(piece) for piece in _HEADER_CODES.sub("\n", text).splitlines())


def count_old(text: str) -> int:
    """Count the places at which a text looks like TCVN3 or VNI shown as Latin letters; a text with letters only Unicode has is not old."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or _MODERN.search(text):
        return 0
    return len(_OLD_TCVN3.findall(text)) + len(_OLD_VNI.findall(text))


def are_mostly_old(texts: Iterable[str]) -> bool:
    """Tell whether texts of which some may be foreign names look old on the whole: in two places at least, and a third of those beyond ASCII."""
    n_places = n_old = n_marked = 0
    for text in texts:
        if not text.isascii():
            found = count_old(text)
            n_marked += 1
            n_old += found > 0
            n_places += found
    return n_places >= _LEAST_PLACES and n_old * _A_THIRD >= n_marked
