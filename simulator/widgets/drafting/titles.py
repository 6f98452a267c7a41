"""Keep a title true when the number it gives is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.rules.checks.titles import is_number, pattern_of
from simulator.rules.value_paths import is_share
from simulator.rules.values import exact
from simulator.rules.writing import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.rules.values import Language


def retitled(title: str, lang: Language, former: Mapping[str, Any], own: Mapping[str, Any]) -> str:
    """Put new numbers into a title in place of the former ones; where a title gives a former number not at all, or more than once, it stays.

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
    """
    for path, value in own.items():
        before = former.get(path)
        if not is_number(before) or not is_number(value):
            continue
        places = list(pattern_of(before, as_percent=is_share(path)).finditer(title))
        if len(places) == 1:
            start, end = places[0].span("digits")
            title = title[:start] + _as_written(places[0]["digits"], value, lang, as_percent=is_share(path)) + title[end:]
    return title


def _as_written(former: str, value: float, lang: Language, *, as_percent: bool) -> str:
    """Write a number where another stood: with the decimal mark of the language, and as many digits where that began with a zero."""
    text = number_text(float(exact(value) * 100) if as_percent else value)
    if former.startswith("0") and former.isdigit():
        text = text.zfill(len(former))
    return text.replace(".", ",") if lang == "vi" else text
