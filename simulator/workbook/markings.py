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
_OLD_TCVN3: Final = "¡¢£¤¥¦§¨©«¬®µ¶·\xb8¹»¼½¾ÆÇËÎÏÑÖ×ØÜÞßäåæçëîïñöøûü"
_OLD_LETTERS: Final = re.compile(rf"(?:[A-Za-z][{_OLD_TCVN3}]|[{_OLD_TCVN3}][A-Za-z])")
_OLD_VNI: Final = re.compile(r"(?:[AEOaeo][ÂÀÁÅÄÃÊÙØÛÕÏâàáåäãêùøûõï]|[ÔÖôö][ÙØÛÕÏùøûõï]|[ÑñÖö][A-Za-zÀ-ÿ]|[A-Za-z][Öö])")
_MODERN: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_A_THIRD: Final = 3


def is_secret(text: str) -> bool:
    """Tell whether a text is a secrecy stamp (MẬT, TỐI MẬT, TUYỆT MẬT); words such as *bảo mật* or *mật độ* are not."""
    if not _HINT.search(text):
        return False
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    return any(_STAMP.fullmatch(line) or _HIGHER.search(line) or _SAID.search(line.upper()) for line in lines)


def is_secret_margin(text: str) -> bool:
    """Tell whether a page header or footer, with its codes, holds a secrecy stamp."""
    return any(is_secret(piece) for piece in _HEADER_CODES.sub("\n", text).splitlines())


def looks_old(text: str) -> bool:
    """Tell whether a text looks like TCVN3 or VNI shown as Latin letters."""
    text = unicodedata.normalize("NFC", text)
    return not _MODERN.search(text) and bool(_OLD_LETTERS.search(text) or _OLD_VNI.search(text))


def are_mostly_old(texts: Iterable[str]) -> bool:
    """Tell whether texts of which some may be foreign names look old on the whole: a third of those with other than ASCII letters."""
    n_old = n_marked = 0
    for text in texts:
        if not text.isascii():
            n_marked += 1
            n_old += looks_old(text)
    return n_old > 0 and n_old * _A_THIRD >= n_marked
