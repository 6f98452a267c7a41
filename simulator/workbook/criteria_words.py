"""The words of a workbook of criteria: headings, names of values, units, and the words of a list with their ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.presentation.i18n import catalogue, translate
from simulator.rules.value_paths import is_share
from simulator.workbook.cell_values import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.presentation.numbers import Lang
    from simulator.workbook.criteria_fields import Spec

_WITH_ID = re.compile(r".*\[([A-Za-z0-9-]+)\]\s*", re.DOTALL)
_WORDS_OF = {
    "rounding": "clause.rounding",
    "pooling": "clause.pooling",
    "of": "clause.of",
    "rating": "field.value",
    "at_least": "field.value",
    "confidence": "table.confidence",
    "authority": "clause.authority",
    "target": "clause.target",
    "scope": "condition.scope",
    "ballot": "clause.ballot",
    "level": "clause.level",
    "by": "clause.giver",
    "self": "clause.giver",
    "cluster": "clause.giver",
    "standing-body": "clause.giver",
    "counts_as_direct": "report.role",
}
_UNITS = {
    "years": "years",
    "within_years": "years",
    "months": "months",
    "points": "points",
    "minus": "points",
    "each": "points",
    "total": "points",
    "bonus": "points",
    "posting_days": "days",
    "delay_days": "days",
    "decided_within_days": "days",
    "appraisers": "people",
    "at_most_times": "times",
}
_UNITS_OF_FACTS = {
    "rating-run": "years",
    "rating-count": "years",
    "award-run": "years",
    "award-count": "times",
    "years-since-award": "years",
    "years-since-discipline": "years",
    "years-in-post": "years",
    "years-established": "years",
    "service-months": "months",
    "leave-days": "days",
    "members-awarded": "people",
    "members-disciplined": "people",
    "points": "points",
}
_CONDITIONS = frozenset({"requires", "when", "who", "not", "all", "any"})


def column_title(sheet: str, column: str, lang: Lang) -> str:
    """Head a column; points of a band are not the most points of a criterion."""
    return translate("criteria.column.item-points" if (sheet, column) == ("bands", "points") else f"criteria.column.{column}", lang)


def choice_shown(field: str, code: str, lang: Lang) -> str:
    """Write a word of a list for its reader, with its id in brackets; the id alone where nobody has worded it.

    Examples
    --------
    >>> choice_shown("rounding", "floor", "vi"), choice_shown("kind", "quota", "vi")
    ('làm tròn xuống [floor]', 'chỉ tiêu, tỷ lệ [quota]')
    """
    words = _words_of(field, code, lang)
    return code if words is None else f"{words} [{code}]"


def choice_words(field: str, code: str, lang: Lang) -> str:
    """Write a word of a list for its reader; its id where nobody has worded it.

    Examples
    --------
    >>> choice_words("rounding", "floor", "vi")
    'làm tròn xuống'
    """
    return _words_of(field, code, lang) or code


def code_of_words(field: str, text: str, codes: Sequence[str]) -> str | None:
    """Find the word of a list by its id, with or without the words before it, or by the words alone where only one id has them; None for no such word."""
    code = code_of(text)
    if code in codes:
        return code
    languages: tuple[Lang, ...] = ("vi", "en")
    named = {each for each in codes for lang in languages if (words := _words_of(field, each, lang)) is not None and fold(words) == fold(text)}
    return named.pop() if len(named) == 1 else None


def _words_of(field: str, code: str, lang: Lang) -> str | None:
    words = catalogue(lang)
    return words.get(f"{_WORDS_OF.get(field.rpartition('.')[2], 'criteria.choice')}.{code}", words.get(f"criteria.choice.{code}"))


def code_of(text: str) -> str:
    """Take the id out of a word of a list; a text without one is itself."""
    match = _WITH_ID.fullmatch(text)
    return match[1] if match else text.strip()


def field_words(field: str, lang: Lang, kind: str = "") -> str:
    """Name a value by the words of the steps that lead to it; what stands in a list has its number, and ids of the user's own stand in quotes.

    Parameters
    ----------
    field
        Path of the value in the clause.
    lang
        The language.
    kind
        Kind of the clause, ``award`` for the head of an award: the same field may have other words elsewhere.
    """
    named: list[str] = []
    above = kind
    for step in field.split("."):
        if step.isdigit() and named:
            named[-1] = translate("criteria.field-number", lang, field=named[-1], n=str(int(step) + 1))
        else:
            named.append(step_words(above, step, lang) or translate("criteria.field-id", lang, id=step))
            above = step if step_words(above, step, lang) else above
    return ", ".join(dict.fromkeys(named))


def step_words(above: str, step: str, lang: Lang) -> str | None:
    """Name one step of the way to a value, by what stands above it; None for an id somebody chose."""
    words = catalogue(lang)
    context = "condition" if above in _CONDITIONS else above
    keys = (f"criteria.field.{context}.{step}", f"criteria.field.{step}", f"field.{step}")
    return next((words[key] for key in keys if key in words), None)


def unit_words(field: str, spec: Spec, lang: Lang, fact: str | None = None, *, is_number: bool = False) -> str:
    """Say in what a value is counted, or what it may be.

    Parameters
    ----------
    field
        Path of the value in the clause.
    spec
        What it may be.
    lang
        The language.
    fact
        The fact a test looks at, ``points`` for a test of points.
    is_number
        Whether a number stands there, where a word might stand too.
    """
    last = field.rpartition(".")[2]
    unit = _UNITS_OF_FACTS.get(fact or "") if last in {"at_least", "below"} else "share" if is_share(field) else _UNITS.get(last)
    if spec.is_yes_no:
        return translate("criteria.unit.yes-no", lang)
    if unit is not None and (spec.is_number or spec.is_whole):
        return translate(f"criteria.unit.{unit}", lang)
    if spec.is_list:
        return translate("criteria.unit.list", lang)
    if spec.choices and not is_number:
        return translate("criteria.unit.choice", lang)
    return translate("criteria.unit.number" if spec.is_number or spec.is_whole else "criteria.unit.text", lang)
