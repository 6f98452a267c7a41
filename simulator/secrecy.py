"""Secrecy stamps (MẬT, TỐI MẬT, TUYỆT MẬT): a file that bears one is not read."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

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


def is_secret(text: str) -> bool:
    """Tell whether a text is a secrecy stamp (MẬT, TỐI MẬT, TUYỆT MẬT), also spaced, wide or with letters nobody sees.

    Words such as *bảo mật*, *mật độ*, *mật mã* or *cơ mật*, and *Mật* as the name of a person, are none.
    """
    if not may_hold_stamp(text):
        return False
    lines = [" ".join(line.split()) for line in _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).splitlines()]
    return any(_is_stamped(line) for line in lines)


def may_hold_stamp(text: str) -> bool:
    """Tell, at the cost of one look, whether a stamp could stand anywhere in a text; no is final."""
    return bool(_HINT.search(text))


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
