"""Where the text of an instrument was read, in words an official can sign: what kind of place it was, and no address within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.wording import sentence_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "national-database": ("vbpl.vn",),
    "authority": (".gov.vn",),
    "law-site": ("lawnet.vn", "thuvienphapluat.vn", "hethongphapluat.com", "vietjack.me"),
    "press": ("laodong.vn", "doanhnhan.vn", "cafef.vn", "kienthuc.net.vn", "dantri.com.vn"),
    "public-copy": ("github", "tailieumienphi.vn"),
}
"""Kinds of places, by how their names end; the surest first."""
OFFICIAL: Final = frozenset({"national-database", "authority"})
_UNNAMED: Final = frozenset({"public-copy"})
"""Kinds of which the name says nothing to an office."""
_PARTS: Final = {"toàn văn": "full", "phần đầu": "opening"}
_REMARK = re.compile(r"\((?P<remark>[^()]*)\)$")


def reading_places(where_read: str | None, lang: Lang) -> str:
    """Say where an instrument was read; nothing where the register does not tell.

    Parameters
    ----------
    where_read
        The field of the register: places parted by semicolons, each a name and what is found there.
    lang
        The language.

    Examples
    --------
    >>> reading_places("lawnet.vn 160387, 402376; vbpl.vn ItemID 8274", "vi")
    'Cơ sở dữ liệu quốc gia về văn bản pháp luật (vbpl.vn); trang tra cứu văn bản pháp luật (lawnet.vn)'
    """
    names: dict[str, list[str]] = {}
    remarks = []
    for place in (where_read or "").split("; "):
        if not place:
            continue
        name = place.split(" ")[0]
        named = names.setdefault(_kind_of(name), [])
        named += [] if name in named else [name]
        remark = _REMARK.search(place)
        if remark is not None and remark["remark"] in _PARTS:
            remarks.append(translate(f"set.read-at.part.{_PARTS[remark['remark']]}", lang))
    order = [*_KINDS, "site"]
    told = [_one_kind(kind, names[kind], lang) for kind in sorted(names, key=order.index)]
    return sentence_case("; ".join(told)) + "".join(f" ({remark})" for remark in dict.fromkeys(remarks))


def is_official(where_read: str | None) -> bool:
    """Say whether at least one of the places is an authority's own."""
    return any(_kind_of(place.split(" ")[0]) in OFFICIAL for place in (where_read or "").split("; ") if place)


def _one_kind(kind: str, names: list[str], lang: Lang) -> str:
    words = translate(f"set.read-at.{kind}", lang)
    return words if kind in _UNNAMED else translate("set.read-at", lang, kind=words, names=", ".join(names))


def _kind_of(name: str) -> str:
    return next(
        (kind for kind, ends in _KINDS.items() if any(name == end.lstrip(".") or name.endswith(f".{end.lstrip('.')}") for end in ends)), "site"
    )
