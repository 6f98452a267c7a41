"""Two things a file may be that it must not be read for: marked as a state secret, or written in an old font encoding."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_HIGH: Final = r"(?:TUYỆT\s+MẬT|TỐI\s+MẬT|TUYÖT\s+MËT|TèI\s+MËT|TUYEÄT\s+MAÄT|TOÁI\s+MAÄT)"
_LEVELS: Final = rf"(?:{_HIGH}|MẬT|MËT|MAÄT)"
_UNMARKED: Final = r"(?:TUYET\s+MAT|TOI\s+MAT)"
_STAMP: Final = re.compile(rf"\W*(?:{_LEVELS}|{_UNMARKED})(?:\s*[-–(:].{{0,40}})?\W*")
_BRACKETED: Final = re.compile(rf"\W*[(\[“\"'«]\s*{_LEVELS}\s*[)\]”\"'»]\W*", re.IGNORECASE)
_HIGHER: Final = re.compile(rf"\b{_HIGH}\b", re.IGNORECASE)
_SAID: Final = re.compile(rf"ĐỘ\s+MẬT\W*{_LEVELS}|DẤU\W{{0,3}}{_LEVELS}\b")
_DEGREE: Final = re.compile(r"\b[Đđ]ộ\s+(?:Mật|MẬT)\b")
_WHAT: Final = r"(?:TÀI LIỆU|HỒ SƠ|VĂN BẢN|CÔNG VĂN|DANH SÁCH|QUYẾT ĐỊNH|TỜ TRÌNH|BÁO CÁO|KẾ HOẠCH|THÔNG BÁO)"
_DOCUMENT: Final = re.compile(rf"\W*{_WHAT}\W{{1,3}}{_LEVELS}\W*")
_SPACED: Final = re.compile(
    r"(?<!\w)(?:M[\W_]{1,3}Ậ[\W_]{1,3}T|T[\W_]{1,3}U[\W_]{1,3}Y[\W_]{1,3}E[\W_]{1,3}T[\W_]{1,4}M[\W_]{1,3}A[\W_]{1,3}T)(?!\w)"
)
_INVISIBLE: Final = re.compile(r"[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_HINT: Final = re.compile("[ẬậËëÄä\u0302\u0308\u0323]|M\\W{0,3}A\\W{0,3}T|[\uff2d\uff4d]")
"""What every stamp holds, composed or not, wide or not: most texts need no closer look."""
_NAME_PARTS: Final = re.compile(r"[-_–,.;()\[\]]+")
_HEADER_CODES: Final = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Z])')
_SYMBOLS: Final = "¡¢£¤¥¦§¨©«¬®µ¶·\xb8¹»¼½¾×Þ"
"""Signs that TCVN3 uses as letters, and that no text in Unicode has inside a word."""
_OLD_TCVN3: Final = re.compile(rf"[A-Za-z][{_SYMBOLS}]|[{_SYMBOLS}][A-Za-z]|[a-zà-ÿ][À-ÖØ-Þ]")
_SURELY_TCVN3: Final = re.compile(rf"[A-Za-zÀ-ÿ][{_SYMBOLS}]+[A-Za-zÀ-ÿ]|[§®][{_SYMBOLS}a-zà-ÿÞ]|[a-zà-ÿ][À-ÖØ-Þ]")
_OLD_VNI: Final = re.compile(r"[AEOaeo][ÂÊâêØÛÏÙøûïù]|[AEae][ÀÁÕàáõ]|[ÔÖôö][ØÛÏÙÕøûïùõ]|\b[Ññ]|[Öö][Ôô]")
_MODERN: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_A_THIRD: Final = 3
_LEAST_PLACES: Final = 2


def is_secret(text: str) -> bool:
    """Tell whether a text is a secrecy stamp (MẬT, TỐI MẬT, TUYỆT MẬT), also spaced, wide or with letters nobody sees.

    Words such as *bảo mật*, *mật độ*, *mật mã* or *cơ mật*, and *Mật* as the name of a person, are none.
    """
    if not _HINT.search(text):
        return False
    lines = [" ".join(line.split()) for line in _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).splitlines()]
    return any(_is_stamped(line) for line in lines)


def _is_stamped(line: str) -> bool:
    upper = line.upper()
    if any(pattern.fullmatch(line) for pattern in (_STAMP, _BRACKETED)) or _DOCUMENT.fullmatch(upper):
        return True
    return any(pattern.search(line) for pattern in (_HIGHER, _DEGREE, _SPACED)) or bool(_SAID.search(upper))


def is_secret_name(name: str) -> bool:
    """Tell whether the name of a file or sheet holds a stamp between dashes, brackets or underscores, or at its beginning."""
    return any(is_secret(piece) for piece in (name, name.replace("_", " "), *_NAME_PARTS.split(name)))


def is_secret_margin(text: str) -> bool:
    """Tell whether a page header or footer, with its codes, holds a secrecy stamp."""
    return any(is_secret(piece) for piece in _HEADER_CODES.sub("\n", text).splitlines())


def count_old(text: str) -> int:
    """Count the places at which a text looks like TCVN3 or VNI shown as Latin letters; a text with letters only Unicode has is not old."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or _MODERN.search(text):
        return 0
    return len(_OLD_TCVN3.findall(text)) + len(_OLD_VNI.findall(text))


def is_surely_old(text: str) -> bool:
    """Tell whether one text alone can only be TCVN3 or VNI: a sign inside a word, a capital letter with a mark after a small one, or two places."""
    return count_old(text) > 0 and (_SURELY_TCVN3.search(unicodedata.normalize("NFC", text)) is not None or count_old(text) >= _LEAST_PLACES)


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
