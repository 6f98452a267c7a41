"""Numbers as a title says them: in digits, in words or as a fraction, in Vietnamese and in English."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from simulator.rules.values import exact
from simulator.rules.writing import number_text

if TYPE_CHECKING:
    from simulator.rules.values import Language

_ONES: Final[dict[str, tuple[str, ...]]] = {
    "vi": ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"),
    "en": (
        *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    ),
}
_TENS: Final = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TIMES: Final = {1: "once", 2: "twice", 3: "thrice"}
_PARTS: Final = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}
_LARGEST_IN_WORDS: Final = 99
_LARGEST_PART: Final = 10
_NEAR_A_FRACTION: Final = Fraction(5, 1000)
"""Two thirds are written 0.67 in a file."""
_COUNTED: Final = (
    "năm|lần|tháng|ngày|người|cá nhân|tập thể|sáng kiến|đề tài|điểm|cờ|bằng khen|giấy khen|huân chương|thành viên|đơn vị|cụm|khối|suất|danh hiệu|"
    "tỷ lệ|phần|tiêu chí|tiêu chuẩn|công trình|giải pháp"
)
"""What is counted in Vietnamese titles: before these *năm* is five, elsewhere it is a year."""
_NUMERALS: Final = "|".join(word for word in _ONES["vi"] if word)
_OTHERWISE_VI: Final = {
    "một": r"(?!\s+(?:trong|số|phần|cách|nửa|vài|mặt)\b)",
    "năm": rf"(?=\s+(?:{_COUNTED})\b)",
    "mười": rf"(?!\s+(?:{_NUMERALS}|lăm)\b)",
}
"""What must follow, or must not, where a numeral is another word as well, or the beginning of a longer one."""
_NOT_BEFORE_VI: Final = "".join(
    f"(?<!{word} )" for word in ("thứ", "hạng", "phần", "mươi", "trăm", "điều", "khoản", *(each for each in _ONES["vi"] if each))
)
_NOT_AFTER_VI: Final = r"(?!\s+(?:mươi|trăm|nghìn|triệu|phần\s+(?:trăm|\d|" + _NUMERALS + r"))\b)"
_NOT_AFTER_EN: Final = r"(?!-)(?!\s+(?:of\b|another\b|hundred|thousand|(?:half|halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b))"
_PERCENT: Final = r"\s*(?:%|phần trăm|per\s?cent)"


def words_of(number: float, lang: Language) -> str | None:
    """Give the word for a whole number up to ninety-nine; ``None`` for any other.

    Examples
    --------
    >>> words_of(3, "vi"), words_of(25, "vi"), words_of(12, "en"), words_of(0.5, "en")
    ('ba', 'hai mươi lăm', 'twelve', None)
    """
    if number != int(number) or not 1 <= number <= _LARGEST_IN_WORDS:
        return None
    whole = int(number)
    known = _ONES[lang]
    if whole < len(known):
        return known[whole]
    tens, ones = divmod(whole, 10)
    if lang == "en":
        return f"{_TENS[tens]}-{known[ones]}" if ones else _TENS[tens]
    first = "mười" if tens == 1 else f"{known[tens]} mươi"
    last = {1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, known[ones])
    return f"{first} {last}".strip()


@lru_cache(maxsize=512)
def pattern_of(number: float, lang: Language, *, as_percent: bool) -> re.Pattern[str]:
    """Give what finds a number in a title.

    Parameters
    ----------
    number
        The number as a file has it.
    lang
        The language of the title.
    as_percent
        Whether it is a share, which titles give in percent or as a fraction.

    Returns
    -------
        A pattern with the group ``digits``, ``words`` or ``fraction``, whichever was found.
    """
    shown = exact(number) * 100 if as_percent else exact(number)
    whole, _, rest = number_text(float(shown)).partition(".")
    decimals = f"[.,]{rest}0*" if rest else "(?:[.,]0+)?"
    grouped = f"|{f'{int(whole):,}'.replace(',', '[.,  ]')}" if whole.isdigit() and len(whole) > 3 and not rest else ""  # noqa: PLR2004 - thousands
    unit = _PERCENT if as_percent else r"(?!\s*%)"
    ways = [rf"(?<![\d.,/])(?P<digits>0*{re.escape(whole)}{decimals}{grouped})(?![\d]|[.,/]\d){unit}"]
    if (said := _in_words(float(shown), lang)) is not None:
        ways.append(rf"(?<!\w)(?<!\d ){_NOT_BEFORE_VI if lang == 'vi' else '(?<!-)'}(?P<words>{said})(?!\w){unit if as_percent else _after(lang)}")
    if as_percent and (fraction := _as_fraction(exact(number), lang)) is not None:
        ways.append(rf"(?<!\w)(?<!\d/)(?P<fraction>{fraction})(?!\w)")
    return re.compile("|".join(ways), re.IGNORECASE)


def _after(lang: Language) -> str:
    return _NOT_AFTER_VI if lang == "vi" else _NOT_AFTER_EN


def _in_words(number: float, lang: Language) -> str | None:
    word = words_of(number, lang)
    if word is None:
        return None
    said = re.escape(word).replace(r"\ ", r"\s+").replace(r"\-", "[- ]")
    if lang == "vi":
        return said + _OTHERWISE_VI.get(word, "")
    return f"{said}|{_TIMES[int(number)]}" if number in _TIMES else said


def _as_fraction(share: Fraction, lang: Language) -> str | None:
    if share == 1:
        return "tất cả|toàn bộ|toàn thể|mọi" if lang == "vi" else "all|every"
    near = share.limit_denominator(_LARGEST_PART)
    n, of = near.numerator, near.denominator
    if of == 1 or abs(near - share) > _NEAR_A_FRACTION:
        return None
    ways = [rf"{n}/{of}(?!/|\d)"]
    if lang == "vi":
        ways.append(rf"(?:{words_of(n, 'vi')}|{n})\s+phần\s+(?:{words_of(of, 'vi')}{'|tư' if of == 4 else ''}|{of})")  # noqa: PLR2004 - a quarter
        ways += ["(?:một |phân )?nửa"] if of == 2 else []  # noqa: PLR2004 - a half
    elif of in _PARTS:
        part = _PARTS[of]
        ways.append(rf"(?:an?|one)[- ]{part}|{part}" if n == 1 else rf"{words_of(n, 'en')}[- ]{part}s")
    return "|".join(ways)
