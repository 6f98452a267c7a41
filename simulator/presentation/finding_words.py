"""The fields of a finding in the reader's language: conditions as sentences, a nominee by what it has, numbers as the reader writes them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from simulator.model.playable import REFUSED
from simulator.presentation.i18n import catalogue, translate, ways_of_writing
from simulator.presentation.numbers import format_exact
from simulator.presentation.rules.citing import cite
from simulator.presentation.rules.column_words import answers_of, words_of_key
from simulator.presentation.rules.condition_words import condition_text, part_words
from simulator.presentation.rules.refusal_words import refusal_words
from simulator.presentation.wording import list_words
from simulator.rules.checks.telling import IN_BOTH, NOMINEE, SOURCE, TESTS
from simulator.rules.citation import Instrument, InstrumentRegister, Source
from simulator.rules.conditions import Condition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang

ANSWERS: Final = "@yes-or-no:"
"""Begins a field that names a column of answers: what it calls yes and no is meant."""
_CONDITION: Final[TypeAdapter[Condition]] = TypeAdapter(Condition)
_NUMBER = re.compile(r"(?<![\w.,-])-?[0-9]{1,15}(?:\.[0-9]+)?(?![\w.,-]*\w)")
_PERCENT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?%")
_IN_YEARS = re.compile(r"(.+) \(([-0-9, ]+)\)")
_WITH_VALUE = re.compile(r"(\S+) (\S+)")
_IN_SHEET = re.compile(r"(.+)!([A-Z]{1,3}[0-9]{1,7})", re.DOTALL)
_CELLS: Final = frozenset({"cell", "other"})
"""Fields of findings in workbooks that name a cell."""
_MOST_FACTS = 6
_AMOUNTS: Final = frozenset(
    {"declared", "sum", "given", "most", "gap", "band", "common", "low", "high", "lost", "percent", "step", "before", "after"},
)
_OF_REGISTERS: Final = frozenset({"column", "expected"})
"""Fields of findings in registers that hold names of columns, or the words that may stand in one."""
_FOUND_COLUMNS: Final = ("RG404", "found")
"""Elsewhere what was found is quoted from a cell."""
_WRITTEN_FOR_THE_READER: Final = frozenset(
    {*(f"RL{number}" for number in (*range(326, 329), *range(331, 346), *range(353, 356))), "RL369", "RL382", "WB519", "WB546"}
)
"""Findings whose numbers are worked out and told, not quoted from a file."""


def field_words(code: str, name: str, value: str, lang: Lang) -> str:
    """Word one field of a finding.

    Parameters
    ----------
    code
        The finding.
    name, value
        The field; a value that begins with ``@`` is a word of the catalogue, or conditions or a nominee as data.
    lang
        The language.
    """
    for marker, told in ((TESTS, _tests), (SOURCE, _source), (NOMINEE, _nominee), (IN_BOTH, _in_either)):
        if value.startswith(marker):
            return told(json.loads(value.removeprefix(marker)), lang)
    for marker, named in ((ANSWERS, _answers), (REFUSED, _refused)):
        if value.startswith(marker):
            return named(value.removeprefix(marker), lang)
    if value.startswith("@"):
        return catalogue(lang).get(f"finding.word.{value[1:]}", value)
    if code == "SR451" and name in {"what", "got", "expected"}:
        return catalogue(lang).get(f"finding.case.{value.replace(' ', '-')}", value)
    if code.startswith("RG4"):
        is_of_register = name in _OF_REGISTERS or (code, name) == _FOUND_COLUMNS
        return re.sub(r"[a-z0-9_-]+", lambda found: _glossed(found[0], lang), value) if is_of_register and not value.isdigit() else value
    return _quoted(code, name, value, lang)


def _in_either(told: Mapping[str, Any], lang: Lang) -> str:
    return str(told[lang])


def _answers(key: str, lang: Lang) -> str:
    (yes, no), (plain_yes, plain_no) = answers_of(key, lang), answers_of("", lang)
    if (yes, no) == (plain_yes, plain_no):
        return translate("finding.answers", lang, yes=yes, no=no)
    return translate("finding.answers.own", lang, yes=yes, no=no, plain_yes=plain_yes, plain_no=plain_no)


def _refused(reason: str, lang: Lang) -> str:
    word, _, found = reason.partition(":")
    return refusal_words(word, found, lang)


def _quoted(code: str, name: str, value: str, lang: Lang) -> str:
    """Give what a file says, or where: cells with their sheet, numbers that were worked out as the reader writes them."""
    if code.startswith("WB5") and name in _CELLS and value.isdigit():  # a text has lines before it has cells
        return translate("finding.place.line", lang, line=value)
    if code.startswith("WB5") and name in _CELLS and (found := _IN_SHEET.fullmatch(value)):
        return translate("finding.place.cell", lang, sheet=found[1], cell=found[2])
    if _PERCENT.fullmatch(value):  # no file says percent: it is told, not quoted
        return format_exact(float(value[:-1]), lang) + "%"
    is_range = code in {"RL332", "RL335"} and name in {"first", "second"}
    if code in _WRITTEN_FOR_THE_READER and (name in _AMOUNTS or is_range):
        return _NUMBER.sub(lambda found: format_exact(float(found[0]), lang), value)
    return value


def _glossed(word: str, lang: Lang) -> str:
    """Call a column of a register, or a word of one, as its sheet to fill does, with the code beside."""
    meanings = ways_of_writing(f"register.column.{word}", lang) or ways_of_writing(f"register.word.{word}", lang)
    return translate("register.coded", lang, word=word, meaning=meanings[0]) if meanings else word


def _source(told: Mapping[str, Any], lang: Lang) -> str:
    """Cite a source by what its instrument is called; by its id where it is not known."""
    source, known = Source.model_validate(told["source"]), told["instrument"]
    if known is None:
        return cite(source, lang)
    instrument = Instrument(**known, issuer=known["title"], status="unknown", confidence=source.confidence)
    return cite(source, lang, InstrumentRegister({source.instrument: instrument}))


def _tests(told: Mapping[str, object], lang: Lang) -> str:
    names, shown = _names(told, lang), told["shown"]
    texts = [condition_text(_CONDITION.validate_python(condition), lang, names) for condition in (shown if isinstance(shown, list) else [])]
    if len(texts) == 1:
        return texts[0]
    return "; ".join(translate("condition.numbered", lang, n=str(number), part=text) for number, text in enumerate(texts, 1))


def _nominee(told: Mapping[str, object], lang: Lang) -> str:
    names, shown = _names(told, lang), told["shown"]
    if shown is None:
        return ""
    facts = [str(fact) for fact in shown] if isinstance(shown, list) else []
    words = [_fact(fact, lang, names) for fact in facts[:_MOST_FACTS]] or [translate("finding.nominee.nothing", lang)]
    return translate("finding.nominee.case", lang, shown="; ".join([*words, "…"] if len(facts) > _MOST_FACTS else words)) + " "


def _names(told: Mapping[str, object], lang: Lang) -> dict[str, str]:
    names = told["names"]
    return dict(names[lang]) if isinstance(names, dict) else {}


def _fact(fact: str, lang: Lang, names: Mapping[str, str]) -> str:
    """Word one thing a nominee has, such as ``service-months 10`` or ``fighter (0, -1)``."""
    in_years = [_IN_YEARS.fullmatch(part) for part in fact.split("; ")]
    if all(in_years):
        return "; ".join(_over_years(found[1], found[2], lang, names) for found in in_years if found)
    if fact.startswith("unused-initiatives"):
        return _initiatives(fact, lang)
    with_value = _WITH_VALUE.fullmatch(fact)
    if with_value is None:
        known = catalogue(lang)
        return known.get(f"condition.{fact}", known.get(f"finding.nominee.{fact}", fact))
    name, value = with_value.groups()
    if name == "class":
        return translate("condition.class", lang, classes=translate("table.quoted", lang, text=names.get(f"classes.{value}", value)))
    key = name.replace("-", "_")
    heading = catalogue(lang).get(f"finding.nominee.{name}", catalogue(lang).get(f"column.{key}"))
    if heading is None or "{" in heading:
        heading = part_words(name, lang, names)
    shown = format_exact(float(value), lang) if re.fullmatch(r"-?[0-9.]+(e-?[0-9]+)?", value) else words_of_key(key, lang).get(value, value)
    return translate("finding.nominee.value", lang, name=heading, value=shown)


def _over_years(name: str, years: str, lang: Lang, names: Mapping[str, str]) -> str:
    grade = name.removeprefix("rating ")
    shown = (
        translate(f"field.value.{grade}", lang)
        if f"field.value.{grade}" in catalogue(lang)
        else translate("table.quoted", lang, text=names.get(name, name))
    )
    told = [
        translate("finding.nominee.this-year", lang) if year == 0 else translate("finding.nominee.year", lang, n=str(-year))
        for year in map(int, years.split(", "))
    ]
    return translate("finding.nominee.value", lang, name=shown, value=list_words(told, lang))


def _initiatives(fact: str, lang: Lang) -> str:
    counts = [part.split(" ") for part in fact.split(", ")]
    told = [
        translate(
            "finding.nominee.value",
            lang,
            name=catalogue(lang).get(f"condition.scope.{name}", translate("column.recognised_initiatives", lang)),
            value=n,
        )
        for name, n in counts
    ]
    return ", ".join(told)
