"""Keep a title true when the number it gives is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.rules.checks.titles import is_number
from simulator.rules.said_numbers import pattern_of, words_of
from simulator.rules.said_words import RUNS, agrees_in_number, says_in_a_row
from simulator.rules.value_paths import is_share
from simulator.rules.values import exact
from simulator.rules.writing import number_text

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from simulator.rules.values import Language

_OF = " of"


class _Place(NamedTuple):
    """Where a title gives a number that is changed, and what stands there now."""

    start: int
    end: int
    words: str
    value: float
    as_percent: bool


def retitled(title: str, lang: Language, former: Mapping[str, Any], own: Mapping[str, Any]) -> str:
    """Put new numbers into a title in place of the former ones, in digits or in words as they stood.

    Where a title gives a former number not at all, or more than once, or where the clause has it more than once, the title stays: whether it still agrees
    with the clause, a check tells. It stays too where years that follow one another are left as one.

    Parameters
    ----------
    title
        What the clause was called.
    lang
        Its language, which has its own decimal mark.
    former, own
        Its values by path before, and those that are new.

    Examples
    --------
    >>> retitled("không quá 15% số lao động", "vi", {"share": 0.15}, {"share": 0.125})
    'không quá 12,5% số lao động'
    >>> retitled("within 05 years", "en", {"years": 5}, {"years": 4})
    'within 04 years'
    >>> retitled("Hai năm liên tục", "vi", {"requires.fact": "rating-run", "requires.at_least": 2}, {"requires.at_least": 3})
    'Ba năm liên tục'
    """
    places = sorted(_places(title, lang, former, own), reverse=True)
    for place in places:
        title = title[: place.start] + place.words + title[place.end :]
        if not place.as_percent and place.value == int(place.value):
            title = agrees_in_number(title, place.start + len(place.words), lang, is_one=place.value == 1)
    return title


def _places(title: str, lang: Language, former: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[_Place]:
    for path, value in own.items():
        before = former.get(path)
        if not is_number(before) or not is_number(value):
            continue
        as_percent = is_share(path)
        held = sum(1 for other, number in former.items() if is_number(number) and number == before and is_share(other) == as_percent)
        found = list(pattern_of(before, lang, as_percent=as_percent).finditer(title))
        if held != 1 or len(found) != 1 or (value <= 1 and _is_run(path, former) and says_in_a_row(title)):
            continue
        if found[0].lastgroup == "fraction" and (before == 1 or (lang == "en" and not title.startswith(_OF, found[0].end()))):
            continue  # all of them, or half the units, cannot be put as a share of a hundred without other words being put otherwise too
        written = _as_written(found[0], value, lang, as_percent=as_percent)
        start, end = found[0].span(found[0].lastgroup or 0)
        yield _Place(start, end, written, value, as_percent)


def _is_run(path: str, former: Mapping[str, Any]) -> bool:
    above, dot, _ = path.rpartition(".")
    return former.get(f"{above}{dot}fact") in RUNS


def _as_written(found: re.Match[str], value: float, lang: Language, *, as_percent: bool) -> str:
    """Write a number where another stood, as that was written: in words, or in digits with the mark of the language and as many zeros before; no fraction."""
    shown = float(exact(value) * 100) if as_percent else value
    text = number_text(shown)
    digits = text.replace(".", ",") if lang == "vi" else text
    former = found[found.lastgroup or 0]
    if found.lastgroup == "fraction":
        return f"{digits}%"
    if found.lastgroup == "words":
        words = words_of(shown, lang)
        if former.lower() in {"once", "twice", "thrice"}:
            words = {1: "once", 2: "twice"}.get(int(shown)) if shown in {1, 2} else f"{words or digits} times"
        words = words or digits
        return words[:1].upper() + words[1:] if former[:1].isupper() else words
    return digits.zfill(len(former)) if former.startswith("0") and former.isdigit() and text.isdigit() else digits
