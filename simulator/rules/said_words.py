"""What titles say of a rule besides numbers: whom it counts together, how good a rating must be, how far an initiative must reach, that years follow one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.rules.values import Language

IN_A_ROW: Final = r"liên tục|liên tiếp|in a row|consecutive|running|successive"
_RATINGS: Final = {
    "excellent": r"xuất sắc|excellent",
    "completed-well": r"hoàn thành tốt|\bgood\b|complet\w+ well",
    "completed": r"hoàn thành (?:các |những )?nhiệm vụ|complet\w+",
}
_LEVELS: Final = {
    "unit": r"cơ sở|đơn vị|grass[- ]?roots|\bunit\b",
    "province": r"cấp (?:bộ|tỉnh|thành phố)|\btỉnh\b|provinc\w+",
    "state": r"nhà nước|trung ương|\bstate\b|national",
    "cluster": r"\bcụm\b|\bkhối\b|cluster|bloc",
}
_SAID: Final[Mapping[str, Mapping[Any, str]]] = {
    "pooling": {
        "unit": r"(?:của|trong|cùng|từng|mỗi|tại) đơn vị|\bunit's|(?:the|same|each|every|per|by) unit\b",
        "kind": r"đơn vị cùng loại|units? of (?:the|a) same kind|of the same kind",
        "cluster": r"\bcụm\b|\bkhối\b|cluster|bloc",
        "all": r"toàn (?:tỉnh|thành phố|quốc|ngành|cơ quan)|tính chung cho tất cả|whole (?:province|city|country)",
    },
    "scope": {
        "grass-roots": r"cơ sở|grass[- ]?roots",
        "province": r"cấp (?:bộ|tỉnh)|bộ, tỉnh|provinc\w+|ministr\w+",
        "nation": r"toàn quốc|cả nước|nationwide|national",
    },
    "rating": _RATINGS,
    "at_least": _RATINGS,
    "level": _LEVELS,
    "authority": _LEVELS,
    "rounding": {
        "floor": r"làm tròn xuống|bỏ phần lẻ|round\w* down",
        "ceiling": r"làm tròn lên|round\w* up",
        "nearest": r"số gần nhất|nearest",
    },
    "counts": {"all-members": r"tổng số thành viên|toàn thể|tất cả thành viên|all members", "present": r"có mặt|dự họp|present"},
    "ballot": {"secret": r"\bkín\b|secret", "open": r"công khai|giơ tay|open ballot|show of hands"},
    "fact": {"award-run": IN_A_ROW, "rating-run": IN_A_ROW},
    "consumed": {True: r"chưa (?:được )?sử dụng|not yet used|unused"},
    "counts_for_ladder": {False: r"không (?:làm căn cứ|được tính|tính)|no base|not count"},
}
"""Last key of a value → the value → what a title says where it says so; both languages at once, for no word of one is one of the other here."""
RUNS: Final = frozenset({"award-run", "rating-run"})
"""Facts that count what follows one after the other."""


def said_of(key: str, value: object, title: str) -> str | None:
    """Give the words in which a title says a value; ``None`` where it does not, or nobody can tell.

    Parameters
    ----------
    key
        The last key of its path, such as ``pooling``.
    value
        What stands there.
    title
        The title.

    Examples
    --------
    >>> said_of("pooling", "unit", "Không quá 15% số cá nhân của đơn vị"), said_of("pooling", "all", "Không quá 15% số cá nhân của đơn vị")
    ('của đơn vị', None)
    """
    pattern = _SAID.get(key, {}).get(value) if isinstance(value, str | bool) else None
    found = None if pattern is None else re.search(pattern, title, re.IGNORECASE)
    return None if found is None else found[0]


def says_in_a_row(title: str) -> str | None:
    """Give the words in which a title says that years or times follow one another."""
    found = re.search(IN_A_ROW, title, re.IGNORECASE)
    return None if found is None else found[0]


def agrees_in_number(title: str, end: int, lang: Language, *, is_one: bool) -> str:
    """Put the thing counted after a place of an English title into singular or plural; Vietnamese knows no such difference.

    Examples
    --------
    >>> agrees_in_number("Graded excellent one years in a row", 20, "en", is_one=True)
    'Graded excellent one year in a row'
    """
    if lang != "en":
        return title
    noun = re.compile(r"(?<=\s)(year|month|day|time|initiative|flag|title|award|certificate|member|point|place|appraiser)(s?)\b")
    found = noun.search(title, end, min(len(title), end + 40))
    if found is None or re.search(r"[,.;:]", title[end : found.start()]):
        return title
    return title[: found.start()] + found[1] + ("" if is_one else "s") + title[found.end() :]
